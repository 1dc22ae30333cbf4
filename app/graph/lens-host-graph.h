/* Who talks to whom: hosts as nodes, connections as directed edges, the weakest hosts gathered in one "others" node.
 *
 * Made from an analysis; immutable, reference counted, any thread. What the options leave out is counted, so that it can be said.
 */
#pragma once

#include "lens-analysis.h"
#include "lens-subnet.h"

#include <glib.h>

G_BEGIN_DECLS

/* A graph never has more nodes than this, "others" included. */
#define LENS_HOST_GRAPH_MAX_NODES 500
#define LENS_HOST_GRAPH_DEFAULT_HOSTS 60
#define LENS_HOST_GRAPH_MORE_HOSTS 20
#define LENS_HOST_GRAPH_MAX_STEPS 9
#define LENS_HOST_GRAPH_ROOMY_NODES 4 /* no more have room for long addresses */
#define LENS_HOST_GRAPH_IPV6_GROUP_BITS 64

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
  guint64
      min_weight; /* no connections with less than this of the chosen weight, and no hosts that have only such */
  gboolean
      hide_broadcast; /* no lens_address_is_multicast(), and no IPv4 address that ends in .255 and sent nothing */
  gboolean hide_silent; /* no hosts that sent nothing: they never answered */
  GArray *
      added; /* (nullable) (element-type LensAddress): shown by name whatever the rest says; not changed any more */
  LensSubnet
      focus; /* version 0 for none: only hosts that are at most focus_steps connections away from one of these, or from this one where it is of
                       all bits, whichever way the packets go */
  guint
      group_bits; /* 0, or hosts of one IPv4 subnet of so many bits, or of one IPv6 subnet of LENS_HOST_GRAPH_IPV6_GROUP_BITS, are one node:
                       where there are two or more, not added, not in focus */
  GArray *
      opened; /* (nullable) (element-type LensSubnet): whose hosts are shown one by one all the same; not changed any more */
  guint focus_steps; /* 1 to LENS_HOST_GRAPH_MAX_STEPS */
} LensHostGraphOptions;

/* Why a host is no node and none of the others: the first reason that holds. */
typedef enum
{
  LENS_HIDDEN_NOT,
  LENS_HIDDEN_UNSPECIFIED,
  LENS_HIDDEN_BROADCAST,
  LENS_HIDDEN_SILENT,
  LENS_HIDDEN_WEAK,
  LENS_HIDDEN_FAR,
  LENS_N_HIDDEN
} LensHidden;

/* What the options leave out of the graph. */
typedef struct
{
  gsize n_hosts
      [LENS_N_HIDDEN]; /* by reason; LENS_HIDDEN_NOT: those that are there, by themselves or among the others */
  gsize n_connections; /* those of hidden hosts, and too weak ones */
  guint64 packets;     /* theirs */
} LensGraphHidden;

typedef struct
{
  LensAddress address; /* version 0 for the "others" node; of a group the subnet's */
  guint8 prefix_bits;  /* 0, or of the subnet that it is a group of */
  gsize n_hosts;       /* 1, or how many hosts a group or "others" stands for */
  gsize n_parts;       /* how many nodes those would be: fewer where there are groups among the others */
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

/* Another reference to each list; to be cleared. */
LensHostGraphOptions lens_host_graph_options_copy (const LensHostGraphOptions *options);
void lens_host_graph_options_clear (LensHostGraphOptions *options);

/* The same with @address among those added (transfer none): @options->added is another list then. */
void lens_host_graph_options_add (LensHostGraphOptions *options, const LensAddress *address);

/* The same with @subnet opened, or closed again (transfer none): @options->opened is another list then. */
void lens_host_graph_options_open (LensHostGraphOptions *options, const LensSubnet *subnet);
void lens_host_graph_options_close (LensHostGraphOptions *options, const LensSubnet *subnet);
gboolean lens_host_graph_options_equal (const LensHostGraphOptions *a, const LensHostGraphOptions *b);

/* Strongest hosts first, "others" (when there is one) last. A connection of a host with itself is an edge from a node to
 * itself. (transfer full) */
LensHostGraph *lens_host_graph_new (const LensAnalysis *analysis, const LensHostGraphOptions *options);

/* The same on a worker: of a million connections it takes longer than a frame. @options are copied. (transfer full) (nullable): can't fail, but NULL
 * where it was cancelled in time. */
void lens_host_graph_new_async (LensAnalysis *analysis,
                                const LensHostGraphOptions *options,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LensHostGraph *lens_host_graph_new_finish (GAsyncResult *result);

LensHostGraph *lens_host_graph_ref (LensHostGraph *graph);
void lens_host_graph_unref (LensHostGraph *graph);

/* (transfer none), live as long as the graph. @n_nodes, @n_edges: (out) (nullable) */
const LensGraphNode *lens_host_graph_get_nodes (const LensHostGraph *graph, gsize *n_nodes);
const LensGraphEdge *lens_host_graph_get_edges (const LensHostGraph *graph, gsize *n_edges);
const LensHostGraphOptions *lens_host_graph_get_options (const LensHostGraph *graph);
const LensGraphHidden *lens_host_graph_get_hidden (const LensHostGraph *graph);

/* How many nodes there are without "others", which comes after them. */
gsize lens_host_graph_count_own (const LensHostGraph *graph);

/* FALSE for a host and for "others". @subnet: (out) (nullable) */
gboolean lens_host_graph_is_group (const LensHostGraph *graph, gsize node, LensSubnet *subnet);

/* The opened subnet that @address is in; FALSE where it is in none. */
gboolean
lens_host_graph_find_opened (const LensHostGraph *graph, const LensAddress *address, LensSubnet *subnet);

/* The node a host is shown in, itself, its group or "others". FALSE when it is hidden or not of this capture. @node: (out) (nullable) */
gboolean lens_host_graph_find_node (const LensHostGraph *graph, const LensAddress *address, gsize *node);

/* What a node is known by: "10.1.2.3", of a group "10.1.2.0/24", of the other hosts "". Returns @buffer. */
const char *lens_graph_node_format (const LensGraphNode *node, char buffer[LENS_SUBNET_TEXT_SIZE]);

/* A node's text: its address, its name where names are shown (lens-host-labels.h), "10.1.2.0/24 · 17 hosts" or "12 other hosts". An edge's: its count ("5,844") or payload ("3.1 MB"), by the weight
 * chosen. (transfer full), translated. */
char *lens_host_graph_describe_node (const LensHostGraph *graph, gsize node);
char *lens_host_graph_describe_edge (const LensHostGraph *graph, gsize edge);

/* The same, but only when the node is its own. */
gboolean lens_host_graph_has_own_node (const LensHostGraph *graph, const LensAddress *address, gsize *node);

/* A node's text for where many are seen at once: of more nodes than LENS_HOST_GRAPH_ROOMY_NODES long addresses are without their middle, as
 * lens_addresses_shorten() has them. (transfer full), translated. */
char *lens_host_graph_describe_node_in_short (const LensHostGraph *graph, gsize node);

/* How many hosts more are shown by name when "others" is opened: a step, less where there are fewer, 0 where the graph can have no
 * more nodes or there are no others. */
gsize lens_host_graph_count_more (const LensHostGraph *graph);

/* "Hidden: 312 hosts and 1,024 connections, 5,844 packets", or NULL when nothing is; and the hosts by reason, a line each, or NULL.
 * (transfer full), translated. */
char *lens_host_graph_describe_hidden (const LensHostGraph *graph);
char *lens_host_graph_describe_hidden_reasons (const LensHostGraph *graph);

/* The chosen weight of an edge, 0 to 1 of the strongest one between two hosts, and of a node, of the strongest host. The other hosts' are 1 where
 * they are stronger. */
double lens_host_graph_get_edge_strength (const LensHostGraph *graph, gsize edge);
double lens_host_graph_get_node_strength (const LensHostGraph *graph, gsize node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensHostGraph, lens_host_graph_unref)

G_END_DECLS
