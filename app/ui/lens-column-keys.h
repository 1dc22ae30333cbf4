/* Keys for the columns of a table, besides those at their titles (lens-column-titles.h), and how its cells leave clicks to their rows. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* While the keys are in @view, Ctrl+1 to Ctrl+9 sort by its first to its ninth column; the same once more, the other way round. */
void lens_column_keys_attach (GtkColumnView *view);

/* Makes @child (transfer full) a cell of a table, from its column's factory. The cell leaves clicks to its row: where both take one, which
 * GTK 4.8 has them do, Ctrl and a click select the row and unselect it at once. */
void lens_column_keys_set_cell (GtkListItem *item, GtkWidget *child);

/* The rows of @view: what has "list.scroll-to-item". (transfer none) */
GtkWidget *lens_column_keys_get_list (GtkColumnView *view);

G_END_DECLS
