#include "lens-graph-edge-shade.h"

#include <math.h>
#include <stdlib.h>

#define MIN_LINE_WIDTH 1.0
#define MAX_LINE_WIDTH 6.0

/* The other hosts' edges are many connections each, and would cover all else. */
#define OTHERS_LINE_WIDTH 1.5
#define OTHERS_ALPHA 0.35

/* A weak edge beside the strongest one. */
#define WEAK_ALPHA 0.45

/* Where the edges that are stronger cover this share of the picture, an edge has half its alpha; where they cover twice as much, a fifth. It
 * is the places that it runs through which count, so that the middle of many hosts doesn't fill up while all around there is room. */
#define CROWDED_SHARE 0.07
#define MIN_ALPHA 0.02
#define MIN_FIRST_ALPHA 0.4

/* Where so many lie over each other, one more would only add to the haze: it is not drawn before its host is pointed at. */
#define FULL_SHARE 4.0

/* So many places along the picture's longer side. */
#define PLACES_A_SIDE 48

/* Where an edge is looked at, and how much of it may be more crowded than it is taken to be: where many meet at one host they are all
 * crowded. */
#define SAMPLES_A_SEGMENT 2
#define N_SAMPLES ((LENS_EDGE_PATH_POINTS - 1) * SAMPLES_A_SEGMENT)
#define CROWDED_SAMPLE (N_SAMPLES * 3 / 4)

/* So that a picture of two hosts in a row is not taken for a crowd. */
#define LEAST_SIDE 300.0

/* Strengths of a capture lie orders of magnitude apart. */
#define LOG_RANGE 1000.0

/* How much of each place is covered. */
typedef struct
{
  double left, top;
  double side;    /* of a place */
  guint n_x, n_y; /* places */
  double *area;   /* owned, one a place */
} Cover;

static Cover
cover_new (const LensPoint *points, const LensSize *sizes, gsize n_nodes)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  double width, height;
  Cover cover;

  for (gsize i = 0; i < n_nodes; i++)
    {
      left = MIN (left, points[i].x - sizes[i].width / 2);
      right = MAX (right, points[i].x + sizes[i].width / 2);
      top = MIN (top, points[i].y - sizes[i].height / 2);
      bottom = MAX (bottom, points[i].y + sizes[i].height / 2);
    }
  width = MAX (right - left, LEAST_SIDE);
  height = MAX (bottom - top, LEAST_SIDE);
  cover = (Cover){ .left = left, .top = top, .side = MAX (width, height) / PLACES_A_SIDE };
  cover.n_x = (guint) ceil (width / cover.side) + 1;
  cover.n_y = (guint) ceil (height / cover.side) + 1;
  cover.area = g_new0 (double, cover.n_x *cover.n_y);
  return cover;
}

/* Edges bend out of the rectangle around the nodes: what is there belongs to the places at its rim. */
static guint
find_place (const Cover *cover, const LensPoint *point)
{
  double x = CLAMP (floor ((point->x - cover->left) / cover->side), 0, cover->n_x - 1);
  double y = CLAMP (floor ((point->y - cover->top) / cover->side), 0, cover->n_y - 1);

  return (guint) y * cover->n_x + (guint) x;
}

typedef struct
{
  guint place;
  double length; /* of the piece of the edge that is there */
} Sample;

static void
take_samples (const Cover *cover, const LensEdgePath *path, Sample samples[N_SAMPLES])
{
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      const LensPoint *from = &path->points[i / SAMPLES_A_SEGMENT];
      const LensPoint *to = from + 1;
      double part = (i % SAMPLES_A_SEGMENT + 0.5) / SAMPLES_A_SEGMENT;
      LensPoint middle = { from->x + (to->x - from->x) * part, from->y + (to->y - from->y) * part };

      samples[i] = (Sample){ find_place (cover, &middle),
                             hypot (to->x - from->x, to->y - from->y) / SAMPLES_A_SEGMENT };
    }
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* How many times as much as makes a crowd is covered where the edge is. */
static double
find_crowd (const Cover *cover, const Sample samples[N_SAMPLES])
{
  double covered[N_SAMPLES];

  for (guint i = 0; i < N_SAMPLES; i++)
    covered[i] = cover->area[samples[i].place];
  qsort (covered, N_SAMPLES, sizeof *covered, compare_doubles);
  return covered[CROWDED_SAMPLE] / (cover->side * cover->side * CROWDED_SHARE);
}

static void
cover_with (Cover *cover, const Sample samples[N_SAMPLES], double width)
{
  for (guint i = 0; i < N_SAMPLES; i++)
    cover->area[samples[i].place] += samples[i].length * width;
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
  Cover covers[2][2]; /* by whether they stand out, and are the other hosts' */
  LensEdgeShade *shades;

  lens_host_graph_get_nodes (graph, &n_nodes);
  lens_host_graph_get_edges (graph, &n_edges);
  shades = g_new0 (LensEdgeShade, MAX (n_edges, 1));
  for (guint i = 0; i < 4; i++)
    covers[i / 2][i % 2] = cover_new (points, sizes, n_nodes);
  for (gsize i = 0; i < n_edges; i++)
    {
      gboolean is_first = first != NULL && first[i] != 0;
      Sample samples[N_SAMPLES];
      Cover *cover;
      double crowd;

      if (!paths[i].is_visible)
        continue;
      shades[i] = shade_alone (graph, i);
      cover = &covers[is_first][shades[i].is_of_others];
      take_samples (cover, &paths[i], samples);
      crowd = find_crowd (cover, samples);
      if (!is_first && crowd * CROWDED_SHARE > FULL_SHARE)
        {
          shades[i].alpha = 0;
          continue;
        }
      shades[i].alpha = MAX (shades[i].alpha / (1 + crowd * crowd), is_first ? MIN_FIRST_ALPHA : MIN_ALPHA);
      cover_with (cover, samples, shades[i].width);
    }
  for (guint i = 0; i < 4; i++)
    g_free (covers[i / 2][i % 2].area);
  return shades;
}
