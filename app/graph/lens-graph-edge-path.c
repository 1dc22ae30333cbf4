#include "lens-graph-edge-path.h"

#include <math.h>

/* How far a curved edge bows out, as a share of its length, and at most. */
#define BOW_SHARE 0.14
#define BOW_MAX 34.0
#define LOOP_RADIUS 22.0

/* Where an edge is looked at for a piece of it that no node hides. */
#define N_PLACES 31

static gboolean
is_in_box (LensPoint point, LensPoint centre, LensSize size)
{
  return fabs (point.x - centre.x) < size.width / 2 && fabs (point.y - centre.y) < size.height / 2;
}

static LensPoint
point_on_curve (LensPoint from, LensPoint bend_a, LensPoint bend_b, LensPoint to, double t)
{
  double u = 1 - t;
  double a = u * u * u;
  double b = 3 * u * u * t;
  double c = 3 * u * t * t;
  double d = t * t * t;

  return (LensPoint){ a * from.x + b * bend_a.x + c * bend_b.x + d * to.x,
                      a * from.y + b * bend_a.y + c * bend_b.y + d * to.y };
}

/* The last place on the curve, between @inside and @outside, that is in the box: by halving. */
static double
find_border (LensPoint from,
             LensPoint bend_a,
             LensPoint bend_b,
             LensPoint to,
             double inside,
             double outside,
             LensPoint centre,
             LensSize size)
{
  for (guint n = 0; n < 24; n++)
    {
      double middle = (inside + outside) / 2;

      if (is_in_box (point_on_curve (from, bend_a, bend_b, to, middle), centre, size))
        inside = middle;
      else
        outside = middle;
    }
  return outside;
}

/* Some place on the curve that is in neither box: as near to its middle as there is one, but a long name may reach beyond that towards a dot. */
static gboolean
find_between (LensPoint from,
              LensPoint bend_a,
              LensPoint bend_b,
              LensPoint to,
              LensSize from_size,
              LensSize to_size,
              double *between)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      double aside = (i + 1) / 2 / (N_PLACES + 1.0);
      LensPoint point;

      *between = i % 2 == 0 ? 0.5 + aside : 0.5 - aside;
      point = point_on_curve (from, bend_a, bend_b, to, *between);
      if (!is_in_box (point, from, from_size) && !is_in_box (point, to, to_size))
        return TRUE;
    }
  return FALSE;
}

static LensEdgePath
new_loop (LensPoint centre, LensSize size)
{
  LensEdgePath path = { .is_visible = TRUE };
  LensPoint from = { centre.x - size.width / 8, centre.y - size.height / 2 };
  LensPoint to = { centre.x + size.width / 8, centre.y - size.height / 2 };
  LensPoint bend_a = { from.x - LOOP_RADIUS, from.y - 2 * LOOP_RADIUS };
  LensPoint bend_b = { to.x + LOOP_RADIUS, to.y - 2 * LOOP_RADIUS };

  for (guint i = 0; i < LENS_EDGE_PATH_POINTS; i++)
    path.points[i] = point_on_curve (from, bend_a, bend_b, to, i / (LENS_EDGE_PATH_POINTS - 1.0));
  return path;
}

LensEdgePath
lens_edge_path_new (const LensGraphEdge *edge, const LensPoint *points, const LensSize *sizes)
{
  LensEdgePath path = { .is_visible = FALSE };
  LensPoint from = points[edge->source];
  LensPoint to = points[edge->destination];
  double length = hypot (to.x - from.x, to.y - from.y);
  double bow = edge->has_twin ? MIN (length * BOW_SHARE, BOW_MAX) : 0;
  LensPoint bend_a, bend_b;
  LensPoint across;
  double start, end, between;

  if (edge->source == edge->destination)
    return new_loop (from, sizes[edge->source]);
  if (length < 1)
    return path;

  /* Two edges between the same hosts each bow to their own left, and so apart. */
  across = (LensPoint){ -(to.y - from.y) / length * bow, (to.x - from.x) / length * bow };
  bend_a = (LensPoint){ from.x + (to.x - from.x) / 3 + across.x, from.y + (to.y - from.y) / 3 + across.y };
  bend_b = (LensPoint){ from.x + (to.x - from.x) * 2 / 3 + across.x,
                        from.y + (to.y - from.y) * 2 / 3 + across.y };
  if (!find_between (from, bend_a, bend_b, to, sizes[edge->source], sizes[edge->destination], &between))
    return path;

  start = find_border (from, bend_a, bend_b, to, 0, between, from, sizes[edge->source]);
  end = find_border (from, bend_a, bend_b, to, 1, between, to, sizes[edge->destination]);
  path.is_visible = TRUE;
  for (guint i = 0; i < LENS_EDGE_PATH_POINTS; i++)
    path.points[i] = point_on_curve (from, bend_a, bend_b, to,
                                     start + (end - start) * i / (LENS_EDGE_PATH_POINTS - 1.0));
  return path;
}

static double
distance_to_segment (LensPoint a, LensPoint b, double x, double y)
{
  double dx = b.x - a.x;
  double dy = b.y - a.y;
  double square = dx * dx + dy * dy;
  double t = square > 0 ? CLAMP (((x - a.x) * dx + (y - a.y) * dy) / square, 0, 1) : 0;

  return hypot (x - a.x - t * dx, y - a.y - t * dy);
}

/* It bows out by no more than its bends do; a loop is no larger than its own. */
gboolean
lens_edge_path_may_be_near (const LensGraphEdge *edge,
                            const LensPoint *points,
                            const LensSize *sizes,
                            double x,
                            double y,
                            double distance)
{
  LensPoint from = points[edge->source], to = points[edge->destination];
  double room = edge->source == edge->destination
                    ? sizes[edge->source].width + sizes[edge->source].height + 3 * LOOP_RADIUS
                    : BOW_MAX;

  return distance_to_segment (from, to, x, y) <= distance + room;
}

double
lens_edge_path_get_distance (const LensEdgePath *path, double x, double y)
{
  double nearest = G_MAXDOUBLE;

  if (!path->is_visible)
    return nearest;
  for (guint i = 1; i < LENS_EDGE_PATH_POINTS; i++)
    nearest = MIN (nearest, distance_to_segment (path->points[i - 1], path->points[i], x, y));
  return nearest;
}
