/* Ethernet between a switch and the processor that runs it: tags that name the port.
 *
 *   Marvell DSA: 4 after the addresses; EDSA: EtherType 2, reserved 2, then the 4
 *   Broadcom: 4 after the addresses, or 4 before them
 */
#include "lens-link.h"

#define ADDRESSES_BYTES 12
#define TAG_BYTES 4

static LensDecodeStatus
decode_tagged (LensLinkFrame *frame, gsize tag_bytes)
{
  guint16 ethertype;

  if (!lens_link_skip (frame, ADDRESSES_BYTES + tag_bytes) || !lens_link_read_u16 (frame, &ethertype))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethertype (frame, ethertype);
}

LensDecodeStatus
lens_link_dsa (LensLinkFrame *frame)
{
  return decode_tagged (frame, TAG_BYTES);
}

LensDecodeStatus
lens_link_edsa (LensLinkFrame *frame)
{
  return decode_tagged (frame, 2 * TAG_BYTES);
}

LensDecodeStatus
lens_link_brcm_tag (LensLinkFrame *frame)
{
  return decode_tagged (frame, TAG_BYTES);
}

LensDecodeStatus
lens_link_brcm_tag_prepend (LensLinkFrame *frame)
{
  return lens_link_skip (frame, TAG_BYTES) ? lens_link_ethernet (frame) : LENS_DECODE_TRUNCATED;
}
