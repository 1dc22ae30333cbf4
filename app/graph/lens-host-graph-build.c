/* lens_host_graph_new_from_totals(): which hosts are shown, and the edges between them. */
#include "lens-host-graph-private.h"

#define LAST_OCTET_OF_BROADCAST 255

/* Whether somebody still wants the graph is asked of every so many connections. */
#define ROWS_A_LOOK 4096

/* What is worked out on the way; hosts are known by their position in @hosts. */
typedef struct
{
  LensHostGraph *graph;
  const LensHostTotals *hosts;
  gsize n_hosts;
  const LensConnectionTotals *connections;
  gsize n_connections;
  guint32 *sources;          /* owned, one a connection: the position of its source, or LENS_ADDRESS_NONE */
  guint32 *destinations;     /* owned */
  guint8 *hidden;            /* owned, one a host: LensHidden */
  guint8 *is_added;          /* owned, one a host: somebody wants to see it */
  GCancellable *cancellable; /* (nullable) */
} Build;

/* Asked of every so many connections, @i of them. Where it is, what is left of the step may be left out. */
static gboolean
is_cancelled (const Build *build, gsize i)
{
  return i % ROWS_A_LOOK == 0 && g_cancellable_is_cancelled (build->cancellable);
}

static void
index_hosts (Build *build)
{
  LensHostGraph *graph = build->graph;

  graph->addresses = g_new (LensAddress, build->n_hosts);
  for (gsize i = 0; i < build->n_hosts; i++)
    graph->addresses[i] = build->hosts[i].address;
  graph->index = lens_address_index_new (graph->addresses, build->n_hosts);

  build->sources = g_new (guint32, build->n_connections);
  build->destinations = g_new (guint32, build->n_connections);
  for (gsize i = 0; i < build->n_connections && !is_cancelled (build, i); i++)
    {
      build->sources[i] = lens_address_index_find (graph->index, build->connections[i].source);
      build->destinations[i] = lens_address_index_find (graph->index, build->connections[i].destination);
    }
}

static void
add_host (Build *build, const LensAddress *address)
{
  guint32 host = lens_address_index_find (build->graph->index, address);

  if (host != LENS_ADDRESS_NONE)
    build->is_added[host] = 1;
}

static void
find_added (Build *build)
{
  const GArray *added = build->graph->options.added;
  const LensSubnet *focus = &build->graph->options.focus;

  build->is_added = g_new0 (guint8, build->n_hosts);
  for (guint i = 0; added != NULL && i < added->len; i++)
    add_host (build, &g_array_index (added, LensAddress, i));
  /* A group stays one. */
  if (lens_subnet_is_host (focus))
    add_host (build, &focus->network);
}

/* A subnet's mask is not to be seen in a packet: that nobody sends from it tells the broadcast address from a host. */
static gboolean
is_broadcast (const LensHostTotals *host)
{
  return lens_address_is_multicast (&host->address)
         || (host->address.version == 4 && host->address.bytes[3] == LAST_OCTET_OF_BROADCAST
             && host->sent_packets == 0);
}

static LensHidden
find_reason (const LensHostGraphOptions *options, const LensHostTotals *host)
{
  if (!options->show_unspecified && lens_address_is_unspecified_or_broadcast (&host->address))
    return LENS_HIDDEN_UNSPECIFIED;
  if (options->hide_broadcast && is_broadcast (host))
    return LENS_HIDDEN_BROADCAST;
  if (options->hide_silent && host->sent_packets == 0)
    return LENS_HIDDEN_SILENT;
  return LENS_HIDDEN_NOT;
}

static gboolean
is_strong (const Build *build, const LensConnectionTotals *connection)
{
  return lens_host_graph_weigh (build->graph, connection->packets, connection->payload_bytes)
         >= build->graph->options.min_weight;
}

/* Whether it is an edge, or part of one. */
static gboolean
is_kept (const Build *build, gsize connection)
{
  guint32 source = build->sources[connection], destination = build->destinations[connection];

  return source != LENS_ADDRESS_NONE && destination != LENS_ADDRESS_NONE
         && build->hidden[source] == LENS_HIDDEN_NOT && build->hidden[destination] == LENS_HIDDEN_NOT
         && is_strong (build, &build->connections[connection]);
}

/* Hosts of which no connection is left that is strong enough. */
static void
hide_weak (Build *build)
{
  g_autofree guint8 *is_linked = g_new0 (guint8, build->n_hosts);

  if (build->graph->options.min_weight == 0)
    return;
  for (gsize i = 0; i < build->n_connections; i++)
    if (is_kept (build, i))
      is_linked[build->sources[i]] = is_linked[build->destinations[i]] = 1;
  for (gsize i = 0; i < build->n_hosts; i++)
    if (build->hidden[i] == LENS_HIDDEN_NOT && !is_linked[i] && !build->is_added[i])
      build->hidden[i] = LENS_HIDDEN_WEAK;
}

/* Hosts that too many connections lie between: a step at a time outwards from those in focus. */
static void
hide_far (Build *build)
{
  const LensHostGraphOptions *options = &build->graph->options;
  g_autofree guint8 *steps = NULL; /* one a host: how many it takes, + 1; 0 where it isn't reached */
  gboolean is_any = FALSE;

  if (options->focus.network.version == 0)
    return;
  steps = g_new0 (guint8, build->n_hosts);
  for (gsize i = 0; i < build->n_hosts; i++)
    {
      steps[i] = build->hidden[i] == LENS_HIDDEN_NOT
                 && lens_subnet_contains (&options->focus, &build->hosts[i].address);
      is_any = is_any || steps[i] != 0;
    }
  if (!is_any)
    return;
  for (guint step = 1; step <= options->focus_steps; step++)
    for (gsize i = 0; i < build->n_connections && !is_cancelled (build, i); i++)
      {
        guint8 *source, *destination;

        if (!is_kept (build, i))
          continue;
        source = &steps[build->sources[i]];
        destination = &steps[build->destinations[i]];
        if (*source == step && *destination == 0)
          *destination = (guint8) (step + 1);
        else if (*destination == step && *source == 0)
          *source = (guint8) (step + 1);
      }
  for (gsize i = 0; i < build->n_hosts; i++)
    if (build->hidden[i] == LENS_HIDDEN_NOT && steps[i] == 0 && !build->is_added[i])
      build->hidden[i] = LENS_HIDDEN_FAR;
}

static void
hide_hosts (Build *build)
{
  LensGraphHidden *hidden = &build->graph->hidden;

  build->hidden = g_new0 (guint8, build->n_hosts);
  for (gsize i = 0; i < build->n_hosts; i++)
    if (!build->is_added[i])
      build->hidden[i] = find_reason (&build->graph->options, &build->hosts[i]);
  hide_weak (build);
  hide_far (build);

  for (gsize i = 0; i < build->n_hosts; i++)
    hidden->n_hosts[build->hidden[i]]++;
  for (gsize i = 0; i < build->n_connections; i++)
    if (build->connections[i].packets > 0 && !is_kept (build, i))
      {
        hidden->n_connections++;
        hidden->packets += build->connections[i].packets;
      }
}

static void
add_nodes (Build *build)
{
  LensHostGraph *graph = build->graph;
  const LensHostGraphNodesInput input = { build->hosts, build->n_hosts, build->hidden, build->is_added };

  graph->node_of = g_new (guint32, build->n_hosts);
  lens_host_graph_add_nodes (graph, &input);
}

static int
compare_edges (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LensGraphEdge *left = a, *right = b;
  int by_weight = lens_host_graph_compare_weights (user_data, left->packets, left->payload_bytes,
                                                   right->packets, right->payload_bytes);

  if (by_weight != 0)
    return by_weight;
  if (left->source != right->source)
    return left->source < right->source ? -1 : 1;
  return left->destination < right->destination ? -1 : left->destination > right->destination;
}

/* Connections between the same two nodes become one edge. */
static void
add_edges (Build *build)
{
  LensHostGraph *graph = build->graph;
  gsize n_nodes = graph->nodes->len;
  g_autofree guint32 *edge_of
      = g_new0 (guint32, n_nodes * n_nodes); /* by source and destination: index + 1 */

  for (gsize i = 0; i < build->n_connections && !is_cancelled (build, i); i++)
    {
      const LensConnectionTotals *connection = &build->connections[i];
      LensGraphEdge *edge;
      gsize source, destination;
      guint32 *found;

      if (connection->packets == 0 || !is_kept (build, i))
        continue;
      source = graph->node_of[build->sources[i]];
      destination = graph->node_of[build->destinations[i]];
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

/* The other hosts are many, and would be the strongest of all: what is compared is hosts. */
static void
find_strongest (LensHostGraph *graph)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);

  for (guint i = 0; i < graph->edges->len && graph->strongest == 0; i++)
    {
      const LensGraphEdge *edge = &g_array_index (graph->edges, LensGraphEdge, i);

      if (nodes[edge->source].address.version != 0 && nodes[edge->destination].address.version != 0)
        graph->strongest = lens_host_graph_weigh (graph, edge->packets, edge->payload_bytes);
    }
  for (guint i = 0; i < graph->nodes->len; i++)
    if (nodes[i].address.version != 0)
      graph->strongest_node = MAX (graph->strongest_node,
                                   lens_host_graph_weigh (graph, nodes[i].packets, nodes[i].payload_bytes));
}

LensHostGraph *
lens_host_graph_new_from_totals (const LensHostTotals *hosts,
                                 gsize n_hosts,
                                 const LensConnectionTotals *connections,
                                 gsize n_connections,
                                 const LensHostGraphOptions *options,
                                 GCancellable *cancellable)
{
  static void (*const steps[]) (Build *) = { index_hosts, find_added, hide_hosts, add_nodes, add_edges };
  LensHostGraph *graph = g_new0 (LensHostGraph, 1);
  Build build = {
    .graph = graph,
    .hosts = hosts,
    .n_hosts = n_hosts,
    .connections = connections,
    .n_connections = n_connections,
    .cancellable = cancellable,
  };

  g_atomic_ref_count_init (&graph->ref_count);
  graph->options = lens_host_graph_options_copy (options);
  graph->options.focus_steps = CLAMP (options->focus_steps, 1, LENS_HOST_GRAPH_MAX_STEPS);
  graph->options.n_hosts = CLAMP (options->n_hosts, 1, LENS_HOST_GRAPH_MAX_NODES - 1);
  graph->nodes = g_array_new (FALSE, FALSE, sizeof (LensGraphNode));
  graph->edges = g_array_new (FALSE, FALSE, sizeof (LensGraphEdge));
  for (gsize i = 0; i < G_N_ELEMENTS (steps) && !is_cancelled (&build, 0); i++)
    steps[i](&build);
  if (is_cancelled (&build, 0))
    g_clear_pointer (&graph, lens_host_graph_unref);
  else
    find_strongest (graph);
  g_free (build.sources);
  g_free (build.destinations);
  g_free (build.hidden);
  g_free (build.is_added);
  return graph;
}
