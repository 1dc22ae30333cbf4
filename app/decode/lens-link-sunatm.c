/* ATM as Solaris captured it (LINKTYPE_SUNATM).
 *
 *   direction 1 bit, kind of traffic (low four bits) 1 | VPI 1 | VCI 2 | an AAL5 frame
 *   LAN emulation: client or 0 2 | an Ethernet frame; FF00 begins one of its control frames
 */
#include "lens-link.h"

enum
{
  TRAFFIC_UNNAMED = 0,
  TRAFFIC_LAN_EMULATION = 1,
  TRAFFIC_LLC = 2,
};

LensDecodeStatus
lens_link_sunatm (LensLinkFrame *frame)
{
  guint8 kind;
  guint16 client;

  if (!lens_byte_cursor_peek_u8 (&frame->cursor, 0, &kind) || !lens_link_skip (frame, 4))
    return LENS_DECODE_TRUNCATED;
  if ((kind & 0x0f) == TRAFFIC_LLC)
    return lens_link_llc (frame);
  if ((kind & 0x0f) == TRAFFIC_UNNAMED)
    return lens_link_recognize (frame);
  if ((kind & 0x0f) != TRAFFIC_LAN_EMULATION)
    return lens_link_not_ip (frame);
  if (!lens_link_read_u16 (frame, &client))
    return LENS_DECODE_TRUNCATED;
  return client == 0xff00 ? lens_link_not_ip (frame) : lens_link_ethernet (frame);
}
