/* A table of rates: a row an interval that is shown, a column a series. Long: only what is seen is written, and what is copied is written
 * on a worker. Main thread. */
#pragma once

#include "lens-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_INTERVAL_TABLE (lens_interval_table_get_type ())
G_DECLARE_FINAL_TYPE (LensIntervalTable, lens_interval_table, LENS, INTERVAL_TABLE, GObject)

/* Of @data, which has intervals; nothing of it is kept. */
LensIntervalTable *lens_interval_table_new (const LensChartData *data);

/* The GtkColumnView, to be put into a GtkScrolledWindow. (transfer none) */
GtkWidget *lens_interval_table_get_view (LensIntervalTable *table);

/* @data shows another part of its time now. */
void lens_interval_table_shown_changed (LensIntervalTable *table, const LensChartData *data);

/* Puts the selected rows, or all where none is selected, on the clipboard as soon as they are written. */
void lens_interval_table_copy (LensIntervalTable *table);

G_END_DECLS
