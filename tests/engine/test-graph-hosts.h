/* Host graphs for the tests of the graph, made of figures and not of a capture. */
#pragma once

#include "lens-host-graph-private.h"

G_BEGIN_DECLS

/* 10.0.x.y, or 2001:db8::x:y. */
static inline LensAddress
test_host_address (guint number, gboolean is_ipv6)
{
  guint8 ipv4[4] = { 10, 0, (guint8) (number >> 8), (guint8) number };
  guint8 ipv6[16] = { 0x20, 0x01, 0x0d, 0xb8 };

  ipv6[13] = (guint8) (number >> 16);
  ipv6[14] = (guint8) (number >> 8);
  ipv6[15] = (guint8) number;
  return is_ipv6 ? lens_address_from_ipv6 (ipv6) : lens_address_from_ipv4 (ipv4);
}

typedef struct
{
  GArray *hosts;       /* (element-type LensHostTotals) */
  GArray *connections; /* (element-type LensConnectionTotals) */
  GPtrArray *addresses;
} TestTotals;

static inline TestTotals
test_totals_new (void)
{
  return (TestTotals){ g_array_new (FALSE, TRUE, sizeof (LensHostTotals)),
                       g_array_new (FALSE, TRUE, sizeof (LensConnectionTotals)),
                       g_ptr_array_new_with_free_func (g_free) };
}

static inline void
test_totals_clear (TestTotals *totals)
{
  g_clear_pointer (&totals->hosts, g_array_unref);
  g_clear_pointer (&totals->connections, g_array_unref);
  g_clear_pointer (&totals->addresses, g_ptr_array_unref);
}

static inline LensHostTotals *
test_totals_find_host (TestTotals *totals, const LensAddress *address)
{
  LensHostTotals added = { .address = *address };

  for (guint i = 0; i < totals->hosts->len; i++)
    {
      LensHostTotals *host = &g_array_index (totals->hosts, LensHostTotals, i);

      if (lens_address_equal (&host->address, address))
        return host;
    }
  g_array_append_val (totals->hosts, added);
  return &g_array_index (totals->hosts, LensHostTotals, totals->hosts->len - 1);
}

/* Packets from @source to @destination, with their hosts' totals. */
static inline void
test_totals_add (TestTotals *totals,
                 LensAddress source,
                 LensAddress destination,
                 guint64 packets,
                 guint64 payload_bytes)
{
  LensConnectionTotals connection = { g_memdup2 (&source, sizeof source),
                                      g_memdup2 (&destination, sizeof destination), packets, payload_bytes };
  LensHostTotals *host = test_totals_find_host (totals, &source);

  host->sent_packets += packets;
  host->sent_payload_bytes += payload_bytes;
  host = test_totals_find_host (totals, &destination);
  host->received_packets += packets;
  host->received_payload_bytes += payload_bytes;
  g_ptr_array_add (totals->addresses, (gpointer) connection.source);
  g_ptr_array_add (totals->addresses, (gpointer) connection.destination);
  g_array_append_val (totals->connections, connection);
}

/* Host 1 talks to 2 (most packets), 3 (most bytes), 4 and 5. */
static inline TestTotals
test_totals_new_star (void)
{
  TestTotals totals = test_totals_new ();

  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (5, FALSE), 1, 10);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (4, FALSE), 2, 20);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (3, FALSE), 30, 9000);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (2, FALSE), 400, 400);
  test_totals_add (&totals, test_host_address (2, FALSE), test_host_address (1, FALSE), 100, 0);
  return totals;
}

static inline LensHostGraph *
test_totals_to_graph (const TestTotals *totals, const LensHostGraphOptions *options)
{
  return lens_host_graph_new_from_totals ((const LensHostTotals *) (gpointer) totals->hosts->data,
                                          totals->hosts->len,
                                          (const LensConnectionTotals *) (gpointer) totals->connections->data,
                                          totals->connections->len, options, NULL);
}

/* A few hubs with hosts around them, one in three answering; the same every time. */
static inline LensHostGraph *
test_graph_new_hubs (guint n_hosts, guint n_hubs, gboolean is_ipv6)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensHostGraph *graph;

  options.n_hosts = LENS_HOST_GRAPH_MAX_NODES - 1;
  for (guint i = 0; i < n_hosts; i++)
    {
      LensAddress hub = test_host_address (i < n_hubs ? 0 : i % n_hubs, is_ipv6);
      LensAddress host = test_host_address (i, is_ipv6);

      test_totals_add (&totals, hub, host, 1 + i % 7 * 100, i * 1000);
      if (i % 3 == 0)
        test_totals_add (&totals, host, hub, 1 + i % 5, i);
    }
  graph = test_totals_to_graph (&totals, &options);
  test_totals_clear (&totals);
  return graph;
}

static inline void
test_graph_assert_node (const LensHostGraph *graph,
                        gsize node,
                        const char *name,
                        guint64 packets,
                        guint64 payload_bytes)
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

static inline void
test_graph_assert_edge (const LensHostGraph *graph,
                        gsize edge,
                        gsize source,
                        gsize destination,
                        guint64 packets,
                        guint64 payload_bytes)
{
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

  g_assert_cmpuint (edge, <, n_edges);
  g_assert_cmpuint (edges[edge].source, ==, source);
  g_assert_cmpuint (edges[edge].destination, ==, destination);
  g_assert_cmpuint (edges[edge].packets, ==, packets);
  g_assert_cmpuint (edges[edge].payload_bytes, ==, payload_bytes);
}

static inline gsize
test_graph_count_nodes (const LensHostGraph *graph)
{
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  return n_nodes;
}

static inline gsize
test_graph_count_edges (const LensHostGraph *graph)
{
  gsize n_edges;

  lens_host_graph_get_edges (graph, &n_edges);
  return n_edges;
}

G_END_DECLS
