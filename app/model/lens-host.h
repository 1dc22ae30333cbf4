/* A host: an address of an outermost IP header, with its totals over the whole capture. */
#pragma once

#include "lens-address.h"

#include <glib.h>

G_BEGIN_DECLS

/* No host: the ends of a packet without IP. */
#define LENS_HOST_NONE G_MAXUINT32

typedef struct
{
  LensAddress address;
  guint64 sent_packets;
  guint64 sent_payload_bytes;
  guint64 received_packets;
  guint64 received_payload_bytes;
} LensHost;

typedef struct
{
  const LensHost *items; /* (transfer none), by order of appearance in the capture */
  gsize n;
} LensHostsView;

G_END_DECLS
