/* What was last set of each chart, in a file in the person's configuration folder. Without a folder to write into it is forgotten at the
 * end. Main thread.
 */
#pragma once

#include "lens-chart.h"

G_BEGIN_DECLS

/* As it was kept last, what can't be taken for what it should be as at first. */
LensChartOptions lens_chart_memory_recall (const LensChart *chart);

void lens_chart_memory_keep (const LensChart *chart, const LensChartOptions *options);

G_END_DECLS
