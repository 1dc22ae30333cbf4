/* PPP (RFC 1661), bare, in HDLC-like framing (RFC 1662), in a PPPoE session (RFC 2516), and OSI's network protocol numbers.
 *
 *   PPP: protocol 2, or 1 when it is odd | ...
 *   HDLC-like: address FF | control 03 | PPP; both may be left out
 *   PPPoE: version and type 1 | code 1 (0 in a session) | session 2 | length 2 | PPP
 *   Multilink (RFC 1990): begin, end and 6 bits more 1 | sequence 3 | PPP, or a piece of it
 */
#include "lens-link.h"

enum
{
  PPP_IPV4 = 0x0021,
  PPP_OSI = 0x0023,
  PPP_BRIDGED = 0x0031,
  PPP_MULTILINK = 0x003d,
  PPP_IPV6 = 0x0057,
  PPP_MPLS = 0x0281,
  PPP_MPLS_MULTICAST = 0x0283,
};

/* A bridged frame (RFC 3518): flags and count of padding bytes 1 | kind 1 (1: Ethernet) | the frame. */
static LensDecodeStatus
decode_bridged (LensLinkFrame *frame)
{
  guint8 flags;
  guint8 kind;

  if (!lens_link_read_u8 (frame, &flags) || !lens_link_read_u8 (frame, &kind))
    return LENS_DECODE_TRUNCATED;
  return kind == 1 ? lens_link_ethernet (frame) : lens_link_not_ip (frame);
}

static LensDecodeStatus
decode_multilink (LensLinkFrame *frame)
{
  guint8 flags;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &flags) || !lens_link_skip (frame, 4))
    return LENS_DECODE_TRUNCATED;
  /* Only a packet that is both begin and end is whole. */
  return flags >> 6 == 3 ? lens_link_ppp (frame) : lens_link_not_ip (frame);
}

LensDecodeStatus
lens_link_ppp (LensLinkFrame *frame)
{
  guint8 first;
  guint16 protocol;

  if (!lens_link_enter (frame))
    return LENS_DECODE_MALFORMED;
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &first))
    return LENS_DECODE_TRUNCATED;
  if ((first & 0x01) != 0)
    {
      protocol = first;
      lens_link_skip (frame, 1);
    }
  else if (!lens_link_read_u16 (frame, &protocol))
    return LENS_DECODE_TRUNCATED;
  switch (protocol)
    {
    case PPP_IPV4:
    case 0x0800: /* some stacks write EtherTypes here */
      return lens_link_found (frame, LENS_NETWORK_IPV4);
    case PPP_IPV6:
    case 0x86dd:
      return lens_link_found (frame, LENS_NETWORK_IPV6);
    case PPP_OSI:
      return lens_link_nlpid (frame);
    case PPP_BRIDGED:
      return decode_bridged (frame);
    case PPP_MULTILINK:
      return decode_multilink (frame);
    case PPP_MPLS:
    case PPP_MPLS_MULTICAST:
      return lens_link_mpls (frame);
    default:
      return lens_link_not_ip (frame);
    }
}

LensDecodeStatus
lens_link_ppp_hdlc (LensLinkFrame *frame)
{
  guint8 address;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &address))
    return LENS_DECODE_TRUNCATED;
  /* Serial lines of the BSDs mix Cisco's framing in, which begins with 0F or 8F. */
  if (address == 0x0f || address == 0x8f)
    return lens_link_cisco_hdlc (frame);
  if (address == 0xff && !lens_link_skip (frame, 2))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ppp (frame);
}

/* A byte that says which way the packet went, before it (LINKTYPE_PPP_WITH_DIR). */
LensDecodeStatus
lens_link_ppp_with_direction (LensLinkFrame *frame)
{
  return lens_link_skip (frame, 1) ? lens_link_ppp_hdlc (frame) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_pppoe_session (LensLinkFrame *frame)
{
  guint16 length;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 4, &length))
    return LENS_DECODE_TRUNCATED;
  lens_link_skip (frame, 6);
  return lens_link_ppp (frame);
}

LensDecodeStatus
lens_link_nlpid (LensLinkFrame *frame)
{
  guint8 nlpid;

  if (!lens_link_read_u8 (frame, &nlpid))
    return LENS_DECODE_TRUNCATED;
  switch (nlpid)
    {
    case 0xcc:
      return lens_link_found (frame, LENS_NETWORK_IPV4);
    case 0x8e:
      return lens_link_found (frame, LENS_NETWORK_IPV6);
    case 0xcf:
      return lens_link_ppp (frame);
    default:
      return lens_link_not_ip (frame);
    }
}
