/* What keeps a graph of many hosts readable: which edges a layout heeds, and how strongly each is drawn. */
#include "test-graph-hosts.h"

#include "lens-graph-edge-shade.h"
#include "lens-layout-backbone.h"
#include "lens-layout-extend.h"
#include "lens-layout-spread.h"

#include <math.h>

/* Everybody talks to everybody, both ways: more from hosts with lower numbers. The weakest are others. */
static LensHostGraph *
new_crowd (guint n_hosts, guint n_shown)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensHostGraph *graph;

  options.n_hosts = n_shown;
  for (guint i = 0; i < n_hosts; i++)
    for (guint j = 0; j < n_hosts; j++)
      if (i != j)
        test_totals_add (&totals, test_host_address (i, FALSE), test_host_address (j, FALSE),
                         100000 / ((i + 1) * (j + 1)) + (i < j), 1);
  graph = test_totals_to_graph (&totals, &options);
  test_totals_clear (&totals);
  return graph;
}

static void
test_backbone (void)
{
  g_autoptr (LensHostGraph) graph = new_crowd (60, 40);
  gsize n_nodes, n_edges, n_heeded, n_counted = 0;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  g_autofree guint8 *is_heeded = lens_layout_backbone_new (graph, &n_heeded);
  g_autofree guint *n_of_node = NULL;
  g_autofree guint8 *is_joined = NULL;

  lens_host_graph_get_nodes (graph, &n_nodes);
  n_of_node = g_new0 (guint, n_nodes);
  is_joined = g_new0 (guint8, n_nodes * n_nodes);
  g_assert_cmpuint (n_nodes, ==, 41);
  for (gsize i = 0; i < n_edges; i++)
    {
      if (!is_heeded[i])
        continue;
      n_counted++;
      n_of_node[edges[i].source]++;
      n_of_node[edges[i].destination]++;
      /* Each pair once, and of the other hosts only what holds them, as all have edges of their own. */
      g_assert_false (is_joined[edges[i].source * n_nodes + edges[i].destination]);
      g_assert_false (is_joined[edges[i].destination * n_nodes + edges[i].source]);
      is_joined[edges[i].source * n_nodes + edges[i].destination] = 1;
      g_assert_cmpuint (edges[i].source, !=, edges[i].destination);
    }
  g_assert_cmpuint (n_counted, ==, n_heeded);
  /* Far fewer than there are, and every host has its strongest. */
  g_assert_cmpuint (n_heeded, <=, 3 * n_nodes);
  g_assert_cmpuint (n_heeded, >=, n_nodes);
  for (gsize i = 0; i + 1 < n_nodes; i++)
    g_assert_cmpuint (n_of_node[i], >=, 2);
  g_assert_cmpuint (n_of_node[n_nodes - 1], ==, 1);
}

/* Who talks to the other hosts alone belongs beside them. */
static void
test_backbone_of_others (void)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;
  g_autofree guint8 *is_heeded = NULL;
  gsize n_heeded;

  options.n_hosts = 1;
  for (guint i = 1; i < 5; i++)
    test_totals_add (&totals, test_host_address (0, FALSE), test_host_address (i, FALSE), i, 1);
  graph = test_totals_to_graph (&totals, &options);
  is_heeded = lens_layout_backbone_new (graph, &n_heeded);
  g_assert_cmpuint (n_heeded, ==, 1);
  g_assert_true (is_heeded[0]);
  /* The only edge is the other hosts': it is as strong as none between hosts, and theirs is no host's strength. */
  g_assert_cmpfloat (lens_host_graph_get_edge_strength (graph, 0), ==, 0);
  g_assert_cmpfloat (lens_host_graph_get_node_strength (graph, 0), ==, 1);
  test_totals_clear (&totals);
}

static LensEdgeShade *
shade (const LensHostGraph *graph, const guint8 *first, LensEdgePath **paths)
{
  gsize n_nodes, n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  g_autofree LensPoint *points = NULL;
  g_autofree LensSize *sizes = NULL;
  LensEdgeShade *shades;

  lens_host_graph_get_nodes (graph, &n_nodes);
  points = g_new (LensPoint, n_nodes);
  sizes = g_new (LensSize, n_nodes);
  for (gsize i = 0; i < n_nodes; i++)
    {
      double angle = 2 * G_PI * (double) i / (double) n_nodes;

      points[i] = (LensPoint){ 400 * cos (angle), 400 * sin (angle) };
      sizes[i] = (LensSize){ 10, 10 };
    }
  *paths = g_new (LensEdgePath, n_edges);
  for (gsize i = 0; i < n_edges; i++)
    (*paths)[i] = lens_edge_path_new (&edges[i], points, sizes);
  shades = lens_edge_shades_new (graph, *paths, first, points, sizes);
  return shades;
}

/* The strongest is as it would be alone, a stronger one is never thinner, and few of so many are clear. */
static void
test_shades (void)
{
  g_autoptr (LensHostGraph) graph = new_crowd (60, 40);
  g_autofree LensEdgePath *paths = NULL;
  g_autofree LensEdgeShade *shades = shade (graph, NULL, &paths);
  gsize n_edges, n_clear = 0, first_own = G_MAXSIZE, last_own = 0;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  double ink = 0;

  for (gsize i = 0; i < n_edges; i++)
    {
      gboolean is_of_others = edges[i].source == 40 || edges[i].destination == 40;

      g_assert_cmpint (shades[i].is_of_others, ==, is_of_others);
      if (!paths[i].is_visible || is_of_others)
        continue;
      if (first_own == G_MAXSIZE)
        first_own = i;
      else
        g_assert_cmpfloat (shades[i].width, <=, shades[last_own].width);
      last_own = i;
      g_assert_cmpfloat (shades[i].alpha, >=, 0);
      n_clear += shades[i].alpha >= LENS_EDGE_SHADE_CLEAR;
      ink += shades[i].alpha * shades[i].width * 500; /* about as long as edges are here in the mean */
    }
  g_assert_cmpfloat (shades[first_own].alpha, ==, 1);
  g_assert_cmpfloat (shades[last_own].alpha, <, 0.1);
  g_assert_cmpuint (n_clear, >=, 3);
  g_assert_cmpuint (n_clear, <, n_edges / 10);
  /* Most of the picture stays free. */
  g_assert_cmpfloat (ink, <, 800 * 800 / 4);
}

/* Hundreds between two places leave an edge at the side as clear as it would be alone; the weakest of the hundreds aren't drawn. */
static void
test_shades_by_place (void)
{
  enum
  {
    N_PAIRS = 300
  };
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;
  g_autofree LensPoint *points = NULL;
  g_autofree LensSize *sizes = NULL;
  g_autofree LensEdgePath *paths = NULL;
  g_autofree LensEdgeShade *shades = NULL;
  gsize n_nodes, n_edges, aside = G_MAXSIZE, n_gone = 0;
  const LensGraphEdge *edges;

  options.n_hosts = 400;
  /* Of the middle, each from one host to one other; the weakest of all is at the side. */
  for (guint i = 0; i < N_PAIRS / 2; i++)
    {
      test_totals_add (&totals, test_host_address (2 * i, FALSE), test_host_address (2 * i + 1, FALSE),
                       1000 + i, 1);
      test_totals_add (&totals, test_host_address (2 * i + 1, FALSE), test_host_address (2 * i, FALSE),
                       900 + i, 1);
    }
  test_totals_add (&totals, test_host_address (1000, FALSE), test_host_address (1001, FALSE), 1, 1);
  graph = test_totals_to_graph (&totals, &options);
  lens_host_graph_get_nodes (graph, &n_nodes);
  edges = lens_host_graph_get_edges (graph, &n_edges);
  points = g_new (LensPoint, n_nodes);
  sizes = g_new (LensSize, n_nodes);
  for (gsize i = 0; i < n_nodes; i++)
    sizes[i] = (LensSize){ 10, 10 };
  paths = g_new (LensEdgePath, n_edges);
  for (gsize i = 0; i < n_edges; i++)
    {
      gboolean is_aside = edges[i].packets == 1;

      points[edges[i].source] = (LensPoint){ is_aside ? 0 : 400, is_aside ? 0 : 300 + (double) (i % 10) };
      points[edges[i].destination]
          = (LensPoint){ is_aside ? 100 : 600, is_aside ? 0 : 300 + (double) (i % 10) };
      if (is_aside)
        aside = i;
    }
  for (gsize i = 0; i < n_edges; i++)
    paths[i] = lens_edge_path_new (&edges[i], points, sizes);
  shades = lens_edge_shades_new (graph, paths, NULL, points, sizes);
  g_assert_cmpuint (aside, ==, n_edges - 1);
  g_assert_cmpfloat (shades[aside].alpha, >=, LENS_EDGE_SHADE_CLEAR);
  for (gsize i = 0; i < n_edges; i++)
    n_gone += paths[i].is_visible && shades[i].alpha == 0;
  g_assert_cmpuint (n_gone, >, 0);
  g_assert_cmpuint (n_gone, <, n_edges - 10);
  g_assert_cmpfloat (shades[0].alpha, ==, 1);
  test_totals_clear (&totals);
}

/* The middle gets room, the order stays, and so do two at one place. */
static void
test_spread (void)
{
  static const double before[] = { 0, 490, 495, 500, 500, 505, 510, 1000 };
  const gsize n = G_N_ELEMENTS (before);
  LensPoint points[G_N_ELEMENTS (before)];
  const LensSize sizes[G_N_ELEMENTS (before)] = { { 0, 0 } };
  const LensSize large[]
      = { { 300, 90 }, { 300, 90 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } };
  LensPoint far[] = { { 0, 0 },    { 400, 0 },  { 1000, 0 }, { 1001, 0 },
                      { 1002, 0 }, { 1003, 0 }, { 1004, 0 }, { 1005, 0 } };
  LensPoint one[] = { { 3, 4 } };
  LensPoint same[] = { { 3, 4 }, { 3, 4 } };

  for (gsize i = 0; i < n; i++)
    points[i] = (LensPoint){ before[i], -before[n - 1 - i] };
  lens_layout_spread (points, sizes, n);
  g_assert_cmpfloat (points[0].x, ==, 0);
  g_assert_cmpfloat (points[n - 1].x, ==, 1000);
  g_assert_cmpfloat (points[0].y, ==, -1000);
  g_assert_cmpfloat (points[n - 1].y, ==, 0);
  g_assert_cmpfloat (points[3].x, ==, points[4].x);
  for (gsize i = 1; i < n; i++)
    {
      g_assert_cmpfloat (points[i].x, >=, points[i - 1].x);
      g_assert_cmpfloat (points[i].y, >=, points[i - 1].y);
    }
  g_assert_cmpfloat (points[5].x - points[2].x, >, 4 * (before[5] - before[2]));

  lens_layout_spread (one, sizes, 1);
  lens_layout_spread (same, sizes, 2);
  lens_layout_spread (NULL, NULL, 0);
  /* What came nearer than it is large. */
  lens_layout_spread (far, large, G_N_ELEMENTS (far));
  g_assert_cmpfloat (far[1].x - far[0].x, >=, 299.9);
  g_assert_cmpfloat (far[7].x, >, 1005);
  g_assert_cmpfloat (one[0].x, ==, 3);
  g_assert_cmpfloat (same[0].x, ==, 3);
  g_assert_cmpfloat (same[1].y, ==, 4);
}

/* Where there are few, all of them are clear; and in a crowd, those that stand out. */
static void
test_shades_of_few (void)
{
  g_autoptr (LensHostGraph) few = new_crowd (4, 4);
  g_autoptr (LensHostGraph) many = new_crowd (60, 40);
  g_autofree LensEdgePath *few_paths = NULL;
  g_autofree LensEdgePath *many_paths = NULL;
  g_autofree LensEdgeShade *few_shades = shade (few, NULL, &few_paths);
  g_autofree LensEdgeShade *many_shades = NULL;
  g_autofree guint8 *first = NULL;
  gsize n_edges;

  lens_host_graph_get_edges (few, &n_edges);
  g_assert_cmpuint (n_edges, ==, 12);
  for (gsize i = 0; i < n_edges; i++)
    g_assert_cmpfloat (few_shades[i].alpha, >=, LENS_EDGE_SHADE_CLEAR);

  lens_host_graph_get_edges (many, &n_edges);
  first = g_new0 (guint8, n_edges);
  first[n_edges - 1] = 1;
  many_shades = shade (many, first, &many_paths);
  g_assert_true (many_paths[n_edges - 1].is_visible);
  g_assert_cmpfloat (many_shades[n_edges - 1].alpha, >=, LENS_EDGE_SHADE_CLEAR);
  g_assert_cmpfloat (many_shades[n_edges - 2].alpha, <, LENS_EDGE_SHADE_CLEAR);
}

/* Pinned nodes are where they are pinned, the others as before to each other where these leave room. */
static void
test_pin (void)
{
  const LensSize sizes[] = { { 100, 30 }, { 100, 30 }, { 100, 30 }, { 100, 30 } };
  LensPoint points[] = { { 0, 0 }, { 200, 0 }, { 0, 200 }, { 200, 200 } };
  const LensPoint first = { 1000, 500 }, far = { 1000, 700 };
  const LensPoint *none[] = { NULL, NULL, NULL, NULL };
  const LensPoint *one[] = { &first, NULL, NULL, NULL };
  const LensPoint *two[] = { &first, &far, NULL, NULL };

  lens_layout_pin (points, sizes, 4, none);
  g_assert_cmpfloat (points[3].x, ==, 200);

  lens_layout_pin (points, sizes, 4, one);
  g_assert_cmpfloat (points[0].x, ==, 1000);
  g_assert_cmpfloat (points[0].y, ==, 500);
  g_assert_cmpfloat (points[3].x, ==, 1200);
  g_assert_cmpfloat (points[3].y, ==, 700);

  /* The second one is put where, the mean being moved by (-100, 100), the third would nearly be: it makes room. */
  lens_layout_pin (points, sizes, 4, two);
  g_assert_cmpfloat (points[0].x, ==, 1000);
  g_assert_cmpfloat (points[1].x, ==, 1000);
  g_assert_cmpfloat (points[1].y, ==, 700);
  for (gsize i = 0; i < 4; i++)
    for (gsize j = 0; j < i; j++)
      g_assert_true (fabs (points[i].x - points[j].x) >= 100 || fabs (points[i].y - points[j].y) >= 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-crowd/backbone", test_backbone);
  g_test_add_func ("/graph-crowd/backbone-of-others", test_backbone_of_others);
  g_test_add_func ("/graph-crowd/shades", test_shades);
  g_test_add_func ("/graph-crowd/shades-by-place", test_shades_by_place);
  g_test_add_func ("/graph-crowd/spread", test_spread);
  g_test_add_func ("/graph-crowd/shades-of-few", test_shades_of_few);
  g_test_add_func ("/graph-crowd/pin", test_pin);
  return g_test_run ();
}
