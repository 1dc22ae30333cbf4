/* BSD loopback (LINKTYPE_NULL, LINKTYPE_LOOP): a four-byte address family.
 *
 * In NULL it is in the byte order of the machine that captured, in LOOP in network order: both are tried. IPv4 is 2
 * everywhere; IPv6 is 10 (Linux), 24 (NetBSD, OpenBSD), 28 (FreeBSD) or 30 (Darwin).
 */
#include "lens-link.h"

LensDecodeStatus
lens_link_bsd_null (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network)
{
  guint32 family;

  *network = LENS_NETWORK_NONE;
  if (!lens_byte_cursor_read_u32 (cursor, &family))
    return LENS_DECODE_TRUNCATED;
  *wire_left -= MIN (*wire_left, 4);
  if (family > 0xffff)
    family = GUINT32_SWAP_LE_BE (family);
  if (family == 2)
    *network = LENS_NETWORK_IPV4;
  else if (family == 10 || family == 24 || family == 28 || family == 30)
    *network = LENS_NETWORK_IPV6;
  return LENS_DECODE_OK;
}
