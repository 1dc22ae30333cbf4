/* Every kind of term, by itself, inverted, switched off and with others, held against the BPF expression that says the same, on many
 * captures: some made here, and some of other programs' makers.
 */
#include "lens-bpf-pass.h"
#include "lens-loader.h"
#include "lens-selection.h"
#include "test-capture-bytes.h"
#include "test-tables.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define N_MADE 2000
#define FLOWS_A_CAPTURE 4
#define MIXED_A_CAPTURE 60

typedef struct
{
  const LensCapture *capture;
  const LensPacketTable *table;
  GArray *terms; /* of LensFilterTerm: what is in the capture */
} Case;

/* How many filters of one term of each kind selected some packets of a capture and left some out. */
static guint n_that_divide[LENS_N_FILTER_KINDS];
static guint n_mixed_that_divide;
static guint n_captures;

/* What an expression says of a term */

static char *
words_of_ends (const LensAddress *source, const LensAddress *destination)
{
  const char *ip = source->version == 6 ? "ip6" : "ip";
  char a[LENS_ADDRESS_TEXT_SIZE], b[LENS_ADDRESS_TEXT_SIZE];

  return g_strdup_printf ("(%s src host %s and %s dst host %s)", ip, lens_address_format (source, a), ip,
                          lens_address_format (destination, b));
}

/* libpcap knows the net of all bits as a host. */
static char *
words_of_subnets (const LensSubnet *source, const LensSubnet *destination)
{
  const char *ip = source->network.version == 6 ? "ip6" : "ip";
  char a[LENS_SUBNET_TEXT_SIZE], b[LENS_SUBNET_TEXT_SIZE];

  return g_strdup_printf ("(%s src net %s and %s dst net %s)", ip, lens_subnet_format (source, a), ip,
                          lens_subnet_format (destination, b));
}

static char *
words_of_connection (const LensFilterTerm *term)
{
  LensSubnet source, destination;
  g_autofree char *there = NULL;
  g_autofree char *back = NULL;

  lens_filter_term_get_subnets (term, &source, &destination);
  there = words_of_subnets (&source, &destination);
  back = words_of_subnets (&destination, &source);
  return term->is_either_way ? g_strdup_printf ("(%s or %s)", there, back) : g_steal_pointer (&there);
}

static char *
words_of_protocol (guint8 protocol)
{
  return g_strdup_printf ("(ip proto %u or ip6 protochain %u)", protocol, protocol);
}

/* What comes after the first fragment has no ports. */
static char *
words_of_flow (const LensFilterTerm *term)
{
  g_autofree char *ends = words_of_ends (&term->address, &term->destination);
  g_autofree char *protocol = words_of_protocol (term->protocol);

  if (term->port == 0 && term->destination_port == 0)
    return g_strdup_printf ("(%s and %s and not (port 0 or portrange 1-65535))", ends, protocol);
  return g_strdup_printf ("(%s and %s and src port %u and dst port %u)", ends, protocol, term->port,
                          term->destination_port);
}

static char *
words_of_subnet (const LensFilterTerm *term)
{
  static const char *const sides[]
      = { [LENS_PORT_SOURCE] = " src", [LENS_PORT_DESTINATION] = " dst", [LENS_PORT_EITHER] = "" };
  LensSubnet subnet = lens_subnet_of (&term->address, term->prefix_bits);
  char text[LENS_SUBNET_TEXT_SIZE];

  return g_strdup_printf ("%s%s net %s", term->address.version == 6 ? "ip6" : "ip", sides[term->side],
                          lens_subnet_format (&subnet, text));
}

static char *
words_of_port (const LensFilterTerm *term)
{
  static const char *const sides[]
      = { [LENS_PORT_SOURCE] = "src ", [LENS_PORT_DESTINATION] = "dst ", [LENS_PORT_EITHER] = "" };
  const char *layer = term->layer == LENS_LAYER_TCP ? "tcp " : term->layer == LENS_LAYER_UDP ? "udp " : "";

  return g_strdup_printf ("%s%sport %u", layer, sides[term->side], term->port);
}

static char *
words_of_term (const LensFilterTerm *term)
{
#define LATER_FRAGMENT "(ip[6:2] & 0x1fff != 0)"
  static const char *const classes[LENS_N_CLASSES] = {
    [LENS_CLASS_IP] = "(ip or ip6)",
    [LENS_CLASS_IPV4] = "ip",
    [LENS_CLASS_IPV6] = "ip6",
    [LENS_CLASS_TCP] = "(tcp and not " LATER_FRAGMENT ")",
    [LENS_CLASS_UDP] = "(udp and not " LATER_FRAGMENT ")",
    [LENS_CLASS_ICMP] = "((icmp or ip6 protochain 58) and not " LATER_FRAGMENT ")",
    [LENS_CLASS_OTHER_IP]
    = "((ip or ip6) and (" LATER_FRAGMENT " or not (tcp or udp or icmp or ip6 protochain 58)))",
    [LENS_CLASS_NOT_IP] = "not (ip or ip6)",
  };
  const char *ip = term->address.version == 6 ? "ip6" : "ip";
  char address[LENS_ADDRESS_TEXT_SIZE];

  switch (term->kind)
    {
    case LENS_FILTER_HOST:
      return g_strdup_printf ("%s host %s", ip, lens_address_format (&term->address, address));
    case LENS_FILTER_SUBNET:
      return words_of_subnet (term);
    case LENS_FILTER_CONNECTION:
      return words_of_connection (term);
    case LENS_FILTER_FLOW:
      return words_of_flow (term);
    case LENS_FILTER_PROTOCOL:
      return words_of_protocol (term->protocol);
    case LENS_FILTER_LAYER:
      return g_strdup (classes[term->class]);
    case LENS_FILTER_PORT:
      return words_of_port (term);
    default:
      g_assert_not_reached ();
    }
}

/* Hosts and subnets are of one kind where terms are put together. */
static LensFilterKind
group_of (const LensFilterTerm *term)
{
  return term->kind == LENS_FILTER_SUBNET ? LENS_FILTER_HOST : term->kind;
}

static char *
words_of_filter (const LensFilter *filter)
{
  GString *all = g_string_new (NULL);

  for (guint group = 0; group < LENS_N_FILTER_KINDS; group++)
    {
      g_autoptr (GString) either = g_string_new (NULL);

      for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
        {
          const LensFilterTerm *term = lens_filter_get_term (filter, i);
          g_autofree char *words = NULL;

          if (term->is_off || group_of (term) != group)
            continue;
          words = words_of_term (term);
          if (term->is_inverted)
            g_string_append_printf (all, "%snot (%s)", all->len > 0 ? " and " : "", words);
          else
            g_string_append_printf (either, "%s(%s)", either->len > 0 ? " or " : "", words);
        }
      if (either->len > 0)
        g_string_append_printf (all, "%s(%s)", all->len > 0 ? " and " : "", either->str);
    }
  return g_string_free (all, FALSE);
}

/* Held against each other */

/* The rows that @words are true for. libpcap refuses what it finds out can't be true of any packet: then all are left out. */
static LensRowSet *
find_rows (const Case *it, const char *words)
{
  g_autoptr (GError) error = NULL;
  LensRowSet *rows = lens_bpf_pass_run (it->capture, words, NULL, NULL, &error);

  if (rows == NULL && strstr (error->message, "rejects all packets") != NULL)
    return lens_row_set_new (lens_packet_table_get_columns (it->table).n_packets);
  g_assert_no_error (error);
  return rows;
}

/* Returns how many packets both select. */
static gsize
compare (const Case *it, const LensFilter *filter)
{
  LensPacketColumns columns = lens_packet_table_get_columns (it->table);
  g_autoptr (LensSelection) selection = lens_selection_new (filter, it->table, NULL);
  g_autofree char *words = words_of_filter (filter);
  g_autoptr (LensRowSet) rows = find_rows (it, words);
  static const char *const passes[] = { "is left out", "passes" };

  for (gsize row = 0; row < columns.n_packets; row++)
    if (lens_selection_has_row (selection, &columns, row) != lens_row_set_has (rows, row))
      {
        g_autofree char *said = lens_filter_describe (filter);

        g_test_message ("packet %" G_GUINT64_FORMAT " %s by “%s”, but %s by “%s”",
                        lens_packet_table_get_number (it->table, row), passes[lens_row_set_has (rows, row)],
                        words, passes[!lens_row_set_has (rows, row)], said);
        g_assert_not_reached ();
      }
  return lens_row_set_count (rows);
}

static gsize
compare_term (const Case *it, LensFilterTerm term, gboolean is_inverted, gboolean is_off)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = NULL;

  term.is_inverted = is_inverted;
  term.is_off = is_off;
  filter = lens_filter_with_term (empty, &term);
  return compare (it, filter);
}

static void
compare_terms (const Case *it)
{
  gsize n_packets = lens_packet_table_get_columns (it->table).n_packets;

  for (guint i = 0; i < it->terms->len; i++)
    {
      LensFilterTerm term = g_array_index (it->terms, LensFilterTerm, i);
      gsize n = compare_term (it, term, FALSE, FALSE);

      g_assert_cmpuint (compare_term (it, term, TRUE, FALSE), ==, n_packets - n);
      g_assert_cmpuint (compare_term (it, term, TRUE, TRUE), ==, n_packets);
      n_that_divide[term.kind] += n > 0 && n < n_packets;
    }
}

static void
compare_mixed (const Case *it)
{
  for (guint i = 0; i < MIXED_A_CAPTURE; i++)
    {
      guint n_terms = (guint) g_test_rand_int_range (2, 6);
      g_autoptr (LensFilter) filter = lens_filter_new_empty ();
      gsize n;

      for (guint j = 0; j < n_terms; j++)
        {
          gint32 at = g_test_rand_int_range (0, (gint32) it->terms->len);
          LensFilterTerm term = g_array_index (it->terms, LensFilterTerm, at);
          g_autoptr (LensFilter) shorter = g_steal_pointer (&filter);

          term.is_inverted = g_test_rand_int_range (0, 3) == 0;
          term.is_off = g_test_rand_int_range (0, 6) == 0;
          filter = lens_filter_with_term (shorter, &term);
        }
      n = compare (it, filter);
      n_mixed_that_divide += n > 0 && n < lens_packet_table_get_columns (it->table).n_packets;
    }
}

/* What there is to filter by in a capture */

static void
add_term (Case *it, LensFilterTerm term)
{
  g_array_append_val (it->terms, term);
}

static void
add_terms_of_ports (Case *it, const LensFlow *flow)
{
  static const LensLayer layers[] = { LENS_LAYER_TCP, LENS_LAYER_UDP, LENS_PORT_ANY_LAYER };

  if (flow->source_port == 0 && flow->destination_port == 0)
    return;
  for (guint side = LENS_PORT_SOURCE; side <= LENS_PORT_EITHER; side++)
    for (gsize i = 0; i < G_N_ELEMENTS (layers); i++)
      {
        add_term (it, lens_filter_term_port (layers[i], side, flow->destination_port));
        add_term (it, lens_filter_term_port (layers[i], side, flow->source_port));
      }
}

static void
add_terms_of_flow (Case *it, const LensFlow *flow)
{
  LensHostsView hosts = lens_packet_table_get_hosts (it->table);
  const LensAddress *source, *destination;

  if (flow->source_host == LENS_HOST_NONE)
    return;
  source = &hosts.items[flow->source_host].address;
  destination = &hosts.items[flow->destination_host].address;
  add_term (it, lens_filter_term_host (source));
  add_term (it, lens_filter_term_host (destination));
  add_term (it, lens_filter_term_connection (source, destination));
  add_term (it, lens_filter_term_connection (destination, source));
  add_term (it, lens_filter_term_pair (destination, source));
  add_term (it, lens_filter_term_flow (source, flow->source_port, destination, flow->destination_port,
                                       flow->protocol));
  add_term (it, lens_filter_term_protocol (flow->protocol));
  for (guint side = LENS_PORT_SOURCE; side <= LENS_PORT_EITHER; side++)
    for (guint part = 1; part <= 4; part++)
      {
        LensSubnet subnet = lens_subnet_of (destination, lens_address_count_bits (destination) * part / 4);

        add_term (it, lens_filter_term_subnet (&subnet, side));
      }
  for (guint part = 1; part <= 4; part++)
    {
      LensSubnet from = lens_subnet_of (source, lens_address_count_bits (source) * part / 4);
      LensSubnet to = lens_subnet_of (destination, lens_address_count_bits (destination) * (5 - part) / 4);

      add_term (it, lens_filter_term_subnets (&from, &to, FALSE));
      add_term (it, lens_filter_term_subnets (&to, &from, FALSE));
      add_term (it, lens_filter_term_subnets (&to, &from, TRUE));
    }
  add_terms_of_ports (it, flow);
}

static void
hold_against_bpf (const LensCapture *capture)
{
  Case it
      = { capture, lens_capture_get_table (capture), g_array_new (FALSE, FALSE, sizeof (LensFilterTerm)) };
  LensFlowsView flows = lens_packet_table_get_flows (it.table);
  gsize n = MIN (flows.n, FLOWS_A_CAPTURE);

  for (gsize i = 0; i < n; i++)
    add_terms_of_flow (&it, &flows.items[n > 1 ? i * (flows.n - 1) / (n - 1) : 0]);
  for (guint class = 0; class < LENS_CLASS_MALFORMED; class ++)
    add_term (&it, lens_filter_term_layer ((LensLayerClass) class));
  compare_terms (&it);
  compare_mixed (&it);
  g_array_unref (it.terms);
  n_captures++;
}

static void
hold_file_against_bpf (const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture = lens_loader_load (paths, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  hold_against_bpf (capture);
}

static void
test_ring (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);

  hold_file_against_bpf (path);
}

/* Captures made here */

static void
put_ip (GByteArray *packet, guint version, guint source, guint destination, guint8 protocol, guint n_above)
{
  static const guint8 network[15] = { 0x20, 0x01, 0x0d, 0xb8 };

  if (version == 4)
    {
      const guint8 addresses[8] = { 10, (guint8) (source / 4),      2, (guint8) source,
                                    10, (guint8) (destination / 4), 2, (guint8) destination };

      test_put_u16 (packet, TRUE, 0x4500);
      test_put_u16 (packet, TRUE, (guint16) (20 + n_above));
      test_put_u32 (packet, TRUE, 1 << 16);
      test_put_u8 (packet, 64);
      test_put_u8 (packet, protocol);
      test_put_u16 (packet, TRUE, 0);
      g_byte_array_append (packet, addresses, sizeof addresses);
      return;
    }
  test_put_u32 (packet, TRUE, 0x60000000);
  test_put_u16 (packet, TRUE, (guint16) n_above);
  test_put_u8 (packet, protocol);
  test_put_u8 (packet, 64);
  for (guint i = 0; i < 2; i++)
    {
      g_byte_array_append (packet, network, sizeof network);
      test_put_u8 (packet, (guint8) (i == 0 ? source : destination));
    }
}

/* A few hosts of both versions with all kinds of protocols, a fifth of them without IP. */
static GByteArray *
make_packet (gboolean is_on_ethernet)
{
  static const guint8 protocols[] = { 6, 6, 17, 17, 1, 58, 47, 132 };
  static const guint16 ports[] = { 53, 443, 5000, 50000 };
  GByteArray *packet = g_byte_array_new ();
  guint version = g_test_rand_bit () ? 4 : 6;
  gboolean is_arp = is_on_ethernet && g_test_rand_int_range (0, 5) == 0;
  guint8 protocol = protocols[g_test_rand_int_range (0, G_N_ELEMENTS (protocols))];
  guint n_above = 40;

  if (is_on_ethernet)
    {
      test_put_fill (packet, 2, 12);
      test_put_u16 (packet, TRUE, is_arp ? 0x0806 : version == 4 ? 0x0800 : 0x86dd);
    }
  if (is_arp)
    {
      test_put_fill (packet, 0, 46);
      return packet;
    }
  put_ip (packet, version, (guint) g_test_rand_int_range (1, 9), (guint) g_test_rand_int_range (1, 9),
          protocol, n_above);
  test_put_u16 (packet, TRUE, ports[g_test_rand_int_range (0, G_N_ELEMENTS (ports))]);
  test_put_u16 (packet, TRUE, ports[g_test_rand_int_range (0, G_N_ELEMENTS (ports))]);
  test_put_u32 (packet, TRUE, (guint32) n_above << 16);
  test_put_u32 (packet, TRUE, 0);
  test_put_u32 (packet, TRUE, 0x50100400); /* TCP: a header of 20 bytes */
  test_put_fill (packet, 0, n_above - 16);
  return packet;
}

static void
put_record (GByteArray *file, guint32 second, guint32 fraction, const GByteArray *packet)
{
  test_put_u32 (file, FALSE, second);
  test_put_u32 (file, FALSE, fraction);
  test_put_u32 (file, FALSE, packet->len);
  test_put_u32 (file, FALSE, packet->len);
  g_byte_array_append (file, packet->data, packet->len);
}

static GByteArray *
make_pcap (gboolean is_on_ethernet, gboolean is_in_order)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, is_on_ethernet ? TEST_LINK_TYPE_ETHERNET : 101);
  for (guint32 i = 0; i < N_MADE; i++)
    {
      g_autoptr (GByteArray) packet = make_packet (is_on_ethernet);

      put_record (file, 1600000000 + i, is_in_order ? i : (guint32) g_test_rand_int_range (0, 1000000),
                  packet);
    }
  return file;
}

/* An interface of Ethernet and one of raw IP in one file. */
static GByteArray *
make_pcapng (void)
{
  GByteArray *file = g_byte_array_new ();

  test_put_section (file, FALSE);
  test_put_interface (file, FALSE, TEST_LINK_TYPE_ETHERNET, 65535);
  test_put_interface (file, FALSE, 101, 65535);
  for (guint32 i = 0; i < N_MADE; i++)
    {
      gboolean is_on_ethernet = g_test_rand_bit ();
      g_autoptr (GByteArray) packet = make_packet (is_on_ethernet);
      g_autoptr (GByteArray) body = g_byte_array_new ();

      test_put_u32 (body, FALSE, is_on_ethernet ? 0 : 1);
      test_put_u64 (body, FALSE, (guint64) i << 32);
      test_put_u32 (body, FALSE, packet->len);
      test_put_u32 (body, FALSE, packet->len);
      g_byte_array_append (body, packet->data, packet->len);
      test_put_fill (body, 0, -packet->len & 3);
      test_put_block (file, FALSE, 6, body);
    }
  return file;
}

/* @file: (transfer full) */
static void
hold_bytes_against_bpf (const char *name, GByteArray *file)
{
  g_autoptr (GByteArray) owned = file;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lens-filter-captures-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_no_error (error);
  g_file_set_contents (path, (const char *) owned->data, (gssize) owned->len, &error);
  g_assert_no_error (error);
  hold_file_against_bpf (path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_ethernet (void)
{
  hold_bytes_against_bpf ("ethernet.pcap", make_pcap (TRUE, TRUE));
}

static void
test_out_of_order (void)
{
  hold_bytes_against_bpf ("disordered.pcap", make_pcap (TRUE, FALSE));
}

static void
test_raw_and_packed (void)
{
  g_autoptr (GByteArray) plain = make_pcap (FALSE, TRUE);

  hold_bytes_against_bpf ("raw.pcap.gz", test_pack (plain));
}

static void
test_interfaces (void)
{
  hold_bytes_against_bpf ("interfaces.pcapng", make_pcapng ());
}

/* Fragments, VLAN tags, Linux' cooked headers, multicast, compressed: what nobody made for this test. */
static void
test_shared (void)
{
  static const char *const names[] = { "pcapplusplus/example.pcap",     "pcapplusplus/tls2.pcap",
                                       "pcapplusplus/ip-frag.pcap",     "pcapplusplus/sll.pcap",
                                       "pcapplusplus/DnsPackets.pcap",  "pcapplusplus/raw_ip.pcap",
                                       "pcapplusplus/IgmpPackets.pcap", "scapy/doip.pcap.gz" };
  const char *captures = g_getenv ("LENS_TEST_CAPTURES");
  g_autofree char *beside = g_build_filename (captures, "..", "..", "..", "shared", "captures", NULL);
  const char *set = g_getenv ("LENS_SHARED_CAPTURES");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (set != NULL ? set : beside, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        hold_file_against_bpf (path);
      else
        g_test_message ("NOT TESTED: there is no %s", path);
    }
}

/* Nothing above proves anything of a kind of term that selected all or nothing everywhere. */
static void
test_all_kinds_divide (void)
{
  static const LensFilterKind kinds[]
      = { LENS_FILTER_HOST,     LENS_FILTER_SUBNET, LENS_FILTER_CONNECTION, LENS_FILTER_FLOW,
          LENS_FILTER_PROTOCOL, LENS_FILTER_LAYER,  LENS_FILTER_PORT };

  g_test_message ("%u captures, %u mixed filters", n_captures, n_mixed_that_divide);
  g_assert_cmpuint (n_captures, >=, 5);
  g_assert_cmpuint (n_mixed_that_divide, >=, 5 * n_captures);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpuint (n_that_divide[kinds[i]], >=, n_captures);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-captures/ring", test_ring);
  g_test_add_func ("/filter-captures/ethernet", test_ethernet);
  g_test_add_func ("/filter-captures/out-of-order", test_out_of_order);
  g_test_add_func ("/filter-captures/raw-and-packed", test_raw_and_packed);
  g_test_add_func ("/filter-captures/interfaces", test_interfaces);
  g_test_add_func ("/filter-captures/shared", test_shared);
  g_test_add_func ("/filter-captures/all-kinds-divide", test_all_kinds_divide);
  return g_test_run ();
}
