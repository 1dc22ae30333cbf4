/* EtherTypes (IEEE 802 numbers, https://www.iana.org/assignments/ieee-802-numbers) and the tags they name.
 *
 * A tag is some bytes, then the EtherType of what it was put before:
 *
 *   VLAN (IEEE 802.1Q, 802.1ad, and 0x9100, 0x9200 from before it): priority and VLAN number 2
 *   E-tag (802.1BR) 6 | VN-tag 4 | 802.1CB: reserved 2, sequence 2 | HSR (IEC 62439-3): path and size 2, sequence 2
 *   Cisco MetaData: version 1, length 1, option 2, group tag 2
 *   802.1ah backbone: flags and service 4, the customer's destination 6 and source 6
 */
#include "lens-link.h"

typedef struct
{
  guint16 ethertype;
  guint16 tag_bytes;   /* before the next EtherType; used when @decode is NULL */
  LensLinkFunc decode; /* what follows has no EtherType of its own */
  LensNetwork network;
} EtherType;

static const EtherType ethertypes[] = {
  { 0x0800, 0, NULL, LENS_NETWORK_IPV4 },
  { 0x86dd, 0, NULL, LENS_NETWORK_IPV6 },
  { 0x8100, 2, NULL, LENS_NETWORK_NONE },
  { 0x88a8, 2, NULL, LENS_NETWORK_NONE },
  { 0x9100, 2, NULL, LENS_NETWORK_NONE },
  { 0x9200, 2, NULL, LENS_NETWORK_NONE },
  { 0x893f, 6, NULL, LENS_NETWORK_NONE },
  { 0x8926, 4, NULL, LENS_NETWORK_NONE },
  { 0xf1c1, 4, NULL, LENS_NETWORK_NONE },
  { 0x892f, 4, NULL, LENS_NETWORK_NONE },
  { 0x8909, 6, NULL, LENS_NETWORK_NONE },
  { 0x88e7, 16, NULL, LENS_NETWORK_NONE },
  { 0x8847, 0, lens_link_mpls, LENS_NETWORK_NONE },
  { 0x8848, 0, lens_link_mpls, LENS_NETWORK_NONE },
  { 0x8864, 0, lens_link_pppoe_session, LENS_NETWORK_NONE },
  { 0x8870, 0, lens_link_llc, LENS_NETWORK_NONE },
  { 0x6558, 0, lens_link_ethernet, LENS_NETWORK_NONE },
  { 0x88e5, 0, lens_link_macsec, LENS_NETWORK_NONE },
  { 0x894f, 0, lens_link_nsh, LENS_NETWORK_NONE },
  { 0x22f3, 0, lens_link_trill, LENS_NETWORK_NONE },
  { 0xd28b, 0, lens_link_arista, LENS_NETWORK_NONE },
  { 0x4305, 0, lens_link_batman, LENS_NETWORK_NONE },
};

static const EtherType *
find (guint16 ethertype)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ethertypes); i++)
    if (ethertypes[i].ethertype == ethertype)
      return &ethertypes[i];
  return NULL;
}

LensDecodeStatus
lens_link_ethertype (LensLinkFrame *frame, guint16 ethertype)
{
  for (;;)
    {
      const EtherType *known;

      if (ethertype <= 1500)
        return lens_link_enter (frame) ? lens_link_ethernet_llc (frame, ethertype) : LENS_DECODE_MALFORMED;
      known = find (ethertype);
      if (known == NULL)
        return lens_link_not_ip (frame);
      if (known->network != LENS_NETWORK_NONE)
        return lens_link_found (frame, known->network);
      if (!lens_link_enter (frame))
        return LENS_DECODE_MALFORMED;
      if (known->decode != NULL)
        return known->decode (frame);
      if (!lens_byte_cursor_peek_u16 (&frame->cursor, known->tag_bytes, &ethertype))
        return LENS_DECODE_TRUNCATED;
      lens_link_skip (frame, known->tag_bytes + 2u);
    }
}
