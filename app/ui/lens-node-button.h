/* A node of the connection graph: a real button, so that it can be focused, named and styled. Main thread. */
#pragma once

#include "lens-graph-marks.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_NODE_BUTTON (lens_node_button_get_type ())
G_DECLARE_FINAL_TYPE (LensNodeButton, lens_node_button, LENS, NODE_BUTTON, GtkButton)

/* Signal "chosen" (gboolean adds): clicked, or with Ctrl held to add to what is chosen already. A group is opened by a double
 * click and by the keys, with the action graph.open-group, and chosen by a single click. */

/* A button for node @node of @graph. The "others" node says what it opens to, and is insensitive
 * when the graph can have no more nodes. */
GtkWidget *lens_node_button_new (const LensHostGraph *graph, gsize node);

/* Makes it the button of that node, of a later graph of the same capture: the same host, or "others". */
void lens_node_button_set_node (LensNodeButton *button, const LensHostGraph *graph, gsize node);
gsize lens_node_button_get_node (LensNodeButton *button);

/* Whether its short name is seen in place of the whole one, which it is called all the same. */
void lens_node_button_set_is_short (LensNodeButton *button, gboolean is_short);

/* @host: (nullable), the node's totals over the whole capture: what the tooltip and the description say. */
void lens_node_button_set_totals (LensNodeButton *button, const LensHostTotals *host);

/* @passed: (nullable), what of them passes a filter: they say so. NULL where everything does. */
void lens_node_button_set_passed (LensNodeButton *button, const LensHostTotals *passed);

/* Selected: the filter names it. Dimmed: others stand out. Found: it is what was searched for. */
void lens_node_button_set_state (LensNodeButton *button, gboolean is_selected);
/* Pinned: somebody dragged it there. */
void lens_node_button_set_is_pinned (LensNodeButton *button, gboolean is_pinned);
gboolean lens_node_button_is_pinned (LensNodeButton *button);
gboolean lens_node_button_is_selected (LensNodeButton *button);
void lens_node_button_set_is_dimmed (LensNodeButton *button, gboolean is_dimmed);
void lens_node_button_set_is_found (LensNodeButton *button, gboolean is_found);

G_END_DECLS
