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

static const Case cases[] = {
  /* Transport over IPv4. */
  { "tcp", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6, 443, 49152,
    10 },
  { "tcp-no-payload", 1, ETHER_IPV4 IPV4 ("0028", "4000", "06") TCP ("5"), 0, OK, LAYER (TCP), 4, 6, 443,
    49152, 0 },
  { "tcp-options", 1, ETHER_IPV4 IPV4 ("0036", "4000", "06") TCP ("6") "01010101 " TEN, 0, OK, LAYER (TCP), 4,
    6, 443, 49152, 10 },
  { "udp", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 4, 17, 53, 4660,
    10 },
  { "icmp", 1, ETHER_IPV4 IPV4 ("0026", "0000", "01") ICMP TEN, 0, OK, LAYER (ICMP), 4, 1, 0, 0, 10 },
  { "gre", 1, ETHER_IPV4 IPV4 ("001e", "0000", "2f") TEN, 0, OK, LAYER (OTHER_IP), 4, 47, 0, 0, 10 },
  { "ip-in-ip", 1, ETHER_IPV4 IPV4 ("003c", "0000", "04") IPV4 ("0028", "0000", "06") TCP ("5"), 0, OK,
    LAYER (OTHER_IP), 4, 4, 0, 0, 40 },

  /* Lengths of IPv4. */
  { "padding-is-no-payload", 1, ETHER_IPV4 IPV4 ("0028", "0000", "06") TCP ("5") "000000000000", 0, OK,
    LAYER (TCP), 4, 6, 443, 49152, 0 },
  { "total-length-0", 1, ETHER_IPV4 IPV4 ("0000", "0000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6, 443,
    49152, 10 },
  { "total-length-0-beyond-64k", 1, ETHER_IPV4 IPV4 ("0000", "0000", "06") TCP ("5") TEN, 100054, OK,
    LAYER (TCP), 4, 6, 443, 49152, 100000 },
  { "snapped", 1, ETHER_IPV4 IPV4 ("05dc", "0000", "06") TCP ("5") TEN, 1514, OK, LAYER (TCP), 4, 6, 443,
    49152, 1460 },
  { "total-length-beyond-wire", 1, ETHER_IPV4 IPV4 ("ffff", "0000", "06") TCP ("5") TEN, 0, MALFORMED,
    LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "options-of-ipv4", 1,
    ETHER_IPV4 "46 00 0036 0001 0000 40 06 0000 c0000201 c0000207 01010101 " TCP ("5") TEN, 0, OK,
    LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "wire-shorter-than-captured", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("5") TEN, 1, OK, LAYER (TCP),
    4, 6, 443, 49152, 10 },

  /* IPv4 headers that can't be. */
  { "header-length-4-words", 1, ETHER_IPV4 "44 00 0032 0001 4000 40 06 0000 c0000201 c0000207 " TCP ("5") TEN,
    0, MALFORMED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "version-5", 1, ETHER_IPV4 "55 00 0032 0001 4000 40 06 0000 c0000201 c0000207 " TCP ("5") TEN, 0,
    MALFORMED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },

  /* Transport headers that can't be. */
  { "tcp-header-of-4-words", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("4") TEN, 0, MALFORMED,
    LAYER (TCP), 4, 6, 443, 49152, 0 },
  { "tcp-header-longer-than-packet", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("f") TEN, 0, MALFORMED,
    LAYER (TCP), 4, 6, 443, 49152, 0 },
  { "tcp-without-room-for-ports", 1, ETHER_IPV4 IPV4 ("0017", "4000", "06") "01bbc0 00000000", 0, MALFORMED,
    LAYER (OTHER_IP), 4, 6, 0, 0, 0 },
  { "udp-length-7", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0007") TEN, 0, MALFORMED, LAYER (UDP), 4,
    17, 53, 4660, 0 },
  { "udp-length-0", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0000") TEN, 0, MALFORMED, LAYER (UDP), 4,
    17, 53, 4660, 0 },
  { "udp-longer-than-ip", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0100") TEN, 0, MALFORMED,
    LAYER (UDP), 4, 17, 53, 4660, 10 },
  { "udp-length-0-beyond-64k", 1, ETHER_IPV4 IPV4 ("0000", "0000", "11") UDP ("0000") TEN, 100042, OK,
    LAYER (UDP), 4, 17, 53, 4660, 100000 },
  { "udp-shorter-than-ip", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("000d") TEN, 0, OK, LAYER (UDP), 4,
    17, 53, 4660, 5 },

  /* Fragments. */
  { "first-fragment", 1, ETHER_IPV4 IPV4 ("0026", "2000", "11") UDP ("0bb8") TEN, 0, OK, LAYER (UDP), 4, 17,
    53, 4660, 10 },
  { "later-fragment", 1, ETHER_IPV4 IPV4 ("0026", "2001", "11") UDP ("0012") TEN, 0, OK, LAYER (OTHER_IP), 4,
    17, 0, 0, 18 },
  { "last-fragment", 1, ETHER_IPV4 IPV4 ("0026", "0001", "06") UDP ("0012") TEN, 0, OK, LAYER (OTHER_IP), 4,
    6, 0, 0, 18 },

  /* IPv6 and what may stand before the transport header. */
  { "tcp-over-ipv6", 1, ETHER_IPV6 IPV6 ("001e", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 6, 6, 443, 49152,
    10 },
  { "udp-over-ipv6", 1, ETHER_IPV6 IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6, 17, 53, 4660,
    10 },
  { "icmpv6", 1, ETHER_IPV6 IPV6 ("0012", "3a") ICMP TEN, 0, OK, LAYER (ICMP), 6, 58, 0, 0, 10 },
  { "hop-by-hop", 1, ETHER_IPV6 IPV6 ("001a", "00") "11 00 010400000000 " UDP ("0012") TEN, 0, OK,
    LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "chain", 1,
    ETHER_IPV6 IPV6 ("0036", "00") "3c 00 010400000000 2b 00 010400000000 33 00 000000000000 "
                                   "11 01 0000 00000001 00000001 " UDP ("0012") TEN,
    0, OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "mobility", 1, ETHER_IPV6 IPV6 ("0012", "87") "3b 00 05000000 0000 " TEN, 0, OK, LAYER (OTHER_IP), 6, 59,
    0, 0, 10 },
  { "shim6", 1, ETHER_IPV6 IPV6 ("001a", "8c") "11 00 010400000000 " UDP ("0012") TEN, 0, OK, LAYER (UDP), 6,
    17, 53, 4660, 10 },
  { "first-fragment-of-ipv6", 1, ETHER_IPV6 IPV6 ("001a", "2c") "11 00 0001 00000001 " UDP ("0bb8") TEN, 0,
    OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "later-fragment-of-ipv6", 1, ETHER_IPV6 IPV6 ("001a", "2c") "11 00 0008 00000001 " UDP ("0012") TEN, 0,
    OK, LAYER (OTHER_IP), 6, 17, 0, 0, 18 },
  { "no-next-header", 1, ETHER_IPV6 IPV6 ("0000", "3b"), 0, OK, LAYER (OTHER_IP), 6, 59, 0, 0, 0 },
  { "no-next-header-padded", 1, ETHER_IPV6 IPV6 ("0000", "3b") "000000000000", 0, OK, LAYER (OTHER_IP), 6, 59,
    0, 0, 0 },
  { "jumbogram", 1, ETHER_IPV6 IPV6 ("0000", "00") "11 00 c20400011170 " UDP ("0000") TEN,
    14 + 40 + 8 + 8 + 70000, OK, LAYER (UDP), 6, 17, 53, 4660, 70000 },
  { "payload-length-beyond-wire", 1, ETHER_IPV6 IPV6 ("ffff", "11") UDP ("0012") TEN, 0, MALFORMED,
    LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "extension-longer-than-packet", 1, ETHER_IPV6 IPV6 ("001a", "00") "11 ff 010400000000 " UDP ("0012") TEN,
    0, MALFORMED, LAYER (OTHER_IP), 6, 0, 0, 0, 26 },

  /* Link layers. */
  { "vlan", 1, MACS "8100 0064 0800 " IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6,
    443, 49152, 10 },
  { "q-in-q", 1, MACS "88a8 0064 8100 0065 86dd " IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6,
    17, 53, 4660, 10 },
  { "five-tags", 1,
    MACS "9100 0001 9200 0002 8100 0003 8100 0004 8100 0005 0800 " IPV4 ("0000", "4000", "06") TCP ("5") TEN,
    0, OK, LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "ipv6-called-ipv4", 1, ETHER_IPV4 IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6, 17, 53,
    4660, 10 },
  { "vlan-of-arp", 1, MACS "8100 0064 0806 0001080006040001", 0, OK, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "arp", 1, MACS "0806 0001080006040001", 0, OK, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "spanning-tree", 1, MACS "0026 424203 0000000000", 0, OK, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "raw-ipv4", 101, IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "raw-ipv6", 101, IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "raw-12", 12, IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "raw-14", 14, IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "raw-228", 228, IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "raw-229", 229, IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "cooked", 113, "0000 0001 0006 0200000000010000 0800 " IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK,
    LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "cooked-vlan", 113,
    "0000 0001 0006 0200000000010000 8100 0064 0800 " IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK,
    LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "cooked-gre", 113, "0000 030a 0000 0000000000000000 86dd " IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK,
    LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "cooked-netlink", 113, "0000 0338 0000 0000000000000000 0800 " IPV4 ("0032", "4000", "06") TCP ("5") TEN,
    0, OK, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "cooked-2", 276, "86dd 0000 00000001 0001 00 06 0200000000010000 " IPV6 ("0012", "11") UDP ("0012") TEN,
    0, OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "null-little-endian", 0, "02000000 " IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0, OK, LAYER (TCP), 4, 6,
    443, 49152, 10 },
  { "null-big-endian", 0, "0000001e " IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6, 17, 53,
    4660, 10 },
  { "null-of-appletalk", 0, "10000000 0102030405060708", 0, OK, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "loop", 108, "00000018 " IPV6 ("0012", "11") UDP ("0012") TEN, 0, OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "unknown-link-layer", 147, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("5") TEN, 0,
    LENS_DECODE_UNSUPPORTED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },

  /* Cut by the snap length. */
  { "cut-in-ethernet", 1, "020000000001", 60, TRUNCATED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "cut-before-addresses", 1, ETHER_IPV4 "45 00 0032 0001 4000 40 06 0000", 64, TRUNCATED, LAYER (NOT_IP), 0,
    0, 0, 0, 0 },
  { "cut-before-ports", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") "01bb", 64, TRUNCATED, LAYER (OTHER_IP), 4,
    6, 0, 0, 0 },
  { "cut-before-udp-length", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") "0035 1234", 52, TRUNCATED,
    LAYER (UDP), 4, 17, 53, 4660, 10 },
};

static GBytes *
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
static void
assert_sound (const LensPacket *packet, LensDecodeStatus status, guint32 captured_bytes, guint32 wire_bytes)
{
  gboolean has_ports = packet->layer == LENS_LAYER_TCP || packet->layer == LENS_LAYER_UDP;

  g_assert_cmpint (packet->status, ==, status);
  g_assert_cmpint ((packet->ip_version == 0), ==, (packet->layer == LENS_LAYER_NOT_IP));
  g_assert_cmpuint (packet->source.version, ==, packet->ip_version);
  g_assert_cmpuint (packet->destination.version, ==, packet->ip_version);
  g_assert_true (packet->ip_version == 0 || packet->ip_version == 4 || packet->ip_version == 6);
  g_assert_true (has_ports || (packet->source_port == 0 && packet->destination_port == 0));
  g_assert_cmpuint (packet->payload_bytes, <=, MAX (captured_bytes, wire_bytes));
  if (packet->ip_version == 0)
    g_assert_cmpuint (packet->payload_bytes, ==, 0);
}

/* Decodes a copy that ends where the memory does, so that a read too far is seen. */
static LensPacket
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

static void
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
static void
test_every_snap_length (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) frame = bytes_of (cases[i].frame);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
      guint32 wire_bytes = MAX (cases[i].wire_bytes, (guint32) n_bytes);

      for (gsize n = 0; n <= n_bytes; n++)
        {
          LensPacket packet = decode_copy (cases[i].link_type, bytes, n, wire_bytes);

          if (packet.status == LENS_DECODE_OK && cases[i].status == LENS_DECODE_OK)
            {
              g_assert_cmpint (packet.layer, ==, cases[i].layer);
              g_assert_cmpuint (packet.payload_bytes, ==, cases[i].payload_bytes);
            }
          if (cases[i].status == LENS_DECODE_OK)
            g_assert_cmpint (packet.status, !=, LENS_DECODE_MALFORMED);
          if (packet.layer == LENS_LAYER_TCP || packet.layer == LENS_LAYER_UDP)
            g_assert_cmpuint (packet.source_port, ==, cases[i].source_port);
        }
    }
}

/* Every frame as if it had ended early on the wire: never more payload than there are bytes. */
static void
test_every_wire_length (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) frame = bytes_of (cases[i].frame);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);

      for (gsize n = 0; n <= n_bytes; n++)
        decode_copy (cases[i].link_type, bytes, n, (guint32) n);
    }
}

/* A chain of extension headers, and a stack of tags, that do not end. */
static void
test_endless (void)
{
  g_autoptr (GBytes) ipv6 = bytes_of (ETHER_IPV6 IPV6 ("ffff", "3c"));
  g_autoptr (GByteArray) chain = g_byte_array_new ();
  g_autoptr (GByteArray) stack = g_byte_array_new ();
  static const guint8 options[8] = { 60, 0, 1, 4 };
  static const guint8 macs[12] = { 2 };
  static const guint8 tag[4] = { 0x81, 0, 0, 1 };
  LensPacket packet;

  g_byte_array_append (chain, g_bytes_get_data (ipv6, NULL), (guint) g_bytes_get_size (ipv6));
  while (chain->len < 65000)
    g_byte_array_append (chain, options, sizeof options);
  packet = decode_copy (1, chain->data, chain->len, 65535 + 54);
  g_assert_cmpint (packet.layer, ==, LENS_LAYER_OTHER_IP);
  g_assert_cmpint (packet.status, ==, LENS_DECODE_MALFORMED);

  g_byte_array_append (stack, macs, sizeof macs);
  while (stack->len < 65000)
    g_byte_array_append (stack, tag, sizeof tag);
  packet = decode_copy (1, stack->data, stack->len, stack->len);
  g_assert_cmpint (packet.layer, ==, LENS_LAYER_NOT_IP);
}

/* Frames with bytes changed at random, and plain noise; the seed is printed by the test program. */
static void
test_mutations (void)
{
  for (guint round = 0; round < 300000; round++)
    {
      const Case *origin = &cases[(gsize) g_test_rand_int_range (0, G_N_ELEMENTS (cases))];
      g_autoptr (GBytes) frame = bytes_of (origin->frame);
      g_autoptr (GByteArray) bytes = g_bytes_unref_to_array (g_steal_pointer (&frame));
      guint n_changes = (guint) g_test_rand_int_range (1, 6);
      guint32 wire_bytes;

      for (guint i = 0; i < n_changes; i++)
        bytes->data[g_test_rand_int_range (0, (gint32) bytes->len)] = (guint8) g_test_rand_int ();
      g_byte_array_set_size (bytes, (guint) g_test_rand_int_range (0, (gint32) bytes->len + 1));
      wire_bytes = round % 3 == 0 ? (guint32) g_test_rand_int () : bytes->len;
      decode_copy (origin->link_type, bytes->data, bytes->len, wire_bytes);
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (lens_link_layer_get_name (1), ==, "Ethernet");
  g_assert_nonnull (lens_link_layer_get_name (276));
  g_assert_null (lens_link_layer_get_name (147));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/decode/frame/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/decode/every-snap-length", test_every_snap_length);
  g_test_add_func ("/decode/every-wire-length", test_every_wire_length);
  g_test_add_func ("/decode/endless", test_endless);
  g_test_add_func ("/decode/mutations", test_mutations);
  g_test_add_func ("/decode/names", test_names);
  return g_test_run ();
}
