/* The words that charts share. */
#pragma once

#include "lens-analysis.h"
#include "lens-chart-data.h"

G_BEGIN_DECLS

/* Bars a chart shows by name at first; those beyond are added up in one "others" bar. */
#define LENS_CHART_TOP_BARS 12
#define LENS_CHART_MAX_TOP_BARS 50

/* The theme's colours for what a chart is about, and for "others". */
#define LENS_CHART_COLOR_MAIN 0
#define LENS_CHART_COLOR_OTHERS 9

/* Sets the subtitle: which part of the capture, by which filter; then @more (nullable). */
void lens_chart_set_subtitle (LensChartData *data, const LensAnalysis *analysis, const char *more);

/* The same for a chart of bursts: which part of the capture they are of, and that they are also of the time that isn't selected, where they are. */
void lens_chart_set_burst_subtitle (LensChartData *data, const LensAnalysis *analysis, const char *more);

/* Sets the empty text to @reason, where the filter, if there is one, is named as a possible cause. */
void lens_chart_set_empty (LensChartData *data, const LensAnalysis *analysis, const char *reason);

/* How many of @n bars are shown by name where @top are wanted: "others" are never a single one. */
gsize lens_chart_get_n_named (gsize n, guint top);

G_END_DECLS
