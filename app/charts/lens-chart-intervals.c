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

/* Those of all the time that are looked at: @n from @first on. */
typedef struct
{
  gsize first;
  gsize n;
} Part;

static Part
find_part (const LensChartIntervals *intervals, const LensChartData *data, gsize n_all)
{
  gsize first;
  gsize last;

  if (!data->has_shown)
    return (Part){ 0, n_all };
  if (data->shown.last_ns < data->first_ns || data->shown.first_ns > data->last_ns)
    return (Part){ 0 };
  first = find_interval (intervals, MAX (data->shown.first_ns, data->first_ns));
  last = MIN (find_interval (intervals, data->shown.last_ns), n_all - 1);
  return first <= last ? (Part){ first, last - first + 1 } : (Part){ 0 };
}

/* A point holds until the next; the last one is only the end, which may be within an interval where time ends. */
static void
spread_points (const LensChartIntervals *intervals,
               const LensChartSeries *series,
               Part part,
               guint64 *figures)
{
  for (gsize i = 0; i + 1 < series->n_points; i++)
    {
      gsize from = find_interval (intervals, series->points[i].time_ns);
      gsize to
          = i + 2 < series->n_points ? find_interval (intervals, series->points[i + 1].time_ns) : G_MAXSIZE;

      for (gsize j = MAX (from, part.first); j < MIN (to, part.first + part.n); j++)
        figures[j - part.first] = series->points[i].payload_bytes;
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
  return intervals->n_intervals > 0
         && lens_format_has_days (intervals->first_ns, get_time (intervals, intervals->n_intervals - 1),
                                  intervals->is_utc);
}

LensChartIntervals *
lens_chart_intervals_new (const LensChartData *data)
{
  LensChartIntervals *self;
  guint64 length_ns;
  gsize n_all;
  Part part;

  g_return_val_if_fail (lens_chart_data_has_intervals (data), NULL);

  self = g_new0 (LensChartIntervals, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->unit = data->unit;
  self->first_ns = data->first_ns;
  self->interval_ns = data->interval_ns;
  self->is_utc = data->is_utc;
  self->rate_decimals = count_rate_decimals (data->interval_ns);
  self->time_decimals = lens_time_step_decimals (data->interval_ns);
  /* The last one is cut short where time ends. */
  length_ns = (guint64) data->last_ns - (guint64) data->first_ns;
  n_all = (gsize) (length_ns / (guint64) data->interval_ns)
          + (length_ns % (guint64) data->interval_ns != 0 || length_ns == 0);
  part = find_part (self, data, n_all);
  self->n_intervals = part.n;
  self->n_series = data->series->len;
  self->figures = g_try_new0 (guint64, MAX (self->n_series * self->n_intervals, 1));
  if (self->figures == NULL)
    {
      g_free (self);
      return NULL;
    }
  for (guint i = 0; i < data->series->len; i++)
    spread_points (self, &g_array_index (data->series, LensChartSeries, i), part,
                   &self->figures[i * self->n_intervals]);
  self->first_ns = get_time (self, part.first);
  self->has_days = has_days (self);
  return self;
}

LensChartIntervals *
lens_chart_intervals_ref (LensChartIntervals *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lens_chart_intervals_unref (LensChartIntervals *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
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
  return lens_format_moment (get_time (self, interval), self->time_decimals, self->has_days, self->is_utc);
}

char *
lens_chart_intervals_write_rate (const LensChartIntervals *self, gsize interval, gsize series)
{
  /* Of intervals that a second is a multiple of, rates are whole. */
  return lens_format_decimal (lens_chart_intervals_get_rate (self, interval, series), self->rate_decimals);
}
