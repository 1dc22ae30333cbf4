/* The list of packets under a filter, its orders, and what is found in it: against the plainest way to work them out. */
#include "lens-error.h"
#include "lens-loader.h"
#include "lens-packet-order.h"
#include "lens-packet-search.h"
#include "test-tables.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define N_PACKETS 3000

static const char *const addresses[] = { "192.0.2.1", "192.0.2.10", "192.0.2.2", "2001:db8::1", "10.0.0.1" };

/* Packets at random among few hosts, ports, sizes and times, so that many are equal in a column; some have no IP. */
static LensCapture *
make_capture (gsize n)
{
  g_autofree TestPacket *rows = g_new0 (TestPacket, n);
  gint64 time_ns = 1000000000;

  for (gsize i = 0; i < n; i++)
    {
      gint32 source = g_test_rand_int_range (0, 4);

      time_ns += (gint64) g_test_rand_int_range (0, 4)
                 * (g_test_rand_int_range (0, 20) == 0 ? 2000000000 : 1000000);
      rows[i].time_ns = time_ns;
      rows[i].payload_bytes = (guint32) g_test_rand_int_range (0, 6) * 300;
      rows[i].layer = (LensLayer) g_test_rand_int_range (LENS_LAYER_NOT_IP, LENS_LAYER_OTHER_IP + 1);
      if (rows[i].layer == LENS_LAYER_NOT_IP)
        continue;
      rows[i].source = addresses[source];
      rows[i].destination = addresses[source == 3 ? 3 : g_test_rand_int_range (0, 3)];
      if (rows[i].layer == LENS_LAYER_TCP || rows[i].layer == LENS_LAYER_UDP)
        {
          rows[i].source_port = (guint16) g_test_rand_int_range (0, 3);
          rows[i].destination_port = (guint16) g_test_rand_int_range (65533, 65536);
        }
    }
  return test_capture_new (rows, n);
}

static LensPacketList *
make_list (LensCapture *capture, const LensFilterTerm *term)
{
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, term, NULL);
  g_autoptr (GError) error = NULL;
  LensPacketList *list = lens_packet_list_new (analysis, NULL, NULL, &error);

  g_assert_no_error (error);
  /* Until it is worked out it says that there is none. */
  for (gsize place = 0; place < MIN (lens_packet_list_get_n (list), 100); place++)
    {
      g_assert_cmpint (lens_packet_list_get_inter_arrival (list, place), ==, LENS_PACKET_LIST_NO_TIME);
      g_assert_cmpuint (lens_packet_list_get_burst (list, place), ==, 0);
    }
  g_assert_true (lens_packet_list_work_out (list, NULL, &error));
  g_assert_no_error (error);
  return list;
}

/* All there is to know of the packet at a place, worked out by looking through everything before it. */
static void
check_place (const LensPacketList *list, gsize place, gsize row)
{
  const LensPacketTable *table = lens_packet_list_get_table (list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  guint32 destination = flows.items[columns.flow[row]].destination_host;
  gint64 since_previous = LENS_PACKET_LIST_NO_TIME;
  gint64 inter_arrival = LENS_PACKET_LIST_NO_TIME;

  if (place > 0)
    since_previous = columns.time_ns[row] - columns.time_ns[lens_packet_list_get_row (list, place - 1)];
  for (gsize before = place; before > 0 && destination != LENS_HOST_NONE; before--)
    {
      gsize other = lens_packet_list_get_row (list, before - 1);

      if (flows.items[columns.flow[other]].destination_host != destination)
        continue;
      inter_arrival = columns.time_ns[row] - columns.time_ns[other];
      break;
    }
  g_assert_cmpuint (lens_packet_list_get_row (list, place), ==, row);
  g_assert_cmpuint (lens_packet_list_find_row (list, row), ==, place);
  g_assert_cmpuint (lens_packet_list_find_number (list, row + 1), ==, place);
  g_assert_cmpint (lens_packet_list_get_since_previous (list, place), ==, since_previous);
  g_assert_cmpint (lens_packet_list_get_inter_arrival (list, place), ==, inter_arrival);
}

static void
check_rows (LensCapture *capture, const LensFilterTerm *term)
{
  g_autoptr (LensPacketList) list = make_list (capture, term);
  LensSelection *selection = lens_analysis_get_selection (lens_packet_list_get_analysis (list));
  LensPacketColumns columns = lens_packet_table_get_columns (lens_capture_get_table (capture));
  gsize place = 0;

  for (gsize row = 0; row < columns.n_packets; row++)
    if (lens_selection_has_row (selection, &columns, row))
      check_place (list, place++, row);
    else
      g_assert_cmpuint (lens_packet_list_find_row (list, row), ==, LENS_PACKET_LIST_NONE);
  g_assert_cmpuint (lens_packet_list_get_n (list), ==, place);
  g_assert_cmpuint (lens_packet_list_find_number (list, 0), ==, LENS_PACKET_LIST_NONE);
  g_assert_cmpuint (lens_packet_list_find_number (list, columns.n_packets + 1), ==, LENS_PACKET_LIST_NONE);
}

static void
test_rows (void)
{
  g_autoptr (LensCapture) capture = make_capture (N_PACKETS);
  LensAddress address = test_address (addresses[1]);
  LensAddress nobody = test_address ("203.0.113.1");
  LensFilterTerm host = lens_filter_term_host (&address);
  LensFilterTerm not_host = lens_filter_term_host (&address);
  LensFilterTerm none = lens_filter_term_host (&nobody);
  LensFilterTerm time = lens_filter_term_time (3000000000, 60000000000);

  not_host.is_inverted = TRUE;
  check_rows (capture, NULL);
  check_rows (capture, &host);
  check_rows (capture, &not_host);
  check_rows (capture, &time);
  check_rows (capture, &none);
}

/* The bursts of each stream by itself. @rule: (nullable) */
static void
check_bursts (const LensBurstRule *rule)
{
  g_autoptr (LensCapture) capture = make_capture (N_PACKETS);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensPacketList) list = lens_packet_list_new (analysis, rule, NULL, NULL);
  LensPacketColumns columns = lens_packet_table_get_columns (lens_capture_get_table (capture));
  LensFlowsView flows = lens_packet_table_get_flows (lens_capture_get_table (capture));
  g_autofree guint32 *expected = g_new0 (guint32, columns.n_packets);
  gsize n_hosts = lens_packet_table_get_hosts (lens_capture_get_table (capture)).n;
  gsize n_in_bursts = 0;

  g_assert_true (lens_packet_list_work_out (list, NULL, NULL));
  for (gsize stream = 0; stream < n_hosts * n_hosts; stream++)
    {
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) payloads = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) bursts = NULL;

      for (gsize row = 0; row < columns.n_packets; row++)
        {
          const LensFlow *flow = &flows.items[columns.flow[row]];

          if (flow->source_host != stream / n_hosts || flow->destination_host != stream % n_hosts)
            continue;
          g_array_append_val (rows, row);
          g_array_append_val (times, columns.time_ns[row]);
          g_array_append_val (payloads, columns.payload_bytes[row]);
        }
      bursts = lens_burst_find (rule != NULL ? rule : &lens_analysis_get_top_stream (analysis)->rule,
                                (const gint64 *) times->data, (const guint32 *) payloads->data, rows->len);
      for (guint i = 0; i < bursts->len; i++)
        for (gsize packet = g_array_index (bursts, LensBurst, i).first_packet;
             packet <= g_array_index (bursts, LensBurst, i).last_packet; packet++)
          expected[g_array_index (rows, gsize, packet)] = i + 1;
    }
  for (gsize row = 0; row < columns.n_packets; row++)
    {
      g_assert_cmpuint (lens_packet_list_get_burst (list, row), ==, expected[row]);
      n_in_bursts += expected[row] > 0;
    }
  g_assert_cmpuint (n_in_bursts, >, 0);
  g_assert_cmpuint (n_in_bursts, <, columns.n_packets);
}

static void
test_bursts (void)
{
  const LensBurstRule of_any_size = lens_burst_rule_flow ();
  const LensBurstRule large = { .gap_ns = 2000000000, .size_bytes = 1200 };

  check_bursts (NULL);
  check_bursts (&of_any_size);
  check_bursts (&large);
}

/* The bursts of the published stream, packet for packet, are those the analysis has. */
static void
test_bursts_of_ring (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (LensCapture) capture = lens_loader_load (paths, NULL, NULL, NULL, NULL);
  g_autoptr (LensPacketList) list = make_list (capture, NULL);
  const LensStream *top = lens_analysis_get_top_stream (lens_packet_list_get_analysis (list));
  const LensPacketTable *table = lens_capture_get_table (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  guint32 source = lens_packet_table_find_host (table, &top->source);
  guint32 destination = lens_packet_table_find_host (table, &top->destination);
  g_autofree gsize *counts = g_new0 (gsize, top->n_bursts + 1);

  g_assert_cmpuint (top->n_bursts, ==, 13);
  for (gsize row = 0; row < columns.n_packets; row++)
    {
      const LensFlow *flow = &flows.items[columns.flow[row]];
      guint32 burst = lens_packet_list_get_burst (list, row);

      if (flow->source_host != source || flow->destination_host != destination)
        continue;
      g_assert_cmpuint (burst, <=, top->n_bursts);
      counts[burst]++;
      if (burst == 0)
        continue;
      g_assert_cmpint (columns.time_ns[row], >=, top->bursts[burst - 1].first_ns);
      g_assert_cmpint (columns.time_ns[row], <=, top->bursts[burst - 1].last_ns);
    }
  for (gsize i = 0; i < top->n_bursts; i++)
    g_assert_cmpuint (counts[i + 1], ==, lens_burst_get_n_packets (&top->bursts[i]));
}

static int
compare_hosts (LensHostsView hosts, guint32 a, guint32 b)
{
  if (a == LENS_HOST_NONE || b == LENS_HOST_NONE)
    return (a != LENS_HOST_NONE) - (b != LENS_HOST_NONE);
  return lens_address_compare (&hosts.items[a].address, &hosts.items[b].address);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_ports (const LensFlow *x, guint16 a, const LensFlow *y, guint16 b)
{
  return compare_numbers (lens_packet_has_ports (x) ? a : -1, lens_packet_has_ports (y) ? b : -1);
}

static int
compare_places (const LensPacketList *list, LensPacketColumn column, gsize a, gsize b)
{
  const LensPacketTable *table = lens_packet_list_get_table (list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  gsize row_a = lens_packet_list_get_row (list, a);
  gsize row_b = lens_packet_list_get_row (list, b);
  const LensFlow *x = &lens_packet_table_get_flows (table).items[columns.flow[row_a]];
  const LensFlow *y = &lens_packet_table_get_flows (table).items[columns.flow[row_b]];
  char buffers[2][16];

  switch (column)
    {
    case LENS_PACKET_NUMBER:
      return compare_numbers ((gint64) lens_packet_table_get_number (table, row_a),
                              (gint64) lens_packet_table_get_number (table, row_b));
    case LENS_PACKET_SINCE_PREVIOUS:
      return compare_numbers (lens_packet_list_get_since_previous (list, a),
                              lens_packet_list_get_since_previous (list, b));
    case LENS_PACKET_SOURCE:
      return compare_hosts (hosts, x->source_host, y->source_host);
    case LENS_PACKET_DESTINATION:
      return compare_hosts (hosts, x->destination_host, y->destination_host);
    case LENS_PACKET_PROTOCOL:
      return strcmp (lens_packet_protocol_name (x, buffers[0]), lens_packet_protocol_name (y, buffers[1]));
    case LENS_PACKET_SOURCE_PORT:
      return compare_ports (x, x->source_port, y, y->source_port);
    case LENS_PACKET_DESTINATION_PORT:
      return compare_ports (x, x->destination_port, y, y->destination_port);
    case LENS_PACKET_PAYLOAD:
      return compare_numbers (columns.payload_bytes[row_a], columns.payload_bytes[row_b]);
    case LENS_PACKET_WIRE:
      return compare_numbers (columns.wire_bytes[row_a], columns.wire_bytes[row_b]);
    case LENS_PACKET_INTER_ARRIVAL:
      return compare_numbers (lens_packet_list_get_inter_arrival (list, a),
                              lens_packet_list_get_inter_arrival (list, b));
    case LENS_PACKET_BURST:
      return compare_numbers (lens_packet_list_get_burst (list, a), lens_packet_list_get_burst (list, b));
    case LENS_PACKET_TIME:
    case LENS_N_PACKET_COLUMNS:
    default:
      return compare_numbers (columns.time_ns[row_a], columns.time_ns[row_b]);
    }
}

/* Ascending, equal ones in the list's order, every packet once. */
static void
check_order (LensPacketList *list, LensPacketColumn column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketOrder) order = lens_packet_order_new (list, column, NULL, &error);
  gsize n = lens_packet_list_get_n (list);
  g_autofree guint8 *seen = g_new0 (guint8, n + 1);

  g_assert_no_error (error);
  g_assert_true (lens_packet_order_get_list (order) == list);
  g_assert_cmpint (lens_packet_order_get_column (order), ==, column);
  for (gsize position = 0; position < n; position++)
    {
      gsize place = lens_packet_order_get_place (order, position);

      g_assert_cmpuint (place, <, n);
      g_assert_cmpuint (seen[place]++, ==, 0);
      g_assert_cmpuint (lens_packet_order_find_place (order, place), ==, position);
      if (position > 0)
        {
          gsize before = lens_packet_order_get_place (order, position - 1);
          int compared = compare_places (list, column, before, place);

          g_assert_cmpint (compared, <=, 0);
          if (compared == 0)
            g_assert_cmpuint (before, <, place);
        }
    }
  g_assert_cmpuint (lens_packet_order_find_place (order, n), ==, LENS_PACKET_LIST_NONE);
}

static void
test_orders (void)
{
  g_autoptr (LensCapture) capture = make_capture (N_PACKETS);
  LensAddress address = test_address (addresses[1]);
  LensFilterTerm host = lens_filter_term_host (&address);
  g_autoptr (LensPacketList) all = make_list (capture, NULL);
  g_autoptr (LensPacketList) some = make_list (capture, &host);
  g_autoptr (LensCapture) nothing = make_capture (0);
  g_autoptr (LensPacketList) none = make_list (nothing, NULL);

  for (LensPacketColumn column = 0; column < LENS_N_PACKET_COLUMNS; column++)
    {
      check_order (all, column);
      check_order (some, column);
      check_order (none, column);
    }
}

/* A capture that is not in time order keeps the numbers of its file. */
static void
test_numbers_out_of_order (void)
{
  static const TestPacket rows[] = {
    { 30, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 1, 2, 3 },
    { 10, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 1, 2, 3 },
    { 20, "192.0.2.3", "192.0.2.2", LENS_LAYER_TCP, 1, 2, 3 },
  };
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAddress address = test_address ("192.0.2.1");
  LensFilterTerm host = lens_filter_term_host (&address);
  g_autoptr (LensPacketList) all = make_list (capture, NULL);
  g_autoptr (LensPacketList) some = make_list (capture, &host);

  g_assert_cmpuint (lens_packet_list_find_number (all, 1), ==, 2);
  g_assert_cmpuint (lens_packet_list_find_number (all, 2), ==, 0);
  g_assert_cmpuint (lens_packet_list_find_number (some, 1), ==, 1);
  g_assert_cmpuint (lens_packet_list_find_number (some, 3), ==, LENS_PACKET_LIST_NONE);
  check_order (all, LENS_PACKET_NUMBER);
  check_order (some, LENS_PACKET_NUMBER);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
test_async_and_cancelling (void)
{
  g_autoptr (LensCapture) capture = make_capture (N_PACKETS);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LensPacketOrder) order = NULL;
  g_autoptr (GError) error = NULL;

  lens_packet_order_new_async (analysis, NULL, NULL, LENS_PACKET_WIRE, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  order = lens_packet_order_new_finish (result, &error);
  g_assert_no_error (error);
  check_order (lens_packet_order_get_list (order), LENS_PACKET_WIRE);
  g_clear_object (&result);
  lens_packet_list_work_out_async (lens_packet_order_get_list (order), NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (lens_packet_list_work_out_finish (result, &error));
  g_assert_no_error (error);
  check_order (lens_packet_order_get_list (order), LENS_PACKET_BURST);

  g_cancellable_cancel (cancellable);
  {
    g_autoptr (LensPacketList) list = lens_packet_list_new (analysis, NULL, NULL, NULL);

    g_assert_false (lens_packet_list_work_out (list, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    /* Not cancelled, it is done all the same. */
    g_assert_true (lens_packet_list_work_out (list, NULL, &error));
    check_order (list, LENS_PACKET_INTER_ARRIVAL);
  }
  g_assert_null (
      lens_packet_order_new (lens_packet_order_get_list (order), LENS_PACKET_WIRE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whether packets that were found are those that @is_expected says, in the order. */
static void
check_matches (const LensPacketMatches *matches, const LensPacketList *list)
{
  gsize n = lens_packet_list_get_n (list);
  gsize at = LENS_PACKET_LIST_NONE;
  gsize n_found = 0;
  gboolean is_anew;

  for (gsize position = 0; position < n; position++)
    {
      gsize row = lens_packet_list_get_row (list, lens_packet_order_get_place (matches->order, position));

      if (!lens_row_set_has (matches->rows, row))
        continue;
      at = lens_packet_matches_step (matches, at, TRUE, &is_anew);
      g_assert_false (is_anew);
      g_assert_cmpuint (at, ==, position);
      g_assert_cmpuint (lens_packet_matches_count_up_to (matches, position), ==, ++n_found);
    }
  g_assert_cmpuint (matches->n, ==, n_found);
  if (n_found == 0)
    {
      g_assert_cmpuint (lens_packet_matches_step (matches, 0, TRUE, &is_anew), ==, LENS_PACKET_LIST_NONE);
      g_assert_false (is_anew);
      g_assert_cmpuint (lens_packet_matches_step (matches, 0, FALSE, &is_anew), ==, LENS_PACKET_LIST_NONE);
      g_assert_false (is_anew);
      return;
    }
  /* After the last comes the first, and before the first the last; back is forth the other way round. */
  g_assert_cmpuint (
      lens_packet_matches_count_up_to (matches, lens_packet_matches_step (matches, at, TRUE, &is_anew)), ==,
      1);
  g_assert_true (is_anew);
  for (gsize i = n_found; i > 1; i--)
    {
      at = lens_packet_matches_step (matches, at, FALSE, &is_anew);
      g_assert_false (is_anew);
      g_assert_cmpuint (lens_packet_matches_count_up_to (matches, at), ==, i - 1);
    }
  at = lens_packet_matches_step (matches, at, FALSE, &is_anew);
  g_assert_true (is_anew);
  g_assert_cmpuint (lens_packet_matches_count_up_to (matches, at), ==, n_found);
}

typedef struct
{
  LensFindKind kind;
  const char *text;
  gsize n; /* in ring.pcap, as tshark counts them; G_MAXSIZE: it can't be looked for */
} SearchCase;

/* Counted by: tshark -r ring.pcap -Y 'ip.addr == ...', 'frame contains ...', 'frame matches "(?i)..."'. */
static const SearchCase search_cases[] = {
  { LENS_FIND_ADDRESS, "18.197.187.162", 9261 },
  { LENS_FIND_ADDRESS, "203.0.113.9", 0 },
  { LENS_FIND_ADDRESS, "18.197.187", 9261 },
  { LENS_FIND_ADDRESS, "187.16", 9261 },
  { LENS_FIND_ADDRESS, "18.197.187.0/24", 9261 },
  { LENS_FIND_ADDRESS, "18.197.187.162/32", 9261 },
  { LENS_FIND_ADDRESS, "18.197.187.160/31", 0 },
  { LENS_FIND_ADDRESS, "24.221", 9872 },
  { LENS_FIND_ADDRESS, "192.168.24.1", 24 },
  { LENS_FIND_ADDRESS, "192.168.24.2", 9872 },
  { LENS_FIND_ADDRESS, "192.168.24.0/24", 9872 },
  { LENS_FIND_ADDRESS, "239.166", 2 },
  { LENS_FIND_ADDRESS, "0.0.0.0/0", 9877 },
  { LENS_FIND_ADDRESS, "0.0.0.0", 5 },
  { LENS_FIND_ADDRESS, "fe80::", 0 },
  { LENS_FIND_ADDRESS, "::/0", 0 },
  { LENS_FIND_ADDRESS, "18.197.187.0/33", G_MAXSIZE },
  { LENS_FIND_ADDRESS, "aws", G_MAXSIZE },
  { LENS_FIND_ADDRESS, "", G_MAXSIZE },
  { LENS_FIND_HEX, "08 06 00 01", 30 },
  { LENS_FIND_HEX, "08 06 00 0", G_MAXSIZE },
  { LENS_FIND_TEXT, "", G_MAXSIZE },
  { LENS_FIND_TEXT, "bipw", 9322 },
  { LENS_FIND_TEXT, "BIPW", 9322 },
  { LENS_FIND_TEXT, "elsz", 9324 },
  { LENS_FIND_TEXT, "amazonaws", 0 },
  { LENS_FIND_HEX, "3ec00000000000000000", 1 }, /* the end of the last packet */
  { LENS_FIND_HEX, "62697077", 9183 },
  { LENS_FIND_HEX, "0x42 0x49 0x50 0x57", 9285 },
};

static void
test_search (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (LensCapture) capture = lens_loader_load (paths, NULL, NULL, NULL, NULL);
  LensAddress address = test_address ("18.197.187.162");
  LensFilterTerm host = lens_filter_term_host (&address);
  g_autoptr (LensPacketList) all = make_list (capture, NULL);
  g_autoptr (LensPacketList) some = make_list (capture, &host);
  g_autoptr (LensPacketOrder) by_time = lens_packet_order_new (all, LENS_PACKET_TIME, NULL, NULL);
  g_autoptr (LensPacketOrder) by_payload = lens_packet_order_new (some, LENS_PACKET_PAYLOAD, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (search_cases); i++)
    {
      const SearchCase *expected = &search_cases[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (LensRowSet) rows
          = lens_packet_search_find (capture, expected->kind, expected->text, NULL, NULL, &error);
      g_autoptr (LensPacketMatches) of_all = NULL;
      g_autoptr (LensPacketMatches) of_some = NULL;

      if (expected->n == G_MAXSIZE)
        {
          g_assert_error (error, LENS_ERROR, LENS_ERROR_FILTER);
          continue;
        }
      g_assert_no_error (error);
      of_all = lens_packet_search_place (rows, by_time, NULL, NULL);
      of_some = lens_packet_search_place (rows, by_payload, NULL, NULL);
      g_test_message ("%s: %zu", expected->text, of_all->n);
      g_assert_cmpuint (of_all->n, ==, expected->n);
      check_matches (of_all, all);
      check_matches (of_some, some);
    }
}

/* Where there is a host of that very address, no other whose address begins with it. */
static void
test_search_for_a_host (void)
{
  g_autoptr (LensCapture) capture = make_capture (500);
  const LensPacketTable *table = lens_capture_get_table (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensAddress address = test_address ("192.0.2.1");
  guint32 host = lens_packet_table_find_host (table, &address);
  g_autoptr (LensRowSet) exact
      = lens_packet_search_find (capture, LENS_FIND_ADDRESS, "192.0.2.1", NULL, NULL, NULL);
  g_autoptr (LensRowSet) part
      = lens_packet_search_find (capture, LENS_FIND_ADDRESS, "192.0.2.", NULL, NULL, NULL);

  for (gsize row = 0; row < columns.n_packets; row++)
    {
      const LensFlow *flow = &flows.items[columns.flow[row]];

      g_assert_cmpint (lens_row_set_has (exact, row), ==,
                       flow->source_host == host || flow->destination_host == host);
    }
  g_assert_cmpuint (lens_row_set_count (exact), <, lens_row_set_count (part));
}

/* From wherever somebody is, also far from all that was found. */
static void
test_steps_from_anywhere (void)
{
  static const gsize found[] = { 70, 71, 500, 2998 };
  const gsize n_found = G_N_ELEMENTS (found);
  g_autoptr (LensCapture) capture = make_capture (N_PACKETS);
  g_autoptr (LensPacketList) list = make_list (capture, NULL);
  g_autoptr (LensPacketOrder) order = lens_packet_order_new (list, LENS_PACKET_TIME, NULL, NULL);
  g_autoptr (LensRowSet) rows = lens_row_set_new (N_PACKETS);
  g_autoptr (LensPacketMatches) matches = NULL;
  gboolean is_anew;

  for (gsize i = 0; i < n_found; i++)
    lens_row_set_add (rows, found[i]);
  matches = lens_packet_search_place (rows, order, NULL, NULL);
  for (gsize position = 0; position < N_PACKETS; position++)
    {
      gsize n_before = 0;
      gsize n_up_to = 0;

      for (gsize i = 0; i < n_found; i++)
        {
          n_before += found[i] < position;
          n_up_to += found[i] <= position;
        }
      g_assert_cmpuint (lens_packet_matches_step (matches, position, TRUE, &is_anew), ==,
                        found[n_up_to % n_found]);
      g_assert_cmpint (is_anew, ==, n_up_to == n_found);
      g_assert_cmpuint (lens_packet_matches_step (matches, position, FALSE, &is_anew), ==,
                        found[(n_before + n_found - 1) % n_found]);
      g_assert_cmpint (is_anew, ==, n_before == 0);
      g_assert_cmpuint (lens_packet_matches_count_up_to (matches, position), ==, n_up_to);
    }
  g_assert_cmpuint (lens_packet_matches_step (matches, LENS_PACKET_LIST_NONE, FALSE, &is_anew), ==, 2998);
  g_assert_false (is_anew);
}

static void
test_search_async (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  const char *const paths[] = { path, NULL };
  g_autoptr (LensCapture) capture = lens_loader_load (paths, NULL, NULL, NULL, NULL);
  g_autoptr (LensPacketList) list = make_list (capture, NULL);
  g_autoptr (LensPacketOrder) order = lens_packet_order_new (list, LENS_PACKET_TIME, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LensPacketMatches) matches = NULL;
  g_autoptr (LensPacketMatches) again = NULL;
  g_autoptr (GError) error = NULL;

  lens_packet_search_async (order, LENS_FIND_HEX, "08060001", NULL, NULL, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  matches = lens_packet_search_finish (result, &error);
  g_assert_no_error (error);
  check_matches (matches, list);

  /* What was found before is not looked for again, whatever the text is. */
  g_clear_object (&result);
  lens_packet_search_async (order, LENS_FIND_HEX, "no hex", matches->rows, NULL, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  again = lens_packet_search_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n, ==, matches->n);

  g_clear_object (&result);
  g_cancellable_cancel (cancellable);
  g_assert_null (lens_packet_search_place (matches->rows, order, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  lens_packet_search_async (order, LENS_FIND_TEXT, "a", NULL, NULL, cancellable, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (lens_packet_search_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packets/rows", test_rows);
  g_test_add_func ("/packets/bursts", test_bursts);
  g_test_add_func ("/packets/bursts-of-ring", test_bursts_of_ring);
  g_test_add_func ("/packets/orders", test_orders);
  g_test_add_func ("/packets/numbers-out-of-order", test_numbers_out_of_order);
  g_test_add_func ("/packets/async-and-cancelling", test_async_and_cancelling);
  g_test_add_func ("/packets/search", test_search);
  g_test_add_func ("/packets/search-for-a-host", test_search_for_a_host);
  g_test_add_func ("/packets/steps-from-anywhere", test_steps_from_anywhere);
  g_test_add_func ("/packets/search-async", test_search_async);
  return g_test_run ();
}
