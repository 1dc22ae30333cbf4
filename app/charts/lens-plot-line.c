#include "lens-plot-line.h"

#include <math.h>

static void
add_place (LensPlotLine *line, double x, double y)
{
  line->x[line->n] = x;
  line->y[line->n] = y;
  line->n++;
}

/* Where the line from @inside to @outside is at @edge_x. */
static double
cross (double inside_x, double inside_y, double outside_x, double outside_y, double edge_x)
{
  double dx = outside_x - inside_x;

  return dx == 0 ? inside_y : inside_y + (outside_y - inside_y) * CLAMP ((edge_x - inside_x) / dx, 0, 1);
}

/* The corners of a series whose points hold until the next, those of them that are in the time that is shown and next to it.
 * (transfer full) */
static LensSeriesPoint *
find_corners (const LensSeriesPoint *points, gsize *n, gint64 from_ns, gint64 to_ns)
{
  gsize first = lens_series_points_find (points, *n, from_ns);
  gsize end = to_ns == G_MAXINT64 ? *n : lens_series_points_find (points, *n, to_ns + 1);
  LensSeriesPoint *corners;
  gsize n_corners = 0;

  first -= first > 0 ? 1 : 0;
  end += end < *n ? 1 : 0;
  corners = g_new (LensSeriesPoint, 2 * (end - first) + 1);
  for (gsize i = first; i < end; i++)
    {
      if (i > first)
        corners[n_corners++] = (LensSeriesPoint){ points[i].time_ns, points[i - 1].payload_bytes };
      corners[n_corners++] = points[i];
    }
  /* The last holds until the end of what is shown. */
  if (end == *n && end > first && points[end - 1].time_ns < to_ns)
    corners[n_corners++] = (LensSeriesPoint){ to_ns, points[end - 1].payload_bytes };
  *n = n_corners;
  return corners;
}

void
lens_plot_line_init (LensPlotLine *line,
                     const LensPlotScene *scene,
                     const LensChartSeries *series,
                     double columns_per_px)
{
  gsize n;
  const LensSeriesPoint *points = lens_chart_series_get_points (series, &n);
  gint64 from_ns = lens_plot_scene_get_time (scene, -G_MAXDOUBLE);
  gint64 to_ns = lens_plot_scene_get_time (scene, G_MAXDOUBLE);
  g_autofree LensSeriesPoint *corners = series->is_stepped ? find_corners (points, &n, from_ns, to_ns) : NULL;
  double left = lens_plot_scene_get_x (scene, from_ns);
  double right = lens_plot_scene_get_x (scene, to_ns);
  gsize first, end;
  gsize n_reduced = 0;
  g_autofree LensSeriesPoint *reduced = NULL;

  points = corners != NULL ? corners : points;
  first = lens_series_points_find (points, n, from_ns);
  end = to_ns == G_MAXINT64 ? n : lens_series_points_find (points, n, to_ns + 1);
  *line = (LensPlotLine){ .n_shown = end - first };
  if (end > first)
    {
      double width_px = lens_plot_scene_get_x (scene, points[end - 1].time_ns)
                        - lens_plot_scene_get_x (scene, points[first].time_ns);

      reduced = lens_series_points_reduce (points + first, end - first,
                                           (gsize) MAX (1, ceil (width_px * columns_per_px)), &n_reduced);
    }
  line->x = g_new (double, n_reduced + 2);
  line->y = g_new (double, n_reduced + 2);

  /* From the packet before what is shown to the first in it, or, where there is none, to the next after it. */
  if (first > 0 && (n_reduced > 0 || end < n))
    {
      const LensSeriesPoint *next = n_reduced > 0 ? &reduced[0] : &points[end];

      add_place (line, left,
                 cross (lens_plot_scene_get_far_x (scene, next->time_ns),
                        lens_plot_scene_get_y (scene, next->payload_bytes),
                        lens_plot_scene_get_far_x (scene, points[first - 1].time_ns),
                        lens_plot_scene_get_y (scene, points[first - 1].payload_bytes), left));
    }
  line->first_point = line->n;
  line->n_points = n_reduced;
  for (gsize i = 0; i < n_reduced; i++)
    add_place (line, lens_plot_scene_get_x (scene, reduced[i].time_ns),
               lens_plot_scene_get_y (scene, reduced[i].payload_bytes));
  if (end < n && (n_reduced > 0 || first > 0))
    {
      const LensSeriesPoint *last = n_reduced > 0 ? &reduced[n_reduced - 1] : &points[first - 1];

      add_place (line, right,
                 cross (lens_plot_scene_get_far_x (scene, last->time_ns),
                        lens_plot_scene_get_y (scene, last->payload_bytes),
                        lens_plot_scene_get_far_x (scene, points[end].time_ns),
                        lens_plot_scene_get_y (scene, points[end].payload_bytes), right));
    }
}

void
lens_plot_line_clear (LensPlotLine *line)
{
  g_clear_pointer (&line->x, g_free);
  g_clear_pointer (&line->y, g_free);
}
