/* IPv6 (RFC 8200) with its extension headers.
 *
 *   version 4 bits, class 8 bits, flow 20 bits | payload length 2 | next header 1 | hop limit 1 | source 16 | destination 16
 *   an extension header: next header 1 | length in 8 bytes, less one 1 | ...
 *   fragment (44): next header 1 | 0 1 | offset 13 bits, 0 2 bits, more 1 bit | id 4
 *   authentication (51, RFC 4302): next header 1 | length in 4 bytes, less two 1 | ...
 *
 * A payload length of 0 is a jumbogram (RFC 2675) or an offloaded segment: the wire says how long it is.
 */
#include "lens-network.h"

#define HEADER_BYTES 40
#define MORE_FRAGMENTS 0x0001
/* More than any stack sends; the bytes left are a ceiling too. */
#define MAX_EXTENSIONS 64

enum
{
  NEXT_HOP_BY_HOP = 0,
  NEXT_ROUTING = 43,
  NEXT_FRAGMENT = 44,
  NEXT_AUTHENTICATION = 51,
  NEXT_NONE = 59,
  NEXT_DESTINATION = 60,
  NEXT_MOBILITY = 135,
  NEXT_SHIM6 = 140,
};

/* The bytes of the extension header at @cursor, 0 when @next is none. FALSE: they were not captured. */
static gboolean
extension_bytes (const LensByteCursor *cursor, guint8 next, guint32 *n_bytes)
{
  guint8 length;

  *n_bytes = 0;
  switch (next)
    {
    case NEXT_FRAGMENT:
      *n_bytes = 8;
      return lens_byte_cursor_left (cursor) >= 8;
    case NEXT_AUTHENTICATION:
      if (!lens_byte_cursor_peek_u8 (cursor, 1, &length))
        return FALSE;
      *n_bytes = (length + 2u) * 4;
      return TRUE;
    case NEXT_HOP_BY_HOP:
    case NEXT_ROUTING:
    case NEXT_DESTINATION:
    case NEXT_MOBILITY:
    case NEXT_SHIM6:
      if (!lens_byte_cursor_peek_u8 (cursor, 1, &length))
        return FALSE;
      *n_bytes = (length + 1u) * 8;
      return TRUE;
    default:
      return TRUE;
    }
}

/* Walks the chain from @next on; ends at the transport header, or at a fragment's data. */
static LensDecodeStatus
walk_extensions (LensByteCursor *cursor, guint8 next, LensPacket *packet, LensIpRest *rest)
{
  packet->protocol = next;
  for (guint n = 0; n < MAX_EXTENSIONS; n++)
    {
      guint32 n_bytes;
      guint16 fragment = 0;
      gboolean is_fragment = next == NEXT_FRAGMENT;

      if (!extension_bytes (cursor, next, &n_bytes))
        return LENS_DECODE_TRUNCATED;
      if (n_bytes == 0)
        return LENS_DECODE_OK;
      if (n_bytes > rest->bytes_left)
        return LENS_DECODE_MALFORMED;
      lens_byte_cursor_peek_u8 (cursor, 0, &next);
      if (is_fragment)
        lens_byte_cursor_peek_u16 (cursor, 2, &fragment);
      packet->protocol = next;
      rest->bytes_left -= n_bytes;
      if (!lens_byte_cursor_skip (cursor, n_bytes))
        return LENS_DECODE_TRUNCATED;
      rest->is_fragment |= (fragment & MORE_FRAGMENTS) != 0;
      if (fragment >> 3 != 0)
        {
          rest->is_later_fragment = TRUE;
          return LENS_DECODE_OK;
        }
    }
  return LENS_DECODE_MALFORMED;
}

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
  return walk_extensions (cursor, header[6], packet, rest);
}
