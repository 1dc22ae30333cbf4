/* The way an edge takes over the picture: the one geometry that drawing and hit test share. Any thread, no state. */
#pragma once

#include "lens-layout.h"

G_BEGIN_DECLS

/* Points along an edge's curve. */
#define LENS_EDGE_PATH_POINTS 33

typedef struct
{
  LensPoint points[LENS_EDGE_PATH_POINTS]; /* from the source's border to the destination's */
  gboolean is_visible;                     /* FALSE: the boxes overlap, there is nothing to draw */
} LensEdgePath;

/* An edge with a twin is curved, apart from it. */
LensEdgePath lens_edge_path_new (const LensGraphEdge *edge, const LensPoint *points, const LensSize *sizes);

/* FALSE where the curve is farther than @distance from (@x, @y): told without working it out. */
gboolean lens_edge_path_may_be_near (const LensGraphEdge *edge,
                                     const LensPoint *points,
                                     const LensSize *sizes,
                                     double x,
                                     double y,
                                     double distance);

/* How far (@x, @y) is from the curve. */
double lens_edge_path_get_distance (const LensEdgePath *path, double x, double y);

G_END_DECLS
