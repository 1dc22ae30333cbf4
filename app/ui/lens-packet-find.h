/* The bar that goes to a packet's number and finds packets by address, text or bytes. Main thread.
 *
 * Signal "found" (guint position, gboolean takes_focus): the packet at this position of the model is to be selected, and the keys go
 * there, unless the next match may be asked for. "left": the keys are to go back to the packets. What goes on and what was found is said
 * in the bar.
 */
#pragma once

#include "lens-packet-model.h"
#include "lens-packet-search.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_FIND (lens_packet_find_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketFind, lens_packet_find, LENS, PACKET_FIND, GtkBox)

/* What is looked through from now on; (nullable). A search that is going on is given up. */
void lens_packet_find_set_model (LensPacketFind *find, LensPacketModel *model);

/* Where the search goes on from: the position that is selected, or GTK_INVALID_LIST_POSITION. */
void lens_packet_find_set_position (LensPacketFind *find, guint position);

/* The keys go to the entry, for a number or for anything else. */
void lens_packet_find_begin (LensPacketFind *find, gboolean is_number);

/* The next match, or the one before. */
void lens_packet_find_step (LensPacketFind *find, gboolean is_forward);

G_END_DECLS
