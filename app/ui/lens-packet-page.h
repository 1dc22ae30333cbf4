/* The page of packets: the table of those that pass the session's filter, and below it one of them with its headers and bytes. Main
 * thread. Sorting, finding and reading are done on workers; only while the page is shown.
 */
#pragma once

#include "lens-burst-study.h"
#include "lens-packet-csv.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_PAGE (lens_packet_page_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketPage, lens_packet_page, LENS, PACKET_PAGE, GtkBox)

/* @session, @study: (transfer none), references are taken. Bursts are told by the study's rule. */
GtkWidget *lens_packet_page_new (LensSession *session, LensBurstStudy *study);

/* All that pass, in the order of the table, whether it is there yet or not. Nothing is (transfer full). */
LensPacketCsvContent lens_packet_page_get_packets (LensPacketPage *page);

/* Ctrl+G and Ctrl+F go to the page, which is in an AdwViewStack, from anywhere in the window of @widget; F3 and Shift+F3 step among what was
 * found. */
void lens_packet_page_add_shortcuts (LensPacketPage *page, GtkWidget *widget);

G_END_DECLS
