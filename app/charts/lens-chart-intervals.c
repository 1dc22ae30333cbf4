#include "lens-chart-intervals.h"

#include "lens-format.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

gboolean
lens_chart_data_has_intervals (const LensChartData *data)
{
  return data->kind == LENS_CHART_TIME_SERIES && data->interval_ns > 0 && data->series->len > 0;
}

/* Unsigned: from one end of time to the other is more than a signed number holds. */
static gsize
find_interval (const LensChartIntervals *intervals, gint64 time_ns)
{
  return (gsize) (((guint64) time_ns - (guint64) intervals->first_ns) / (guint64) intervals->interval_ns);
}

static gint64
get_time (const LensChartIntervals *intervals, gsize interval)
{
  return (gint64) ((guint64) intervals->first_ns + interval * (guint64) intervals->interval_ns);
}

/* A point holds until the next; the last one is only the end, which may be within an interval where time ends. */
static void
spread_points (const LensChartIntervals *intervals, const LensChartSeries *series, guint64 *figures)
{
  for (gsize i = 0; i + 1 < series->n_points; i++)
    {
      gsize from = find_interval (intervals, series->points[i].time_ns);
      gsize to = i + 2 < series->n_points ? find_interval (intervals, series->points[i + 1].time_ns)
                                          : intervals->n_intervals;

      for (gsize j = from; j < MIN (to, intervals->n_intervals); j++)
        figures[j] = series->points[i].payload_bytes;
    }
}

/* As many as tell a packet or byte in an interval from none. */
static guint
count_rate_decimals (gint64 interval_ns)
{
  guint n = 0;

  for (gint64 length_ns = SECOND; n < 9 && length_ns < interval_ns; length_ns *= 10)
    n++;
  return n;
}

static gboolean
has_days (const LensChartIntervals *intervals)
{
  g_autofree char *first = lens_format_day (intervals->first_ns, intervals->is_utc);
  g_autofree char *last
      = lens_format_day (get_time (intervals, intervals->n_intervals - 1), intervals->is_utc);

  return !g_str_equal (first, last);
}

LensChartIntervals *
lens_chart_intervals_new (const LensChartData *data)
{
  LensChartIntervals *self;
  guint64 length_ns;

  g_return_val_if_fail (lens_chart_data_has_intervals (data), NULL);

  self = g_new0 (LensChartIntervals, 1);
  self->unit = data->unit;
  self->first_ns = data->first_ns;
  self->interval_ns = data->interval_ns;
  self->is_utc = data->is_utc;
  self->rate_decimals = count_rate_decimals (data->interval_ns);
  self->time_decimals = lens_time_step_decimals (data->interval_ns);
  /* The last one is cut short where time ends. */
  length_ns = (guint64) data->last_ns - (guint64) data->first_ns;
  self->n_intervals = (gsize) (length_ns / (guint64) data->interval_ns)
                      + (length_ns % (guint64) data->interval_ns != 0 || length_ns == 0);
  self->n_series = data->series->len;
  self->has_days = has_days (self);
  self->figures = g_try_new0 (guint64, self->n_series * self->n_intervals);
  if (self->figures == NULL)
    {
      lens_chart_intervals_free (self);
      return NULL;
    }
  for (guint i = 0; i < data->series->len; i++)
    spread_points (self, &g_array_index (data->series, LensChartSeries, i),
                   &self->figures[i * self->n_intervals]);
  return self;
}

void
lens_chart_intervals_free (LensChartIntervals *self)
{
  if (self == NULL)
    return;
  g_free (self->figures);
  g_free (self);
}

guint64
lens_chart_intervals_get_total (const LensChartIntervals *self, gsize interval)
{
  guint64 total = 0;

  g_return_val_if_fail (interval < self->n_intervals, 0);
  for (gsize i = 0; i < self->n_series; i++)
    total += self->figures[i * self->n_intervals + interval];
  return total;
}

double
lens_chart_intervals_get_rate (const LensChartIntervals *self, gsize interval, gsize series)
{
  g_return_val_if_fail (interval < self->n_intervals && series < self->n_series, 0);
  return (double) self->figures[series * self->n_intervals + interval] * (double) SECOND
         / (double) self->interval_ns;
}

char *
lens_chart_intervals_write_time (const LensChartIntervals *self, gsize interval)
{
  gint64 time_ns = get_time (self, interval);
  g_autofree char *time = lens_format_time_of_day (time_ns, self->time_decimals, self->is_utc);
  g_autofree char *day = NULL;

  if (!self->has_days)
    return g_steal_pointer (&time);
  day = lens_format_day (time_ns, self->is_utc);
  return g_strdup_printf ("%s %s", day, time);
}

char *
lens_chart_intervals_write_rate (const LensChartIntervals *self, gsize interval, gsize series)
{
  /* Of intervals that a second is a multiple of, rates are whole. */
  return lens_format_decimal (lens_chart_intervals_get_rate (self, interval, series), self->rate_decimals);
}
