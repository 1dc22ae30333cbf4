/* The figures of a chart as rows of a table: all but rates, which LensIntervalRows has. Main thread. */
#pragma once

#include "lens-chart-data.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Adds a LensTableRow to @rows for each bar, series, burst, lane or cell of @data, of which nothing is kept. Returns the titles of their
 * columns: (transfer full). */
GStrv lens_chart_rows_add (GListStore *rows, const LensChartData *data);

G_END_DECLS
