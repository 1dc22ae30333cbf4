/* The edges of a graph as drawn last: recorded once, shown again moved and scaled until they change. Owned by the canvas; main thread. */
#pragma once

#include "lens-graph-scene.h"

G_BEGIN_DECLS

typedef struct _LensGraphEdges LensGraphEdges;

/* @widget: (transfer none), outlives the edges; it is drawn again when they change. @changed: called with @user_data when another number of them
 * is not drawn, not while anything is drawn. (transfer full) */
LensGraphEdges *
lens_graph_edges_new (GtkWidget *widget, void (*changed) (gpointer user_data), gpointer user_data);
void lens_graph_edges_free (LensGraphEdges *edges);

/* They are another graph's, and not shown any more; or there is no graph any more. */
void lens_graph_edges_clear (LensGraphEdges *edges);
void lens_graph_edges_reset (LensGraphEdges *edges);

/* How many of them are not drawn because there are so many: the weakest. Of another graph's, until they are drawn. */
gsize lens_graph_edges_get_n_undrawn (const LensGraphEdges *edges);

/* They are recorded anew when drawn next, all but a few by a worker, the old ones being shown until that is done; of @near only what
 * lens_graph_edges_snapshot() was given as such. Or, cleared, those are another node's, and not shown any more. */
void lens_graph_edges_drop (LensGraphEdges *edges);
void lens_graph_edges_drop_near (LensGraphEdges *edges);
void lens_graph_edges_clear_near (LensGraphEdges *edges);

/* The same, but where there are many only after a moment: while somebody zooms, the ones there are shown larger or smaller. */
void lens_graph_edges_renew (LensGraphEdges *edges, const LensGraphScene *scene);

/* @marks: (nullable), what stands out of all. @near: (nullable), what is drawn over the rest, which is hardly seen then, once a worker has
 * drawn them. */
void lens_graph_edges_snapshot (LensGraphEdges *edges,
                                LensGraphScene *scene,
                                const LensViewport *viewport,
                                const LensGraphMarks *marks,
                                const LensGraphMarks *near,
                                GtkSnapshot *snapshot);

G_END_DECLS
