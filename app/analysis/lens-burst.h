/* Packet bursts of one stream: packets that follow each other quickly around large ones.
 *
 * The rule: call packet 0, packet n-1 and every packet with at least size_bytes of payload an anchor. Consecutive
 * anchors less than gap_ns apart are in one burst, with all packets between them. A burst of one packet is none.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LENS_BURST_DEFAULT_GAP_NS G_GINT64_CONSTANT (300000000)
#define LENS_BURST_DEFAULT_MEAN_FACTOR 1.1

typedef struct
{
  gint64 gap_ns;      /* anchors this far apart or further are not in one burst */
  guint32 size_bytes; /* payload that makes an anchor */
  gboolean
      is_size_from_mean; /* size_bytes is to be int (mean_factor x mean payload of all IP packets of the capture) */
  double mean_factor; /* only then */
} LensBurstRule;

typedef struct
{
  gsize first_packet; /* position in the stream, from 0 */
  gsize last_packet;  /* the same; greater than first_packet */
  gint64 first_ns;
  gint64 last_ns;
  guint64 payload_bytes;
} LensBurst;

/* What the bursts of one stream have in common. All means are 0 where there is no burst. */
typedef struct
{
  gsize n_bursts;
  guint64 packets; /* in bursts */
  guint64 payload_bytes;
  double mean_packets;
  double mean_length;  /* packets less one, as the notebook counts */
  double mean_payload; /* of a packet in a burst */
  double mean_duration_ns;
  double
      duty_cycle; /* the share of the stream's time that bursts last, 0 to 1; 1 where all of it is one moment, with a burst */
} LensBurstSummary;

/* The notebook's rule: 0.3 s and 1.1 x the mean. */
LensBurstRule lens_burst_rule_default (void);

/* Packets less than 1 s apart, of any size: what belongs to one flow of things. And less than 1 ms: sent in one go. */
LensBurstRule lens_burst_rule_flow (void);
LensBurstRule lens_burst_rule_micro (void);

/* Whether both tell the same bursts of the same capture; the size does not matter where it is from the mean. */
gboolean lens_burst_rule_equal (const LensBurstRule *a, const LensBurstRule *b);

/* Bursts of a stream of @n packets in time order. Returns (transfer full) (element-type LensBurst), in time order. */
GArray *
lens_burst_find (const LensBurstRule *rule, const gint64 *time_ns, const guint32 *payload_bytes, gsize n);

/* Packets of a burst; mean payload in bytes rounded to two decimals. */
gsize lens_burst_get_n_packets (const LensBurst *burst);
double lens_burst_get_mean_payload (const LensBurst *burst);

/* Of @n bursts of a stream that has packets from @first_ns to @last_ns. */
LensBurstSummary lens_burst_summarize (const LensBurst *bursts, gsize n, gint64 first_ns, gint64 last_ns);

/* "13 bursts · 2,311 of 5,844 packets, 39.5 % · ...": the figures in one line. (transfer full), translated. */
char *lens_burst_summary_describe (const LensBurstSummary *summary, guint64 stream_packets);

/* The rule in words, with what the size's mean covers: for display beside every burst figure. (transfer full), translated. */
char *lens_burst_rule_describe (const LensBurstRule *rule);

G_END_DECLS
