#include "lens-plot-cursor.h"

#include "lens-chart-lanes.h"

#include <math.h>

/* Of the plot's width, and of bars. */
#define FAR_SHARE 0.1
#define FAR_BARS 10

static gboolean
is_backward (LensPlotStep step)
{
  return step == LENS_PLOT_STEP_LEFT || step == LENS_PLOT_STEP_FAR_LEFT || step == LENS_PLOT_STEP_FIRST;
}

/* Bars: either way along is the next one. */
static gboolean
move_bar (const LensChartData *data, LensPlotCursor *cursor, LensPlotStep step)
{
  static const int moves[] = {
    [LENS_PLOT_STEP_LEFT] = -1,
    [LENS_PLOT_STEP_RIGHT] = 1,
    [LENS_PLOT_STEP_UP] = -1,
    [LENS_PLOT_STEP_DOWN] = 1,
    [LENS_PLOT_STEP_FAR_LEFT] = -FAR_BARS,
    [LENS_PLOT_STEP_FAR_RIGHT] = FAR_BARS,
    [LENS_PLOT_STEP_FIRST] = -G_MAXINT / 2,
    [LENS_PLOT_STEP_LAST] = G_MAXINT / 2,
  };
  int last = (int) data->bars->len - 1;
  guint to;

  if (last < 0)
    return FALSE;
  to = (guint) CLAMP ((int) MIN (cursor->index, (guint) last) + moves[step], 0, last);
  if (to == cursor->index)
    return FALSE;
  cursor->index = to;
  return TRUE;
}

/* Series */

static const LensChartSeries *
get_series (const LensChartData *data, guint index)
{
  const LensChartSeries *series
      = index < data->series->len ? &g_array_index (data->series, LensChartSeries, index) : NULL;

  return series != NULL && !series->is_hidden ? series : NULL;
}

/* The points of @series that are drawn inside of the axis, and of one whose points hold until the next the one that holds where it begins, but
 * not where it ends. */
static const LensSeriesPoint *
get_shown (const LensPlotScene *scene, const LensChartSeries *series, gsize *n)
{
  LensTimeSpan span = lens_plot_scene_get_span (scene);
  gsize n_points;
  const LensSeriesPoint *points = lens_chart_series_get_points (series, &n_points);
  gsize first = lens_series_points_find (points, n_points, span.first_ns);
  gsize end
      = span.last_ns < G_MAXINT64 ? lens_series_points_find (points, n_points, span.last_ns + 1) : n_points;

  if (series->is_stepped && first > 0 && (first == n_points || points[first].time_ns > span.first_ns))
    first--;
  if (series->is_stepped && end == n_points && end > first + 1)
    end--;
  *n = end - first;
  return *n > 0 ? points + first : NULL;
}

/* Which of @points is nearest in time. */
static gsize
find_nearest (const LensSeriesPoint *points, gsize n, gint64 time_ns)
{
  gsize after = lens_series_points_find (points, n, time_ns);

  if (after == n)
    return n - 1;
  if (after > 0
      && (guint64) time_ns - (guint64) points[after - 1].time_ns
             < (guint64) points[after].time_ns - (guint64) time_ns)
    return after - 1;
  return after;
}

static double
get_column (const LensPlotScene *scene, const LensSeriesPoint *point)
{
  return floor (lens_plot_scene_get_x (scene, point->time_ns));
}

/* The last point of the column of pixels that points[@index] is in. */
static gsize
get_last_in_column (const LensPlotScene *scene, const LensSeriesPoint *points, gsize n, gsize index)
{
  double column = get_column (scene, &points[index]);

  while (index + 1 < n && get_column (scene, &points[index + 1]) == column)
    index++;
  return index;
}

static gboolean
move_along (const LensPlotScene *scene,
            const LensChartSeries *series,
            LensPlotCursor *cursor,
            LensPlotStep step)
{
  gsize n;
  const LensSeriesPoint *points = get_shown (scene, series, &n);
  double far = (scene->plot.right - scene->plot.left) * FAR_SHARE;
  gint64 from_ns;
  double column, wanted;
  gsize to;

  if (points == NULL)
    return FALSE;
  /* From the point that is told: another series' may be at another time. */
  from_ns = points[find_nearest (points, n, cursor->time_ns)].time_ns;
  column = floor (lens_plot_scene_get_x (scene, from_ns));
  wanted = step == LENS_PLOT_STEP_FIRST       ? -INFINITY
           : step == LENS_PLOT_STEP_LAST      ? INFINITY
           : step == LENS_PLOT_STEP_FAR_LEFT  ? column - far
           : step == LENS_PLOT_STEP_FAR_RIGHT ? column + far
           : step == LENS_PLOT_STEP_LEFT      ? column - 1
                                              : column + 1;
  if (is_backward (step))
    {
      /* The last point that is not after what is wanted. */
      to = from_ns < G_MAXINT64 ? lens_series_points_find (points, n, from_ns + 1) : n;
      while (to > 0 && get_column (scene, &points[to - 1]) > wanted)
        to--;
      if (to > 0)
        to--;
    }
  else
    {
      to = lens_series_points_find (points, n, from_ns);
      while (to < n && get_column (scene, &points[to]) < wanted)
        to++;
      to = get_last_in_column (scene, points, n, MIN (to, n - 1));
    }
  if (is_backward (step) ? points[to].time_ns >= from_ns : points[to].time_ns <= from_ns)
    return FALSE;
  cursor->time_ns = points[to].time_ns;
  return TRUE;
}

/* To the next series that is drawn, at the same time. */
static gboolean
move_across (const LensPlotScene *scene, const LensChartData *data, LensPlotCursor *cursor, int by)
{
  for (int i = (int) cursor->index + by; i >= 0 && i < (int) data->series->len; i += by)
    {
      const LensChartSeries *series = get_series (data, (guint) i);
      gsize n;

      if (series == NULL || get_shown (scene, series, &n) == NULL)
        continue;
      cursor->index = (guint) i;
      return TRUE;
    }
  return FALSE;
}

/* Lanes */

static const LensChartLane *
get_lane (const LensChartData *data, guint index)
{
  return index < data->lanes->len ? &g_array_index (data->lanes, LensChartLane, index) : NULL;
}

/* To a burst before or after, in what is shown. */
static gboolean
move_burst (const LensPlotScene *scene, const LensChartLane *lane, LensPlotCursor *cursor, LensPlotStep step)
{
  LensTimeSpan span = lens_plot_scene_get_span (scene);
  gboolean goes_far = step == LENS_PLOT_STEP_FIRST || step == LENS_PLOT_STEP_LAST;
  gssize found = -1;

  for (gsize i = 0; i < lane->n_bursts; i++)
    {
      const LensBurst *burst = &lane->bursts[i];

      if (burst->last_ns < span.first_ns || burst->first_ns > span.last_ns)
        continue;
      if (is_backward (step) ? burst->first_ns >= cursor->time_ns : burst->first_ns <= cursor->time_ns)
        continue;
      /* In time order: the nearest after is the first that is met, the nearest before the last. */
      if (found < 0 || (is_backward (step) != goes_far))
        found = (gssize) i;
    }
  if (found < 0)
    return FALSE;
  cursor->time_ns = lane->bursts[found].first_ns;
  return TRUE;
}

static gboolean
move_lane (const LensPlotScene *scene, const LensChartData *data, LensPlotCursor *cursor, LensPlotStep step)
{
  const LensChartLane *lane = get_lane (data, cursor->index);

  if (lane == NULL)
    return FALSE;
  if (step == LENS_PLOT_STEP_UP || step == LENS_PLOT_STEP_DOWN)
    {
      if (step == LENS_PLOT_STEP_UP ? cursor->index == 0 : cursor->index + 1 >= data->lanes->len)
        return FALSE;
      cursor->index += step == LENS_PLOT_STEP_UP ? -1 : 1;
      return TRUE;
    }
  return move_burst (scene, lane, cursor, step);
}

LensPlotCursor
lens_plot_cursor_begin (const LensPlotScene *scene, const LensChartData *data)
{
  LensPlotCursor cursor = { 0 };

  if (data->empty_text != NULL)
    return cursor;
  if (data->kind == LENS_CHART_LANES)
    {
      const LensChartLane *lane = get_lane (data, 0);

      cursor.is_set = lane != NULL;
      cursor.time_ns = lane != NULL && lane->n_bursts > 0 ? lane->bursts[0].first_ns : data->first_ns;
      return cursor;
    }
  if (!scene->has_series)
    {
      cursor.is_set = data->bars->len > 0;
      return cursor;
    }
  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = get_series (data, i);
      gsize n;
      const LensSeriesPoint *points = series != NULL ? get_shown (scene, series, &n) : NULL;

      if (points != NULL)
        return (LensPlotCursor){ TRUE, i, points[0].time_ns };
    }
  return cursor;
}

LensPlotCursor
lens_plot_cursor_at (const LensPlotProbe *probe)
{
  switch (probe->kind)
    {
    case LENS_PLOT_PROBE_BAR:
      return (LensPlotCursor){ TRUE, probe->bar, 0 };
    case LENS_PLOT_PROBE_POINT:
      return (LensPlotCursor){ TRUE, probe->series, probe->point.time_ns };
    case LENS_PLOT_PROBE_LANE:
      return (LensPlotCursor){ TRUE, probe->lane, probe->time_ns };
    case LENS_PLOT_PROBE_MOMENT:
    case LENS_PLOT_PROBE_NOTHING:
    default:
      return (LensPlotCursor){ 0 };
    }
}

gboolean
lens_plot_cursor_move (const LensPlotScene *scene,
                       const LensChartData *data,
                       LensPlotCursor *cursor,
                       LensPlotStep step)
{
  const LensChartSeries *series;

  if (!cursor->is_set)
    return FALSE;
  if (data->kind == LENS_CHART_LANES)
    return move_lane (scene, data, cursor, step);
  if (!scene->has_series)
    return move_bar (data, cursor, step);
  if (step == LENS_PLOT_STEP_UP || step == LENS_PLOT_STEP_DOWN)
    return move_across (scene, data, cursor, step == LENS_PLOT_STEP_UP ? -1 : 1);
  series = get_series (data, cursor->index);
  return series != NULL && move_along (scene, series, cursor, step);
}

static void
probe_series (const LensPlotScene *scene,
              const LensChartData *data,
              const LensPlotCursor *cursor,
              LensPlotProbe *probe)
{
  const LensChartSeries *series = get_series (data, cursor->index);
  gsize n;
  const LensSeriesPoint *points = series != NULL ? get_shown (scene, series, &n) : NULL;

  if (points == NULL)
    return;
  probe->kind = LENS_PLOT_PROBE_POINT;
  probe->series = cursor->index;
  probe->point = points[find_nearest (points, n, cursor->time_ns)];
  probe->time_ns = probe->point.time_ns;
  probe->x = lens_plot_scene_get_x (scene, probe->point.time_ns);
  probe->y = lens_plot_scene_get_y (scene, probe->point.payload_bytes);
  probe->band = lens_plot_probe_find_band (data, probe->time_ns);
}

static void
probe_lane (const LensPlotScene *scene,
            const LensChartData *data,
            const LensPlotCursor *cursor,
            LensPlotProbe *probe)
{
  guint index = MIN (cursor->index, data->lanes->len - 1);
  LensPlotBox box = lens_plot_scene_get_lane_box (scene, data, index);

  probe->kind = LENS_PLOT_PROBE_LANE;
  probe->lane = index;
  probe->time_ns = cursor->time_ns;
  probe->x = lens_plot_scene_get_x (scene, cursor->time_ns);
  probe->y = (box.top + box.bottom) / 2;
  probe->burst = lens_chart_lane_find_burst (get_lane (data, index), cursor->time_ns, cursor->time_ns,
                                             cursor->time_ns, &probe->n_bursts);
}

LensPlotProbe
lens_plot_cursor_probe (const LensPlotScene *scene, const LensChartData *data, const LensPlotCursor *cursor)
{
  LensPlotProbe probe = { .band = -1 };

  if (!cursor->is_set || data->empty_text != NULL)
    return probe;
  if (data->kind == LENS_CHART_LANES)
    {
      if (data->lanes->len > 0)
        probe_lane (scene, data, cursor, &probe);
    }
  else if (scene->has_series)
    {
      probe_series (scene, data, cursor, &probe);
    }
  else if (data->bars->len > 0)
    {
      LensPlotBox box;

      probe.kind = LENS_PLOT_PROBE_BAR;
      probe.bar = MIN (cursor->index, data->bars->len - 1);
      box = lens_plot_scene_get_bar_box (scene, data, probe.bar);
      probe.x = (box.left + box.right) / 2;
      probe.y = (box.top + box.bottom) / 2;
    }
  return probe;
}

const char *
lens_plot_cursor_get_key (const LensPlotCursor *cursor, const LensChartData *data)
{
  if (cursor->is_set && cursor->index < data->bars->len)
    return g_array_index (data->bars, LensChartBar, cursor->index).label;
  if (cursor->is_set && cursor->index < data->series->len)
    return lens_chart_series_get_key (&g_array_index (data->series, LensChartSeries, cursor->index));
  return NULL;
}

void
lens_plot_cursor_find (LensPlotCursor *cursor, const LensChartData *data, const char *key)
{
  LensPlotCursor other = *cursor;

  for (other.index = 0; other.index < MAX (data->bars->len, data->series->len); other.index++)
    if (key != NULL && g_strcmp0 (lens_plot_cursor_get_key (&other, data), key) == 0)
      {
        *cursor = other;
        return;
      }
}
