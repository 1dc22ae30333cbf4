#include "lens-layout-extend.h"

#include <math.h>

/* Room between two nodes, for the edges and what they say. */
#define GAP 24.0

/* Places that are tried: on rings around the neighbours, and this many on each. */
#define FIRST_RING 110.0
#define RING_STEP 36.0
#define PLACES_PER_RING 16
#define MAX_RINGS 200

typedef struct
{
  const LensSize *sizes;
  LensPoint *points;
  gboolean *is_placed;
  gsize n_nodes;
} Layout;

/* "Others", which has no address, is found under the address of version 0. */
static GHashTable *
index_nodes (const LensGraphNode *nodes, gsize n_nodes)
{
  GHashTable *index = g_hash_table_new (lens_address_table_hash, lens_address_table_equal);

  for (gsize i = 0; i < n_nodes; i++)
    g_hash_table_insert (index, (gpointer) &nodes[i].address, GSIZE_TO_POINTER (i + 1));
  return index;
}

static void
keep_places (Layout *layout,
             const LensHostGraph *graph,
             const LensHostGraph *before,
             const LensPoint *points_before)
{
  gsize n_before;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  const LensGraphNode *nodes_before = lens_host_graph_get_nodes (before, &n_before);
  g_autoptr (GHashTable) index = index_nodes (nodes_before, n_before);

  for (gsize i = 0; i < layout->n_nodes; i++)
    {
      gsize found = GPOINTER_TO_SIZE (g_hash_table_lookup (index, &nodes[i].address));

      layout->is_placed[i] = found > 0;
      if (found > 0)
        layout->points[i] = points_before[found - 1];
    }
}

static LensPoint
find_middle (const Layout *layout)
{
  LensPoint sum = { 0, 0 };
  gsize n = 0;

  for (gsize i = 0; i < layout->n_nodes; i++)
    if (layout->is_placed[i])
      {
        sum.x += layout->points[i].x;
        sum.y += layout->points[i].y;
        n++;
      }
  return n > 0 ? (LensPoint){ sum.x / (double) n, sum.y / (double) n } : sum;
}

/* The mean place of those that @node talks to; @middle where none of them has a place yet. */
static LensPoint
find_neighbours (const Layout *layout, const LensHostGraph *graph, gsize node, LensPoint middle)
{
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  LensPoint sum = { 0, 0 };
  gsize n = 0;

  for (gsize i = 0; i < n_edges; i++)
    {
      gsize other = edges[i].source == node        ? edges[i].destination
                    : edges[i].destination == node ? edges[i].source
                                                   : node;

      if (other == node || !layout->is_placed[other])
        continue;
      sum.x += layout->points[other].x;
      sum.y += layout->points[other].y;
      n++;
    }
  return n > 0 ? (LensPoint){ sum.x / (double) n, sum.y / (double) n } : middle;
}

static gboolean
is_free (const Layout *layout, gsize node, LensPoint point)
{
  for (gsize i = 0; i < layout->n_nodes; i++)
    if (layout->is_placed[i]
        && fabs (point.x - layout->points[i].x)
               < (layout->sizes[node].width + layout->sizes[i].width) / 2 + GAP
        && fabs (point.y - layout->points[i].y)
               < (layout->sizes[node].height + layout->sizes[i].height) / 2 + GAP)
      return FALSE;
  return TRUE;
}

/* The first free place on rings around @anchor, from the direction @outwards to both sides. */
static LensPoint
find_place (const Layout *layout, gsize node, LensPoint anchor, double outwards)
{
  LensPoint point = anchor;

  for (guint ring = 0; ring < MAX_RINGS; ring++)
    for (int place = 0; place < PLACES_PER_RING; place++)
      {
        int turn = place % 2 == 0 ? place / 2 : -(place / 2 + 1);
        double angle = outwards + 2 * G_PI * turn / PLACES_PER_RING;
        double radius = FIRST_RING + ring * RING_STEP;

        point = (LensPoint){ anchor.x + radius * cos (angle), anchor.y + radius * sin (angle) };
        if (is_free (layout, node, point))
          return point;
      }
  return point;
}

LensPoint *
lens_layout_extend (const LensHostGraph *graph,
                    const LensSize *sizes,
                    const LensHostGraph *before,
                    const LensPoint *points_before)
{
  Layout layout = { .sizes = sizes };
  g_autofree gboolean *is_placed = NULL;
  LensPoint middle;

  lens_host_graph_get_nodes (graph, &layout.n_nodes);
  layout.points = g_new0 (LensPoint, layout.n_nodes + 1);
  layout.is_placed = is_placed = g_new0 (gboolean, layout.n_nodes + 1);
  keep_places (&layout, graph, before, points_before);
  middle = find_middle (&layout);

  for (gsize i = 0; i < layout.n_nodes; i++)
    {
      LensPoint anchor;

      if (layout.is_placed[i])
        continue;
      anchor = find_neighbours (&layout, graph, i, middle);
      layout.points[i] = find_place (&layout, i, anchor, atan2 (anchor.y - middle.y, anchor.x - middle.x));
      layout.is_placed[i] = TRUE;
    }
  return layout.points;
}

static gboolean
is_under_pinned (const Layout *layout, gsize node, const LensPoint *const *pinned)
{
  for (gsize i = 0; i < layout->n_nodes; i++)
    if (pinned[i] != NULL
        && fabs (layout->points[node].x - pinned[i]->x)
               < (layout->sizes[node].width + layout->sizes[i].width) / 2
        && fabs (layout->points[node].y - pinned[i]->y)
               < (layout->sizes[node].height + layout->sizes[i].height) / 2)
      return TRUE;
  return FALSE;
}

void
lens_layout_pin (LensPoint *points, const LensSize *sizes, gsize n_nodes, const LensPoint *const *pinned)
{
  g_autofree gboolean *is_placed = g_new (gboolean, n_nodes + 1);
  Layout layout = { .sizes = sizes, .points = points, .is_placed = is_placed, .n_nodes = n_nodes };
  LensPoint shift = { 0, 0 }, middle;
  double n_pinned = 0;

  for (gsize i = 0; i < n_nodes; i++)
    if (pinned[i] != NULL)
      {
        shift.x += pinned[i]->x - points[i].x;
        shift.y += pinned[i]->y - points[i].y;
        n_pinned++;
      }
  if (n_pinned < 1)
    return;
  for (gsize i = 0; i < n_nodes; i++)
    points[i] = pinned[i] != NULL
                    ? *pinned[i]
                    : (LensPoint){ points[i].x + shift.x / n_pinned, points[i].y + shift.y / n_pinned };
  for (gsize i = 0; i < n_nodes; i++)
    is_placed[i] = pinned[i] != NULL || !is_under_pinned (&layout, i, pinned);
  middle = find_middle (&layout);
  for (gsize i = 0; i < n_nodes; i++)
    if (!is_placed[i])
      {
        points[i]
            = find_place (&layout, i, points[i], atan2 (points[i].y - middle.y, points[i].x - middle.x));
        is_placed[i] = TRUE;
      }
}
