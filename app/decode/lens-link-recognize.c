/* What stands where nothing says what it is, as on ATM circuits: told by how it begins.
 *
 *   LLC: AA AA, FE FE or 42 42 | PPP: FF 03, or one of its usual protocols 2 | IP: version 4 bits
 */
#include "lens-link.h"

static gboolean
is_ppp_protocol (guint16 protocol)
{
  static const guint16 usual[] = { 0x0021, 0x0023, 0x0057, 0x0281, 0x8021, 0x8023, 0x8057, 0x8281, 0xc021 };

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (usual[i] == protocol)
      return TRUE;
  return FALSE;
}

LensDecodeStatus
lens_link_recognize (LensLinkFrame *frame)
{
  guint16 start;

  if (!lens_byte_cursor_peek_u16 (&frame->cursor, 0, &start))
    return LENS_DECODE_TRUNCATED;
  if (start == 0xaaaa || start == 0xfefe || start == 0x4242)
    return lens_link_llc (frame);
  if (start == 0xff03)
    return lens_link_ppp_hdlc (frame);
  if (is_ppp_protocol (start))
    return lens_link_ppp (frame);
  if (start >> 12 == 4)
    return lens_link_found (frame, LENS_NETWORK_IPV4);
  return start >> 12 == 6 ? lens_link_found (frame, LENS_NETWORK_IPV6) : lens_link_not_ip (frame);
}
