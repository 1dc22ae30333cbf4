/* A packet: two bytes of link type in network order, then its bytes. */
#include "fuzz.h"

#include "lens-decode.h"

#include <glib.h>
#include <string.h>

static const guint8 protocols_with_ports[] = { 6, 17, 33, 132, 136 }; /* TCP, UDP, DCCP, SCTP, UDP-Lite */

static void
check (const LensPacket *packet, guint32 link_type)
{
  gboolean is_ip = packet->layer != LENS_LAYER_NOT_IP;
  gboolean may_have_ports
      = is_ip && memchr (protocols_with_ports, packet->protocol, sizeof protocols_with_ports) != NULL;

  g_assert_cmpint (packet->layer, <=, LENS_LAYER_OTHER_IP);
  g_assert_cmpint (packet->status, <=, LENS_DECODE_UNSUPPORTED);
  if (is_ip)
    g_assert_true (packet->ip_version == 4 || packet->ip_version == 6);
  g_assert_cmpuint (packet->source.version, ==, is_ip ? packet->ip_version : 0);
  g_assert_cmpuint (packet->destination.version, ==, is_ip ? packet->ip_version : 0);
  if (!may_have_ports)
    g_assert_true (packet->source_port == 0 && packet->destination_port == 0);
  if (packet->status == LENS_DECODE_UNSUPPORTED)
    g_assert_false (is_ip);
  if (lens_link_layer_get_name (link_type) == NULL)
    g_assert_cmpint (packet->status, ==, LENS_DECODE_UNSUPPORTED);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  LensPacket packet, again, short_on_the_wire;
  guint32 link_type, n_bytes;

  if (size < 2 || size > 262144)
    return 0;
  link_type = (guint32) data[0] << 8 | data[1];
  n_bytes = (guint32) size - 2;
  /* Filled with something else each time: all of it has to be written. */
  memset (&packet, 0x55, sizeof packet);
  memset (&again, 0xaa, sizeof again);
  lens_decode (link_type, data + 2, n_bytes, n_bytes, &packet);
  lens_decode (link_type, data + 2, n_bytes, n_bytes, &again);
  check (&packet, link_type);
  g_assert_cmpint (packet.status, ==, again.status);
  g_assert_cmpint (packet.layer, ==, again.layer);
  g_assert_cmpuint (packet.ip_version, ==, again.ip_version);
  g_assert_cmpuint (packet.protocol, ==, again.protocol);
  g_assert_cmpuint (packet.source_port, ==, again.source_port);
  g_assert_cmpuint (packet.destination_port, ==, again.destination_port);
  g_assert_cmpuint (packet.payload_bytes, ==, again.payload_bytes);
  g_assert_true (lens_address_equal (&packet.source, &again.source));
  g_assert_true (lens_address_equal (&packet.destination, &again.destination));

  /* Cut short when it was captured, and a nonsense length of the whole. */
  lens_decode (link_type, data + 2, n_bytes / 2, n_bytes, &again);
  check (&again, link_type);
  lens_decode (link_type, data + 2, n_bytes, G_MAXUINT32, &again);
  check (&again, link_type);
  lens_decode (link_type, data + 2, n_bytes, 0, &short_on_the_wire);
  check (&short_on_the_wire, link_type);
  return 0;
}
