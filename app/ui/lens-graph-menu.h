/* What can be done with a host or a connection of the graph: the menu, and the actions behind it. Main thread. */
#pragma once

#include "lens-host-graph.h"
#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The menu of a node or, where @node is -1, of an edge, over actions with the prefix "graph.". NULL for an edge of the other hosts, which have
 * no address. @is_pinned: the node was dragged there. (transfer full) (nullable) */
GMenuModel *lens_graph_menu_new (const LensHostGraph *graph, int node, int edge, gboolean is_pinned);

/* "filter", "exclude" and "show-packets" (s: an address or a subnet), "show-packets-of-connection" and "show-packets-of-pair" (ss), which filter and
 * activate "page.show-packets" of @widget, "connection", "pair", "exclude-connection" and "exclude-pair" (ss), "copy" (s: a text, to the
 * clipboard of @widget). "open-others", "focus" (s), "end-focus", "unpin" (s), "unpin-all", "open-group" and "close-group" (s: a subnet) are the caller's to add. @session and @widget: (transfer none), outlive the actions.
 * (transfer full) */
GSimpleActionGroup *lens_graph_menu_new_actions (LensSession *session, GtkWidget *widget);

/* Reads what those actions are given: an address, as a subnet of its own, or a subnet. Returns FALSE when @text is neither. @end: (out) */
gboolean lens_graph_menu_read_end (const char *text, LensSubnet *end);

G_END_DECLS
