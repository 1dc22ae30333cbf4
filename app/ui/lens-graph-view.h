/* The connection graph of a session: the canvas, its options, its layout and what is said when that fails.
 *
 * Laid out once for the whole capture and its options; a filter only dims what is not concerned. Main thread.
 */
#pragma once

#include "lens-graph-shot.h"
#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_GRAPH_VIEW (lens_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (LensGraphView, lens_graph_view, LENS, GRAPH_VIEW, GtkBox)

/* @session: (transfer none), kept. Once. */
void lens_graph_view_set_session (LensGraphView *view, LensSession *session);

/* (transfer full) (nullable): the graph as it is shown. */
LensGraphShot *lens_graph_view_take_shot (LensGraphView *view);

void lens_graph_view_zoom_in (LensGraphView *view);
void lens_graph_view_zoom_out (LensGraphView *view);
void lens_graph_view_fit (LensGraphView *view);

/* Opens the bar that finds hosts. */
void lens_graph_view_find_host (LensGraphView *view);

G_END_DECLS
