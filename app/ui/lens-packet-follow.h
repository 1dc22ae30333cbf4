/* Packets that are selected in a table, found again in another order or in a capture that has grown. Main thread. */
#pragma once

#include "lens-packet-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where in @after the packets are that are at @positions of @before. Those that are no longer shown are left out; many that are no longer beside
 * each other as they were, all of them. (transfer full) */
GtkBitset *lens_packet_follow (LensPacketModel *before, const GtkBitset *positions, LensPacketModel *after);

G_END_DECLS
