/* Headers that an EtherType names and that say in a way of their own what follows.
 *
 *   MACsec (IEEE 802.1AE): flags 1 | short length 1 | packet number 4 | channel 8 if flag 20 | EtherType 2, data | check value 16
 *   NSH (RFC 8300): version, flags, TTL, length in words (low 6 bits) 2 | metadata type 1 | next 1 | ...
 *   TRILL (RFC 6325): version 2 bits, reserved 2, multicast 1, option words 5, hops 6 | egress 2 | ingress 2 | options | Ethernet
 *   Arista: subtype 2, version 2 | time 8, or 6 | EtherType 2
 *   batman-adv 15: packet type 1 | version 1 | TTL 1 | ... | Ethernet
 */
#include "lens-link.h"

#define MACSEC_HAS_CHANNEL 0x20
#define MACSEC_IS_SECRET 0x0c
#define MACSEC_CHECK_BYTES 16

LensDecodeStatus
lens_link_macsec (LensLinkFrame *frame)
{
  guint8 flags;
  guint8 short_length;
  guint16 ethertype;
  gsize n_bytes;

  if (!lens_link_read_u8 (frame, &flags) || !lens_link_read_u8 (frame, &short_length))
    return LENS_DECODE_TRUNCATED;
  n_bytes = 4 + ((flags & MACSEC_HAS_CHANNEL) != 0 ? 8 : 0);
  if (!lens_link_skip (frame, n_bytes))
    return LENS_DECODE_TRUNCATED;
  if ((flags & MACSEC_IS_SECRET) != 0)
    return lens_link_not_ip (frame);
  lens_link_limit (frame, frame->wire_left - MIN (frame->wire_left, MACSEC_CHECK_BYTES));
  if (!lens_link_read_u16 (frame, &ethertype))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethertype (frame, ethertype);
}

LensDecodeStatus
lens_link_nsh (LensLinkFrame *frame)
{
  guint16 base;
  guint8 next;
  gsize n_bytes;

  do
    {
      if (!lens_link_enter (frame))
        return LENS_DECODE_MALFORMED;
      if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &base)
          || !lens_byte_cursor_peek_u8 (&frame->cursor, 3, &next))
        return LENS_DECODE_TRUNCATED;
      n_bytes = (base & 0x3fu) * 4u;
      if (n_bytes < 8)
        return LENS_DECODE_MALFORMED;
      if (!lens_link_skip (frame, n_bytes))
        return LENS_DECODE_TRUNCATED;
    }
  while (next == 4);
  switch (next)
    {
    case 1:
      return lens_link_found (frame, LENS_NETWORK_IPV4);
    case 2:
      return lens_link_found (frame, LENS_NETWORK_IPV6);
    case 3:
      return lens_link_ethernet (frame);
    case 5:
      return lens_link_mpls (frame);
    default:
      return lens_link_not_ip (frame);
    }
}

LensDecodeStatus
lens_link_trill (LensLinkFrame *frame)
{
  guint16 start;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &start)
      || !lens_link_skip (frame, 6u + ((start >> 6) & 0x1fu) * 4u))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethernet (frame);
}

LensDecodeStatus
lens_link_arista (LensLinkFrame *frame)
{
  guint16 subtype;
  guint16 version;
  guint16 ethertype;

  if (!lens_link_read_u16 (frame, &subtype) || !lens_link_read_u16 (frame, &version))
    return LENS_DECODE_TRUNCATED;
  if (subtype != 1)
    return lens_link_not_ip (frame);
  /* Version 0010 and 0110 have seconds of four bytes, 0020 and 0120 of two. */
  if (!lens_link_skip (frame, (version & 0xff) == 0x20 ? 6 : 8) || !lens_link_read_u16 (frame, &ethertype))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ethertype (frame, ethertype);
}

LensDecodeStatus
lens_link_batman (LensLinkFrame *frame)
{
  guint8 type;
  guint8 version;
  gsize n_bytes;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &type)
      || !lens_byte_cursor_peek_u8 (&frame->cursor, 1, &version))
    return LENS_DECODE_TRUNCATED;
  if (version != 15)
    return lens_link_not_ip (frame);
  if (type == 0x40) /* to one: count of translations 1, destination 6 */
    n_bytes = 10;
  else if (type == 0x42) /* and from where: source 6, what it is 1, reserved 1 */
    n_bytes = 18;
  else if (type == 0x01) /* to all: reserved 1, sequence 4, origin 6 */
    n_bytes = 14;
  else
    return lens_link_not_ip (frame);
  return lens_link_skip (frame, n_bytes) ? lens_link_ethernet (frame) : LENS_DECODE_TRUNCATED;
}
