/* Solaris' IP observability (LINKTYPE_IPNET).
 *
 *   version 1 | family 1 (2: IPv4, 26: IPv6) | hook 2 | length of the packet 4 | interface 4 | group 4 | source zone 4 | destination zone 4
 */
#include "lens-link.h"

#define HEADER_BYTES 24

LensDecodeStatus
lens_link_ipnet (LensLinkFrame *frame)
{
  guint8 family;
  guint16 high;
  guint16 low;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 1, &family)
      || !lens_byte_cursor_peek_u16 (&frame->cursor, 4, &high)
      || !lens_byte_cursor_peek_u16 (&frame->cursor, 6, &low) || !lens_link_skip (frame, HEADER_BYTES))
    return LENS_DECODE_TRUNCATED;
  lens_link_limit (frame, (guint32) high << 16 | low);
  if (family == 2)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  return family == 26 ? lens_link_found (frame, LENS_NETWORK_IPV6) : lens_link_not_ip (frame);
}
