#include "lens-plot-probe.h"

#include "lens-chart-lanes.h"
#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How far from a point it is still meant, in sizes of a label. */
#define REACH 2.2

/* The same of a burst in a lane, in pixels. */
#define BURST_REACH_PX 2.0

/* Of series whose points hold until the next, the one whose figure at @x is nearest to @y. */
static void
find_step (const LensPlotScene *scene, const LensChartData *data, double x, double y, LensPlotProbe *probe)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      gsize n;
      const LensSeriesPoint *points = lens_chart_series_get_points (series, &n);
      gsize after = probe->time_ns < G_MAXINT64 ? lens_series_points_find (points, n, probe->time_ns + 1) : n;
      double point_y;

      if (series->is_hidden || !series->is_stepped || after == 0)
        continue;
      point_y = lens_plot_scene_get_y (scene, points[after - 1].payload_bytes);
      if (fabs (point_y - y) >= best)
        continue;
      best = fabs (point_y - y);
      probe->kind = LENS_PLOT_PROBE_POINT;
      probe->series = i;
      probe->point = points[after - 1];
      probe->x = x;
      probe->y = point_y;
    }
}

/* Makes @probe the nearest point of all series, where one is in reach of (@x, @y). */
static void
find_point (const LensPlotScene *scene, const LensChartData *data, double x, double y, LensPlotProbe *probe)
{
  double reach = REACH * scene->font_px;
  gint64 from_ns = lens_plot_scene_get_time (scene, x - reach);
  gint64 to_ns = lens_plot_scene_get_time (scene, x + reach);
  double best = reach;

  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      gsize n;
      const LensSeriesPoint *points = lens_chart_series_get_points (series, &n);

      if (series->is_hidden || series->is_stepped)
        continue;
      for (gsize j = lens_series_points_find (points, n, from_ns); j < n && points[j].time_ns <= to_ns; j++)
        {
          double point_x = lens_plot_scene_get_x (scene, points[j].time_ns);
          double point_y = lens_plot_scene_get_y (scene, points[j].payload_bytes);
          double distance = hypot (point_x - x, point_y - y);

          if (distance >= best)
            continue;
          best = distance;
          probe->kind = LENS_PLOT_PROBE_POINT;
          probe->series = i;
          probe->point = points[j];
          probe->time_ns = points[j].time_ns;
          probe->x = point_x;
          probe->y = point_y;
        }
    }
}

int
lens_plot_probe_find_band (const LensChartData *data, gint64 time_ns)
{
  for (guint i = 0; i < data->bands->len; i++)
    {
      const LensChartBand *band = &g_array_index (data->bands, LensChartBand, i);

      if (band->first_ns <= time_ns && time_ns <= band->last_ns)
        return (int) i;
    }
  return -1;
}

/* The burst that is meant at a place of a lane. */
static void
find_burst (const LensPlotScene *scene, const LensChartData *data, LensPlotProbe *probe)
{
  const LensChartLane *lane = &g_array_index (data->lanes, LensChartLane, probe->lane);

  probe->kind = LENS_PLOT_PROBE_LANE;
  probe->time_ns = lens_plot_scene_get_time (scene, probe->x);
  probe->burst = -1;
  if (probe->x < scene->plot.left)
    return;
  probe->burst = lens_chart_lane_find_burst (
      lane, lens_plot_scene_get_time (scene, probe->x - BURST_REACH_PX),
      lens_plot_scene_get_time (scene, probe->x + BURST_REACH_PX), probe->time_ns, &probe->n_bursts);
}

LensPlotProbe
lens_plot_probe_find (const LensPlotScene *scene, const LensChartData *data, double x, double y)
{
  LensPlotProbe probe = { .band = -1, .x = x, .y = y };
  const LensPlotBox *plot = &scene->plot;
  int lane = lens_plot_scene_find_lane (scene, data, x, y);
  int bar;

  if (lane >= 0)
    {
      probe.lane = (guint) lane;
      find_burst (scene, data, &probe);
      return probe;
    }
  if (data->kind == LENS_CHART_LANES)
    return probe;
  if (scene->has_series)
    {
      if (!(x >= plot->left && x <= plot->right && y >= plot->top && y <= plot->bottom))
        return probe;
      probe.kind = LENS_PLOT_PROBE_MOMENT;
      probe.time_ns = lens_plot_scene_get_time (scene, x);
      find_step (scene, data, x, y, &probe);
      find_point (scene, data, x, y, &probe);
      probe.band = lens_plot_probe_find_band (data, probe.time_ns);
      return probe;
    }
  bar = lens_plot_scene_find_bar (scene, data, x, y);
  if (bar >= 0)
    {
      probe.kind = LENS_PLOT_PROBE_BAR;
      probe.bar = (guint) bar;
    }
  return probe;
}

gboolean
lens_plot_probe_equal (const LensPlotProbe *one, const LensPlotProbe *other)
{
  if (one->kind != other->kind)
    return FALSE;
  if (one->kind == LENS_PLOT_PROBE_BAR)
    return one->bar == other->bar;
  if (one->kind == LENS_PLOT_PROBE_NOTHING)
    return TRUE;
  return one->x == other->x && one->y == other->y && one->time_ns == other->time_ns
         && one->lane == other->lane && (one->kind != LENS_PLOT_PROBE_POINT || one->series == other->series);
}

/* What @value in a step of @data is in a second: three figures, as it is no whole number. */
static char *
describe_rate (const LensChartData *data, guint64 value)
{
  double rate = (double) value * data->value_factor;
  g_autofree char *count
      = rate >= 1000 ? lens_format_count ((guint64) llround (rate)) : g_strdup_printf ("%.3g", rate);

  /* Translators: a rate. */
  return g_strdup_printf (data->unit == LENS_UNIT_BYTES_PER_SECOND ? _ ("%s bytes/s") : _ ("%s packets/s"),
                          count);
}

/* Nothing rounded. */
static char *
describe_value (LensUnit unit, guint64 value)
{
  g_autofree char *count = lens_format_count (value);

  if (unit == LENS_UNIT_MILLISECONDS)
    /* Translators: %s is a number of milliseconds. */
    return g_strdup_printf (_ ("%s ms"), count);
  return g_strdup_printf (unit == LENS_UNIT_BYTES || unit == LENS_UNIT_BYTES_PER_SECOND
                              ? g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", value)
                              : g_dngettext (GETTEXT_PACKAGE, "%s packet", "%s packets", value),
                          count);
}

char *
lens_plot_probe_describe_bar (const LensChartData *data, const LensChartBar *bar)
{
  g_autofree char *value = describe_value (data->unit, bar->value);

  /* Translators: a bar of a chart and its value: "192.0.2.1: 3,142,110 bytes". */
  return g_strdup_printf (_ ("%s: %s"), bar->label, value);
}

static char *
describe_bar_with_address (const LensChartData *data, const LensChartBar *bar)
{
  g_autofree char *value = lens_plot_probe_describe_bar (data, bar);

  return bar->address != NULL ? g_strdup_printf ("%s\n%s", value, bar->address) : g_steal_pointer (&value);
}

static char *
describe_band (const LensChartData *data, int index)
{
  const LensChartBand *band = &g_array_index (data->bands, LensChartBand, index);
  g_autofree char *count = lens_format_count (band->packets);
  g_autofree char *packets
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s packet", "%s packets", band->packets), count);
  g_autofree char *bytes = describe_value (LENS_UNIT_BYTES, band->payload_bytes);
  g_autofree char *lasts = lens_format_duration (band->last_ns - band->first_ns);

  /* Translators: a burst: its number, its packets, their bytes and how long it lasts: "Burst 3: 5 packets, 1,723 bytes, 1.2 s". */
  return g_strdup_printf (_ ("Burst %d: %s, %s, %s"), index + 1, packets, bytes, lasts);
}

/* "1,234 bytes"; of a rate "2,468 bytes/s (1,234 bytes in 500 ms)" */
static char *
describe_point (const LensChartData *data, guint64 figure)
{
  g_autofree char *value = describe_value (data->unit, figure);
  g_autofree char *rate = NULL;
  g_autofree char *interval = NULL;

  if (data->interval_ns == 0)
    return g_steal_pointer (&value);
  rate = describe_rate (data, figure);
  interval = lens_format_duration (data->interval_ns);
  /* Translators: a rate, then how much there was in how long: "2,468 bytes/s (1,234 bytes in 500 ms)". */
  return g_strdup_printf (_ ("%s (%s in %s)"), rate, value, interval);
}

/* When it was; of a rate, when its interval begins: how long that is stands beside the rate. */
static char *
describe_time (const LensPlotProbe *probe, const LensChartData *data)
{
  guint64 since_first = (guint64) probe->time_ns - (guint64) data->first_ns;
  g_autofree char *begin = NULL;

  if (data->over == LENS_CHART_OVER_NUMBER)
    return lens_format_count ((guint64) MAX (probe->time_ns, 0));
  if (data->interval_ns <= 0 || probe->kind != LENS_PLOT_PROBE_POINT || probe->time_ns < data->first_ns)
    return lens_format_date_time (probe->time_ns, data->is_utc);
  begin = lens_format_date_time (
      (gint64) ((guint64) data->first_ns
                + since_first / (guint64) data->interval_ns * (guint64) data->interval_ns),
      data->is_utc);
  /* Translators: the date and time at which an interval begins. */
  return g_strdup_printf (_ ("from %s"), begin);
}

static char *
describe_series_at (const LensPlotProbe *probe, const LensChartData *data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *when = describe_time (probe, data);

  if (probe->kind == LENS_PLOT_PROBE_POINT)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, probe->series);
      g_autofree char *value = describe_point (data, probe->point.payload_bytes);

      /* Translators: a bar of a chart and its value: "192.0.2.1: 3,142,110 bytes". */
      g_string_append_printf (text, _ ("%s: %s"), series->label, value);
      g_string_append_c (text, '\n');
    }
  g_string_append (text, when);
  if (probe->band >= 0)
    {
      g_autofree char *band = describe_band (data, probe->band);

      g_string_append_printf (text, "\n%s", band);
    }
  return g_strdup (text->str);
}

char *
lens_plot_probe_describe (const LensPlotProbe *probe, const LensChartData *data)
{
  switch (probe->kind)
    {
    case LENS_PLOT_PROBE_BAR:
      return probe->bar < data->bars->len
                 ? describe_bar_with_address (data, &g_array_index (data->bars, LensChartBar, probe->bar))
                 : NULL;
    case LENS_PLOT_PROBE_MOMENT:
    case LENS_PLOT_PROBE_POINT:
      return probe->series < data->series->len ? describe_series_at (probe, data) : NULL;
    case LENS_PLOT_PROBE_LANE:
      return probe->lane < data->lanes->len
                 ? lens_chart_lane_describe (&g_array_index (data->lanes, LensChartLane, probe->lane),
                                             probe->burst, probe->n_bursts, data->is_utc)
                 : NULL;
    case LENS_PLOT_PROBE_NOTHING:
    default:
      return NULL;
    }
}
