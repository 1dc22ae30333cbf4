/* Linux "cooked" captures, what the "any" interface gives (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).
 *
 *   v1: packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2
 *   v2: protocol 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | address length 1 | address 8
 *
 * The protocol is an EtherType for the ARPHRD types that carry IP; for netlink and radio ones it is another number.
 */
#include "lens-link.h"

#define V1_BYTES 16
#define V2_BYTES 20

#define ARPHRD_FRAD 770
#define ARPHRD_IEEE80211_RADIOTAP 803
#define ARPHRD_NETLINK 824

/* Whether the protocol field is an EtherType for hardware of this kind. */
static gboolean
has_ethertype (guint16 arphrd)
{
  return arphrd != ARPHRD_FRAD && arphrd != ARPHRD_IEEE80211_RADIOTAP && arphrd != ARPHRD_NETLINK;
}

static LensDecodeStatus
decode_cooked (LensByteCursor *cursor,
               guint32 *wire_left,
               gsize header_bytes,
               gsize arphrd_at,
               gsize protocol_at,
               LensNetwork *network)
{
  guint16 arphrd;
  guint16 protocol;

  *network = LENS_NETWORK_NONE;
  if (lens_byte_cursor_left (cursor) < header_bytes || !lens_byte_cursor_peek_u16 (cursor, arphrd_at, &arphrd)
      || !lens_byte_cursor_peek_u16 (cursor, protocol_at, &protocol))
    return LENS_DECODE_TRUNCATED;
  lens_link_skip (cursor, wire_left, (guint32) header_bytes);
  if (!has_ethertype (arphrd))
    return LENS_DECODE_OK;
  return lens_link_ethertype (protocol, cursor, wire_left, network);
}

LensDecodeStatus
lens_link_linux_cooked (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network)
{
  return decode_cooked (cursor, wire_left, V1_BYTES, 2, 14, network);
}

LensDecodeStatus
lens_link_linux_cooked_v2 (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network)
{
  return decode_cooked (cursor, wire_left, V2_BYTES, 8, 0, network);
}
