/* Amateur radio's AX.25 (version 2.2), bare or after a KISS byte.
 *
 *   destination 7 | source 7 | up to eight repeaters 7 each: the last byte of the last is odd | control 1 | protocol 1
 *
 * Only information (I and UI) has a protocol; CC is IPv4.
 */
#include "lens-link.h"

#define ADDRESS_BYTES 7
#define MAX_ADDRESSES 10
#define PROTOCOL_IPV4 0xcc

LensDecodeStatus
lens_link_ax25 (LensLinkFrame *frame)
{
  guint8 last = 0;
  guint8 control;
  guint8 protocol;

  for (guint n = 0; n < MAX_ADDRESSES && (n < 2 || (last & 0x01) == 0); n++)
    if (!lens_byte_cursor_peek_u8 (&frame->cursor, ADDRESS_BYTES - 1, &last)
        || !lens_link_skip (frame, ADDRESS_BYTES))
      return LENS_DECODE_TRUNCATED;
  if (!lens_link_read_u8 (frame, &control))
    return LENS_DECODE_TRUNCATED;
  if ((control & 0x01) != 0 && (control & 0xef) != 0x03)
    return lens_link_not_ip (frame);
  if (!lens_link_read_u8 (frame, &protocol))
    return LENS_DECODE_TRUNCATED;
  return protocol == PROTOCOL_IPV4 ? lens_link_found (frame, LENS_NETWORK_IPV4) : lens_link_not_ip (frame);
}

LensDecodeStatus
lens_link_ax25_kiss (LensLinkFrame *frame)
{
  guint8 command;

  if (!lens_link_read_u8 (frame, &command))
    return LENS_DECODE_TRUNCATED;
  return (command & 0x0f) == 0 ? lens_link_ax25 (frame) : lens_link_not_ip (frame);
}
