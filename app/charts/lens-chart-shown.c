/* The part of a chart's time that is shown. */
#include "lens-chart-data.h"

#include "lens-format.h"
#include "lens-rates.h"

#include <glib/gi18n-lib.h>

/* Ends of what is shown are said to this part of it. */
#define SAID_PARTS 1000

#define COLUMNS_PER_PIXEL 1.25
#define FEWEST_COLUMNS 1024

gboolean
lens_chart_data_is_over_time (const LensChartData *data)
{
  return (data->kind == LENS_CHART_TIME_SERIES || data->kind == LENS_CHART_LANES)
         && data->over == LENS_CHART_OVER_TIME && data->empty_text == NULL
         && data->series->len + data->lanes->len > 0;
}

static void
drop_detail (LensChartData *data)
{
  for (guint i = 0; i < data->series->len; i++)
    {
      LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      g_clear_pointer (&series->detail, g_free);
      series->n_detail = 0;
    }
}

void
lens_chart_data_set_shown (LensChartData *data, const LensTimeSpan *span)
{
  if (span == NULL || !data->has_shown || span->first_ns != data->shown.first_ns
      || span->last_ns != data->shown.last_ns)
    drop_detail (data);
  data->has_shown = span != NULL;
  if (span != NULL)
    data->shown = *span;
}

static LensDetailLine
to_line (const LensChartSeries *series)
{
  return (LensDetailLine){
    .kind = series->kind,
    .address = series->destination,
    .port = series->port,
    .points = series->points,
    .n_points = series->n_points,
    .packets = series->packets,
  };
}

gsize
lens_chart_columns_of_pixels (int width)
{
  if (width < 1)
    return LENS_SERIES_COLUMNS;
  return (gsize) CLAMP (COLUMNS_PER_PIXEL * width, FEWEST_COLUMNS, LENS_SERIES_COLUMNS);
}

static gboolean
has_span (LensTimeSpan span, LensTimeSpan part)
{
  return span.first_ns <= part.first_ns && part.last_ns <= span.last_ns;
}

gboolean
lens_chart_data_fits_shown (const LensChartData *data)
{
  const LensTimeSpan limits = { data->first_ns, data->last_ns };

  if (!data->is_fitting)
    return TRUE;
  if (!data->has_shown)
    return !data->has_counted;
  if (lens_rates_fit_interval (data->shown) != data->interval_ns)
    return FALSE;
  return !data->has_counted || has_span (data->counted, data->shown)
         || has_span (data->counted, lens_time_span_clamp (data->shown, limits));
}

gboolean
lens_chart_data_needs_detail (const LensChartData *data, gsize n_columns)
{
  if (!data->has_shown || !data->has_source)
    return FALSE;
  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      LensDetailLine line = to_line (series);

      if (lens_detail_line_is_reduced (&line) && (series->detail == NULL || data->detail_columns < n_columns))
        return TRUE;
    }
  return FALSE;
}

void
lens_chart_data_look_closer_async (LensChartData *data,
                                   LensAnalysis *analysis,
                                   gsize n_columns,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  LensAnalysis *scope = data->is_of_bursts ? lens_analysis_get_burst_scope (analysis) : analysis;
  g_autofree LensDetailLine *lines = g_new (LensDetailLine, MAX (data->series->len, 1));

  for (guint i = 0; i < data->series->len; i++)
    lines[i] = to_line (&g_array_index (data->series, LensChartSeries, i));
  if (data->pyramid == NULL)
    data->pyramid = lens_series_pyramid_new (scope, data->series->len);
  lens_series_detail_new_async (scope, data->pyramid, &data->source, lines, data->series->len, data->shown,
                                n_columns, cancellable, callback, user_data);
}

void
lens_chart_data_take_detail (LensChartData *data, LensSeriesDetail *detail)
{
  if (data->has_shown && detail->span.first_ns == data->shown.first_ns
      && detail->span.last_ns == data->shown.last_ns && detail->n_lines == data->series->len)
    for (guint i = 0; i < data->series->len; i++)
      {
        LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

        g_free (series->detail);
        series->detail = g_steal_pointer (&detail->points[i]);
        series->n_detail = detail->n_points[i];
        data->detail_columns = detail->n_columns;
      }
  lens_series_detail_free (detail);
}

char *
lens_chart_data_describe_shown (const LensChartData *data, gboolean is_utc)
{
  g_autofree char *first = NULL, *last = NULL, *span = NULL;
  gboolean has_days;
  guint decimals;

  if (!data->has_shown || !lens_chart_data_is_over_time (data))
    return NULL;
  decimals = lens_time_step_decimals (
      lens_time_round_step ((double) lens_time_span_get_length (data->shown) / SAID_PARTS));
  has_days = lens_format_has_days (data->shown.first_ns, data->shown.last_ns, is_utc);
  first = lens_format_moment (data->shown.first_ns, decimals, has_days, is_utc);
  last = lens_format_moment (data->shown.last_ns, decimals, has_days, is_utc);
  if (has_days)
    /* Translators: which part of the time a chart shows: a day and a time of day, twice. */
    span = g_strdup_printf (_ ("shown: only from %s to %s"), first, last);
  else
    {
      g_autofree char *day = lens_format_day (data->shown.first_ns, is_utc);

      /* Translators: the same within a day: the day, a time of day and another one. */
      span = g_strdup_printf (_ ("shown: only %s from %s to %s"), day, first, last);
    }
  return is_utc ? g_strdup_printf ("%s UTC", span) : g_steal_pointer (&span);
}

void
lens_chart_data_say_shown (LensChartData *data)
{
  g_autofree char *shown = lens_chart_data_describe_shown (data, TRUE);
  g_autofree char *before = NULL;

  if (shown == NULL)
    return;
  before = g_steal_pointer (&data->subtitle);
  data->subtitle = before != NULL ? g_strdup_printf ("%s · %s", before, shown) : g_steal_pointer (&shown);
}

const LensSeriesPoint *
lens_chart_series_get_points (const LensChartSeries *series, gsize *n_points)
{
  *n_points = series->detail != NULL ? series->n_detail : series->n_points;
  return series->detail != NULL ? series->detail : series->points;
}
