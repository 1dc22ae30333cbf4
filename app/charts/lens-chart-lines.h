/* What charts of the lines of a LensSplit share: their names and their legend. */
#pragma once

#include "lens-chart-data.h"
#include "lens-chart.h"
#include "lens-line-series.h"

G_BEGIN_DECLS

/* @data gets a series for a line; @points: (transfer full) (nullable). Returns it, (transfer none) until there is one more. */
LensChartSeries *lens_chart_take_line (LensChartData *data,
                                       const LensSplit *split,
                                       gsize line,
                                       LensSeriesPoint *points,
                                       gsize n_points);

/* The same for all of @lines, of which there is one at least: their points go to @data, whose time is theirs. */
void lens_chart_take_lines (LensChartData *data,
                            const LensSplit *split,
                            LensLineSeries *lines,
                            gboolean is_stepped);

/* Sets the legend's title. */
void lens_chart_set_lines_title (LensChartData *data, LensSplitBy by);

/* What a chart of all selected packets divides: by direction it is the chart's host's. */
LensSplitSpec lens_chart_get_split (const LensAnalysis *analysis, const LensChartOptions *options);

G_END_DECLS
