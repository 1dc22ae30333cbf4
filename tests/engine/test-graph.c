#include "lens-layout-extend.h"
#include "test-graph-hosts.h"

#include <math.h>
#include <string.h>

static void
assert_node (const LensHostGraph *graph, gsize node, const char *name, guint64 packets, guint64 payload_bytes)
{
  gsize n_nodes;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, &n_nodes);
  g_autofree char *described = NULL;

  g_assert_cmpuint (node, <, n_nodes);
  described = lens_host_graph_describe_node (graph, node);
  g_assert_cmpstr (described, ==, name);
  g_assert_cmpuint (nodes[node].packets, ==, packets);
  g_assert_cmpuint (nodes[node].payload_bytes, ==, payload_bytes);
}

/* Host 1 talks to 2 (most packets), 3 (most bytes), 4 and 5. */
static TestTotals
new_star (void)
{
  TestTotals totals = test_totals_new ();

  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (5, FALSE), 1, 10);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (4, FALSE), 2, 20);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (3, FALSE), 30, 9000);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (2, FALSE), 400, 400);
  test_totals_add (&totals, test_host_address (2, FALSE), test_host_address (1, FALSE), 100, 0);
  return totals;
}

static void
test_weights (void)
{
  TestTotals totals = new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) by_packets = test_totals_to_graph (&totals, &options);
  g_autoptr (LensHostGraph) by_payload = NULL;
  g_autofree char *packets_label = NULL;
  g_autofree char *payload_label = NULL;

  options.weight = LENS_WEIGHT_PAYLOAD;
  by_payload = test_totals_to_graph (&totals, &options);

  g_assert_cmpuint (test_graph_count_nodes (by_packets), ==, 5);
  g_assert_cmpuint (test_graph_count_edges (by_packets), ==, 5);
  assert_node (by_packets, 0, "10.0.0.1", 533, 9430);
  assert_node (by_packets, 1, "10.0.0.2", 500, 400);
  assert_node (by_packets, 2, "10.0.0.3", 30, 9000);
  test_graph_assert_edge (by_packets, 0, 0, 1, 400, 400);
  test_graph_assert_edge (by_packets, 1, 1, 0, 100, 0);
  g_assert_cmpfloat (lens_host_graph_get_edge_strength (by_packets, 0), ==, 1.0);
  g_assert_cmpfloat (lens_host_graph_get_edge_strength (by_packets, 1), ==, 0.25);
  packets_label = lens_host_graph_describe_edge (by_packets, 0);
  g_assert_cmpstr (packets_label, ==, "400");

  assert_node (by_payload, 1, "10.0.0.3", 30, 9000);
  test_graph_assert_edge (by_payload, 0, 0, 1, 30, 9000);
  payload_label = lens_host_graph_describe_edge (by_payload, 0);
  g_assert_cmpstr (payload_label, ==, "9.00 kB");
  g_assert_cmpint (lens_host_graph_get_options (by_payload)->weight, ==, LENS_WEIGHT_PAYLOAD);
  test_totals_clear (&totals);
}

static void
test_others (void)
{
  TestTotals totals = new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;
  gsize n_nodes;

  test_totals_add (&totals, test_host_address (4, FALSE), test_host_address (5, FALSE), 3, 30);
  options.n_hosts = 2;
  graph = test_totals_to_graph (&totals, &options);

  g_assert_cmpuint (test_graph_count_nodes (graph), ==, 3);
  assert_node (graph, 2, "3 other hosts", 39, 9090);
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
  TestTotals totals = new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;

  options.n_hosts = 4;
  graph = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (graph), ==, 5);
  assert_node (graph, 4, "10.0.0.5", 1, 10);
  test_totals_clear (&totals);
}

static void
test_unspecified (void)
{
  const guint8 nobody[4] = { 0, 0, 0, 0 };
  const guint8 everybody[4] = { 255, 255, 255, 255 };
  TestTotals totals = new_star ();
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
  assert_node (with, 0, "255.255.255.255", 5007, 2);
  test_totals_clear (&totals);
}

static void
assert_hidden (const LensHostGraph *graph,
               LensHidden reason,
               gsize n_hosts,
               gsize n_connections,
               guint64 packets,
               const char *words)
{
  const LensGraphHidden *hidden = lens_host_graph_get_hidden (graph);
  g_autofree char *described = lens_host_graph_describe_hidden (graph);
  g_autofree char *reasons = lens_host_graph_describe_hidden_reasons (graph);

  g_assert_cmpuint (hidden->n_hosts[reason], ==, n_hosts);
  g_assert_cmpuint (hidden->n_connections, ==, n_connections);
  g_assert_cmpuint (hidden->packets, ==, packets);
  g_assert_cmpstr (described, ==, words);
  g_assert_cmpint (reasons != NULL, ==, n_hosts > 0);
}

static LensAddress
new_address (const char *text)
{
  LensAddress address;

  g_assert_true (lens_address_parse (text, &address));
  return address;
}

/* Connections under the weight go, with hosts that have no other; what goes is counted, and the totals stay. */
static void
test_min_weight (void)
{
  TestTotals totals = new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) none = test_totals_to_graph (&totals, &options);
  g_autoptr (LensHostGraph) by_packets = NULL;
  g_autoptr (LensHostGraph) by_payload = NULL;
  g_autoptr (LensHostGraph) nothing = NULL;

  assert_hidden (none, LENS_HIDDEN_WEAK, 0, 0, 0, NULL);
  options.min_weight = 30;
  by_packets = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (by_packets), ==, 3);
  g_assert_cmpuint (test_graph_count_edges (by_packets), ==, 3);
  assert_node (by_packets, 0, "10.0.0.1", 533, 9430);
  assert_hidden (by_packets, LENS_HIDDEN_WEAK, 2, 2, 3, "Hidden: 2 hosts and 2 connections with 3 packets");

  options.weight = LENS_WEIGHT_PAYLOAD;
  options.min_weight = 400;
  by_payload = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (by_payload), ==, 3);
  g_assert_cmpuint (test_graph_count_edges (by_payload), ==, 2); /* 2 answers 1 without payload */
  assert_hidden (by_payload, LENS_HIDDEN_WEAK, 2, 3, 103,
                 "Hidden: 2 hosts and 3 connections with 103 packets");

  options.min_weight = G_MAXUINT64;
  nothing = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (nothing), ==, 0);
  assert_hidden (nothing, LENS_HIDDEN_WEAK, 5, 5, 533, "Hidden: 5 hosts and 5 connections with 533 packets");
  g_assert_cmpuint (lens_host_graph_count_more (nothing), ==, 0);
  test_totals_clear (&totals);
}

static void
test_broadcast_and_silent (void)
{
  const struct
  {
    const char *address;
    gboolean is_broadcast;
  } cases[] = {
    { "224.0.0.251", TRUE }, { "239.255.255.250", TRUE }, { "10.0.0.255", TRUE }, { "ff02::1", TRUE },
    { "223.1.2.3", FALSE },  { "240.0.0.1", FALSE },      { "fe80::1", FALSE },
  };
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) everything = NULL;
  g_autoptr (LensHostGraph) no_broadcast = NULL;
  g_autoptr (LensHostGraph) no_silent = NULL;
  g_autoptr (LensHostGraph) neither = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_totals_add (&totals, test_host_address (1, FALSE), new_address (cases[i].address), 1, 1);
  /* Not every network is a /24: this one is a host, it sends. */
  test_totals_add (&totals, new_address ("10.0.1.255"), test_host_address (1, FALSE), 1, 1);
  everything = test_totals_to_graph (&totals, &options);
  options.hide_broadcast = TRUE;
  no_broadcast = test_totals_to_graph (&totals, &options);
  options.hide_silent = TRUE;
  neither = test_totals_to_graph (&totals, &options);
  options.hide_broadcast = FALSE;
  no_silent = test_totals_to_graph (&totals, &options);

  g_assert_cmpuint (test_graph_count_nodes (everything), ==, 9);
  assert_hidden (no_broadcast, LENS_HIDDEN_BROADCAST, 4, 4, 4,
                 "Hidden: 4 hosts and 4 connections with 4 packets");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensAddress address = new_address (cases[i].address);

      g_assert_true (lens_host_graph_find_node (everything, &address, NULL));
      g_assert_cmpint (lens_host_graph_find_node (no_broadcast, &address, NULL), !=, cases[i].is_broadcast);
      g_assert_false (lens_host_graph_find_node (no_silent, &address, NULL));
    }
  assert_hidden (no_silent, LENS_HIDDEN_SILENT, 7, 7, 7, "Hidden: 7 hosts and 7 connections with 7 packets");
  g_assert_cmpuint (test_graph_count_nodes (no_silent), ==, 2);
  assert_hidden (neither, LENS_HIDDEN_BROADCAST, 4, 7, 7, "Hidden: 7 hosts and 7 connections with 7 packets");
  assert_hidden (neither, LENS_HIDDEN_SILENT, 3, 7, 7, "Hidden: 7 hosts and 7 connections with 7 packets");
  test_totals_clear (&totals);
}

/* Every host is found where it is shown: by itself, among the others, or nowhere. */
static void
test_find_node (void)
{
  TestTotals totals = new_star ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  const guint8 nobody[4] = { 0, 0, 0, 0 };
  LensAddress unspecified = lens_address_from_ipv4 (nobody);
  LensAddress stranger = test_host_address (77, FALSE);
  g_autoptr (LensHostGraph) graph = NULL;

  test_totals_add (&totals, unspecified, test_host_address (1, FALSE), 1, 1);
  options.n_hosts = 2;
  graph = test_totals_to_graph (&totals, &options);
  for (guint number = 1; number <= 5; number++)
    {
      LensAddress address = test_host_address (number, FALSE);
      gsize node = 99;

      g_assert_true (lens_host_graph_find_node (graph, &address, &node));
      g_assert_cmpuint (node, ==, MIN (number, 3) - 1);
      g_assert_cmpint (lens_host_graph_has_own_node (graph, &address, &node), ==, number < 3);
    }
  g_assert_false (lens_host_graph_find_node (graph, &unspecified, NULL));
  g_assert_false (lens_host_graph_find_node (graph, &stranger, NULL));
  assert_hidden (graph, LENS_HIDDEN_UNSPECIFIED, 1, 1, 1, "Hidden: 1 host and 1 connection with 1 packet");
  g_assert_cmpuint (lens_host_graph_count_more (graph), ==, 3);
  test_totals_clear (&totals);
}

/* Hosts that somebody wants to see are shown by name, hidden or weak, as far as there is room. */
static void
test_added (void)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensHostGraphOptions before;
  LensAddress weakest = test_host_address (999, FALSE), hidden = new_address ("224.0.0.1");
  LensAddress stranger = test_host_address (5000, FALSE);
  g_autoptr (LensHostGraph) graph = NULL;
  g_autoptr (LensHostGraph) full = NULL;
  gsize node;

  for (guint i = 1; i < 1000; i++)
    test_totals_add (&totals, test_host_address (0, FALSE), test_host_address (i, FALSE), 2000 - i, 1);
  test_totals_add (&totals, test_host_address (0, FALSE), hidden, 1, 1);
  options.n_hosts = 3;
  options.hide_silent = TRUE;
  options.min_weight = 1500;
  before = lens_host_graph_options_copy (&options);
  lens_host_graph_options_add (&options, &weakest);
  lens_host_graph_options_add (&options, &hidden);
  lens_host_graph_options_add (&options, &stranger);
  g_assert_null (before.added);
  g_assert_false (lens_host_graph_options_equal (&before, &options));
  lens_host_graph_options_clear (&before);
  before = lens_host_graph_options_copy (&options);
  g_assert_true (lens_host_graph_options_equal (&before, &options));

  graph = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (graph), ==,
                    2); /* even the hub is weak: nobody it talks to is there */
  g_assert_cmpuint (test_graph_count_edges (graph), ==, 0);
  g_assert_true (lens_host_graph_find_node (graph, &weakest, &node));
  assert_node (graph, node, "10.0.3.231", 1001, 1);
  g_assert_true (lens_host_graph_find_node (graph, &hidden, &node));
  assert_node (graph, node, "224.0.0.1", 1, 1);

  options.min_weight = 0;
  options.hide_silent = FALSE;
  options.n_hosts = G_MAXSIZE;
  full = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (full), ==, LENS_HOST_GRAPH_MAX_NODES);
  g_assert_true (lens_host_graph_find_node (full, &weakest, &node));
  assert_node (full, node, "10.0.3.231", 1001, 1);
  g_assert_cmpuint (lens_host_graph_count_more (full), ==, 0);
  lens_host_graph_options_clear (&options);
  lens_host_graph_options_clear (&before);
  test_totals_clear (&totals);
}

/* A chain 1 - 2 - 3 - ... - 12, with arrows by turns one way and the other, and two strangers. */
static void
test_focus (void)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) unknown = NULL;
  const struct
  {
    guint steps;
    gsize n_nodes; /* around host 3 */
    gsize n_edges;
  } cases[] = { { 0, 3, 2 }, { 1, 3, 2 }, { 2, 5, 4 }, { 3, 6, 5 }, { 9, 12, 11 }, { G_MAXUINT, 12, 11 } };

  for (guint i = 1; i < 12; i++)
    test_totals_add (&totals, test_host_address (i + i % 2, FALSE), test_host_address (i + 1 - i % 2, FALSE),
                     5, 5);
  test_totals_add (&totals, test_host_address (100, FALSE), test_host_address (101, FALSE), 5, 5);
  options.focus = test_host_address (3, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensHostGraph) graph = NULL;

      options.focus_steps = cases[i].steps;
      graph = test_totals_to_graph (&totals, &options);
      g_assert_cmpuint (test_graph_count_nodes (graph), ==, cases[i].n_nodes);
      g_assert_cmpuint (test_graph_count_edges (graph), ==, cases[i].n_edges);
      g_assert_cmpuint (lens_host_graph_get_hidden (graph)->n_hosts[LENS_HIDDEN_FAR], ==,
                        14 - cases[i].n_nodes);
      g_assert_true (lens_host_graph_find_node (graph, &options.focus, NULL));
    }

  /* Not over a connection that is hidden, and not away from the focus for being weak. */
  options.focus_steps = 9;
  options.min_weight = 6;
  {
    g_autoptr (LensHostGraph) alone = test_totals_to_graph (&totals, &options);

    g_assert_cmpuint (test_graph_count_nodes (alone), ==, 1);
  }
  options.min_weight = 0;
  options.focus = test_host_address (200, FALSE);
  unknown = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (unknown), ==, 14);
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

static void
test_options_equal (void)
{
  const LensHostGraphOptions base = lens_host_graph_options_default ();
  LensHostGraphOptions changed[] = { base, base, base, base, base, base, base, base, base };

  changed[0].weight = LENS_WEIGHT_PAYLOAD;
  changed[1].n_hosts++;
  changed[2].show_unspecified = TRUE;
  changed[3].show_names = FALSE;
  changed[4].min_weight = 1;
  changed[5].hide_broadcast = TRUE;
  changed[6].hide_silent = TRUE;
  changed[7].focus = test_host_address (1, FALSE);
  changed[8].focus_steps = 2;
  g_assert_true (lens_host_graph_options_equal (&base, &base));
  for (gsize i = 0; i < G_N_ELEMENTS (changed); i++)
    g_assert_false (lens_host_graph_options_equal (&base, &changed[i]));
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

      assert_node (a, i, name, node->packets, node->payload_bytes);
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
  TestTotals totals = new_star ();
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
  TestTotals none = test_totals_new (), totals = new_star ();
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
  g_test_add_func ("/graph/weights", test_weights);
  g_test_add_func ("/graph/others", test_others);
  g_test_add_func ("/graph/one-more", test_one_more);
  g_test_add_func ("/graph/unspecified", test_unspecified);
  g_test_add_func ("/graph/min-weight", test_min_weight);
  g_test_add_func ("/graph/broadcast-and-silent", test_broadcast_and_silent);
  g_test_add_func ("/graph/find-node", test_find_node);
  g_test_add_func ("/graph/added", test_added);
  g_test_add_func ("/graph/focus", test_focus);
  g_test_add_func ("/graph/address-index", test_address_index);
  g_test_add_func ("/graph/options-equal", test_options_equal);
  g_test_add_func ("/graph/order", test_order);
  g_test_add_func ("/graph/limits", test_limits);
  g_test_add_func ("/graph/empty", test_empty);
  g_test_add_func ("/graph/extend", test_extend);
  g_test_add_func ("/graph/extend-nothing", test_extend_nothing);
  return g_test_run ();
}
