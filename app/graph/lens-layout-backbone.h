/* Which edges a layout heeds: where each host talks to many, the strongest say where it belongs, and all together only pull it to the middle.
 * Any thread, no state. */
#pragma once

#include "lens-host-graph.h"

G_BEGIN_DECLS

/* One byte an edge, 1: heeded. Of two directions the stronger one; none from a node to itself; of each node the strongest ones, then the
 * strongest of all, a few times as many as there are nodes. The other hosts hang by one edge, and nodes by one to them that have no
 * other.
 * @n_heeded: (out). (transfer full) */
guint8 *lens_layout_backbone_new (const LensHostGraph *graph, gsize *n_heeded);

G_END_DECLS
