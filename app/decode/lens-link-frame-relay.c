/* Frame relay: Q.922 address (ITU-T Q.922, 3.3), then RFC 2427's header or Cisco's.
 *
 *   address 2 to 4: the last byte is odd
 *   RFC 2427: control 03 | padding 00, perhaps | NLPID 1; NLPID 80 is followed by a SNAP header
 *   Cisco: EtherType 2
 */
#include "lens-link.h"

#define MAX_ADDRESS_BYTES 4
#define NLPID_SNAP 0x80

/* Also says whether the address is 0, the channel of signalling. */
static gboolean
skip_address (LensLinkFrame *frame, gboolean *is_signalling)
{
  *is_signalling = TRUE;
  for (guint n = 1; n <= MAX_ADDRESS_BYTES; n++)
    {
      guint8 byte;

      if (!lens_link_read_u8 (frame, &byte))
        return FALSE;
      /* Six bits of the number in the first byte, four and three bits of flags in the second, seven after. */
      if ((n == 1 && byte >> 2 != 0) || (n == 2 && byte >> 4 != 0) || (n > 2 && byte >> 1 != 0))
        *is_signalling = FALSE;
      if ((byte & 0x01) != 0)
        return TRUE;
    }
  return TRUE;
}

static LensDecodeStatus
decode_snap (LensLinkFrame *frame)
{
  guint8 high;
  guint16 low;
  guint16 protocol;

  if (!lens_link_read_u8 (frame, &high) || !lens_link_read_u16 (frame, &low)
      || !lens_link_read_u16 (frame, &protocol))
    return LENS_DECODE_TRUNCATED;
  if (high == 0 && low == 0 && protocol > 1500)
    return lens_link_ethertype (frame, protocol);
  if (high == 0 && low == 0x80c2 && (protocol == 1 || protocol == 7))
    return lens_link_ethernet (frame);
  return lens_link_not_ip (frame);
}

LensDecodeStatus
lens_link_frame_relay (LensLinkFrame *frame)
{
  gboolean is_signalling;
  guint8 control;
  guint8 next;
  guint16 ethertype;

  if (!lens_link_enter (frame))
    return LENS_DECODE_MALFORMED;
  if (!skip_address (frame, &is_signalling) || !lens_byte_cursor_peek_u8 (&frame->cursor, 0, &control))
    return LENS_DECODE_TRUNCATED;
  if (control != 0x03)
    {
      if (is_signalling)
        return lens_link_not_ip (frame);
      if (!lens_link_read_u16 (frame, &ethertype))
        return LENS_DECODE_TRUNCATED;
      return ethertype > 1500 ? lens_link_ethertype (frame, ethertype) : lens_link_not_ip (frame);
    }
  lens_link_skip (frame, 1);
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &next))
    return LENS_DECODE_TRUNCATED;
  if (next == 0)
    lens_link_skip (frame, 1);
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &next))
    return LENS_DECODE_TRUNCATED;
  if (next != NLPID_SNAP)
    return lens_link_nlpid (frame);
  lens_link_skip (frame, 1);
  return decode_snap (frame);
}
