/* One record's bytes -> LensPacket. Pure functions: no state, no allocation, any thread. */
#pragma once

#include "lens-packet.h"

G_BEGIN_DECLS

/* How frames of one link type are read. */
typedef struct _LensLinkLayer LensLinkLayer;

/* The row for @link_type (LINKTYPE_ number), or NULL: PacketLens does not know it. Whoever decodes many packets asks once. */
const LensLinkLayer *lens_link_registry_find (guint32 link_type);

/* Decodes @captured_bytes bytes of a packet that had @wire_bytes bytes on the wire, captured on a link of @layer (nullable).
 * Fills all of @packet, whatever the bytes are, and returns its status. */
LensDecodeStatus lens_decode_with (const LensLinkLayer *layer,
                                   const guint8 *bytes,
                                   guint32 captured_bytes,
                                   guint32 wire_bytes,
                                   LensPacket *packet);

/* The same, by LINKTYPE_ number. */
LensDecodeStatus lens_decode (guint32 link_type,
                              const guint8 *bytes,
                              guint32 captured_bytes,
                              guint32 wire_bytes,
                              LensPacket *packet);

/* The name of a link layer ("Ethernet"), also of one that carries no IP ("USB"), or NULL when PacketLens does not know it. */
const char *lens_link_layer_get_name (guint32 link_type);

G_END_DECLS
