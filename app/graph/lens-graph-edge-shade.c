#include "lens-graph-edge-shade.h"

#include <math.h>

#define MIN_LINE_WIDTH 1.0
#define MAX_LINE_WIDTH 6.0

/* The other hosts' edges are many connections each, and would cover all else. */
#define OTHERS_LINE_WIDTH 1.5
#define OTHERS_ALPHA 0.35

/* A weak edge beside the strongest one. */
#define WEAK_ALPHA 0.45

/* When the edges that are stronger cover this share of the picture, an edge has half its alpha; when they cover twice as much, a fifth. */
#define CROWDED_SHARE 0.035

#define MIN_ALPHA 0.035
#define MIN_FIRST_ALPHA 0.4

/* So that a picture of two hosts in a row is not taken for a crowd. */
#define LEAST_SIDE 300.0

/* Strengths of a capture lie orders of magnitude apart. */
#define LOG_RANGE 1000.0

static double
find_area (const LensPoint *points, const LensSize *sizes, gsize n_nodes)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (gsize i = 0; i < n_nodes; i++)
    {
      left = MIN (left, points[i].x - sizes[i].width / 2);
      right = MAX (right, points[i].x + sizes[i].width / 2);
      top = MIN (top, points[i].y - sizes[i].height / 2);
      bottom = MAX (bottom, points[i].y + sizes[i].height / 2);
    }
  return MAX (right - left, LEAST_SIDE) * MAX (bottom - top, LEAST_SIDE);
}

static double
find_length (const LensEdgePath *path)
{
  double length = 0;

  for (guint i = 1; i < LENS_EDGE_PATH_POINTS; i++)
    length += hypot (path->points[i].x - path->points[i - 1].x, path->points[i].y - path->points[i - 1].y);
  return length;
}

static LensEdgeShade
shade_alone (const LensHostGraph *graph, gsize edge)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  const LensGraphEdge *found = &lens_host_graph_get_edges (graph, NULL)[edge];
  double strength = lens_host_graph_get_edge_strength (graph, edge);
  double rank = log1p (strength * LOG_RANGE) / log1p (LOG_RANGE);

  if (nodes[found->source].address.version == 0 || nodes[found->destination].address.version == 0)
    return (LensEdgeShade){ OTHERS_LINE_WIDTH, OTHERS_ALPHA, TRUE };
  return (LensEdgeShade){ MIN_LINE_WIDTH + (MAX_LINE_WIDTH - MIN_LINE_WIDTH) * sqrt (strength),
                          WEAK_ALPHA + (1 - WEAK_ALPHA) * rank, FALSE };
}

LensEdgeShade *
lens_edge_shades_new (const LensHostGraph *graph,
                      const LensEdgePath *paths,
                      const guint8 *first,
                      const LensPoint *points,
                      const LensSize *sizes)
{
  gsize n_nodes, n_edges;
  double covered[2][2] = { { 0, 0 }, { 0, 0 } }; /* by whether they stand out, and are the other hosts' */
  double area;
  LensEdgeShade *shades;

  lens_host_graph_get_nodes (graph, &n_nodes);
  lens_host_graph_get_edges (graph, &n_edges);
  shades = g_new0 (LensEdgeShade, MAX (n_edges, 1));
  area = find_area (points, sizes, n_nodes);
  for (gsize i = 0; i < n_edges; i++)
    {
      gboolean is_first = first != NULL && first[i] != 0;
      double *above, crowd;

      if (!paths[i].is_visible)
        continue;
      shades[i] = shade_alone (graph, i);
      above = &covered[is_first][shades[i].is_of_others];
      crowd = *above / (area * CROWDED_SHARE);
      shades[i].alpha = MAX (shades[i].alpha / (1 + crowd * crowd), is_first ? MIN_FIRST_ALPHA : MIN_ALPHA);
      *above += find_length (&paths[i]) * shades[i].width;
    }
  return shades;
}
