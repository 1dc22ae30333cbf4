/* Draws a host graph with cairo and pango: the edges for the window, all of it for a PDF. Colours are the caller's.
 *
 * Main thread (pango's default font map).
 */
#pragma once

#include "lens-layout.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} LensColor;

typedef struct
{
  LensColor background;
  LensColor foreground; /* text */
  LensColor edge;
  LensColor node_fill;
  LensColor node_border;
  LensColor label_background;
  const char *font_family;
  double font_size; /* points */
} LensGraphStyle;

/* Which parts stand out; the others are dimmed. NULL where everything does. */
typedef struct
{
  const guint8 *nodes; /* (nullable), one byte a node, not 0: stands out */
  const guint8 *edges; /* (nullable), one byte an edge */
  gboolean hides_rest; /* the other edges are not drawn at all */
} LensGraphEmphasis;

LensGraphStyle lens_graph_style_light (void);

/* Sizes of all nodes, measured with pango, for a layout without widgets. (transfer full), one a node. */
LensSize *lens_graph_picture_measure_nodes (const LensHostGraph *graph, const LensGraphStyle *style);

/* Draws the edges with arrows and labels in the coordinates of @points; @sizes: where a node's box begins, so that an arrow
 * ends at it. Edges with a twin in the other direction are curved apart. A label that would cover a
 * node, or the label of an edge that stands out or is stronger, moves along its edge; where no place is free it is left out. Returns how
 * many edges are not drawn because there are so many others: the weakest where it is full. */
gsize lens_graph_picture_draw_edges (cairo_t *cr,
                                     const LensHostGraph *graph,
                                     const LensPoint *points,
                                     const LensSize *sizes,
                                     const LensGraphStyle *style,
                                     const LensGraphEmphasis *emphasis);

/* "Not drawn: the weakest 1,234 of 2,345 connections", or NULL where @n_undrawn is 0. (transfer full), translated. */
char *lens_graph_picture_describe_undrawn (const LensHostGraph *graph, gsize n_undrawn);

/* Draws edges, nodes, a title and what is not drawn over the whole page of @width x @height points. The nodes keep their places to each other;
 * the boxes are as large, and so their text as readable, as the room between them allows. */
void lens_graph_picture_draw (cairo_t *cr,
                              double width,
                              double height,
                              const char *title,
                              const LensHostGraph *graph,
                              const LensPoint *points,
                              const LensSize *sizes,
                              const LensGraphStyle *style,
                              const LensGraphEmphasis *emphasis);

/* The edge under (@x, @y) within @tolerance, in the coordinates of @points; FALSE when there is none. */
gboolean lens_graph_picture_find_edge (const LensHostGraph *graph,
                                       const LensPoint *points,
                                       const LensSize *sizes,
                                       double x,
                                       double y,
                                       double tolerance,
                                       gsize *edge);

G_END_DECLS
