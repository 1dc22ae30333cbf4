/* What a LensGraphView shows is laid out, and laid out anew when it has grown. */
#include "lens-graph-layout-choice.h"
#include "lens-graph-view-private.h"

#include <glib/gi18n.h>

/* A graph that grows is laid out anew when it has this many times the nodes it was laid out with, and not sooner than that
 * after the last time; in between, new hosts find a place among the others. */
#define GROWTH_FOR_LAYOUT 2
#define LAYOUT_PAUSE_MS 3000

/* How long buttons are made at a time: well below what two frames take. */
#define PREPARE_BUDGET_US 8000

/* A layout that runs, or a graph that is made, so that a late one is told apart. */
typedef struct
{
  LensGraphView *view;
  LensHostGraph *graph; /* (nullable) */
  GCancellable *cancellable;
} LayoutJob;

static void
layout_job_free (LayoutJob *job)
{
  g_object_unref (job->view);
  g_clear_pointer (&job->graph, lens_host_graph_unref);
  g_object_unref (job->cancellable);
  g_free (job);
}

static void
show_problem (LensGraphView *self, const char *message)
{
  if (message != NULL)
    gtk_label_set_text (self->problem_label, message);
  gtk_revealer_set_reveal_child (self->problem_revealer, message != NULL);
}

/* Says what the graph leaves out, or why it is empty. */
static void
show_hidden (LensGraphView *self, const LensHostGraph *graph)
{
  g_autofree char *hidden = lens_host_graph_describe_hidden (graph);
  g_autofree char *reasons = lens_host_graph_describe_hidden_reasons (graph);
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  gtk_label_set_label (self->hidden_label, hidden != NULL ? hidden : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hidden_label), reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden_label), hidden != NULL);
  gtk_label_set_label (self->empty_label, hidden != NULL ? _ ("Every host is hidden")
                                                         : _ ("No host in this capture talks over IP"));
  gtk_widget_set_visible (GTK_WIDGET (self->empty_label), n_nodes == 0);
  gtk_widget_set_visible (self->zoom_box, n_nodes > 0);
}

static void
leave_growth (LensGraphView *self)
{
  if (self->growth != NULL)
    g_cancellable_cancel (self->growth);
  g_clear_object (&self->growth);
}

void
lens_graph_view_stop_layout (LensGraphView *self)
{
  leave_growth (self);
  if (self->layout != NULL)
    g_cancellable_cancel (self->layout);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  g_clear_object (&self->layout);
  self->is_building = FALSE;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (self->stop_button, FALSE);
}

/* Shows what was prepared. @points: (nullable), on a circle without them. @problem: (nullable) */
static void
commit (LensGraphView *self, gsize n_nodes, const LensPoint *points, const char *problem)
{
  g_autofree LensPoint *circle
      = points == NULL ? lens_layout_circle (n_nodes, lens_graph_canvas_get_prepared_sizes (self->canvas))
                       : NULL;

  lens_graph_canvas_commit (self->canvas, points != NULL ? points : circle);
  lens_graph_view_update_marks (self);
  show_problem (self, problem);
  self->n_laid_out = n_nodes;
  self->laid_out_us = g_get_monotonic_time ();
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;
  LensGraphView *self = job->view;
  g_autoptr (GError) error = NULL;
  gsize n_points, n_nodes;
  g_autofree LensPoint *points = lens_layout_run_finish (result, &n_points, &error);
  gboolean is_current = self->layout == job->cancellable;

  if (is_current && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      lens_graph_view_stop_layout (self);
      lens_host_graph_get_nodes (job->graph, &n_nodes);
      commit (self, n_nodes, points, error != NULL ? error->message : NULL);
      if (self->is_behind)
        lens_graph_view_grow (self);
    }
  layout_job_free (job);
}

/* Offers the engines that can do @n_nodes in good time, and keeps the chosen one if it is among them. */
static void
fill_layout_choice (LensGraphView *self, gsize n_nodes)
{
  if (n_nodes > lens_layout_engine_get_info (self->engine)->max_nodes)
    self->engine = LENS_LAYOUT_SFDP;
  lens_graph_layout_choice_set_n_nodes (self->layout_choice, n_nodes);
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->layout_choice, self->engine);
  self->is_filling = FALSE;
}

void
lens_graph_view_cancel_layout (LensGraphView *self)
{
  gboolean is_building = self->is_building;
  gsize n_nodes;

  if (self->layout == NULL)
    return;
  lens_graph_view_stop_layout (self);
  if (lens_graph_canvas_get_graph (self->canvas) != NULL)
    {
      show_problem (self, _ ("The layout was stopped; the graph is shown as it was before."));
      return;
    }
  /* There is no picture yet. */
  if (is_building)
    {
      g_autoptr (LensHostGraph) graph = lens_host_graph_new (self->whole, &self->options);

      lens_graph_canvas_prepare (self->canvas, graph);
    }
  lens_host_graph_get_nodes (lens_graph_canvas_get_prepared (self->canvas), &n_nodes);
  lens_graph_canvas_prepare_more (self->canvas, self->whole, G_MAXINT);
  commit (self, n_nodes, NULL, _ ("The layout was stopped; the hosts are shown on a circle."));
}

/* The buttons first, which say how much room they take, a few a time; then the layout. */
static gboolean
prepare_cb (gpointer user_data)
{
  LensGraphView *self = user_data;
  LayoutJob *job;

  if (!lens_graph_canvas_prepare_more (self->canvas, self->whole, PREPARE_BUDGET_US))
    return G_SOURCE_CONTINUE;
  self->prepare_id = 0;
  job = g_new0 (LayoutJob, 1);
  job->view = g_object_ref (self);
  job->graph = lens_host_graph_ref (lens_graph_canvas_get_prepared (self->canvas));
  job->cancellable = g_object_ref (self->layout);
  lens_layout_run_async (job->graph, lens_graph_canvas_get_prepared_sizes (self->canvas), self->engine,
                         self->layout, laid_out_cb, job);
  return G_SOURCE_REMOVE;
}

/* Goes on with the graph once it is made. */
static void
built_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;
  LensGraphView *self = job->view;
  g_autoptr (LensHostGraph) graph = lens_host_graph_new_finish (result);
  gboolean is_current = self->layout == job->cancellable;
  gsize n_nodes;

  if (is_current)
    {
      self->is_building = FALSE;
      lens_host_graph_get_nodes (graph, &n_nodes);
      fill_layout_choice (self, n_nodes);
      show_hidden (self, graph);
      if (n_nodes == 0)
        {
          lens_graph_view_stop_layout (self);
          lens_graph_canvas_clear (self->canvas);
          if (self->is_behind)
            lens_graph_view_grow (self);
        }
      else
        {
          lens_graph_canvas_prepare (self->canvas, graph);
          if (prepare_cb (self))
            self->prepare_id = g_idle_add (prepare_cb, self);
        }
    }
  layout_job_free (job);
}

void
lens_graph_view_start_layout (LensGraphView *self)
{
  LayoutJob *job;

  lens_graph_view_stop_layout (self);
  show_problem (self, NULL);
  g_clear_handle_id (&self->growth_timeout_id, g_source_remove);
  self->is_behind = FALSE;
  if (self->whole == NULL)
    return;

  self->layout = g_cancellable_new ();
  self->is_building = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_widget_set_visible (self->stop_button, TRUE);
  gtk_spinner_start (self->spinner);
  job = g_new0 (LayoutJob, 1);
  job->view = g_object_ref (self);
  job->cancellable = g_object_ref (self->layout);
  lens_host_graph_new_async (self->whole, &self->options, self->layout, built_cb, job);
}

static gboolean
growth_timeout_cb (gpointer user_data)
{
  LensGraphView *self = user_data;

  self->growth_timeout_id = 0;
  if (lens_graph_canvas_is_as_laid_out (self->canvas))
    lens_graph_view_start_layout (self);
  return G_SOURCE_REMOVE;
}

/* The graph of the same capture that is shown from now on. */
static void
show_grown (LensGraphView *self, LensHostGraph *graph)
{
  gint64 pause_ms = LAYOUT_PAUSE_MS - (g_get_monotonic_time () - self->laid_out_us) / 1000;
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  fill_layout_choice (self, n_nodes);
  show_hidden (self, graph);
  lens_graph_canvas_update (self->canvas, graph, self->whole);
  lens_graph_view_update_marks (self);
  if (n_nodes >= self->n_laid_out * GROWTH_FOR_LAYOUT && self->growth_timeout_id == 0)
    self->growth_timeout_id = g_timeout_add ((guint) MAX (pause_ms, 0), growth_timeout_cb, self);
}

static void
grown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;
  LensGraphView *self = job->view;
  g_autoptr (LensHostGraph) graph = lens_host_graph_new_finish (result);

  if (self->growth == job->cancellable)
    {
      g_clear_object (&self->growth);
      show_grown (self, graph);
      if (self->is_behind)
        lens_graph_view_grow (self);
    }
  layout_job_free (job);
}

/* FALSE where there is nothing that could be brought to what is to be shown, or a layout will. */
static gboolean
can_grow (LensGraphView *self)
{
  self->is_behind = self->layout != NULL;
  if (self->is_behind)
    return FALSE;
  if (lens_graph_canvas_get_graph (self->canvas) != NULL)
    return TRUE;
  lens_graph_view_start_layout (self);
  return FALSE;
}

void
lens_graph_view_update (LensGraphView *self)
{
  g_autoptr (LensHostGraph) graph = NULL;

  if (!can_grow (self))
    return;
  leave_growth (self);
  graph = lens_host_graph_new (self->whole, &self->options);
  show_grown (self, graph);
}

void
lens_graph_view_grow (LensGraphView *self)
{
  LayoutJob *job;

  if (!can_grow (self))
    return;
  self->is_behind = self->growth != NULL;
  if (self->is_behind)
    return;
  self->growth = g_cancellable_new ();
  job = g_new0 (LayoutJob, 1);
  job->view = g_object_ref (self);
  job->cancellable = g_object_ref (self->growth);
  lens_host_graph_new_async (self->whole, &self->options, self->growth, grown_cb, job);
}
