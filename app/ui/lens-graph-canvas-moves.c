/* How the picture of a LensGraphCanvas is moved: zoomed, panned and fitted, a node brought into view, dragged, or let go. */
#include "lens-graph-canvas-input.h"
#include "lens-graph-canvas-private.h"

#define MARGIN_PX 36

/* A node that was searched for is shown no smaller. */
#define FOUND_ZOOM 0.9

void
lens_graph_canvas_reveal_node (LensGraphCanvas *self, gsize node)
{
  const LensPoint *point = &self->shown->points[node];
  double x = self->viewport.shift_x + point->x * self->viewport.zoom;
  double y = self->viewport.shift_y + point->y * self->viewport.zoom;
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  if (x >= MARGIN_PX && x <= width - MARGIN_PX && y >= MARGIN_PX && y <= height - MARGIN_PX)
    return;
  lens_graph_canvas_pan (self, CLAMP (x, MARGIN_PX * 2, width - MARGIN_PX * 2) - x,
                         CLAMP (y, MARGIN_PX * 2, height - MARGIN_PX * 2) - y);
}

void
lens_graph_canvas_show_found (LensGraphCanvas *self, gssize node)
{
  gssize before = lens_graph_near_get_found (self->near);
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  const LensPoint *point;

  if (self->shown == NULL)
    return;
  if (before >= 0 && (gsize) before < self->shown->n_nodes)
    lens_node_button_set_is_found (g_ptr_array_index (self->shown->buttons, before), FALSE);
  lens_graph_near_set_found (self->near, node);
  if (node < 0 || (gsize) node >= self->shown->n_nodes)
    return;
  lens_node_button_set_is_found (g_ptr_array_index (self->shown->buttons, node), TRUE);
  point = &self->shown->points[node];
  self->is_fitted = FALSE;
  self->viewport.zoom = MAX (self->viewport.zoom, FOUND_ZOOM);
  self->viewport.shift_x = width / 2 - point->x * self->viewport.zoom;
  self->viewport.shift_y = height / 2 - point->y * self->viewport.zoom;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
lens_graph_canvas_is_as_laid_out (LensGraphCanvas *self)
{
  return self->is_fitted && !self->is_moved;
}

LensPoint
lens_graph_canvas_get_node_position (LensGraphCanvas *self, LensNodeButton *node)
{
  return self->shown->points[lens_node_button_get_node (node)];
}

void
lens_graph_canvas_move_node (LensGraphCanvas *self,
                             LensNodeButton *node,
                             const LensPoint *start,
                             double dx,
                             double dy)
{
  LensPoint *point = &self->shown->points[lens_node_button_get_node (node)];

  self->is_fitted = FALSE;
  self->is_moved = TRUE;
  point->x = start->x + dx / self->viewport.zoom;
  point->y = start->y + dy / self->viewport.zoom;
  lens_graph_pins_set (self->pins, self->shown, lens_node_button_get_node (node));
  g_signal_emit_by_name (self, "pins-changed");
  if (lens_graph_near_get_marks (self->near) != NULL)
    lens_graph_edges_renew (self->edges, self->shown);
  else
    lens_graph_edges_drop (self->edges);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

gboolean
lens_graph_canvas_unpin (LensGraphCanvas *self, const char *node)
{
  gboolean is_changed = lens_graph_pins_remove (self->pins, node);

  if (self->shown != NULL)
    lens_graph_pins_show (self->pins, self->shown);
  if (is_changed)
    g_signal_emit_by_name (self, "pins-changed");
  return is_changed;
}

gboolean
lens_graph_canvas_is_pinned (LensGraphCanvas *self, gsize node)
{
  return lens_node_button_is_pinned (g_ptr_array_index (self->shown->buttons, node));
}

gsize
lens_graph_canvas_count_pins (LensGraphCanvas *self)
{
  return lens_graph_pins_get_n (self->pins);
}

void
lens_graph_canvas_pan (LensGraphCanvas *self, double dx, double dy)
{
  self->is_fitted = FALSE;
  self->viewport.shift_x += dx;
  self->viewport.shift_y += dy;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
lens_graph_canvas_zoom_at (LensGraphCanvas *self, double factor, double x, double y)
{
  self->is_fitted = FALSE;
  lens_viewport_zoom_at (&self->viewport, factor, x, y);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

double
lens_graph_canvas_get_zoom (LensGraphCanvas *self)
{
  return self->is_fitted ? 0 : self->viewport.zoom;
}

void
lens_graph_canvas_zoom (LensGraphCanvas *self, double factor)
{
  lens_graph_canvas_zoom_at (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                             gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

void
lens_graph_canvas_fit (LensGraphCanvas *self)
{
  self->is_fitted = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
