/* Places for a graph of which a part is laid out already: who has a place keeps it. Pure; any thread. */
#pragma once

#include "lens-layout.h"

G_BEGIN_DECLS

/* @before: the graph that is laid out, at @points_before (one a node). @graph: a later one of the same capture; @sizes: one a
 * node of it. A host of both, and "others", stays where it is. A host that is new gets a free place near those it talks
 * to, on the side away from the middle. (transfer full), one point a node of @graph; g_free(). */
LensPoint *lens_layout_extend (const LensHostGraph *graph,
                               const LensSize *sizes,
                               const LensHostGraph *before,
                               const LensPoint *points_before);

/* Puts nodes of a new layout where they are pinned: @pinned has one place a node, NULL where it isn't. The others keep their places to each other,
 * moved as the pinned ones have to be in the mean; where that is under a pinned one, a node goes to the nearest free place. */
void
lens_layout_pin (LensPoint *points, const LensSize *sizes, gsize n_nodes, const LensPoint *const *pinned);

G_END_DECLS
