/* The rows of a table as a list of objects without meaning, one for each position: what a row says is asked for by its position.
 *
 * Another order of as many packets is no change of this list, so a view keeps the widgets of its rows. The first rows come a few at a
 * time: a view makes all those it keeps at hand, some two hundred, at once otherwise, which takes longer than a frame. Main thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_ROWS (lens_packet_rows_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketRows, lens_packet_rows, LENS, PACKET_ROWS, GObject)

LensPacketRows *lens_packet_rows_new (void);

/* How many rows there are to be. Rows that go do so from the end. */
void lens_packet_rows_set_n (LensPacketRows *rows, guint n_rows);

/* Those that have not come yet, too, from now on. */
void lens_packet_rows_show_all (LensPacketRows *rows);

G_END_DECLS
