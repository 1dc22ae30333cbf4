/* MPLS (RFC 3032), and what RFC 4385 and RFC 4448 say of what is under the last label.
 *
 *   label 20 bits | traffic class 3 bits | bottom of the stack 1 bit | time to live 8 bits
 *
 * Nothing names what a label carries. Its first four bits do where it is IP; 0 may begin the control word of an Ethernet
 * pseudowire (four bytes) or the frame itself.
 */
#include "lens-link.h"

#define LABEL_BYTES 4
/* What is under it is about the line, not on it (RFC 5586). */
#define LABEL_ASSOCIATED_CHANNEL 13
#define CONTROL_WORD_BYTES 4
#define ADDRESSES_BYTES 12

/* Whether an Ethernet frame could begin @offset bytes ahead. */
static gboolean
looks_like_ethernet (const LensLinkFrame *frame, gsize offset)
{
  static const guint16 usual[] = { 0x0800, 0x86dd, 0x0806, 0x8100, 0x88a8, 0x8847, 0x8863, 0x8864 };
  guint16 ethertype;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, offset + ADDRESSES_BYTES, &ethertype))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (usual[i] == ethertype)
      return TRUE;
  return FALSE;
}

static LensDecodeStatus
decode_pseudowire (LensLinkFrame *frame)
{
  if (looks_like_ethernet (frame, CONTROL_WORD_BYTES))
    lens_link_skip (frame, CONTROL_WORD_BYTES);
  else if (!looks_like_ethernet (frame, 0))
    return lens_byte_cursor_left (&frame->cursor) < CONTROL_WORD_BYTES + ADDRESSES_BYTES + 2
               ? LENS_DECODE_TRUNCATED
               : lens_link_not_ip (frame);
  return lens_link_ethernet (frame);
}

LensDecodeStatus
lens_link_mpls (LensLinkFrame *frame)
{
  guint16 label = 0;
  guint8 bottom = 0;
  guint8 first;

  while ((bottom & 0x01) == 0)
    {
      if (!lens_link_enter (frame))
        return LENS_DECODE_MALFORMED;
      if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &label)
          || !lens_byte_cursor_peek_u8 (&frame->cursor, 2, &bottom) || !lens_link_skip (frame, LABEL_BYTES))
        return LENS_DECODE_TRUNCATED;
    }
  if (label == 0 && bottom >> 4 == LABEL_ASSOCIATED_CHANNEL)
    return lens_link_not_ip (frame);
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &first))
    return LENS_DECODE_TRUNCATED;
  switch (first >> 4)
    {
    case 4:
      return lens_link_found (frame, LENS_NETWORK_IPV4);
    case 6:
      return lens_link_found (frame, LENS_NETWORK_IPV6);
    case 0:
      return decode_pseudowire (frame);
    default:
      return lens_link_not_ip (frame);
    }
}
