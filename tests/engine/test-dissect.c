/* The fields of packets: names, values, meaning and bytes. That those of every link layer lie where they should and agree with the
 * decoder is asserted with the frames of test-decode.c and test-decode-links.c. */
#include "test-decode.h"

typedef struct
{
  const char *name;
  guint32 link_type;
  const char *frame;
  const char *lines[32]; /* each is in the text of the tree, and in this order */
} FieldsCase;

static const FieldsCase fields_cases[] = {
  { "ipv4",
    1,
    ETHER_IPV4 "45 b9 0028 1c46 4000 40 06 0000 c0000201 c0000207 " TCP ("5"),
    { "Packet\n",
      "Bytes on the wire: 54\n",
      "Bytes captured: 54\n",
      "Link layer: 1 (Ethernet)\n",
      "Ethernet\n",
      "    Destination: 02:00:00:00:00:01\n",
      "    Source: 02:00:00:00:00:02\n",
      "    Type: 0x0800 (IPv4)\n",
      "IPv4\n",
      "    Version: 4\n",
      "    Header length: 5 (20 bytes)\n",
      "    Type of service: 0xb9\n",
      "        Differentiated services: 46 (EF)\n",
      "        Congestion notification: 1 (capable, ECT(1))\n",
      "    Total length: 40\n",
      "    Identification: 0x1c46\n",
      "    Flags: 0x2\n",
      "        Don’t fragment (DF): set\n",
      "        More fragments (MF): not set\n",
      "    Fragment offset: 0\n",
      "    Time to live: 64\n",
      "    Protocol: 6 (TCP)\n",
      "    Header checksum: 0x0000 (not right for this header)\n",
      "    Source: 192.0.2.1\n",
      "    Destination: 192.0.2.7\n" } },
  { "ipv4-checksum-is-right",
    228,
    "4500003044224000800600008c7c19acae241e2b" TCP ("5") "0000000000000000",
    { "Header checksum: 0x0000 (not right" } },
  { "ipv4-checksum",
    228,
    "45000030442240008006442e8c7c19acae241e2b" TCP ("5") "0000000000000000",
    { "Header checksum: 0x442e (right)" } },
  { "ipv4-options",
    228,
    "47 00 001c 0001 0000 40 11 0000 c0000201 c0000207 94040000 01 01 00 00",
    { "    Options\n", "        Option: Router alert\n", "        Option: No operation\n",
      "        Option: No operation\n", "        Option: End of options\n" } },
  { "fragment",
    228,
    "45 00 0018 0001 2001 40 11 0000 c0000201 c0000207 01020304",
    { "More fragments (MF): set\n", "Fragment offset: 1 (byte 8 of the datagram)\n",
      "Payload: 4 bytes: 01 02 03 04\n" } },
  { "tcp",
    228,
    IPV4 ("003c", "4000", "06") "01bb c000 00000001 00000002 a0 52 ffff 1234 0000 "
                                "020405b4 0402 080a0000000100000002 01 030307",
    { "TCP\n",
      "    Source port: 443\n",
      "    Destination port: 49152\n",
      "    Sequence number: 1\n",
      "    Acknowledgment number: 2\n",
      "    Header length: 10 (40 bytes)\n",
      "    Reserved: 0\n",
      "    Flags: 0x052 (SYN, ACK, ECE)\n",
      "        Congestion echo (ECE): set\n",
      "        Acknowledgment (ACK): set\n",
      "        Synchronize (SYN): set\n",
      "        Finish (FIN): not set\n",
      "    Window: 65535\n",
      "    Checksum: 0x1234\n",
      "    Urgent pointer: 0\n",
      "    Options\n",
      "        Option: Maximum segment size (1460)\n",
      "        Option: Selective acknowledgment permitted\n",
      "        Option: Timestamps (1, echo of 2)\n",
      "        Option: No operation\n",
      "        Option: Window scale (7: windows are multiplied by 128)\n" } },
  { "tcp-selective-acknowledgment",
    228,
    IPV4 ("0034", "4000", "06") "01bb c000 00000001 00000002 80 10 ffff 0000 0000 0101 050a 0000000100000009",
    { "Flags: 0x010 (ACK)", "Option: Selective acknowledgment (1–9)\n" } },
  { "udp-with-data-behind-it",
    228,
    IPV4 ("0020", "4000", "11") UDP ("000a") "00010203",
    { "UDP\n", "    Source port: 53\n", "    Destination port: 4660\n", "    Length: 10\n",
      "    Checksum: 0x0000\n", "Payload: 2 bytes: 00 01\n", "Data after the datagram: 2 bytes: 02 03\n" } },
  { "padding",
    1,
    ETHER_IPV4 IPV4 ("001d", "4000", "11") UDP ("0009") "41" TEN,
    { "Payload: 1 byte: 41\n", "After the packet (padding, check values): 10 bytes: 00 01 02" } },
  { "icmp",
    228,
    IPV4 ("0026", "4000", "01") ICMP TEN,
    { "ICMP\n", "    Type: 8 (Echo request)\n", "    Code: 0\n", "    Identifier: 1\n",
      "    Sequence number: 1\n", "Payload: 10 bytes" } },
  { "icmp-unreachable",
    228,
    IPV4 ("001c", "4000", "01") "03 03 0000 00000000",
    { "Type: 3 (Destination unreachable)\n", "Code: 3 (port)\n" } },
  { "ipv6-with-extensions",
    229,
    IPV6 ("0028", "00") "3c 00 010400000000 2c 00 010400000000 3a 00 0001 00000007 "
                        "80 00 0000 00050006 00000000 00000000",
    { "IPv6\n",
      "    Traffic class: 0x00\n",
      "    Flow label: 0x00000\n",
      "    Payload length: 40\n",
      "    Next header: 0 (IPv6 hop-by-hop options)\n",
      "    Hop limit: 64\n",
      "    Source: 2001:db8::1\n",
      "    Destination: 2001:db8::2\n",
      "IPv6 hop-by-hop options\n",
      "    Next header: 60 (IPv6 destination options)\n",
      "    Length: 0 (8 bytes)\n",
      "IPv6 destination options\n",
      "IPv6 fragment\n",
      "    Next header: 58 (ICMPv6)\n",
      "    Fragment offset: 0\n",
      "    More fragments (MF): set\n",
      "    Identification: 0x00000007\n",
      "ICMPv6\n",
      "    Type: 128 (Echo request)\n",
      "    Identifier: 5\n",
      "    Sequence number: 6\n" } },
  { "sctp",
    228,
    IPV4 ("0038", "4000", "84") "0050 1389 00000001 00000002 00 03 0011 00000001 00000000 00000000 61000000 "
                                "0b 00 0004",
    { "SCTP\n", "Verification tag: 0x00000001\n", "SCTP chunk\n", "    Type: 0 (DATA)\n", "    Length: 17\n",
      "SCTP chunk\n", "    Type: 11 (COOKIE ACK)\n" } },
  { "tags",
    1,
    MACS "88a8 a064 8100 1065 8847 000011ff " IPV4 ("0026", "4000", "01") ICMP TEN,
    { "VLAN (802.1ad)\n", "    Priority: 5\n", "    Drop eligible: not set\n", "    VLAN: 100\n",
      "    Type: 0x8100 (VLAN (802.1Q))\n", "VLAN (802.1Q)\n", "    Drop eligible: set\n", "    VLAN: 101\n",
      "MPLS\n", "    Label: 1\n", "    Traffic class: 0\n", "    Bottom of the stack: set\n",
      "    Time to live: 255\n", "ICMP\n" } },
  { "pppoe",
    1,
    MACS "8864 1100 0007 0028 0021 " IPV4 ("0026", "4000", "01") ICMP TEN,
    { "PPPoE\n", "    Version: 1\n", "    Session: 0x0007\n", "    Length: 40\n", "PPP\n",
      "    Protocol: 0x0021\n", "IPv4\n" } },
  { "snap",
    1,
    MACS "002e aaaa03000000 0800 " IPV4 ("0026", "4000", "01") ICMP TEN,
    { "    Length: 46\n", "LLC\n", "SNAP\n", "    Protocol: 0x0800 (IPv4)\n", "ICMP\n" } },
  { "cooked",
    113,
    "0004 0001 0006 020000000001 0000 0800 " IPV4 ("0026", "4000", "01") ICMP TEN,
    { "Linux cooked\n", "    Packet type: 4 (from this computer)\n", "    Protocol: 0x0800 (IPv4)\n",
      "IPv4\n" } },
  { "cooked-v2",
    276,
    "0800 0000 00000003 0001 00 06 020000000001 0000 " IPV4 ("0026", "4000", "01") ICMP TEN,
    { "Linux cooked\n", "    Interface: 3\n", "    Packet type: 0 (to this computer)\n", "IPv4\n" } },
  { "wlan",
    127,
    "00 00 0800 00000000 08 01 0000 020000000001 020000000002 020000000003 0000 aaaa03000000 0800 " IPV4 (
        "0026",
        "4000",
        "01") ICMP TEN,
    { "Radiotap\n", "IEEE 802.11\n", "    Type: 2\n", "    First address: 02:00:00:00:00:01\n", "LLC\n",
      "SNAP\n", "IPv4\n" } },
  { "arp",
    1,
    MACS "0806 0001 0800 06 04 0001 020000000002 c0000201 000000000000 c0000207",
    { "ARP\n", "    Operation: 1 (request)\n", "    Sender hardware address: 02:00:00:00:00:02\n",
      "    Sender address: 192.0.2.1\n", "    Target address: 192.0.2.7\n" } },
  { "unknown-ethertype", 1, MACS "88cc 0102", { "Type: 0x88cc (LLDP)\n", "Data: 2 bytes: 01 02\n" } },
  { "unknown-link",
    147,
    "0102",
    { "Packet: of a link layer that PacketLens doesn’t read\n", "Data: 2 bytes: 01 02\n" } },
  { "exotic-link",
    117,
    "00000000000000000000 00000000000000000000 00000000000000000000 00000000000000000000 "
    "00000000000000000000 0000000000000000000000 ",
    { "Link layer: 117 (OpenBSD packet filter log)\n" } },
  { "malformed", 228, "43 00 0014", { "Packet: malformed: it says", "IPv4\n" } },
  { "no-bytes", 1, "", { "Packet: malformed", "Bytes captured: 0\n" } },
};

static void
test_fields (gconstpointer data)
{
  const FieldsCase *expected = data;
  g_autoptr (GBytes) frame = bytes_of (expected->frame);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
  g_autoptr (LensFieldTree) tree
      = lens_dissect (expected->link_type, bytes, (guint32) n_bytes, (guint32) n_bytes);
  g_autofree char *text = lens_field_tree_to_text (tree);
  const char *at = text;

  dissect_copy (expected->link_type, bytes, n_bytes, (guint32) n_bytes);
  for (gsize i = 0; i < G_N_ELEMENTS (expected->lines) && expected->lines[i] != NULL; i++)
    {
      const char *found = strstr (at, expected->lines[i]);

      if (found == NULL)
        g_error ("no “%s” (any more) in:\n%s", expected->lines[i], text);
      at = found + strlen (expected->lines[i]);
    }
}

/* Each snap length: a field is there when its last byte is. */
static void
test_every_snap_length (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields_cases); i++)
    {
      g_autoptr (GBytes) frame = bytes_of (fields_cases[i].frame);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);

      for (gsize n = 0; n <= n_bytes; n++)
        dissect_copy (fields_cases[i].link_type, bytes, n, (guint32) n_bytes);
    }
}

/* The columns of packet tables, each with the bytes it is in. */
static void
test_columns_of_packet_tables (void)
{
  static const struct
  {
    const char *id;
    const char *value;
    gsize offset;
    gsize n_bytes;
  } expected[] = {
    { "IP_version", "4", 0, 1 },      { "IP_ihl", "5", 0, 1 },          { "IP_tos", "0x00", 1, 1 },
    { "IP_len", "50", 2, 2 },         { "IP_id", "0x0001", 4, 2 },      { "IP_flags", "0x2", 6, 1 },
    { "IP_frag", "0", 6, 2 },         { "IP_ttl", "64", 8, 1 },         { "IP_proto", "6", 9, 1 },
    { "IP_chksum", "0x0000", 10, 2 }, { "IP_src", "192.0.2.1", 12, 4 }, { "IP_dst", "192.0.2.7", 16, 4 },
    { "TCP_sport", "443", 20, 2 },    { "TCP_dport", "49152", 22, 2 },  { "TCP_seq", "1", 24, 4 },
    { "TCP_ack", "0", 28, 4 },        { "TCP_dataofs", "5", 32, 1 },    { "TCP_reserved", "0", 32, 1 },
    { "TCP_flags", "0x010", 32, 2 },  { "TCP_window", "65535", 34, 2 }, { "TCP_chksum", "0x0000", 36, 2 },
    { "TCP_urgptr", "0", 38, 2 },     { "Raw_load", NULL, 40, 10 },
  };
  g_autoptr (GBytes) frame = bytes_of (IPV4 ("0032", "4000", "06") TCP ("5") TEN);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
  g_autoptr (LensFieldTree) tree = lens_dissect (228, bytes, (guint32) n_bytes, (guint32) n_bytes);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const LensField *field = lens_field_tree_find_id (tree, expected[i].id);

      g_assert_nonnull (field);
      if (expected[i].value != NULL)
        g_assert_cmpstr (field->value, ==, expected[i].value);
      g_assert_cmpuint (field->offset, ==, expected[i].offset);
      g_assert_cmpuint (field->n_bytes, ==, expected[i].n_bytes);
      /* What it is for is said in words. */
      g_assert_nonnull (lens_field_get_purpose (field));
    }
  g_assert_null (lens_field_tree_find_id (tree, "UDP_len"));
}

/* A byte finds the field that says most about it. */
static void
test_find_byte (void)
{
  static const char *const names[] = { "Version", "Differentiated services", "Total length", "Total length" };
  g_autoptr (GBytes) frame = bytes_of (IPV4 ("0032", "4000", "06") TCP ("5") TEN);
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
  g_autoptr (LensFieldTree) tree = lens_dissect (228, bytes, (guint32) n_bytes, (guint32) n_bytes);

  g_assert_cmpstr (lens_field_tree_get (tree, lens_field_tree_find_byte (tree, 0))->name, ==, names[0]);
  g_assert_cmpstr (lens_field_tree_get (tree, lens_field_tree_find_byte (tree, 1))->name, ==,
                   "Type of service");
  g_assert_cmpstr (lens_field_tree_get (tree, lens_field_tree_find_byte (tree, 33))->name, ==, "Flags");
  for (gsize at = 2; at < G_N_ELEMENTS (names); at++)
    g_assert_cmpstr (lens_field_tree_get (tree, lens_field_tree_find_byte (tree, at))->name, ==, names[at]);
  g_assert_cmpstr (lens_field_tree_get (tree, lens_field_tree_find_byte (tree, 45))->name, ==, "Payload");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fields_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dissect/%s", fields_cases[i].name);

      g_test_add_data_func (path, &fields_cases[i], test_fields);
    }
  g_test_add_func ("/dissect/every-snap-length", test_every_snap_length);
  g_test_add_func ("/dissect/columns-of-packet-tables", test_columns_of_packet_tables);
  g_test_add_func ("/dissect/find-byte", test_find_byte);
  return g_test_run ();
}
