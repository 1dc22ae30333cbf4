/* Linux netfilter's log (LINKTYPE_NFLOG).
 *
 *   family 1 | version 1 | resource 2 | attributes: length 2 | type 2 | value, filled up to four bytes
 *
 * Lengths and types are in the order of the machine that captured: little-endian, unless only big-endian fits the frame. The packet,
 * from its IP header on, is the value of attribute 9; family says which IP (AF_INET 2, AF_INET6 10).
 */
#include "lens-link.h"

#define HEADER_BYTES 4
#define ATTRIBUTE_BYTES 4
#define ATTRIBUTE_PAYLOAD 9

static guint16
in_order (guint16 value, gboolean is_little_endian)
{
  return is_little_endian ? GUINT16_SWAP_LE_BE (value) : value;
}

/* Moves to the payload. TRUNCATED: the attributes lead past the end. MALFORMED: they lead nowhere. */
static LensDecodeStatus
find_payload (LensLinkFrame *frame, gboolean is_little_endian)
{
  for (;;)
    {
      guint16 length;
      guint16 type;

      if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &length)
          || !lens_byte_cursor_peek_u16 (&frame->cursor, 2, &type))
        return LENS_DECODE_TRUNCATED;
      length = in_order (length, is_little_endian);
      type = in_order (type, is_little_endian) & 0x7fff;
      if (length < ATTRIBUTE_BYTES)
        return LENS_DECODE_MALFORMED;
      if (type == ATTRIBUTE_PAYLOAD)
        {
          lens_link_skip (frame, ATTRIBUTE_BYTES);
          lens_link_limit (frame, length - ATTRIBUTE_BYTES);
          return LENS_DECODE_OK;
        }
      if (!lens_link_skip (frame, (length + 3u) & ~3u))
        return LENS_DECODE_TRUNCATED;
    }
}

LensDecodeStatus
lens_link_nflog (LensLinkFrame *frame)
{
  guint8 family;
  LensLinkFrame start;
  LensDecodeStatus little_endian;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &family) || !lens_link_skip (frame, HEADER_BYTES))
    return LENS_DECODE_TRUNCATED;
  start = *frame;
  little_endian = find_payload (frame, TRUE);
  if (little_endian != LENS_DECODE_OK)
    {
      *frame = start;
      if (find_payload (frame, FALSE) != LENS_DECODE_OK)
        return little_endian;
    }
  if (family == 2)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  return family == 10 ? lens_link_found (frame, LENS_NETWORK_IPV6) : lens_link_not_ip (frame);
}
