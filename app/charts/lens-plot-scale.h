/* Where a figure is on an axis of values: in proportion to it, or to its logarithm. Pure; any thread.
 *
 * A logarithm has no 0: there the axis begins with 0 and goes on, as far as a power of ten takes, with the power of ten that the smallest
 * figure there can be is in.
 */
#pragma once

#include "lens-plot-axis.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_log;
  double factor; /* from figures to the unit */
  double max;    /* in the unit, greater than 0 */
  double low;    /* of a logarithmic one: the exponent of the power of ten above 0 */
  LensUnit unit;
} LensPlotScale;

/* The scale of @data up to @max, a figure of it. */
LensPlotScale lens_plot_scale_new (const LensChartData *data, double max);

/* 0 at the begin of the axis, 1 at its end. @figure: of the chart, as its bars and points have them. */
double lens_plot_scale_get_share (const LensPlotScale *scale, double figure);

/* At most @max_ticks + 1, positions as of get_share. (transfer full) (element-type LensPlotTick) */
GArray *lens_plot_scale_get_ticks (const LensPlotScale *scale, guint max_ticks);

G_END_DECLS
