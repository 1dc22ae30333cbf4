/* The parts of a LensGraphCanvas: lens-graph-canvas.c is the widget and what it shows, lens-graph-canvas-moves.c moves that,
 * lens-graph-canvas-input.c takes what pointer, fingers and keys want. Main thread. */
#pragma once

#include "lens-graph-canvas.h"
#include "lens-graph-edges.h"
#include "lens-graph-hand.h"
#include "lens-graph-near.h"
#include "lens-graph-pins.h"
#include "lens-graph-scene.h"

G_BEGIN_DECLS

struct _LensGraphCanvas
{
  GtkWidget parent_instance;
  LensGraphScene *shown;    /* (nullable) */
  LensGraphScene *prepared; /* (nullable) */
  LensGraphMarks *marks;
  LensGraphNear *near;
  LensViewport viewport;
  gboolean is_fitted; /* stays fitted when the size changes, until the person zooms or pans */
  gboolean is_moved;  /* the person put a node somewhere else */
  LensGraphEdges *edges;
  LensGraphPins *pins;
  LensGraphHand *hand; /* the widget's */
  GtkWidget *corner;   /* weak (nullable): lies over the lower right one */
};

/* Pans as far as it takes to have @node well inside. */
void lens_graph_canvas_reveal_node (LensGraphCanvas *canvas, gsize node);

G_END_DECLS
