/* The request of the layout helper, read from bytes that are not trusted. */
#pragma once

#include "lens-layout-protocol.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double width;
  double height;
} LayoutSize;

typedef struct
{
  guint source;
  guint destination;
  guint strength;
} LayoutEdge;

typedef struct
{
  const char *engine; /* static: Graphviz's name */
  LayoutSize *sizes;  /* owned */
  guint n_nodes;
  LayoutEdge *edges; /* owned */
  guint n_edges;
} LayoutRequest;

/* Reads a whole request from @text. FALSE, with nothing to free, when it is not exactly as agreed. */
gboolean layout_request_parse (const char *text, LayoutRequest *request);
void layout_request_clear (LayoutRequest *request);

G_END_DECLS
