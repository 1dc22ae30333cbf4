/* One record's bytes -> LensPacket. Pure functions: no state, no allocation, any thread. */
#pragma once

#include "lens-packet.h"

G_BEGIN_DECLS

/* Decodes @captured_bytes bytes of a packet that had @wire_bytes bytes on the wire, captured on a link of
 * @link_type (LINKTYPE_ number). Fills all of @packet, whatever the bytes are, and returns its status. */
LensDecodeStatus lens_decode (guint32 link_type,
                              const guint8 *bytes,
                              guint32 captured_bytes,
                              guint32 wire_bytes,
                              LensPacket *packet);

/* The name of a link layer ("Ethernet"), or NULL when PacketLens does not decode it. */
const char *lens_link_layer_get_name (guint32 link_type);

G_END_DECLS
