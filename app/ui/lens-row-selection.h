/* A list of which any rows can be selected, as ranges: all of thirty million cost as much as one. One of the selected is the current row: the
 * one that was clicked or gone to last. Main thread.
 *
 * Signal "changed": others are selected, or another is the current one.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_ROW_SELECTION (lens_row_selection_get_type ())
G_DECLARE_FINAL_TYPE (LensRowSelection, lens_row_selection, LENS, ROW_SELECTION, GObject)

/* @rows: (transfer none), a reference is taken. */
LensRowSelection *lens_row_selection_new (GListModel *rows);

/* GTK_INVALID_LIST_POSITION: none is selected. */
guint lens_row_selection_get_current (LensRowSelection *selection);

/* @position: one that is selected. */
void lens_row_selection_set_current (LensRowSelection *selection, guint position);

/* Those that are selected, which the set goes on saying when others are. (transfer full) */
GtkBitset *lens_row_selection_get_selected (LensRowSelection *selection);

G_END_DECLS
