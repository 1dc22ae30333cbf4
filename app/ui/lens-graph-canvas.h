/* The picture of a host graph: nodes are buttons, edges are drawn under them; zoomed, panned, and nodes dragged.
 *
 * It knows no session and no layout: LensGraphView gives it both. A new graph is prepared beside the one shown, which
 * stays until the new one has its positions. Main thread.
 */
#pragma once

#include "lens-graph-shot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_GRAPH_CANVAS (lens_graph_canvas_get_type ())
G_DECLARE_FINAL_TYPE (LensGraphCanvas, lens_graph_canvas, LENS, GRAPH_CANVAS, GtkWidget)

/* Signals: "node-chosen" (guint node, gboolean adds), "edge-chosen" (guint edge, gboolean adds), "menu" (gint node, gint edge, double x,
 * double y): a menu is wanted at (x, y) of the canvas, for a node or, where that is -1, an edge; "pins-changed";
 * "undrawn-changed" (const char *text): what is said of edges that are not drawn because there are so many, NULL for nothing. */

/* Begins with @graph, beside what is shown. */
void lens_graph_canvas_prepare (LensGraphCanvas *canvas, LensHostGraph *graph);

/* Goes on for @budget_us microseconds; returns whether it is prepared. */
gboolean
lens_graph_canvas_prepare_more (LensGraphCanvas *canvas, const LensAnalysis *whole, gint64 budget_us);

/* (transfer none) (nullable): what is, or is being, prepared. */
LensHostGraph *lens_graph_canvas_get_prepared (LensGraphCanvas *canvas);

/* The room that each node takes (transfer none), one a node, NULL when nothing is prepared. */
const LensSize *lens_graph_canvas_get_prepared_sizes (LensGraphCanvas *canvas);

/* Shows what was prepared, with a node at each of @points (transfer none), and fits it in; nodes that were dragged are pinned where they are, and
 * while there are such the view stays too. Where names have to come close, there is more room
 * between them in the direction that the picture has left: up to @max_stretch times as much, 1 for no more. */
void lens_graph_canvas_commit (LensGraphCanvas *canvas, const LensPoint *points, double max_stretch);

/* Shows @graph, a later one of the same capture, instead of what is shown: hosts that are there already stay where they
 * are, new ones get a place near those they talk to, and zoom and shift stay. Something must be shown. */
void lens_graph_canvas_update (LensGraphCanvas *canvas, LensHostGraph *graph, const LensAnalysis *whole);

/* Whether the person neither moved a node nor zoomed nor panned: a new layout would take nothing away. */
gboolean lens_graph_canvas_is_as_laid_out (LensGraphCanvas *canvas);

/* Whether a button or a finger is down there: neither lens_graph_canvas_commit() nor lens_graph_canvas_update() should take away what is under it,
 * or the click is lost. And whether the pointer moved over it within the last @milliseconds, perhaps to click. */
gboolean lens_graph_canvas_is_held (LensGraphCanvas *canvas);
gboolean lens_graph_canvas_is_pointed_at (LensGraphCanvas *canvas, guint milliseconds);

/* Without them a menu that comes up is not covered by what was said of the node under it. */
void lens_graph_canvas_set_has_tooltips (LensGraphCanvas *canvas, gboolean has_tooltips);

/* Keeps what is fitted in off @corner (transfer none), which lies over the lower right corner. */
void lens_graph_canvas_set_corner (LensGraphCanvas *canvas, GtkWidget *corner);

/* Lets a new layout move the node that lens_graph_node_format() calls @node, NULL: all of them. Returns whether it was pinned. */
gboolean lens_graph_canvas_unpin (LensGraphCanvas *canvas, const char *node);
gboolean lens_graph_canvas_is_pinned (LensGraphCanvas *canvas, gsize node);
gsize lens_graph_canvas_count_pins (LensGraphCanvas *canvas);

/* Shows nothing. */
void lens_graph_canvas_clear (LensGraphCanvas *canvas);

/* (transfer none) (nullable): what is shown. */
LensHostGraph *lens_graph_canvas_get_graph (LensGraphCanvas *canvas);

/* @marks: (transfer none) (nullable). @filter: (nullable), whose hosts are shown as selected. */
void lens_graph_canvas_set_marks (LensGraphCanvas *canvas, LensGraphMarks *marks, const LensFilter *filter);

/* Brings @node, which somebody searched for, to the middle, and lets it stand out with its neighbours; -1: none any more. */
void lens_graph_canvas_show_found (LensGraphCanvas *canvas, gssize node);

/* (transfer full) (nullable): what is shown, to be saved. */
LensGraphShot *lens_graph_canvas_take_shot (LensGraphCanvas *canvas);

/* Zooms about the middle. */
void lens_graph_canvas_zoom (LensGraphCanvas *canvas, double factor);

/* Whether it is @node that somebody sees at (@x, @y) of the canvas. */
gboolean lens_graph_canvas_is_seen_at (LensGraphCanvas *canvas, gsize node, double x, double y);

/* (nullable): for what is no node that is shown. (transfer none) */
GtkWidget *lens_graph_canvas_get_button (LensGraphCanvas *canvas, int node);

/* Of the person's own; 0: all of the graph is fitted into the picture, however large that is. */
double lens_graph_canvas_get_zoom (LensGraphCanvas *canvas);
void lens_graph_canvas_fit (LensGraphCanvas *canvas);

G_END_DECLS
