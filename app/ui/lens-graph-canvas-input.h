/* Mouse, touch and keys of the graph canvas, and what they ask of it. Only for lens-graph-canvas.c and its input. */
#pragma once

#include "lens-graph-canvas.h"
#include "lens-node-button.h"

G_BEGIN_DECLS

/* Adds the gestures and keys. */
void lens_graph_canvas_add_input (LensGraphCanvas *canvas);

/* Coordinates and distances are the widget's, pixels. */
gboolean lens_graph_canvas_find_edge (LensGraphCanvas *canvas, double x, double y, gsize *edge);

/* Asks for its menu at (@x, @y) instead where no filter selects it: it is the other hosts'. */
void lens_graph_canvas_choose_edge (LensGraphCanvas *canvas, gsize edge, gboolean adds, double x, double y);
void lens_graph_canvas_zoom_at (LensGraphCanvas *canvas, double factor, double x, double y);
void lens_graph_canvas_pan (LensGraphCanvas *canvas, double dx, double dy);

/* @node: (nullable): the one under the pointer, which stands out with its neighbours. */
void lens_graph_canvas_set_hovered (LensGraphCanvas *canvas, LensNodeButton *node);

/* Asks for the menu of @node (nullable), else of the edge at (@x, @y), or of the focused node; FALSE where there is none. */
gboolean lens_graph_canvas_ask_menu (LensGraphCanvas *canvas, LensNodeButton *node, double x, double y);
gboolean lens_graph_canvas_ask_menu_at_focus (LensGraphCanvas *canvas);

/* Where a node is in the picture; puts it (@dx, @dy) pixels from where it was, @start. */
LensPoint lens_graph_canvas_get_node_position (LensGraphCanvas *canvas, LensNodeButton *node);
void lens_graph_canvas_move_node (LensGraphCanvas *canvas,
                                  LensNodeButton *node,
                                  const LensPoint *start,
                                  double dx,
                                  double dy);

G_END_DECLS
