/* The client's half of the layout protocol (lens-layout-protocol.h): writes requests, reads replies. Any thread. */
#pragma once

#include "lens-layout.h"

G_BEGIN_DECLS

/* (transfer full). Of the edges those that a layout heeds (lens-layout-backbone.h). */
char *lens_layout_message_write (const LensHostGraph *graph, const LensSize *sizes, LensLayoutEngine engine);

/* Reads a reply of @length bytes, not trusted, for @n_nodes nodes: (transfer full), or NULL when it is not exactly as
 * agreed, every number finite and within reach. */
LensPoint *lens_layout_message_read (const char *reply, gsize length, gsize n_nodes);

G_END_DECLS
