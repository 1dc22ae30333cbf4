/* IP over InfiniBand (RFC 4391) with the route header before it (LINKTYPE_IPOIB).
 *
 *   global route header 40 | EtherType 2 | reserved 2
 */
#include "lens-link.h"

#define ROUTE_BYTES 40

LensDecodeStatus
lens_link_ipoib (LensLinkFrame *frame)
{
  guint16 ethertype;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, ROUTE_BYTES, &ethertype)
      || !lens_link_skip (frame, ROUTE_BYTES + 4))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethertype (frame, ethertype);
}
