/* The edges of a scene to be drawn: all that it takes, so that a worker can do it. Made and freed on the main thread. */
#pragma once

#include "lens-graph-scene.h"

G_BEGIN_DECLS

typedef struct _LensGraphDrawing LensGraphDrawing;

/* The edges as @scene is arranged, in the theme of @widget. @marks: (transfer none) (nullable). @viewport: (nullable), of @widget: where all
 * of them would take too large an image, only what is seen now and a part around it is drawn, so that a worker can do that too. (transfer
 * full) */
LensGraphDrawing *lens_graph_drawing_new (const LensGraphScene *scene,
                                          GtkWidget *widget,
                                          const LensGraphMarks *marks,
                                          const LensViewport *viewport);
void lens_graph_drawing_free (LensGraphDrawing *drawing);

/* Whether it is small enough for an image, which is fast to show again, and can be drawn by a worker. */
gboolean lens_graph_drawing_is_small (const LensGraphDrawing *drawing);

/* Whether what is drawn of @scene has all that @widget shows of it. */
gboolean lens_graph_drawing_covers (const graphene_rect_t *drawn,
                                    const LensGraphScene *scene,
                                    GtkWidget *widget,
                                    const LensViewport *viewport);

/* What is drawn, in units of the scene. */
graphene_rect_t lens_graph_drawing_get_bounds (const LensGraphDrawing *drawing);

/* Draws the image; any thread, one at a time. */
void lens_graph_drawing_run (LensGraphDrawing *drawing);

/* How many of @n_edges (out) it leaves out because there are so many. Known once it is drawn. */
gsize lens_graph_drawing_get_n_undrawn (const LensGraphDrawing *drawing, gsize *n_edges);

/* What was drawn, or, without an image, is drawn whenever it is shown, for the renderer of @widget's window. (transfer full)
 * (nullable) */
GskRenderNode *lens_graph_drawing_to_node (LensGraphDrawing *drawing, GtkWidget *widget);

G_END_DECLS
