/* Juniper's captures (LINKTYPE_JUNIPER_...).
 *
 *   magic 4d4743 3 | flags 1 | if flag 80: length 2 and as many bytes of attributes | cookie, by kind of card | the frame
 *
 * With flag 02 there is no link header: a protocol (little-endian 4, see the table) and the packet follow. Releases that write no magic
 * have no header at all. What an ATM or a multilink cookie is put before is not said: it is recognized.
 */
#include "lens-link.h"

#define MAGIC_HIGH 0x4d47
#define MAGIC_LOW 0x43
#define ATM1_COOKIE_BYTES 4
#define ATM2_COOKIE_BYTES 8
#define ATM1_OAM 0x80 /* first byte of the cookie: a cell of operation and maintenance */
#define ATM2_OAM 0x70
#define ATM2_GAP 0x03fe /* in the cookie's second two bytes */
#define VOICE_BYTES 18

enum
{
  FLAG_INCOMING = 0x01,
  FLAG_NO_LINK_HEADER = 0x02,
  FLAG_ATTRIBUTES = 0x80,
};

typedef struct
{
  guint32 protocol;
  LensLinkFunc decode;
} JuniperProtocol;

static const JuniperProtocol protocols[] = {
  { 2, lens_link_raw_ipv4 },      { 3, lens_link_raw_ipv4 },     { 4, lens_link_mpls },
  { 5, lens_link_mpls },          { 6, lens_link_raw_ipv6 },     { 7, lens_link_raw_ipv6 },
  { 8, lens_link_mpls },          { 32, lens_link_mpls },        { 200, lens_link_ppp },
  { 202, lens_link_llc },         { 203, lens_link_llc },        { 204, lens_link_ethernet },
  { 207, lens_link_frame_relay }, { 208, lens_link_cisco_hdlc },
};

static LensDecodeStatus
decode_protocol (LensLinkFrame *frame, guint32 protocol)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (protocols[i].protocol == protocol)
      return protocols[i].decode (frame);
  return lens_link_not_ip (frame);
}

/* Reads the header. *@is_done: its protocol led on already, and what is returned came of it. */
static LensDecodeStatus
read_header (LensLinkFrame *frame, gboolean *is_incoming, gboolean *is_done)
{
  guint16 magic;
  guint8 low;
  guint8 flags;
  guint16 n_attribute_bytes;
  guint32 protocol;

  *is_done = FALSE;
  *is_incoming = FALSE;
  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &magic)
      || !lens_byte_cursor_peek_u8 (&frame->cursor, 2, &low)
      || !lens_byte_cursor_peek_u8 (&frame->cursor, 3, &flags))
    return LENS_DECODE_TRUNCATED;
  if (magic != MAGIC_HIGH || low != MAGIC_LOW)
    return LENS_DECODE_OK;
  lens_link_skip (frame, 4);
  *is_incoming = (flags & FLAG_INCOMING) != 0;
  if ((flags & FLAG_ATTRIBUTES) != 0
      && (!lens_link_read_u16 (frame, &n_attribute_bytes) || !lens_link_skip (frame, n_attribute_bytes)))
    return LENS_DECODE_TRUNCATED;
  if ((flags & FLAG_NO_LINK_HEADER) == 0)
    return LENS_DECODE_OK;
  *is_done = TRUE;
  if (!lens_byte_cursor_read_u32 (&frame->cursor, &protocol))
    return LENS_DECODE_TRUNCATED;
  frame->wire_left -= MIN (frame->wire_left, 4);
  /* Only its first byte is used. */
  return decode_protocol (frame, protocol >> 24);
}

static LensDecodeStatus
decode_with (LensLinkFrame *frame, LensLinkFunc decode)
{
  gboolean is_incoming;
  gboolean is_done;
  LensDecodeStatus status = read_header (frame, &is_incoming, &is_done);

  return status != LENS_DECODE_OK || is_done ? status : decode (frame);
}

/* The cookies of services cards tell their length. */
static gboolean
skip_service_cookie (LensLinkFrame *frame)
{
  guint8 cookie;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &cookie))
    return FALSE;
  if (cookie == 0x54)
    return lens_link_skip (frame, 4);
  return cookie != 0x80 || lens_link_skip (frame, 8);
}

static LensDecodeStatus
decode_atm1 (LensLinkFrame *frame)
{
  guint8 cookie;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &cookie) || !lens_link_skip (frame, ATM1_COOKIE_BYTES))
    return LENS_DECODE_TRUNCATED;
  return (cookie & ATM1_OAM) != 0 ? lens_link_not_ip (frame) : lens_link_recognize (frame);
}

/* On the way out, a cookie with a gap count is put before a bridged frame. */
static LensDecodeStatus
decode_atm2 (LensLinkFrame *frame, gboolean is_incoming)
{
  guint8 cookie;
  guint16 gap;
  guint16 start;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &cookie)
      || !lens_byte_cursor_peek_u16 (&frame->cursor, 2, &gap) || !lens_link_skip (frame, ATM2_COOKIE_BYTES))
    return LENS_DECODE_TRUNCATED;
  if ((cookie & ATM2_OAM) != 0)
    return lens_link_not_ip (frame);
  if (!is_incoming && (gap & ATM2_GAP) != 0 && lens_byte_cursor_peek_u16 (&frame->cursor, 0, &start)
      && start != 0xaaaa && start != 0xfefe)
    return lens_link_ethernet (frame);
  return lens_link_recognize (frame);
}

static LensDecodeStatus
decode_multilink_ppp (LensLinkFrame *frame)
{
  LensLinkFrame bare = *frame;
  LensDecodeStatus status;

  if (!skip_service_cookie (frame))
    return LENS_DECODE_TRUNCATED;
  status = lens_link_recognize (frame);
  if (frame->network != LENS_NETWORK_NONE || frame->cursor.position != bare.cursor.position)
    return status;
  /* A multilink card's cookie of two bytes looks like nothing. */
  *frame = bare;
  return lens_link_skip (frame, 2) ? lens_link_recognize (frame) : LENS_DECODE_TRUNCATED;
}

static LensDecodeStatus
decode_multilink_frame_relay (LensLinkFrame *frame)
{
  guint8 control;

  if (!skip_service_cookie (frame))
    return LENS_DECODE_TRUNCATED;
  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 2, &control))
    return LENS_DECODE_TRUNCATED;
  if (control != 0x03)
    return lens_link_recognize (frame);
  lens_link_skip (frame, 3);
  return lens_link_nlpid (frame);
}

/* Gateways for mobile telephones: protocol (little-endian) 2 | VLAN 2. */
static LensDecodeStatus
decode_ggsn (LensLinkFrame *frame)
{
  guint16 protocol;

  if (!lens_link_read_u16 (frame, &protocol) || !lens_link_skip (frame, 2))
    return LENS_DECODE_TRUNCATED;
  return decode_protocol (frame, GUINT16_SWAP_LE_BE (protocol));
}

static LensDecodeStatus
decode_voice (LensLinkFrame *frame)
{
  return lens_link_skip (frame, VOICE_BYTES) ? lens_link_raw_ipv4 (frame) : LENS_DECODE_TRUNCATED;
}

LensDecodeStatus
lens_link_juniper_ethernet (LensLinkFrame *frame)
{
  return decode_with (frame, lens_link_ethernet);
}

LensDecodeStatus
lens_link_juniper_ppp (LensLinkFrame *frame)
{
  return decode_with (frame, lens_link_ppp_hdlc);
}

LensDecodeStatus
lens_link_juniper_frame_relay (LensLinkFrame *frame)
{
  return decode_with (frame, lens_link_frame_relay);
}

LensDecodeStatus
lens_link_juniper_hdlc (LensLinkFrame *frame)
{
  return decode_with (frame, lens_link_cisco_hdlc);
}

LensDecodeStatus
lens_link_juniper_atm1 (LensLinkFrame *frame)
{
  return decode_with (frame, decode_atm1);
}

LensDecodeStatus
lens_link_juniper_atm2 (LensLinkFrame *frame)
{
  gboolean is_incoming;
  gboolean is_done;
  LensDecodeStatus status = read_header (frame, &is_incoming, &is_done);

  return status != LENS_DECODE_OK || is_done ? status : decode_atm2 (frame, is_incoming);
}

LensDecodeStatus
lens_link_juniper_mlppp (LensLinkFrame *frame)
{
  return decode_with (frame, decode_multilink_ppp);
}

LensDecodeStatus
lens_link_juniper_mlfr (LensLinkFrame *frame)
{
  return decode_with (frame, decode_multilink_frame_relay);
}

LensDecodeStatus
lens_link_juniper_ggsn (LensLinkFrame *frame)
{
  return decode_with (frame, decode_ggsn);
}

LensDecodeStatus
lens_link_juniper_voice (LensLinkFrame *frame)
{
  return decode_with (frame, decode_voice);
}

/* Only packets without a link header can be read. */
LensDecodeStatus
lens_link_juniper_services (LensLinkFrame *frame)
{
  return decode_with (frame, lens_link_not_ip);
}
