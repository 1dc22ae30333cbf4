/* Ethernet II (IEEE 802.3 clause 3) with VLAN tags (IEEE 802.1Q, 802.1ad).
 *
 *   destination 6 | source 6 | EtherType 2 | ...
 *   a tag: EtherType 0x8100 (or 0x88a8, 0x9100, 0x9200) | priority and VLAN number 2 | EtherType 2
 *
 * An "EtherType" of 1500 or less is the length of an IEEE 802.3 frame, whose LLC header is not IP here.
 */
#include "lens-link.h"

#define ADDRESSES_BYTES 12
#define TAG_BYTES 4
/* Deeper stacks are someone's joke; the ceiling keeps a hostile frame from being walked tag by tag. */
#define MAX_TAGS 16

static gboolean
is_vlan_tag (guint16 ethertype)
{
  return ethertype == 0x8100 || ethertype == 0x88a8 || ethertype == 0x9100 || ethertype == 0x9200;
}

LensDecodeStatus
lens_link_ethertype (guint16 ethertype, LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network)
{
  *network = LENS_NETWORK_NONE;
  for (guint n_tags = 0; is_vlan_tag (ethertype) && n_tags < MAX_TAGS; n_tags++)
    {
      /* Behind the tag's EtherType stand two bytes of tag, then the next EtherType. */
      if (!lens_byte_cursor_peek_u16 (cursor, TAG_BYTES - 2, &ethertype))
        return LENS_DECODE_TRUNCATED;
      lens_link_skip (cursor, wire_left, TAG_BYTES);
    }
  if (ethertype == 0x0800)
    *network = LENS_NETWORK_IPV4;
  else if (ethertype == 0x86dd)
    *network = LENS_NETWORK_IPV6;
  return LENS_DECODE_OK;
}

LensDecodeStatus
lens_link_ethernet (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network)
{
  guint16 ethertype;

  *network = LENS_NETWORK_NONE;
  if (!lens_byte_cursor_peek_u16 (cursor, ADDRESSES_BYTES, &ethertype))
    return LENS_DECODE_TRUNCATED;
  lens_link_skip (cursor, wire_left, ADDRESSES_BYTES + 2);
  return lens_link_ethertype (ethertype, cursor, wire_left, network);
}
