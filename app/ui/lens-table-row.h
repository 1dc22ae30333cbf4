/* One row of a table of figures: a text and a key to sort by for each column. A fresh object a row; main thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TABLE_MAX_COLUMNS 12

/* Signal "changed": it says something else now, lens_table_row_update(). */
#define LENS_TYPE_TABLE_ROW (lens_table_row_get_type ())
G_DECLARE_FINAL_TYPE (LensTableRow, lens_table_row, LENS, TABLE_ROW, GObject)

LensTableRow *lens_table_row_new (void);

/* @text: (transfer full). A text is sorted as text, the numbers in it as numbers: 9.0.0.1 is before 10.0.0.1. A figure by @key. */
void lens_table_row_take_text (LensTableRow *row, guint column, char *text);
void lens_table_row_take_figure (LensTableRow *row, guint column, char *text, double key);

/* The span of time that a row is of: none at first. */
void lens_table_row_set_span (LensTableRow *row, gint64 first_ns, gint64 last_ns);
gboolean lens_table_row_get_span (LensTableRow *row, gint64 *first_ns, gint64 *last_ns);

/* The lane that a row is of: -1 at first. */
void lens_table_row_set_lane (LensTableRow *row, int lane);
int lens_table_row_get_lane (LensTableRow *row);

/* The bar that a row is of, or the cell of a matrix, those of the first source first: -1 at first. */
void lens_table_row_set_bar (LensTableRow *row, int bar);
int lens_table_row_get_bar (LensTableRow *row);

/* What is about all rows stays above them in whatever order they are sorted: the first of such has place 1. 0 at first: it is sorted. */
void lens_table_row_set_top_place (LensTableRow *row, guint place);
int lens_table_row_compare_top_places (LensTableRow *a, LensTableRow *b);

/* Whether it is shown as the one that is chosen: not at first. */
void lens_table_row_set_is_marked (LensTableRow *row, gboolean is_marked);
gboolean lens_table_row_get_is_marked (LensTableRow *row);

/* Has @row say and do what @other does. Returns whether its figures or texts were others. */
gboolean lens_table_row_update (LensTableRow *row, LensTableRow *other);

/* Whether a figure was set there. */
gboolean lens_table_row_is_figure (LensTableRow *row, guint column);

/* (transfer none), never NULL */
const char *lens_table_row_get_text (LensTableRow *row, guint column);

/* Orders two rows by a column, as for qsort(). */
int lens_table_row_compare (LensTableRow *a, LensTableRow *b, guint column);

G_END_DECLS
