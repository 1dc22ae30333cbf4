/* IEEE 802.11, its data frames.
 *
 *   version 2 bits, type 2 bits, subtype 4 bits 1 | flags 1 | duration 2 | address 6 | address 6 | address 6
 *   | fragment (low four bits) and sequence, little-endian 2 | address 6 when from and to another network
 *   | QoS control 2 | HT control 4 | LLC
 *
 * With the A-MSDU bit of QoS control: destination 6 | source 6 | length 2 | LLC, once or more. In a mesh there stands, first:
 * flags (low two bits: extra addresses) 1 | TTL 1 | sequence 4 | addresses 6 each. Some bridges put whole Ethernet frames in.
 */
#include "lens-link.h"

#define FIXED_BYTES 24
#define ADDRESS_BYTES 6
#define TYPE_DATA 2

enum
{
  SUBTYPE_NO_DATA = 0x04,
  SUBTYPE_QOS = 0x08,
};

enum
{
  FLAG_TO_NETWORK = 0x01,
  FLAG_FROM_NETWORK = 0x02,
  FLAG_PROTECTED = 0x40,
  FLAG_HT_CONTROL = 0x80,
};

enum
{
  QOS_AMSDU = 0x80,
  QOS_MESH = 0x01, /* in its second byte */
};

/* What the MAC header says of the body. */
typedef struct
{
  guint8 destination[ADDRESS_BYTES];
  guint8 source[ADDRESS_BYTES];
  gboolean has_subframes;
  gboolean has_mesh_control;
} MacHeader;

static void
read_addresses (const guint8 *header, guint8 flags, MacHeader *mac)
{
  static const guint8 destination_at[] = { 4, 16, 4, 16 };
  static const guint8 source_at[] = { 10, 10, 16, 24 };
  guint8 networks = flags & (FLAG_TO_NETWORK | FLAG_FROM_NETWORK);

  memcpy (mac->destination, header + destination_at[networks], ADDRESS_BYTES);
  memcpy (mac->source, header + source_at[networks], ADDRESS_BYTES);
}

/* Moves past the header of a data frame. */
static gboolean
skip_header (LensLinkFrame *frame, guint8 subtype, guint8 flags, MacHeader *mac)
{
  gboolean has_four = (flags & FLAG_TO_NETWORK) != 0 && (flags & FLAG_FROM_NETWORK) != 0;
  gsize n_bytes = FIXED_BYTES + (has_four ? ADDRESS_BYTES : 0);
  guint16 qos = 0;

  if (lens_byte_cursor_left (&frame->cursor) < n_bytes)
    return FALSE;
  read_addresses (frame->cursor.bytes + frame->cursor.position, flags, mac);
  if ((subtype & SUBTYPE_QOS) != 0)
    {
      if (!lens_byte_cursor_peek_u16 (&frame->cursor, n_bytes, &qos))
        return FALSE;
      n_bytes += 2 + ((flags & FLAG_HT_CONTROL) != 0 ? 4 : 0);
    }
  mac->has_subframes = (qos >> 8 & QOS_AMSDU) != 0;
  mac->has_mesh_control = has_four && (qos & QOS_MESH) != 0;
  if (frame->is_padded)
    n_bytes = (n_bytes + 3) & ~(gsize) 3;
  return lens_link_skip (frame, n_bytes);
}

static gboolean
skip_mesh_control (LensLinkFrame *frame)
{
  guint8 flags;

  return lens_byte_cursor_peek_u8 (&frame->cursor, 0, &flags)
         && lens_link_skip (frame, 6u + (flags & 0x03u) * ADDRESS_BYTES);
}

/* The first subframe: a record is one packet, whatever else it carries. */
static LensDecodeStatus
decode_subframe (LensLinkFrame *frame)
{
  guint16 length;

  if (!lens_link_skip (frame, 2 * ADDRESS_BYTES) || !lens_link_read_u16 (frame, &length))
    return LENS_DECODE_TRUNCATED;
  lens_link_limit (frame, length);
  return lens_link_llc (frame);
}

/* Whether an Ethernet frame between the same two begins here; twelve bytes are there. */
static gboolean
is_ethernet (const LensLinkFrame *frame, const MacHeader *mac)
{
  const guint8 *at = frame->cursor.bytes + frame->cursor.position;

  return memcmp (at, mac->destination, ADDRESS_BYTES) == 0
         || memcmp (at + ADDRESS_BYTES, mac->source, ADDRESS_BYTES) == 0;
}

LensDecodeStatus
lens_link_ieee80211 (LensLinkFrame *frame)
{
  MacHeader mac;
  guint16 start;
  guint16 llc;
  guint8 fragment;
  guint8 control;
  guint8 flags;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &start))
    return LENS_DECODE_TRUNCATED;
  control = (guint8) (start >> 8);
  flags = (guint8) (start & 0xff);
  if ((control & 0x03) != 0 || (control >> 2 & 0x03) != TYPE_DATA)
    return lens_link_not_ip (frame);
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, FIXED_BYTES - 2, &fragment)
      || !skip_header (frame, control >> 4, flags, &mac))
    return LENS_DECODE_TRUNCATED;
  /* A later fragment has no header that could be read. */
  if ((control >> 4 & SUBTYPE_NO_DATA) != 0 || (flags & FLAG_PROTECTED) != 0 || (fragment & 0x0f) != 0)
    return lens_link_not_ip (frame);
  if (mac.has_mesh_control && !skip_mesh_control (frame))
    return LENS_DECODE_TRUNCATED;
  if (mac.has_subframes)
    return decode_subframe (frame);
  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &llc))
    return LENS_DECODE_TRUNCATED;
  if (llc == 0xaaaa)
    return lens_link_llc (frame);
  if (lens_byte_cursor_left (&frame->cursor) < 2 * ADDRESS_BYTES)
    return LENS_DECODE_TRUNCATED;
  return is_ethernet (frame, &mac) ? lens_link_ethernet (frame) : lens_link_llc (frame);
}
