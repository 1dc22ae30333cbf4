/* A chart in words, for who does not see its picture. */
#pragma once

#include "lens-chart-data.h"

G_BEGIN_DECLS

/* In a sentence: which part of the capture and of the time, and the three top figures; or why there is nothing. (transfer full) */
char *lens_chart_data_describe (const LensChartData *data);

G_END_DECLS
