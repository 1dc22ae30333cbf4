/* A flow: one direction of one conversation, with its totals over the whole capture.
 *
 * Every packet belongs to exactly one flow, also one without IP (layer LENS_LAYER_NOT_IP, both hosts
 * LENS_HOST_NONE): so totals of all kinds are sums over flows.
 */
#pragma once

#include "lens-packet.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint32 source_host;      /* index into the hosts, or LENS_HOST_NONE */
  guint32 destination_host; /* as above */
  guint16 source_port;
  guint16 destination_port;
  guint8 protocol;     /* IANA protocol number */
  guint8 layer;        /* LensLayer */
  guint8 ip_version;   /* 4, 6, or 0 */
  guint8 is_malformed; /* its packets are malformed; they have a flow of their own */
  guint32 packets;     /* a table has no more */
  guint64 payload_bytes;
  guint64 wire_bytes;
} LensFlow;

typedef struct
{
  const LensFlow *items; /* (transfer none), by order of appearance in the capture */
  gsize n;
} LensFlowsView;

G_END_DECLS
