/* Saves the table of packets as CSV: asks where, writes on a worker, and is a bar that says how far it is and can stop it, where that takes
 * a while. One at a time. Main thread.
 */
#pragma once

#include "lens-packet-csv.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_SAVER (lens_packet_saver_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketSaver, lens_packet_saver, LENS, PACKET_SAVER, GtkBox)

/* Asks for a file, "@name.csv" suggested; @content: (transfer none), references are taken. Success is said by a toast that can open the
 * file, failure by a dialog. Goes on when the window shows something else, ends with the window. What is asked for while it goes on
 * takes its place. */
void lens_packet_saver_save (LensPacketSaver *saver,
                             const LensPacketCsvContent *content,
                             const char *name,
                             AdwToastOverlay *toasts);

G_END_DECLS
