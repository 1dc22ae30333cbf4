#include "lens-graph-edges.h"

#include "lens-graph-drawing.h"

#include <math.h>

#define MANY_EDGES 200
#define DELAY_MS 120

/* How much is seen of the other edges where a node's neighbours stand out. */
#define FAR_OPACITY 0.12

struct _LensGraphEdges
{
  GtkWidget *widget;
  GskRenderNode *all;    /* owned (nullable) */
  GskRenderNode *near;   /* owned (nullable): of the node whose neighbours stand out */
  graphene_rect_t drawn; /* what is there of all, in units of the scene then */
  LensViewport seen;     /* what was seen when all were recorded last */
  double spread;         /* of the scene when all were recorded */
  guint timeout_id;      /* until they are recorded anew */
  gboolean is_stale;     /* all are to be recorded anew, and shown until that is done */
  struct Job *job;       /* that draws them (nullable) */
};

/* A worker that draws; freed where it ends. */
typedef struct Job
{
  LensGraphEdges *edges; /* NULL: nobody waits for it any more */
  LensGraphDrawing *drawing;
  double spread;
} Job;

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
leave_job (LensGraphEdges *edges)
{
  if (edges->job != NULL)
    edges->job->edges = NULL;
  edges->job = NULL;
}

static void
clear (LensGraphEdges *edges)
{
  leave_job (edges);
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
lens_graph_edges_clear (LensGraphEdges *edges)
{
  clear (edges);
  gtk_widget_queue_draw (edges->widget);
}

void
lens_graph_edges_drop (LensGraphEdges *edges)
{
  g_clear_handle_id (&edges->timeout_id, g_source_remove);
  lens_graph_edges_drop_near (edges);
  leave_job (edges);
  edges->is_stale = TRUE;
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

static gboolean
has_many_edges (const LensGraphScene *scene)
{
  gsize n_edges;

  lens_host_graph_get_edges (scene->graph, &n_edges);
  return n_edges >= MANY_EDGES;
}

void
lens_graph_edges_renew (LensGraphEdges *edges, const LensGraphScene *scene)
{
  lens_graph_edges_drop_near (edges);
  if (!has_many_edges (scene) || edges->all == NULL)
    {
      lens_graph_edges_drop (edges);
      return;
    }
  g_clear_handle_id (&edges->timeout_id, g_source_remove);
  edges->timeout_id = g_timeout_add (DELAY_MS, timeout_cb, edges);
}

/* Whether somebody has moved on to where nothing is drawn: at a large zoom only a part of many is. Where nobody has moved there is
 * nothing more to be had. */
static gboolean
is_elsewhere (const LensGraphEdges *edges, const LensGraphScene *scene, const LensViewport *viewport)
{
  const LensViewport *seen = &edges->seen;
  gboolean has_moved = fabs (seen->zoom - viewport->zoom) > 0 || fabs (seen->shift_x - viewport->shift_x) > 0
                       || fabs (seen->shift_y - viewport->shift_y) > 0;

  return has_moved && has_many_edges (scene) && lens_graph_scene_is_as_recorded (scene)
         && !lens_graph_drawing_covers (&edges->drawn, scene, edges->widget, viewport);
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

static void
draw_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  lens_graph_drawing_run (((Job *) task_data)->drawing);
  g_task_return_boolean (task, TRUE);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  LensGraphEdges *edges = job->edges;

  if (edges != NULL)
    {
      g_clear_pointer (&edges->all, gsk_render_node_unref);
      edges->all = lens_graph_drawing_to_node (job->drawing);
      edges->drawn = lens_graph_drawing_get_bounds (job->drawing);
      edges->spread = job->spread;
      edges->job = NULL;
      gtk_widget_queue_draw (edges->widget);
    }
  lens_graph_drawing_free (job->drawing);
  g_free (job);
}

static GskRenderNode *
record_now (LensGraphDrawing *drawing)
{
  GskRenderNode *node;

  if (lens_graph_drawing_is_small (drawing))
    lens_graph_drawing_run (drawing);
  node = lens_graph_drawing_to_node (drawing);
  lens_graph_drawing_free (drawing);
  return node;
}

/* Few at once, so that they follow a node that is dragged; many by a worker. */
static void
record (LensGraphEdges *edges,
        LensGraphScene *scene,
        const LensViewport *viewport,
        const LensGraphMarks *marks)
{
  LensGraphDrawing *drawing;
  g_autoptr (GTask) task = NULL;

  edges->is_stale = FALSE;
  edges->seen = *viewport;
  lens_graph_scene_set_is_recorded (scene);
  drawing = lens_graph_drawing_new (scene, edges->widget, marks, has_many_edges (scene) ? viewport : NULL);
  if (!has_many_edges (scene))
    {
      edges->drawn = lens_graph_drawing_get_bounds (drawing);
      g_clear_pointer (&edges->all, gsk_render_node_unref);
      edges->all = record_now (drawing);
      edges->spread = scene->spread;
      return;
    }
  edges->job = g_new0 (Job, 1);
  *edges->job = (Job){ edges, drawing, scene->spread };
  task = g_task_new (NULL, NULL, drawn_cb, edges->job);
  g_task_set_task_data (task, edges->job, NULL);
  g_task_run_in_thread (task, draw_worker);
}

void
lens_graph_edges_snapshot (LensGraphEdges *edges,
                           LensGraphScene *scene,
                           const LensViewport *viewport,
                           const LensGraphMarks *marks,
                           const LensGraphMarks *near,
                           GtkSnapshot *snapshot)
{
  if (edges->job == NULL && edges->all != NULL && is_elsewhere (edges, scene, viewport))
    edges->is_stale = TRUE;
  if (edges->job == NULL && (edges->all == NULL || edges->is_stale))
    record (edges, scene, viewport, marks);
  if (near != NULL && edges->near == NULL)
    edges->near = record_now (lens_graph_drawing_new (scene, edges->widget, near, NULL));

  if (near != NULL)
    gtk_snapshot_push_opacity (snapshot, FAR_OPACITY);
  append (snapshot, edges->all, viewport, edges->spread);
  if (near != NULL)
    {
      gtk_snapshot_pop (snapshot);
      append (snapshot, edges->near, viewport, scene->spread);
    }
}
