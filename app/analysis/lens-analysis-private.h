/* The parts of a LensAnalysis while it is worked out: lens-analysis.c owns it and hands it out, lens-analysis-totals.c
 * and lens-analysis-connections.c fill in what flows know, lens-analysis-rows.c what needs the packets. One thread until it is handed out. */
#pragma once

#include "lens-analysis.h"
#include "lens-analysis-scope.h"
#include "lens-split-memo.h"

G_BEGIN_DECLS

/* In host_rows: the host has no packet under the filter. */
#define LENS_HOST_ROW_NONE G_MAXUINT32

struct _LensAnalysis
{
  gatomicrefcount ref_count;
  LensAnalysis *base; /* owned (nullable): who owns all but the stream and the lanes */
  LensCapture *capture;
  LensFilter *filter;
  LensRowSets *row_sets; /* owned: where those of its BPF terms were found */
  LensSelection *selection;
  LensBurstRule rule; /* the size worked out */

  LensLayerCounts layers;
  guint64 payload_bytes;
  LensHostTotals *hosts;
  gsize n_hosts;
  guint32 *host_rows; /* host index of the table -> its place in hosts, or LENS_HOST_ROW_NONE */
  LensConnectionTotals *connections;
  gsize n_connections;
  LensPortTotals *ports[LENS_N_PORTS];
  gsize n_ports[LENS_N_PORTS];

  LensTimeSeries time_series[LENS_N_TIMES];
  LensStream top_stream;
  LensSplitMemo *splits;   /* owned */
  LensTimeBins *time_bins; /* owned; NULL where the capture has no packet */

  LensAnalysis *burst_scope; /* owned (nullable): where that is another one */
  LensStream *stream;        /* owned (nullable): the top one is looked at */
  LensBurstLanes *lanes;     /* owned (nullable) */
};

/* Totals over the selected packets, from what @scope says of flows. Everything but the times. FALSE when memory
 * runs out. */
gboolean lens_analysis_fill_totals (LensAnalysis *analysis, const LensAnalysisScope *scope);

/* The connections among those totals. FALSE when memory runs out. */
gboolean lens_analysis_fill_connections (LensAnalysis *analysis, const LensAnalysisScope *scope);

/* Series, bursts and inter-arrival times, over the selected rows. Needs the totals. FALSE with G_IO_ERROR_CANCELLED or
 * LENS_ERROR_LIMIT. */
gboolean lens_analysis_fill_times (LensAnalysis *analysis,
                                   const LensAnalysisScope *scope,
                                   GCancellable *cancellable,
                                   GError **error);

/* Says that memory has run out. Returns FALSE. */
gboolean lens_analysis_set_memory_error (const LensAnalysis *analysis, GError **error);

G_END_DECLS
