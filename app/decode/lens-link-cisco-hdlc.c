/* Cisco HDLC (RFC 1547, 4.3.1).
 *
 *   address 1 (0F, or 8F to all) | control 1 (0) | protocol 2, an EtherType
 *   protocol FEFE: OSI, with or without a byte 03 of padding
 */
#include "lens-link.h"

#define PROTOCOL_OSI 0xfefe

LensDecodeStatus
lens_link_cisco_hdlc (LensLinkFrame *frame)
{
  guint16 protocol;
  guint8 padding;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 2, &protocol))
    return LENS_DECODE_TRUNCATED;
  lens_link_skip (frame, 4);
  switch (protocol)
    {
    case PROTOCOL_OSI:
      if (lens_byte_cursor_peek_u8 (&frame->cursor, 0, &padding) && padding == 0x03)
        lens_link_skip (frame, 1);
      return lens_link_nlpid (frame);
    case 0x0800:
    case 0x86dd:
    case 0x8847:
    case 0x8848:
    case 0x6558:
      return lens_link_ethertype (frame, protocol);
    default:
      return lens_link_not_ip (frame);
    }
}
