/* Token ring (IEEE 802.5).
 *
 *   access control 1 | frame control 1 | destination 6 | source 6 | route, if the source's first bit is set | LLC
 *   a route: kind 3 bits, length in bytes 5 bits | direction, largest frame 1 | ...
 */
#include "lens-link.h"

#define HEADER_BYTES 14

LensDecodeStatus
lens_link_token_ring (LensLinkFrame *frame)
{
  guint8 control;
  guint8 source;
  guint8 route = 0;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 1, &control)
      || !lens_byte_cursor_peek_u8 (&frame->cursor, 8, &source) || !lens_link_skip (frame, HEADER_BYTES))
    return LENS_DECODE_TRUNCATED;
  if (control >> 6 != 1)
    return lens_link_not_ip (frame);
  if ((source & 0x80) != 0
      && (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &route) || !lens_link_skip (frame, route & 0x1fu)))
    return LENS_DECODE_TRUNCATED;
  return lens_link_llc (frame);
}
