/* Figures of a part of a capture: each must be what a capture of those packets alone has. */
#include "lens-summary.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define N_PACKETS 20000
#define MAX_PORT 6

/* Bursts of fixed size: a part of the capture alone would have another mean. */
static const LensBurstRule rule = { .gap_ns = 5000, .size_bytes = 700 };

static LensCapture *
capture_of (const TestPacket *packets, const gboolean *is_in, gsize n)
{
  g_autofree TestPacket *kept = g_new (TestPacket, MAX (n, 1));
  gsize n_kept = 0;

  for (gsize i = 0; i < n; i++)
    if (is_in[i])
      kept[n_kept++] = packets[i];
  return test_capture_new (kept, n_kept);
}

static const char *
random_host (void)
{
  static const char *const hosts[] = { "192.0.2.1",   "192.0.2.2",    "192.0.2.3",   "2001:db8::1",
                                       "2001:db8::2", "198.51.100.1", "203.0.113.9", "203.0.113.10" };

  return hosts[g_test_rand_int_range (0, G_N_ELEMENTS (hosts))];
}

static TestPacket *
random_packets (void)
{
  TestPacket *packets = g_new0 (TestPacket, N_PACKETS);
  gint64 time_ns = -1000;

  for (gsize i = 0; i < N_PACKETS; i++)
    {
      LensLayer layer = (LensLayer) g_test_rand_int_range (LENS_LAYER_NOT_IP, LENS_LAYER_OTHER_IP + 1);
      gboolean has_ports = layer == LENS_LAYER_TCP || layer == LENS_LAYER_UDP;

      time_ns += g_test_rand_int_range (0, 3) * g_test_rand_int_range (0, 4000);
      packets[i] = (TestPacket){ .time_ns = time_ns, .layer = layer };
      if (layer == LENS_LAYER_NOT_IP)
        continue;
      packets[i].source = random_host ();
      do
        packets[i].destination = random_host ();
      while ((strchr (packets[i].source, ':') == NULL) != (strchr (packets[i].destination, ':') == NULL));
      packets[i].source_port = has_ports ? (guint16) g_test_rand_int_range (0, MAX_PORT) : 0;
      packets[i].destination_port = has_ports ? (guint16) g_test_rand_int_range (0, MAX_PORT) : 0;
      packets[i].payload_bytes = (guint32) g_test_rand_int_range (0, 1000);
    }
  /* One at least of the flow that is filtered by. */
  packets[N_PACKETS / 2] = (TestPacket){ .time_ns = packets[N_PACKETS / 2].time_ns,
                                         .source = "192.0.2.1",
                                         .destination = "192.0.2.2",
                                         .layer = LENS_LAYER_TCP,
                                         .source_port = 1,
                                         .destination_port = 2,
                                         .payload_bytes = 10 };
  return packets;
}

/* All that the summary says of packets: what it says of the whole capture, before that, is another. */
static char *
summarise (LensAnalysis *analysis)
{
  g_autofree char *json = lens_summary_to_json (analysis);
  const char *layers = strstr (json, "\"layers\"");

  g_assert_nonnull (layers);
  return g_strdup (layers);
}

static void
assert_same_points (const LensSeriesPoint *a, gsize n_a, const LensSeriesPoint *b, gsize n_b)
{
  g_assert_cmpuint (n_a, ==, n_b);
  for (gsize i = 0; i < n_a; i++)
    {
      g_assert_cmpint (a[i].time_ns, ==, b[i].time_ns);
      g_assert_cmpuint (a[i].payload_bytes, ==, b[i].payload_bytes);
    }
}

static void
assert_same_series (LensAnalysis *a, LensAnalysis *b)
{
  for (LensTimeKind kind = 0; kind < LENS_N_TIMES; kind++)
    {
      const LensTimeSeries *x = lens_analysis_get_time_series (a, kind);
      const LensTimeSeries *y = lens_analysis_get_time_series (b, kind);

      g_assert_cmpint (x->is_present, ==, y->is_present);
      g_assert_cmpuint (x->n_series, ==, y->n_series);
      for (gsize i = 0; i < x->n_series; i++)
        {
          g_assert_cmpuint (x->series[i].packets, ==, y->series[i].packets);
          g_assert_cmpuint (x->series[i].payload_bytes, ==, y->series[i].payload_bytes);
          assert_same_points (x->series[i].points, x->series[i].n_points, y->series[i].points,
                              y->series[i].n_points);
        }
    }
}

static void
assert_same_hosts (LensAnalysis *a, LensAnalysis *b)
{
  gsize n_a, n_b;
  const LensHostTotals *x = lens_analysis_get_hosts (a, &n_a);
  const LensHostTotals *y = lens_analysis_get_hosts (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  for (gsize i = 0; i < n_a; i++)
    {
      g_assert_cmpuint (x[i].inter_arrival.n_intervals, ==, y[i].inter_arrival.n_intervals);
      g_assert_cmpint (x[i].inter_arrival.min_ns, ==, y[i].inter_arrival.min_ns);
      g_assert_cmpint (x[i].inter_arrival.max_ns, ==, y[i].inter_arrival.max_ns);
      g_assert_cmpfloat (x[i].inter_arrival.mean_ns, ==, y[i].inter_arrival.mean_ns);
      g_assert_cmpfloat (x[i].inter_arrival.standard_deviation_ns, ==,
                         y[i].inter_arrival.standard_deviation_ns);
    }
}

/* Analyses @packets under @filter, and those of them that pass without a filter. Returns how many there are. */
static gsize
assert_agrees (const TestPacket *packets, LensFilter *filter)
{
  g_autofree gboolean *is_in = g_new0 (gboolean, N_PACKETS);
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensCapture) whole = NULL;
  g_autoptr (LensCapture) part = NULL;
  g_autoptr (LensAnalysis) of_whole = NULL;
  g_autoptr (LensAnalysis) of_part = NULL;
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  LensPacketColumns columns;
  gsize n = 0;

  for (gsize i = 0; i < N_PACKETS; i++)
    is_in[i] = TRUE;
  whole = capture_of (packets, is_in, N_PACKETS);
  of_whole = lens_analysis_new (whole, filter, &rule, NULL, &error);
  g_assert_no_error (error);
  columns = lens_packet_table_get_columns (lens_capture_get_table (whole));
  for (gsize i = 0; i < N_PACKETS; i++)
    n += is_in[i] = lens_selection_has_row (lens_analysis_get_selection (of_whole), &columns, i);
  part = capture_of (packets, is_in, N_PACKETS);
  of_part = lens_analysis_new (part, everything, &rule, NULL, &error);
  g_assert_no_error (error);

  found = summarise (of_whole);
  expected = summarise (of_part);
  g_assert_cmpstr (found, ==, expected);
  assert_same_series (of_whole, of_part);
  assert_same_hosts (of_whole, of_part);
  return n;
}

static LensFilter *
with_term (LensFilter *filter, LensFilterTerm term, gboolean is_inverted)
{
  LensFilter *changed;

  term.is_inverted = is_inverted;
  changed = lens_filter_with_term (filter, &term);
  lens_filter_unref (filter);
  return changed;
}

/* Spans of time of all kinds, alone and with terms that flows answer. */
static void
test_time (void)
{
  g_autofree TestPacket *packets = random_packets ();
  gint64 first_ns = packets[0].time_ns;
  gint64 last_ns = packets[N_PACKETS - 1].time_ns;

  for (guint i = 0; i < 24; i++)
    {
      LensFilter *filter = lens_filter_new_empty ();
      LensAddress host = test_address (random_host ());

      for (guint j = 0; j < 1 + i % 3; j++)
        filter
            = with_term (filter,
                         lens_filter_term_time (g_test_rand_int_range ((gint32) first_ns, (gint32) last_ns),
                                                g_test_rand_int_range ((gint32) first_ns, (gint32) last_ns)),
                         i % 4 == 3);
      if (i % 2 == 0)
        filter = with_term (filter, lens_filter_term_host (&host), i % 5 == 0);
      if (i % 3 == 0)
        filter = with_term (filter, lens_filter_term_port (LENS_PORT_ANY_LAYER, LENS_PORT_EITHER, 3), FALSE);
      assert_agrees (packets, filter);
      lens_filter_unref (filter);
    }
}

/* All packets, none, the first, and the last. */
static void
test_ends (void)
{
  g_autofree TestPacket *packets = random_packets ();
  gint64 first_ns = packets[0].time_ns;
  gint64 last_ns = packets[N_PACKETS - 1].time_ns;
  g_autoptr (LensFilter) all
      = with_term (lens_filter_new_empty (), lens_filter_term_time (first_ns, last_ns), FALSE);
  g_autoptr (LensFilter) none
      = with_term (lens_filter_new_empty (), lens_filter_term_time (first_ns, last_ns), TRUE);
  g_autoptr (LensFilter) first
      = with_term (lens_filter_new_empty (), lens_filter_term_time (first_ns, first_ns), FALSE);
  g_autoptr (LensFilter) last
      = with_term (lens_filter_new_empty (), lens_filter_term_time (last_ns, last_ns), FALSE);

  g_assert_cmpuint (assert_agrees (packets, all), ==, N_PACKETS);
  g_assert_cmpuint (assert_agrees (packets, none), ==, 0);
  g_assert_cmpuint (assert_agrees (packets, first), >=, 1);
  g_assert_cmpuint (assert_agrees (packets, last), >=, 1);
}

static void
test_flows (void)
{
  g_autofree TestPacket *packets = random_packets ();
  LensAddress a = test_address ("192.0.2.1");
  LensAddress b = test_address ("192.0.2.2");
  const LensFilterTerm terms[] = {
    lens_filter_term_host (&a),           lens_filter_term_pair (&a, &b),
    lens_filter_term_connection (&a, &b), lens_filter_term_flow (&a, 1, &b, 2, 6),
    lens_filter_term_protocol (17),       lens_filter_term_port (LENS_LAYER_TCP, LENS_PORT_SOURCE, 4),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_autoptr (LensFilter) filter = with_term (lens_filter_new_empty (), terms[i], FALSE);
      g_autoptr (LensFilter) inverted = with_term (lens_filter_new_empty (), terms[i], TRUE);
      gsize n = assert_agrees (packets, filter);

      g_assert_cmpuint (n, >, 0);
      g_assert_cmpuint (assert_agrees (packets, inverted), ==, N_PACKETS - n);
    }
}

/* The size that makes bursts is of the whole capture's packets, whatever is selected: a part by itself has another. */
static void
test_burst_size_is_of_the_capture (void)
{
  static const TestPacket packets[] = {
    { 1, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
    { 2, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 300 },
  };
  g_autoptr (LensCapture) capture = test_capture_new (packets, 2);
  g_autoptr (LensCapture) part = test_capture_new (packets, 1);
  LensFilterTerm term = lens_filter_term_time (1, 1);
  g_autoptr (LensAnalysis) selected = test_analyse (capture, &term, NULL);
  g_autoptr (LensAnalysis) alone = test_analyse (part, NULL, NULL);

  g_assert_cmpuint (lens_analysis_get_top_stream (selected)->rule.size_bytes, ==, 220);
  g_assert_cmpuint (lens_analysis_get_top_stream (alone)->rule.size_bytes, ==, 110);
}

static void
test_cancelled (void)
{
  g_autofree TestPacket *packets = random_packets ();
  g_autoptr (LensCapture) capture = test_capture_new (packets, N_PACKETS);
  g_autoptr (LensFilter) filter
      = with_term (lens_filter_new_empty (), lens_filter_term_time (G_MININT64, G_MAXINT64), FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lens_analysis_new (capture, filter, &rule, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selected-figures/time", test_time);
  g_test_add_func ("/selected-figures/ends", test_ends);
  g_test_add_func ("/selected-figures/flows", test_flows);
  g_test_add_func ("/selected-figures/burst-size-is-of-the-capture", test_burst_size_is_of_the_capture);
  g_test_add_func ("/selected-figures/cancelled", test_cancelled);
  return g_test_run ();
}
