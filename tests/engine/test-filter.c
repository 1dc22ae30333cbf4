/* The filter as a list of terms, and what it selects in a table. */
#include "lens-selection.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)

/* The packets that filters choose from: one flow each, in this order, a second apart from 1000 s on. */
static const TestPacket packets[] = {
  { 1000 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 1000, 443, 1 },
  { 1001 * SECOND, "192.0.2.2", "192.0.2.1", LENS_LAYER_TCP, 443, 1000, 1 },
  { 1002 * SECOND, "192.0.2.1", "192.0.2.3", LENS_LAYER_UDP, 443, 53, 1 },
  { 1003 * SECOND, "192.0.2.3", "192.0.2.2", LENS_LAYER_TCP, 2000, 80, 1 },
  { 1004 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_ICMP, 0, 0, 1 },
  { 1005 * SECOND, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 },
  { 1006 * SECOND, "2001:db8::1", "2001:db8::2", LENS_LAYER_UDP, 53, 443, 1 },
};

#define N_PACKETS G_N_ELEMENTS (packets)

static LensPacketTable *
filter_table (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();

  for (gsize i = 0; i < N_PACKETS; i++)
    test_append (builder, &packets[i]);
  return lens_packet_table_builder_freeze (builder);
}

static LensFilterTerm
port_term_of (char **words)
{
  LensLayer layer = g_str_equal (words[0], "tcp")   ? LENS_LAYER_TCP
                    : g_str_equal (words[0], "udp") ? LENS_LAYER_UDP
                                                    : LENS_PORT_ANY_LAYER;
  guint side = g_str_equal (words[1], "source")        ? LENS_PORT_SOURCE
               : g_str_equal (words[1], "destination") ? LENS_PORT_DESTINATION
                                                       : LENS_PORT_EITHER;

  return lens_filter_term_port (layer, side, (guint16) g_ascii_strtoull (words[2], NULL, 10));
}

static LensFilterTerm
selecting_term_of (char **words)
{
  LensAddress a, b;

  if (g_str_equal (words[0], "bpf"))
    return lens_filter_term_bpf (g_intern_string (words[1]));
  if (g_str_equal (words[0], "protocol"))
    return lens_filter_term_protocol ((guint8) g_ascii_strtoull (words[1], NULL, 10));
  if (g_str_equal (words[0], "time"))
    return lens_filter_term_time (g_ascii_strtoll (words[1], NULL, 10) * SECOND,
                                  g_ascii_strtoll (words[2], NULL, 10) * SECOND);
  if (g_str_equal (words[0], "tcp") || g_str_equal (words[0], "udp") || g_str_equal (words[0], "any"))
    return port_term_of (words);
  a = test_address (words[1]);
  if (g_str_equal (words[0], "host"))
    return lens_filter_term_host (&a);
  b = test_address (words[2]);
  if (g_str_equal (words[0], "pair"))
    return lens_filter_term_pair (&a, &b);
  if (g_str_equal (words[0], "connection"))
    return lens_filter_term_connection (&a, &b);
  g_assert_cmpstr (words[0], ==, "flow");
  return lens_filter_term_flow (&a, (guint16) g_ascii_strtoull (words[3], NULL, 10), &b,
                                (guint16) g_ascii_strtoull (words[4], NULL, 10),
                                (guint8) g_ascii_strtoull (words[5], NULL, 10));
}

/* "host 192.0.2.1", "not time 1000 1001", "off tcp source 443": terms for tables of cases. */
static LensFilterTerm
term_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean is_off = g_str_equal (words[0], "off");
  gboolean is_inverted = g_str_equal (words[is_off], "not");
  LensFilterTerm term = selecting_term_of (words + is_off + is_inverted);

  term.is_off = is_off;
  term.is_inverted = is_inverted;
  return term;
}

static LensFilter *
filter_of (const char *text)
{
  g_auto (GStrv) texts = g_strsplit (text, ", ", -1);
  LensFilter *filter = lens_filter_new_empty ();

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      LensFilterTerm term = term_of (texts[i]);
      LensFilter *longer = lens_filter_with_term (filter, &term);

      lens_filter_unref (filter);
      filter = longer;
    }
  return filter;
}

/* The set of the rows that have a 1 in @digits. */
static LensRowSet *
set_of (const char *digits)
{
  LensRowSet *set = lens_row_set_new (strlen (digits));

  for (gsize row = 0; digits[row] != '\0'; row++)
    if (digits[row] == '1')
      lens_row_set_add (set, row);
  return set;
}

/* A term "bpf 0110000" stands for the rows that its digits say. */
static LensSelection *
select_rows (const LensFilter *filter, const LensPacketTable *table)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_row_set_unref);
  LensSelection *selection;

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);

      if (term->kind == LENS_FILTER_BPF && !term->is_off)
        g_ptr_array_add (sets, set_of (term->expression));
    }
  selection = lens_selection_new (filter, table, sets);
  g_assert_nonnull (selection);
  return selection;
}

/* A digit a row, and that ranges and has_row agree. */
static void
write_digits (const LensSelection *selection, const LensPacketTable *table, char *digits)
{
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensSelectionView view = lens_selection_get_view (selection);
  gsize after = 0;

  memset (digits, '0', columns.n_packets);
  digits[columns.n_packets] = '\0';
  for (gsize i = 0; i < view.n_ranges; i++)
    {
      g_assert_cmpuint (view.ranges[i].first, <, view.ranges[i].end);
      g_assert_true (i == 0 || view.ranges[i].first > after);
      after = view.ranges[i].end;
      for (gsize row = view.ranges[i].first; row < view.ranges[i].end; row++)
        if (view.flows[columns.flow[row]] && (view.rows == NULL || lens_row_set_has (view.rows, row)))
          digits[row] = '1';
    }
  for (gsize row = 0; row < columns.n_packets; row++)
    g_assert_cmpint (lens_selection_has_row (selection, &columns, row), ==, digits[row] == '1');
}

static void
test_selects (void)
{
  static const struct
  {
    const char *terms;
    const char *passes; /* a digit a packet */
    gboolean is_by_rows;
  } cases[] = {
    { "", "1111111", FALSE },
    { "host 192.0.2.1", "1110100", FALSE },
    { "host 192.0.2.3", "0011000", FALSE },
    { "host 192.0.2.1, host 192.0.2.3", "1111100", FALSE },
    { "host 192.0.2.9", "0000000", FALSE },
    { "host 192.0.2.9, host 192.0.2.3", "0011000", FALSE },
    { "host 2001:db8::1", "0000001", FALSE },
    { "connection 192.0.2.1 192.0.2.2", "1000100", FALSE },
    { "connection 192.0.2.2 192.0.2.1", "0100000", FALSE },
    { "connection 192.0.2.1 192.0.2.9", "0000000", FALSE },
    { "connection 192.0.2.9 192.0.2.8", "0000000", FALSE },
    { "pair 192.0.2.1 192.0.2.2", "1100100", FALSE },
    { "pair 192.0.2.2 192.0.2.1", "1100100", FALSE },
    { "pair 192.0.2.1 192.0.2.9", "0000000", FALSE },
    { "pair 192.0.2.1 192.0.2.2, connection 192.0.2.3 192.0.2.2", "1101100", FALSE },
    { "flow 192.0.2.1 192.0.2.2 1000 443 6", "1000000", FALSE },
    { "flow 192.0.2.1 192.0.2.2 1000 443 17", "0000000", FALSE },
    { "flow 192.0.2.1 192.0.2.2 443 1000 6", "0000000", FALSE },
    { "flow 192.0.2.1 192.0.2.2 0 0 1", "0000100", FALSE },
    { "flow 192.0.2.9 192.0.2.8 0 0 0", "0000000", FALSE },
    { "protocol 6", "1101000", FALSE },
    { "protocol 1", "0000100", FALSE },
    { "protocol 0", "0000000", FALSE }, /* not what has no protocol */
    { "protocol 6, protocol 1", "1101100", FALSE },
    { "tcp source 443", "0100000", FALSE },
    { "tcp destination 443", "1000000", FALSE },
    { "tcp source 443, tcp destination 443", "1100000", FALSE },
    { "tcp either 443", "1100000", FALSE },
    { "udp source 443", "0010000", FALSE },
    { "udp destination 443", "0000001", FALSE },
    { "any either 443", "1110001", FALSE },
    { "any source 443", "0110000", FALSE },
    { "any either 0", "0000000", FALSE }, /* ICMP has none */
    { "tcp source 0", "0000000", FALSE },
    { "host 192.0.2.1, tcp destination 443", "1000000", FALSE },
    { "host 192.0.2.3, tcp destination 443", "0000000", FALSE },
    { "host 192.0.2.1, host 192.0.2.3, udp source 443, tcp destination 80", "0011000", FALSE },
    { "connection 192.0.2.1 192.0.2.2, host 192.0.2.2, tcp destination 443", "1000000", FALSE },
    { "not host 192.0.2.1", "0001011", FALSE },
    { "not host 192.0.2.9", "1111111", FALSE },
    { "not host 192.0.2.1, not protocol 6", "0000011", FALSE },
    { "host 192.0.2.1, not host 192.0.2.3", "1100100", FALSE },
    { "host 192.0.2.1, host 192.0.2.2, not tcp either 443", "0011100", FALSE },
    { "not pair 192.0.2.1 192.0.2.2", "0011011", FALSE },
    { "off host 192.0.2.1", "1111111", FALSE },
    { "off host 192.0.2.1, host 192.0.2.3", "0011000", FALSE },
    { "off not host 192.0.2.1, protocol 6", "1101000", FALSE },
    { "time 1001 1003", "0111000", TRUE },
    { "time 1003 1001", "0111000", TRUE },
    { "time 0 999", "0000000", TRUE },
    { "time 1006 2000", "0000001", TRUE },
    { "time 0 2000", "1111111", TRUE },
    { "time 1000 1000, time 1004 1005", "1000110", TRUE },
    { "time 1000 1003, time 1002 1004", "1111100", TRUE },
    { "time 1000 1001, time 1002 1004", "1111100", TRUE },
    { "not time 1001 1003", "1000111", TRUE },
    { "not time 0 2000", "0000000", TRUE },
    { "time 1000 1004, not time 1002 1002", "1101100", TRUE },
    { "time 1000 1004, not time 1000 1001, not time 1004 1009", "0011000", TRUE },
    { "time 1000 1001, time 1005 1006, not time 1001 1005", "1000001", TRUE },
    { "time 1000 1003, host 192.0.2.3", "0011000", TRUE },
    { "off time 1000 1000", "1111111", FALSE },
    { "bpf 0101010", "0101010", TRUE },
    { "bpf 0000000", "0000000", TRUE },
    { "bpf 0100000, bpf 0000010", "0100010", TRUE },
    { "not bpf 0100000, not bpf 0000010", "1011101", TRUE },
    { "not bpf 0100000, bpf 1110000, bpf 0001000", "1011000", TRUE },
    { "bpf 1110000, off not bpf 0100000", "1110000", TRUE },
    { "off bpf 1110000, not bpf 0100000", "1011111", TRUE },
    { "off bpf 1110000", "1111111", FALSE },
    { "bpf 1111000, time 1003 1010, not host 192.0.2.9", "0001000", TRUE },
    { "bpf 1111000, host 192.0.2.3, not protocol 17", "0001000", TRUE },
  };
  g_autoptr (LensPacketTable) table = filter_table ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensFilter) filter
          = *cases[i].terms == '\0' ? lens_filter_new_empty () : filter_of (cases[i].terms);
      g_autoptr (LensSelection) selection = select_rows (filter, table);
      char digits[N_PACKETS + 1];

      g_test_message ("%s", cases[i].terms);
      write_digits (selection, table, digits);
      g_assert_cmpstr (digits, ==, cases[i].passes);
      g_assert_cmpint (lens_selection_get_view (selection).is_by_flows, ==, !cases[i].is_by_rows);
    }
}

/* SCTP has ports without being a layer of its own; GRE has none, whatever its flow says. */
static void
test_ports_of_other_protocols (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  g_autoptr (LensFilter) any = filter_of ("any either 443");
  g_autoptr (LensFilter) tcp = filter_of ("tcp either 443");
  g_autoptr (LensFilter) zero = filter_of ("any either 0");
  g_autoptr (LensSelection) selection = NULL;
  g_autoptr (LensSelection) of_tcp = NULL;
  g_autoptr (LensSelection) of_zero = NULL;
  LensPacket packet = { .layer = LENS_LAYER_OTHER_IP,
                        .ip_version = 4,
                        .protocol = 132,
                        .source_port = 443,
                        .destination_port = 9,
                        .source = test_address ("192.0.2.1"),
                        .destination = test_address ("192.0.2.2") };

  g_assert_true (lens_packet_table_builder_append (builder, &packet, 0, 60, 60, 24, NULL));
  packet.protocol = 47;
  packet.source_port = packet.destination_port = 0;
  g_assert_true (lens_packet_table_builder_append (builder, &packet, 0, 60, 60, 124, NULL));
  table = lens_packet_table_builder_freeze (builder);
  selection = select_rows (any, table);
  of_tcp = select_rows (tcp, table);
  of_zero = select_rows (zero, table);
  g_assert_cmpmem (lens_selection_get_view (selection).flows, 2, ((const guint8[]){ 1, 0 }), 2);
  g_assert_cmpmem (lens_selection_get_view (of_tcp).flows, 2, ((const guint8[]){ 0, 0 }), 2);
  g_assert_cmpmem (lens_selection_get_view (of_zero).flows, 2, ((const guint8[]){ 0, 0 }), 2);
}

/* Several packets at the ends of a span, times before 1970, the longest span there is, and no packets at all. */
static void
test_ends_of_spans (void)
{
  static const gint64 times_ns[] = { G_MININT64, -5, 7, 7, 7, 8, 8, G_MAXINT64 };
  static const struct
  {
    gint64 first_ns;
    gint64 last_ns;
    gsize first;
    gsize end;
  } cases[] = {
    { 7, 7, 2, 5 },  { 7, 8, 2, 7 },           { 8, 8, 5, 7 },          { 6, 7, 2, 5 },
    { -5, 6, 1, 2 }, { G_MININT64, -6, 0, 1 }, { 9, G_MAXINT64, 7, 8 }, { G_MININT64, G_MAXINT64, 0, 8 },
  };
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) nothing = lens_packet_table_builder_freeze (lens_packet_table_builder_new ());
  g_autoptr (LensPacketTable) table = NULL;
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (times_ns); i++)
    {
      TestPacket packet = packets[0];

      packet.time_ns = times_ns[i];
      test_append (builder, &packet);
    }
  table = lens_packet_table_builder_freeze (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensFilterTerm term = lens_filter_term_time (cases[i].first_ns, cases[i].last_ns);
      g_autoptr (LensFilter) filter = lens_filter_with_term (empty, &term);
      g_autoptr (LensSelection) selection = select_rows (filter, table);
      g_autoptr (LensSelection) of_nothing = select_rows (filter, nothing);
      LensSelectionView view = lens_selection_get_view (selection);

      g_assert_cmpuint (view.n_ranges, ==, 1);
      g_assert_cmpuint (view.ranges[0].first, ==, cases[i].first);
      g_assert_cmpuint (view.ranges[0].end, ==, cases[i].end);
      g_assert_cmpuint (lens_selection_get_view (of_nothing).n_ranges, ==, 0);
    }
}

static void
test_row_sets (void)
{
  static const gsize sizes[] = { 0, 1, 63, 64, 65, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize n = sizes[i];
      g_autoptr (LensRowSet) thirds = lens_row_set_new (n);
      g_autoptr (LensRowSet) all = lens_row_set_new (n);
      g_autoptr (LensRowSet) sum = lens_row_set_new (n);

      for (gsize row = 0; row < n; row += 3)
        lens_row_set_add (thirds, row);
      g_assert_cmpuint (lens_row_set_count (thirds), ==, (n + 2) / 3);
      for (gsize from = 0; from <= n; from++)
        {
          gsize end = n - n / 5;

          g_assert_cmpuint (lens_row_set_next (thirds, from, n), ==, MIN ((from + 2) / 3 * 3, n));
          g_assert_cmpuint (lens_row_set_next (thirds, MIN (from, end), end), ==,
                            MIN ((MIN (from, end) + 2) / 3 * 3, end));
        }
      g_assert_cmpuint (lens_row_set_count (all), ==, 0);
      lens_row_set_add_all (all);
      g_assert_cmpuint (lens_row_set_count (all), ==, n);
      lens_row_set_take_away (all, thirds);
      g_assert_cmpuint (lens_row_set_count (all), ==, n - (n + 2) / 3);
      for (gsize row = 0; row < n; row++)
        g_assert_cmpint (lens_row_set_has (all, row), ==, row % 3 != 0);
      lens_row_set_add_set (sum, all);
      lens_row_set_add_set (sum, thirds);
      g_assert_cmpuint (lens_row_set_count (sum), ==, n);
    }
}

static void
test_without_kind (void)
{
  const LensAddress a = test_address ("192.0.2.1");
  LensFilterTerm terms[] = { lens_filter_term_time (1, 2), lens_filter_term_host (&a),
                             lens_filter_term_time (5, 6), lens_filter_term_bpf ("tcp") };
  LensFilter *filter = lens_filter_new_empty ();
  g_autoptr (LensFilter) timeless = NULL;
  g_autoptr (LensFilter) same = NULL;

  terms[2].is_inverted = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      LensFilter *more = lens_filter_with_term (filter, &terms[i]);

      lens_filter_unref (filter);
      filter = more;
    }
  timeless = lens_filter_without_kind (filter, LENS_FILTER_TIME);
  lens_filter_unref (filter);
  g_assert_cmpuint (lens_filter_get_n_terms (timeless), ==, 2);
  g_assert_true (lens_filter_has_term (timeless, &terms[1]));
  g_assert_cmpstr (lens_filter_get_term (timeless, 1)->expression, ==, "tcp");
  same = lens_filter_without_kind (timeless, LENS_FILTER_TIME);
  g_assert_true (lens_filter_equal (timeless, same));
}

static void
test_is_immutable (void)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  LensFilterTerm host = term_of ("host 192.0.2.1");
  LensFilterTerm port = term_of ("tcp source 443");
  g_autoptr (LensFilter) one = lens_filter_with_term (empty, &host);
  g_autoptr (LensFilter) two = lens_filter_with_term (one, &port);
  g_autoptr (LensFilter) again = lens_filter_with_term (two, &host);
  g_autoptr (LensFilter) other_order = filter_of ("tcp source 443, host 192.0.2.1");
  g_autoptr (LensFilter) back = lens_filter_without_term (two, &port);
  g_autoptr (LensFilter) unchanged = lens_filter_without_term (one, &port);
  g_autoptr (LensFilter) copy = g_boxed_copy (LENS_TYPE_FILTER, two);

  g_assert_true (lens_filter_is_empty (empty));
  g_assert_cmpuint (lens_filter_get_n_terms (one), ==, 1);
  g_assert_cmpuint (lens_filter_get_n_terms (two), ==, 2);
  g_assert_cmpuint (lens_filter_get_n_terms (again), ==, 2);
  g_assert_true (lens_filter_term_equal (lens_filter_get_term (two, 0), &host));
  g_assert_true (lens_filter_term_equal (lens_filter_get_term (two, 1), &port));
  g_assert_true (lens_filter_has_term (two, &port));
  g_assert_false (lens_filter_has_term (one, &port));

  g_assert_true (lens_filter_equal (two, again));
  g_assert_true (lens_filter_equal (two, other_order));
  g_assert_true (lens_filter_equal (one, back));
  g_assert_true (lens_filter_equal (one, unchanged));
  g_assert_true (lens_filter_equal (two, copy));
  g_assert_false (lens_filter_equal (one, two));
  g_assert_false (lens_filter_equal (two, one));
  g_assert_false (lens_filter_equal (empty, one));
}

/* Inverted and switched off: the term stays where it is, and what it was. */
static void
test_states_of_a_term (void)
{
  g_autoptr (LensFilter) filter = filter_of ("host 192.0.2.1, protocol 6");
  LensFilterTerm host = term_of ("host 192.0.2.1");
  LensFilterTerm other = term_of ("host 192.0.2.2");
  g_autoptr (LensFilter) inverted = lens_filter_with_inverted (filter, &host, TRUE);
  g_autoptr (LensFilter) off = lens_filter_with_enabled (inverted, &host, FALSE);
  g_autoptr (LensFilter) on = lens_filter_with_enabled (off, &host, TRUE);
  g_autoptr (LensFilter) upright = lens_filter_with_inverted (on, &host, FALSE);
  g_autoptr (LensFilter) untouched = lens_filter_with_inverted (filter, &other, TRUE);
  g_autoptr (LensFilter) untouched_too = lens_filter_with_enabled (filter, &other, FALSE);
  g_autoptr (LensFilter) replaced = lens_filter_with_term (off, &host);
  g_autoptr (LensFilter) removed = lens_filter_without_term (off, &host);
  g_autoptr (LensFilter) all_off = filter_of ("off host 192.0.2.1");
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();

  g_assert_true (lens_filter_get_term (inverted, 0)->is_inverted);
  g_assert_false (lens_filter_has_term (inverted, &host));
  g_assert_true (lens_filter_find_term (inverted, &host) == lens_filter_get_term (inverted, 0));
  g_assert_null (lens_filter_find_term (inverted, &other));
  g_assert_true (lens_filter_get_term (off, 0)->is_off && lens_filter_get_term (off, 0)->is_inverted);
  g_assert_true (lens_filter_equal (on, inverted));
  g_assert_true (lens_filter_equal (upright, filter));
  g_assert_true (lens_filter_equal (untouched, filter));
  g_assert_true (lens_filter_equal (untouched_too, filter));
  g_assert_true (lens_filter_equal (replaced, filter));
  g_assert_cmpuint (lens_filter_get_n_terms (removed), ==, 1);
  g_assert_false (lens_filter_equal (off, on));

  g_assert_true (lens_filter_has_same_effect (off, removed));
  g_assert_true (lens_filter_has_same_effect (removed, off));
  g_assert_false (lens_filter_has_same_effect (off, on));
  g_assert_false (lens_filter_has_same_effect (inverted, filter));
  g_assert_true (lens_filter_passes_all (all_off) && !lens_filter_is_empty (all_off));
  g_assert_true (lens_filter_has_same_effect (all_off, empty));
  g_assert_true (lens_filter_passes_all (empty));
  g_assert_false (lens_filter_passes_all (inverted));
}

/* A filter's expressions are its own, however its terms came and go. */
static void
test_expressions_are_owned (void)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  g_autoptr (LensFilterTerm) copy = NULL;
  LensFilter *filter;
  LensFilter *inverted;

  {
    g_autofree char *expression = g_strdup ("tcp port 443");
    LensFilterTerm term = lens_filter_term_bpf (expression);

    filter = lens_filter_with_term (empty, &term);
    memset (expression, 'x', strlen (expression));
  }
  g_assert_cmpstr (lens_filter_get_term (filter, 0)->expression, ==, "tcp port 443");
  inverted = lens_filter_with_inverted (filter, lens_filter_get_term (filter, 0), TRUE);
  lens_filter_unref (filter);
  copy = lens_filter_term_copy (lens_filter_get_term (inverted, 0));
  lens_filter_unref (inverted);
  g_assert_cmpstr (copy->expression, ==, "tcp port 443");
  g_assert_true (copy->is_inverted);
}

static void
test_terms_differ (void)
{
  static const char *const texts[] = { "host 192.0.2.1",
                                       "host 192.0.2.2",
                                       "host 2001:db8::1",
                                       "connection 192.0.2.1 192.0.2.2",
                                       "connection 192.0.2.2 192.0.2.1",
                                       "pair 192.0.2.1 192.0.2.2",
                                       "flow 192.0.2.1 192.0.2.2 1 2 6",
                                       "flow 192.0.2.1 192.0.2.2 2 1 6",
                                       "flow 192.0.2.1 192.0.2.2 1 2 17",
                                       "flow 192.0.2.1 192.0.2.3 1 2 6",
                                       "protocol 6",
                                       "protocol 17",
                                       "tcp source 443",
                                       "tcp destination 443",
                                       "tcp either 443",
                                       "udp source 443",
                                       "any source 443",
                                       "tcp source 444",
                                       "time 1 2",
                                       "time 1 3",
                                       "time 0 2",
                                       "bpf arp",
                                       "bpf tcp" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        LensFilterTerm a = term_of (texts[i]);
        LensFilterTerm b = term_of (texts[j]);

        g_assert_cmpint (lens_filter_term_is_alike (&a, &b), ==, i == j);
        g_assert_cmpint (lens_filter_term_equal (&a, &b), ==, i == j);
        g_assert_cmpint (lens_filter_term_hash (&a) == lens_filter_term_hash (&b), ==, i == j);
        b.is_inverted = TRUE;
        g_assert_cmpint (lens_filter_term_is_alike (&a, &b), ==, i == j);
        g_assert_cmpint (lens_filter_term_hash (&a) == lens_filter_term_hash (&b), ==, i == j);
        g_assert_false (lens_filter_term_equal (&a, &b));
        b.is_inverted = FALSE;
        b.is_off = TRUE;
        g_assert_false (lens_filter_term_equal (&a, &b));
      }
}

static void
test_words (void)
{
  static const struct
  {
    const char *terms;
    const char *words;
  } cases[] = {
    { "host 192.0.2.1", "host 192.0.2.1" },
    { "connection 192.0.2.1 192.0.2.7", "192.0.2.1 → 192.0.2.7" },
    { "pair 192.0.2.7 192.0.2.1", "192.0.2.1 ↔ 192.0.2.7" },
    { "flow 192.0.2.1 192.0.2.7 5000 443 6", "TCP 192.0.2.1:5000 → 192.0.2.7:443" },
    { "flow 2001:db8::1 2001:db8::2 1 2 200", "IP protocol 200 [2001:db8::1]:1 → [2001:db8::2]:2" },
    { "protocol 132", "protocol SCTP" },
    { "protocol 250", "IP protocol 250" },
    { "tcp source 443", "TCP source port 443" },
    { "udp destination 53", "UDP destination port 53" },
    { "tcp either 53", "TCP port 53" },
    { "any either 53", "port 53" },
    { "any source 53", "source port 53" },
    { "any destination 53", "destination port 53" },
    { "not host 192.0.2.1", "not host 192.0.2.1" },
    { "bpf arp", "arp" },
    { "not bpf arp", "not (arp)" },
    { "time 1617818153 1617818170", "17:55:53 – 17:56:10 UTC" },
    { "time 1617818153 1617818155", "17:55:53.000 – 17:55:55.000 UTC" },
    { "time 86399 86410", "1970-01-01 23:59:59 – 1970-01-02 00:00:10 UTC" },
    { "host 192.0.2.1, tcp source 443", "host 192.0.2.1 · TCP source port 443" },
    { "off host 192.0.2.1, tcp source 443", "TCP source port 443" },
    { "off host 192.0.2.1", NULL },
  };
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();

  g_assert_null (lens_filter_describe (empty));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensFilter) filter = filter_of (cases[i].terms);
      g_autofree char *words = lens_filter_describe (filter);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* In the person's time zone, with as many decimals as a short span needs; and an expression that a terminal would obey. */
static void
test_words_of_a_chip (void)
{
  LensFilterTerm time = lens_filter_term_time (1617818153000000000, 1617818153000001000);
  LensFilterTerm hostile = lens_filter_term_bpf ("tcp\x1b[2J\xff and\nudp");
  g_autofree char *time_words = lens_filter_term_describe (&time, FALSE);
  g_autofree char *hostile_words = lens_filter_term_describe (&hostile, FALSE);

  g_assert_cmpstr (time_words, ==, "17:55:53.000000000 – 17:55:53.000001000");
  g_assert_true (g_utf8_validate (hostile_words, -1, NULL));
  g_assert_null (strpbrk (hostile_words, "\x1b\n"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/selects", test_selects);
  g_test_add_func ("/filter/ports-of-other-protocols", test_ports_of_other_protocols);
  g_test_add_func ("/filter/ends-of-spans", test_ends_of_spans);
  g_test_add_func ("/filter/row-sets", test_row_sets);
  g_test_add_func ("/filter/without-kind", test_without_kind);
  g_test_add_func ("/filter/is-immutable", test_is_immutable);
  g_test_add_func ("/filter/states-of-a-term", test_states_of_a_term);
  g_test_add_func ("/filter/expressions-are-owned", test_expressions_are_owned);
  g_test_add_func ("/filter/terms-differ", test_terms_differ);
  g_test_add_func ("/filter/words", test_words);
  g_test_add_func ("/filter/words-of-a-chip", test_words_of_a_chip);
  return g_test_run ();
}
