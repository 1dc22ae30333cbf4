/* What PacketLens knows of one packet, as a plain struct on the stack. */
#pragma once

#include "lens-address.h"

#include <glib.h>

G_BEGIN_DECLS

/* Where a packet is counted above the link layer. */
typedef enum
{
  LENS_LAYER_NOT_IP,   /* no IP header, or none that gives its two addresses */
  LENS_LAYER_TCP,      /* both ports are known */
  LENS_LAYER_UDP,      /* both ports are known */
  LENS_LAYER_ICMP,     /* ICMP or ICMPv6 */
  LENS_LAYER_OTHER_IP, /* every other IP packet, also a TCP or UDP one whose ports are not there */
} LensLayer;

typedef enum
{
  LENS_DECODE_OK,
  LENS_DECODE_TRUNCATED,   /* fine as far as it was captured */
  LENS_DECODE_MALFORMED,   /* says something of itself that can't be */
  LENS_DECODE_UNSUPPORTED, /* a link layer PacketLens does not know; counted as not IP */
} LensDecodeStatus;

typedef struct
{
  LensDecodeStatus status;
  LensLayer layer;
  guint8 ip_version;        /* of the outermost IP header: 4, 6, or 0 for none */
  guint8 protocol;          /* IANA protocol number above IP and its extension headers */
  guint16 source_port;      /* TCP, UDP, UDP-Lite, SCTP, DCCP; else 0 */
  guint16 destination_port; /* the same */
  guint32 payload_bytes;    /* above the transport header, by the length fields */
  LensAddress source;       /* version 0 when there is no IP */
  LensAddress destination;
} LensPacket;

G_END_DECLS
