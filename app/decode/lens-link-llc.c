/* IEEE 802.2 LLC and the SNAP header (RFC 1042, IEEE 802 clause 9).
 *
 *   destination 1 | source 1 | control 1, or 2 for numbered frames | ...
 *   SNAP (AA AA 03): organization 3 | its protocol 2 | ...
 *
 * Organization 0 (and 00-00-f8, 08-00-07) numbers by EtherType; 00-80-c2 is a bridged frame after
 * two bytes of padding, see the table in RFC 2684.
 * A service of FE is a network protocol named by its NLPID.
 */
#include "lens-link.h"

enum
{
  SAP_IP = 0x06,
  SAP_SNAP = 0xaa,
  SAP_OSI = 0xfe,
};

#define ORGANIZATION_BRIDGED 0x0080c2

static LensDecodeStatus
decode_bridged (LensLinkFrame *frame, guint16 protocol)
{
  if (!lens_link_skip (frame, 2))
    return LENS_DECODE_TRUNCATED;
  switch (protocol)
    {
    case 0x0001: /* Ethernet with its checksum, which IP's own length leaves out */
    case 0x0007:
      return lens_link_ethernet (frame);
    case 0x0003:
    case 0x0009:
      return lens_link_token_ring (frame);
    case 0x0004:
    case 0x000a:
      return lens_link_fddi (frame);
    default:
      return lens_link_not_ip (frame);
    }
}

static LensDecodeStatus
decode_snap (LensLinkFrame *frame)
{
  guint8 high;
  guint16 low;
  guint16 protocol;
  guint32 organization;

  if (!lens_link_read_u8 (frame, &high) || !lens_link_read_u16 (frame, &low)
      || !lens_link_read_u16 (frame, &protocol))
    return LENS_DECODE_TRUNCATED;
  organization = (guint32) high << 16 | low;
  if (organization == ORGANIZATION_BRIDGED)
    return decode_bridged (frame, protocol);
  if (organization != 0 && organization != 0x0000f8 && organization != 0x080007)
    return lens_link_not_ip (frame);
  /* No frame has a length here: an LLC header in an LLC header would have no end. */
  return protocol <= 1500 ? lens_link_not_ip (frame) : lens_link_ethertype (frame, protocol);
}

LensDecodeStatus
lens_link_llc (LensLinkFrame *frame)
{
  guint8 destination;
  guint8 source;
  guint8 control;
  gboolean is_unnumbered;

  if (!lens_link_enter (frame))
    return LENS_DECODE_MALFORMED;
  if (!lens_link_read_u8 (frame, &destination) || !lens_link_read_u8 (frame, &source)
      || !lens_link_read_u8 (frame, &control))
    return LENS_DECODE_TRUNCATED;
  is_unnumbered = (control & 0x03) == 0x03;
  if (!is_unnumbered && !lens_link_skip (frame, 1))
    return LENS_DECODE_TRUNCATED;
  if (destination == SAP_SNAP && source == SAP_SNAP)
    return decode_snap (frame);
  /* Only information carries a payload: numbered, or the unnumbered UI. */
  if ((control & 0x01) != 0 && (control & 0xef) != 0x03)
    return lens_link_not_ip (frame);
  if (destination == SAP_IP)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  return destination == SAP_OSI ? lens_link_nlpid (frame) : lens_link_not_ip (frame);
}
