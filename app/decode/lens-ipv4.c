/* IPv4 (RFC 791).
 *
 *   version 4 bits, header length 4 bits (words) | TOS 1 | total length 2 | id 2 | flags 3 bits, fragment offset 13 bits
 *   | TTL 1 | protocol 1 | checksum 2 | source 4 | destination 4 | options
 *
 * A total length of 0 is a segment that the network card was to cut up (offload): the wire says how long it is.
 */
#include "lens-network.h"

#define HEADER_BYTES 20
#define FRAGMENT_OFFSET_MASK 0x1fff
#define MORE_FRAGMENTS 0x2000

LensDecodeStatus
lens_ipv4_decode (LensByteCursor *cursor, guint32 wire_left, LensPacket *packet, LensIpRest *rest)
{
  const guint8 *header = cursor->bytes + cursor->position;
  guint8 version_and_length = 0;
  guint16 total_bytes = 0;
  guint16 fragment = 0;
  guint32 header_bytes;
  guint32 datagram_bytes;

  if (!lens_byte_cursor_peek_u8 (cursor, 0, &version_and_length))
    return LENS_DECODE_TRUNCATED;
  header_bytes = (version_and_length & 0x0fu) * 4;
  if (version_and_length >> 4 != 4 || header_bytes < HEADER_BYTES)
    return LENS_DECODE_MALFORMED;
  if (lens_byte_cursor_left (cursor) < HEADER_BYTES)
    return LENS_DECODE_TRUNCATED;

  lens_byte_cursor_peek_u16 (cursor, 2, &total_bytes);
  lens_byte_cursor_peek_u16 (cursor, 6, &fragment);
  packet->ip_version = 4;
  packet->layer = LENS_LAYER_OTHER_IP;
  packet->protocol = header[9];
  packet->source = lens_address_from_ipv4 (header + 12);
  packet->destination = lens_address_from_ipv4 (header + 16);

  datagram_bytes = total_bytes == 0 ? wire_left : total_bytes;
  if (datagram_bytes < header_bytes)
    return LENS_DECODE_MALFORMED;
  rest->is_beyond_wire = datagram_bytes > wire_left;
  rest->bytes_left = MIN (datagram_bytes, wire_left) - MIN (header_bytes, wire_left);
  rest->is_later_fragment = (fragment & FRAGMENT_OFFSET_MASK) != 0;
  rest->is_fragment = rest->is_later_fragment || (fragment & MORE_FRAGMENTS) != 0;
  if (!lens_byte_cursor_skip (cursor, header_bytes))
    return LENS_DECODE_TRUNCATED;
  return LENS_DECODE_OK;
}
