/* From IP on: options, extension headers, fragments, lengths that lie, and transport. */
#include "test-decode.h"

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
  { "sctp", 1, ETHER_IPV4 IPV4 ("0026", "0000", "84") UDP ("0012") TEN, 0, OK, LAYER (OTHER_IP), 4, 132, 53,
    4660, 18 },
  { "dccp", 1, ETHER_IPV4 IPV4 ("0026", "0000", "21") UDP ("0012") TEN, 0, OK, LAYER (OTHER_IP), 4, 33, 53,
    4660, 18 },
  { "udp-lite", 1, ETHER_IPV6 IPV6 ("0012", "88") UDP ("0008") TEN, 0, OK, LAYER (OTHER_IP), 6, 136, 53, 4660,
    18 },
  { "esp", 1, ETHER_IPV6 IPV6 ("000a", "32") TEN, 0, OK, LAYER (OTHER_IP), 6, 50, 0, 0, 10 },
  { "igmp", 1, ETHER_IPV4 IPV4 ("001e", "0000", "02") TEN, 0, OK, LAYER (OTHER_IP), 4, 2, 0, 0, 10 },
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

  { "loose-route", 1,
    ETHER_IPV4 "48 00 003a 0001 4000 40 06 0000 c0000201 cb007109 01 83 0b 04 cb007108 c0000207 " TCP ("5")
        TEN,
    0, OK, LAYER (TCP), 4, 6, 443, 49152, 6 },
  { "strict-route-used-up", 1,
    ETHER_IPV4 "47 00 003a 0001 4000 40 06 0000 c0000201 c0000207 89 07 08 cb007108 00 " TCP ("5") TEN, 0, OK,
    LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "route-beyond-header", 1,
    ETHER_IPV4 "46 00 0036 0001 4000 40 06 0000 c0000201 c0000207 83 0b 04 00 " TCP ("5") TEN, 0, OK,
    LAYER (TCP), 4, 6, 443, 49152, 10 },
  { "authentication-over-ipv4", 1,
    ETHER_IPV4 IPV4 ("003e", "0000", "33") "11 04 0000 00000001 00000001 000000000000000000000000 " UDP (
        "0012") TEN,
    0, OK, LAYER (UDP), 4, 17, 53, 4660, 10 },

  /* IPv4 headers that can't be. */
  { "total-length-19", 1, ETHER_IPV4 IPV4 ("0013", "4000", "06") TCP ("5") TEN, 0, MALFORMED, LAYER (NOT_IP),
    0, 0, 0, 0, 0 },
  { "header-length-4-words", 1, ETHER_IPV4 "44 00 0032 0001 4000 40 06 0000 c0000201 c0000207 " TCP ("5") TEN,
    0, MALFORMED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "version-5", 1, ETHER_IPV4 "55 00 0032 0001 4000 40 06 0000 c0000201 c0000207 " TCP ("5") TEN, 0,
    MALFORMED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },

  /* Transport headers that can't be. */
  { "tcp-header-of-4-words", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("4") TEN, 0, MALFORMED,
    LAYER (TCP), 4, 6, 443, 49152, 14 },
  { "tcp-header-longer-than-packet", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") TCP ("f") TEN, 0, MALFORMED,
    LAYER (TCP), 4, 6, 443, 49152, 0 },
  { "tcp-without-room-for-ports", 1, ETHER_IPV4 IPV4 ("0017", "4000", "06") "01bbc0 00000000", 0, MALFORMED,
    LAYER (OTHER_IP), 4, 6, 0, 0, 0 },
  { "udp-length-7", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0007") TEN, 0, MALFORMED, LAYER (UDP), 4,
    17, 53, 4660, 0 },
  { "udp-length-0", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0000") TEN, 0, MALFORMED, LAYER (UDP), 4,
    17, 53, 4660, 0 },
  { "udp-longer-than-ip", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") UDP ("0100") TEN, 0, MALFORMED,
    LAYER (UDP), 4, 17, 53, 4660, 248 },
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
  { "mobility", 1, ETHER_IPV6 IPV6 ("0012", "87") "3b 00 05000000 0000 " TEN, 0, OK, LAYER (OTHER_IP), 6, 135,
    0, 0, 10 },
  { "hip", 1, ETHER_IPV6 IPV6 ("0012", "8b") "3b 00 01 10 0000 0000 " TEN, 0, OK, LAYER (OTHER_IP), 6, 139, 0,
    0, 10 },
  { "routing", 1,
    ETHER_IPV6 IPV6 ("002a", "2b") "11 02 00 01 00000000 20010db8000000000000000000000009 " UDP ("0012") TEN,
    0, OK, LAYER (UDP), 6, 17, 53, 4660, 10 },
  { "big-tcp", 1, ETHER_IPV6 IPV6 ("0000", "06") TCP ("5") TEN, 14 + 40 + 20 + 80000, OK, LAYER (TCP), 6, 6,
    443, 49152, 80000 },
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

  /* Cut by the snap length. */
  { "cut-before-addresses", 1, ETHER_IPV4 "45 00 0032 0001 4000 40 06 0000", 64, TRUNCATED, LAYER (NOT_IP), 0,
    0, 0, 0, 0 },
  { "cut-before-ports", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") "01bb", 64, TRUNCATED, LAYER (OTHER_IP), 4,
    6, 0, 0, 0 },
  { "cut-before-udp-length", 1, ETHER_IPV4 IPV4 ("0026", "0000", "11") "0035 1234", 52, TRUNCATED,
    LAYER (UDP), 4, 17, 53, 4660, 0 },
  { "cut-before-tcp-header-length", 1, ETHER_IPV4 IPV4 ("0032", "4000", "06") "01bb c000 00000001 00000000",
    64, TRUNCATED, LAYER (TCP), 4, 6, 443, 49152, 0 },
};

static void
test_every_snap_length (void)
{
  check_every_snap_length (cases, G_N_ELEMENTS (cases));
}

static void
test_every_wire_length (void)
{
  check_every_wire_length (cases, G_N_ELEMENTS (cases));
}

static void
test_mutations (void)
{
  check_mutations (cases, G_N_ELEMENTS (cases));
}

/* A chain of extension headers that does not end. */
static void
test_endless (void)
{
  g_autoptr (GBytes) ipv6 = bytes_of (ETHER_IPV6 IPV6 ("ffff", "3c"));
  g_autoptr (GByteArray) chain = g_byte_array_new ();
  static const guint8 options[8] = { 60, 0, 1, 4 };
  LensPacket packet;

  g_byte_array_append (chain, g_bytes_get_data (ipv6, NULL), (guint) g_bytes_get_size (ipv6));
  while (chain->len < 65000)
    g_byte_array_append (chain, options, sizeof options);
  packet = decode_copy (1, chain->data, chain->len, 65535 + 54);
  g_assert_cmpint (packet.layer, ==, LENS_LAYER_OTHER_IP);
  g_assert_cmpint (packet.status, ==, LENS_DECODE_MALFORMED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/decode/every-snap-length", test_every_snap_length);
  g_test_add_func ("/decode/every-wire-length", test_every_wire_length);
  g_test_add_func ("/decode/mutations", test_mutations);
  g_test_add_func ("/decode/endless", test_endless);
  return g_test_run ();
}
