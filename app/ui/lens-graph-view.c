#include "lens-graph-view.h"

#include "lens-accessible.h"
#include "lens-graph-canvas.h"
#include "lens-graph-menu.h"
#include "lens-graph-options.h"
#include "lens-graph-search.h"

#include <glib/gi18n.h>

#define ZOOM_STEP 1.25
#define OPTIONS_DELAY_MS 300

/* A graph that grows is laid out anew when it has this many times the nodes it was laid out with, and not sooner than that
 * after the last time; in between, new hosts find a place among the others. */
#define GROWTH_FOR_LAYOUT 2
#define LAYOUT_PAUSE_MS 3000

struct _LensGraphView
{
  GtkBox parent_instance;

  LensGraphCanvas *canvas;
  GtkDropDown *layout_choice;
  GtkDropDown *weight_choice;
  GtkSpinButton *hosts_spin;
  LensGraphOptions *more_popover;
  GtkWidget *undo_button;
  LensGraphSearch *search;
  GtkWidget *menu;
  GtkSpinner *spinner;
  GtkRevealer *problem_revealer;
  GtkLabel *problem_label;
  GtkLabel *empty_label;
  GtkLabel *hidden_label;
  GtkWidget *focus_box;
  GtkLabel *focus_label;
  GtkSpinButton *steps_spin;
  GtkWidget *zoom_box;

  LensSession *session;
  LensAnalysis *whole; /* what the graph is, or is being, made from */
  LensHostGraphOptions options;
  GArray *past; /* owned (element-type LensHostGraphOptions): before each step that can be undone */
  LensLayoutEngine engine;
  LensLayoutEngine offered[LENS_N_LAYOUTS]; /* the engine of each row of layout_choice */
  GCancellable *layout;                     /* of the layout that runs (nullable) */
  guint options_timeout_id;
  guint growth_timeout_id; /* until a graph that grew is laid out anew */
  gsize n_laid_out;        /* nodes when that was done last */
  gint64 laid_out_us;      /* when, monotonic time */
  gboolean is_behind;      /* the capture grew while a layout ran */
  gboolean is_filling;     /* layout_choice is being filled, nobody chose */
};

G_DEFINE_FINAL_TYPE (LensGraphView, lens_graph_view, GTK_TYPE_BOX)

/* A layout that runs: the graph it is for, so that a late one is told apart. */
typedef struct
{
  LensGraphView *view;
  LensHostGraph *graph;
  GCancellable *cancellable;
} LayoutJob;

static void
layout_job_free (LayoutJob *job)
{
  g_object_unref (job->view);
  lens_host_graph_unref (job->graph);
  g_object_unref (job->cancellable);
  g_free (job);
}

static void
update_marks (LensGraphView *self)
{
  LensAnalysis *analysis = self->session != NULL ? lens_session_get_analysis (self->session) : NULL;
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  g_autoptr (LensGraphMarks) marks = NULL;

  if (graph == NULL)
    return;
  marks = lens_graph_marks_new (graph, analysis);
  lens_graph_canvas_set_marks (self->canvas, marks, lens_session_get_filter (self->session));
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
show_undo (LensGraphView *self)
{
  gtk_widget_set_visible (self->undo_button, self->past->len > 0);
}

/* Which host is in focus, and how far around it hosts are shown. */
static void
show_focus (LensGraphView *self)
{
  char address[LENS_ADDRESS_TEXT_SIZE];
  g_autofree char *text
      = g_strdup_printf (_ ("Steps from %s"), lens_address_format (&self->options.focus, address));

  gtk_label_set_label (self->focus_label, text);
  gtk_spin_button_set_value (self->steps_spin, self->options.focus_steps);
  gtk_widget_set_visible (self->focus_box, self->options.focus.version != 0);
}

static void
stop_layout (LensGraphView *self)
{
  if (self->layout != NULL)
    g_cancellable_cancel (self->layout);
  g_clear_object (&self->layout);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void grow (LensGraphView *self);

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
      stop_layout (self);
      lens_host_graph_get_nodes (job->graph, &n_nodes);
      if (points == NULL)
        points = lens_layout_circle (n_nodes, lens_graph_canvas_get_prepared_sizes (self->canvas));
      lens_graph_canvas_commit (self->canvas, points);
      update_marks (self);
      show_problem (self, error != NULL ? error->message : NULL);
      self->n_laid_out = n_nodes;
      self->laid_out_us = g_get_monotonic_time ();
      if (self->is_behind)
        grow (self);
    }
  layout_job_free (job);
}

/* Offers the engines that can do @n_nodes in good time, and keeps the chosen one if it is among them. */
static void
fill_layout_choice (LensGraphView *self, gsize n_nodes)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_offered = 0, selected = 0;

  for (LensLayoutEngine engine = 0; engine < LENS_N_LAYOUTS; engine++)
    {
      const LensLayoutEngineInfo *info = lens_layout_engine_get_info (engine);

      if (n_nodes > info->max_nodes)
        continue;
      if (engine == self->engine)
        selected = n_offered;
      gtk_string_list_append (names, _ (info->name));
      self->offered[n_offered++] = engine;
    }
  self->is_filling = TRUE;
  if (n_offered != g_list_model_get_n_items (gtk_drop_down_get_model (self->layout_choice)))
    gtk_drop_down_set_model (self->layout_choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->layout_choice, selected);
  self->is_filling = FALSE;
  if (n_offered > 0)
    self->engine = self->offered[selected];
}

static void
start_layout (LensGraphView *self)
{
  g_autoptr (LensHostGraph) graph = NULL;
  const LensSize *sizes;
  LayoutJob *job;
  gsize n_nodes;

  stop_layout (self);
  show_problem (self, NULL);
  g_clear_handle_id (&self->growth_timeout_id, g_source_remove);
  self->is_behind = FALSE;
  if (self->whole == NULL)
    return;

  graph = lens_host_graph_new (self->whole, &self->options);
  lens_host_graph_get_nodes (graph, &n_nodes);
  fill_layout_choice (self, n_nodes);
  show_hidden (self, graph);
  if (n_nodes == 0)
    {
      lens_graph_canvas_clear (self->canvas);
      return;
    }

  sizes = lens_graph_canvas_prepare (self->canvas, graph, self->whole);
  self->layout = g_cancellable_new ();
  job = g_new0 (LayoutJob, 1);
  job->view = g_object_ref (self);
  job->graph = lens_host_graph_ref (graph);
  job->cancellable = g_object_ref (self->layout);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  lens_layout_run_async (graph, sizes, self->engine, self->layout, laid_out_cb, job);
}

static gboolean
growth_timeout_cb (gpointer user_data)
{
  LensGraphView *self = user_data;

  self->growth_timeout_id = 0;
  if (lens_graph_canvas_is_as_laid_out (self->canvas))
    start_layout (self);
  return G_SOURCE_REMOVE;
}

/* Brings the graph that is shown to self->whole, which has more packets of the same capture. */
static void
grow (LensGraphView *self)
{
  g_autoptr (LensHostGraph) graph = NULL;
  gint64 pause_ms = LAYOUT_PAUSE_MS - (g_get_monotonic_time () - self->laid_out_us) / 1000;
  gsize n_nodes;

  self->is_behind = self->layout != NULL;
  if (self->is_behind)
    return;
  if (lens_graph_canvas_get_graph (self->canvas) == NULL)
    {
      start_layout (self);
      return;
    }
  graph = lens_host_graph_new (self->whole, &self->options);
  lens_host_graph_get_nodes (graph, &n_nodes);
  fill_layout_choice (self, n_nodes);
  show_hidden (self, graph);
  lens_graph_canvas_update (self->canvas, graph, self->whole);
  update_marks (self);
  if (n_nodes >= self->n_laid_out * GROWTH_FOR_LAYOUT && self->growth_timeout_id == 0)
    self->growth_timeout_id = g_timeout_add ((guint) MAX (pause_ms, 0), growth_timeout_cb, self);
}

static void
whole_cb (LensGraphView *self)
{
  LensAnalysis *whole = lens_session_get_whole (self->session);
  gboolean is_later = self->whole != NULL;

  if (whole == NULL)
    {
      stop_layout (self);
      lens_graph_canvas_clear (self->canvas);
      lens_graph_search_set_whole (self->search, NULL);
      g_clear_pointer (&self->whole, lens_analysis_unref);
      g_clear_handle_id (&self->growth_timeout_id, g_source_remove);
      return;
    }
  /* A new burst rule makes a new analysis of the same packets: the graph stays. */
  if (self->whole != NULL && lens_analysis_get_capture (self->whole) == lens_analysis_get_capture (whole))
    return;
  g_clear_pointer (&self->whole, lens_analysis_unref);
  self->whole = lens_analysis_ref (whole);
  lens_graph_search_set_whole (self->search, whole);
  if (!is_later)
    {
      g_array_set_size (self->past, 0);
      lens_host_graph_options_clear (&self->options);
      self->options.focus = (LensAddress){ .version = 0 };
      show_focus (self);
      show_undo (self);
    }
  /* Another capture comes after none. */
  if (is_later)
    grow (self);
  else
    start_layout (self);
}

static void
layout_chosen_cb (LensGraphView *self)
{
  guint selected = gtk_drop_down_get_selected (self->layout_choice);

  if (self->is_filling || selected == GTK_INVALID_LIST_POSITION || self->offered[selected] == self->engine)
    return;
  self->engine = self->offered[selected];
  start_layout (self);
}

static gboolean
options_timeout_cb (gpointer user_data)
{
  LensGraphView *self = user_data;

  self->options_timeout_id = 0;
  start_layout (self);
  return G_SOURCE_REMOVE;
}

/* Undoing does not go behind a number of hosts that somebody chose. */
static void
keep_n_hosts (LensGraphView *self, gsize n_hosts)
{
  for (guint i = 0; i < self->past->len; i++)
    g_array_index (self->past, LensHostGraphOptions, i).n_hosts = n_hosts;
}

static void
options_changed_cb (LensGraphView *self)
{
  LensHostGraphOptions options = self->options;

  options.weight
      = gtk_drop_down_get_selected (self->weight_choice) == 1 ? LENS_WEIGHT_PAYLOAD : LENS_WEIGHT_PACKETS;
  options.n_hosts = (gsize) gtk_spin_button_get_value_as_int (self->hosts_spin);
  lens_graph_options_set_weight (self->more_popover, options.weight);
  lens_graph_options_apply (self->more_popover, &options);
  if (lens_host_graph_options_equal (&options, &self->options))
    return;
  if (options.n_hosts != self->options.n_hosts)
    keep_n_hosts (self, options.n_hosts);
  self->options = options;
  /* A held spin button changes many times a second. */
  g_clear_handle_id (&self->options_timeout_id, g_source_remove);
  self->options_timeout_id = g_timeout_add (OPTIONS_DELAY_MS, options_timeout_cb, self);
}

/* Shows what self->options say now: hosts that are there already keep their places, but for another part of the capture. */
static void
show_options (LensGraphView *self, gboolean is_other_part)
{
  gboolean is_laying_out = is_other_part || self->layout != NULL || self->options_timeout_id != 0;

  g_clear_handle_id (&self->options_timeout_id, g_source_remove);
  gtk_spin_button_set_value (self->hosts_spin, (double) self->options.n_hosts);
  show_undo (self);
  show_focus (self);
  if (is_laying_out)
    start_layout (self);
  else
    grow (self);
}

/* Before a step that can be undone. */
static void
remember (LensGraphView *self)
{
  LensHostGraphOptions copy = lens_host_graph_options_copy (&self->options);

  g_array_append_val (self->past, copy);
}

static void
open_others (LensGraphView *self)
{
  gsize n_more = lens_host_graph_count_more (lens_graph_canvas_get_graph (self->canvas));

  if (n_more == 0)
    return;
  remember (self);
  self->options.n_hosts += n_more;
  show_options (self, FALSE);
}

/* What was chosen in the bar since then stays. */
static void
undo_cb (LensGraphView *self)
{
  LensHostGraphOptions *before;
  gboolean is_other_part;

  if (self->past->len == 0)
    return;
  before = &g_array_index (self->past, LensHostGraphOptions, self->past->len - 1);
  is_other_part = !lens_address_equal (&self->options.focus, &before->focus)
                  || self->options.focus_steps != before->focus_steps;
  self->options.focus = before->focus;
  self->options.focus_steps = before->focus_steps;
  self->options.n_hosts = before->n_hosts;
  g_clear_pointer (&self->options.added, g_array_unref);
  self->options.added = g_steal_pointer (&before->added);
  g_array_set_size (self->past, self->past->len - 1);
  show_options (self, is_other_part);
}

/* @address: version 0 ends it. */
static void
set_focus (LensGraphView *self, const LensAddress *address, guint steps)
{
  if (lens_address_equal (address, &self->options.focus) && steps == self->options.focus_steps)
    return;
  remember (self);
  self->options.focus = *address;
  self->options.focus_steps = steps;
  show_options (self, TRUE);
}

static void
end_focus_cb (LensGraphView *self)
{
  const LensAddress none = { .version = 0 };

  set_focus (self, &none, 1);
}

static void
steps_changed_cb (LensGraphView *self)
{
  LensAddress focus = self->options.focus;

  if (focus.version != 0)
    set_focus (self, &focus, (guint) gtk_spin_button_get_value_as_int (self->steps_spin));
}

static gboolean
undo_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LensGraphView *self = LENS_GRAPH_VIEW (widget);

  if (self->past->len == 0)
    return FALSE;
  undo_cb (self);
  return TRUE;
}

/* Names and addresses take different room. */
static void
show_names_cb (LensGraphView *self)
{
  self->options.show_names = lens_session_get_show_names (self->session);
  start_layout (self);
}

static void
choose_term (LensGraphView *self, const LensFilterTerm *term, gboolean adds)
{
  if (!adds)
    lens_session_toggle_only_term (self->session, term);
  else if (lens_filter_has_term (lens_session_get_filter (self->session), term))
    lens_session_remove_term (self->session, term);
  else
    lens_session_add_term (self->session, term);
}

static void
node_chosen_cb (LensGraphView *self, guint node, gboolean adds)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (lens_graph_canvas_get_graph (self->canvas), NULL);
  LensFilterTerm term = lens_filter_term_host (&nodes[node].address);

  if (nodes[node].address.version == 0)
    open_others (self);
  else
    choose_term (self, &term, adds);
}

static void
edge_chosen_cb (LensGraphView *self, guint index, gboolean adds)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  const LensGraphEdge *edge = &lens_host_graph_get_edges (graph, NULL)[index];
  LensFilterTerm term;

  /* "Others" has no address to filter by. */
  if (nodes[edge->source].address.version == 0 || nodes[edge->destination].address.version == 0)
    return;
  term = lens_filter_term_connection (&nodes[edge->source].address, &nodes[edge->destination].address);
  choose_term (self, &term, adds);
}

/* A host that was found is brought into view, and out of the others if @adds says so. */
static gboolean
show_host_cb (LensGraphView *self, const LensAddress *address, gboolean adds)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  gsize node;

  if (graph == NULL)
    return FALSE;
  if (!lens_host_graph_has_own_node (graph, address, &node))
    {
      lens_graph_canvas_show_found (self->canvas, -1);
      if (!adds)
        return FALSE;
      remember (self);
      lens_host_graph_options_add (&self->options, address);
      show_options (self, FALSE);
      graph = lens_graph_canvas_get_graph (self->canvas);
      /* A layout may be on its way, and show it when it is there. */
      if (!lens_host_graph_has_own_node (graph, address, &node))
        return FALSE;
    }
  lens_graph_canvas_show_found (self->canvas, (gssize) node);
  return TRUE;
}

static void
search_closed_cb (LensGraphView *self)
{
  lens_graph_canvas_show_found (self->canvas, -1);
}

static void
menu_cb (LensGraphView *self, int node, int edge, double x, double y)
{
  g_autoptr (GMenuModel) model = lens_graph_menu_new (lens_graph_canvas_get_graph (self->canvas), node, edge);
  double view_x, view_y;

  if (model == NULL
      || !gtk_widget_translate_coordinates (GTK_WIDGET (self->canvas), GTK_WIDGET (self), x, y, &view_x,
                                            &view_y))
    return;
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) view_x, (int) view_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
open_others_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_others (user_data);
}

static void
focus_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LensAddress address;

  if (lens_address_parse (g_variant_get_string (parameter, NULL), &address))
    set_focus (user_data, &address, 1);
}

static void
add_actions (LensGraphView *self)
{
  static const GActionEntry entries[] = {
    { .name = "open-others", .activate = open_others_action },
    { .name = "focus", .activate = focus_action, .parameter_type = "s" },
  };
  g_autoptr (GSimpleActionGroup) actions = lens_graph_menu_new_actions (self->session, GTK_WIDGET (self));

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "graph", G_ACTION_GROUP (actions));
}

static void
lens_graph_view_dispose (GObject *object)
{
  LensGraphView *self = LENS_GRAPH_VIEW (object);

  if (self->layout != NULL)
    g_cancellable_cancel (self->layout);
  g_clear_object (&self->layout);
  g_clear_handle_id (&self->options_timeout_id, g_source_remove);
  g_clear_handle_id (&self->growth_timeout_id, g_source_remove);
  g_clear_pointer (&self->whole, lens_analysis_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->past, g_array_unref);
  lens_host_graph_options_clear (&self->options);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "graph", NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_GRAPH_VIEW);
  G_OBJECT_CLASS (lens_graph_view_parent_class)->dispose (object);
}

static void
lens_graph_view_class_init (LensGraphViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_graph_view_dispose;

  g_type_ensure (LENS_TYPE_GRAPH_CANVAS);
  g_type_ensure (LENS_TYPE_GRAPH_OPTIONS);
  g_type_ensure (LENS_TYPE_GRAPH_SEARCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-graph-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, canvas);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, layout_choice);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, weight_choice);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, hosts_spin);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, more_popover);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, undo_button);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, search);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, hidden_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, focus_box);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, focus_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, steps_spin);
  gtk_widget_class_bind_template_callback (widget_class, steps_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_focus_cb);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, spinner);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, empty_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, zoom_box);
  gtk_widget_class_bind_template_callback (widget_class, layout_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, options_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, node_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, edge_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_layout);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_host_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_key_cb, NULL);
}

static void
lens_graph_view_init (LensGraphView *self)
{
  self->options = lens_host_graph_options_default ();
  self->engine = LENS_LAYOUT_SFDP;
  self->past = g_array_new (FALSE, FALSE, sizeof (LensHostGraphOptions));
  g_array_set_clear_func (self->past, (GDestroyNotify) lens_host_graph_options_clear);
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_drop_down (self->layout_choice, _ ("Layout"));
  lens_accessible_name_drop_down (self->weight_choice, _ ("Weight"));
  gtk_spin_button_set_value (self->hosts_spin, LENS_HOST_GRAPH_DEFAULT_HOSTS);
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

void
lens_graph_view_set_session (LensGraphView *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  add_actions (self);
  g_signal_connect_object (session, "notify::whole", G_CALLBACK (whole_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update_marks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::show-names", G_CALLBACK (show_names_cb), self,
                           G_CONNECT_SWAPPED);
}

LensGraphShot *
lens_graph_view_take_shot (LensGraphView *self)
{
  return lens_graph_canvas_take_shot (self->canvas);
}

void
lens_graph_view_zoom_in (LensGraphView *self)
{
  lens_graph_canvas_zoom (self->canvas, ZOOM_STEP);
}

void
lens_graph_view_zoom_out (LensGraphView *self)
{
  lens_graph_canvas_zoom (self->canvas, 1 / ZOOM_STEP);
}

void
lens_graph_view_fit (LensGraphView *self)
{
  lens_graph_canvas_fit (self->canvas);
}

void
lens_graph_view_find_host (LensGraphView *self)
{
  lens_graph_search_open (self->search);
}
