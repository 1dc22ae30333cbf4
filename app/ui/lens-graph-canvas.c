#include "lens-graph-canvas.h"

#include "lens-graph-canvas-input.h"
#include "lens-graph-canvas-private.h"
#include "lens-graph-edge-text.h"
#include "lens-node-button.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Between what lies over the corner and the graph's rim. */
#define CORNER_MARGIN_PX 12

enum
{
  NODE_CHOSEN,
  EDGE_CHOSEN,
  MENU,
  PINS_CHANGED,
  UNDRAWN_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensGraphCanvas, lens_graph_canvas, GTK_TYPE_WIDGET)

static void
drop_edges (LensGraphCanvas *self)
{
  lens_graph_edges_drop (self->edges);
}

/* What stands out: a node and its neighbours, else what the filter concerns. */
static LensGraphMarks *
get_marks (LensGraphCanvas *self)
{
  LensGraphMarks *near = lens_graph_near_get_marks (self->near);

  return near != NULL ? near : self->marks;
}

/* The node that keeps its name whatever else there is. */
static GtkWidget *
get_named_first (LensGraphCanvas *self)
{
  gssize node = lens_graph_near_get_node (self->near);

  return node >= 0 && (gsize) node < self->shown->n_nodes ? g_ptr_array_index (self->shown->buttons, node)
                                                          : gtk_widget_get_focus_child (GTK_WIDGET (self));
}

static void
renew_edges_once (LensGraphCanvas *self)
{
  if (!lens_graph_scene_is_as_recorded (self->shown))
    lens_graph_edges_renew (self->edges, self->shown);
}

/* How much of the lower right corner is not the graph's. */
static LensSize
get_corner (LensGraphCanvas *self)
{
  GtkRequisition size = { 0, 0 };

  if (self->corner != NULL)
    gtk_widget_get_preferred_size (self->corner, NULL, &size);
  return (LensSize){ size.width + CORNER_MARGIN_PX, size.height + CORNER_MARGIN_PX };
}

static void
lens_graph_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (widget);

  if (self->shown == NULL || width < 1 || height < 1)
    return;
  if (self->is_fitted)
    lens_graph_scene_fit (self->shown, width, height, get_corner (self), &self->viewport);
  if (lens_graph_scene_arrange (self->shown, &self->viewport, get_marks (self), get_named_first (self)))
    {
      /* Where only some node's neighbours got their names, the other edges may stay as they are. */
      if (lens_graph_near_get_marks (self->near) == NULL || self->shown->zoom != self->shown->recorded_zoom)
        renew_edges_once (self);
      else
        lens_graph_edges_drop_near (self->edges);
    }
  lens_graph_scene_allocate (self->shown, &self->viewport);
}

static void
snapshot_name (LensGraphCanvas *self, gsize node, GtkSnapshot *snapshot)
{
  if (!self->shown->is_mark[node])
    gtk_widget_snapshot_child (GTK_WIDGET (self), g_ptr_array_index (self->shown->buttons, node), snapshot);
}

/* Dots come first, so that no name is hidden under one; then weak hosts before strong ones: see lens_graph_scene_find_node(). */
static void
snapshot_nodes (LensGraphCanvas *self, GtkSnapshot *snapshot)
{
  lens_graph_scene_snapshot_dots (self->shown, &self->viewport, get_marks (self), snapshot);
  for (gsize i = self->shown->n_nodes; i-- > 0;)
    if ((gssize) i != self->shown->foremost)
      snapshot_name (self, i, snapshot);
  if (self->shown->foremost >= 0)
    snapshot_name (self, (gsize) self->shown->foremost, snapshot);
}

static void
lens_graph_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (widget);

  if (self->shown == NULL)
    return;
  lens_graph_edges_snapshot (self->edges, self->shown, &self->viewport, self->marks,
                             lens_graph_near_get_marks (self->near), snapshot);
  snapshot_nodes (self, snapshot);
}

/* All nodes are one tab stop; arrows move between them. */
static gboolean
lens_graph_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (widget);
  GtkWidget *focused = gtk_widget_get_focus_child (widget);
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
  gssize target = 0;

  if (self->shown == NULL || self->shown->n_nodes == 0)
    return FALSE;
  if (focused != NULL)
    {
      if (is_tab || !LENS_IS_NODE_BUTTON (focused))
        return FALSE;
      target = lens_graph_scene_find_neighbour (
          self->shown, lens_node_button_get_node (LENS_NODE_BUTTON (focused)), direction);
      if (target < 0)
        return TRUE; /* stay: arrows never leave the graph */
    }
  lens_graph_canvas_reveal_node (self, (gsize) target);
  gtk_widget_queue_allocate (widget); /* the focused one shows its name */
  return gtk_widget_grab_focus (g_ptr_array_index (self->shown->buttons, (gsize) target));
}

static void
lens_graph_canvas_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  /* A click focuses too, but then it is the pointer that says what stands out. */
  gboolean is_by_keys = GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root));

  GTK_WIDGET_CLASS (lens_graph_canvas_parent_class)->set_focus_child (widget, child);
  lens_graph_near_set_focused (self->near, is_by_keys && child != NULL && LENS_IS_NODE_BUTTON (child)
                                               ? (gssize) lens_node_button_get_node (LENS_NODE_BUTTON (child))
                                               : LENS_GRAPH_NEAR_NONE);
}

static gboolean
lens_graph_canvas_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (widget);
  g_autofree char *text = NULL;
  gsize edge;

  if (keyboard || !lens_graph_canvas_find_edge (self, x, y, &edge))
    return FALSE;
  text = lens_graph_edge_text_new (self->shown->graph, self->marks, edge);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ x - 4, y - 4, 8, 8 });
  return TRUE;
}

static void
lens_graph_canvas_dispose (GObject *object)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (object);

  g_clear_pointer (&self->shown, lens_graph_scene_free);
  g_clear_pointer (&self->prepared, lens_graph_scene_free);
  g_clear_pointer (&self->marks, lens_graph_marks_unref);
  g_clear_weak_pointer (&self->corner);
  G_OBJECT_CLASS (lens_graph_canvas_parent_class)->dispose (object);
}

static void
lens_graph_canvas_finalize (GObject *object)
{
  LensGraphCanvas *self = LENS_GRAPH_CANVAS (object);

  lens_graph_near_free (self->near);
  lens_graph_edges_free (self->edges);
  lens_graph_pins_free (self->pins);
  G_OBJECT_CLASS (lens_graph_canvas_parent_class)->finalize (object);
}

static void
lens_graph_canvas_class_init (LensGraphCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_graph_canvas_dispose;
  G_OBJECT_CLASS (klass)->finalize = lens_graph_canvas_finalize;
  widget_class->size_allocate = lens_graph_canvas_size_allocate;
  widget_class->snapshot = lens_graph_canvas_snapshot;
  widget_class->focus = lens_graph_canvas_focus;
  widget_class->set_focus_child = lens_graph_canvas_set_focus_child;
  widget_class->query_tooltip = lens_graph_canvas_query_tooltip;

  signals[NODE_CHOSEN] = g_signal_new ("node-chosen", LENS_TYPE_GRAPH_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[EDGE_CHOSEN] = g_signal_new ("edge-chosen", LENS_TYPE_GRAPH_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[MENU] = g_signal_new ("menu", LENS_TYPE_GRAPH_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 4, G_TYPE_INT, G_TYPE_INT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  signals[PINS_CHANGED] = g_signal_new ("pins-changed", LENS_TYPE_GRAPH_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);

  signals[UNDRAWN_CHANGED] = g_signal_new ("undrawn-changed", LENS_TYPE_GRAPH_CANVAS, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "graphcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* Buttons look as what stands out says. */
static void
show_state (LensGraphCanvas *self)
{
  LensGraphMarks *marks = get_marks (self);

  for (gsize i = 0; i < self->shown->n_nodes; i++)
    lens_node_button_set_is_dimmed (g_ptr_array_index (self->shown->buttons, i),
                                    !lens_graph_marks_has_node (marks, i));
}

static void
near_changed (gpointer user_data)
{
  LensGraphCanvas *self = user_data;

  lens_graph_edges_clear_near (self->edges);
  if (self->shown == NULL)
    return;
  show_state (self);
  lens_graph_scene_spell_out (self->shown, lens_graph_near_get_node (self->near));
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* names go to the neighbours first */
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
undrawn_changed (gpointer user_data)
{
  LensGraphCanvas *self = user_data;
  g_autofree char *text = self->shown != NULL ? lens_graph_picture_describe_undrawn (
                              self->shown->graph, lens_graph_edges_get_n_undrawn (self->edges))
                                              : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  g_signal_emit (self, signals[UNDRAWN_CHANGED], 0, text);
}

static void
lens_graph_canvas_init (LensGraphCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->near = lens_graph_near_new (near_changed, self);
  self->edges = lens_graph_edges_new (widget, undrawn_changed, self);
  self->pins = lens_graph_pins_new ();
  self->viewport.zoom = 1;
  self->is_fitted = TRUE;
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Connection graph"), -1);
  lens_graph_canvas_add_input (self);
  self->hand = lens_graph_hand_add (widget);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (drop_edges), self,
                           G_CONNECT_SWAPPED);
}

static void
node_chosen_cb (LensNodeButton *button, gboolean adds, gpointer user_data)
{
  g_signal_emit (user_data, signals[NODE_CHOSEN], 0, (guint) lens_node_button_get_node (button), adds);
}

void
lens_graph_canvas_choose_edge (LensGraphCanvas *self, gsize edge, gboolean adds, double x, double y)
{
  LensFilterTerm term;

  if (lens_graph_marks_get_edge_term (
          self->shown->graph, &lens_host_graph_get_edges (self->shown->graph, NULL)[edge], FALSE, &term))
    g_signal_emit (self, signals[EDGE_CHOSEN], 0, (guint) edge, adds);
  else
    g_signal_emit (self, signals[MENU], 0, -1, (int) edge, x, y);
}

void
lens_graph_canvas_set_hovered (LensGraphCanvas *self, LensNodeButton *node)
{
  lens_graph_near_set_hovered (self->near, node != NULL ? (gssize) lens_node_button_get_node (node)
                                                        : LENS_GRAPH_NEAR_NONE);
}

gboolean
lens_graph_canvas_ask_menu (LensGraphCanvas *self, LensNodeButton *node, double x, double y)
{
  gsize edge;

  if (node != NULL)
    g_signal_emit (self, signals[MENU], 0, (int) lens_node_button_get_node (node), -1, x, y);
  else if (lens_graph_canvas_find_edge (self, x, y, &edge))
    g_signal_emit (self, signals[MENU], 0, -1, (int) edge, x, y);
  else
    return FALSE;
  lens_graph_hand_let_go (self->hand);
  return TRUE;
}

/* For the keys: below the node that they are on. */
gboolean
lens_graph_canvas_ask_menu_at_focus (LensGraphCanvas *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self));
  graphene_rect_t bounds;

  if (focused == NULL || !LENS_IS_NODE_BUTTON (focused)
      || !gtk_widget_compute_bounds (focused, GTK_WIDGET (self), &bounds))
    return FALSE;
  return lens_graph_canvas_ask_menu (self, LENS_NODE_BUTTON (focused),
                                     bounds.origin.x + bounds.size.width / 2,
                                     bounds.origin.y + bounds.size.height);
}

void
lens_graph_canvas_prepare (LensGraphCanvas *self, LensHostGraph *graph)
{
  g_clear_pointer (&self->prepared, lens_graph_scene_free);
  self->prepared = lens_graph_scene_new (graph, GTK_WIDGET (self), G_CALLBACK (node_chosen_cb));
}

gboolean
lens_graph_canvas_prepare_more (LensGraphCanvas *self, const LensAnalysis *whole, gint64 budget_us)
{
  g_return_val_if_fail (self->prepared != NULL, TRUE);

  return lens_graph_scene_make_buttons (self->prepared, whole, budget_us);
}

const LensSize *
lens_graph_canvas_get_prepared_sizes (LensGraphCanvas *self)
{
  return self->prepared != NULL ? self->prepared->layout_sizes : NULL;
}

LensHostGraph *
lens_graph_canvas_get_prepared (LensGraphCanvas *self)
{
  return self->prepared != NULL ? self->prepared->graph : NULL;
}

void
lens_graph_canvas_commit (LensGraphCanvas *self, const LensPoint *points, double max_stretch)
{
  gboolean was_all_seen;

  g_return_if_fail (self->prepared != NULL);
  was_all_seen = lens_graph_scene_is_in_view (self->shown, &self->viewport, GTK_WIDGET (self));
  g_clear_pointer (&self->shown, lens_graph_scene_free);
  self->shown = g_steal_pointer (&self->prepared);
  self->shown->points = g_memdup2 (points, self->shown->n_nodes * sizeof *points);
  /* About a pinned node there is less room. */
  if (lens_graph_pins_get_n (self->pins) == 0)
    lens_graph_scene_stretch (self->shown, gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)), get_corner (self), max_stretch);
  lens_graph_pins_apply (self->pins, self->shown);
  for (gsize i = 0; i < self->shown->n_nodes; i++)
    gtk_widget_set_child_visible (g_ptr_array_index (self->shown->buttons, i), TRUE);
  g_clear_pointer (&self->marks, lens_graph_marks_unref);
  lens_graph_near_set_graph (self->near, self->shown->graph);
  lens_graph_edges_clear (self->edges);
  self->is_moved = FALSE;
  /* What somebody put there stays there, on the screen too, as long as that leaves nothing out of sight that was not before. */
  if (lens_graph_pins_get_n (self->pins) == 0
      || (was_all_seen && !lens_graph_scene_bring_in (self->shown, &self->viewport, GTK_WIDGET (self))))
    lens_graph_canvas_fit (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
lens_graph_canvas_update (LensGraphCanvas *self, LensHostGraph *graph, const LensAnalysis *whole)
{
  g_return_if_fail (self->shown != NULL);

  lens_graph_canvas_show_found (self, LENS_GRAPH_NEAR_NONE);
  lens_graph_near_set_graph (self->near, NULL);
  lens_graph_scene_update (self->shown, graph, whole);
  lens_graph_pins_show (self->pins, self->shown);
  lens_graph_near_set_graph (self->near, graph);
  g_clear_pointer (&self->marks, lens_graph_marks_unref);
  drop_edges (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
lens_graph_canvas_clear (LensGraphCanvas *self)
{
  lens_graph_near_set_graph (self->near, NULL);
  g_clear_pointer (&self->shown, lens_graph_scene_free);
  g_clear_pointer (&self->prepared, lens_graph_scene_free);
  g_clear_pointer (&self->marks, lens_graph_marks_unref);
  lens_graph_edges_reset (self->edges);
}

gboolean
lens_graph_canvas_is_held (LensGraphCanvas *self)
{
  return lens_graph_hand_is_down (self->hand);
}

void
lens_graph_canvas_set_has_tooltips (LensGraphCanvas *self, gboolean has_tooltips)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), has_tooltips);
  for (gsize i = 0; self->shown != NULL && i < self->shown->n_nodes; i++)
    gtk_widget_set_has_tooltip (g_ptr_array_index (self->shown->buttons, i), has_tooltips);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

void
lens_graph_canvas_set_corner (LensGraphCanvas *self, GtkWidget *corner)
{
  g_set_weak_pointer (&self->corner, corner);
}

gboolean
lens_graph_canvas_is_pointed_at (LensGraphCanvas *self, guint milliseconds)
{
  return lens_graph_hand_moved_within (self->hand, milliseconds);
}

LensHostGraph *
lens_graph_canvas_get_graph (LensGraphCanvas *self)
{
  return self->shown != NULL ? self->shown->graph : NULL;
}

void
lens_graph_canvas_set_marks (LensGraphCanvas *self, LensGraphMarks *marks, const LensFilter *filter)
{
  const LensGraphNode *nodes;
  gboolean had_emphasis;

  if (self->shown == NULL)
    return;
  had_emphasis = lens_graph_marks_get_emphasis (self->marks) != NULL;
  if (marks != NULL)
    lens_graph_marks_ref (marks);
  g_clear_pointer (&self->marks, lens_graph_marks_unref);
  self->marks = marks;

  nodes = lens_host_graph_get_nodes (self->shown->graph, NULL);
  for (gsize i = 0; i < self->shown->n_nodes; i++)
    {
      LensFilterTerm term = lens_graph_marks_get_node_term (&nodes[i]);

      lens_node_button_set_state (g_ptr_array_index (self->shown->buttons, i),
                                  filter != NULL && nodes[i].address.version != 0
                                      && lens_filter_has_term (filter, &term));
      lens_node_button_set_passed (g_ptr_array_index (self->shown->buttons, i),
                                   lens_graph_marks_get_node_passed (marks, i));
    }
  show_state (self);
  /* While a capture grows without a filter there are other marks all the time that say the same. */
  if (had_emphasis || lens_graph_marks_get_emphasis (marks) != NULL)
    drop_edges (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self)); /* names go to the nodes concerned first */
}

LensGraphShot *
lens_graph_canvas_take_shot (LensGraphCanvas *self)
{
  if (self->shown == NULL)
    return NULL;
  return lens_graph_shot_new (self->shown->graph, self->shown->points, self->marks);
}

gboolean
lens_graph_canvas_find_edge (LensGraphCanvas *self, double x, double y, gsize *edge)
{
  return self->shown != NULL && lens_graph_scene_find_edge (self->shown, &self->viewport, x, y, edge);
}

gboolean
lens_graph_canvas_is_seen_at (LensGraphCanvas *self, gsize node, double x, double y)
{
  return self->shown != NULL
         && lens_graph_scene_find_node (self->shown, &self->viewport, x, y) == (gssize) node;
}

GtkWidget *
lens_graph_canvas_get_button (LensGraphCanvas *self, int node)
{
  return node >= 0 && self->shown != NULL && (guint) node < self->shown->buttons->len
             ? self->shown->buttons->pdata[node]
             : NULL;
}
