/* Subnets, layers and malformed packets as terms of a filter, by themselves and with others; and one span of time in place of others. */
#include "lens-selection.h"
#include "lens-session.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  const char *source; /* NULL: no IP */
  const char *destination;
  LensLayer layer;
  gboolean is_malformed;
} Row;

static const Row rows[] = {
  { "10.1.1.1", "10.1.2.1", LENS_LAYER_TCP, FALSE },
  { "10.1.2.1", "10.2.0.1", LENS_LAYER_UDP, FALSE },
  { "10.2.0.1", "192.0.2.1", LENS_LAYER_ICMP, FALSE },
  { "192.0.2.1", "10.1.1.1", LENS_LAYER_OTHER_IP, TRUE },
  { NULL, NULL, LENS_LAYER_NOT_IP, FALSE },
  { NULL, NULL, LENS_LAYER_NOT_IP, TRUE },
  { "2001:db8:0:1::1", "2001:db8:0:2::1", LENS_LAYER_TCP, FALSE },
  { "2001:db8:0:2::1", "2001:db9::1", LENS_LAYER_TCP, FALSE },
};

#define N_ROWS G_N_ELEMENTS (rows)

static LensPacketTable *
new_table (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();

  for (gsize i = 0; i < N_ROWS; i++)
    {
      LensPacket packet = { .status = rows[i].is_malformed ? LENS_DECODE_MALFORMED : LENS_DECODE_OK,
                            .layer = rows[i].layer };

      if (rows[i].source != NULL)
        {
          packet.source = test_address (rows[i].source);
          packet.destination = test_address (rows[i].destination);
          packet.ip_version = packet.source.version;
          packet.protocol = rows[i].layer == LENS_LAYER_TCP ? 6 : rows[i].layer == LENS_LAYER_UDP ? 17 : 1;
        }
      g_assert_true (
          lens_packet_table_builder_append (builder, &packet, (gint64) i, 60, 60, 24 + 100 * i, NULL));
    }
  return lens_packet_table_builder_freeze (builder);
}

/* "from 10.0.0.0/8", "to ...", "net ...", "host ...", "layer 3", with "not " or "off " before. */
static LensFilterTerm
term_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean is_inverted = g_str_equal (words[0], "not");
  gboolean is_off = g_str_equal (words[0], "off");
  char **rest = words + (is_inverted || is_off);
  LensFilterTerm term;
  LensAddress address;
  LensSubnet subnet;

  if (g_str_equal (rest[0], "layer"))
    term = lens_filter_term_layer ((LensLayerClass) g_ascii_strtoull (rest[1], NULL, 10));
  else if (g_str_equal (rest[0], "host"))
    {
      address = test_address (rest[1]);
      term = lens_filter_term_host (&address);
    }
  else
    {
      g_assert_true (lens_subnet_parse (rest[1], &subnet));
      term = lens_filter_term_subnet (&subnet, g_str_equal (rest[0], "from") ? LENS_PORT_SOURCE
                                               : g_str_equal (rest[0], "to") ? LENS_PORT_DESTINATION
                                                                             : LENS_PORT_EITHER);
    }
  term.is_inverted = is_inverted;
  term.is_off = is_off;
  return term;
}

static LensFilter *
filter_of (const char *text)
{
  g_auto (GStrv) texts = g_strsplit (text, ", ", -1);
  LensFilter *filter = lens_filter_new_empty ();

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      g_autoptr (LensFilter) shorter = filter;
      LensFilterTerm term = term_of (texts[i]);

      filter = lens_filter_with_term (shorter, &term);
    }
  return filter;
}

static void
test_selects (void)
{
  static const struct
  {
    const char *terms;
    const char *passes; /* a digit a packet */
  } cases[] = {
    { "net 10.1.0.0/16", "11010000" },
    { "from 10.1.0.0/16", "11000000" },
    { "to 10.1.0.0/16", "10010000" },
    { "net 10.1.2.99/24", "11000000" }, /* what is after the prefix is no matter */
    { "net 10.1.1.0/24, net 10.2.0.0/16", "11110000" },
    { "net 0.0.0.0/0", "11110000" },
    { "net ::/0", "00000011" },
    { "net 2001:db8::/32", "00000011" },
    { "net 2001:db8:0:1::/64", "00000010" },
    { "to 2001:db8::/31", "00000011" },
    { "to 2001:db9::/32", "00000001" },
    { "net 172.16.0.0/12", "00000000" },
    { "net 10.1.1.1/32", "10010000" },
    { "from 10.1.1.1/32", "10000000" },
    { "not net 10.1.0.0/16", "00101111" },
    { "off net 10.1.0.0/16", "11111111" },
    /* A host and a subnet mean either of them, as two hosts do. */
    { "host 192.0.2.1, net 10.1.2.0/24", "11110000" },
    { "net 10.0.0.0/8, not net 10.1.1.0/24", "01100000" },
    { "net 10.0.0.0/8, not host 10.2.0.1", "10010000" },
    { "layer 0", "11110011" }, /* LENS_CLASS_IP */
    { "layer 1", "11110000" },
    { "layer 2", "00000011" },
    { "layer 3", "10000011" },
    { "layer 4", "01000000" },
    { "layer 5", "00100000" },
    { "layer 6", "00010000" },
    { "layer 7", "00001100" },
    { "layer 8", "00010100" },
    { "not layer 7", "11110011" },
    { "not layer 8", "11101011" },
    { "off layer 7", "11111111" },
    { "layer 4, layer 7", "01001100" },
    /* Malformed packets are of a layer as well. */
    { "layer 7, layer 8", "00000100" },
    { "layer 6, layer 7, layer 8", "00010100" },
    { "layer 7, not layer 8", "00001000" },
    { "layer 3, net 10.0.0.0/8", "10000000" },
    { "layer 7, net 10.0.0.0/8", "00000000" },
  };
  g_autoptr (LensPacketTable) table = new_table ();
  LensPacketColumns columns = lens_packet_table_get_columns (table);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensFilter) filter = filter_of (cases[i].terms);
      g_autoptr (LensSelection) selection = lens_selection_new (filter, table, NULL);
      char digits[N_ROWS + 1] = { 0 };

      for (gsize row = 0; row < N_ROWS; row++)
        digits[row] = lens_selection_has_row (selection, &columns, row) ? '1' : '0';
      g_test_message ("%s", cases[i].terms);
      g_assert_cmpstr (digits, ==, cases[i].passes);
      g_assert_true (lens_selection_get_view (selection).is_by_flows);
    }
}

/* What a layer term lets pass is what is counted of that layer. */
static void
test_layers_add_up (void)
{
  g_autoptr (LensCapture) capture = lens_capture_new_for_path (new_table (), "hand-built.pcap");
  g_autoptr (LensAnalysis) whole = test_analyse (capture, NULL, NULL);
  const LensLayerCounts *counts = lens_analysis_get_layers (whole);
  const guint64 expected[LENS_N_CLASSES]
      = { counts->ip,   counts->ipv4,     counts->ipv6,   counts->tcp,      counts->udp,
          counts->icmp, counts->other_ip, counts->not_ip, counts->malformed };

  for (LensLayerClass class = 0; class < LENS_N_CLASSES; class ++)
    {
      LensFilterTerm term = lens_filter_term_layer (class);
      g_autoptr (LensAnalysis) part = test_analyse (capture, &term, NULL);

      g_assert_cmpuint (expected[class], >, 0);
      g_assert_cmpuint (lens_analysis_get_layers (part)->all, ==, expected[class]);
    }
}

static void
test_alike (void)
{
  static const char *const texts[]
      = { "net 10.0.0.0/8", "from 10.0.0.0/8", "to 10.0.0.0/8", "net 10.0.0.0/9", "net ::/8",
          "host 10.0.0.0",  "net 10.0.0.0/32", "layer 0",       "layer 7",        "not net 10.0.0.0/8" };
  const gsize n = G_N_ELEMENTS (texts);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      {
        LensFilterTerm a = term_of (texts[i]);
        LensFilterTerm b = term_of (texts[j]);
        gboolean is_same = i == j || (MIN (i, j) == 0 && MAX (i, j) == n - 1);

        g_test_message ("%s and %s", texts[i], texts[j]);
        g_assert_cmpint (lens_filter_term_is_alike (&a, &b), ==, is_same);
        if (is_same)
          g_assert_cmpuint (lens_filter_term_hash (&a), ==, lens_filter_term_hash (&b));
      }
}

/* A span takes the place of those that select; what is left out, switched off or no span stays. */
static void
test_one_span (void)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  LensFilterTerm off = lens_filter_term_time (1, 2);
  LensFilterTerm hole = lens_filter_term_time (3, 4);
  LensFilterTerm first = lens_filter_term_time (5, 6);
  LensFilterTerm second = lens_filter_term_time (7, 8);
  LensFilterTerm other = lens_filter_term_time (9, 10);
  LensFilterTerm layer = lens_filter_term_layer (LENS_CLASS_IP);
  const LensFilterTerm *terms[] = { &off, &first, &hole, &layer, &second };
  g_autoptr (LensFilter) filter = lens_filter_ref (empty);
  g_autoptr (LensFilter) one = NULL;
  g_autoptr (LensFilter) none = NULL;

  off.is_off = TRUE;
  hole.is_inverted = TRUE;
  g_assert_false (lens_filter_term_is_span (&off));
  g_assert_false (lens_filter_term_is_span (&hole));
  g_assert_false (lens_filter_term_is_span (&layer));
  g_assert_true (lens_filter_term_is_span (&first));
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_autoptr (LensFilter) shorter = filter;

      filter = lens_filter_with_term (shorter, terms[i]);
    }
  one = lens_filter_with_span (filter, &other);
  none = lens_filter_with_span (filter, NULL);
  g_assert_cmpuint (lens_filter_get_n_terms (one), ==, 4);
  g_assert_true (lens_filter_has_term (one, &off));
  g_assert_true (lens_filter_has_term (one, &hole));
  g_assert_true (lens_filter_has_term (one, &layer));
  g_assert_true (lens_filter_has_term (one, &other));
  g_assert_cmpuint (lens_filter_get_n_terms (none), ==, 3);
  g_assert_false (lens_filter_has_term (none, &first));
  g_assert_false (lens_filter_has_term (none, &second));
  g_assert_cmpuint (lens_filter_get_n_terms (filter), ==, 5);
}

/* Everything of the spans that are looked at; or everything of one kind, the rest as it is. */
static void
test_show_all (void)
{
  g_autoptr (LensSession) session = lens_session_new ();
  LensFilterTerm time = lens_filter_term_time (1, 2);
  LensFilterTerm layer = lens_filter_term_layer (LENS_CLASS_TCP);
  LensFilterTerm port = lens_filter_term_port (LENS_LAYER_TCP, LENS_PORT_EITHER, 443);

  lens_session_add_term (session, &time);
  lens_session_add_term (session, &layer);
  lens_session_add_term (session, &port);
  lens_session_show_all (session, LENS_FILTER_LAYER, TRUE);
  g_assert_cmpuint (lens_filter_get_n_terms (lens_session_get_filter (session)), ==, 2);
  g_assert_false (lens_filter_has_term (lens_session_get_filter (session), &layer));
  lens_session_add_term (session, &layer);
  lens_session_show_all (session, LENS_FILTER_LAYER, FALSE);
  g_assert_cmpuint (lens_filter_get_n_terms (lens_session_get_filter (session)), ==, 1);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &time));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-kinds/selects", test_selects);
  g_test_add_func ("/filter-kinds/layers", test_layers_add_up);
  g_test_add_func ("/filter-kinds/alike", test_alike);
  g_test_add_func ("/filter-kinds/span", test_one_span);
  g_test_add_func ("/filter-kinds/show-all", test_show_all);
  return g_test_run ();
}
