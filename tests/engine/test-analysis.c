#include "test-tables.h"

#include <locale.h>

#define MS G_GINT64_CONSTANT (1000000)

/* a sends most payload, but most of its packets go to c. */
static const TestPacket small[] = {
  { 0 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 5000, 443, 1000 },
  { 10 * MS, "192.0.2.1", "192.0.2.3", LENS_LAYER_UDP, 6000, 53, 40 },
  { 15 * MS, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 46 },
  { 30 * MS, "192.0.2.1", "192.0.2.3", LENS_LAYER_UDP, 6000, 53, 60 },
  { 60 * MS, "192.0.2.2", "192.0.2.1", LENS_LAYER_TCP, 443, 5000, 0 },
  { 90 * MS, "192.0.2.4", "192.0.2.3", LENS_LAYER_ICMP, 0, 0, 56 },
  { 95 * MS, "2001:db8::1", "2001:db8::2", LENS_LAYER_OTHER_IP, 0, 0, 8 },
};

static void
test_totals (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (small, G_N_ELEMENTS (small));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  const LensLayerCounts *layers = lens_analysis_get_layers (analysis);
  const LensHostTotals *hosts;
  const LensConnectionTotals *connections;
  const LensPortTotals *ports;
  LensAddress second = test_address ("192.0.2.2");
  gsize n;

  g_assert_cmpuint (layers->all, ==, 7);
  g_assert_cmpuint (layers->ip, ==, 6);
  g_assert_cmpuint (layers->ipv4, ==, 5);
  g_assert_cmpuint (layers->ipv6, ==, 1);
  g_assert_cmpuint (layers->tcp, ==, 2);
  g_assert_cmpuint (layers->udp, ==, 2);
  g_assert_cmpuint (layers->icmp, ==, 1);
  g_assert_cmpuint (layers->other_ip, ==, 1);
  g_assert_cmpuint (layers->not_ip, ==, 1);
  g_assert_cmpuint (layers->malformed, ==, 0);
  g_assert_cmpuint (lens_analysis_get_payload_bytes (analysis), ==, 1210);

  hosts = lens_analysis_get_hosts (analysis, &n);
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpuint (hosts[0].sent_payload_bytes, ==, 1100);
  g_assert_cmpuint (hosts[0].received_packets, ==, 1);
  g_assert_true (lens_address_equal (&hosts[1].address, &second));
  g_assert_true (lens_analysis_find_host (analysis, &second) == &hosts[1]);

  connections = lens_analysis_get_connections (analysis, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (connections[0].payload_bytes, ==, 1000);
  g_assert_cmpuint (connections[1].payload_bytes, ==, 100);
  g_assert_cmpuint (connections[1].packets, ==, 2);
  g_assert_cmpuint (connections[4].payload_bytes, ==, 0);

  ports = lens_analysis_get_ports (analysis, LENS_PORTS_UDP_DESTINATION, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (ports[0].port, ==, 53);
  g_assert_cmpuint (ports[0].packets, ==, 2);
  ports = lens_analysis_get_ports (analysis, LENS_PORTS_TCP_SOURCE, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (ports[0].port, ==, 5000);
  g_assert_cmpuint (ports[1].port, ==, 443);
}

static void
test_top_source_and_stream (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (small, G_N_ELEMENTS (small));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  const LensTimeSeries *times = lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_SOURCE);
  const LensStream *stream = lens_analysis_get_top_stream (analysis);
  LensAddress first = test_address ("192.0.2.1");
  LensAddress third = test_address ("192.0.2.3");

  g_assert_true (times->is_present);
  g_assert_true (lens_address_equal (&times->source, &first));
  g_assert_cmpuint (times->n_series, ==, 2);
  g_assert_cmpuint (times->series[0].payload_bytes, ==, 1000);
  g_assert_cmpuint (times->series[1].n_points, ==, 2);
  g_assert_cmpint (times->series[1].points[1].time_ns, ==, 30 * MS);

  g_assert_true (stream->is_present);
  g_assert_true (lens_address_equal (&stream->destination, &third));
  g_assert_cmpuint (stream->packets, ==, 2);
  g_assert_cmpuint (stream->n_points, ==, 2);
  /* int (1.1 x 1164 / 6) */
  g_assert_cmpuint (stream->rule.size_bytes, ==, 213);

  times = lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_UDP_PORT);
  g_assert_cmpuint (times->source_port, ==, 6000);
  g_assert_cmpuint (times->n_series, ==, 1);
  g_assert_cmpuint (times->series[0].port, ==, 53);
}

static void
test_inter_arrival (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (small, G_N_ELEMENTS (small));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  LensAddress third = test_address ("192.0.2.3");
  LensAddress second = test_address ("192.0.2.2");
  const LensInterArrival *inter = &lens_analysis_find_host (analysis, &third)->inter_arrival;

  /* Received at 10, 30 and 90 ms: 20 and 60 ms apart. */
  g_assert_cmpuint (inter->n_intervals, ==, 2);
  g_assert_cmpint (inter->min_ns, ==, 20 * MS);
  g_assert_cmpint (inter->max_ns, ==, 60 * MS);
  g_assert_cmpfloat_with_epsilon (inter->mean_ns, 40.0 * MS, 1e-3);
  g_assert_cmpfloat_with_epsilon (inter->standard_deviation_ns, 20.0 * MS, 1e-3);

  inter = &lens_analysis_find_host (analysis, &second)->inter_arrival;
  g_assert_cmpuint (inter->n_intervals, ==, 0);
  g_assert_cmpint (inter->max_ns, ==, 0);
}

/* Two times further apart than a signed number says: the longest that there is, and a mean that is right. */
static void
test_inter_arrival_at_the_ends_of_time (void)
{
  static const TestPacket rows[] = {
    { G_MININT64, "192.0.2.1", "192.0.2.9", LENS_LAYER_UDP, 1, 2, 1 },
    { G_MAXINT64, "192.0.2.1", "192.0.2.9", LENS_LAYER_UDP, 1, 2, 1 },
  };
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  LensAddress host = test_address ("192.0.2.9");
  const LensInterArrival *inter = &lens_analysis_find_host (analysis, &host)->inter_arrival;

  g_assert_cmpuint (inter->n_intervals, ==, 1);
  g_assert_cmpint (inter->max_ns, ==, G_MAXINT64);
  g_assert_cmpfloat_with_epsilon (inter->mean_ns, 18446744073709551615.0, 1e6);
  g_assert_cmpfloat (inter->standard_deviation_ns, ==, 0);
}

static void
test_filter_reaches_every_figure (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (small, G_N_ELEMENTS (small));
  LensAddress first = test_address ("192.0.2.1");
  LensAddress third = test_address ("192.0.2.3");
  LensAddress fourth = test_address ("192.0.2.4");
  LensFilterTerm term = lens_filter_term_connection (&first, &third);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &term, NULL);
  g_autofree char *share = lens_analysis_describe_share (analysis);
  const LensStream *stream = lens_analysis_get_top_stream (analysis);
  gsize n;

  g_assert_cmpuint (lens_analysis_get_layers (analysis)->all, ==, 2);
  g_assert_cmpuint (lens_analysis_get_payload_bytes (analysis), ==, 100);
  g_assert_null (lens_analysis_find_host (analysis, &fourth));
  lens_analysis_get_hosts (analysis, &n);
  g_assert_cmpuint (n, ==, 2);
  lens_analysis_get_connections (analysis, &n);
  g_assert_cmpuint (n, ==, 1);
  lens_analysis_get_ports (analysis, LENS_PORTS_TCP_SOURCE, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_TCP_PORT)->is_present);
  g_assert_cmpuint (lens_analysis_find_host (analysis, &third)->inter_arrival.n_intervals, ==, 1);
  /* The size is of the capture, whatever the filter. */
  g_assert_cmpuint (stream->rule.size_bytes, ==, 213);
  g_assert_cmpstr (share, ==, "2 of 7 packets, 28.6 %");
}

static void
test_top_source_without_payload (void)
{
  static const TestPacket rows[] = {
    { 1, "192.0.2.1", "192.0.2.9", LENS_LAYER_TCP, 1, 2, 0 },
    { 2, "192.0.2.8", "192.0.2.9", LENS_LAYER_TCP, 3, 2, 0 },
    { 3, "192.0.2.8", "192.0.2.9", LENS_LAYER_TCP, 3, 2, 0 },
  };
  static const TestPacket equals[] = {
    { 1, "192.0.2.8", "192.0.2.9", LENS_LAYER_TCP, 1, 2, 50 },
    { 2, "192.0.2.8", "192.0.2.9", LENS_LAYER_TCP, 1, 2, 50 },
    { 3, "192.0.2.7", "192.0.2.9", LENS_LAYER_TCP, 1, 2, 100 },
  };
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensCapture) tied = test_capture_new (equals, G_N_ELEMENTS (equals));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) tied_analysis = test_analyse (tied, NULL, NULL);
  LensAddress busiest = test_address ("192.0.2.8");
  LensAddress smallest = test_address ("192.0.2.7");

  g_assert_true (lens_address_equal (
      &lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_SOURCE)->source, &busiest));
  g_assert_cmpuint (lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_TCP_PORT)->source_port, ==, 3);
  g_assert_true (lens_address_equal (
      &lens_analysis_get_time_series (tied_analysis, LENS_TIME_BY_TOP_SOURCE)->source, &smallest));
}

static void
test_nothing (void)
{
  static const TestPacket arp = { 5, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 28 };
  g_autoptr (LensCapture) empty = test_capture_new (NULL, 0);
  g_autoptr (LensCapture) no_ip = test_capture_new (&arp, 1);
  g_autoptr (LensAnalysis) empty_analysis = test_analyse (empty, NULL, NULL);
  g_autoptr (LensAnalysis) no_ip_analysis = test_analyse (no_ip, NULL, NULL);
  gint64 first_ns = 7;
  gint64 last_ns = 7;
  gsize n;

  g_assert_cmpuint (lens_analysis_get_layers (empty_analysis)->all, ==, 0);
  g_assert_false (lens_analysis_get_top_stream (empty_analysis)->is_present);
  g_assert_false (lens_capture_get_time_span (empty, &first_ns, &last_ns));
  g_assert_cmpint (first_ns, ==, 7);

  g_assert_cmpuint (lens_analysis_get_layers (no_ip_analysis)->not_ip, ==, 1);
  lens_analysis_get_hosts (no_ip_analysis, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (lens_analysis_get_time_series (no_ip_analysis, LENS_TIME_BY_TOP_SOURCE)->is_present);
  g_assert_cmpuint (lens_analysis_get_top_stream (no_ip_analysis)->rule.size_bytes, ==, 0);
  g_assert_true (lens_capture_get_time_span (no_ip, &first_ns, &last_ns));
  g_assert_cmpint (first_ns, ==, 5);
  g_assert_cmpint (last_ns, ==, 5);
}

/* Twelve destinations: nine by name and one series for the other three. */
static void
test_others_are_added_up (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  const LensTimeSeries *times;
  const LensSeries *others;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *destination = g_strdup_printf ("198.51.100.%u", i);
      TestPacket row = { i, "192.0.2.1", destination, LENS_LAYER_TCP, 99, (guint16) (1000 + i), 100 + i };

      test_append (builder, &row);
    }
  capture = lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "twelve.pcap");
  analysis = test_analyse (capture, NULL, NULL);

  for (guint i = 0; i < 2; i++)
    {
      times = lens_analysis_get_time_series (analysis,
                                             i == 0 ? LENS_TIME_BY_TOP_SOURCE : LENS_TIME_BY_TOP_TCP_PORT);
      g_assert_cmpuint (times->n_series, ==, LENS_SERIES_MAX_NAMED + 1);
      g_assert_cmpuint (times->series[0].payload_bytes, ==, 111);
      others = &times->series[LENS_SERIES_MAX_NAMED];
      g_assert_cmpint (others->kind, ==, LENS_SERIES_OTHERS);
      g_assert_cmpuint (others->n_members, ==, 3);
      g_assert_cmpuint (others->packets, ==, 3);
      g_assert_cmpuint (others->payload_bytes, ==, 100 + 101 + 102);
      g_assert_cmpuint (others->n_points, ==, 3);
      g_assert_cmpint (others->points[2].time_ns, ==, 2);
    }
}

/* The rule of the header to the letter: anchors, then runs of anchors. */
static GArray *
find_bursts_slowly (const LensBurstRule *rule, const gint64 *time_ns, const guint32 *payload_bytes, gsize n)
{
  GArray *bursts = g_array_new (FALSE, FALSE, sizeof (LensBurst));
  g_autoptr (GArray) anchors = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i < n; i++)
    {
      if (i == 0 || i == n - 1 || payload_bytes[i] >= rule->size_bytes)
        g_array_append_val (anchors, i);
    }
  for (guint i = 0; i < anchors->len;)
    {
      guint j = i;
      LensBurst burst = { .first_packet = g_array_index (anchors, gsize, i) };

      while (j + 1 < anchors->len
             && time_ns[g_array_index (anchors, gsize, j + 1)] - time_ns[g_array_index (anchors, gsize, j)]
                    < rule->gap_ns)
        j++;
      burst.last_packet = g_array_index (anchors, gsize, j);
      burst.first_ns = time_ns[burst.first_packet];
      burst.last_ns = time_ns[burst.last_packet];
      for (gsize k = burst.first_packet; k <= burst.last_packet; k++)
        burst.payload_bytes += payload_bytes[k];
      if (burst.last_packet > burst.first_packet)
        g_array_append_val (bursts, burst);
      i = j + 1;
    }
  return bursts;
}

static void
test_bursts_by_the_letter (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      gsize n = (gsize) g_rand_int_range (random, 0, 30);
      LensBurstRule rule = { .gap_ns = g_rand_int_range (random, 1, 20),
                             .size_bytes = (guint32) g_rand_int_range (random, 0, 12) };
      gint64 time_ns[30];
      guint32 payload_bytes[30];
      g_autoptr (GArray) expected = NULL;
      g_autoptr (GArray) found = NULL;

      for (gsize i = 0; i < n; i++)
        {
          time_ns[i] = (i > 0 ? time_ns[i - 1] : -50) + g_rand_int_range (random, 0, 15);
          payload_bytes[i] = (guint32) g_rand_int_range (random, 0, 14);
        }
      expected = find_bursts_slowly (&rule, time_ns, payload_bytes, n);
      found = lens_burst_find (&rule, time_ns, payload_bytes, n);
      g_assert_cmpuint (found->len, ==, expected->len);
      for (guint i = 0; i < found->len; i++)
        {
          const LensBurst *a = &g_array_index (found, LensBurst, i);
          const LensBurst *b = &g_array_index (expected, LensBurst, i);

          g_assert_cmpuint (a->first_packet, ==, b->first_packet);
          g_assert_cmpuint (a->last_packet, ==, b->last_packet);
          g_assert_cmpint (a->first_ns, ==, b->first_ns);
          g_assert_cmpint (a->last_ns, ==, b->last_ns);
          g_assert_cmpuint (a->payload_bytes, ==, b->payload_bytes);
        }
    }
}

static void
test_burst_edges (void)
{
  static const gint64 exact[] = { 0, 300000000 };
  static const gint64 extreme[] = { G_MININT64, G_MAXINT64 };
  static const guint32 payload[] = { 10, 11 };
  LensBurstRule rule = { .gap_ns = 300000000 };
  g_autoptr (GArray) apart = lens_burst_find (&rule, exact, payload, 2);
  g_autoptr (GArray) far = lens_burst_find (&rule, extreme, payload, 2);
  g_autoptr (GArray) one = lens_burst_find (&rule, exact, payload, 1);
  g_autoptr (GArray) together = NULL;
  const LensBurst *burst;
  g_autofree char *words = lens_burst_rule_describe (&rule);

  g_assert_cmpuint (apart->len, ==, 0);
  g_assert_cmpuint (far->len, ==, 0);
  g_assert_cmpuint (one->len, ==, 0);
  rule.gap_ns++;
  together = lens_burst_find (&rule, exact, payload, 2);
  g_assert_cmpuint (together->len, ==, 1);
  burst = &g_array_index (together, LensBurst, 0);
  g_assert_cmpuint (lens_burst_get_n_packets (burst), ==, 2);
  g_assert_cmpfloat (lens_burst_get_mean_payload (burst), ==, 10.5);
  g_assert_cmpstr (words, ==, "A burst: packets less than 300 ms apart, of any size");
}

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* 1 + span is 4096 columns of 2^k ns, so that where a column begins is exact. */
static void
test_series_keeps_what_a_column_shows (void)
{
  const gsize n = 200000;
  const gint64 column_ns = 1 << 20;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autofree gint64 *time_ns = g_new (gint64, n);
  g_autofree guint32 *payload_bytes = g_new (guint32, n);
  g_autofree LensSeriesPoint *points = NULL;
  gsize n_points = 0;
  gsize at = 0;

  for (gsize i = 0; i < n; i++)
    {
      time_ns[i] = -99 + (gint64) (g_rand_double (random) * (double) (LENS_SERIES_COLUMNS * column_ns - 1));
      payload_bytes[i] = (guint32) g_rand_int_range (random, 0, 1500);
    }
  time_ns[0] = -99;
  time_ns[1] = -99 + LENS_SERIES_COLUMNS * column_ns - 1;
  qsort (time_ns, n, sizeof *time_ns, compare_times);

  points = lens_series_reduce (time_ns, payload_bytes, n, &n_points);
  g_assert_cmpuint (n_points, <=, LENS_SERIES_MAX_POINTS);
  for (gsize start = 0; start < n;)
    {
      gint64 column = (time_ns[start] + 99) / column_ns;
      guint32 low = payload_bytes[start];
      guint32 high = payload_bytes[start];
      gsize end = start;
      guint32 seen_low = G_MAXUINT32;
      guint32 seen_high = 0;
      gsize first_at = at;

      for (; end < n && (time_ns[end] + 99) / column_ns == column; end++)
        {
          low = MIN (low, payload_bytes[end]);
          high = MAX (high, payload_bytes[end]);
        }
      for (; at < n_points && (points[at].time_ns + 99) / column_ns == column; at++)
        {
          if (at > first_at)
            g_assert_cmpint (points[at].time_ns, >=, points[at - 1].time_ns);
          seen_low = MIN (seen_low, points[at].payload_bytes);
          seen_high = MAX (seen_high, points[at].payload_bytes);
        }
      g_assert_cmpuint (at - first_at, >=, MIN (end - start, 2));
      g_assert_cmpuint (at - first_at, <=, MIN (end - start, 4));
      g_assert_cmpuint (seen_low, ==, low);
      g_assert_cmpuint (seen_high, ==, high);
      g_assert_cmpint (points[first_at].time_ns, ==, time_ns[start]);
      g_assert_cmpuint (points[first_at].payload_bytes, ==, payload_bytes[start]);
      g_assert_cmpint (points[at - 1].time_ns, ==, time_ns[end - 1]);
      g_assert_cmpuint (points[at - 1].payload_bytes, ==, payload_bytes[end - 1]);
      start = end;
    }
  g_assert_cmpuint (at, ==, n_points);
}

static void
test_series_small_and_same (void)
{
  static const gint64 same_time[] = { 5, 5, 5, 5, 5, 5 };
  static const guint32 payload[] = { 3, 9, 1, 9, 1, 4 };
  gsize n_points = 0;
  g_autofree LensSeriesPoint *all = lens_series_reduce (same_time, payload, 6, &n_points);
  g_autofree LensSeriesPoint *column = NULL;
  g_autofree LensSeriesPoint *none = NULL;

  g_assert_cmpuint (n_points, ==, 6);
  g_assert_cmpuint (all[5].payload_bytes, ==, 4);

  column = lens_series_points_reduce (all, 6, 1, &n_points);
  g_assert_cmpuint (n_points, ==, 4);
  g_assert_cmpuint (column[0].payload_bytes, ==, 3);
  g_assert_cmpuint (column[1].payload_bytes, ==, 9);
  g_assert_cmpuint (column[2].payload_bytes, ==, 1);
  g_assert_cmpuint (column[3].payload_bytes, ==, 4);

  none = lens_series_reduce (NULL, NULL, 0, &n_points);
  g_assert_cmpuint (n_points, ==, 0);
  g_assert_null (none);
}

/* More packets than points: the analysis reduces as lens_series_reduce() does over the whole series. */
static void
test_large_stream_is_reduced (void)
{
  const gsize n = 3 * LENS_SERIES_MAX_POINTS;
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autofree gint64 *time_ns = g_new (gint64, n);
  g_autofree guint32 *payload_bytes = g_new (guint32, n);
  g_autofree LensSeriesPoint *expected = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  const LensStream *stream;
  const LensTimeSeries *times;
  gsize n_expected;

  for (gsize i = 0; i < n; i++)
    {
      TestPacket row = { .time_ns = (gint64) i * 1000 + g_rand_int_range (random, 0, 900),
                         .source = "192.0.2.1",
                         .destination = "192.0.2.2",
                         .layer = LENS_LAYER_UDP,
                         .source_port = 9,
                         .destination_port = 10,
                         .payload_bytes = (guint32) g_rand_int_range (random, 1, 1400) };
      TestPacket other = { .time_ns = row.time_ns, .layer = LENS_LAYER_NOT_IP, .payload_bytes = 46 };

      test_append (builder, &other);
      test_append (builder, &row);
      test_append (builder, &other);
      time_ns[i] = row.time_ns;
      payload_bytes[i] = row.payload_bytes;
    }
  capture = lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "large.pcap");
  analysis = test_analyse (capture, NULL, NULL);
  stream = lens_analysis_get_top_stream (analysis);
  times = lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_UDP_PORT);

  expected = lens_series_reduce (time_ns, payload_bytes, n, &n_expected);
  g_assert_cmpuint (n_expected, <, n);
  g_assert_cmpuint (stream->n_points, ==, n_expected);
  g_assert_cmpuint (times->series[0].n_points, ==, n_expected);
  for (gsize i = 0; i < n_expected; i++)
    {
      g_assert_cmpint (stream->points[i].time_ns, ==, expected[i].time_ns);
      g_assert_cmpuint (stream->points[i].payload_bytes, ==, expected[i].payload_bytes);
      g_assert_cmpint (times->series[0].points[i].time_ns, ==, expected[i].time_ns);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (small, G_N_ELEMENTS (small));
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LensBurstRule rule = lens_burst_rule_default ();

  g_cancellable_cancel (cancellable);
  g_assert_null (lens_analysis_new (capture, everything, &rule, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/totals", test_totals);
  g_test_add_func ("/analysis/top-source-and-stream", test_top_source_and_stream);
  g_test_add_func ("/analysis/inter-arrival", test_inter_arrival);
  g_test_add_func ("/analysis/inter-arrival-at-the-ends-of-time", test_inter_arrival_at_the_ends_of_time);
  g_test_add_func ("/analysis/filter-reaches-every-figure", test_filter_reaches_every_figure);
  g_test_add_func ("/analysis/top-source-without-payload", test_top_source_without_payload);
  g_test_add_func ("/analysis/nothing", test_nothing);
  g_test_add_func ("/analysis/others-are-added-up", test_others_are_added_up);
  g_test_add_func ("/analysis/large-stream-is-reduced", test_large_stream_is_reduced);
  g_test_add_func ("/analysis/cancelled", test_cancelled);
  g_test_add_func ("/burst/by-the-letter", test_bursts_by_the_letter);
  g_test_add_func ("/burst/edges", test_burst_edges);
  g_test_add_func ("/series/keeps-what-a-column-shows", test_series_keeps_what_a_column_shows);
  g_test_add_func ("/series/small-and-same", test_series_small_and_same);
  return g_test_run ();
}
