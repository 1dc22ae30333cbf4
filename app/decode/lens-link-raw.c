/* Raw IP: no link header; the first four bits are the IP version (LINKTYPE_RAW, _IPV4, _IPV6). */
#include "lens-link.h"

LensDecodeStatus
lens_link_raw_ip (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network)
{
  guint8 first;

  *network = LENS_NETWORK_NONE;
  if (!lens_byte_cursor_peek_u8 (cursor, 0, &first))
    return LENS_DECODE_TRUNCATED;
  if (first >> 4 == 4)
    *network = LENS_NETWORK_IPV4;
  else if (first >> 4 == 6)
    *network = LENS_NETWORK_IPV6;
  else
    return LENS_DECODE_MALFORMED;
  return LENS_DECODE_OK;
}
