/* IPv4 (RFC 791).
 *
 *   version 4 bits, header length 4 bits (words) | TOS 1 | total length 2 | id 2 | flags 3 bits, fragment offset 13 bits
 *   | TTL 1 | protocol 1 | checksum 2 | source 4 | destination 4 | options
 *   an option: kind 1 (0 ends them, 1 is padding; both alone) | length 1 | ...
 *   a source route (kinds 131 and 137): kind 1 | length 1 | pointer 1 | addresses 4 each
 *
 * A total length of 0 is a segment that the network card was to cut up (offload): the wire says how long it is. While a source
 * route is not used up, the destination field names the next hop; whom the packet is for is the route's last address.
 */
#include "lens-network.h"

#define HEADER_BYTES 20
#define FRAGMENT_OFFSET_MASK 0x1fff
#define MORE_FRAGMENTS 0x2000

enum
{
  OPTION_END = 0,
  OPTION_PADDING = 1,
  OPTION_LOOSE_ROUTE = 131,
  OPTION_STRICT_ROUTE = 137,
};

/* Where the destination's address is in a header of @header_bytes, all of which was captured. */
static gsize
destination_at (const guint8 *header, guint32 header_bytes)
{
  guint32 at = HEADER_BYTES;

  while (at + 1 < header_bytes && header[at] != OPTION_END)
    {
      guint32 length = header[at] == OPTION_PADDING ? 1 : header[at + 1];

      if (length == 0 || length > header_bytes - at || (header[at] != OPTION_PADDING && length < 2))
        break;
      if ((header[at] == OPTION_LOOSE_ROUTE || header[at] == OPTION_STRICT_ROUTE) && length >= 7
          && header[at + 2] >= 4 && header[at + 2] <= length)
        return at + length - 4;
      at += length;
    }
  return 16;
}

LensDecodeStatus
lens_ipv4_decode (LensByteCursor *cursor, guint32 wire_left, LensPacket *packet, LensIpRest *rest)
{
  const guint8 *header = cursor->bytes + cursor->position;
  guint8 version_and_length = 0;
  guint16 total_bytes = 0;
  guint16 fragment = 0;
  guint32 header_bytes;
  guint32 datagram_bytes;
  gboolean is_whole;

  if (!lens_byte_cursor_peek_u8 (cursor, 0, &version_and_length))
    return LENS_DECODE_TRUNCATED;
  header_bytes = (version_and_length & 0x0fu) * 4;
  if (version_and_length >> 4 != 4 || header_bytes < HEADER_BYTES)
    return LENS_DECODE_MALFORMED;
  if (lens_byte_cursor_left (cursor) < HEADER_BYTES)
    return LENS_DECODE_TRUNCATED;

  lens_byte_cursor_peek_u16 (cursor, 2, &total_bytes);
  lens_byte_cursor_peek_u16 (cursor, 6, &fragment);
  /* What is shorter than its own header is no IP packet. */
  if (total_bytes != 0 && total_bytes < header_bytes)
    return LENS_DECODE_MALFORMED;
  is_whole = lens_byte_cursor_left (cursor) >= header_bytes;
  packet->ip_version = 4;
  packet->layer = LENS_LAYER_OTHER_IP;
  packet->protocol = header[9];
  lens_address_set_ipv4 (&packet->source, header + 12);
  lens_address_set_ipv4 (&packet->destination,
                         header + (is_whole ? destination_at (header, header_bytes) : 16));

  datagram_bytes = total_bytes == 0 ? wire_left : total_bytes;
  rest->is_beyond_wire = datagram_bytes > wire_left;
  rest->bytes_left = MIN (datagram_bytes, wire_left) - MIN (header_bytes, MIN (datagram_bytes, wire_left));
  rest->is_later_fragment = (fragment & FRAGMENT_OFFSET_MASK) != 0;
  rest->is_fragment = rest->is_later_fragment || (fragment & MORE_FRAGMENTS) != 0;
  if (!lens_byte_cursor_skip (cursor, header_bytes))
    return LENS_DECODE_TRUNCATED;
  if (rest->is_later_fragment)
    return LENS_DECODE_OK;
  return lens_ip_extensions_walk (cursor, packet->protocol, packet, rest);
}
