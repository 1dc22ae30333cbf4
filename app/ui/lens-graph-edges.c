#include "lens-graph-edges.h"

#define MANY_EDGES 200
#define DELAY_MS 120

/* How much is seen of the other edges where a node's neighbours stand out. */
#define FAR_OPACITY 0.12

struct _LensGraphEdges
{
  GtkWidget *widget;
  GskRenderNode *all;  /* owned (nullable) */
  GskRenderNode *near; /* owned (nullable): of the node whose neighbours stand out */
  double spread;       /* of the scene when all were recorded */
  guint timeout_id;    /* until they are recorded anew */
};

LensGraphEdges *
lens_graph_edges_new (GtkWidget *widget)
{
  LensGraphEdges *edges = g_new0 (LensGraphEdges, 1);

  edges->widget = widget;
  return edges;
}

void
lens_graph_edges_drop_near (LensGraphEdges *edges)
{
  g_clear_pointer (&edges->near, gsk_render_node_unref);
}

static void
clear (LensGraphEdges *edges)
{
  g_clear_handle_id (&edges->timeout_id, g_source_remove);
  g_clear_pointer (&edges->all, gsk_render_node_unref);
  lens_graph_edges_drop_near (edges);
}

void
lens_graph_edges_free (LensGraphEdges *edges)
{
  clear (edges);
  g_free (edges);
}

void
lens_graph_edges_drop (LensGraphEdges *edges)
{
  clear (edges);
  gtk_widget_queue_draw (edges->widget);
}

static gboolean
timeout_cb (gpointer user_data)
{
  LensGraphEdges *edges = user_data;

  edges->timeout_id = 0;
  lens_graph_edges_drop (edges);
  return G_SOURCE_REMOVE;
}

void
lens_graph_edges_renew (LensGraphEdges *edges, const LensGraphScene *scene)
{
  gsize n_edges;

  lens_graph_edges_drop_near (edges);
  lens_host_graph_get_edges (scene->graph, &n_edges);
  if (n_edges < MANY_EDGES || edges->all == NULL)
    {
      lens_graph_edges_drop (edges);
      return;
    }
  g_clear_handle_id (&edges->timeout_id, g_source_remove);
  edges->timeout_id = g_timeout_add (DELAY_MS, timeout_cb, edges);
}

/* @spread: of the scene when they were recorded. */
static void
append (GtkSnapshot *snapshot, GskRenderNode *node, const LensViewport *viewport, double spread)
{
  double scale = viewport->zoom / spread;

  if (node == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) viewport->shift_x, (float) viewport->shift_y));
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}

void
lens_graph_edges_snapshot (LensGraphEdges *edges,
                           LensGraphScene *scene,
                           const LensViewport *viewport,
                           const LensGraphMarks *marks,
                           const LensGraphMarks *near,
                           GtkSnapshot *snapshot)
{
  if (edges->all == NULL)
    {
      edges->all = lens_graph_scene_record_edges (scene, edges->widget, marks);
      edges->spread = scene->spread;
    }
  if (near != NULL && edges->near == NULL)
    edges->near = lens_graph_scene_record_edges (scene, edges->widget, near);

  if (near != NULL)
    gtk_snapshot_push_opacity (snapshot, FAR_OPACITY);
  append (snapshot, edges->all, viewport, edges->spread);
  if (near != NULL)
    {
      gtk_snapshot_pop (snapshot);
      append (snapshot, edges->near, viewport, scene->spread);
    }
}
