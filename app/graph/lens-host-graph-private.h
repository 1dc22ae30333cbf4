/* A host graph from totals of one's own: what lens_host_graph_new() and the tests are made of. Any thread. */
#pragma once

#include "lens-host-graph.h"

#include "lens-address-index.h"

G_BEGIN_DECLS

struct _LensHostGraph
{
  gatomicrefcount ref_count;
  LensHostGraphOptions options;
  GArray *nodes;          /* owned (element-type LensGraphNode) */
  GArray *edges;          /* owned (element-type LensGraphEdge) */
  guint64 strongest;      /* edge between hosts */
  guint64 strongest_node; /* host */
  GStrv labels;           /* owned (nullable), one a node */
  GStrv short_addresses;  /* owned (nullable), one a node */

  /* All hosts of the capture, in the order they came in. */
  LensAddress *addresses;  /* owned */
  LensAddressIndex *index; /* owned, of addresses */
  guint32 *node_of;        /* owned, one a host: the node it is in, or LENS_NO_NODE */
  LensGraphHidden hidden;
};

#define LENS_NO_NODE G_MAXUINT32

/* The chosen weight, and its order: largest first, then by the other figure. Negative, 0 or positive. */
guint64 lens_host_graph_weigh (const LensHostGraph *graph, guint64 packets, guint64 payload_bytes);
int lens_host_graph_compare_weights (const LensHostGraph *graph,
                                     guint64 packets_a,
                                     guint64 bytes_a,
                                     guint64 packets_b,
                                     guint64 bytes_b);

typedef struct
{
  const LensHostTotals *hosts;
  gsize n_hosts;
  const guint8 *hidden;   /* one a host: LensHidden */
  const guint8 *is_added; /* one a host: somebody wants to see it by itself */
} LensHostGraphNodesInput;

/* Fills @graph's nodes, strongest first, and its node_of. */
void lens_host_graph_add_nodes (LensHostGraph *graph, const LensHostGraphNodesInput *input);

/* @hosts and @connections: as those of an analysis, in any order, every host and connection once. @cancellable: (nullable). (transfer full)
 * (nullable): NULL where it was cancelled. */
LensHostGraph *lens_host_graph_new_from_totals (const LensHostTotals *hosts,
                                                gsize n_hosts,
                                                const LensConnectionTotals *connections,
                                                gsize n_connections,
                                                const LensHostGraphOptions *options,
                                                GCancellable *cancellable);

G_END_DECLS
