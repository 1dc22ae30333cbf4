/* Link layers: what is under IP. One file each, one row in the registry. Any thread, no state. */
#pragma once

#include "lens-byte-cursor.h"
#include "lens-decode.h"

G_BEGIN_DECLS

/* What a link header says comes next. */
typedef enum
{
  LENS_NETWORK_NONE, /* something that is not IP */
  LENS_NETWORK_IPV4,
  LENS_NETWORK_IPV6,
} LensNetwork;

/* A frame on its way from the outside in. */
typedef struct
{
  LensByteCursor cursor; /* at the header to read next */
  guint32 wire_left;     /* bytes on the wire from there on */
  guint n_headers;       /* headers passed; see lens_link_enter() */
  LensNetwork network;   /* what was found; NONE until then */
  gboolean is_padded;    /* radio: the MAC header is filled up to four bytes */
} LensLinkFrame;

/* Moves @frame past the link header to the network header and says what that is. Returns OK, TRUNCATED when the header is not all
 * there, or MALFORMED. */
typedef LensDecodeStatus (*LensLinkFunc) (LensLinkFrame *frame);

struct _LensLinkLayer
{
  guint32 link_type;   /* LINKTYPE_ number */
  const char *name;    /* a proper name, not translated */
  LensLinkFunc decode; /* (nullable): it carries no IP that could be read */
};

/* More headers within headers are someone's joke; the ceiling keeps a hostile frame from being walked label by label. */
#define LENS_LINK_MAX_HEADERS 64

/* Every header that can stand inside itself, at whatever depth, asks here first. */
static inline gboolean
lens_link_enter (LensLinkFrame *frame)
{
  return ++frame->n_headers <= LENS_LINK_MAX_HEADERS;
}

/* Skips @n_bytes in the captured and in the wire bytes. */
static inline gboolean
lens_link_skip (LensLinkFrame *frame, gsize n_bytes)
{
  if (!lens_byte_cursor_skip (&frame->cursor, n_bytes))
    return FALSE;
  frame->wire_left -= MIN (frame->wire_left, (guint32) n_bytes);
  return TRUE;
}

/* Reads a number in network order and moves past it. */
static inline gboolean
lens_link_read_u8 (LensLinkFrame *frame, guint8 *value)
{
  return lens_byte_cursor_peek_u8 (&frame->cursor, 0, value) && lens_link_skip (frame, 1);
}

static inline gboolean
lens_link_read_u16 (LensLinkFrame *frame, guint16 *value)
{
  return lens_byte_cursor_peek_u16 (&frame->cursor, 0, value) && lens_link_skip (frame, 2);
}

/* The frame ends @n_bytes from here, if it did not end before. */
static inline void
lens_link_limit (LensLinkFrame *frame, guint32 n_bytes)
{
  frame->wire_left = MIN (frame->wire_left, n_bytes);
  if (lens_byte_cursor_left (&frame->cursor) > n_bytes)
    frame->cursor.length = frame->cursor.position + n_bytes;
}

static inline LensDecodeStatus
lens_link_found (LensLinkFrame *frame, LensNetwork network)
{
  frame->network = network;
  return LENS_DECODE_OK;
}

/* The frame is good, and not IP. */
LensDecodeStatus lens_link_not_ip (LensLinkFrame *frame);

/* Whatever @link_type is: for headers that are put before frames of any kind. */
LensDecodeStatus lens_link_of_type (LensLinkFrame *frame, guint32 link_type);

/* From an EtherType (its two bytes being read already) through any tags to what it names; 1500 and less is a length. */
LensDecodeStatus lens_link_ethertype (LensLinkFrame *frame, guint16 ethertype);
/* The headers that some EtherTypes name. */
LensDecodeStatus lens_link_macsec (LensLinkFrame *frame);
LensDecodeStatus lens_link_nsh (LensLinkFrame *frame);
LensDecodeStatus lens_link_trill (LensLinkFrame *frame);
LensDecodeStatus lens_link_arista (LensLinkFrame *frame);
LensDecodeStatus lens_link_batman (LensLinkFrame *frame);
LensDecodeStatus lens_link_ethernet_llc (LensLinkFrame *frame, guint16 length);
LensDecodeStatus lens_link_llc (LensLinkFrame *frame);
LensDecodeStatus lens_link_mpls (LensLinkFrame *frame);
LensDecodeStatus lens_link_pppoe_session (LensLinkFrame *frame);
LensDecodeStatus lens_link_ppp (LensLinkFrame *frame);
LensDecodeStatus lens_link_ppp_hdlc (LensLinkFrame *frame);
LensDecodeStatus lens_link_nlpid (LensLinkFrame *frame);
LensDecodeStatus lens_link_recognize (LensLinkFrame *frame);
LensDecodeStatus lens_link_ieee80211 (LensLinkFrame *frame);

/* The registry's rows. */
LensDecodeStatus lens_link_ethernet (LensLinkFrame *frame);
LensDecodeStatus lens_link_raw_ip (LensLinkFrame *frame);
LensDecodeStatus lens_link_raw_ipv4 (LensLinkFrame *frame);
LensDecodeStatus lens_link_raw_ipv6 (LensLinkFrame *frame);
LensDecodeStatus lens_link_linux_cooked (LensLinkFrame *frame);
LensDecodeStatus lens_link_linux_cooked_v2 (LensLinkFrame *frame);
LensDecodeStatus lens_link_bsd_null (LensLinkFrame *frame);
LensDecodeStatus lens_link_bsd_loop (LensLinkFrame *frame);
LensDecodeStatus lens_link_bsd_enc (LensLinkFrame *frame);
LensDecodeStatus lens_link_bsd_pflog (LensLinkFrame *frame);
LensDecodeStatus lens_link_ppp_with_direction (LensLinkFrame *frame);
LensDecodeStatus lens_link_cisco_hdlc (LensLinkFrame *frame);
LensDecodeStatus lens_link_frame_relay (LensLinkFrame *frame);
LensDecodeStatus lens_link_sunatm (LensLinkFrame *frame);
LensDecodeStatus lens_link_token_ring (LensLinkFrame *frame);
LensDecodeStatus lens_link_fddi (LensLinkFrame *frame);
LensDecodeStatus lens_link_arcnet (LensLinkFrame *frame);
LensDecodeStatus lens_link_arcnet_linux (LensLinkFrame *frame);
LensDecodeStatus lens_link_radiotap (LensLinkFrame *frame);
LensDecodeStatus lens_link_prism (LensLinkFrame *frame);
LensDecodeStatus lens_link_avs (LensLinkFrame *frame);
LensDecodeStatus lens_link_ppi (LensLinkFrame *frame);
LensDecodeStatus lens_link_pktap (LensLinkFrame *frame);
LensDecodeStatus lens_link_ipoib (LensLinkFrame *frame);
LensDecodeStatus lens_link_nflog (LensLinkFrame *frame);
LensDecodeStatus lens_link_ipnet (LensLinkFrame *frame);
LensDecodeStatus lens_link_ip_over_fc (LensLinkFrame *frame);
LensDecodeStatus lens_link_ip_over_1394 (LensLinkFrame *frame);
LensDecodeStatus lens_link_docsis (LensLinkFrame *frame);
LensDecodeStatus lens_link_tzsp (LensLinkFrame *frame);
LensDecodeStatus lens_link_netanalyzer (LensLinkFrame *frame);
LensDecodeStatus lens_link_erf (LensLinkFrame *frame);
LensDecodeStatus lens_link_ax25 (LensLinkFrame *frame);
LensDecodeStatus lens_link_ax25_kiss (LensLinkFrame *frame);
LensDecodeStatus lens_link_dsa (LensLinkFrame *frame);
LensDecodeStatus lens_link_edsa (LensLinkFrame *frame);
LensDecodeStatus lens_link_brcm_tag (LensLinkFrame *frame);
LensDecodeStatus lens_link_brcm_tag_prepend (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_ethernet (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_ppp (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_frame_relay (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_hdlc (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_atm1 (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_atm2 (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_mlppp (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_mlfr (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_ggsn (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_services (LensLinkFrame *frame);
LensDecodeStatus lens_link_juniper_voice (LensLinkFrame *frame);

G_END_DECLS
