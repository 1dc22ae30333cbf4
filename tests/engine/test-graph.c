/* Graphs made of the totals of hosts and connections: what weighs most is shown, the rest is others. */
#include "test-graph-hosts.h"

static void
test_weights (void)
{
  TestTotals totals = test_totals_new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) by_packets = test_totals_to_graph (&totals, &options);
  g_autoptr (LensHostGraph) by_payload = NULL;
  g_autofree char *packets_label = NULL;
  g_autofree char *payload_label = NULL;

  options.weight = LENS_WEIGHT_PAYLOAD;
  by_payload = test_totals_to_graph (&totals, &options);

  g_assert_cmpuint (test_graph_count_nodes (by_packets), ==, 5);
  g_assert_cmpuint (test_graph_count_edges (by_packets), ==, 5);
  test_graph_assert_node (by_packets, 0, "10.0.0.1", 533, 9430);
  test_graph_assert_node (by_packets, 1, "10.0.0.2", 500, 400);
  test_graph_assert_node (by_packets, 2, "10.0.0.3", 30, 9000);
  test_graph_assert_edge (by_packets, 0, 0, 1, 400, 400);
  test_graph_assert_edge (by_packets, 1, 1, 0, 100, 0);
  g_assert_cmpfloat (lens_host_graph_get_edge_strength (by_packets, 0), ==, 1.0);
  g_assert_cmpfloat (lens_host_graph_get_edge_strength (by_packets, 1), ==, 0.25);
  packets_label = lens_host_graph_describe_edge (by_packets, 0);
  g_assert_cmpstr (packets_label, ==, "400");

  test_graph_assert_node (by_payload, 1, "10.0.0.3", 30, 9000);
  test_graph_assert_edge (by_payload, 0, 0, 1, 30, 9000);
  payload_label = lens_host_graph_describe_edge (by_payload, 0);
  g_assert_cmpstr (payload_label, ==, "9.00 kB");
  g_assert_cmpint (lens_host_graph_get_options (by_payload)->weight, ==, LENS_WEIGHT_PAYLOAD);
  test_totals_clear (&totals);
}

static void
test_others (void)
{
  TestTotals totals = test_totals_new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;
  gsize n_nodes;

  test_totals_add (&totals, test_host_address (4, FALSE), test_host_address (5, FALSE), 3, 30);
  options.n_hosts = 2;
  graph = test_totals_to_graph (&totals, &options);

  g_assert_cmpuint (test_graph_count_nodes (graph), ==, 3);
  test_graph_assert_node (graph, 2, "3 other hosts", 39, 9090);
  g_assert_cmpuint (lens_host_graph_get_nodes (graph, &n_nodes)[2].address.version, ==, 0);
  g_assert_cmpuint (lens_host_graph_get_nodes (graph, &n_nodes)[2].n_hosts, ==, 3);
  g_assert_cmpuint (test_graph_count_edges (graph), ==, 4);
  test_graph_assert_edge (graph, 2, 0, 2, 33, 9030); /* three connections in one */
  test_graph_assert_edge (graph, 3, 2, 2, 3, 30);    /* among themselves */
  test_totals_clear (&totals);
}

/* One host more than asked for is shown by name: "1 other host" would take the same room. */
static void
test_one_more (void)
{
  TestTotals totals = test_totals_new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;

  options.n_hosts = 4;
  graph = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (graph), ==, 5);
  test_graph_assert_node (graph, 4, "10.0.0.5", 1, 10);
  test_totals_clear (&totals);
}

static void
test_unspecified (void)
{
  const guint8 nobody[4] = { 0, 0, 0, 0 };
  const guint8 everybody[4] = { 255, 255, 255, 255 };
  TestTotals totals = test_totals_new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) without = NULL;
  g_autoptr (LensHostGraph) with = NULL;

  test_totals_add (&totals, lens_address_from_ipv4 (nobody), lens_address_from_ipv4 (everybody), 5000, 1);
  test_totals_add (&totals, test_host_address (2, FALSE), lens_address_from_ipv4 (everybody), 7, 1);
  without = test_totals_to_graph (&totals, &options);
  options.show_unspecified = TRUE;
  with = test_totals_to_graph (&totals, &options);

  g_assert_cmpuint (test_graph_count_nodes (without), ==, 5);
  g_assert_cmpuint (test_graph_count_edges (without), ==, 5);
  g_assert_cmpuint (test_graph_count_nodes (with), ==, 7);
  g_assert_cmpuint (test_graph_count_edges (with), ==, 7);
  test_graph_assert_node (with, 0, "255.255.255.255", 5007, 2);
  test_totals_clear (&totals);
}

static void
test_address_index (void)
{
  LensAddress addresses[300];
  g_autoptr (LensAddressIndex) empty = lens_address_index_new (NULL, 0);
  g_autoptr (LensAddressIndex) index = NULL;
  LensAddress none = { .version = 0 };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    addresses[i] = test_host_address (i / 2, i % 2);
  index = lens_address_index_new (addresses, G_N_ELEMENTS (addresses));
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      LensAddress stranger = test_host_address (1000 + i, i % 2);

      g_assert_cmpuint (lens_address_index_find (index, &addresses[i]), ==, i);
      g_assert_cmpuint (lens_address_index_find (index, &stranger), ==, LENS_ADDRESS_NONE);
      g_assert_cmpuint (lens_address_index_find (empty, &addresses[i]), ==, LENS_ADDRESS_NONE);
    }
  g_assert_cmpuint (lens_address_index_find (index, &none), ==, LENS_ADDRESS_NONE);
}

/* The order hosts and connections come in changes nothing, also among equals. */
static void
test_order (void)
{
  TestTotals forwards = test_totals_new ();
  TestTotals backwards = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) a = NULL;
  g_autoptr (LensHostGraph) b = NULL;
  gsize n;

  for (guint i = 0; i < 100; i++)
    {
      test_totals_add (&forwards, test_host_address (i, i % 2), test_host_address ((i + 1) % 100, FALSE), 4,
                       4);
      test_totals_add (&backwards, test_host_address (99 - i, (99 - i) % 2),
                       test_host_address ((100 - i) % 100, FALSE), 4, 4);
    }
  options.n_hosts = 20;
  a = test_totals_to_graph (&forwards, &options);
  b = test_totals_to_graph (&backwards, &options);

  n = test_graph_count_nodes (a);
  g_assert_cmpuint (n, ==, 21);
  g_assert_cmpuint (test_graph_count_nodes (b), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = lens_host_graph_describe_node (b, i);
      const LensGraphNode *node = &lens_host_graph_get_nodes (b, NULL)[i];

      test_graph_assert_node (a, i, name, node->packets, node->payload_bytes);
    }
  n = test_graph_count_edges (a);
  g_assert_cmpuint (test_graph_count_edges (b), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      const LensGraphEdge *edge = &lens_host_graph_get_edges (b, NULL)[i];

      test_graph_assert_edge (a, i, edge->source, edge->destination, edge->packets, edge->payload_bytes);
    }
  test_totals_clear (&forwards);
  test_totals_clear (&backwards);
}

static void
test_limits (void)
{
  const struct
  {
    gsize asked;
    gsize n_nodes;
    gsize n_more;
  } cases[] = { { 0, 2, 20 },    { 1, 2, 20 },    { 490, 491, 9 },
                { 499, 500, 0 }, { 500, 500, 0 }, { G_MAXSIZE, 500, 0 } };
  TestTotals totals = test_totals_new ();

  for (guint i = 0; i < 1000; i++)
    test_totals_add (&totals, test_host_address (0, FALSE), test_host_address (i, FALSE), i + 1, i);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensHostGraphOptions options = lens_host_graph_options_default ();
      g_autoptr (LensHostGraph) graph = NULL;
      guint64 packets = 0;

      options.n_hosts = cases[i].asked;
      graph = test_totals_to_graph (&totals, &options);
      g_assert_cmpuint (lens_host_graph_count_more (graph), ==, cases[i].n_more);
      g_assert_cmpuint (test_graph_count_nodes (graph), ==, cases[i].n_nodes);
      for (gsize j = 0; j < test_graph_count_edges (graph); j++)
        packets += lens_host_graph_get_edges (graph, NULL)[j].packets;
      g_assert_cmpuint (packets, ==, 1000 * 1001 / 2); /* none is lost */
    }
  test_totals_clear (&totals);
}

static void
test_empty (void)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = test_totals_to_graph (&totals, &options);
  g_autoptr (LensHostGraph) no_payload = NULL;

  g_assert_cmpuint (test_graph_count_nodes (graph), ==, 0);
  g_assert_cmpuint (test_graph_count_edges (graph), ==, 0);

  test_totals_add (&totals, test_host_address (1, TRUE), test_host_address (1, TRUE), 2, 0);
  options.weight = LENS_WEIGHT_PAYLOAD;
  no_payload = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (no_payload), ==, 1);
  test_graph_assert_edge (no_payload, 0, 0, 0, 2, 0);
  g_assert_cmpfloat (lens_host_graph_get_edge_strength (no_payload, 0), ==, 0);
  test_totals_clear (&totals);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/weights", test_weights);
  g_test_add_func ("/graph/others", test_others);
  g_test_add_func ("/graph/one-more", test_one_more);
  g_test_add_func ("/graph/unspecified", test_unspecified);
  g_test_add_func ("/graph/address-index", test_address_index);
  g_test_add_func ("/graph/order", test_order);
  g_test_add_func ("/graph/limits", test_limits);
  g_test_add_func ("/graph/empty", test_empty);
  return g_test_run ();
}
