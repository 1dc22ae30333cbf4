/* Single streams of an analysis (source -> destination, packets in time order), looked at again under another rule for bursts: reads the
 * selected rows once more, and nothing else is worked out anew. Any thread; meant for a worker.
 */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

/* @rule with its size worked out for @capture, where that is to come from the mean. */
LensBurstRule lens_stream_work_out_rule (const LensBurstRule *rule, const LensCapture *capture);

/* The stream from @source to @destination in what @analysis selects, or with @flow (nullable) that flow of it, with its points and bursts; where no
 * packet of it is selected it is there and not present. NULL with G_IO_ERROR_CANCELLED or LENS_ERROR_LIMIT. (transfer full) */
LensStream *lens_stream_new (const LensAnalysis *analysis,
                             const LensAddress *source,
                             const LensAddress *destination,
                             const LensFlowKey *flow,
                             const LensBurstRule *rule,
                             GCancellable *cancellable,
                             GError **error);
void lens_stream_free (LensStream *stream);

/* The flows of a stream that have packets among those that @analysis selects, most packets first. Errors as above. (transfer full)
 * (element-type LensFlowTotals) */
GArray *lens_stream_flows_new (const LensAnalysis *analysis,
                               const LensAddress *source,
                               const LensAddress *destination,
                               GCancellable *cancellable,
                               GError **error);

/* Whether both are the same flow of a stream. */
gboolean lens_flow_key_equal (const LensFlowKey *a, const LensFlowKey *b);

/* The term that selects @flow of a stream. */
LensFilterTerm
lens_flow_key_get_term (const LensFlowKey *flow, const LensAddress *source, const LensAddress *destination);

/* The strongest streams from and to @host, with their bursts. Errors as above. (transfer full) */
LensBurstLanes *lens_burst_lanes_new (const LensAnalysis *analysis,
                                      const LensAddress *host,
                                      const LensBurstRule *rule,
                                      GCancellable *cancellable,
                                      GError **error);
void lens_burst_lanes_free (LensBurstLanes *lanes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensStream, lens_stream_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensBurstLanes, lens_burst_lanes_free)

G_END_DECLS
