#include "lens-graph-edges.h"

#include "lens-graph-drawing.h"
#include "lens-worker.h"

#include <math.h>

/* Of so many only those in view are drawn, and only once somebody has stopped zooming. */
#define MANY_EDGES 200
#define DELAY_MS 120

/* So few are drawn within a frame, by the way. */
#define FEW_EDGES 40

/* How much is seen of the other edges where a node's neighbours stand out. */
#define FAR_OPACITY 0.12

/* What was drawn last. */
typedef struct
{
  GskRenderNode *node;   /* owned (nullable) */
  graphene_rect_t drawn; /* what is there of them, in units of the scene then */
  LensViewport seen;     /* what was seen when they were recorded last */
  double spread;         /* of the scene when they were recorded */
  gboolean is_stale;     /* they are to be recorded anew, and shown until that is done */
  struct Job *job;       /* that draws them (nullable) */
} Layer;

struct _LensGraphEdges
{
  GtkWidget *widget;
  Layer all;
  Layer near;       /* those of the node whose neighbours stand out */
  guint timeout_id; /* until all are recorded anew */
  gsize n_undrawn;  /* of all, because there are so many */
  gsize n_edges;    /* when they were counted */
  guint changed_id; /* until that is told */
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

/* A worker that draws; freed where it ends. */
typedef struct Job
{
  LensGraphEdges *edges;
  Layer *layer; /* NULL: nobody waits for it any more, and the edges may be gone */
  LensGraphDrawing *drawing;
  double spread;
} Job;

LensGraphEdges *
lens_graph_edges_new (GtkWidget *widget, void (*changed) (gpointer user_data), gpointer user_data)
{
  LensGraphEdges *edges = g_new0 (LensGraphEdges, 1);

  edges->widget = widget;
  edges->changed = changed;
  edges->user_data = user_data;
  return edges;
}

static void
leave_job (Layer *layer)
{
  if (layer->job != NULL)
    layer->job->layer = NULL;
  layer->job = NULL;
}

static void
clear_layer (Layer *layer)
{
  leave_job (layer);
  g_clear_pointer (&layer->node, gsk_render_node_unref);
}

static gboolean
changed_cb (gpointer user_data)
{
  LensGraphEdges *edges = user_data;

  edges->changed_id = 0;
  edges->changed (edges->user_data);
  return G_SOURCE_REMOVE;
}

/* Few are drawn in the middle of a frame, when nothing else may change. */
static void
set_n_undrawn (LensGraphEdges *edges, gsize n_undrawn, gsize n_edges)
{
  if (edges->n_undrawn == n_undrawn && edges->n_edges == n_edges)
    return;
  edges->n_undrawn = n_undrawn;
  edges->n_edges = n_edges;
  if (edges->changed_id == 0)
    edges->changed_id = g_idle_add (changed_cb, edges);
}

gsize
lens_graph_edges_get_n_undrawn (const LensGraphEdges *edges)
{
  return edges->n_undrawn;
}

void
lens_graph_edges_clear_near (LensGraphEdges *edges)
{
  clear_layer (&edges->near);
}

void
lens_graph_edges_drop_near (LensGraphEdges *edges)
{
  edges->near.is_stale = TRUE;
}

static void
clear (LensGraphEdges *edges)
{
  g_clear_handle_id (&edges->timeout_id, g_source_remove);
  clear_layer (&edges->all);
  clear_layer (&edges->near);
}

void
lens_graph_edges_free (LensGraphEdges *edges)
{
  clear (edges);
  g_clear_handle_id (&edges->changed_id, g_source_remove);
  g_free (edges);
}

void
lens_graph_edges_clear (LensGraphEdges *edges)
{
  clear (edges);
  gtk_widget_queue_draw (edges->widget);
}

void
lens_graph_edges_reset (LensGraphEdges *edges)
{
  lens_graph_edges_clear (edges);
  set_n_undrawn (edges, 0, 0);
}

void
lens_graph_edges_drop (LensGraphEdges *edges)
{
  g_clear_handle_id (&edges->timeout_id, g_source_remove);
  lens_graph_edges_drop_near (edges);
  /* What is being drawn is shown when it is done, and then drawn anew: so they follow a node that is dragged. */
  edges->all.is_stale = TRUE;
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

static gsize
get_n_edges (const LensGraphScene *scene)
{
  gsize n_edges;

  lens_host_graph_get_edges (scene->graph, &n_edges);
  return n_edges;
}

static gboolean
has_many_edges (const LensGraphScene *scene)
{
  return get_n_edges (scene) >= MANY_EDGES;
}

void
lens_graph_edges_renew (LensGraphEdges *edges, const LensGraphScene *scene)
{
  lens_graph_edges_drop_near (edges);
  if (!has_many_edges (scene) || edges->all.node == NULL)
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
is_elsewhere (const LensGraphEdges *edges,
              const Layer *layer,
              const LensGraphScene *scene,
              const LensViewport *viewport)
{
  const LensViewport *seen = &layer->seen;
  gboolean has_moved = fabs (seen->zoom - viewport->zoom) > 0 || fabs (seen->shift_x - viewport->shift_x) > 0
                       || fabs (seen->shift_y - viewport->shift_y) > 0;

  return has_moved && has_many_edges (scene) && lens_graph_scene_is_as_recorded (scene)
         && !lens_graph_drawing_covers (&layer->drawn, scene, edges->widget, viewport);
}

static void
append (GtkSnapshot *snapshot, const Layer *layer, const LensViewport *viewport)
{
  double scale = viewport->zoom / layer->spread;

  if (layer->node == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) viewport->shift_x, (float) viewport->shift_y));
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gtk_snapshot_append_node (snapshot, layer->node);
  gtk_snapshot_restore (snapshot);
}

static void
draw_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  lens_graph_drawing_run (((Job *) task_data)->drawing);
  g_task_return_boolean (task, TRUE);
}

/* Takes what was drawn. */
static void
fill_layer (LensGraphEdges *edges, Layer *layer, LensGraphDrawing *drawing, double spread)
{
  g_clear_pointer (&layer->node, gsk_render_node_unref);
  layer->node = lens_graph_drawing_to_node (drawing, edges->widget);
  layer->drawn = lens_graph_drawing_get_bounds (drawing);
  layer->spread = spread;
  if (layer == &edges->all)
    {
      gsize n_edges;
      gsize n_undrawn = lens_graph_drawing_get_n_undrawn (drawing, &n_edges);

      set_n_undrawn (edges, n_undrawn, n_edges);
    }
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;

  if (job->layer != NULL)
    {
      job->layer->job = NULL;
      fill_layer (job->edges, job->layer, job->drawing, job->spread);
      gtk_widget_queue_draw (job->edges->widget);
    }
  lens_graph_drawing_free (job->drawing);
  g_free (job);
}

/* Few at once; others by a worker, unless all of them are a picture too large for one. */
static void
record (LensGraphEdges *edges,
        Layer *layer,
        const LensGraphScene *scene,
        const LensViewport *viewport,
        const LensGraphMarks *marks)
{
  gboolean is_many = has_many_edges (scene);
  LensGraphDrawing *drawing = lens_graph_drawing_new (scene, edges->widget, marks, is_many ? viewport : NULL);
  g_autoptr (GTask) task = NULL;

  layer->is_stale = FALSE;
  layer->seen = *viewport;
  if (!is_many && (get_n_edges (scene) < FEW_EDGES || !lens_graph_drawing_is_small (drawing)))
    {
      if (lens_graph_drawing_is_small (drawing))
        lens_graph_drawing_run (drawing);
      fill_layer (edges, layer, drawing, scene->spread);
      lens_graph_drawing_free (drawing);
      return;
    }
  layer->job = g_new0 (Job, 1);
  *layer->job = (Job){ edges, layer, drawing, scene->spread };
  task = g_task_new (NULL, NULL, drawn_cb, layer->job);
  g_task_set_task_data (task, layer->job, NULL);
  lens_worker_run (task, draw_worker);
}

/* Whether they are to be recorded, and nobody does it yet. */
static gboolean
is_to_be_recorded (const LensGraphEdges *edges,
                   const Layer *layer,
                   const LensGraphScene *scene,
                   const LensViewport *viewport)
{
  return layer->job == NULL
         && (layer->node == NULL || layer->is_stale || is_elsewhere (edges, layer, scene, viewport));
}

void
lens_graph_edges_snapshot (LensGraphEdges *edges,
                           LensGraphScene *scene,
                           const LensViewport *viewport,
                           const LensGraphMarks *marks,
                           const LensGraphMarks *near,
                           GtkSnapshot *snapshot)
{
  gboolean has_near;

  if (is_to_be_recorded (edges, &edges->all, scene, viewport))
    {
      /* What they were to be recorded for later is there now. */
      g_clear_handle_id (&edges->timeout_id, g_source_remove);
      lens_graph_scene_set_is_recorded (scene);
      /* For the tests: nobody sees that they are drawn once too often. */
      g_debug ("The edges of the graph are drawn anew");
      record (edges, &edges->all, scene, viewport, marks);
    }
  if (near != NULL && is_to_be_recorded (edges, &edges->near, scene, viewport))
    record (edges, &edges->near, scene, viewport, near);

  /* The others stay as they are until there is what stands out. */
  has_near = near != NULL && edges->near.node != NULL;
  if (has_near)
    gtk_snapshot_push_opacity (snapshot, FAR_OPACITY);
  append (snapshot, &edges->all, viewport);
  if (has_near)
    {
      gtk_snapshot_pop (snapshot);
      append (snapshot, &edges->near, viewport);
    }
}
