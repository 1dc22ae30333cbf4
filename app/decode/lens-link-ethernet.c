/* Ethernet (IEEE 802.3 clause 3).
 *
 *   destination 6 | source 6 | EtherType 2 | ...
 *
 * An "EtherType" of 1500 or less is the length of an IEEE 802.3 frame, which continues with LLC; Novell's own form
 * begins with 0xffff instead. Cisco's ISL wraps a whole frame (destination 01-00-0c-00-00 or 03-00-0c-00-00):
 *
 *   destination 5 | type and user 1 | source 6 | length 2 | AA AA 03 | source's maker 3 | VLAN 2 | index 2 | reserved 2
 */
#include "lens-link.h"

#define ADDRESSES_BYTES 12
#define ISL_BYTES 26
#define NOVELL 0xffff

static gboolean
is_isl (const LensLinkFrame *frame)
{
  static const guint8 group[4] = { 0x00, 0x0c, 0x00, 0x00 };
  const guint8 *at = frame->cursor.bytes + frame->cursor.position;

  return (at[0] == 0x01 || at[0] == 0x03) && memcmp (at + 1, group, sizeof group) == 0;
}

LensDecodeStatus
lens_link_ethernet_llc (LensLinkFrame *frame, guint16 length)
{
  guint16 start;

  if (lens_byte_cursor_peek_u16 (&frame->cursor, 0, &start) && start == NOVELL)
    return lens_link_not_ip (frame);
  lens_link_limit (frame, length);
  return lens_link_llc (frame);
}

LensDecodeStatus
lens_link_ethernet (LensLinkFrame *frame)
{
  guint16 ethertype;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, ADDRESSES_BYTES, &ethertype))
    return LENS_DECODE_TRUNCATED;
  if (ethertype <= 1500 && is_isl (frame))
    {
      if (!lens_link_enter (frame))
        return LENS_DECODE_MALFORMED;
      return lens_link_skip (frame, ISL_BYTES) ? lens_link_ethernet (frame) : LENS_DECODE_TRUNCATED;
    }
  lens_link_skip (frame, ADDRESSES_BYTES + 2);
  return lens_link_ethertype (frame, ethertype);
}
