#include "lens-host-graph-private.h"

#include "lens-address-short.h"
#include "lens-format.h"
#include "lens-host-labels.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>

LensHostGraphOptions
lens_host_graph_options_default (void)
{
  return (LensHostGraphOptions){
    .weight = LENS_WEIGHT_PACKETS,
    .n_hosts = LENS_HOST_GRAPH_DEFAULT_HOSTS,
    .show_unspecified = FALSE,
    .show_names = TRUE,
    .focus_steps = 1,
  };
}

LensHostGraphOptions
lens_host_graph_options_copy (const LensHostGraphOptions *options)
{
  LensHostGraphOptions copy = *options;

  if (copy.added != NULL)
    g_array_ref (copy.added);
  if (copy.opened != NULL)
    g_array_ref (copy.opened);
  return copy;
}

void
lens_host_graph_options_clear (LensHostGraphOptions *options)
{
  g_clear_pointer (&options->added, g_array_unref);
  g_clear_pointer (&options->opened, g_array_unref);
}

void
lens_host_graph_options_add (LensHostGraphOptions *options, const LensAddress *address)
{
  GArray *added
      = options->added != NULL ? g_array_copy (options->added) : g_array_new (FALSE, FALSE, sizeof *address);

  g_array_append_val (added, *address);
  g_clear_pointer (&options->added, g_array_unref);
  options->added = added;
}

void
lens_host_graph_options_close (LensHostGraphOptions *options, const LensSubnet *subnet)
{
  GArray *opened = g_array_new (FALSE, FALSE, sizeof *subnet);

  for (guint i = 0; options->opened != NULL && i < options->opened->len; i++)
    if (!lens_subnet_equal (&g_array_index (options->opened, LensSubnet, i), subnet))
      g_array_append_val (opened, g_array_index (options->opened, LensSubnet, i));
  g_clear_pointer (&options->opened, g_array_unref);
  options->opened = opened;
}

void
lens_host_graph_options_open (LensHostGraphOptions *options, const LensSubnet *subnet)
{
  lens_host_graph_options_close (options, subnet);
  g_array_append_val (options->opened, *subnet);
}

static gboolean
are_same_opened (const GArray *a, const GArray *b)
{
  guint n_a = a != NULL ? a->len : 0, n_b = b != NULL ? b->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!lens_subnet_equal (&g_array_index (a, LensSubnet, i), &g_array_index (b, LensSubnet, i)))
      return FALSE;
  return TRUE;
}

static gboolean
are_equal (const GArray *a, const GArray *b)
{
  guint n_a = a != NULL ? a->len : 0, n_b = b != NULL ? b->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!lens_address_equal (&g_array_index (a, LensAddress, i), &g_array_index (b, LensAddress, i)))
      return FALSE;
  return TRUE;
}

gboolean
lens_host_graph_options_equal (const LensHostGraphOptions *a, const LensHostGraphOptions *b)
{
  return a->weight == b->weight && a->n_hosts == b->n_hosts && !a->show_unspecified == !b->show_unspecified
         && !a->show_names == !b->show_names && a->min_weight == b->min_weight
         && !a->hide_broadcast == !b->hide_broadcast && !a->hide_silent == !b->hide_silent
         && a->group_bits == b->group_bits && are_same_opened (a->opened, b->opened)
         && are_equal (a->added, b->added) && lens_subnet_equal (&a->focus, &b->focus)
         && a->focus_steps == b->focus_steps;
}

static int
compare_descending (guint64 a, guint64 b)
{
  return a > b ? -1 : a < b;
}

int
lens_host_graph_compare_weights (const LensHostGraph *graph,
                                 guint64 packets_a,
                                 guint64 bytes_a,
                                 guint64 packets_b,
                                 guint64 bytes_b)
{
  int by_packets = compare_descending (packets_a, packets_b);
  int by_bytes = compare_descending (bytes_a, bytes_b);

  if (graph->options.weight == LENS_WEIGHT_PAYLOAD)
    return by_bytes != 0 ? by_bytes : by_packets;
  return by_packets != 0 ? by_packets : by_bytes;
}

guint64
lens_host_graph_weigh (const LensHostGraph *graph, guint64 packets, guint64 payload_bytes)
{
  return graph->options.weight == LENS_WEIGHT_PAYLOAD ? payload_bytes : packets;
}

static void
add_labels (LensHostGraph *graph, const LensCapture *capture)
{
  g_autofree LensAddress *addresses = g_new (LensAddress, graph->nodes->len);

  for (guint i = 0; i < graph->nodes->len; i++)
    addresses[i] = g_array_index (graph->nodes, LensGraphNode, i).address;
  graph->labels = lens_host_labels_new (capture, addresses, graph->nodes->len);
}

/* Of hosts: a group's is not its network's address. */
static void
add_short_addresses (LensHostGraph *graph)
{
  g_autofree LensAddress *addresses = g_new0 (LensAddress, graph->nodes->len);

  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const LensGraphNode *node = &g_array_index (graph->nodes, LensGraphNode, i);

      if (node->prefix_bits == 0)
        addresses[i] = node->address;
    }
  graph->short_addresses = lens_addresses_shorten (addresses, graph->nodes->len);
}

static LensHostGraph *
make_graph (const LensAnalysis *analysis, const LensHostGraphOptions *options, GCancellable *cancellable)
{
  gsize n_hosts, n_connections;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n_connections);

  LensHostGraph *graph
      = lens_host_graph_new_from_totals (hosts, n_hosts, connections, n_connections, options, cancellable);

  if (graph == NULL)
    return NULL;
  if (options->show_names)
    add_labels (graph, lens_analysis_get_capture (analysis));
  if (graph->nodes->len > LENS_HOST_GRAPH_ROOMY_NODES)
    add_short_addresses (graph);
  return graph;
}

LensHostGraph *
lens_host_graph_new (const LensAnalysis *analysis, const LensHostGraphOptions *options)
{
  return make_graph (analysis, options, NULL);
}

typedef struct
{
  LensAnalysis *analysis;
  LensHostGraphOptions options;
} GraphJob;

static void
graph_job_free (GraphJob *job)
{
  lens_analysis_unref (job->analysis);
  lens_host_graph_options_clear (&job->options);
  g_free (job);
}

static void
graph_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const GraphJob *job = task_data;

  g_task_return_pointer (task, make_graph (job->analysis, &job->options, cancellable),
                         (GDestroyNotify) lens_host_graph_unref);
}

void
lens_host_graph_new_async (LensAnalysis *analysis,
                           const LensHostGraphOptions *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GraphJob *job = g_new (GraphJob, 1);

  *job = (GraphJob){ lens_analysis_ref (analysis), lens_host_graph_options_copy (options) };
  g_task_set_task_data (task, job, (GDestroyNotify) graph_job_free);
  g_task_set_check_cancellable (task, FALSE);
  lens_worker_run (task, graph_worker);
}

LensHostGraph *
lens_host_graph_new_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

LensHostGraph *
lens_host_graph_ref (LensHostGraph *graph)
{
  g_atomic_ref_count_inc (&graph->ref_count);
  return graph;
}

void
lens_host_graph_unref (LensHostGraph *graph)
{
  if (!g_atomic_ref_count_dec (&graph->ref_count))
    return;
  g_array_unref (graph->nodes);
  g_array_unref (graph->edges);
  g_strfreev (graph->labels);
  g_strfreev (graph->short_addresses);
  lens_host_graph_options_clear (&graph->options);
  g_clear_pointer (&graph->index, lens_address_index_free);
  g_free (graph->addresses);
  g_free (graph->node_of);
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

const LensGraphHidden *
lens_host_graph_get_hidden (const LensHostGraph *graph)
{
  return &graph->hidden;
}

gboolean
lens_host_graph_find_node (const LensHostGraph *graph, const LensAddress *address, gsize *node)
{
  guint32 host = lens_address_index_find (graph->index, address);

  if (host == LENS_ADDRESS_NONE || graph->node_of[host] == LENS_NO_NODE)
    return FALSE;
  if (node != NULL)
    *node = graph->node_of[host];
  return TRUE;
}

gboolean
lens_host_graph_has_own_node (const LensHostGraph *graph, const LensAddress *address, gsize *node)
{
  gsize found;

  if (!lens_host_graph_find_node (graph, address, &found) || lens_host_graph_is_group (graph, found, NULL)
      || !lens_address_equal (&g_array_index (graph->nodes, LensGraphNode, found).address, address))
    return FALSE;
  if (node != NULL)
    *node = found;
  return TRUE;
}

gboolean
lens_host_graph_is_group (const LensHostGraph *graph, gsize node, LensSubnet *subnet)
{
  const LensGraphNode *found;

  g_return_val_if_fail (node < graph->nodes->len, FALSE);

  found = &g_array_index (graph->nodes, LensGraphNode, node);
  if (found->prefix_bits == 0)
    return FALSE;
  if (subnet != NULL)
    *subnet = lens_subnet_of (&found->address, found->prefix_bits);
  return TRUE;
}

gboolean
lens_host_graph_find_opened (const LensHostGraph *graph, const LensAddress *address, LensSubnet *subnet)
{
  const GArray *opened = graph->options.opened;

  for (guint i = 0; graph->options.group_bits > 0 && opened != NULL && i < opened->len; i++)
    if (lens_subnet_contains (&g_array_index (opened, LensSubnet, i), address))
      {
        *subnet = g_array_index (opened, LensSubnet, i);
        return TRUE;
      }
  return FALSE;
}

gsize
lens_host_graph_count_own (const LensHostGraph *graph)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  gsize n_nodes = graph->nodes->len;

  return n_nodes > 0 && nodes[n_nodes - 1].address.version == 0 ? n_nodes - 1 : n_nodes;
}

gsize
lens_host_graph_count_more (const LensHostGraph *graph)
{
  gsize others = lens_host_graph_count_own (graph);
  gsize n_nodes;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, &n_nodes);

  if (others == n_nodes)
    return 0;
  return MIN (MIN (LENS_HOST_GRAPH_MORE_HOSTS, nodes[others].n_parts), LENS_HOST_GRAPH_MAX_NODES - n_nodes);
}

static char *
describe_group (const LensGraphNode *node)
{
  LensSubnet subnet = lens_subnet_of (&node->address, node->prefix_bits);
  g_autofree char *count = lens_format_count (node->n_hosts);
  char text[LENS_SUBNET_TEXT_SIZE];

  /* Translators: a range of addresses and how many hosts of it there are: "10.1.2.0/24 · 17 hosts". */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s · %s host", "%s · %s hosts", (gulong) node->n_hosts),
      lens_subnet_format (&subnet, text), count);
}

const char *
lens_graph_node_format (const LensGraphNode *node, char buffer[LENS_SUBNET_TEXT_SIZE])
{
  LensSubnet subnet = { .network = node->address, .prefix_bits = node->prefix_bits };

  if (node->address.version == 0)
    *buffer = '\0';
  else if (node->prefix_bits != 0)
    lens_subnet_format (&subnet, buffer);
  else
    lens_address_format (&node->address, buffer);
  return buffer;
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
  if (found->prefix_bits > 0)
    return describe_group (found);
  return g_strdup (graph->labels != NULL ? graph->labels[node] : lens_address_format (&found->address, text));
}

char *
lens_host_graph_describe_node_in_short (const LensHostGraph *graph, gsize node)
{
  g_autofree char *whole = lens_host_graph_describe_node (graph, node);
  const LensGraphNode *found = &g_array_index (graph->nodes, LensGraphNode, node);
  char text[LENS_SUBNET_TEXT_SIZE];

  /* A name that the capture has for it stays. */
  return graph->short_addresses != NULL && strcmp (whole, lens_graph_node_format (found, text)) == 0
             ? g_strdup (graph->short_addresses[node])
             : g_steal_pointer (&whole);
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

static double
get_share (guint64 weight, guint64 strongest)
{
  return strongest > 0 ? MIN ((double) weight / (double) strongest, 1) : 0;
}

double
lens_host_graph_get_edge_strength (const LensHostGraph *graph, gsize edge)
{
  const LensGraphEdge *found;

  g_return_val_if_fail (edge < graph->edges->len, 0);

  found = &g_array_index (graph->edges, LensGraphEdge, edge);
  return get_share (lens_host_graph_weigh (graph, found->packets, found->payload_bytes), graph->strongest);
}

double
lens_host_graph_get_node_strength (const LensHostGraph *graph, gsize node)
{
  const LensGraphNode *found;

  g_return_val_if_fail (node < graph->nodes->len, 0);

  found = &g_array_index (graph->nodes, LensGraphNode, node);
  return get_share (lens_host_graph_weigh (graph, found->packets, found->payload_bytes),
                    graph->strongest_node);
}

/* "312 hosts" */
static char *
describe_n_hosts (gsize n_hosts)
{
  g_autofree char *count = lens_format_count (n_hosts);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s host", "%s hosts", (gulong) n_hosts), count);
}

char *
lens_host_graph_describe_hidden (const LensHostGraph *graph)
{
  const LensGraphHidden *hidden = &graph->hidden;
  g_autofree char *hosts = NULL;
  g_autofree char *connections_count = lens_format_count (hidden->n_connections);
  g_autofree char *connections = NULL;
  g_autofree char *packets_count = lens_format_count (hidden->packets);
  g_autofree char *packets = NULL;
  gsize n_hosts = 0;

  for (gsize i = LENS_HIDDEN_NOT + 1; i < LENS_N_HIDDEN; i++)
    n_hosts += hidden->n_hosts[i];
  if (n_hosts == 0 && hidden->n_connections == 0)
    return NULL;
  hosts = describe_n_hosts (n_hosts);
  connections = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s connection", "%s connections", (gulong) hidden->n_connections),
      connections_count);
  packets = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s packet", "%s packets", (gulong) hidden->packets), packets_count);
  /* Translators: "3 hosts", "5 connections", "70 packets". */
  return g_strdup_printf (_ ("Hidden: %s and %s with %s"), hosts, connections, packets);
}

char *
lens_host_graph_describe_hidden_reasons (const LensHostGraph *graph)
{
  static const char *const reasons[LENS_N_HIDDEN] = {
    [LENS_HIDDEN_UNSPECIFIED] = N_ ("0.0.0.0, :: or 255.255.255.255"),
    [LENS_HIDDEN_BROADCAST] = N_ ("broadcast and multicast"),
    [LENS_HIDDEN_SILENT] = N_ ("never answered"),
    [LENS_HIDDEN_WEAK] = N_ ("with weak connections only"),
    [LENS_HIDDEN_FAR] = N_ ("too far from what is in focus"),
  };
  GString *text = g_string_new (NULL);

  for (gsize i = LENS_HIDDEN_NOT + 1; i < LENS_N_HIDDEN; i++)
    {
      g_autofree char *hosts = describe_n_hosts (graph->hidden.n_hosts[i]);

      if (graph->hidden.n_hosts[i] > 0)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", hosts, _ (reasons[i]));
    }
  return g_string_free (text, text->len == 0);
}
