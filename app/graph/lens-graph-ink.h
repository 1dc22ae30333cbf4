/* Colours and text of a graph picture, for the files that draw it. Main thread (pango's default font map). */
#pragma once

#include "lens-graph-picture.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A dimmed colour is nearly seen through. */
void lens_graph_ink_set_color (cairo_t *cr, const LensColor *color, gboolean is_dimmed);

/* A context that measures as a PDF draws, without the hinting of a screen. (transfer full) */
PangoContext *lens_graph_ink_new_context (void);

/* @text in @style's font at @size points of the picture. (transfer full) */
PangoLayout *
lens_graph_ink_new_text (PangoContext *context, const LensGraphStyle *style, const char *text, double size);

/* What is written on a node: on paper nobody can point at an address that has lost its middle, so a long one is whole, and on two lines.
 * (transfer full) */
PangoLayout *lens_graph_ink_new_name (PangoContext *context,
                                      const LensGraphStyle *style,
                                      const LensHostGraph *graph,
                                      gsize node);

/* Size of @text in points. */
LensSize lens_graph_ink_measure (PangoLayout *text);

/* Draws @text with its middle at @centre. */
void lens_graph_ink_draw_text (cairo_t *cr, PangoLayout *text, LensPoint centre);

G_END_DECLS
