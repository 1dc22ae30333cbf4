/* Every figure of one capture under one filter: what all views show. Immutable, reference counted, any thread.
 *
 * Views read a LensAnalysis and never rows, so that every view shows the same part of the capture. All lists are (transfer
 * none), live as long as the analysis, and are sorted by payload, largest first, then by address or port, smallest first.
 */
#pragma once

#include "lens-burst.h"
#include "lens-capture.h"
#include "lens-filter.h"
#include "lens-progress.h"
#include "lens-row-sets.h"
#include "lens-selection.h"
#include "lens-series.h"
#include "lens-time-bins.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LENS_TYPE_ANALYSIS (lens_analysis_get_type ())

typedef struct _LensAnalysis LensAnalysis;

/* Packets per layer. all = ip + not_ip; ip = ipv4 + ipv6 = tcp + udp + icmp + other_ip; malformed ones are in those too. */
typedef struct
{
  guint64 all;
  guint64 ip;
  guint64 ipv4;
  guint64 ipv6;
  guint64 tcp;
  guint64 udp;
  guint64 icmp;
  guint64 other_ip;
  guint64 not_ip;
  guint64 malformed;
} LensLayerCounts;

/* Time between packets to one destination; all 0 where n_intervals is 0. */
typedef struct
{
  guint64 n_intervals; /* packets received, less one */
  gint64 min_ns;
  gint64 max_ns;
  double mean_ns;
  double standard_deviation_ns;
} LensInterArrival;

typedef struct
{
  LensAddress address;
  guint64 sent_packets;
  guint64 sent_payload_bytes;
  guint64 received_packets;
  guint64 received_payload_bytes;
  LensInterArrival inter_arrival; /* of the packets it received */
} LensHostTotals;

typedef struct
{
  const LensAddress *source; /* (transfer none), of the capture's hosts */
  const LensAddress *destination;
  guint64 packets;
  guint64 payload_bytes;
} LensConnectionTotals;

typedef struct
{
  guint16 port;
  guint64 packets;
  guint64 payload_bytes;
} LensPortTotals;

/* Payload over time of all that one source (an address, or a TCP or UDP source port) sent, split by destination. */
typedef struct
{
  gboolean is_present; /* there is such a source */
  LensAddress source;  /* an address, else version 0 */
  guint16 source_port; /* a port, else 0 */
  const LensSeries *series;
  gsize n_series; /* largest payload first, "others" last */
} LensTimeSeries;

/* A flow of a stream. */
typedef struct
{
  guint8 protocol; /* IANA protocol number */
  guint16 source_port;
  guint16 destination_port;
} LensFlowKey;

/* What it has under the filter. */
typedef struct
{
  LensFlowKey key;
  guint64 packets;
  guint64 payload_bytes;
} LensFlowTotals;

/* As many flows of a stream are listed. */
#define LENS_STREAM_MAX_FLOWS 200

/* One stream, or one flow of it, its payload over time and its bursts. */
typedef struct
{
  gboolean is_present; /* it has packets */
  LensAddress source;
  LensAddress destination;
  gboolean is_flow; /* all figures are of this flow alone */
  LensFlowKey flow;
  guint64 packets;
  guint64 payload_bytes;
  gint64 first_ns;
  gint64 last_ns;
  const LensSeriesPoint *points;
  gsize n_points;
  LensBurstRule rule; /* the size worked out */
  const LensBurst *bursts;
  gsize n_bursts;
  const LensFlowTotals
      *flows;        /* of the whole stream, most packets first; only of one that lens_stream_new() made */
  gsize n_flows;     /* at most LENS_STREAM_MAX_FLOWS */
  gsize n_all_flows; /* the stream has under the filter */
} LensStream;

/* Lanes of one host: streams that begin or end there, a lane each, strongest first; of equal packets the one with more payload. */
typedef struct
{
  LensStream *lanes; /* owned, without points */
  gsize n_lanes;     /* at most LENS_BURST_MAX_LANES */
  gsize n_streams;   /* the host has under the filter: more than there are lanes, perhaps */
  LensAddress host;  /* version 0: no IP packet passes */
  LensBurstRule rule;
  gint64 first_ns; /* of all packets in the lanes */
  gint64 last_ns;
} LensBurstLanes;

/* As many are read side by side. */
#define LENS_BURST_MAX_LANES 12

typedef enum
{
  LENS_PORTS_TCP_SOURCE,
  LENS_PORTS_TCP_DESTINATION,
  LENS_PORTS_UDP_SOURCE,
  LENS_PORTS_UDP_DESTINATION,
  LENS_N_PORTS
} LensPortsKind;

typedef enum
{
  LENS_TIME_BY_TOP_SOURCE,   /* the host that sent most payload, by destination address */
  LENS_TIME_BY_TOP_TCP_PORT, /* the TCP source port that sent most payload, by destination port */
  LENS_TIME_BY_TOP_UDP_PORT, /* the UDP one */
  LENS_N_TIMES
} LensTimeKind;

GType lens_analysis_get_type (void);
LensAnalysis *lens_analysis_ref (LensAnalysis *analysis);
void lens_analysis_unref (LensAnalysis *analysis);

/* Works everything out on the calling thread. A filter with a BPF term reads the capture's files once more. Errors:
 * G_IO_ERROR_CANCELLED, LENS_ERROR_LIMIT when memory runs out, and for BPF those of lens_row_sets_find(). (transfer full) */
LensAnalysis *lens_analysis_new (LensCapture *capture,
                                 LensFilter *filter,
                                 const LensBurstRule *rule,
                                 GCancellable *cancellable,
                                 GError **error);

/* The same of the capture that @analysis is of, by its rule for bursts, with another filter. What was found for the BPF terms of the one is not
 * looked for again. */
LensAnalysis *lens_analysis_new_other (LensAnalysis *analysis,
                                       LensFilter *filter,
                                       GCancellable *cancellable,
                                       GError **error);

/* As lens_analysis_new() on a worker thread. @row_sets (nullable): of the capture, what BPF expressions select in it and is known already, or found now.
 * @previous (nullable): one whose bins over time are taken where they are of the same capture and would be the same.
 * @progress (nullable): of the files being read for one; of nothing else. */
void lens_analysis_new_async (LensCapture *capture,
                              LensFilter *filter,
                              const LensBurstRule *rule,
                              LensRowSets *row_sets,
                              LensAnalysis *previous,
                              LensProgress *progress,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
LensAnalysis *lens_analysis_new_finish (GAsyncResult *result, GError **error);

LensCapture *lens_analysis_get_capture (const LensAnalysis *analysis);
LensFilter *lens_analysis_get_filter (const LensAnalysis *analysis);

/* Which packets the filter selects: for what reads rows, the packet list and exports. (transfer none) */
LensSelection *lens_analysis_get_selection (const LensAnalysis *analysis);
const LensLayerCounts *lens_analysis_get_layers (const LensAnalysis *analysis);
guint64 lens_analysis_get_payload_bytes (const LensAnalysis *analysis);

/* Only those that sent or received something under the filter. Hosts by sent + received payload. */
const LensHostTotals *lens_analysis_get_hosts (const LensAnalysis *analysis, gsize *n_hosts);
const LensConnectionTotals *
lens_analysis_get_connections (const LensAnalysis *analysis, gsize *n_connections);
const LensPortTotals *
lens_analysis_get_ports (const LensAnalysis *analysis, LensPortsKind kind, gsize *n_ports);

/* The totals of one host (transfer none), or NULL when it has no packet under the filter. */
const LensHostTotals *lens_analysis_find_host (const LensAnalysis *analysis, const LensAddress *address);

const LensTimeSeries *lens_analysis_get_time_series (const LensAnalysis *analysis, LensTimeKind kind);

/* The stream with the most packets from the host that sent most payload. */
const LensStream *lens_analysis_get_top_stream (const LensAnalysis *analysis);

/* The stream whose bursts are looked at: the top one, unless another was asked for with lens_analysis_new_with_bursts(). */
const LensStream *lens_analysis_get_stream (const LensAnalysis *analysis);

/* (nullable): only of one that was made with lens_analysis_new_with_bursts(). */
const LensBurstLanes *lens_analysis_get_burst_lanes (const LensAnalysis *analysis);

/* Of whose packets the stream and the lanes are: mostly of @analysis itself. It is another one where a burst is all that is selected: the bursts
 * are those of the packets that it was chosen among. (transfer none) */
LensAnalysis *lens_analysis_get_burst_scope (const LensAnalysis *analysis);

/* How bursts were asked to be told. */
const LensBurstRule *lens_analysis_get_burst_rule (const LensAnalysis *analysis);

/* @analysis with other bursts: all else is shared, its selection is the same one. @stream, @lanes: (transfer full), of lens-stream.h, made of
 * @scope, see lens_analysis_get_burst_scope(). (transfer full) */
LensAnalysis *lens_analysis_new_with_bursts (LensAnalysis *analysis,
                                             LensAnalysis *scope,
                                             LensStream *stream,
                                             LensBurstLanes *lanes);

/* The packets that pass but for the filter's spans of time, over the time of the whole capture: a span is seen in what it is a part of.
 * (transfer none); NULL where the capture has no packet. */
const LensTimeBins *lens_analysis_get_time_bins (const LensAnalysis *analysis);

/* "5,844 of 9,907 packets, 59.0 %", translated. (transfer full) */
char *lens_analysis_describe_share (const LensAnalysis *analysis);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensAnalysis, lens_analysis_unref)

G_END_DECLS
