#include "lens-host-graph-private.h"

#include "lens-format.h"
#include "lens-host-labels.h"

#include <glib/gi18n-lib.h>

struct _LensHostGraph
{
  grefcount ref_count;
  LensHostGraphOptions options;
  GArray *nodes; /* owned (element-type LensGraphNode) */
  GArray *edges; /* owned (element-type LensGraphEdge) */
  guint64 strongest;
  GStrv labels; /* owned (nullable), one a node */
};

LensHostGraphOptions
lens_host_graph_options_default (void)
{
  return (LensHostGraphOptions){
    .weight = LENS_WEIGHT_PACKETS,
    .n_hosts = LENS_HOST_GRAPH_DEFAULT_HOSTS,
    .show_unspecified = FALSE,
    .show_names = TRUE,
  };
}

static int
compare_descending (guint64 a, guint64 b)
{
  return a > b ? -1 : a < b;
}

/* Largest first by the chosen figure, then by the other one. */
static int
compare_weights (LensWeight weight, guint64 packets_a, guint64 bytes_a, guint64 packets_b, guint64 bytes_b)
{
  int by_packets = compare_descending (packets_a, packets_b);
  int by_bytes = compare_descending (bytes_a, bytes_b);

  if (weight == LENS_WEIGHT_PAYLOAD)
    return by_bytes != 0 ? by_bytes : by_packets;
  return by_packets != 0 ? by_packets : by_bytes;
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LensGraphNode *left = a, *right = b;
  const LensHostGraph *graph = user_data;
  int by_weight = compare_weights (graph->options.weight, left->packets, left->payload_bytes, right->packets,
                                   right->payload_bytes);

  return by_weight != 0 ? by_weight : lens_address_compare (&left->address, &right->address);
}

static int
compare_edges (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LensGraphEdge *left = a, *right = b;
  const LensHostGraph *graph = user_data;
  int by_weight = compare_weights (graph->options.weight, left->packets, left->payload_bytes, right->packets,
                                   right->payload_bytes);

  if (by_weight != 0)
    return by_weight;
  if (left->source != right->source)
    return left->source < right->source ? -1 : 1;
  return left->destination < right->destination ? -1 : left->destination > right->destination;
}

static gboolean
is_shown (const LensHostGraph *graph, const LensAddress *address)
{
  return graph->options.show_unspecified || !lens_address_is_unspecified_or_broadcast (address);
}

/* All hosts as nodes, strongest first; then those beyond the limit are added up in one. A single host more is shown
 * itself, it takes no more room than "1 other host". */
static void
add_nodes (LensHostGraph *graph, const LensHostTotals *hosts, gsize n_hosts)
{
  LensGraphNode others = { .address = { .version = 0 } };
  gsize limit = graph->options.n_hosts;

  for (gsize i = 0; i < n_hosts; i++)
    {
      LensGraphNode node = {
        .address = hosts[i].address,
        .n_hosts = 1,
        .packets = hosts[i].sent_packets + hosts[i].received_packets,
        .payload_bytes = hosts[i].sent_payload_bytes + hosts[i].received_payload_bytes,
      };

      if (is_shown (graph, &node.address))
        g_array_append_val (graph->nodes, node);
    }
  g_array_sort_with_data (graph->nodes, compare_nodes, graph);

  if (graph->nodes->len <= limit + 1)
    return;
  for (gsize i = limit; i < graph->nodes->len; i++)
    {
      const LensGraphNode *node = &g_array_index (graph->nodes, LensGraphNode, i);

      others.n_hosts++;
      others.packets += node->packets;
      others.payload_bytes += node->payload_bytes;
    }
  g_array_set_size (graph->nodes, (guint) limit);
  g_array_append_val (graph->nodes, others);
}

/* From the address of a node to its index + 1; an address that is not there is one of the others. */
static GHashTable *
index_nodes (const LensHostGraph *graph)
{
  GHashTable *index = g_hash_table_new (lens_address_table_hash, lens_address_table_equal);

  for (gsize i = 0; i < graph->nodes->len; i++)
    {
      LensGraphNode *node = &g_array_index (graph->nodes, LensGraphNode, i);

      if (node->address.version != 0)
        g_hash_table_insert (index, &node->address, GSIZE_TO_POINTER (i + 1));
    }
  return index;
}

static gsize
find_node (const LensHostGraph *graph, GHashTable *index, const LensAddress *address)
{
  gsize found = GPOINTER_TO_SIZE (g_hash_table_lookup (index, address));

  return found > 0 ? found - 1 : graph->nodes->len - 1;
}

/* Connections between the same two nodes become one edge. */
static void
add_edges (LensHostGraph *graph, const LensConnectionTotals *connections, gsize n_connections)
{
  gsize n_nodes = graph->nodes->len;
  g_autoptr (GHashTable) index = index_nodes (graph);
  g_autofree guint32 *edge_of
      = g_new0 (guint32, n_nodes * n_nodes); /* by source and destination: index + 1 */

  for (gsize i = 0; i < n_connections && n_nodes > 0; i++)
    {
      const LensConnectionTotals *connection = &connections[i];
      LensGraphEdge *edge;
      gsize source, destination;
      guint32 *found;

      if (connection->packets == 0 || !is_shown (graph, connection->source)
          || !is_shown (graph, connection->destination))
        continue;
      source = find_node (graph, index, connection->source);
      destination = find_node (graph, index, connection->destination);
      found = &edge_of[source * n_nodes + destination];
      if (*found == 0)
        {
          LensGraphEdge added = { .source = source, .destination = destination };

          g_array_append_val (graph->edges, added);
          *found = graph->edges->len;
        }
      edge = &g_array_index (graph->edges, LensGraphEdge, *found - 1);
      edge->packets += connection->packets;
      edge->payload_bytes += connection->payload_bytes;
    }
  for (gsize i = 0; i < graph->edges->len; i++)
    {
      LensGraphEdge *edge = &g_array_index (graph->edges, LensGraphEdge, i);

      edge->has_twin
          = edge->source != edge->destination && edge_of[edge->destination * n_nodes + edge->source] != 0;
    }
  g_array_sort_with_data (graph->edges, compare_edges, graph);
}

static guint64
get_weight (const LensHostGraph *graph, const LensGraphEdge *edge)
{
  return graph->options.weight == LENS_WEIGHT_PAYLOAD ? edge->payload_bytes : edge->packets;
}

LensHostGraph *
lens_host_graph_new_from_totals (const LensHostTotals *hosts,
                                 gsize n_hosts,
                                 const LensConnectionTotals *connections,
                                 gsize n_connections,
                                 const LensHostGraphOptions *options)
{
  LensHostGraph *graph = g_new0 (LensHostGraph, 1);

  g_ref_count_init (&graph->ref_count);
  graph->options = *options;
  graph->options.n_hosts = CLAMP (options->n_hosts, 1, LENS_HOST_GRAPH_MAX_NODES - 1);
  graph->nodes = g_array_new (FALSE, FALSE, sizeof (LensGraphNode));
  graph->edges = g_array_new (FALSE, FALSE, sizeof (LensGraphEdge));
  add_nodes (graph, hosts, n_hosts);
  add_edges (graph, connections, n_connections);
  if (graph->edges->len > 0)
    graph->strongest = get_weight (graph, &g_array_index (graph->edges, LensGraphEdge, 0));
  return graph;
}

static void
add_labels (LensHostGraph *graph, const LensCapture *capture)
{
  g_autofree LensAddress *addresses = g_new (LensAddress, graph->nodes->len);

  for (guint i = 0; i < graph->nodes->len; i++)
    addresses[i] = g_array_index (graph->nodes, LensGraphNode, i).address;
  graph->labels = lens_host_labels_new (capture, addresses, graph->nodes->len);
}

LensHostGraph *
lens_host_graph_new (const LensAnalysis *analysis, const LensHostGraphOptions *options)
{
  gsize n_hosts, n_connections;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n_connections);

  LensHostGraph *graph
      = lens_host_graph_new_from_totals (hosts, n_hosts, connections, n_connections, options);

  if (options->show_names)
    add_labels (graph, lens_analysis_get_capture (analysis));
  return graph;
}

LensHostGraph *
lens_host_graph_ref (LensHostGraph *graph)
{
  g_ref_count_inc (&graph->ref_count);
  return graph;
}

void
lens_host_graph_unref (LensHostGraph *graph)
{
  if (!g_ref_count_dec (&graph->ref_count))
    return;
  g_array_unref (graph->nodes);
  g_array_unref (graph->edges);
  g_strfreev (graph->labels);
  g_free (graph);
}

const LensGraphNode *
lens_host_graph_get_nodes (const LensHostGraph *graph, gsize *n_nodes)
{
  if (n_nodes != NULL)
    *n_nodes = graph->nodes->len;
  return (const LensGraphNode *) (gpointer) graph->nodes->data;
}

const LensGraphEdge *
lens_host_graph_get_edges (const LensHostGraph *graph, gsize *n_edges)
{
  if (n_edges != NULL)
    *n_edges = graph->edges->len;
  return (const LensGraphEdge *) (gpointer) graph->edges->data;
}

const LensHostGraphOptions *
lens_host_graph_get_options (const LensHostGraph *graph)
{
  return &graph->options;
}

char *
lens_host_graph_describe_node (const LensHostGraph *graph, gsize node)
{
  const LensGraphNode *found;
  char text[LENS_ADDRESS_TEXT_SIZE];

  g_return_val_if_fail (node < graph->nodes->len, NULL);

  found = &g_array_index (graph->nodes, LensGraphNode, node);
  if (found->address.version == 0)
    {
      g_autofree char *count = lens_format_count (found->n_hosts);

      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%s other host", "%s other hosts", (gulong) found->n_hosts), count);
    }
  return g_strdup (graph->labels != NULL ? graph->labels[node] : lens_address_format (&found->address, text));
}

char *
lens_host_graph_describe_edge (const LensHostGraph *graph, gsize edge)
{
  const LensGraphEdge *found;

  g_return_val_if_fail (edge < graph->edges->len, NULL);

  found = &g_array_index (graph->edges, LensGraphEdge, edge);
  return graph->options.weight == LENS_WEIGHT_PAYLOAD ? lens_format_bytes (found->payload_bytes)
                                                      : lens_format_count (found->packets);
}

double
lens_host_graph_get_edge_strength (const LensHostGraph *graph, gsize edge)
{
  g_return_val_if_fail (edge < graph->edges->len, 0);

  if (graph->strongest == 0)
    return 0;
  return (double) get_weight (graph, &g_array_index (graph->edges, LensGraphEdge, edge))
         / (double) graph->strongest;
}
