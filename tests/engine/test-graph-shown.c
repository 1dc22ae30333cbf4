/* What a graph leaves out and what it shows in spite of that, and where a host is found in it. */
#include "test-graph-hosts.h"

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
  TestTotals totals = test_totals_new_star ();
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
  test_graph_assert_node (by_packets, 0, "10.0.0.1", 533, 9430);
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
  TestTotals totals = test_totals_new_star ();
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
  test_graph_assert_node (graph, node, "10.0.3.231", 1001, 1);
  g_assert_true (lens_host_graph_find_node (graph, &hidden, &node));
  test_graph_assert_node (graph, node, "224.0.0.1", 1, 1);

  options.min_weight = 0;
  options.hide_silent = FALSE;
  options.n_hosts = G_MAXSIZE;
  full = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (full), ==, LENS_HOST_GRAPH_MAX_NODES);
  g_assert_true (lens_host_graph_find_node (full, &weakest, &node));
  test_graph_assert_node (full, node, "10.0.3.231", 1001, 1);
  g_assert_cmpuint (lens_host_graph_count_more (full), ==, 0);
  lens_host_graph_options_clear (&options);
  lens_host_graph_options_clear (&before);
  test_totals_clear (&totals);
}

static gboolean
has_group (const LensHostGraph *graph, const char *text)
{
  for (gsize i = 0; i < test_graph_count_nodes (graph); i++)
    {
      char buffer[LENS_SUBNET_TEXT_SIZE];

      if (g_str_equal (lens_graph_node_format (&lens_host_graph_get_nodes (graph, NULL)[i], buffer), text))
        return TRUE;
    }
  return FALSE;
}

static LensSubnet
new_focus (guint host)
{
  LensAddress address = test_host_address (host, FALSE);

  return lens_subnet_of (&address, lens_address_count_bits (&address));
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
  options.focus = new_focus (3);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensHostGraph) graph = NULL;

      options.focus_steps = cases[i].steps;
      graph = test_totals_to_graph (&totals, &options);
      g_assert_cmpuint (test_graph_count_nodes (graph), ==, cases[i].n_nodes);
      g_assert_cmpuint (test_graph_count_edges (graph), ==, cases[i].n_edges);
      g_assert_cmpuint (lens_host_graph_get_hidden (graph)->n_hosts[LENS_HIDDEN_FAR], ==,
                        14 - cases[i].n_nodes);
      g_assert_true (lens_host_graph_find_node (graph, &options.focus.network, NULL));
    }

  /* Not over a connection that is hidden, and not away from the focus for being weak. */
  options.focus_steps = 9;
  options.min_weight = 6;
  {
    g_autoptr (LensHostGraph) alone = test_totals_to_graph (&totals, &options);

    g_assert_cmpuint (test_graph_count_nodes (alone), ==, 1);
  }
  options.min_weight = 0;
  options.focus = new_focus (200);
  unknown = test_totals_to_graph (&totals, &options);
  g_assert_cmpuint (test_graph_count_nodes (unknown), ==, 14);
  test_totals_clear (&totals);
}

/* 10.1.1.1 - 10.1.2.1, 10.1.2.2 - 10.1.3.1 - 10.1.4.1, and two strangers: what is around 10.1.2.0/24 is around each of its hosts. */
static void
test_focus_on_a_group (void)
{
  static const char *const pairs[][2] = { { "10.1.1.1", "10.1.2.1" },
                                          { "10.1.3.1", "10.1.2.2" },
                                          { "10.1.3.1", "10.1.4.1" },
                                          { "10.9.0.1", "10.9.0.2" } };
  const struct
  {
    guint steps;
    guint group_bits;
    gsize n_nodes;
  } cases[] = { { 1, 24, 3 }, { 1, 0, 4 }, { 2, 24, 4 }, { 2, 0, 5 }, { 1, 16, 1 } };
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensSubnet subnet;

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    test_totals_add (&totals, new_address (pairs[i][0]), new_address (pairs[i][1]), 5 + 10 * i, 5);
  g_assert_true (lens_subnet_parse ("10.1.2.0/24", &options.focus));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensHostGraph) graph = NULL;

      options.focus_steps = cases[i].steps;
      options.group_bits = cases[i].group_bits;
      graph = test_totals_to_graph (&totals, &options);
      g_assert_cmpuint (test_graph_count_nodes (graph), ==, cases[i].n_nodes);
      /* It stays a group. */
      g_assert_cmpint (cases[i].group_bits == 24, ==, has_group (graph, "10.1.2.0/24"));
    }

  /* It has a node of its own, however weak it is. */
  options.focus_steps = 1;
  options.group_bits = 24;
  options.n_hosts = 1;
  {
    g_autoptr (LensHostGraph) small = test_totals_to_graph (&totals, &options);

    g_assert_true (has_group (small, "10.1.2.0/24"));
  }
  /* No host of it is in the capture. */
  options.n_hosts = LENS_HOST_GRAPH_DEFAULT_HOSTS;
  g_assert_true (lens_subnet_parse ("10.1.5.0/24", &subnet));
  options.focus = subnet;
  {
    g_autoptr (LensHostGraph) unknown = test_totals_to_graph (&totals, &options);

    g_assert_cmpuint (test_graph_count_nodes (unknown), ==, 5);
  }
  test_totals_clear (&totals);
}

static void
test_options_equal (void)
{
  const LensHostGraphOptions base = lens_host_graph_options_default ();
  LensHostGraphOptions changed[] = { base, base, base, base, base, base, base, base, base, base };

  changed[0].weight = LENS_WEIGHT_PAYLOAD;
  changed[1].n_hosts++;
  changed[2].show_unspecified = TRUE;
  changed[3].show_names = FALSE;
  changed[4].min_weight = 1;
  changed[5].hide_broadcast = TRUE;
  changed[6].hide_silent = TRUE;
  changed[7].focus = new_focus (1);
  changed[8].focus_steps = 2;
  changed[9].focus.prefix_bits = 24;
  g_assert_true (lens_host_graph_options_equal (&base, &base));
  for (gsize i = 0; i < G_N_ELEMENTS (changed); i++)
    g_assert_false (lens_host_graph_options_equal (&base, &changed[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-shown/min-weight", test_min_weight);
  g_test_add_func ("/graph-shown/broadcast-and-silent", test_broadcast_and_silent);
  g_test_add_func ("/graph-shown/find-node", test_find_node);
  g_test_add_func ("/graph-shown/added", test_added);
  g_test_add_func ("/graph-shown/focus", test_focus);
  g_test_add_func ("/graph-shown/focus-on-a-group", test_focus_on_a_group);
  g_test_add_func ("/graph-shown/options-equal", test_options_equal);
  return g_test_run ();
}
