/* Parts of lines are the same from blocks and groups as from every packet. */
#include "lens-series-pyramid.h"
#include "test-tables.h"

/* More than a group of the dense line. */
#define N 30000
#define N_LINES 4 /* dense, less so, rare, and one with no packet at all */
#define MS G_GINT64_CONSTANT (1000000)

static const char *const destinations[] = { "192.0.2.10", "192.0.2.20", "192.0.2.30", "192.0.2.99" };

/* Of ten packets six are on the dense line, three on the next and one on none; each 700th is on the rare one. Several are at one moment,
 * and now and then nothing comes for long. */
static LensCapture *
new_capture (void)
{
  g_autofree TestPacket *packets = g_new0 (TestPacket, N);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  gint64 time_ns = 5 * MS;

  for (gsize i = 0; i < N; i++)
    {
      guint32 choice = g_rand_int_range (random, 0, 10);

      time_ns += g_rand_int_range (random, 0, 4) == 0 ? 0 : g_rand_int_range (random, 1, 3 * MS);
      time_ns += i % 5000 == 0 ? 20000 * MS : 0;
      packets[i] = (TestPacket){ .time_ns = time_ns,
                                 .source = "192.0.2.1",
                                 .destination = destinations[i % 700 == 0 ? 2
                                                             : choice < 6 ? 0
                                                             : choice < 9 ? 1
                                                                          : 3],
                                 .layer = LENS_LAYER_UDP,
                                 .source_port = 1,
                                 .destination_port = 2,
                                 .payload_bytes = (guint32) g_rand_int_range (random, 0, 300) };
    }
  return test_capture_new (packets, N);
}

static guint8 *
lines_cb (gpointer user_data)
{
  const LensPacketTable *table = lens_capture_get_table (user_data);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  guint8 *lines = g_new (guint8, flows.n);

  for (gsize i = 0; i < flows.n; i++)
    {
      lines[i] = LENS_PYRAMID_NO_LINE;
      for (guint8 line = 0; line < 3; line++)
        {
          LensAddress address = test_address (destinations[line]);

          if (lens_address_equal (&hosts.items[flows.items[i].destination_host].address, &address))
            lines[i] = line;
        }
    }
  return lines;
}

/* Leaves of a line of sums, which hold until the next, those that change it. */
static gsize
drop_repeated (LensSeriesPoint *points, gsize n)
{
  gsize n_left = 0;

  for (gsize i = 0; i < n; i++)
    if (i == 0 || points[i].payload_bytes != points[n_left - 1].payload_bytes)
      points[n_left++] = points[i];
  return n_left;
}

/* The same from every packet. */
static void
assert_as_from_packets (LensAnalysis *analysis,
                        const LensSeriesPyramid *pyramid,
                        const guint8 *lines,
                        gsize line,
                        LensLineMeasure measure,
                        LensTimeSpan span,
                        gsize n_columns)
{
  LensCapture *capture = lens_analysis_get_capture (analysis);
  LensPacketColumns columns = lens_packet_table_get_columns (lens_capture_get_table (capture));
  const LensSelection *selection = lens_analysis_get_selection (analysis);
  g_autofree LensSeriesPoint *points = NULL;
  g_autofree LensSeriesPoint *expected = NULL;
  LensPyramidEdge before, after, expected_before = { 0 }, expected_after = { 0 };
  LensSeriesReducer reducer;
  guint64 sum = 0;
  guint64 column_ns = lens_time_span_get_length (span) / n_columns + 1;
  gsize n, n_expected;

  g_assert_true (lens_series_reducer_begin (&reducer, N, span.first_ns, span.last_ns, n_columns));
  for (gsize row = 0; row < columns.n_packets; row++)
    {
      LensSeriesPoint point
          = { .time_ns = columns.time_ns[row], .payload_bytes = columns.payload_bytes[row] };

      if (lines[columns.flow[row]] != line || !lens_selection_has_row (selection, &columns, row))
        continue;
      sum += point.payload_bytes;
      if (measure == LENS_LINE_SUMS)
        point.payload_bytes = sum;
      if (point.time_ns < span.first_ns)
        expected_before = (LensPyramidEdge){ TRUE, point };
      else if (point.time_ns <= span.last_ns)
        lens_series_reducer_push (&reducer, point.time_ns, point.payload_bytes);
      else if (!expected_after.is_known)
        expected_after = (LensPyramidEdge){ TRUE, point };
    }
  expected = lens_series_reducer_end (&reducer, &n_expected);

  g_assert_true (
      lens_series_pyramid_reduce (pyramid, line, measure, span, n_columns, &points, &n, &before, &after));
  g_assert_cmpint (before.is_known, ==, expected_before.is_known);
  g_assert_cmpint (before.point.time_ns, ==, expected_before.point.time_ns);
  g_assert_cmpuint (before.point.payload_bytes, ==, expected_before.point.payload_bytes);
  g_assert_cmpint (after.is_known, ==, expected_after.is_known);
  g_assert_cmpint (after.point.time_ns, ==, expected_after.point.time_ns);
  g_assert_cmpuint (after.point.payload_bytes, ==, expected_after.point.payload_bytes);
  /* Few packets are all there: what is reduced of them is the same again. */
  if (n > n_expected)
    {
      LensSeriesPoint *all = g_steal_pointer (&points);

      g_assert_true (lens_series_reducer_begin (&reducer, N, span.first_ns, span.last_ns, n_columns));
      for (gsize i = 0; i < n; i++)
        lens_series_reducer_push (&reducer, all[i].time_ns, all[i].payload_bytes);
      points = lens_series_reducer_end (&reducer, &n);
      g_free (all);
    }
  if (measure == LENS_LINE_SUMS)
    {
      n = drop_repeated (points, n);
      n_expected = drop_repeated (expected, n_expected);
    }
  g_assert_cmpuint (n, ==, n_expected);
  for (gsize i = 0; i < n; i++)
    {
      /* A sum that the last packets of a column add nothing to can be that of any of these. */
      if (measure == LENS_LINE_SIZES)
        g_assert_cmpint (points[i].time_ns, ==, expected[i].time_ns);
      else
        g_assert_cmpint (ABS (points[i].time_ns - expected[i].time_ns), <=, (gint64) column_ns);
      g_assert_cmpuint (points[i].payload_bytes, ==, expected[i].payload_bytes);
    }
}

static void
assert_all_parts (LensCapture *capture, const LensFilterTerm *term)
{
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, term, NULL);
  g_autoptr (LensSeriesPyramid) pyramid = lens_series_pyramid_new (analysis, N_LINES);
  g_autofree guint8 *lines = lines_cb (capture);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  gint64 first_ns, last_ns;

  g_assert_true (lens_series_pyramid_fill (pyramid, lines_cb, capture));
  g_assert_true (lens_series_pyramid_fill (pyramid, NULL, NULL)); /* done already */
  g_assert_cmpuint (lens_series_pyramid_get_n_lines (pyramid), ==, N_LINES);
  lens_capture_get_time_span (capture, &first_ns, &last_ns);
  for (gsize i = 0; i < 40; i++)
    {
      gint64 a
          = first_ns + (gint64) (g_rand_double_range (random, -0.1, 1.1) * (double) (last_ns - first_ns));
      gint64 b
          = first_ns + (gint64) (g_rand_double_range (random, -0.1, 1.1) * (double) (last_ns - first_ns));
      LensTimeSpan span
          = i == 0 ? lens_time_span_new (first_ns, last_ns) : lens_time_span_new (MIN (a, b), MAX (a, b));

      for (gsize line = 0; line < N_LINES; line++)
        for (LensLineMeasure measure = LENS_LINE_SIZES; measure <= LENS_LINE_SUMS; measure++)
          {
            assert_as_from_packets (analysis, pyramid, lines, line, measure, span, 3);
            assert_as_from_packets (analysis, pyramid, lines, line, measure, span, 100);
            assert_as_from_packets (analysis, pyramid, lines, line, measure, span, LENS_SERIES_COLUMNS);
          }
    }
}

static void
test_all (void)
{
  g_autoptr (LensCapture) capture = new_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensSeriesPyramid) pyramid = lens_series_pyramid_new (analysis, N_LINES);
  gsize n = 0;

  g_assert_true (lens_series_pyramid_fill (pyramid, lines_cb, capture));
  for (gsize line = 0; line < N_LINES; line++)
    n += lens_series_pyramid_get_n_packets (pyramid, line);
  g_assert_cmpuint (n, >, N * 8 / 10);
  g_assert_cmpuint (lens_series_pyramid_get_n_packets (pyramid, 2), ==, (N + 699) / 700);
  g_assert_cmpuint (lens_series_pyramid_get_n_packets (pyramid, 3), ==, 0);
  assert_all_parts (capture, NULL);
}

/* Only what the filter selects, by flows, by time, and by time upside down. */
static void
test_filtered (void)
{
  g_autoptr (LensCapture) capture = new_capture ();
  LensAddress host = test_address (destinations[1]);
  LensFilterTerm terms[] = { lens_filter_term_host (&host), lens_filter_term_time (25000 * MS, 90000 * MS),
                             lens_filter_term_time (25000 * MS, 90000 * MS) };

  terms[2].is_inverted = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    assert_all_parts (capture, &terms[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series-pyramid/all", test_all);
  g_test_add_func ("/series-pyramid/filtered", test_filtered);
  return g_test_run ();
}
