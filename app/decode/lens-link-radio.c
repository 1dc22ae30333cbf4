/* What radios put before an IEEE 802.11 frame. All lengths count from the start; all are little-endian but AVS.
 *
 *   radiotap (radiotap.org): version 1 | padding 1 | length 2 | present 4, once more while its top bit is set | fields, each aligned
 *   PPI: version 1 | flags 1 | length 2 | LINKTYPE 4 | ...
 *   Prism: message 4 (44 or 41, in either order) | length 4 | ...
 *   AVS: 8021100x 4 | length 4 | ..., also found where Prism is meant
 */
#include "lens-link.h"

#define AVS_MAGIC 0x80211000
#define PRISM_BYTES 144
#define TIME_BYTES 8

enum
{
  PRESENT_TIME = 0x01,
  PRESENT_FLAGS = 0x02,
  FLAG_PADDED = 0x20,
};

static guint32
u32_of (guint16 high, guint16 low)
{
  return (guint32) high << 16 | low;
}

/* Reads without moving: four bytes in network order. */
static gboolean
peek_u32 (const LensByteCursor *cursor, gsize offset, guint32 *value)
{
  guint16 high;
  guint16 low;

  if (!lens_byte_cursor_peek_u16 (cursor, offset, &high)
      || !lens_byte_cursor_peek_u16 (cursor, offset + 2, &low))
    return FALSE;
  *value = u32_of (high, low);
  return TRUE;
}

/* Whether radiotap's flags say that the MAC header is filled up. */
static gboolean
is_padded (const LensByteCursor *cursor)
{
  guint8 present;
  guint8 more;
  guint8 flags;
  gsize offset = 4;

  if (!lens_byte_cursor_peek_u8 (cursor, 4, &present) || (present & PRESENT_FLAGS) == 0)
    return FALSE;
  do
    {
      if (!lens_byte_cursor_peek_u8 (cursor, offset + 3, &more))
        return FALSE;
      offset += 4;
    }
  while ((more & 0x80) != 0);
  if ((present & PRESENT_TIME) != 0)
    offset = ((offset + 7) & ~(gsize) 7) + TIME_BYTES;
  return lens_byte_cursor_peek_u8 (cursor, offset, &flags) && (flags & FLAG_PADDED) != 0;
}

LensDecodeStatus
lens_link_radiotap (LensLinkFrame *frame)
{
  guint16 length;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 2, &length))
    return LENS_DECODE_TRUNCATED;
  length = GUINT16_SWAP_LE_BE (length);
  if (length < 8)
    return LENS_DECODE_MALFORMED;
  frame->is_padded = is_padded (&frame->cursor);
  return lens_link_skip (frame, length) ? lens_link_ieee80211 (frame) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_avs (LensLinkFrame *frame)
{
  guint32 length;

  if (!peek_u32 (&frame->cursor, 4, &length) || !lens_link_skip (frame, length))
    return LENS_DECODE_TRUNCATED;
  return lens_link_ieee80211 (frame);
}

static gboolean
is_prism (guint32 message)
{
  return message == 0x44 || message == 0x41;
}

LensDecodeStatus
lens_link_prism (LensLinkFrame *frame)
{
  guint32 message;

  if (!peek_u32 (&frame->cursor, 0, &message))
    return LENS_DECODE_TRUNCATED;
  if ((message & 0xfffffff0) == AVS_MAGIC)
    return lens_link_avs (frame);
  /* Some drivers gave their frames this type and no header. */
  if (!is_prism (message) && !is_prism (GUINT32_SWAP_LE_BE (message)))
    return lens_link_ieee80211 (frame);
  return lens_link_skip (frame, PRISM_BYTES) ? lens_link_ieee80211 (frame) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_ppi (LensLinkFrame *frame)
{
  guint16 length;
  guint32 link_type;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 2, &length) || !peek_u32 (&frame->cursor, 4, &link_type))
    return LENS_DECODE_TRUNCATED;
  length = GUINT16_SWAP_LE_BE (length);
  if (length < 8)
    return LENS_DECODE_MALFORMED;
  if (!lens_link_skip (frame, length))
    return LENS_DECODE_TRUNCATED;
  return lens_link_of_type (frame, GUINT32_SWAP_LE_BE (link_type));
}
