#include "lens-decode.h"

#include "lens-link.h"
#include "lens-network.h"

static LensDecodeStatus
decode_ip (LensLinkFrame *frame, LensPacket *packet)
{
  LensIpRest rest = { 0 };
  LensDecodeStatus status;
  guint8 first;

  /* The header itself knows better than the link layer which version it is. */
  if (frame->network == LENS_NETWORK_IPV4 && lens_byte_cursor_peek_u8 (&frame->cursor, 0, &first)
      && first >> 4 == 6)
    frame->network = LENS_NETWORK_IPV6;
  if (frame->network == LENS_NETWORK_IPV4)
    status = lens_ipv4_decode (&frame->cursor, frame->wire_left, packet, &rest);
  else
    status = lens_ipv6_decode (&frame->cursor, frame->wire_left, packet, &rest);
  if (packet->ip_version == 0)
    return status;
  /* What is behind the datagram is padding, and nothing of the transport's. */
  lens_link_limit (frame, rest.bytes_left);
  if (status == LENS_DECODE_OK)
    status = lens_transport_decode (&frame->cursor, &rest, packet);
  else
    packet->payload_bytes = rest.bytes_left;
  return rest.is_beyond_wire ? LENS_DECODE_MALFORMED : status;
}

LensDecodeStatus
lens_decode_with (const LensLinkLayer *layer,
                  const guint8 *bytes,
                  guint32 captured_bytes,
                  guint32 wire_bytes,
                  LensPacket *packet)
{
  LensLinkFrame frame = { .cursor = lens_byte_cursor_init (bytes, captured_bytes),
                          .wire_left = MAX (wire_bytes, captured_bytes),
                          .network = LENS_NETWORK_NONE };

  *packet = (LensPacket){ .status = LENS_DECODE_UNSUPPORTED, .layer = LENS_LAYER_NOT_IP };
  if (layer == NULL || layer->decode == NULL)
    return packet->status;
  packet->status = layer->decode (&frame);
  if (packet->status == LENS_DECODE_OK && frame.network != LENS_NETWORK_NONE)
    packet->status = decode_ip (&frame, packet);
  /* What the capture did not cut was too short already. */
  if (packet->status == LENS_DECODE_TRUNCATED && captured_bytes >= wire_bytes)
    packet->status = LENS_DECODE_MALFORMED;
  return packet->status;
}

LensDecodeStatus
lens_decode (guint32 link_type,
             const guint8 *bytes,
             guint32 captured_bytes,
             guint32 wire_bytes,
             LensPacket *packet)
{
  return lens_decode_with (lens_link_registry_find (link_type), bytes, captured_bytes, wire_bytes, packet);
}
