/* Who talks to whom: hosts as nodes, connections as directed edges, the weakest hosts gathered in one "others" node.
 *
 * Made from an analysis; immutable, reference counted, any thread.
 */
#pragma once

#include "lens-analysis.h"

#include <glib.h>

G_BEGIN_DECLS

/* A graph never has more nodes than this, "others" included. */
#define LENS_HOST_GRAPH_MAX_NODES 500
#define LENS_HOST_GRAPH_DEFAULT_HOSTS 60

typedef struct _LensHostGraph LensHostGraph;

typedef enum
{
  LENS_WEIGHT_PACKETS,
  LENS_WEIGHT_PAYLOAD,
} LensWeight;

typedef struct
{
  LensWeight weight;
  gsize n_hosts;             /* strongest hosts shown by name, 1 to LENS_HOST_GRAPH_MAX_NODES - 1 */
  gboolean show_unspecified; /* show 0.0.0.0, :: and 255.255.255.255 too */
  gboolean show_names;       /* hosts by the capture's names for them, where it has some */
} LensHostGraphOptions;

typedef struct
{
  LensAddress address; /* version 0 for the "others" node */
  gsize n_hosts;       /* 1, or how many hosts "others" stands for */
  guint64 packets;     /* sent and received */
  guint64 payload_bytes;
} LensGraphNode;

typedef struct
{
  gsize source; /* index of a node */
  gsize destination;
  guint64 packets;
  guint64 payload_bytes;
  gboolean has_twin; /* there is an edge the other way too */
} LensGraphEdge;

LensHostGraphOptions lens_host_graph_options_default (void);

/* Strongest hosts first, "others" (when there is one) last. A connection of a host with itself is an edge from a node to
 * itself. (transfer full) */
LensHostGraph *lens_host_graph_new (const LensAnalysis *analysis, const LensHostGraphOptions *options);
LensHostGraph *lens_host_graph_ref (LensHostGraph *graph);
void lens_host_graph_unref (LensHostGraph *graph);

/* (transfer none), live as long as the graph. @n_nodes, @n_edges: (out) (nullable) */
const LensGraphNode *lens_host_graph_get_nodes (const LensHostGraph *graph, gsize *n_nodes);
const LensGraphEdge *lens_host_graph_get_edges (const LensHostGraph *graph, gsize *n_edges);
const LensHostGraphOptions *lens_host_graph_get_options (const LensHostGraph *graph);

/* A node's text: its address, its name where names are shown (lens-host-labels.h), or "12 other hosts". An edge's: its count ("5,844") or payload ("3.1 MB"), by the weight
 * chosen. (transfer full), translated. */
char *lens_host_graph_describe_node (const LensHostGraph *graph, gsize node);
char *lens_host_graph_describe_edge (const LensHostGraph *graph, gsize edge);

/* The chosen weight of an edge, 0 to 1 of the strongest one. */
double lens_host_graph_get_edge_strength (const LensHostGraph *graph, gsize edge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensHostGraph, lens_host_graph_unref)

G_END_DECLS
