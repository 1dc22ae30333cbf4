/* Packets over the time of a whole capture: the bins, what an analysis puts into them, and the columns made of them. */
#include "lens-time-bins.h"
#include "test-tables.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define YEAR (365 * 86400 * SECOND)

/* Any capture: all packets are in the bins, each in the bin of its time, which the bins around it don't reach. */
static const struct
{
  const char *name;
  gint64 times_ns[4];
  gsize n;
} spans[] = {
  { "one packet", { 1617818034 * SECOND }, 1 },
  { "all at one instant", { 5, 5, 5, 5 }, 4 },
  { "one nanosecond", { 5, 6 }, 2 },
  { "as many nanoseconds as bins", { 1000, 1000 + LENS_TIME_BINS_N - 1 }, 2 },
  { "one nanosecond more than bins", { 1000, 1000 + LENS_TIME_BINS_N }, 2 },
  { "some seconds", { 0, SECOND, 3 * SECOND, 10 * SECOND }, 4 },
  { "before 1970", { -3 * YEAR, -2 * YEAR - 7, -2 * YEAR, -1 }, 4 },
  { "across 1970", { -SECOND, -1, 0, SECOND }, 4 },
  { "a gap of decades", { 0, 1, 50 * YEAR, 50 * YEAR + 1 }, 4 },
  { "all of time", { G_MININT64, -1, 0, G_MAXINT64 }, 4 },
  { "the first moment", { G_MININT64, G_MININT64 }, 2 },
  { "the last moment", { G_MAXINT64, G_MAXINT64 }, 2 },
  { "the end of time", { G_MAXINT64 - 3, G_MAXINT64 }, 2 },
};

static void
test_spans (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      const gint64 *times_ns = spans[i].times_ns;
      gsize n = spans[i].n;
      static const guint32 flows[4] = { 0 };
      static const guint32 wire_bytes[4] = { 60, 70, 80, 90 };
      static const guint8 passes[1] = { 1 };
      LensPacketColumns columns
          = { .time_ns = times_ns, .flow = flows, .wire_bytes = wire_bytes, .n_packets = n };
      g_autoptr (LensTimeBins) bins = lens_time_bins_new (times_ns[0], times_ns[n - 1]);
      guint64 n_counted = 0;
      guint64 n_bytes = 0;
      guint64 n_bytes_there = 0;

      g_test_message ("%s", spans[i].name);
      lens_time_bins_add_rows (bins, &columns, passes, NULL, 0, n);
      for (gsize j = 0; j < LENS_TIME_BINS_N; j++)
        {
          n_counted += bins->bins[j].packets;
          n_bytes += bins->bins[j].wire_bytes;
          if (j > 0 && lens_time_bins_get_last (bins, j - 1) < G_MAXINT64)
            g_assert_cmpint (lens_time_bins_get_first (bins, j), ==,
                             lens_time_bins_get_last (bins, j - 1) + 1);
        }
      for (gsize j = 0; j < n; j++)
        {
          gsize at = lens_time_bins_find (bins, times_ns[j]);

          n_bytes_there += wire_bytes[j];
          g_assert_cmpuint (bins->bins[at].packets, >, 0);
          g_assert_cmpint (lens_time_bins_get_first (bins, at), <=, times_ns[j]);
          g_assert_cmpint (lens_time_bins_get_last (bins, at), >=, times_ns[j]);
        }
      g_assert_cmpuint (n_counted, ==, n);
      g_assert_cmpuint (n_bytes, ==, n_bytes_there);
    }
}

static void
test_places (void)
{
  g_autoptr (LensTimeBins) instant = lens_time_bins_new (7 * SECOND, 7 * SECOND);
  g_autoptr (LensTimeBins) hour = lens_time_bins_new (0, 3600 * SECOND);
  g_autoptr (LensTimeBins) all = lens_time_bins_new (G_MININT64, G_MAXINT64);
  LensTimeSpan instant_span = lens_time_bins_get_span (instant);
  LensTimeSpan hour_span = lens_time_bins_get_span (hour);
  LensTimeSpan all_span = lens_time_bins_get_span (all);

  /* A moment stands in the middle of a second. */
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (instant_span, 7 * SECOND), 0.5, 1e-3);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (instant_span, 7 * SECOND + SECOND / 4), 0.75,
                                  1e-3);

  g_assert_cmpint (lens_time_bins_get_first (hour, 0), ==, 0);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (hour_span, 900 * SECOND), 0.25, 1e-9);
  g_assert_cmpint (ABS (lens_time_span_get_moment (hour_span, 0.25) - 900 * SECOND), <, 2000);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (hour_span, -SECOND), -1.0 / 3600, 1e-9);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (hour_span, 3601 * SECOND), 3601.0 / 3600, 1e-9);
  g_assert_cmpint (lens_time_span_get_moment (hour_span, -1), ==, lens_time_bins_get_first (hour, 0));
  g_assert_cmpint (lens_time_span_get_moment (hour_span, 2), ==,
                   lens_time_bins_get_last (hour, LENS_TIME_BINS_N - 1));

  g_assert_cmpint (lens_time_span_get_moment (all_span, 0), ==, G_MININT64);
  g_assert_cmpint (lens_time_span_get_moment (all_span, 1), ==, G_MAXINT64);
  g_assert_cmpint (lens_time_span_get_moment (all_span, 0.5), ==, 0);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (all_span, 0), 0.5, 1e-9);
  g_assert_cmpuint (lens_time_bins_find (all, G_MAXINT64), ==, LENS_TIME_BINS_N - 1);
  g_assert_cmpuint (lens_time_bins_find (hour, G_MININT64), ==, 0);
  g_assert_cmpuint (lens_time_bins_find (hour, G_MAXINT64), ==, LENS_TIME_BINS_N - 1);
}

/* However wide the picture, every column is of as many bins, and nothing is lost between them. */
static void
test_columns (void)
{
  static const struct
  {
    gsize max_columns;
    gsize group;
  } widths[] = { { 0, 2048 }, { 1, 2048 }, { 2, 1024 }, { 3, 1024 },   { 800, 4 },      { 1024, 2 },
                 { 1280, 2 }, { 2047, 2 }, { 2048, 1 }, { 100000, 1 }, { G_MAXSIZE, 1 } };
  g_autoptr (LensTimeBins) bins = lens_time_bins_new (0, LENS_TIME_BINS_N * SECOND - 1);
  g_autofree LensTimeBin *columns = g_new (LensTimeBin, LENS_TIME_BINS_N);

  for (gsize i = 0; i < LENS_TIME_BINS_N; i++)
    bins->bins[i] = (LensTimeBin){ .packets = i, .wire_bytes = G_MAXUINT32 };
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      gsize group = lens_time_bins_get_group (widths[i].max_columns);
      guint64 packets = 0;

      g_assert_cmpuint (group, ==, widths[i].group);
      lens_time_bins_sum (bins, group, columns);
      for (gsize j = 0; j < LENS_TIME_BINS_N / group; j++)
        {
          packets += columns[j].packets;
          g_assert_cmpuint (columns[j].wire_bytes, ==, group * (guint64) G_MAXUINT32);
        }
      g_assert_cmpuint (packets, ==, LENS_TIME_BINS_N * (LENS_TIME_BINS_N - 1) / 2);
    }
}

/* Packets of the largest size there can be: the sums don't wrap. */
static void
test_saturated_sizes (void)
{
  enum
  {
    N = 5000
  };
  g_autofree gint64 *times_ns = g_new0 (gint64, N);
  g_autofree guint32 *flows = g_new0 (guint32, N);
  g_autofree guint32 *wire_bytes = g_new (guint32, N);
  static const guint8 passes[1] = { 1 };
  LensPacketColumns columns
      = { .time_ns = times_ns, .flow = flows, .wire_bytes = wire_bytes, .n_packets = N };
  g_autoptr (LensTimeBins) bins = lens_time_bins_new (0, 0);

  for (gsize i = 0; i < N; i++)
    wire_bytes[i] = G_MAXUINT32;
  lens_time_bins_add_rows (bins, &columns, passes, NULL, 0, N);
  g_assert_cmpuint (bins->bins[lens_time_bins_find (bins, 0)].wire_bytes, ==, N * (guint64) G_MAXUINT32);
  g_assert_cmpuint (bins->bins[lens_time_bins_find (bins, 0)].packets, ==, N);
}

static const TestPacket rows[] = {
  { 0, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { 10 * SECOND, "192.0.2.3", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 10 },
  { 20 * SECOND, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 6 },
  { 100 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 200 },
};

static LensTimeBin
bin_at (const LensTimeBins *bins, gint64 time_ns)
{
  return bins->bins[lens_time_bins_find (bins, time_ns)];
}

/* Under a filter the bins are those of the whole capture: the same times, with less in them. */
static void
test_analysis (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAddress third = test_address ("192.0.2.3");
  LensFilterTerm host = lens_filter_term_host (&third);
  g_autoptr (LensAnalysis) whole = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) filtered = test_analyse (capture, &host, NULL);
  const LensTimeBins *all = lens_analysis_get_time_bins (whole);
  const LensTimeBins *some = lens_analysis_get_time_bins (filtered);

  g_assert_cmpint (all->start_ns, ==, some->start_ns);
  g_assert_cmpuint (all->width_ns, ==, some->width_ns);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean passes = i == 1;

      g_assert_cmpuint (bin_at (all, rows[i].time_ns).packets, ==, 1);
      g_assert_cmpuint (bin_at (all, rows[i].time_ns).wire_bytes, ==, rows[i].payload_bytes + 54);
      g_assert_cmpuint (bin_at (some, rows[i].time_ns).packets, ==, passes);
      g_assert_cmpuint (bin_at (some, rows[i].time_ns).wire_bytes, ==, passes ? 64 : 0);
    }
}

/* Of what the flows let pass, only the rows of a set. */
static void
test_row_set (void)
{
  static const gint64 times_ns[] = { 0, SECOND, 2 * SECOND, 3 * SECOND };
  static const guint32 flows[] = { 0, 1, 1, 0 };
  static const guint32 wire_bytes[] = { 1, 10, 100, 1000 };
  static const guint8 passes[] = { 0, 1 };
  LensPacketColumns columns = {
    .time_ns = times_ns, .flow = flows, .wire_bytes = wire_bytes, .n_packets = G_N_ELEMENTS (times_ns)
  };
  g_autoptr (LensTimeBins) bins = lens_time_bins_new (0, 3 * SECOND);
  g_autoptr (LensRowSet) rows_set = lens_row_set_new (columns.n_packets);

  lens_row_set_add (rows_set, 2);
  lens_row_set_add (rows_set, 3);
  lens_time_bins_add_rows (bins, &columns, passes, rows_set, 0, columns.n_packets);
  g_assert_cmpuint (bin_at (bins, 0).packets, ==, 0);
  g_assert_cmpuint (bin_at (bins, SECOND).packets, ==, 0);
  g_assert_cmpuint (bin_at (bins, 2 * SECOND).wire_bytes, ==, 100);
  g_assert_cmpuint (bin_at (bins, 3 * SECOND).packets, ==, 0);
}

/* A span of time selects, and the bins are those of the whole capture all the same. */
static void
test_span_of_time (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm time = lens_filter_term_time (10 * SECOND, 20 * SECOND);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &time, NULL);
  const LensTimeBins *bins = lens_analysis_get_time_bins (analysis);

  g_assert_cmpuint (lens_analysis_get_layers (analysis)->all, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (bin_at (bins, rows[i].time_ns).packets, ==, 1);
}

/* More rows than are looked at in one go. */
static void
test_many_rows (void)
{
  enum
  {
    N = 20000
  };
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  const LensTimeBins *bins;
  guint64 n = 0;

  for (gsize i = 0; i < N; i++)
    {
      TestPacket row = { (gint64) i * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 46 };

      test_append (builder, &row);
    }
  capture = lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "many.pcap");
  analysis = test_analyse (capture, NULL, NULL);
  bins = lens_analysis_get_time_bins (analysis);
  for (gsize i = 0; i < LENS_TIME_BINS_N; i++)
    {
      /* A packet a second, and a bin of 9.77 seconds. */
      g_assert_cmpuint (bins->bins[i].packets, >=, 9);
      g_assert_cmpuint (bins->bins[i].packets, <=, 10);
      g_assert_cmpuint (bins->bins[i].wire_bytes, ==, bins->bins[i].packets * 100);
      n += bins->bins[i].packets;
    }
  g_assert_cmpuint (n, ==, N);
}

static void
test_no_packets (void)
{
  g_autoptr (LensCapture) empty = test_capture_new (NULL, 0);
  g_autoptr (LensAnalysis) analysis = test_analyse (empty, NULL, NULL);

  g_assert_null (lens_analysis_get_time_bins (analysis));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-bins/spans", test_spans);
  g_test_add_func ("/time-bins/places", test_places);
  g_test_add_func ("/time-bins/columns", test_columns);
  g_test_add_func ("/time-bins/saturated-sizes", test_saturated_sizes);
  g_test_add_func ("/time-bins/analysis", test_analysis);
  g_test_add_func ("/time-bins/row-set", test_row_set);
  g_test_add_func ("/time-bins/span-of-time", test_span_of_time);
  g_test_add_func ("/time-bins/many-rows", test_many_rows);
  g_test_add_func ("/time-bins/no-packets", test_no_packets);
  return g_test_run ();
}
