/* The titles of a table's columns, for the eye and the keys: those of figures stand over them at the right, and Tab stops at one of them
 * on its way to the rows. There Left and Right go to the next, Return and the space bar sort by it, Down goes to the rows. Tab leaves the
 * rows of a table or list, however many they are. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* To be called when @view has its columns, and again where they have other figures. @figures: a bit for each column that has figures, the
 * lowest for the first. */
void lens_column_titles_set_up (GtkColumnView *view, guint64 figures);

/* The title of the column at @index, from 0. (transfer none) */
GtkWidget *lens_column_titles_get (GtkColumnView *view, guint index);

/* Sorts by the column at @index, and where that is so already, the other way round. */
void lens_column_titles_sort (GtkColumnView *view, guint index);

/* How the keys go where @direction is one of Tab's, for the focus() of a widget with nothing else than @view, or than a list of which
 * Tab is to leave the rows; TRUE: *@result is what it is to return. */
gboolean lens_column_titles_focus (GtkColumnView *view, GtkDirectionType direction, gboolean *result);
gboolean lens_list_focus (GtkWidget *list, GtkDirectionType direction, gboolean *result);

G_END_DECLS
