/* ARCNET (ATA 878.1) with IP by RFC 1051 and RFC 1201.
 *
 *   BSD: source 1 | destination 1 | protocol 1
 *   Linux: source 1 | destination 1 | offset 2 | protocol 1
 *   RFC 1201 goes on: split flag 1 (FF: padding 3, then the true flag 1) | sequence 2
 */
#include "lens-link.h"

enum
{
  IPV6_RFC1201 = 196,
  IPV4_RFC1201 = 212,
  IPV4_RFC1051 = 240,
};

static LensDecodeStatus
decode_protocol (LensLinkFrame *frame)
{
  guint8 protocol;
  guint8 split;

  if (!lens_link_read_u8 (frame, &protocol))
    return LENS_DECODE_TRUNCATED;
  if (protocol == IPV4_RFC1051)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  if (protocol != IPV4_RFC1201 && protocol != IPV6_RFC1201)
    return lens_link_not_ip (frame);
  if (!lens_link_read_u8 (frame, &split) || (split == 0xff && !lens_link_skip (frame, 4))
      || !lens_link_skip (frame, 2))
    return LENS_DECODE_TRUNCATED;
  return lens_link_found (frame, protocol == IPV4_RFC1201 ? LENS_NETWORK_IPV4 : LENS_NETWORK_IPV6);
}

LensDecodeStatus
lens_link_arcnet (LensLinkFrame *frame)
{
  return lens_link_skip (frame, 2) ? decode_protocol (frame) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_arcnet_linux (LensLinkFrame *frame)
{
  return lens_link_skip (frame, 4) ? decode_protocol (frame) : LENS_DECODE_TRUNCATED;
}
