/* Which node of the graph has its neighbours stand out: the one under the pointer, else the one that the keys are on, else the one
 * that was searched for. Owned by the canvas; main thread.
 */
#pragma once

#include "lens-graph-marks.h"

G_BEGIN_DECLS

typedef struct _LensGraphNear LensGraphNear;

/* No node. */
#define LENS_GRAPH_NEAR_NONE (-1)

/* @changed: called with @user_data when another node, or none, is the one. (transfer full) */
LensGraphNear *lens_graph_near_new (void (*changed) (gpointer user_data), gpointer user_data);
void lens_graph_near_free (LensGraphNear *near);

/* What the nodes are of; forgets them all. @graph: (transfer none) (nullable). */
void lens_graph_near_set_graph (LensGraphNear *near, LensHostGraph *graph);

/* A node, or LENS_GRAPH_NEAR_NONE. The pointer may pass over many on its way: only where it rests a moment is it on one. */
void lens_graph_near_set_hovered (LensGraphNear *near, gssize node);
void lens_graph_near_set_focused (LensGraphNear *near, gssize node);
void lens_graph_near_set_found (LensGraphNear *near, gssize node);

gssize lens_graph_near_get_node (const LensGraphNear *near);
gssize lens_graph_near_get_found (const LensGraphNear *near);

/* (transfer none) (nullable): of that node, NULL where there is none. */
LensGraphMarks *lens_graph_near_get_marks (const LensGraphNear *near);

G_END_DECLS
