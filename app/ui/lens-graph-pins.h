/* Which nodes of a graph somebody dragged to where they are: a new layout leaves them there. Owned by the canvas; main thread. */
#pragma once

#include "lens-graph-scene.h"

G_BEGIN_DECLS

typedef struct _LensGraphPins LensGraphPins;

LensGraphPins *lens_graph_pins_new (void);
void lens_graph_pins_free (LensGraphPins *pins);

/* Pins a node of @scene where it is now. */
void lens_graph_pins_set (LensGraphPins *pins, LensGraphScene *scene, gsize node);

/* @node: as lens_graph_node_format() calls it, NULL for all. Returns whether there was any. */
gboolean lens_graph_pins_remove (LensGraphPins *pins, const char *node);
gsize lens_graph_pins_get_n (const LensGraphPins *pins);

/* Moves what a new layout says of @scene so that pinned nodes are where they were, and lets their buttons say so. */
void lens_graph_pins_apply (const LensGraphPins *pins, LensGraphScene *scene);

/* Only the latter. */
void lens_graph_pins_show (const LensGraphPins *pins, LensGraphScene *scene);

G_END_DECLS
