/* The rows of a table of rates: one an interval, in the order of time. They are made when GTK asks for them, and their texts when they are
 * shown. The columns: when it begins, how much there was in it, and what each series had in a second. Main thread. */
#pragma once

#include "lens-chart-intervals.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LENS_TYPE_INTERVAL_ROWS (lens_interval_rows_get_type ())
G_DECLARE_FINAL_TYPE (LensIntervalRows, lens_interval_rows, LENS, INTERVAL_ROWS, GObject)

/* Before the series. */
#define LENS_INTERVAL_COLUMNS 2

/* A GListModel of LensTableRow. @intervals: (transfer full). */
LensIntervalRows *lens_interval_rows_new (LensChartIntervals *intervals);

G_END_DECLS
