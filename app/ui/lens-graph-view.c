#include "lens-graph-view-private.h"

#include "lens-accessible.h"
#include "lens-graph-layout-choice.h"
#include "lens-graph-menu.h"
#include "lens-popover-focus.h"

#include <glib/gi18n.h>

#define ZOOM_STEP 1.25
#define OPTIONS_DELAY_MS 300

G_DEFINE_FINAL_TYPE (LensGraphView, lens_graph_view, GTK_TYPE_BOX)

static void
whole_cb (LensGraphView *self)
{
  LensAnalysis *whole = lens_session_get_whole (self->session);
  gboolean is_later = self->whole != NULL;

  if (whole == NULL)
    {
      lens_graph_view_stop_layout (self);
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
    lens_graph_view_clear_steps (self);
  /* Another capture comes after none. */
  if (is_later)
    lens_graph_view_grow (self);
  else
    lens_graph_view_start_layout (self);
}

static void
layout_chosen_cb (LensGraphView *self)
{
  guint selected = gtk_drop_down_get_selected (self->layout_choice);

  if (self->is_filling || selected >= LENS_N_LAYOUTS || (LensLayoutEngine) selected == self->engine)
    return;
  self->engine = self->wanted_engine = (LensLayoutEngine) selected;
  lens_graph_view_start_layout (self);
}

static gboolean
options_timeout_cb (gpointer user_data)
{
  LensGraphView *self = user_data;

  self->options_timeout_id = 0;
  lens_graph_view_start_layout (self);
  return G_SOURCE_REMOVE;
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
  if (options.group_bits != self->options.group_bits)
    g_clear_pointer (&options.opened, g_array_unref);
  lens_graph_view_take_options (self, &options);
  /* A held spin button changes many times a second. */
  g_clear_handle_id (&self->options_timeout_id, g_source_remove);
  self->options_timeout_id = g_timeout_add (OPTIONS_DELAY_MS, options_timeout_cb, self);
}

static void
end_focus_cb (LensGraphView *self)
{
  const LensSubnet none = { .prefix_bits = 0 };

  lens_graph_view_set_focus (self, &none, 1);
}

static void
steps_changed_cb (LensGraphView *self)
{
  LensSubnet focus = self->options.focus;

  if (focus.network.version != 0)
    lens_graph_view_set_focus (self, &focus, (guint) gtk_spin_button_get_value_as_int (self->steps_spin));
}

/* A key that there is no step for is somebody else's. */
static gboolean
step_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LensGraphView *self = LENS_GRAPH_VIEW (widget);
  gboolean is_forward;

  g_variant_get (arguments, "(b)", &is_forward);
  if ((is_forward ? self->future : self->past)->len == 0)
    return FALSE;
  if (is_forward)
    lens_graph_view_redo (self);
  else
    lens_graph_view_undo (self);
  return TRUE;
}

/* Where the keys are in the graph, what is to be found is a host. */
static gboolean
find_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_graph_view_find_host (LENS_GRAPH_VIEW (widget));
  return TRUE;
}

/* Names and addresses take different room. */
static void
show_names_cb (LensGraphView *self)
{
  self->options.show_names = lens_session_get_show_names (self->session);
  lens_graph_view_start_layout (self);
}

static void
node_chosen_cb (LensGraphView *self, guint node, gboolean adds)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  LensFilterTerm term = lens_graph_marks_get_node_term (&nodes[node]);

  if (nodes[node].address.version == 0)
    lens_graph_view_open_others (self);
  else
    lens_session_choose_term (self->session, &term, adds);
}

static void
edge_chosen_cb (LensGraphView *self, guint index, gboolean adds)
{
  LensHostGraph *graph = lens_graph_canvas_get_graph (self->canvas);
  LensFilterTerm term;

  if (lens_graph_marks_get_edge_term (graph, &lens_host_graph_get_edges (graph, NULL)[index], FALSE, &term))
    lens_session_choose_term (self->session, &term, adds);
}

/* A host that was found is brought into view, and out of the others if @adds says so: once it is there, it is asked for again. */
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
      lens_graph_view_add_host (self, address);
      return FALSE;
    }
  lens_graph_canvas_show_found (self->canvas, (gssize) node);
  self->found = *address;
  return TRUE;
}

/* Whoever leaves it with Escape has the keys on what was found. */
static void
search_closed_cb (LensGraphView *self)
{
  gboolean has_keys = gtk_widget_get_focus_child (GTK_WIDGET (self)) == GTK_WIDGET (self->search);
  LensAddress found = self->found;
  gboolean is_open;

  g_object_get (self->search, "is-open", &is_open, NULL);
  lens_graph_canvas_show_found (self->canvas, -1);
  self->found = (LensAddress){ .version = 0 };
  if (!is_open && has_keys)
    lens_graph_view_give_keys (self, &found, 0);
}

static void
menu_cb (LensGraphView *self, int node, int edge, double x, double y)
{
  g_autoptr (GMenuModel) model
      = lens_graph_menu_new (lens_graph_canvas_get_graph (self->canvas), node, edge,
                             node >= 0 && lens_graph_canvas_is_pinned (self->canvas, (gsize) node));
  double view_x, view_y;

  if (model == NULL
      || !gtk_widget_translate_coordinates (GTK_WIDGET (self->canvas), GTK_WIDGET (self), x, y, &view_x,
                                            &view_y))
    return;
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) view_x, (int) view_y, 1, 1 });
  lens_popover_focus_return_to (GTK_POPOVER (self->menu), lens_graph_canvas_get_button (self->canvas, node));
  lens_graph_canvas_set_has_tooltips (self->canvas, FALSE);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_closed_cb (LensGraphView *self)
{
  lens_graph_canvas_set_has_tooltips (self->canvas, TRUE);
}

static void
open_others_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lens_graph_view_open_others (user_data);
}

static void
focus_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LensSubnet focus;

  if (lens_graph_menu_read_end (g_variant_get_string (parameter, NULL), &focus))
    lens_graph_view_set_focus (user_data, &focus, 1);
}

static void
end_focus_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  end_focus_cb (user_data);
}

static void
group_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gboolean is_open = g_str_equal (g_action_get_name (G_ACTION (action)), "open-group");
  LensSubnet subnet;

  if (lens_subnet_parse (g_variant_get_string (parameter, NULL), &subnet))
    lens_graph_view_set_group_open (user_data, &subnet, is_open);
}

/* A new layout gives them places. */
static void
unpin_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LensGraphView *self = user_data;
  const char *node = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  if (lens_graph_canvas_unpin (self->canvas, node))
    lens_graph_view_start_layout (self);
}

static void
pins_changed_cb (LensGraphView *self)
{
  gtk_widget_set_visible (self->unpin_button, lens_graph_canvas_count_pins (self->canvas) > 0);
}

/* It moves all that stands above it: not while the pointer is on the zoom buttons, where somebody goes on clicking at the same place. */
static void
show_undrawn_row (LensGraphView *self)
{
  if (!gtk_event_controller_motion_contains_pointer (self->zoom_pointer))
    gtk_widget_set_visible (GTK_WIDGET (self->undrawn_label), self->keeps_undrawn);
}

/* Without it there is more room for the graph, which may be what makes the difference: so it keeps its place while the graph is fitted into that
 * room, and goes once at each zoom. */
static void
undrawn_changed_cb (LensGraphView *self, const char *text)
{
  double zoom = lens_graph_canvas_get_zoom (self->canvas);
  gboolean may_go = lens_graph_canvas_get_graph (self->canvas) == NULL || zoom != self->undrawn_gone_zoom;

  if (text == NULL && self->keeps_undrawn && may_go)
    self->undrawn_gone_zoom = zoom;
  self->keeps_undrawn = text != NULL || (self->keeps_undrawn && !may_go);
  gtk_label_set_label (self->undrawn_label, text != NULL ? text : "");
  show_undrawn_row (self);
}

static void
add_actions (LensGraphView *self)
{
  static const GActionEntry entries[] = {
    { .name = "open-others", .activate = open_others_action },
    { .name = "focus", .activate = focus_action, .parameter_type = "s" },
    { .name = "end-focus", .activate = end_focus_action },
    { .name = "unpin", .activate = unpin_action, .parameter_type = "s" },
    { .name = "unpin-all", .activate = unpin_action },
    { .name = "open-group", .activate = group_action, .parameter_type = "s" },
    { .name = "close-group", .activate = group_action, .parameter_type = "s" },
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
  if (self->growth != NULL)
    g_cancellable_cancel (self->growth);
  g_clear_object (&self->growth);
  if (self->marking != NULL)
    g_cancellable_cancel (self->marking);
  g_clear_object (&self->marking);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  g_clear_handle_id (&self->options_timeout_id, g_source_remove);
  g_clear_handle_id (&self->growth_timeout_id, g_source_remove);
  g_clear_pointer (&self->whole, lens_analysis_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->past, g_array_unref);
  g_clear_pointer (&self->future, g_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, unpin_button);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, pins_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, undrawn_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_undrawn_row);
  gtk_widget_class_bind_template_callback (widget_class, lens_graph_view_cancel_layout);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, search);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, hidden_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, undrawn_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, zoom_pointer);
  gtk_widget_class_bind_template_child (widget_class, LensGraphView, instead_label);
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
  gtk_widget_class_bind_template_callback (widget_class, lens_graph_view_start_layout);
  gtk_widget_class_bind_template_callback (widget_class, lens_graph_view_undo);
  gtk_widget_class_bind_template_callback (widget_class, show_host_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, step_key_cb, "(b)", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, step_key_cb,
                                "(b)", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find_key_cb, NULL);
}

static void
lens_graph_view_init (LensGraphView *self)
{
  self->options = lens_host_graph_options_default ();
  self->engine = self->wanted_engine = LENS_LAYOUT_SFDP;
  self->past = g_array_new (FALSE, FALSE, sizeof (LensHostGraphOptions));
  g_array_set_clear_func (self->past, (GDestroyNotify) lens_host_graph_options_clear);
  self->future = g_array_new (FALSE, FALSE, sizeof (LensHostGraphOptions));
  g_array_set_clear_func (self->future, (GDestroyNotify) lens_host_graph_options_clear);
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_graph_canvas_set_corner (self->canvas, self->zoom_box);
  self->is_filling = TRUE;
  lens_graph_layout_choice_set_up (self->layout_choice);
  self->is_filling = FALSE;
  lens_accessible_name_drop_down (self->layout_choice, _ ("Layout"));
  lens_accessible_name_drop_down (self->weight_choice, _ ("Weight"));
  gtk_spin_button_set_value (self->hosts_spin, LENS_HOST_GRAPH_DEFAULT_HOSTS);
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
}

void
lens_graph_view_set_session (LensGraphView *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  add_actions (self);
  g_signal_connect_object (session, "notify::whole", G_CALLBACK (whole_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (lens_graph_view_update_marks), self,
                           G_CONNECT_SWAPPED);
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
