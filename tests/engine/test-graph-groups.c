/* Hosts of one subnet as one node. */
#include "test-graph-hosts.h"

static LensHostGraph *
new_grouped (guint bits, const LensSubnet *opened, gsize n_hosts)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensHostGraph *graph;

  /* 10.0.0.x: 3 hosts, 10.0.1.x: 2, one of 10.0.2.x, two of IPv6. */
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (2, FALSE), 10, 1);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (0x101, FALSE), 20, 2);
  test_totals_add (&totals, test_host_address (3, FALSE), test_host_address (0x102, FALSE), 30, 3);
  test_totals_add (&totals, test_host_address (0x102, FALSE), test_host_address (0x201, FALSE), 5, 4);
  test_totals_add (&totals, test_host_address (1, TRUE), test_host_address (2, TRUE), 1, 5);
  options.group_bits = bits;
  options.n_hosts = n_hosts;
  if (opened != NULL)
    lens_host_graph_options_open (&options, opened);
  graph = test_totals_to_graph (&totals, &options);
  lens_host_graph_options_clear (&options);
  test_totals_clear (&totals);
  return graph;
}

static void
assert_node_text (const LensHostGraph *graph, gsize node, const char *expected)
{
  g_autofree char *text = lens_host_graph_describe_node (graph, node);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_groups (void)
{
  g_autoptr (LensHostGraph) by_24 = new_grouped (24, NULL, 60);
  g_autoptr (LensHostGraph) by_16 = new_grouped (16, NULL, 60);
  LensAddress host = test_host_address (3, FALSE);
  LensSubnet subnet;
  gsize node;

  g_assert_cmpuint (test_graph_count_nodes (by_24), ==, 4);
  assert_node_text (by_24, 0, "10.0.0.0/24 · 3 hosts");
  assert_node_text (by_24, 1, "10.0.1.0/24 · 2 hosts");
  assert_node_text (by_24, 2, "10.0.2.1"); /* alone in its subnet */
  assert_node_text (by_24, 3, "2001:db8::/64 · 2 hosts");
  /* Inside of the first, from it to the second, from that to the single host, inside of the last. */
  g_assert_cmpuint (test_graph_count_edges (by_24), ==, 4);
  test_graph_assert_edge (by_24, 0, 0, 1, 50, 5);
  test_graph_assert_edge (by_24, 1, 0, 0, 10, 1);
  test_graph_assert_edge (by_24, 2, 1, 2, 5, 4);
  g_assert_true (lens_host_graph_is_group (by_24, 0, &subnet));
  g_assert_cmpuint (subnet.prefix_bits, ==, 24);
  g_assert_true (lens_subnet_contains (&subnet, &host));
  g_assert_false (lens_host_graph_is_group (by_24, 2, NULL));
  g_assert_true (lens_host_graph_find_node (by_24, &host, &node));
  g_assert_cmpuint (node, ==, 0);
  g_assert_false (lens_host_graph_has_own_node (by_24, &host, NULL));
  g_assert_false (lens_host_graph_find_opened (by_24, &host, &subnet));

  g_assert_cmpuint (test_graph_count_nodes (by_16), ==, 2);
  assert_node_text (by_16, 0, "10.0.0.0/16 · 6 hosts");
  assert_node_text (by_16, 1, "2001:db8::/64 · 2 hosts");
}

static void
test_opened_group (void)
{
  LensAddress host = test_host_address (3, FALSE);
  LensSubnet first = lens_subnet_of (&host, 24), found;
  g_autoptr (LensHostGraph) opened = new_grouped (24, &first, 60);
  /* However few hosts are shown, those of an opened group are. */
  g_autoptr (LensHostGraph) few = new_grouped (24, &first, 1);
  LensHostGraphOptions options = lens_host_graph_options_copy (lens_host_graph_get_options (opened));
  gsize n_nodes;

  g_assert_cmpuint (test_graph_count_nodes (opened), ==, 6);
  g_assert_true (lens_host_graph_has_own_node (opened, &host, NULL));
  g_assert_true (lens_host_graph_find_opened (opened, &host, &found));
  g_assert_cmpuint (found.prefix_bits, ==, 24);

  g_assert_true (lens_host_graph_has_own_node (few, &host, NULL));
  n_nodes = test_graph_count_nodes (few);
  assert_node_text (few, n_nodes - 1, "3 other hosts");
  /* The other hosts would be a group and a host. */
  g_assert_cmpuint (lens_host_graph_get_nodes (few, NULL)[n_nodes - 1].n_parts, ==, 2);
  g_assert_cmpuint (lens_host_graph_count_more (few), ==, 2);

  lens_host_graph_options_close (&options, &first);
  g_assert_cmpuint (options.opened->len, ==, 0);
  g_assert_false (lens_host_graph_options_equal (&options, lens_host_graph_get_options (opened)));
  lens_host_graph_options_open (&options, &first);
  lens_host_graph_options_open (&options, &first);
  g_assert_cmpuint (options.opened->len, ==, 1);
  g_assert_true (lens_host_graph_options_equal (&options, lens_host_graph_get_options (opened)));
  lens_host_graph_options_clear (&options);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-groups/closed", test_groups);
  g_test_add_func ("/graph-groups/opened", test_opened_group);
  return g_test_run ();
}
