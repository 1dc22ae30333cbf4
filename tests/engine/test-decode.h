/* Frames as text, and what every decoded packet must be like: shared by the programs that test decode/. */
#pragma once

#include "test-dissect.h"

#include "lens-decode.h"

#include <locale.h>
#include <string.h>

/* Frames are written as hexadecimal digits, spaces as one likes. */
#define MACS "020000000001 020000000002 "
#define ETHER_IPV4 MACS "0800 "
#define ETHER_IPV6 MACS "86dd "

/* IPv4 header of 20 bytes: total length, flags and offset, protocol. */
#define IPV4(total, fragment, protocol)                                                                      \
  "45 00 " total " 0001 " fragment " 40 " protocol " 0000 c0000201 c0000207 "

/* IPv6 header: payload length, next header. */
#define IPV6(payload, next)                                                                                  \
  "60000000 " payload " " next " 40 20010db8000000000000000000000001 20010db8000000000000000000000002 "

/* TCP from 443 to 49152: header length in words. UDP from 53 to 4660: length. ICMP echo. */
#define TCP(words) "01bb c000 00000001 00000000 " words "0 10 ffff 0000 0000 "
#define UDP(length) "0035 1234 " length " 0000 "
#define ICMP "08 00 0000 00010001 "
#define TEN "00010203040506070809 "

typedef struct
{
  const char *name;
  guint32 link_type;
  const char *frame;
  guint32 wire_bytes; /* 0: as many as the frame has */
  LensDecodeStatus status;
  LensLayer layer;
  guint8 ip_version;
  guint8 protocol;
  guint16 source_port;
  guint16 destination_port;
  guint32 payload_bytes;
} Case;

#define OK LENS_DECODE_OK
#define TRUNCATED LENS_DECODE_TRUNCATED
#define MALFORMED LENS_DECODE_MALFORMED
#define LAYER(name) LENS_LAYER_##name

static inline GBytes *
bytes_of (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*text != '\0')
    {
      guint8 byte;

      if (*text == ' ')
        {
          text++;
          continue;
        }
      g_assert_true (g_ascii_isxdigit (text[0]) && g_ascii_isxdigit (text[1]));
      byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
      text += 2;
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* What holds for every packet, whatever the bytes. */
static inline void
assert_sound (const LensPacket *packet, LensDecodeStatus status, guint32 captured_bytes, guint32 wire_bytes)
{
  gboolean has_ports = packet->layer == LENS_LAYER_TCP || packet->layer == LENS_LAYER_UDP;

  g_assert_cmpint (packet->status, ==, status);
  g_assert_cmpint ((packet->ip_version == 0), ==, (packet->layer == LENS_LAYER_NOT_IP));
  g_assert_cmpuint (packet->source.version, ==, packet->ip_version);
  g_assert_cmpuint (packet->destination.version, ==, packet->ip_version);
  g_assert_true (packet->ip_version == 0 || packet->ip_version == 4 || packet->ip_version == 6);
  g_assert_true (has_ports || packet->protocol == 33 || packet->protocol == 132 || packet->protocol == 136
                 || (packet->source_port == 0 && packet->destination_port == 0));
  /* A UDP length is believed, also where it lies. */
  if (packet->layer == LENS_LAYER_UDP)
    g_assert_cmpuint (packet->payload_bytes, <=, MAX (MAX (captured_bytes, wire_bytes), G_MAXUINT16));
  else
    g_assert_cmpuint (packet->payload_bytes, <=, MAX (captured_bytes, wire_bytes));
  if (packet->ip_version == 0)
    g_assert_cmpuint (packet->payload_bytes, ==, 0);
}

/* Decodes a copy that ends where the memory does, so that a read too far is seen. */
static inline LensPacket
decode_copy (guint32 link_type, const guint8 *bytes, gsize n_bytes, guint32 wire_bytes)
{
  g_autofree guint8 *copy = g_malloc (n_bytes);
  LensPacket packet;
  LensDecodeStatus status;

  if (n_bytes > 0)
    memcpy (copy, bytes, n_bytes);
  memset (&packet, 0xa5, sizeof packet);
  status = lens_decode (link_type, copy, (guint32) n_bytes, wire_bytes, &packet);
  assert_sound (&packet, status, (guint32) n_bytes, wire_bytes);
  return packet;
}

/* The same of its fields. */
static inline void
dissect_copy (guint32 link_type, const guint8 *bytes, gsize n_bytes, guint32 wire_bytes)
{
  g_autofree guint8 *copy = g_malloc (n_bytes);

  if (n_bytes > 0)
    memcpy (copy, bytes, n_bytes);
  assert_dissected (link_type, copy, (guint32) n_bytes, wire_bytes);
}

static inline void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (GBytes) frame = bytes_of (expected->frame);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
  guint32 wire_bytes = expected->wire_bytes != 0 ? expected->wire_bytes : (guint32) n_bytes;
  LensPacket packet = decode_copy (expected->link_type, bytes, n_bytes, wire_bytes);
  LensAddress source = { 0 };
  LensAddress destination = { 0 };

  g_assert_cmpint (packet.status, ==, expected->status);
  g_assert_cmpint (packet.layer, ==, expected->layer);
  g_assert_cmpuint (packet.ip_version, ==, expected->ip_version);
  g_assert_cmpuint (packet.protocol, ==, expected->protocol);
  g_assert_cmpuint (packet.source_port, ==, expected->source_port);
  g_assert_cmpuint (packet.destination_port, ==, expected->destination_port);
  g_assert_cmpuint (packet.payload_bytes, ==, expected->payload_bytes);

  if (expected->ip_version != 0)
    {
      g_assert_true (lens_address_parse (expected->ip_version == 4 ? "192.0.2.1" : "2001:db8::1", &source));
      g_assert_true (
          lens_address_parse (expected->ip_version == 4 ? "192.0.2.7" : "2001:db8::2", &destination));
    }
  g_assert_true (lens_address_equal (&packet.source, &source));
  g_assert_true (lens_address_equal (&packet.destination, &destination));
}

/* Every frame with every snap length: what is decoded is what the whole frame says, or it is called truncated. */
static inline void
check_every_snap_length (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GBytes) frame = bytes_of (cases[i].frame);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
      guint32 wire_bytes = MAX (cases[i].wire_bytes, (guint32) n_bytes);

      for (gsize n = 0; n <= n_bytes; n++)
        {
          LensPacket packet = decode_copy (cases[i].link_type, bytes, n, wire_bytes);

          dissect_copy (cases[i].link_type, bytes, n, wire_bytes);
          if (cases[i].status != LENS_DECODE_OK)
            continue;
          if (packet.status == LENS_DECODE_MALFORMED)
            g_error ("%s cut to %zu bytes is called malformed", cases[i].name, n);
          if (packet.status == LENS_DECODE_OK
              && (packet.layer != cases[i].layer || packet.payload_bytes != cases[i].payload_bytes))
            g_error ("%s cut to %zu bytes is read as another packet", cases[i].name, n);
          if ((packet.layer == LENS_LAYER_TCP || packet.layer == LENS_LAYER_UDP)
              && packet.source_port != cases[i].source_port)
            g_error ("%s cut to %zu bytes has another port", cases[i].name, n);
        }
    }
}

/* Every frame as if it had ended early on the wire: never more payload than there are bytes. */
static inline void
check_every_wire_length (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GBytes) frame = bytes_of (cases[i].frame);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);

      for (gsize n = 0; n <= n_bytes; n++)
        {
          decode_copy (cases[i].link_type, bytes, n, (guint32) n);
          dissect_copy (cases[i].link_type, bytes, n, (guint32) n);
        }
    }
}

/* Frames with bytes changed at random, and plain noise; the seed is printed by the test program. */
static inline void
check_mutations (const Case *cases, gsize n_cases)
{
  for (guint round = 0; round < 300000; round++)
    {
      const Case *origin = &cases[(gsize) g_test_rand_int_range (0, (gint32) n_cases)];
      g_autoptr (GBytes) frame = bytes_of (origin->frame);
      g_autoptr (GByteArray) bytes = g_bytes_unref_to_array (g_steal_pointer (&frame));
      guint n_changes = (guint) g_test_rand_int_range (1, 6);
      guint32 wire_bytes;

      for (guint i = 0; i < n_changes; i++)
        bytes->data[g_test_rand_int_range (0, (gint32) bytes->len)] = (guint8) g_test_rand_int ();
      g_byte_array_set_size (bytes, (guint) g_test_rand_int_range (0, (gint32) bytes->len + 1));
      wire_bytes = round % 3 == 0 ? (guint32) g_test_rand_int () : bytes->len;
      decode_copy (origin->link_type, bytes->data, bytes->len, wire_bytes);
      if (round % 10 == 0)
        dissect_copy (origin->link_type, bytes->data, bytes->len, wire_bytes);
    }
}

static inline void
add_cases (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/decode/frame/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
}
