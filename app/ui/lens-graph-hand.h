/* Whether somebody's hand is at work on the graph: a button or a finger is down there, or the pointer moved just now. What it is about to click,
 * or has half clicked, should not go meanwhile. Owned by the widget; main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _LensGraphHand LensGraphHand;

/* (transfer none): lives as long as @widget. */
LensGraphHand *lens_graph_hand_add (GtkWidget *widget);

gboolean lens_graph_hand_is_down (const LensGraphHand *hand);

/* Whether the pointer moved over the widget within the last @milliseconds. */
gboolean lens_graph_hand_moved_within (const LensGraphHand *hand, guint milliseconds);

/* Something else has the finger now, such as a menu that came up under it: the widget will not hear that it is lifted. */
void lens_graph_hand_let_go (LensGraphHand *hand);

G_END_DECLS
