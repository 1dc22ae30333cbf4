/* Apple's PKTAP (LINKTYPE_PKTAP), also found as the second user-defined link type. All little-endian.
 *
 *   length of this header 4 | 1 when a packet follows 4 | LINKTYPE of the packet 4 | interface, process, ...
 */
#include "lens-link.h"

LensDecodeStatus
lens_link_pktap (LensLinkFrame *frame)
{
  LensByteCursor header = frame->cursor;
  guint32 length;
  guint32 kind;
  guint32 link_type;

  if (!lens_byte_cursor_read_u32 (&header, &length) || !lens_byte_cursor_read_u32 (&header, &kind)
      || !lens_byte_cursor_read_u32 (&header, &link_type))
    return LENS_DECODE_TRUNCATED;
  length = GUINT32_SWAP_LE_BE (length);
  if (length < 12)
    return LENS_DECODE_MALFORMED;
  if (!lens_link_skip (frame, length))
    return LENS_DECODE_TRUNCATED;
  if (GUINT32_SWAP_LE_BE (kind) != 1)
    return lens_link_not_ip (frame);
  return lens_link_of_type (frame, GUINT32_SWAP_LE_BE (link_type));
}
