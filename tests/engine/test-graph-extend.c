/* The places of hosts in a graph that has grown. */
#include "lens-layout-extend.h"
#include "test-graph-hosts.h"

#include <math.h>

static gsize
find_host (const LensHostGraph *graph, guint number)
{
  LensAddress address = test_host_address (number, FALSE);
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);

  for (gsize i = 0; i < test_graph_count_nodes (graph); i++)
    if (lens_address_equal (&nodes[i].address, &address))
      return i;
  g_assert_not_reached ();
}

static void
assert_apart (const LensPoint *points, const LensSize *sizes, gsize n_nodes)
{
  for (gsize i = 0; i < n_nodes; i++)
    for (gsize j = 0; j < i; j++)
      g_assert_true (fabs (points[i].x - points[j].x) >= (sizes[i].width + sizes[j].width) / 2
                     || fabs (points[i].y - points[j].y) >= (sizes[i].height + sizes[j].height) / 2);
}

/* A star that gets more hosts: the first ones, though no longer in the same order, stay where they were put. */
static void
test_extend (void)
{
  TestTotals totals = test_totals_new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) before = test_totals_to_graph (&totals, &options);
  const gsize n_before = test_graph_count_nodes (before);
  g_autofree LensPoint *places = g_new (LensPoint, n_before);
  g_autoptr (LensHostGraph) after = NULL;
  g_autofree LensPoint *points = NULL;
  g_autofree LensSize *sizes = NULL;
  gsize n_after;

  for (gsize i = 0; i < n_before; i++)
    places[i] = (LensPoint){ 300.0 * (double) i, 17.0 * (double) i };
  for (guint number = 6; number < 90; number++)
    test_totals_add (&totals, test_host_address (number % 2 + 4, FALSE), test_host_address (number, FALSE),
                     1000 * number, 1);
  options.n_hosts = 60;
  after = test_totals_to_graph (&totals, &options);
  n_after = test_graph_count_nodes (after);
  g_assert_cmpuint (n_after, ==, 61); /* "others" too */
  sizes = g_new (LensSize, n_after);
  for (gsize i = 0; i < n_after; i++)
    sizes[i] = (LensSize){ 120, 28 };

  points = lens_layout_extend (after, sizes, before, places);
  assert_apart (points, sizes, n_after);
  for (guint number = 4; number <= 5; number++)
    {
      gsize old = find_host (before, number), new = find_host (after, number);

      g_assert_cmpuint (old, !=, new); /* the busiest ones now */
      g_assert_cmpfloat (points[new].x, ==, places[old].x);
      g_assert_cmpfloat (points[new].y, ==, places[old].y);
    }
  /* Beside the one it talks to, not anywhere. */
  g_assert_cmpfloat (hypot (points[find_host (after, 89)].x - points[find_host (after, 5)].x,
                            points[find_host (after, 89)].y - points[find_host (after, 5)].y),
                     <, 400);
  test_totals_clear (&totals);
}

static void
test_extend_nothing (void)
{
  TestTotals none = test_totals_new (), totals = test_totals_new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) empty = test_totals_to_graph (&none, &options);
  g_autoptr (LensHostGraph) star = test_totals_to_graph (&totals, &options);
  gsize n_nodes = test_graph_count_nodes (star);
  g_autofree LensSize *sizes = g_new (LensSize, n_nodes);
  g_autofree LensPoint *points = NULL;
  g_autofree LensPoint *no_points = lens_layout_extend (empty, NULL, empty, NULL);

  g_assert_nonnull (no_points);
  for (gsize i = 0; i < n_nodes; i++)
    sizes[i] = (LensSize){ 100, 30 };
  points = lens_layout_extend (star, sizes, empty, NULL);
  assert_apart (points, sizes, n_nodes);
  test_totals_clear (&none);
  test_totals_clear (&totals);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-extend/extend", test_extend);
  g_test_add_func ("/graph-extend/extend-nothing", test_extend_nothing);
  return g_test_run ();
}
