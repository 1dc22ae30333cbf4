/* A host graph with a button for each node, and where all of it is for a given viewport. Owned by the canvas; main thread.
 *
 * Zoomed in, everything grows. Zoomed out beyond what can be read, hosts come closer instead of getting smaller: the
 * strongest keep their names as far as there is room, the others become dots, larger where the host is stronger.
 */
#pragma once

#include "lens-graph-marks.h"
#include "lens-viewport.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Below this zoom names could not be read. */
#define LENS_GRAPH_LEGIBLE_ZOOM 0.72

typedef struct
{
  LensHostGraph *graph; /* owned */
  GPtrArray *buttons;   /* (element-type LensNodeButton), owned by their parent */
  GtkWidget *parent;    /* of the buttons, outlives the scene */
  GCallback chosen_cb;  /* of a button's "chosen", with the parent */
  gsize n_nodes;
  LensSize *sizes;        /* owned, one a node: as measured, with short names */
  LensSize *layout_sizes; /* owned, one a node: the room it gets in a layout */
  LensPoint *points;      /* owned, one a node; NULL until it is laid out */

  /* As arranged last, one a node, in units of scale pixels. */
  double zoom;             /* of the viewport */
  double scale;            /* pixels a unit */
  double spread;           /* arranged points are this times points */
  LensPoint *placed;       /* owned: where lens_graph_scene_place() had nodes last */
  guint8 *is_placed_mark;  /* owned */
  LensPoint *placed_from;  /* owned: the points that it was of then */
  LensPoint *drawn_points; /* owned */
  LensSize *drawn_sizes;   /* owned */
  guint8 *is_mark;         /* owned: too little room for its name */
  gssize foremost;         /* the node that is named before all others and lies over them, or -1 */
  gssize spelled_out;      /* the one whose whole name is seen, or -1 */
  LensSize spelled_out_size;

  /* As it was when the edges were recorded. */
  double recorded_zoom;
  guint8 *recorded_is_mark; /* owned (nullable) */
} LensGraphScene;

/* Without buttons yet. @parent: theirs. @chosen_cb: to be connected to "chosen" of each button, with @parent. */
LensGraphScene *lens_graph_scene_new (LensHostGraph *graph, GtkWidget *parent, GCallback chosen_cb);

/* Makes buttons for the nodes, not to be seen yet, for @budget_us microseconds: many take longer than a frame. @whole: (transfer none), the totals.
 * Returns whether all are there. */
gboolean lens_graph_scene_make_buttons (LensGraphScene *scene, const LensAnalysis *whole, gint64 budget_us);

/* Shows @graph, a later one of the same capture, instead: hosts that are there already keep button and place. */
void lens_graph_scene_update (LensGraphScene *scene, LensHostGraph *graph, const LensAnalysis *whole);

/* Unparents the buttons. */
void lens_graph_scene_free (LensGraphScene *scene);

/* Shows all of it in the middle of @width x @height pixels, no name cut off where there is room, and none in the lower right @corner, which is
 * something else's. @viewport: (out) */
void lens_graph_scene_fit (const LensGraphScene *scene,
                           double width,
                           double height,
                           LensSize corner,
                           LensViewport *viewport);

/* Moves the nodes apart in the direction in which that has room for more in @width x @height pixels, where they can't be as far apart as they are laid out; by no more than
 * @max_stretch times. */
void lens_graph_scene_stretch (LensGraphScene *scene,
                               double width,
                               double height,
                               LensSize corner,
                               double max_stretch);

/* Whether every node's middle, and its name from top to bottom, is to be seen in @widget. @scene: (nullable), of which nothing is. */
gboolean
lens_graph_scene_is_in_view (const LensGraphScene *scene, const LensViewport *viewport, GtkWidget *widget);

/* Makes that so, if need be by zooming out about the first pinned node, which stays where it is. FALSE: there is none, or it would be too small. */
gboolean lens_graph_scene_bring_in (const LensGraphScene *scene, LensViewport *viewport, GtkWidget *widget);

/* Where nodes are drawn at @zoom, in units of the scale, and which of them as a dot (out, one a node each): neither the filter nor the pointer moves
 * them. */
void lens_graph_scene_place (const LensGraphScene *scene, double zoom, LensPoint *points, guint8 *is_mark);

/* Has the whole name of @node seen, -1 for none, and of the others short ones. Not while the buttons get their places. */
void lens_graph_scene_spell_out (LensGraphScene *scene, gssize node);

/* Works out what is drawn where under @viewport; names go first to @foremost (nullable), one of its buttons, and to nodes that @marks (nullable)
 * concerns. Returns TRUE when edges have to be drawn again. */
gboolean lens_graph_scene_arrange (LensGraphScene *scene,
                                   const LensViewport *viewport,
                                   const LensGraphMarks *marks,
                                   GtkWidget *foremost);

/* The node that is seen at (@x, @y) pixels of the widget, or -1: names lie over dots, and strong hosts over weak ones. */
gssize
lens_graph_scene_find_node (const LensGraphScene *scene, const LensViewport *viewport, double x, double y);

/* Gives every button its place. */
void lens_graph_scene_allocate (LensGraphScene *scene, const LensViewport *viewport);

/* Draws the dots of the nodes whose names have no room; @marks: (nullable). */
void lens_graph_scene_snapshot_dots (const LensGraphScene *scene,
                                     const LensViewport *viewport,
                                     const LensGraphMarks *marks,
                                     GtkSnapshot *snapshot);

/* Whether it is arranged as when all its edges were recorded last, in size and with the same marks. */
gboolean lens_graph_scene_is_as_recorded (const LensGraphScene *scene);

/* All its edges are recorded as they are arranged now. */
void lens_graph_scene_set_is_recorded (LensGraphScene *scene);

/* What the edges as arranged may cover, with what they say. */
graphene_rect_t lens_graph_scene_get_edge_bounds (const LensGraphScene *scene);

/* The edge at (@x, @y) pixels of the widget. */
gboolean lens_graph_scene_find_edge (const LensGraphScene *scene,
                                     const LensViewport *viewport,
                                     double x,
                                     double y,
                                     gsize *edge);

/* The nearest sensitive node that lies in @direction of node @from, or -1. */
gssize lens_graph_scene_find_neighbour (const LensGraphScene *scene, gsize from, GtkDirectionType direction);

G_END_DECLS
