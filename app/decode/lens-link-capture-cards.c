/* What capture cards put before an Ethernet frame.
 *
 *   netANALYZER: four bytes of port, length and errors
 *   Endace ERF: time 8 | type 1 (top bit: more headers) | flags 1 | length 2 | lost 2 | length on the wire 2
 *   | more headers: 8 each, the top bit of the first byte says whether another follows | for Ethernet: 2 more
 *   A serial line's framing is not named: PPP begins with FF, Cisco's with 0F or 8F, else it is frame relay.
 */
#include "lens-link.h"

#define ERF_BYTES 16
#define MORE_HEADERS 0x80

LensDecodeStatus
lens_link_netanalyzer (LensLinkFrame *frame)
{
  return lens_link_skip (frame, 4) ? lens_link_ethernet (frame) : LENS_DECODE_TRUNCATED;
}

static LensDecodeStatus
decode_serial (LensLinkFrame *frame)
{
  guint8 first;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &first))
    return LENS_DECODE_TRUNCATED;
  return first == 0xff || first == 0x0f || first == 0x8f ? lens_link_ppp_hdlc (frame)
                                                         : lens_link_frame_relay (frame);
}

LensDecodeStatus
lens_link_erf (LensLinkFrame *frame)
{
  guint8 type;
  guint8 more;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 8, &type) || !lens_link_skip (frame, ERF_BYTES))
    return LENS_DECODE_TRUNCATED;
  for (more = type; (more & MORE_HEADERS) != 0;)
    if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &more) || !lens_link_skip (frame, 8))
      return LENS_DECODE_TRUNCATED;
  switch (type & ~MORE_HEADERS)
    {
    case 1: /* serial line */
      return decode_serial (frame);
    case 2:  /* Ethernet */
    case 11: /* with a colour */
    case 16:
    case 20:
      return lens_link_skip (frame, 2) ? lens_link_ethernet (frame) : LENS_DECODE_TRUNCATED;
    case 22:
      return lens_link_found (frame, LENS_NETWORK_IPV4);
    case 23:
      return lens_link_found (frame, LENS_NETWORK_IPV6);
    default:
      return lens_link_not_ip (frame);
    }
}
