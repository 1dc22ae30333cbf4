/* FDDI (ISO 9314-2).
 *
 *   frame control 1 | destination 6 | source 6 | LLC, when frame control is 50 to 5f
 */
#include "lens-link.h"

#define HEADER_BYTES 13

LensDecodeStatus
lens_link_fddi (LensLinkFrame *frame)
{
  guint8 control;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &control) || !lens_link_skip (frame, HEADER_BYTES))
    return LENS_DECODE_TRUNCATED;
  return control >> 4 == 5 ? lens_link_llc (frame) : lens_link_not_ip (frame);
}
