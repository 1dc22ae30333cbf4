/* What a person sets of a chart, in a row: what its series are, the length of intervals, between which packets times are taken, how many
 * there are by name, and whether the axis of values is logarithmic. Remembered chart by chart, from one start to the next. Main thread.
 */
#pragma once

#include "lens-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_CHART_OPTIONS_BAR (lens_chart_options_bar_get_type ())
G_DECLARE_FINAL_TYPE (LensChartOptionsBar, lens_chart_options_bar, LENS, CHART_OPTIONS_BAR, GtkBox)

/* Signal "changed". At first as it was last set for @chart, which has settings. */
GtkWidget *lens_chart_options_bar_new (const LensChart *chart);

/* The switch to a logarithmic scale, which has its place elsewhere: a row would be much for it. (transfer none) (nullable), where the chart
 * has none. */
GtkWidget *lens_chart_options_bar_get_log_button (LensChartOptionsBar *bar);

LensChartOptions lens_chart_options_bar_get (LensChartOptionsBar *bar);

G_END_DECLS
