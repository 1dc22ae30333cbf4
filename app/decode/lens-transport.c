/* TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792) and ICMPv6 (RFC 4443): ports and payload. Ports
 * also of SCTP (RFC 9260), DCCP (RFC 4340) and UDP-Lite (RFC 3828), which begin as UDP does; all of those is payload.
 *
 *   TCP: source port 2 | destination port 2 | sequence 4 | acknowledgement 4 | header length 4 bits (words), ... | ...
 *   UDP: source port 2 | destination port 2 | length 2 | checksum 2
 *   ICMP: type 1 | code 1 | checksum 2 | 4 more
 *
 * Payload is what the length fields say this packet carries above the header, captured or not.
 */
#include "lens-network.h"

#define TCP_HEADER_BYTES 20
#define UDP_HEADER_BYTES 8
#define ICMP_HEADER_BYTES 8

enum
{
  PROTOCOL_ICMP = 1,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_DCCP = 33,
  PROTOCOL_ICMPV6 = 58,
  PROTOCOL_SCTP = 132,
  PROTOCOL_UDP_LITE = 136,
};

/* Reads both ports, and with them says that the packet is of @layer. Leaves no payload counted. */
static LensDecodeStatus
read_ports (const LensByteCursor *cursor, const LensIpRest *rest, LensLayer layer, LensPacket *packet)
{
  packet->payload_bytes = 0;
  if (rest->bytes_left < 4)
    return LENS_DECODE_MALFORMED;
  if (!lens_byte_cursor_peek_u16 (cursor, 0, &packet->source_port)
      || !lens_byte_cursor_peek_u16 (cursor, 2, &packet->destination_port))
    {
      packet->source_port = 0;
      return LENS_DECODE_TRUNCATED;
    }
  packet->layer = layer;
  return LENS_DECODE_OK;
}

static LensDecodeStatus
decode_tcp (const LensByteCursor *cursor, const LensIpRest *rest, LensPacket *packet)
{
  guint8 header_length;
  guint32 header_bytes;
  LensDecodeStatus status = read_ports (cursor, rest, LENS_LAYER_TCP, packet);

  if (status != LENS_DECODE_OK)
    return status;
  /* Cut before the header says how long it is, it leaves nothing that could be called payload. */
  if (!lens_byte_cursor_peek_u8 (cursor, 12, &header_length))
    return LENS_DECODE_TRUNCATED;
  header_bytes = (header_length >> 4) * 4u;
  if (header_bytes > rest->bytes_left)
    return LENS_DECODE_MALFORMED;
  /* A header that calls itself shorter than it can be is believed as to what it leaves, and called wrong. */
  packet->payload_bytes = rest->bytes_left - header_bytes;
  return header_bytes < TCP_HEADER_BYTES ? LENS_DECODE_MALFORMED : LENS_DECODE_OK;
}

static LensDecodeStatus
decode_udp (const LensByteCursor *cursor, const LensIpRest *rest, LensPacket *packet)
{
  guint16 length;
  guint32 carried;
  LensDecodeStatus status = read_ports (cursor, rest, LENS_LAYER_UDP, packet);

  if (status != LENS_DECODE_OK)
    return status;
  if (!lens_byte_cursor_peek_u16 (cursor, 4, &length))
    return LENS_DECODE_TRUNCATED;
  carried = rest->bytes_left - MIN (rest->bytes_left, UDP_HEADER_BYTES);
  /* 0 stands for a jumbogram (RFC 2675) or an offloaded datagram, too long for the field. */
  if (length == 0 && rest->bytes_left > G_MAXUINT16)
    {
      packet->payload_bytes = carried;
      return LENS_DECODE_OK;
    }
  if (length < UDP_HEADER_BYTES)
    return LENS_DECODE_MALFORMED;
  /* A first fragment carries less than the datagram's length says; else the length is believed, and called wrong if it is more
   * than there is. Trailing bytes are none of it. */
  packet->payload_bytes = length - UDP_HEADER_BYTES;
  if (rest->is_fragment)
    packet->payload_bytes = MIN (packet->payload_bytes, carried);
  return length > rest->bytes_left && !rest->is_fragment ? LENS_DECODE_MALFORMED : LENS_DECODE_OK;
}

/* Without both ports it stays a packet of its protocol. */
static void
read_ports_of_other (const LensByteCursor *cursor, LensPacket *packet)
{
  guint16 source;
  guint16 destination;

  if (!lens_byte_cursor_peek_u16 (cursor, 0, &source) || !lens_byte_cursor_peek_u16 (cursor, 2, &destination))
    return;
  packet->source_port = source;
  packet->destination_port = destination;
}

LensDecodeStatus
lens_transport_decode (LensByteCursor *cursor, const LensIpRest *rest, LensPacket *packet)
{
  gboolean is_icmp = packet->protocol == (packet->ip_version == 4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6);

  packet->payload_bytes = rest->bytes_left;
  if (rest->is_later_fragment)
    return LENS_DECODE_OK;
  if (packet->protocol == PROTOCOL_TCP)
    return decode_tcp (cursor, rest, packet);
  if (packet->protocol == PROTOCOL_UDP)
    return decode_udp (cursor, rest, packet);
  if (is_icmp)
    {
      packet->layer = LENS_LAYER_ICMP;
      packet->payload_bytes = rest->bytes_left - MIN (rest->bytes_left, ICMP_HEADER_BYTES);
      return rest->bytes_left < 4 ? LENS_DECODE_MALFORMED : LENS_DECODE_OK;
    }
  if (packet->protocol == PROTOCOL_SCTP || packet->protocol == PROTOCOL_DCCP
      || packet->protocol == PROTOCOL_UDP_LITE)
    read_ports_of_other (cursor, packet);
  return LENS_DECODE_OK;
}
