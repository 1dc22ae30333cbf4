/* Link layers: what is under IP. One file each, one row in the registry. Any thread, no state. */
#pragma once

#include "lens-byte-cursor.h"
#include "lens-packet.h"

G_BEGIN_DECLS

/* What a link header says comes next. */
typedef enum
{
  LENS_NETWORK_NONE, /* something that is not IP */
  LENS_NETWORK_IPV4,
  LENS_NETWORK_IPV6,
} LensNetwork;

/* Moves @cursor past the link header to the network header, and *@wire_left (bytes on the wire from there on) with it. Returns
 * OK, TRUNCATED when the header is not all there, or MALFORMED. */
typedef LensDecodeStatus (*LensLinkFunc) (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);

typedef struct
{
  guint32 link_type; /* LINKTYPE_ number */
  const char *name;  /* a proper name, not translated */
  LensLinkFunc decode;
} LensLinkLayer;

/* The row for @link_type, or NULL. */
const LensLinkLayer *lens_link_registry_find (guint32 link_type);

/* Skips @n_bytes in the captured and in the wire bytes. */
static inline gboolean
lens_link_skip (LensByteCursor *cursor, guint32 *wire_left, guint32 n_bytes)
{
  if (!lens_byte_cursor_skip (cursor, n_bytes))
    return FALSE;
  *wire_left -= MIN (*wire_left, n_bytes);
  return TRUE;
}

/* From an EtherType (the two bytes before it being read already) through any VLAN tags to what it names. */
LensDecodeStatus
lens_link_ethertype (guint16 ethertype, LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);

LensDecodeStatus lens_link_ethernet (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);
LensDecodeStatus lens_link_raw_ip (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);
LensDecodeStatus lens_link_linux_cooked (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);
LensDecodeStatus lens_link_linux_cooked_v2 (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);
LensDecodeStatus lens_link_bsd_null (LensByteCursor *cursor, guint32 *wire_left, LensNetwork *network);

G_END_DECLS
