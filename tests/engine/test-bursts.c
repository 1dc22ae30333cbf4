/* Bursts of single streams and side by side. */
#include "lens-error.h"
#include "lens-stream.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define MS G_GINT64_CONSTANT (1000000)

static const char *const hosts[] = { "192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1" };

/* Packets between few hosts, at times that are often equal or close. */
static LensCapture *
make_random_capture (GRand *random, TestPacket *packets, gsize n)
{
  gint64 time_ns = 0;

  for (gsize i = 0; i < n; i++)
    {
      gint32 source = g_rand_int_range (random, 0, 4);

      time_ns += g_rand_int_range (random, 0, 30);
      packets[i] = (TestPacket){ time_ns,
                                 hosts[source],
                                 hosts[(source + g_rand_int_range (random, 1, 4)) % 4],
                                 g_rand_boolean (random) ? LENS_LAYER_TCP : LENS_LAYER_UDP,
                                 5000,
                                 (guint16) g_rand_int_range (random, 1, 3),
                                 (guint32) g_rand_int_range (random, 0, 100) };
      if (g_rand_int_range (random, 0, 10) == 0)
        packets[i] = (TestPacket){ time_ns, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 };
    }
  return test_capture_new (packets, n);
}

/* What @stream should be, by going through the packets one by one. */
static void
check_stream (const LensStream *stream, const TestPacket *packets, gsize n, gint64 first_ns, gint64 last_ns)
{
  g_autofree gint64 *times = g_new (gint64, n);
  g_autofree guint32 *payloads = g_new (guint32, n);
  g_autoptr (GArray) bursts = NULL;
  g_autofree LensSeriesPoint *points = NULL;
  guint64 payload_bytes = 0;
  gsize n_points;
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    {
      LensAddress source = { 0 };
      LensAddress destination = { 0 };

      if (packets[i].source == NULL || packets[i].time_ns < first_ns || packets[i].time_ns > last_ns)
        continue;
      source = test_address (packets[i].source);
      destination = test_address (packets[i].destination);
      if (!lens_address_equal (&source, &stream->source)
          || !lens_address_equal (&destination, &stream->destination))
        continue;
      times[count] = packets[i].time_ns;
      payloads[count++] = packets[i].payload_bytes;
      payload_bytes += packets[i].payload_bytes;
    }
  bursts = lens_burst_find (&stream->rule, times, payloads, count);
  points = lens_series_reduce (times, payloads, count, &n_points);
  g_assert_cmpuint (stream->is_present, ==, count > 0);
  g_assert_cmpuint (stream->packets, ==, count);
  g_assert_cmpuint (stream->payload_bytes, ==, payload_bytes);
  g_assert_cmpint (stream->first_ns, ==, count > 0 ? times[0] : 0);
  g_assert_cmpint (stream->last_ns, ==, count > 0 ? times[count - 1] : 0);
  g_assert_cmpmem (stream->bursts, stream->n_bursts * sizeof (LensBurst), bursts->data,
                   bursts->len * sizeof (LensBurst));
  if (stream->points != NULL)
    g_assert_cmpuint (stream->n_points, ==, n_points);
  for (gsize i = 0; i < stream->n_points; i++)
    {
      g_assert_cmpint (stream->points[i].time_ns, ==, points[i].time_ns);
      g_assert_cmpuint (stream->points[i].payload_bytes, ==, points[i].payload_bytes);
    }
}

static void
test_streams_by_the_letter (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  TestPacket packets[300];

  for (guint round = 0; round < 60; round++)
    {
      gsize n = (gsize) g_rand_int_range (random, 1, G_N_ELEMENTS (packets));
      g_autoptr (LensCapture) capture = make_random_capture (random, packets, n);
      LensBurstRule rule = { .gap_ns = g_rand_int_range (random, 1, 200),
                             .size_bytes = (guint32) g_rand_int_range (random, 0, 110),
                             .is_size_from_mean = round % 3 == 0,
                             .mean_factor = 1.5 };
      gboolean is_timed = g_rand_boolean (random);
      gint64 first_ns = is_timed ? g_rand_int_range (random, 0, 1000) : 0;
      gint64 last_ns = is_timed ? first_ns + g_rand_int_range (random, 0, 3000) : G_MAXINT64;
      LensFilterTerm term = lens_filter_term_time (first_ns, last_ns);
      g_autoptr (LensAnalysis) analysis = test_analyse (capture, is_timed ? &term : NULL, NULL);

      for (guint i = 0; i < 16; i++)
        {
          LensAddress source = test_address (hosts[i / 4]);
          LensAddress destination = test_address (hosts[i % 4]);
          g_autoptr (GError) error = NULL;
          g_autoptr (LensStream) stream
              = lens_stream_new (analysis, &source, &destination, NULL, &rule, NULL, &error);

          g_assert_no_error (error);
          check_stream (stream, packets, n, first_ns, last_ns);
        }
      for (guint i = 0; i < 4; i++)
        {
          LensAddress host = test_address (hosts[i]);
          g_autoptr (GError) error = NULL;
          g_autoptr (LensBurstLanes) lanes = lens_burst_lanes_new (analysis, &host, &rule, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpuint (lanes->n_lanes, ==, lanes->n_streams);
          for (gsize j = 0; j < lanes->n_lanes; j++)
            {
              const LensStream *lane = &lanes->lanes[j];

              g_assert_true (lens_address_equal (&lane->source, &host)
                             != lens_address_equal (&lane->destination, &host));
              g_assert_true (j == 0 || lane->packets <= lane[-1].packets);
              g_assert_cmpint (lane->first_ns, >=, lanes->first_ns);
              g_assert_cmpint (lane->last_ns, <=, lanes->last_ns);
              check_stream (lane, packets, n, first_ns, last_ns);
            }
        }
    }
}

/* What the filter leaves of each flow of a stream, and the bursts of each alone, against going through the packets. */
static void
check_flows (const LensAnalysis *analysis,
             const TestPacket *packets,
             gsize n,
             gint64 first_ns,
             gint64 last_ns)
{
  const LensBurstRule rule = { .gap_ns = 12, .size_bytes = 30 };
  LensAddress source = test_address (hosts[0]);
  LensAddress destination = test_address (hosts[1]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) flows = lens_stream_flows_new (analysis, &source, &destination, NULL, &error);
  guint64 n_in_flows = 0;
  guint64 n_in_stream = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < flows->len; i++)
    {
      const LensFlowTotals *flow = &g_array_index (flows, LensFlowTotals, i);
      g_autofree TestPacket *own = g_new (TestPacket, n);
      gsize n_own = 0;
      g_autoptr (LensStream) stream = NULL;

      g_assert_true (i == 0 || flow->packets <= flow[-1].packets);
      g_assert_true (i == 0 || !lens_flow_key_equal (&flow->key, &flow[-1].key));
      for (gsize j = 0; j < n; j++)
        if (packets[j].source != NULL && packets[j].destination_port == flow->key.destination_port
            && (packets[j].layer == LENS_LAYER_TCP) == (flow->key.protocol == 6))
          own[n_own++] = packets[j];
      stream = lens_stream_new (analysis, &source, &destination, &flow->key, &rule, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (stream->is_flow);
      check_stream (stream, own, n_own, first_ns, last_ns);
      g_assert_cmpuint (stream->packets, ==, flow->packets);
      g_assert_cmpuint (stream->payload_bytes, ==, flow->payload_bytes);
      /* Of its stream all are listed. */
      g_assert_cmpuint (stream->n_all_flows, ==, flows->len);
      g_assert_cmpuint (stream->n_flows, ==, flows->len);
      g_assert_true (lens_flow_key_equal (&stream->flows[i].key, &flow->key));
      n_in_flows += flow->packets;
    }
  for (gsize j = 0; j < n; j++)
    n_in_stream += packets[j].source == hosts[0] && packets[j].destination == hosts[1]
                   && packets[j].time_ns >= first_ns && packets[j].time_ns <= last_ns;
  g_assert_cmpuint (n_in_flows, ==, n_in_stream);
}

static void
test_flows (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 20; round++)
    {
      TestPacket packets[400];
      g_autoptr (LensCapture) capture = make_random_capture (random, packets, G_N_ELEMENTS (packets));
      LensFilterTerm span = lens_filter_term_time (1000, 4000);
      g_autoptr (LensAnalysis) all = test_analyse (capture, NULL, NULL);
      g_autoptr (LensAnalysis) timed = test_analyse (capture, &span, NULL);

      check_flows (all, packets, G_N_ELEMENTS (packets), 0, G_MAXINT64);
      check_flows (timed, packets, G_N_ELEMENTS (packets), 1000, 4000);
    }
}

static void
test_more_flows_than_listed (void)
{
  TestPacket packets[LENS_STREAM_MAX_FLOWS + 50];
  const LensBurstRule rule = lens_burst_rule_default ();
  const LensFlowKey none = { .protocol = 17, .source_port = 9, .destination_port = 9 };
  LensAddress a = test_address ("192.0.2.1");
  LensAddress b = test_address ("192.0.2.2");
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensStream) stream = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (packets); i++)
    packets[i] = (TestPacket){ i, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, (guint16) (1000 + i), 53, 10 };
  capture = test_capture_new (packets, G_N_ELEMENTS (packets));
  analysis = test_analyse (capture, NULL, NULL);
  /* One that isn't there is no flow with packets, and its stream's are listed all the same. */
  stream = lens_stream_new (analysis, &a, &b, &none, &rule, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (stream->is_present);
  g_assert_cmpuint (stream->n_flows, ==, LENS_STREAM_MAX_FLOWS);
  g_assert_cmpuint (stream->n_all_flows, ==, G_N_ELEMENTS (packets));
  g_cancellable_cancel (cancellable);
  g_assert_null (lens_stream_flows_new (analysis, &a, &b, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A host with more streams than there are lanes, one of them to itself: the strongest are there, and all are counted. */
static void
test_many_lanes (void)
{
  TestPacket packets[20 * 21 / 2];
  g_auto (GStrv) names = g_new0 (char *, 20 + 1);
  gsize n = 0;
  LensBurstRule rule = lens_burst_rule_flow ();
  LensAddress host = test_address ("192.0.2.1");
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensBurstLanes) lanes = NULL;
  g_autoptr (GError) error = NULL;

  /* The stream to host i has i packets. */
  for (guint i = 1; i <= 20; i++)
    {
      names[i - 1] = g_strdup_printf ("192.0.2.%u", i);
      for (guint j = 0; j < i; j++, n++)
        packets[n]
            = (TestPacket){ (gint64) n * 400 * MS, "192.0.2.1", names[i - 1], LENS_LAYER_UDP, 1, 2, 10 };
    }
  capture = test_capture_new (packets, n);
  analysis = test_analyse (capture, NULL, NULL);
  lanes = lens_burst_lanes_new (analysis, &host, &rule, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanes->n_streams, ==, 20);
  g_assert_cmpuint (lanes->n_lanes, ==, LENS_BURST_MAX_LANES);
  for (gsize i = 0; i < lanes->n_lanes; i++)
    {
      g_assert_cmpuint (lanes->lanes[i].packets, ==, 20 - i);
      g_assert_cmpuint (lanes->lanes[i].n_bursts, ==, 1);
      g_assert_cmpuint (lens_burst_get_n_packets (&lanes->lanes[i].bursts[0]), ==, 20 - i);
      g_assert_null (lanes->lanes[i].points);
    }
  /* From the first packet to host 9 to the last to host 20. */
  g_assert_cmpint (lanes->first_ns, ==, 36 * 400 * MS);
  g_assert_cmpint (lanes->last_ns, ==, 209 * 400 * MS);
}

static void
test_nothing_there (void)
{
  const TestPacket packets[] = { { 1, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 } };
  g_autoptr (LensCapture) capture = test_capture_new (packets, 1);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  LensBurstRule rule = lens_burst_rule_default ();
  LensAddress none = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LensStream) stream = lens_stream_new (analysis, &none, &none, NULL, &rule, NULL, &error);
  g_autoptr (LensBurstLanes) lanes = lens_burst_lanes_new (analysis, &none, &rule, NULL, &error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_assert_no_error (error);
  g_assert_false (stream->is_present);
  g_assert_cmpuint (stream->n_points + stream->n_bursts + stream->packets, ==, 0);
  g_assert_cmpuint (stream->rule.size_bytes, ==, 0);
  g_assert_cmpuint (lanes->n_lanes, ==, 0);

  g_cancellable_cancel (cancellable);
  g_assert_null (lens_stream_new (analysis, &none, &none, NULL, &rule, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (lens_burst_lanes_new (analysis, &none, &rule, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Two bursts of 3 and 5 packets that last 2 and 4 ms of 20, with 600 and 400 bytes. */
static void
test_summary (void)
{
  const LensBurst bursts[] = { { 0, 2, 1 * MS, 3 * MS, 600 }, { 10, 14, 10 * MS, 14 * MS, 400 } };
  LensBurstSummary summary = lens_burst_summarize (bursts, 2, 0, 20 * MS);
  g_autofree char *words = lens_burst_summary_describe (&summary, 16);
  LensBurstSummary none = lens_burst_summarize (NULL, 0, 5, 5);
  g_autofree char *no_words = lens_burst_summary_describe (&none, 1);
  LensBurstSummary one_moment = lens_burst_summarize (bursts, 1, 7, 7);
  LensBurst ages = { 0, 1, G_MININT64, G_MAXINT64, 1 };
  LensBurstSummary extreme = lens_burst_summarize (&ages, 1, G_MININT64, G_MAXINT64);

  g_assert_cmpuint (summary.packets, ==, 8);
  g_assert_cmpuint (summary.payload_bytes, ==, 1000);
  g_assert_cmpfloat (summary.mean_packets, ==, 4);
  g_assert_cmpfloat (summary.mean_length, ==, 3);
  g_assert_cmpfloat (summary.mean_payload, ==, 125);
  g_assert_cmpfloat (summary.mean_duration_ns, ==, 3e6);
  g_assert_cmpfloat_with_epsilon (summary.duty_cycle, 0.3, 1e-12);
  g_assert_cmpstr (words, ==,
                   "2 bursts · 8 of 16 packets, 50.0 % · mean length 3.00 (packets − 1), 3 ms · mean size "
                   "125.00 bytes · duty "
                   "cycle 30.0 %");
  g_assert_cmpfloat (none.duty_cycle, ==, 0);
  g_assert_cmpstr (no_words, ==, "0 bursts in 1 packet of the stream");
  g_assert_cmpfloat (one_moment.duty_cycle, ==, 1);
  g_assert_cmpfloat_with_epsilon (extreme.duty_cycle, 1, 1e-12);
}

static void
test_rules (void)
{
  LensBurstRule notebook = lens_burst_rule_default ();
  LensBurstRule other_size = notebook;
  LensBurstRule other_factor = notebook;
  LensBurstRule micro = lens_burst_rule_micro ();
  LensBurstRule fine = { .gap_ns = 1234567, .size_bytes = 1500 };
  g_autofree char *flow_words = NULL;
  g_autofree char *micro_words = lens_burst_rule_describe (&micro);
  g_autofree char *fine_words = lens_burst_rule_describe (&fine);
  g_autofree char *notebook_words = NULL;
  LensBurstRule flow = lens_burst_rule_flow ();

  other_size.size_bytes = 5;
  other_factor.mean_factor = 1.2;
  g_assert_true (lens_burst_rule_equal (&notebook, &other_size));
  g_assert_false (lens_burst_rule_equal (&notebook, &other_factor));
  g_assert_false (lens_burst_rule_equal (&flow, &micro));
  g_assert_false (lens_burst_rule_equal (&fine, &micro));

  notebook.size_bytes = 418;
  notebook_words = lens_burst_rule_describe (&notebook);
  flow_words = lens_burst_rule_describe (&flow);
  g_assert_cmpstr (flow_words, ==, "A burst: packets less than 1 s apart, of any size");
  g_assert_cmpstr (micro_words, ==, "A burst: packets less than 1 ms apart, of any size");
  g_assert_cmpstr (
      fine_words, ==,
      "A burst: less than 1.234567 ms between packets of at least 1,500 bytes, with all between them");
  g_assert_cmpstr (
      notebook_words, ==,
      "A burst: less than 300 ms between packets of at least 418 bytes, with all between them (the size is "
      "1.1 × the mean payload of all IP packets in the capture, whatever the filter)");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bursts/flows", test_flows);
  g_test_add_func ("/bursts/more-flows-than-listed", test_more_flows_than_listed);
  g_test_add_func ("/bursts/streams-by-the-letter", test_streams_by_the_letter);
  g_test_add_func ("/bursts/many-lanes", test_many_lanes);
  g_test_add_func ("/bursts/nothing-there", test_nothing_there);
  g_test_add_func ("/bursts/summary", test_summary);
  g_test_add_func ("/bursts/rules", test_rules);
  return g_test_run ();
}
