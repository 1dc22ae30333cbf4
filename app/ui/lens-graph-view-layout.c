/* What a LensGraphView shows is laid out, and laid out anew when it has grown. */
#include "lens-graph-layout-choice.h"
#include "lens-graph-view-private.h"
#include "lens-node-button.h"

#include <glib/gi18n.h>

/* A graph that grows is laid out anew when it has this many times the nodes it was laid out with, and not sooner than that
 * after the last time; in between, new hosts find a place among the others. */
#define GROWTH_FOR_LAYOUT 2
#define LAYOUT_PAUSE_MS 3000

/* How long buttons are made at a time: well below what two frames take. */
#define PREPARE_BUDGET_US 8000

/* What is ready to be shown waits for the hand that is at work on what is there: it looks every so often. A layout that nobody asked for waits for a
 * pointer that was moving so shortly ago, too, but not for ever. */
#define HELD_POLL_MS 40
#define POINTED_AT_MS 700
#define MAX_POINTED_AT_MS 4000

/* How much further apart hosts may be shown than they are laid out, in one direction. */
#define MAX_STRETCH 2.2
#define MAX_STRETCH_OF_LAYERS 20.0

/* A layout that runs, or a graph that is made, with what there is of it so far; so that a late one is told apart. */
typedef struct
{
  LensGraphView *view;
  LensHostGraph *graph;   /* (nullable) */
  LensPoint *points;      /* (nullable) */
  char *problem;          /* (nullable) */
  LensAnalysis *analysis; /* that the marks are of (nullable) */
  GCancellable *cancellable;
  LensGraphMarks *marks; /* (nullable) */
  gint64 ready_us;       /* since when it waits to be shown, monotonic time */
  gboolean is_growth;    /* no layout */
} LayoutJob;

static LayoutJob *
layout_job_new (LensGraphView *self, GCancellable *cancellable, LensHostGraph *graph)
{
  LayoutJob *job = g_new0 (LayoutJob, 1);

  job->view = g_object_ref (self);
  job->cancellable = g_object_ref (cancellable);
  job->graph = graph != NULL ? lens_host_graph_ref (graph) : NULL;
  return job;
}

static void
layout_job_free (LayoutJob *job)
{
  g_object_unref (job->view);
  g_clear_pointer (&job->graph, lens_host_graph_unref);
  g_clear_pointer (&job->analysis, lens_analysis_unref);
  g_clear_pointer (&job->marks, lens_graph_marks_unref);
  g_free (job->points);
  g_free (job->problem);
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
  self->is_in_helper = self->wants_circle = FALSE;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (self->stop_button, FALSE);
}

/* Has a worker find the marks of @job's graph. */
static void
find_marks (LayoutJob *job, GAsyncReadyCallback callback)
{
  LensAnalysis *analysis = lens_session_get_analysis (job->view->session);

  g_clear_pointer (&job->analysis, lens_analysis_unref);
  job->analysis = analysis != NULL ? lens_analysis_ref (analysis) : NULL;
  lens_graph_marks_new_async (job->graph, analysis, job->cancellable, callback, job);
}

/* @marks are those of the graph that is shown; there may be another filter since they were asked for. */
static void
show_marks (LayoutJob *job, LensGraphMarks *marks)
{
  LensGraphView *self = job->view;

  lens_graph_canvas_set_marks (self->canvas, marks, lens_session_get_filter (self->session));
  if (job->analysis != lens_session_get_analysis (self->session))
    lens_graph_view_update_marks (self);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;
  LensGraphView *self = job->view;
  g_autoptr (LensGraphMarks) marks = lens_graph_marks_new_finish (result);

  if (self->marking == job->cancellable)
    {
      g_clear_object (&self->marking);
      if (marks != NULL && lens_graph_canvas_get_graph (self->canvas) == job->graph)
        show_marks (job, marks);
    }
  layout_job_free (job);
}

void
lens_graph_view_update_marks (LensGraphView *self)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);

  if (self->marking != NULL)
    g_cancellable_cancel (self->marking);
  g_clear_object (&self->marking);
  if (graph == NULL)
    return;
  self->marking = g_cancellable_new ();
  find_marks (layout_job_new (self, self->marking, graph), marked_cb);
}

/* A host that was searched for and added is shown. */
static void
show_added (LensGraphView *self)
{
  if (self->is_adding)
    lens_graph_search_refresh (self->search);
  self->is_adding = FALSE;
}

/* Whether the keys are on a node, and which. */
static gboolean
get_focused (LensGraphView *self, LensGraphNode *node)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->canvas));

  if (graph == NULL || focused == NULL || !LENS_IS_NODE_BUTTON (focused))
    return FALSE;
  *node = lens_host_graph_get_nodes (graph, NULL)[lens_node_button_get_node (LENS_NODE_BUTTON (focused))];
  return TRUE;
}

/* See lens_graph_view_give_keys(). */
static gsize
find_node (const LensHostGraph *graph, const LensAddress *address, guint8 prefix_bits)
{
  gsize n_nodes, node;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, &n_nodes);
  LensSubnet subnet = lens_subnet_of_host_or_group (address, prefix_bits);

  if (address->version == 0)
    return 0;
  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].prefix_bits == prefix_bits && lens_address_equal (&nodes[i].address, address))
      return i;
  if (lens_host_graph_find_node (graph, address, &node))
    return node;
  for (gsize i = 0; i < n_nodes; i++)
    if (lens_subnet_contains (&subnet, &nodes[i].address))
      return i;
  return 0;
}

void
lens_graph_view_give_keys (LensGraphView *self, const LensAddress *address, guint8 prefix_bits)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  GtkWidget *button;

  if (graph == NULL)
    return;
  button = lens_graph_canvas_get_button (self->canvas, (int) find_node (graph, address, prefix_bits));
  if (button != NULL)
    gtk_widget_grab_focus (button);
}

/* The buttons are other ones after a layout: the keys stay on the host or the group that @node was of, or on the other hosts, and in the graph in any
 * case. */
static void
return_keys (LensGraphView *self, const LensGraphNode *node)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  int others = (int) lens_host_graph_count_own (graph);
  GtkWidget *button = node->address.version == 0 ? lens_graph_canvas_get_button (self->canvas, others) : NULL;

  if (button == NULL || !gtk_widget_grab_focus (button))
    lens_graph_view_give_keys (self, &node->address, node->prefix_bits);
}

/* Circles stay circles; layers may be as far from each other as there is room. */
static double
get_max_stretch (LensLayoutEngine engine)
{
  if (engine == LENS_LAYOUT_TWOPI || engine == LENS_LAYOUT_CIRCO)
    return 1;
  return engine == LENS_LAYOUT_DOT ? MAX_STRETCH_OF_LAYERS : MAX_STRETCH;
}

/* Shows what was prepared, where @job says, or on a circle. */
static void
commit (LayoutJob *job, LensGraphMarks *marks, const char *problem)
{
  LensGraphView *self = job->view;
  LensGraphNode focused;
  gboolean has_focus = get_focused (self, &focused);
  g_autofree LensPoint *circle = NULL;
  gsize n_nodes;

  lens_host_graph_get_nodes (job->graph, &n_nodes);
  if (job->points == NULL)
    circle = lens_layout_circle (n_nodes, lens_graph_canvas_get_prepared_sizes (self->canvas));
  lens_graph_canvas_commit (self->canvas, job->points != NULL ? job->points : circle,
                            job->points != NULL ? get_max_stretch (self->engine) : 1);
  if (has_focus)
    return_keys (self, &focused);
  show_marks (job, marks);
  show_problem (self, problem);
  show_added (self);
  self->keeps_undrawn = FALSE;
  self->undrawn_gone_zoom = 0;
  self->n_laid_out = n_nodes;
  self->laid_out_us = g_get_monotonic_time ();
}

/* Says which layout there is in place of the chosen one, and why. */
static void
show_instead (LensGraphView *self)
{
  const LensLayoutEngineInfo *shown = lens_layout_engine_get_info (self->engine);
  const LensLayoutEngineInfo *wanted = lens_layout_engine_get_info (self->wanted_engine);
  g_autofree char *text = NULL;

  if (self->engine != self->wanted_engine)
    /* Translators: names of layouts, "“Organic” in place of “Circular”, which is for at most 100 hosts". */
    text = g_strdup_printf (ngettext ("“%s” in place of “%s”, which is for at most %u host",
                                      "“%s” in place of “%s”, which is for at most %u hosts",
                                      wanted->max_hosts),
                            _ (shown->name), _ (wanted->name), (guint) wanted->max_hosts);
  gtk_label_set_label (self->instead_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->instead_label), text != NULL);
}

/* Offers the engines that can do @graph in good time. The chosen one, if it is not among them, is taken again once it is. */
static void
fill_layout_choice (LensGraphView *self, const LensHostGraph *graph)
{
  self->engine
      = lens_layout_engine_can_do (self->wanted_engine, graph) ? self->wanted_engine : LENS_LAYOUT_SFDP;
  show_instead (self);
  lens_graph_layout_choice_set_n_hosts (self->layout_choice, lens_host_graph_count_own (graph));
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->layout_choice, self->engine);
  self->is_filling = FALSE;
}

static gboolean
growth_timeout_cb (gpointer user_data)
{
  LensGraphView *self = user_data;

  self->growth_timeout_id = 0;
  if (!lens_graph_canvas_is_as_laid_out (self->canvas))
    return G_SOURCE_REMOVE;
  lens_graph_view_start_layout (self);
  self->is_unasked = TRUE;
  return G_SOURCE_REMOVE;
}

/* One that nobody asked for is not shown to somebody who began to look at a part, or to move it, meanwhile. */
static void
show_layout (LayoutJob *job)
{
  LensGraphView *self = job->view;
  gboolean is_wanted = !self->is_unasked || lens_graph_canvas_is_as_laid_out (self->canvas);
  const char *problem
      = self->wants_circle ? _ ("The layout was stopped; the hosts are shown on a circle.") : job->problem;

  lens_graph_view_stop_layout (self);
  if (is_wanted)
    commit (job, job->marks, problem);
  if (self->is_behind)
    lens_graph_view_grow (self);
}

/* The graph of the same capture that is shown from now on. */
static void
show_grown (LayoutJob *job)
{
  LensGraphView *self = job->view;
  gint64 pause_ms = LAYOUT_PAUSE_MS - (g_get_monotonic_time () - self->laid_out_us) / 1000;
  gsize n_nodes;

  g_clear_object (&self->growth);
  lens_host_graph_get_nodes (job->graph, &n_nodes);
  fill_layout_choice (self, job->graph);
  show_hidden (self, job->graph);
  lens_graph_canvas_update (self->canvas, job->graph, self->whole);
  show_marks (job, job->marks);
  show_added (self);
  if (n_nodes >= self->n_laid_out * GROWTH_FOR_LAYOUT && self->growth_timeout_id == 0)
    self->growth_timeout_id = g_timeout_add ((guint) MAX (pause_ms, 0), growth_timeout_cb, self);
  if (self->is_behind)
    lens_graph_view_grow (self);
}

static gboolean
is_hand_in_the_way (const LayoutJob *job)
{
  LensGraphView *self = job->view;
  gint64 waited_ms = (g_get_monotonic_time () - job->ready_us) / 1000;

  return lens_graph_canvas_is_held (self->canvas)
         || (!job->is_growth && self->is_unasked && waited_ms < MAX_POINTED_AT_MS
             && lens_graph_canvas_is_pointed_at (self->canvas, POINTED_AT_MS));
}

static gboolean
show_cb (gpointer user_data)
{
  LayoutJob *job = user_data;
  LensGraphView *self = job->view;

  if (job->cancellable == (job->is_growth ? self->growth : self->layout))
    {
      if (is_hand_in_the_way (job))
        return G_SOURCE_CONTINUE;
      if (job->is_growth)
        show_grown (job);
      else
        show_layout (job);
    }
  layout_job_free (job);
  return G_SOURCE_REMOVE;
}

/* The last step of all that changes what is shown. */
static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;

  job->marks = lens_graph_marks_new_finish (result);
  job->ready_us = g_get_monotonic_time ();
  if (job->marks == NULL)
    layout_job_free (job);
  else if (show_cb (job))
    g_timeout_add (HELD_POLL_MS, show_cb, job);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;
  LensGraphView *self = job->view;
  g_autoptr (GError) error = NULL;
  gsize n_points;

  job->points = lens_layout_run_finish (result, &n_points, &error);
  if (self->layout != job->cancellable)
    {
      layout_job_free (job);
      return;
    }
  self->is_in_helper = FALSE;
  job->problem = error != NULL ? g_strdup (error->message) : NULL;
  if (self->wants_circle)
    {
      /* It was only the helper that was stopped. */
      g_object_unref (self->layout);
      self->layout = g_cancellable_new ();
      g_set_object (&job->cancellable, self->layout);
      g_clear_pointer (&job->points, g_free);
    }
  find_marks (job, ready_cb);
}

/* Where there is no picture yet there will be the hosts on a circle, as soon as there are buttons for them. */
void
lens_graph_view_cancel_layout (LensGraphView *self)
{
  if (self->layout == NULL)
    return;
  if (lens_graph_canvas_get_graph (self->canvas) != NULL)
    {
      lens_graph_view_stop_layout (self);
      show_problem (self, _ ("The layout was stopped; the graph is shown as it was before."));
      return;
    }
  self->wants_circle = TRUE;
  gtk_widget_set_visible (self->stop_button, FALSE);
  if (self->is_in_helper)
    g_cancellable_cancel (self->layout);
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
  job = layout_job_new (self, self->layout, lens_graph_canvas_get_prepared (self->canvas));
  if (self->wants_circle)
    {
      find_marks (job, ready_cb);
      return G_SOURCE_REMOVE;
    }
  self->is_in_helper = TRUE;
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
  gboolean is_current = self->layout == job->cancellable && graph != NULL;
  gsize n_nodes;

  if (is_current)
    {
      lens_host_graph_get_nodes (graph, &n_nodes);
      fill_layout_choice (self, graph);
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
  lens_graph_view_stop_layout (self);
  show_problem (self, NULL);
  g_clear_handle_id (&self->growth_timeout_id, g_source_remove);
  self->is_behind = self->is_unasked = FALSE;
  if (self->whole == NULL)
    return;

  self->layout = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_widget_set_visible (self->stop_button, TRUE);
  gtk_spinner_start (self->spinner);
  lens_host_graph_new_async (self->whole, &self->options, self->layout, built_cb,
                             layout_job_new (self, self->layout, NULL));
}

static void
grown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutJob *job = user_data;

  job->is_growth = TRUE;
  job->graph = lens_host_graph_new_finish (result);
  if (job->view->growth == job->cancellable && job->graph != NULL)
    find_marks (job, ready_cb);
  else
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

static void
start_growth (LensGraphView *self)
{
  self->is_behind = FALSE;
  self->growth = g_cancellable_new ();
  lens_host_graph_new_async (self->whole, &self->options, self->growth, grown_cb,
                             layout_job_new (self, self->growth, NULL));
}

void
lens_graph_view_update (LensGraphView *self)
{
  if (!can_grow (self))
    return;
  leave_growth (self);
  start_growth (self);
}

void
lens_graph_view_grow (LensGraphView *self)
{
  if (!can_grow (self))
    return;
  if (self->growth != NULL)
    self->is_behind = TRUE;
  else
    start_growth (self);
}
