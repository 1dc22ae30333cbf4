/* The figures of a chart as a table that can be sorted and copied: also its accessible form. Main thread. */
#pragma once

#include "lens-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_CHART_TABLE (lens_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (LensChartTable, lens_chart_table, LENS, CHART_TABLE, GtkBox)

/* Signals "span-chosen" (gint64 first_ns, gint64 last_ns), "lane-chosen" (guint index of the data's lanes): a burst or a lane was clicked, or Enter
 * pressed on it; "row-chosen" (guint index, gboolean adds), of lens_chart_choose_row(): a double click, as a click selects what is copied,
 * or Enter; with Ctrl it adds. */

/* @name: for assistive technology, until there are figures. */
GtkWidget *lens_chart_table_new (const char *name);

/* Fills the table; nothing of @data is kept. Bars: one row each; series: one row each; rates: a row an interval that is shown and a
 * column a series; bursts, where there are some, instead of the series; a matrix: one for each cell that has packets without a filter; lanes: one each. */
void lens_chart_table_set_data (LensChartTable *table, const LensChartData *data);

/* @data, whose rows the table has, shows another part of its time now: a table of rates has that. */
void lens_chart_table_shown_changed (LensChartTable *table, const LensChartData *data);

/* Puts the selected rows, or all where none is selected or a click chooses, on the clipboard: a header line, then tab-separated rows. A text
 * of many rows is there a little later. */
void lens_chart_table_copy (LensChartTable *table);

G_END_DECLS
