#include "lens-chart-data.h"

#include "lens-format.h"

static void
clear_bar (gpointer item)
{
  LensChartBar *bar = item;

  g_free (bar->label);
  g_free (bar->value_text);
}

static void
clear_series (gpointer item)
{
  LensChartSeries *series = item;

  g_free (series->label);
  g_free (series->points);
}

LensChartData *
lens_chart_data_new (LensChartKind kind, LensUnit unit)
{
  LensChartData *data = g_new0 (LensChartData, 1);

  data->kind = kind;
  data->unit = unit;
  data->bars = g_array_new (FALSE, TRUE, sizeof (LensChartBar));
  data->series = g_array_new (FALSE, TRUE, sizeof (LensChartSeries));
  data->bands = g_array_new (FALSE, TRUE, sizeof (LensChartBand));
  g_array_set_clear_func (data->bars, clear_bar);
  g_array_set_clear_func (data->series, clear_series);
  return data;
}

void
lens_chart_data_free (LensChartData *data)
{
  if (data == NULL)
    return;
  g_array_unref (data->bars);
  g_array_unref (data->series);
  g_array_unref (data->bands);
  g_free (data->title);
  g_free (data->subtitle);
  g_free (data->x_title);
  g_free (data->y_title);
  g_free (data->legend_title);
  g_free (data->empty_text);
  g_free (data);
}

void
lens_chart_data_add_bar (LensChartData *data,
                         const char *label,
                         guint64 value,
                         guint color,
                         const LensFilterTerm *term)
{
  LensChartBar bar = {
    .label = g_strdup (label),
    .value = value,
    .value_text = data->unit == LENS_UNIT_BYTES ? lens_format_bytes (value) : lens_format_count (value),
    .color = color,
    .has_term = term != NULL,
  };

  if (term != NULL)
    bar.term = *term;
  g_array_append_val (data->bars, bar);
}

void
lens_chart_data_add_series (LensChartData *data, const char *label, const LensSeries *series, guint color)
{
  LensChartSeries copy = {
    .label = g_strdup (label),
    .points = g_memdup2 (series->points, series->n_points * sizeof *series->points),
    .n_points = series->n_points,
    .packets = series->packets,
    .payload_bytes = series->payload_bytes,
    .color = color,
  };

  g_array_append_val (data->series, copy);
}
