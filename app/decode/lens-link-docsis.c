/* Cable modems: DOCSIS (ITU-T J.112), its data frames.
 *
 *   kind 2 bits, parameter 5 bits, extended header 1 bit 1 | length of the extended header 1 | length 2 | extended header
 *   | check value 2 | an Ethernet frame, when kind is 0
 */
#include "lens-link.h"

LensDecodeStatus
lens_link_docsis (LensLinkFrame *frame)
{
  guint8 control;
  guint8 extended;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &control)
      || !lens_byte_cursor_peek_u8 (&frame->cursor, 1, &extended))
    return LENS_DECODE_TRUNCATED;
  if (control >> 6 != 0)
    return lens_link_not_ip (frame);
  if (!lens_link_skip (frame, 6u + ((control & 0x01) != 0 ? extended : 0u)))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethernet (frame);
}
