/* One packet's bytes -> LensFieldTree: every header that lens_decode() walks, spelled out. For one packet at a time, as people
 * look at it. No state; any thread.
 */
#pragma once

#include "lens-decode.h"
#include "lens-field-tree.h"

G_BEGIN_DECLS

/* The fields of @captured_bytes bytes of a packet that had @wire_bytes bytes on the wire, of a link of the LINKTYPE_ number
 * @link_type. Whatever the bytes are there is a tree, as far as they make sense, and the rest is called data. Never
 * empty. (transfer full) */
LensFieldTree *
lens_dissect (guint32 link_type, const guint8 *bytes, guint32 captured_bytes, guint32 wire_bytes);

/* "TCP", "ICMPv6", for a protocol number of IANA's, or NULL for one without a well-known name. Not translated. */
const char *lens_protocol_get_name (guint8 protocol);

G_END_DECLS
