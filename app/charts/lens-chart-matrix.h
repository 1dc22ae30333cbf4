/* The chart of a LensHostMatrix, and what its cells say in words. */
#pragma once

#include "lens-chart.h"

G_BEGIN_DECLS

/* The same chart with its hosts chosen and kept in place by what there is without the filter, for a window. @whole: (nullable), see
 * lens_host_matrix_new(). (transfer full) */
LensChartData *lens_chart_matrix_build (const LensAnalysis *analysis,
                                        const LensAnalysis *whole,
                                        const LensChartOptions *options);

/* The name of a row and of the column of the same number: a host's label, "12 other hosts". (transfer full) */
char *lens_chart_matrix_name_side (const LensChartData *data, guint side);

/* What a cell says: "192.0.2.1 → 192.0.2.7: 12 packets, 3,400 bytes". With LENS_MATRIX_NAMES as the column, what the row's hosts sent;
 * as the row, what the column's received. Where hosts are shown by name their addresses follow on a line of their own. (transfer full) */
char *lens_chart_matrix_describe (const LensChartData *data, int row, int column);

/* A weight that a shade begins at, short: "1,000", "20 kB". (transfer full) */
char *lens_chart_matrix_format_shade (const LensHostMatrix *matrix, guint64 from);

G_END_DECLS
