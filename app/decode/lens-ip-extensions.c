/* Extension headers of IPv6 (RFC 8200, 4), some of which also stand behind IPv4.
 *
 *   most: next header 1 | length in 8 bytes, less one 1 | ...
 *   fragment (44): next header 1 | 0 1 | offset 13 bits, 0 2 bits, more 1 bit | id 4
 *   authentication (51, RFC 4302): next header 1 | length in 4 bytes, less two 1 | ...
 *
 * Mobility (135), HIP (139) and shim6 (140) have the form of the others, and usually nothing behind them.
 */
#include "lens-network.h"

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
  NEXT_HIP = 139,
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
    case NEXT_HIP:
    case NEXT_SHIM6:
      if (!lens_byte_cursor_peek_u8 (cursor, 1, &length))
        return FALSE;
      *n_bytes = (length + 1u) * 8;
      return TRUE;
    default:
      return TRUE;
    }
}

/* A header that nothing follows is what the packet is about. */
static gboolean
is_message (guint8 header)
{
  return header == NEXT_MOBILITY || header == NEXT_HIP || header == NEXT_SHIM6;
}

LensDecodeStatus
lens_ip_extensions_walk (LensByteCursor *cursor, guint8 next, LensPacket *packet, LensIpRest *rest)
{
  packet->protocol = next;
  for (guint n = 0; n < MAX_EXTENSIONS; n++)
    {
      guint32 n_bytes;
      guint16 fragment = 0;
      guint8 header = next;

      if (!extension_bytes (cursor, header, &n_bytes))
        return LENS_DECODE_TRUNCATED;
      if (n_bytes == 0)
        return LENS_DECODE_OK;
      if (n_bytes > rest->bytes_left)
        return LENS_DECODE_MALFORMED;
      lens_byte_cursor_peek_u8 (cursor, 0, &next);
      if (header == NEXT_FRAGMENT)
        lens_byte_cursor_peek_u16 (cursor, 2, &fragment);
      if (next != NEXT_NONE || !is_message (header))
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
