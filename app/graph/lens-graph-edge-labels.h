/* Where the labels of edges go, so that they cover neither a host nor each other. Any thread, no state. */
#pragma once

#include "lens-graph-edge-path.h"

G_BEGIN_DECLS

typedef struct
{
  LensPoint centre;
  gboolean is_shown; /* FALSE: no room for it anywhere along its edge */
} LensEdgeLabel;

/* @paths, @label_sizes: one an edge; earlier ones choose first. @first: (nullable), one byte an edge: those with one that is
 * not 0 choose before the others. @points, @sizes: of the nodes. (transfer full), one an edge. */
LensEdgeLabel *lens_edge_labels_place (const LensEdgePath *paths,
                                       const LensSize *label_sizes,
                                       gsize n_edges,
                                       const guint8 *first,
                                       const LensPoint *points,
                                       const LensSize *sizes,
                                       gsize n_nodes);

G_END_DECLS
