/* What the rows of a table of rates say: an interval each, in the order of time or of a column. Columns: when it begins, how much there was
 * in it, and what each series had in a second. Texts are written when they are to be seen. Main thread. */
#pragma once

#include "lens-chart-intervals.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_INTERVAL_ROWS (lens_interval_rows_get_type ())
G_DECLARE_FINAL_TYPE (LensIntervalRows, lens_interval_rows, LENS, INTERVAL_ROWS, GObject)

/* Before the series. */
#define LENS_INTERVAL_COLUMNS 2

/* What the rows are sorted by; @column 0, ascending, is the order of time. */
typedef struct
{
  guint column;
  gboolean is_descending;
} LensIntervalOrder;

/* Without rows at first. */
LensIntervalRows *lens_interval_rows_new (void);

/* @intervals: (transfer full). */
void lens_interval_rows_take (LensIntervalRows *rows, LensChartIntervals *intervals);

/* Those of the same figure stay in the order of time. */
void lens_interval_rows_sort (LensIntervalRows *rows, LensIntervalOrder order);

guint lens_interval_rows_get_n (LensIntervalRows *rows);

/* (transfer none) (nullable) */
LensChartIntervals *lens_interval_rows_get_intervals (LensIntervalRows *rows);

/* Which interval a row is of. */
guint lens_interval_rows_get_interval (LensIntervalRows *rows, guint position);

/* The most characters that a text of a column has had so far. */
guint lens_interval_rows_get_chars (LensIntervalRows *rows, guint column);

/* The text of a column: (transfer full). @intervals: a LensChartIntervals; any thread. */
char *lens_interval_rows_write_text (gpointer intervals, guint interval, guint column);

G_END_DECLS
