/* What a filter selects in a table. */
#include "lens-selection.h"
#include "test-filter-words.h"

#include <locale.h>
#include <string.h>

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
    { "bpf 0100011, bpf 0001010", "0000010", TRUE },
    { "not bpf 0100000, not bpf 0000010", "1011101", TRUE },
    { "not bpf 0100000, bpf 1110100, bpf 0111100", "0010100", TRUE },
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
      g_autoptr (LensRowSet) both = lens_row_set_new (n);

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
      lens_row_set_add_all (both);
      lens_row_set_keep (both, thirds);
      g_assert_cmpuint (lens_row_set_count (both), ==, (n + 2) / 3);
      lens_row_set_keep (both, all);
      g_assert_cmpuint (lens_row_set_count (both), ==, 0);
    }
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
  return g_test_run ();
}
