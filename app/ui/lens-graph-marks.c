#include "lens-graph-marks.h"

#include <string.h>

struct _LensGraphMarks
{
  grefcount ref_count;
  gboolean is_everything;
  guint8 *nodes; /* owned, one a node */
  guint8 *edges; /* owned, one an edge */
  gsize n_nodes;
  LensGraphEmphasis emphasis;
};

/* From the address of a node to its index + 1; "others" is under no address. */
static GHashTable *
index_nodes (const LensGraphNode *nodes, gsize n_nodes, gsize *others)
{
  GHashTable *index = g_hash_table_new (lens_address_table_hash, lens_address_table_equal);

  *others = G_MAXSIZE;
  for (gsize i = 0; i < n_nodes; i++)
    {
      if (nodes[i].address.version == 0)
        *others = i;
      else
        g_hash_table_insert (index, (gpointer) &nodes[i].address, GSIZE_TO_POINTER (i + 1));
    }
  return index;
}

/* An address that is no node is one of the others. */
static gsize
find_node (GHashTable *index, const LensAddress *address, gsize others)
{
  gsize found = GPOINTER_TO_SIZE (g_hash_table_lookup (index, address));

  return found > 0 ? found - 1 : others;
}

static gint64 *
edge_key_new (gsize source, gsize destination)
{
  gint64 *key = g_new (gint64, 1);

  *key = (gint64) source * LENS_HOST_GRAPH_MAX_NODES + (gint64) destination;
  return key;
}

static void
mark_connections (LensGraphMarks *marks, const LensHostGraph *graph, const LensAnalysis *analysis)
{
  gsize n_edges, n_connections, others;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, &marks->n_nodes);
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n_connections);
  gboolean show_unspecified = lens_host_graph_get_options (graph)->show_unspecified;
  g_autoptr (GHashTable) index = index_nodes (nodes, marks->n_nodes, &others);
  g_autoptr (GHashTable) passing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < n_connections; i++)
    {
      const LensConnectionTotals *connection = &connections[i];
      gsize source, destination;

      if (!show_unspecified
          && (lens_address_is_unspecified_or_broadcast (connection->source)
              || lens_address_is_unspecified_or_broadcast (connection->destination)))
        continue;
      source = find_node (index, connection->source, others);
      destination = find_node (index, connection->destination, others);
      if (source == G_MAXSIZE || destination == G_MAXSIZE)
        continue;
      marks->nodes[source] = marks->nodes[destination] = 1;
      g_hash_table_add (passing, edge_key_new (source, destination));
    }

  for (gsize i = 0; i < n_edges; i++)
    {
      g_autofree gint64 *key = edge_key_new (edges[i].source, edges[i].destination);

      marks->edges[i] = g_hash_table_contains (passing, key);
    }
}

LensGraphMarks *
lens_graph_marks_new (const LensHostGraph *graph, const LensAnalysis *analysis)
{
  LensGraphMarks *marks = g_new0 (LensGraphMarks, 1);
  gsize n_edges;

  g_ref_count_init (&marks->ref_count);
  marks->is_everything = analysis == NULL || lens_filter_passes_all (lens_analysis_get_filter (analysis));
  lens_host_graph_get_nodes (graph, &marks->n_nodes);
  lens_host_graph_get_edges (graph, &n_edges);
  marks->nodes = g_new0 (guint8, marks->n_nodes);
  marks->edges = g_new0 (guint8, n_edges);
  marks->emphasis = (LensGraphEmphasis){ marks->nodes, marks->edges };
  if (!marks->is_everything)
    mark_connections (marks, graph, analysis);
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
