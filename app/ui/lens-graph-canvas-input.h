/* Mouse, touch and keys of the graph canvas, and what they ask of it. Only for lens-graph-canvas.c and its input. */
#pragma once

#include "lens-graph-canvas.h"
#include "lens-node-button.h"

G_BEGIN_DECLS

/* Adds the gestures and keys. */
void lens_graph_canvas_add_input (LensGraphCanvas *canvas);

/* Coordinates and distances are the widget's, pixels. */
gboolean lens_graph_canvas_find_edge (LensGraphCanvas *canvas, double x, double y, gsize *edge);
void lens_graph_canvas_choose_edge (LensGraphCanvas *canvas, gsize edge, gboolean adds);
void lens_graph_canvas_zoom_at (LensGraphCanvas *canvas, double factor, double x, double y);
void lens_graph_canvas_pan (LensGraphCanvas *canvas, double dx, double dy);

/* Where a node is in the picture; puts it (@dx, @dy) pixels from where it was, @start. */
LensPoint lens_graph_canvas_get_node_position (LensGraphCanvas *canvas, LensNodeButton *node);
void lens_graph_canvas_move_node (LensGraphCanvas *canvas,
                                  LensNodeButton *node,
                                  const LensPoint *start,
                                  double dx,
                                  double dy);

G_END_DECLS
