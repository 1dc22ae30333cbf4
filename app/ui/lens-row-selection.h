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

/* Selects that row alone, without the view's list knowing. Its own action, "list.select-item", has it keep a row for wherever a range
 * would begin: where that is out of view, GTK makes one anew, and then measures every cell of every column again, twice, for longer
 * than a frame. A range that somebody makes next begins at @position all the same, once GTK has selected any row by itself. */
void lens_row_selection_select (LensRowSelection *selection, guint position);

/* Whether GTK knows a row by now at which a range begins: without, it makes no range. */
gboolean lens_row_selection_can_extend (LensRowSelection *selection);

/* GTK_INVALID_LIST_POSITION: none is selected. */
guint lens_row_selection_get_current (LensRowSelection *selection);

/* @position: one that is selected. */
void lens_row_selection_set_current (LensRowSelection *selection, guint position);

/* Those that are selected, which the set goes on saying when others are. (transfer full) */
GtkBitset *lens_row_selection_get_selected (LensRowSelection *selection);

G_END_DECLS
