/* Tazmen Sniffer Protocol (LINKTYPE_TZSP): frames forwarded by a radio.
 *
 *   version 1 | type 1 | kind of frame 2 | tags: 0 alone is padding, 1 alone the end, others: tag 1 | length 1 | value
 */
#include "lens-link.h"

enum
{
  TYPE_KEEP_ALIVE = 4,
  TYPE_PORT_OPENER = 5,
};

LensDecodeStatus
lens_link_tzsp (LensLinkFrame *frame)
{
  guint8 type;
  guint16 kind;
  guint8 tag;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 1, &type)
      || !lens_byte_cursor_peek_u16 (&frame->cursor, 2, &kind) || !lens_link_skip (frame, 4))
    return LENS_DECODE_TRUNCATED;
  if (type == TYPE_KEEP_ALIVE || type == TYPE_PORT_OPENER)
    return lens_link_not_ip (frame);
  do
    {
      guint8 length = 0;

      if (!lens_link_read_u8 (frame, &tag))
        return LENS_DECODE_TRUNCATED;
      if (tag > 1 && (!lens_link_read_u8 (frame, &length) || !lens_link_skip (frame, length)))
        return LENS_DECODE_TRUNCATED;
    }
  while (tag != 1);
  switch (kind)
    {
    case 1:
      return lens_link_ethernet (frame);
    case 18:
      return lens_link_ieee80211 (frame);
    case 119:
      return lens_link_prism (frame);
    case 127:
      return lens_link_avs (frame);
    default:
      return lens_link_not_ip (frame);
    }
}
