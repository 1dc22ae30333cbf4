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

G_END_DECLS
