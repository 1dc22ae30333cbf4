/* IP on buses and fabrics that have a short header of their own.
 *
 *   Fibre Channel (RFC 2625): destination 8 | source 8 | LLC
 *   IEEE 1394 as Apple gives it: destination 8 | source 8 | EtherType 2
 */
#include "lens-link.h"

#define ADDRESSES_BYTES 16

LensDecodeStatus
lens_link_ip_over_fc (LensLinkFrame *frame)
{
  return lens_link_skip (frame, ADDRESSES_BYTES) ? lens_link_llc (frame) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_ip_over_1394 (LensLinkFrame *frame)
{
  guint16 ethertype;

  if (!lens_link_skip (frame, ADDRESSES_BYTES) || !lens_link_read_u16 (frame, &ethertype))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethertype (frame, ethertype);
}
