/* IPv6 (RFC 8200).
 *
 *   version 4 bits, class 8 bits, flow 20 bits | payload length 2 | next header 1 | hop limit 1 | source 16 | destination 16
 *
 * A payload length of 0 is a jumbogram (RFC 2675) or an offloaded segment: the wire says how long it is.
 */
#include "lens-network.h"

#define HEADER_BYTES 40
#define NEXT_NONE 59

LensDecodeStatus
lens_ipv6_decode (LensByteCursor *cursor, guint32 wire_left, LensPacket *packet, LensIpRest *rest)
{
  const guint8 *header = cursor->bytes + cursor->position;
  guint8 version = 0;
  guint16 payload_bytes = 0;

  if (!lens_byte_cursor_peek_u8 (cursor, 0, &version))
    return LENS_DECODE_TRUNCATED;
  if (version >> 4 != 6)
    return LENS_DECODE_MALFORMED;
  if (lens_byte_cursor_left (cursor) < HEADER_BYTES)
    return LENS_DECODE_TRUNCATED;

  lens_byte_cursor_peek_u16 (cursor, 4, &payload_bytes);
  packet->ip_version = 6;
  packet->layer = LENS_LAYER_OTHER_IP;
  packet->source = lens_address_from_ipv6 (header + 8);
  packet->destination = lens_address_from_ipv6 (header + 24);
  wire_left -= MIN (wire_left, HEADER_BYTES);
  if (payload_bytes == 0 && header[6] != NEXT_NONE)
    rest->bytes_left = wire_left;
  else
    rest->bytes_left = MIN (payload_bytes, wire_left);
  rest->is_beyond_wire = payload_bytes > wire_left;
  lens_byte_cursor_skip (cursor, HEADER_BYTES);
  return lens_ip_extensions_walk (cursor, header[6], packet, rest);
}
