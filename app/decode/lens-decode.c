#include "lens-decode.h"

#include "lens-link.h"
#include "lens-network.h"

static LensDecodeStatus
decode_ip (LensByteCursor *cursor, guint32 wire_left, LensNetwork network, LensPacket *packet)
{
  LensIpRest rest = { 0 };
  LensDecodeStatus status;
  guint8 first;

  /* The header itself knows better than the link layer which version it is. */
  if (network == LENS_NETWORK_IPV4 && lens_byte_cursor_peek_u8 (cursor, 0, &first) && first >> 4 == 6)
    network = LENS_NETWORK_IPV6;
  if (network == LENS_NETWORK_IPV4)
    status = lens_ipv4_decode (cursor, wire_left, packet, &rest);
  else
    status = lens_ipv6_decode (cursor, wire_left, packet, &rest);
  if (packet->ip_version == 0)
    return status;
  if (status == LENS_DECODE_OK)
    status = lens_transport_decode (cursor, &rest, packet);
  else
    packet->payload_bytes = rest.bytes_left;
  return rest.is_beyond_wire ? LENS_DECODE_MALFORMED : status;
}

LensDecodeStatus
lens_decode (guint32 link_type,
             const guint8 *bytes,
             guint32 captured_bytes,
             guint32 wire_bytes,
             LensPacket *packet)
{
  const LensLinkLayer *link_layer = lens_link_registry_find (link_type);
  LensByteCursor cursor = lens_byte_cursor_init (bytes, captured_bytes);
  guint32 wire_left = MAX (wire_bytes, captured_bytes);
  LensNetwork network;

  *packet = (LensPacket){ .status = LENS_DECODE_UNSUPPORTED, .layer = LENS_LAYER_NOT_IP };
  if (link_layer == NULL)
    return packet->status;
  packet->status = link_layer->decode (&cursor, &wire_left, &network);
  if (packet->status == LENS_DECODE_OK && network != LENS_NETWORK_NONE)
    packet->status = decode_ip (&cursor, wire_left, network, packet);
  /* What the capture did not cut was too short already. */
  if (packet->status == LENS_DECODE_TRUNCATED && captured_bytes >= wire_bytes)
    packet->status = LENS_DECODE_MALFORMED;
  return packet->status;
}
