#include "lens-graph-marks.h"

#include "lens-worker.h"

#include <string.h>

/* Whether somebody still wants them is asked of every so many connections. */
#define ROWS_A_LOOK 4096

struct _LensGraphMarks
{
  grefcount ref_count;
  gboolean is_everything;
  guint8 *nodes;                 /* owned, one a node */
  guint8 *edges;                 /* owned, one an edge */
  LensHostTotals *nodes_passed;  /* owned (nullable), one a node */
  LensGraphPassed *edges_passed; /* owned (nullable), one an edge */
  gsize n_nodes;
  LensGraphEmphasis emphasis;
};

/* Left unfinished where it is cancelled. */
static void
mark_connections (LensGraphMarks *marks,
                  const LensHostGraph *graph,
                  const LensAnalysis *analysis,
                  GCancellable *cancellable)
{
  gsize n_edges, n_connections, n_nodes = marks->n_nodes;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n_connections);
  g_autofree guint32 *edge_of
      = g_new0 (guint32, n_nodes * n_nodes); /* by source and destination: index + 1 */

  marks->edges_passed = g_new0 (LensGraphPassed, n_edges + 1);
  for (gsize i = 0; i < n_edges; i++)
    edge_of[edges[i].source * n_nodes + edges[i].destination] = (guint32) (i + 1);
  for (gsize i = 0; i < n_connections; i++)
    {
      gsize source, destination;
      guint32 edge;

      if (i % ROWS_A_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        return;
      if (!lens_host_graph_find_node (graph, connections[i].source, &source)
          || !lens_host_graph_find_node (graph, connections[i].destination, &destination))
        continue;
      marks->nodes[source] = marks->nodes[destination] = 1;
      edge = edge_of[source * n_nodes + destination];
      if (edge == 0)
        continue;
      marks->edges[edge - 1] = 1;
      marks->edges_passed[edge - 1].packets += connections[i].packets;
      marks->edges_passed[edge - 1].payload_bytes += connections[i].payload_bytes;
    }
}

static void
add_hosts (LensGraphMarks *marks,
           const LensHostGraph *graph,
           const LensAnalysis *analysis,
           GCancellable *cancellable)
{
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);

  marks->nodes_passed = g_new0 (LensHostTotals, marks->n_nodes + 1);
  for (gsize i = 0; i < n_hosts; i++)
    {
      LensHostTotals *passed;
      gsize node;

      if (i % ROWS_A_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        return;
      if (!lens_host_graph_find_node (graph, &hosts[i].address, &node))
        continue;
      passed = &marks->nodes_passed[node];
      passed->sent_packets += hosts[i].sent_packets;
      passed->sent_payload_bytes += hosts[i].sent_payload_bytes;
      passed->received_packets += hosts[i].received_packets;
      passed->received_payload_bytes += hosts[i].received_payload_bytes;
      if (nodes[node].n_hosts == 1)
        passed->inter_arrival = hosts[i].inter_arrival;
    }
  for (gsize i = 0; i < marks->n_nodes; i++)
    marks->nodes_passed[i].address = nodes[i].address;
}

static LensGraphMarks *
new_marks (const LensHostGraph *graph)
{
  LensGraphMarks *marks = g_new0 (LensGraphMarks, 1);
  gsize n_edges;

  g_ref_count_init (&marks->ref_count);
  lens_host_graph_get_nodes (graph, &marks->n_nodes);
  lens_host_graph_get_edges (graph, &n_edges);
  marks->nodes = g_new0 (guint8, marks->n_nodes);
  marks->edges = g_new0 (guint8, n_edges);
  marks->emphasis = (LensGraphEmphasis){ marks->nodes, marks->edges, FALSE };
  return marks;
}

static gboolean
passes_all (const LensAnalysis *analysis)
{
  return analysis == NULL || lens_filter_passes_all (lens_analysis_get_filter (analysis));
}

static LensGraphMarks *
make_marks (const LensHostGraph *graph, const LensAnalysis *analysis, GCancellable *cancellable)
{
  LensGraphMarks *marks = new_marks (graph);

  marks->is_everything = passes_all (analysis);
  if (!marks->is_everything)
    {
      mark_connections (marks, graph, analysis, cancellable);
      add_hosts (marks, graph, analysis, cancellable);
    }
  if (g_cancellable_is_cancelled (cancellable))
    g_clear_pointer (&marks, lens_graph_marks_unref);
  return marks;
}

typedef struct
{
  LensHostGraph *graph;
  LensAnalysis *analysis; /* (nullable) */
} MarksJob;

static void
marks_job_free (MarksJob *job)
{
  lens_host_graph_unref (job->graph);
  g_clear_pointer (&job->analysis, lens_analysis_unref);
  g_free (job);
}

static void
marks_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const MarksJob *job = task_data;

  g_task_return_pointer (task, make_marks (job->graph, job->analysis, cancellable),
                         (GDestroyNotify) lens_graph_marks_unref);
}

void
lens_graph_marks_new_async (LensHostGraph *graph,
                            LensAnalysis *analysis,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  MarksJob *job = g_new (MarksJob, 1);

  *job = (MarksJob){ lens_host_graph_ref (graph), analysis != NULL ? lens_analysis_ref (analysis) : NULL };
  g_task_set_task_data (task, job, (GDestroyNotify) marks_job_free);
  g_task_set_check_cancellable (task, FALSE);
  /* Where there is nothing to look for, nothing waits for a thread. */
  if (passes_all (analysis))
    marks_worker (task, NULL, job, cancellable);
  else
    lens_worker_run (task, marks_worker);
}

LensGraphMarks *
lens_graph_marks_new_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

LensGraphMarks *
lens_graph_marks_new_near (const LensHostGraph *graph, gsize node)
{
  LensGraphMarks *marks = new_marks (graph);
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

  marks->emphasis.hides_rest = TRUE;
  marks->nodes[node] = 1;
  for (gsize i = 0; i < n_edges; i++)
    if (edges[i].source == node || edges[i].destination == node)
      marks->edges[i] = marks->nodes[edges[i].source] = marks->nodes[edges[i].destination] = 1;
  return marks;
}

LensGraphMarks *
lens_graph_marks_ref (LensGraphMarks *marks)
{
  g_ref_count_inc (&marks->ref_count);
  return marks;
}

void
lens_graph_marks_unref (LensGraphMarks *marks)
{
  if (!g_ref_count_dec (&marks->ref_count))
    return;
  g_free (marks->nodes);
  g_free (marks->nodes_passed);
  g_free (marks->edges_passed);
  g_free (marks->edges);
  g_free (marks);
}

const LensGraphEmphasis *
lens_graph_marks_get_emphasis (const LensGraphMarks *marks)
{
  return marks == NULL || marks->is_everything ? NULL : &marks->emphasis;
}

gboolean
lens_graph_marks_has_node (const LensGraphMarks *marks, gsize node)
{
  return marks == NULL || marks->is_everything || (node < marks->n_nodes && marks->nodes[node] != 0);
}

const LensHostTotals *
lens_graph_marks_get_node_passed (const LensGraphMarks *marks, gsize node)
{
  return marks != NULL && marks->nodes_passed != NULL && node < marks->n_nodes ? &marks->nodes_passed[node]
                                                                               : NULL;
}

const LensGraphPassed *
lens_graph_marks_get_edge_passed (const LensGraphMarks *marks, gsize edge)
{
  return marks != NULL && marks->edges_passed != NULL ? &marks->edges_passed[edge] : NULL;
}

LensFilterTerm
lens_graph_marks_get_node_term (const LensGraphNode *node)
{
  LensSubnet subnet = { .network = node->address, .prefix_bits = node->prefix_bits };

  return node->prefix_bits == 0 ? lens_filter_term_host (&node->address)
                                : lens_filter_term_subnet (&subnet, LENS_PORT_EITHER);
}

gboolean
lens_graph_marks_get_edge_term (const LensHostGraph *graph,
                                const LensGraphEdge *edge,
                                gboolean is_either_way,
                                LensFilterTerm *term)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  const gsize ends[2] = { edge->source, edge->destination };
  LensSubnet subnets[2];

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const LensGraphNode *node = &nodes[ends[i]];

      if (node->address.version == 0)
        return FALSE;
      subnets[i] = lens_subnet_of_host_or_group (&node->address, node->prefix_bits);
    }
  *term = lens_filter_term_subnets (&subnets[0], &subnets[1], is_either_way);
  return TRUE;
}
