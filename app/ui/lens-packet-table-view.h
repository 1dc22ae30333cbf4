/* The table of packets: a column view over a LensPacketModel. Main thread.
 *
 * Signals: "sort" (LensPacketColumn as uint, boolean is descending): another order is asked for; whoever owns the table sorts and
 * gives it the model. "selected": others are selected, or none, or another of them is the current one, which was clicked or gone to last.
 * "menu" (double x, double y): a context menu is asked for, for those that are selected, at this place in the table.
 */
#pragma once

#include "lens-packet-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_TABLE_VIEW (lens_packet_table_view_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketTableView, lens_packet_table_view, LENS, PACKET_TABLE_VIEW, GtkBox)

/* @model: (nullable). The selection goes. With @keeps_place the rows that are in view stay so, as far as they are there; else the first is
 * brought into view. */
void
lens_packet_table_view_set_model (LensPacketTableView *view, LensPacketModel *model, gboolean keeps_place);
LensPacketModel *lens_packet_table_view_get_model (LensPacketTableView *view);

void lens_packet_table_view_set_time_form (LensPacketTableView *view, LensTimeForm form);

/* Writes the rows in view anew: more is known of them. */
void lens_packet_table_view_refresh (LensPacketTableView *view);

/* What is asked for by the headers. */
LensPacketColumn lens_packet_table_view_get_sort (LensPacketTableView *view, gboolean *is_descending);

/* The position of the current packet, or GTK_INVALID_LIST_POSITION. */
guint lens_packet_table_view_get_selected (LensPacketTableView *view);

/* All that are selected, by their positions. Stays as it is when others are. (transfer full) */
GtkBitset *lens_packet_table_view_get_selection (LensPacketTableView *view);

/* Selects these in place of all others; what is in view stays so. @current: where it is one of them, the current one. */
void lens_packet_table_view_set_selection (LensPacketTableView *view, GtkBitset *selected, guint current);

LensTimeForm lens_packet_table_view_get_time_form (LensPacketTableView *view);

/* The titles of the columns of every such table, and which one a column is. (transfer full) */
GStrv lens_packet_table_view_get_titles (void);
LensPacketColumn lens_packet_table_view_get_column (guint index);

/* Selects it alone and brings it into view; with @takes_focus the keys go there too. */
void lens_packet_table_view_select (LensPacketTableView *view, guint position, gboolean takes_focus);

G_END_DECLS
