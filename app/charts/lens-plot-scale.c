#include "lens-plot-scale.h"

#include <math.h>

LensPlotScale
lens_plot_scale_new (const LensChartData *data, double max)
{
  LensPlotScale scale = {
    .is_log = data->is_log,
    .factor = data->value_factor,
    .max = max * data->value_factor,
    .unit = data->unit,
  };

  /* Figures are whole: the smallest is 1. */
  scale.low = floor (log10 (scale.factor) + 1e-9);
  return scale;
}

static double
get_share_of_unit (const LensPlotScale *scale, double value)
{
  if (!scale->is_log)
    return value / scale->max;
  /* The power of ten below the smallest stands for 0. */
  if (value <= 0)
    return 0;
  return MAX (0, (log10 (value) - scale->low + 1) / (log10 (scale->max) - scale->low + 1));
}

double
lens_plot_scale_get_share (const LensPlotScale *scale, double figure)
{
  return get_share_of_unit (scale, figure * scale->factor);
}

static void
add_tick (GArray *ticks, const LensPlotScale *scale, double value)
{
  LensPlotTick tick = { .position = get_share_of_unit (scale, value),
                        .label = lens_plot_axis_format_value (value, value, value, scale->unit) };

  g_array_append_val (ticks, tick);
}

GArray *
lens_plot_scale_get_ticks (const LensPlotScale *scale, guint max_ticks)
{
  GArray *ticks;
  double n_powers, every;

  if (!scale->is_log)
    {
      ticks = lens_plot_axis_value_ticks (scale->max, scale->unit, max_ticks);
      for (guint i = 0; i < ticks->len; i++)
        g_array_index (ticks, LensPlotTick, i).position /= scale->max;
      return ticks;
    }
  ticks = lens_plot_axis_new_ticks ();
  n_powers = floor (log10 (scale->max) + 1e-9) - scale->low + 1;
  every = MAX (1, ceil (n_powers / MAX (max_ticks, 1)));
  add_tick (ticks, scale, 0);
  for (double power = 0; power < n_powers; power += every)
    add_tick (ticks, scale, pow (10, scale->low + power));
  return ticks;
}
