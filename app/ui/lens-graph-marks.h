/* Which nodes and edges of a host graph stand out: those that the current filter concerns, or one with its neighbours. Immutable, reference counted, main thread. */
#pragma once

#include "lens-graph-picture.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LensGraphMarks LensGraphMarks;

typedef struct
{
  guint64 packets;
  guint64 payload_bytes;
} LensGraphPassed;

/* @analysis: (nullable), the current one. A node is concerned when it sent or received a packet that passes, an edge when
 * such a packet went along it. Without a filter everything is. Worked out by a worker: of a million connections it takes longer than a frame.
 * (transfer full) (nullable): can't fail, but NULL where it was cancelled in time. */
void lens_graph_marks_new_async (LensHostGraph *graph,
                                 LensAnalysis *analysis,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
LensGraphMarks *lens_graph_marks_new_finish (GAsyncResult *result);

/* What stands out when @node does: itself, its edges and those at their other ends; the other edges are not drawn. (transfer full) */
LensGraphMarks *lens_graph_marks_new_near (const LensHostGraph *graph, gsize node);
LensGraphMarks *lens_graph_marks_ref (LensGraphMarks *marks);
void lens_graph_marks_unref (LensGraphMarks *marks);

/* What of a node's packets passes: what its host, or all hosts of a group or the others, sent and received; times between packets only of
 * a host. And of an edge's. Live as long as the marks; NULL where everything passes, or is not known. @marks: (nullable) */
const LensHostTotals *lens_graph_marks_get_node_passed (const LensGraphMarks *marks, gsize node);
const LensGraphPassed *lens_graph_marks_get_edge_passed (const LensGraphMarks *marks, gsize edge);

/* For drawing (transfer none), lives as long as the marks; NULL where everything is concerned. @marks: (nullable) */
const LensGraphEmphasis *lens_graph_marks_get_emphasis (const LensGraphMarks *marks);

/* @marks: (nullable), then TRUE */
gboolean lens_graph_marks_has_node (const LensGraphMarks *marks, gsize node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensGraphMarks, lens_graph_marks_unref)

/* What filters to the host or group that @node is. Not for the other hosts. */
LensFilterTerm lens_graph_marks_get_node_term (const LensGraphNode *node);

/* What filters to an edge, or to it and its twin. @term: (out). FALSE for those of the other hosts, which no filter tells apart. */
gboolean lens_graph_marks_get_edge_term (const LensHostGraph *graph,
                                         const LensGraphEdge *edge,
                                         gboolean is_either_way,
                                         LensFilterTerm *term);

G_END_DECLS
