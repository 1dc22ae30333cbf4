/* Raw IP: no link header; the first four bits are the IP version (LINKTYPE_RAW, _IPV4, _IPV6).
 *
 * Old Linux kernels gave PPP and ISDN lines as raw IP with some of their header left in front: FF 03 at the start, after one
 * byte, or after a made-up address of six, or ten bytes of nothing.
 */
#include "lens-link.h"

#define ADDRESS_BYTES 6
#define NOTHING_BYTES 10

LensDecodeStatus
lens_link_raw_ip (LensLinkFrame *frame)
{
  static const guint8 nothing[NOTHING_BYTES] = { 0 };
  static const gsize ppp_at[] = { 0, ADDRESS_BYTES, 1 };
  guint8 first;

  for (gsize i = 0; i < G_N_ELEMENTS (ppp_at); i++)
    {
      guint16 start;

      if (lens_byte_cursor_peek_u16 (&frame->cursor, ppp_at[i], &start) && start == 0xff03)
        {
          lens_link_skip (frame, ppp_at[i]);
          return lens_link_ppp_hdlc (frame);
        }
    }
  if (lens_byte_cursor_left (&frame->cursor) >= NOTHING_BYTES
      && memcmp (frame->cursor.bytes + frame->cursor.position, nothing, NOTHING_BYTES) == 0)
    lens_link_skip (frame, NOTHING_BYTES);
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &first))
    return LENS_DECODE_TRUNCATED;
  if (first >> 4 == 4)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  if (first >> 4 == 6)
    return lens_link_found (frame, LENS_NETWORK_IPV6);
  /* What was left in front may be cut short. */
  return lens_byte_cursor_left (&frame->cursor) < NOTHING_BYTES ? LENS_DECODE_TRUNCATED
                                                                : LENS_DECODE_MALFORMED;
}

LensDecodeStatus
lens_link_raw_ipv4 (LensLinkFrame *frame)
{
  return lens_link_found (frame, LENS_NETWORK_IPV4);
}

LensDecodeStatus
lens_link_raw_ipv6 (LensLinkFrame *frame)
{
  return lens_link_found (frame, LENS_NETWORK_IPV6);
}
