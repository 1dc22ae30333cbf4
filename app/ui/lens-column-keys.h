/* Keys for the columns of a table, besides those at their titles (lens-column-titles.h). Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* While the keys are in @view, Ctrl+1 to Ctrl+9 sort by its first to its ninth column; the same once more, the other way round. */
void lens_column_keys_attach (GtkColumnView *view);

/* The rows of @view: what has "list.scroll-to-item". (transfer none) */
GtkWidget *lens_column_keys_get_list (GtkColumnView *view);

G_END_DECLS
