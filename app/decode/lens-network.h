/* IP and what it carries: from the network header to a LensPacket. Any thread, no state. */
#pragma once

#include "lens-byte-cursor.h"
#include "lens-packet.h"

G_BEGIN_DECLS

/* What an IP header leaves for the transport: filled by the two functions below. */
typedef struct
{
  guint32 bytes_left;         /* of the datagram after IP headers, by the length fields: captured or not */
  gboolean is_later_fragment; /* no transport header here */
  gboolean is_fragment;       /* this one or a later one: the transport's lengths are those of the whole */
  gboolean is_beyond_wire;    /* the length fields say more than there was; bytes_left does not */
} LensIpRest;

/* Reads the header at @cursor, which is left at what it carries. @wire_left: bytes on the wire from the header on. Fills
 * version, addresses and protocol of @packet. Without both addresses nothing is filled. */
LensDecodeStatus
lens_ipv4_decode (LensByteCursor *cursor, guint32 wire_left, LensPacket *packet, LensIpRest *rest);
LensDecodeStatus
lens_ipv6_decode (LensByteCursor *cursor, guint32 wire_left, LensPacket *packet, LensIpRest *rest);

/* From protocol @next on through extension headers; ends at the transport header, or at a fragment's data. Fills protocol. */
LensDecodeStatus
lens_ip_extensions_walk (LensByteCursor *cursor, guint8 next, LensPacket *packet, LensIpRest *rest);

/* Reads the transport header: fills layer, ports and payload of @packet. */
LensDecodeStatus lens_transport_decode (LensByteCursor *cursor, const LensIpRest *rest, LensPacket *packet);

G_END_DECLS
