/* How strongly each edge is drawn: in a crowd the strongest stay clear, the rest is faint enough to see through, and where it is full the weakest
 * are left out. Any thread, no state. */
#pragma once

#include "lens-graph-edge-path.h"

G_BEGIN_DECLS

/* An edge that is fainter has neither arrow nor label. */
#define LENS_EDGE_SHADE_CLEAR 0.25

typedef struct
{
  double width;          /* of the line */
  double alpha;          /* 0, where it is not drawn, to 1 */
  gboolean is_of_others; /* the other hosts' together: no host's own */
} LensEdgeShade;

/* @paths: one an edge, the strongest first; those that are not visible take no room. @points, @sizes: of the nodes. @first: (nullable), one byte
 * an edge: those with one that is not 0 stand out, and are crowded by each other only. (transfer full), one an edge. */
LensEdgeShade *lens_edge_shades_new (const LensHostGraph *graph,
                                     const LensEdgePath *paths,
                                     const guint8 *first,
                                     const LensPoint *points,
                                     const LensSize *sizes);

G_END_DECLS
