/* The BSDs' own: loopback (LINKTYPE_NULL, LINKTYPE_LOOP), IPsec's encapsulating interface (LINKTYPE_ENC) and the packet filter's log
 * (LINKTYPE_PFLOG). All name what follows by an address family.
 *
 *   loopback: family 4
 *   enc: family 4 | SPI 4 | flags 4
 *   pflog: length of this header without padding 1 | family 1 | ...; it is filled up to four bytes
 *
 * In LOOP the family is in network order; elsewhere in the order of the machine that captured, and both are tried. IPv4 is 2
 * everywhere; IPv6 is 24 (NetBSD, OpenBSD), 28 (FreeBSD) or 30 (Darwin). Some programs write an EtherType into NULL's.
 */
#include "lens-link.h"

#define ENC_BYTES 12

static LensDecodeStatus
decode_family (LensLinkFrame *frame, guint32 family)
{
  if (family == 2)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  if (family == 24 || family == 28 || family == 30)
    return lens_link_found (frame, LENS_NETWORK_IPV6);
  return lens_link_not_ip (frame);
}

/* Reads in network order. */
static gboolean
read_family (LensLinkFrame *frame, guint32 *family)
{
  if (!lens_byte_cursor_read_u32 (&frame->cursor, family))
    return FALSE;
  frame->wire_left -= MIN (frame->wire_left, 4);
  return TRUE;
}

/* Of the two orders, the one that gives a small number; @family was read in network order. Some programs write two bytes only, which
 * are then the upper or the lower half of a little-endian number. */
static guint32
small_family (guint32 family)
{
  guint32 swapped = GUINT32_SWAP_LE_BE (family);

  if (swapped > G_MAXUINT16)
    return swapped < 0x00060000 ? swapped >> 16 : family;
  if ((swapped & 0x00ff) == 0 && swapped < 0x0600)
    return swapped >> 8;
  return swapped;
}

LensDecodeStatus
lens_link_bsd_null (LensLinkFrame *frame)
{
  guint32 family;
  guint16 start;

  /* Old Linux kernels gave PPP lines this number. */
  if (lens_byte_cursor_peek_u16 (&frame->cursor, 0, &start) && start == 0xff03)
    return lens_link_ppp_hdlc (frame);
  if (!read_family (frame, &family))
    return LENS_DECODE_TRUNCATED;
  family = small_family (family);
  if (family > 1500)
    return lens_link_ethertype (frame, (guint16) family);
  return decode_family (frame, family);
}

LensDecodeStatus
lens_link_bsd_loop (LensLinkFrame *frame)
{
  guint32 family;

  return read_family (frame, &family) ? decode_family (frame, family) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_bsd_enc (LensLinkFrame *frame)
{
  guint32 family;

  if (!read_family (frame, &family) || !lens_link_skip (frame, ENC_BYTES - 4))
    return LENS_DECODE_TRUNCATED;
  return decode_family (frame, small_family (family));
}

LensDecodeStatus
lens_link_bsd_pflog (LensLinkFrame *frame)
{
  guint8 length;
  guint8 family;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &length)
      || !lens_byte_cursor_peek_u8 (&frame->cursor, 1, &family)
      || !lens_link_skip (frame, (length + 3u) & ~3u))
    return LENS_DECODE_TRUNCATED;
  return decode_family (frame, family);
}
