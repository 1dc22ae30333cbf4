/* Linux "cooked" captures, what the "any" interface gives (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).
 *
 *   v1: packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2
 *   v2: protocol 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | address length 1 | address 8
 *
 * The protocol is an EtherType; small numbers are kinds of frames, and some hardware has a framing of its own.
 */
#include "lens-link.h"

#define V1_BYTES 16
#define V2_BYTES 20

enum
{
  ARPHRD_FRAD = 770,
  ARPHRD_IEEE80211_RADIOTAP = 803,
  ARPHRD_NETLINK = 824,
};

enum
{
  PROTOCOL_ETHERNET = 3,
  PROTOCOL_LLC = 4,
  PROTOCOL_PPP = 7,
  FIRST_ETHERTYPE = 1536,
};

static LensDecodeStatus
decode_cooked (LensLinkFrame *frame, gsize header_bytes, gsize arphrd_at, gsize protocol_at)
{
  guint16 arphrd;
  guint16 protocol;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, arphrd_at, &arphrd)
      || !lens_byte_cursor_peek_u16 (&frame->cursor, protocol_at, &protocol)
      || !lens_link_skip (frame, header_bytes))
    return LENS_DECODE_TRUNCATED;
  switch (arphrd)
    {
    case ARPHRD_FRAD:
      return lens_link_frame_relay (frame);
    case ARPHRD_IEEE80211_RADIOTAP:
      return lens_link_radiotap (frame);
    case ARPHRD_NETLINK:
      return lens_link_not_ip (frame);
    default:
      break;
    }
  switch (protocol)
    {
    case PROTOCOL_ETHERNET:
      return lens_link_ethernet (frame);
    case PROTOCOL_LLC:
      return lens_link_llc (frame);
    case PROTOCOL_PPP:
      return lens_link_ppp_hdlc (frame);
    default:
      return protocol < FIRST_ETHERTYPE ? lens_link_not_ip (frame) : lens_link_ethertype (frame, protocol);
    }
}

LensDecodeStatus
lens_link_linux_cooked (LensLinkFrame *frame)
{
  return decode_cooked (frame, V1_BYTES, 2, 14);
}

LensDecodeStatus
lens_link_linux_cooked_v2 (LensLinkFrame *frame)
{
  return decode_cooked (frame, V2_BYTES, 8, 0);
}
