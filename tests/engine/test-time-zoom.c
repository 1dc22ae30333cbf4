/* Zooming in time by where packets are, and the bins of what is zoomed to: captures of years with packets microseconds apart. */
#include "lens-time-closeup.h"
#include "lens-time-zoom.h"
#include "test-bpf.h"
#include "test-capture-bytes.h"
#include "test-tables.h"

#include <locale.h>

#define US G_GINT64_CONSTANT (1000)
#define SECOND G_GINT64_CONSTANT (1000000000)
#define YEAR (365 * 86400 * SECOND)

/* Five packets within 40 µs, 20 years later one alone, and 40 years later three in two seconds. */
static const gint64 times_ns[] = {
  0, 10 * US, 20 * US, 30 * US, 40 * US, 20 * YEAR, 60 * YEAR, 60 * YEAR + SECOND, 60 * YEAR + 2 * SECOND
};

static const LensPacketColumns columns = { .time_ns = times_ns, .n_packets = G_N_ELEMENTS (times_ns) };
static const LensTimeSpan all = { 0, 60 * YEAR + 3 * SECOND };

static gsize
count_packets (LensTimeSpan span)
{
  return lens_packet_columns_find_row (&columns, span.last_ns, TRUE)
         - lens_packet_columns_find_row (&columns, span.first_ns, FALSE);
}

static gboolean
has (LensTimeSpan span, gint64 time_ns)
{
  return span.first_ns <= time_ns && time_ns <= span.last_ns;
}

/* As much time as its packets take, or a little more, and none that can't be shown. */
static void
assert_fits (LensTimeSpan span, gint64 first_ns, gint64 last_ns)
{
  g_assert_true (lens_time_span_covers (all, span));
  g_assert_true (has (span, first_ns) && has (span, last_ns));
  g_assert_cmpuint (lens_time_span_get_length (span), <=, (guint64) (last_ns - first_ns) * 11 / 10);
}

/* What is selected is shown, packets close together instead of years around them. */
static void
test_to_selected (void)
{
  static const gint64 pair_ns[] = { SECOND, SECOND + 50 };
  const LensPacketColumns pair = { .time_ns = pair_ns, .n_packets = G_N_ELEMENTS (pair_ns) };
  const LensTimeSpan moment = { 20 * YEAR, 20 * YEAR };
  LensTimeSpan shown = lens_time_zoom_to (&columns, (LensTimeSpan){ 0, YEAR }, all);

  assert_fits (shown, 0, 40 * US);
  shown = lens_time_zoom_to (&columns, (LensTimeSpan){ 59 * YEAR, 60 * YEAR + 3 * SECOND }, all);
  assert_fits (shown, 60 * YEAR, 60 * YEAR + 2 * SECOND);
  /* With room for the handles, where it is the packets that are gone to, too. */
  g_assert_cmpint (shown.first_ns, <, 60 * YEAR);
  g_assert_cmpint (shown.last_ns, >, 60 * YEAR + 2 * SECOND);
  shown = lens_time_zoom_to (&columns, (LensTimeSpan){ 9 * US, 31 * US }, all);
  g_assert_cmpint (shown.first_ns, <, 9 * US);
  g_assert_cmpint (shown.last_ns, >, 31 * US);
  assert_fits (shown, 9 * US, 31 * US);
  /* Packets that can be told apart, or none: the span as it is. */
  shown = lens_time_zoom_to (&columns, (LensTimeSpan){ 10 * YEAR, 60 * YEAR }, all);
  assert_fits (shown, 10 * YEAR, 60 * YEAR);
  shown = lens_time_zoom_to (&columns, (LensTimeSpan){ 30 * YEAR, 31 * YEAR }, all);
  assert_fits (shown, 30 * YEAR, 31 * YEAR);
  /* Packets that take a hundredth of it can be told apart, those that take less than half of that can't. */
  shown
      = lens_time_zoom_to (&columns, (LensTimeSpan){ 60 * YEAR - 198 * SECOND, 60 * YEAR + 2 * SECOND }, all);
  assert_fits (shown, 60 * YEAR - 198 * SECOND, 60 * YEAR + 2 * SECOND);
  shown
      = lens_time_zoom_to (&columns, (LensTimeSpan){ 60 * YEAR - 498 * SECOND, 60 * YEAR + 2 * SECOND }, all);
  assert_fits (shown, 60 * YEAR, 60 * YEAR + 2 * SECOND);
  /* One packet stands in a second. */
  shown = lens_time_zoom_to (&columns, (LensTimeSpan){ 19 * YEAR, 21 * YEAR }, all);
  g_assert_true (has (shown, 20 * YEAR));
  g_assert_cmpuint (lens_time_span_get_length (shown), ==, SECOND);
  /* Never less than a microsecond. */
  shown = lens_time_zoom_to (&columns, moment, all);
  g_assert_true (has (shown, 20 * YEAR));
  g_assert_cmpuint (lens_time_span_get_length (shown), >=, US);
  shown = lens_time_zoom_to (&pair, (LensTimeSpan){ 0, YEAR }, all);
  g_assert_true (has (shown, SECOND) && has (shown, SECOND + 50));
  g_assert_cmpuint (lens_time_span_get_length (shown), ==, US);
}

/* Around a packet near the pointer, and on to what is at one place. */
static void
test_in (void)
{
  const LensTimeSpan empty = { 30 * YEAR, 50 * YEAR };
  LensTimeSpan shown = lens_time_zoom_in (&columns, all, YEAR / 4, YEAR / 2, 0.5, all);

  /* The one of 20 years stays in view: an ordinary step. */
  g_assert_true (has (shown, 40 * US) && has (shown, 20 * YEAR));
  g_assert_cmpuint (lens_time_span_get_length (shown) / YEAR, ==, 30);
  /* The pointer is a little beside them, and so the step is theirs. */
  shown = lens_time_zoom_in (&columns, (LensTimeSpan){ 0, 22 * YEAR }, YEAR / 4, YEAR / 2, 0.5, all);
  assert_fits (shown, 0, 40 * US);
  /* All of them, although the step around the pointer would have cut them in two. */
  shown = lens_time_zoom_in (&columns, (LensTimeSpan){ 50 * YEAR, 60 * YEAR + 3 * SECOND },
                             60 * YEAR + SECOND / 2, 0, 0.5, all);
  assert_fits (shown, 60 * YEAR, 60 * YEAR + 2 * SECOND);
  /* Also where the step would show one more, close to its end. */
  shown = lens_time_zoom_in (&columns, (LensTimeSpan){ 0, 40 * YEAR - YEAR / 50 }, 0, 0, 0.5, all);
  assert_fits (shown, 0, 40 * US);
  /* The next packet stays where it is as well as the one before would. */
  shown = lens_time_zoom_in (&columns, (LensTimeSpan){ 0, 40 * US }, 28 * US, 3 * US, 0.5, all);
  g_assert_cmpint (shown.first_ns, ==, 15 * US);
  shown = lens_time_zoom_in (&columns, (LensTimeSpan){ 0, 40 * US }, 12 * US, 3 * US, 0.5, all);
  g_assert_cmpint (shown.first_ns, ==, 5 * US);
  /* Where nothing is, as much nearer as asked for. */
  shown = lens_time_zoom_in (&columns, empty, 40 * YEAR, YEAR, 0.5, all);
  g_assert_cmpint (shown.first_ns, ==, 35 * YEAR);
  g_assert_cmpint (shown.last_ns, ==, 45 * YEAR);
  /* The nearest packet, however far, where that is asked for. */
  shown = lens_time_zoom_in (&columns, (LensTimeSpan){ 15 * YEAR, 55 * YEAR }, 35 * YEAR, G_MAXUINT64, 0.5,
                             all);
  g_assert_true (has (shown, 20 * YEAR));
  g_assert_cmpuint (lens_time_span_get_length (shown), ==, SECOND);
}

/* From anything to anything in a few steps. */
static void
test_few_steps (void)
{
  LensTimeSpan shown = all;
  guint n_in = 0;
  guint n_out = 0;

  while (lens_time_span_get_length (shown) > 10 * US)
    {
      shown = lens_time_zoom_in (&columns, shown, 20 * US, 0, 0.5, all);
      g_assert_true (has (shown, 20 * US));
      g_assert_cmpuint (++n_in, <, 12);
    }
  while (shown.first_ns > all.first_ns || shown.last_ns < all.last_ns)
    {
      shown = lens_time_zoom_out (&columns, shown, 20 * US, 2, all);
      g_assert_true (has (shown, 20 * US));
      g_assert_cmpuint (++n_out, <, 12);
    }
}

static void
test_out (void)
{
  const LensTimeSpan all_time = { G_MININT64, G_MAXINT64 };
  static const gint64 ends_ns[] = { G_MININT64, 0, G_MAXINT64 };
  const LensPacketColumns ends = { .time_ns = ends_ns, .n_packets = G_N_ELEMENTS (ends_ns) };
  LensTimeSpan shown = lens_time_zoom_out (&columns, (LensTimeSpan){ 15 * US, 35 * US }, 25 * US, 2, all);

  /* An ordinary step. */
  g_assert_cmpint (shown.first_ns, ==, 5 * US);
  g_assert_cmpint (shown.last_ns, ==, 45 * US);
  /* Nothing for 20 years: as far as the next packet, and no further. */
  shown = lens_time_zoom_out (&columns, (LensTimeSpan){ 0, 60 * US }, 30 * US, 2, all);
  g_assert_true (has (shown, 20 * YEAR));
  g_assert_cmpuint (count_packets (shown), ==, 6);
  g_assert_cmpint (shown.last_ns, <, 22 * YEAR);
  /* The next one may be before. */
  shown = lens_time_zoom_out (&columns, (LensTimeSpan){ 60 * YEAR - SECOND, 60 * YEAR + 3 * SECOND },
                              60 * YEAR, 2, all);
  g_assert_true (has (shown, 20 * YEAR));
  g_assert_cmpuint (count_packets (shown), ==, 4);
  /* An ordinary step, where it shows another packet, on either side, or would soon. */
  shown = lens_time_zoom_out (&columns, (LensTimeSpan){ 5 * US, 45 * US }, 25 * US, 2, all);
  g_assert_cmpint (shown.last_ns, ==, 80 * US);
  shown = lens_time_zoom_out (&columns, (LensTimeSpan){ 60 * YEAR, 60 * YEAR + SECOND }, 60 * YEAR, 2.2, all);
  g_assert_cmpint (shown.first_ns, ==, 60 * YEAR);
  shown = lens_time_zoom_out (&columns,
                              (LensTimeSpan){ 60 * YEAR + 3 * SECOND / 10, 60 * YEAR + 6 * SECOND / 10 },
                              60 * YEAR + 45 * SECOND / 100, 2, all);
  g_assert_cmpint (shown.first_ns, ==, 60 * YEAR + 15 * SECOND / 100);
  g_assert_cmpint (shown.last_ns, ==, 60 * YEAR + 75 * SECOND / 100);
  /* With all packets in view, all there is. */
  shown = lens_time_zoom_out (&columns, (LensTimeSpan){ 0, 60 * YEAR + 2 * SECOND }, 0, 1.1, all);
  g_assert_cmpuint (lens_time_span_get_length (shown), ==, lens_time_span_get_length (all));
  /* At the ends of all times. */
  shown = lens_time_zoom_out (&ends, (LensTimeSpan){ -SECOND, SECOND }, 0, 2, all_time);
  g_assert_cmpint (shown.first_ns, <=, -9 * (G_MAXINT64 / 10));
  g_assert_cmpint (shown.last_ns, >=, 9 * (G_MAXINT64 / 10));
}

static void
test_no_packets (void)
{
  const LensPacketColumns none = { .n_packets = 0 };
  LensTimeSpan shown
      = lens_time_zoom_in (&none, (LensTimeSpan){ 0, 100 * SECOND }, 50 * SECOND, G_MAXUINT64, 0.5, all);

  g_assert_cmpint (shown.first_ns, ==, 25 * SECOND);
  g_assert_cmpint (shown.last_ns, ==, 75 * SECOND);
  shown = lens_time_zoom_out (&none, shown, 50 * SECOND, 2, all);
  g_assert_cmpuint (lens_time_span_get_length (shown), ==, lens_time_span_get_length (all));
}

/* Close bins */

static const TestPacket rows[] = {
  { 0, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { 10 * US, "192.0.2.3", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 10 },
  { 20 * US, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 6 },
  { 20 * YEAR, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 200 },
};

static guint64
sum (const LensTimeBins *bins, guint64 *wire_bytes)
{
  guint64 packets = 0;

  *wire_bytes = 0;
  for (gsize i = 0; i < LENS_TIME_BINS_N; i++)
    {
      packets += bins->bins[i].packets;
      *wire_bytes += bins->bins[i].wire_bytes;
    }
  return packets;
}

/* What is in the span, each packet at its time; what is before and after is in no bin. */
static void
test_closeup (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensTimeCloseup) closeup
      = lens_time_closeup_new (analysis, (LensTimeSpan){ 5 * US, 25 * US }, NULL, NULL);
  /* So long that the bins end where it does. */
  const LensTimeSpan exact = { 20 * US + 1 - 5 * LENS_TIME_BINS_N, 20 * US };
  g_autoptr (LensTimeCloseup) to_the_end = lens_time_closeup_new (analysis, exact, NULL, NULL);
  guint64 wire_bytes;

  g_assert_nonnull (closeup);
  g_assert_true (closeup->whole == closeup->passing);
  g_assert_cmpuint (sum (closeup->whole, &wire_bytes), ==, 2);
  g_assert_cmpuint (wire_bytes, ==, 64 + 60);
  g_assert_cmpuint (closeup->whole->bins[lens_time_bins_find (closeup->whole, 10 * US)].packets, ==, 1);
  g_assert_cmpuint (closeup->whole->bins[lens_time_bins_find (closeup->whole, 20 * US)].packets, ==, 1);
  g_assert_cmpint (lens_time_bins_get_first (closeup->whole, 0), <=, 5 * US);
  g_assert_cmpint (lens_time_bins_get_last (closeup->whole, LENS_TIME_BINS_N - 1), >=, 25 * US);
  g_assert_cmpint (lens_time_bins_get_last (to_the_end->whole, LENS_TIME_BINS_N - 1), ==, 20 * US);
  g_assert_cmpuint (to_the_end->whole->bins[LENS_TIME_BINS_N - 1].packets, ==, 1);
}

/* A filter's packets beside all; the time that it selects is no matter. */
static void
test_closeup_of_filter (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAddress third = test_address ("192.0.2.3");
  LensFilterTerm terms[] = { lens_filter_term_host (&third), lens_filter_term_time (YEAR, 2 * YEAR) };
  LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (LensFilter) none = lens_filter_new_empty ();
  g_autoptr (LensFilter) host = lens_filter_with_term (none, &terms[0]);
  g_autoptr (LensFilter) filter = lens_filter_with_term (host, &terms[1]);
  g_autoptr (LensAnalysis) analysis = lens_analysis_new (capture, filter, &rule, NULL, NULL);
  g_autoptr (LensTimeCloseup) closeup
      = lens_time_closeup_new (analysis, (LensTimeSpan){ 0, 30 * US }, NULL, NULL);
  guint64 wire_bytes;

  g_assert_cmpuint (sum (closeup->whole, &wire_bytes), ==, 3);
  g_assert_cmpuint (sum (closeup->passing, &wire_bytes), ==, 1);
  g_assert_cmpuint (wire_bytes, ==, 64);
}

/* More rows than are read at once, from the first moment on, and of an expression, whose packets no flow says: bin by bin. */
static void
test_closeup_of_many (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autofree char *path = test_folder_write (fixture->folder, "ring.pcap", ring->data, ring->len);
  g_autoptr (LensCapture) capture = load (path, NULL);
  LensPacketColumns all_rows = lens_packet_table_get_columns (lens_capture_get_table (capture));
  const LensTimeSpan span = { all_rows.time_ns[500], all_rows.time_ns[9500] };
  LensFilterTerm large = lens_filter_term_bpf ("greater 1000");
  g_autoptr (LensRowSet) selected = pass (capture, "greater 1000");
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &large, NULL);
  g_autoptr (LensTimeCloseup) closeup = lens_time_closeup_new (analysis, span, NULL, NULL);
  LensTimeSpan bins = lens_time_bins_get_span (closeup->whole);
  LensTimeBin whole[LENS_TIME_BINS_N] = { 0 };
  LensTimeBin passing[LENS_TIME_BINS_N] = { 0 };

  g_assert_cmpint (bins.first_ns, ==, span.first_ns);
  for (gsize row = 0; row < all_rows.n_packets; row++)
    if (has (bins, all_rows.time_ns[row]))
      {
        gsize bin = lens_time_bins_find (closeup->whole, all_rows.time_ns[row]);

        whole[bin].packets++;
        passing[bin].packets += lens_row_set_has (selected, row) ? 1 : 0;
      }
  for (gsize i = 0; i < LENS_TIME_BINS_N; i++)
    {
      g_assert_cmpuint (closeup->whole->bins[i].packets, ==, whole[i].packets);
      g_assert_cmpuint (closeup->passing->bins[i].packets, ==, passing[i].packets);
    }
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_closeup_async (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint64 wire_bytes;

  g_cancellable_cancel (cancelled);
  g_assert_null (lens_time_closeup_new (analysis, all, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (LensTimeCloseup) closeup = NULL;

      lens_time_closeup_new_async (analysis, (LensTimeSpan){ 5 * US, 30 * US }, i == 1 ? cancelled : NULL,
                                   take_result_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      closeup = lens_time_closeup_new_finish (result, &error);
      if (i == 0)
        g_assert_cmpuint (sum (closeup->whole, &wire_bytes), ==, 2);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-zoom/to-selected", test_to_selected);
  g_test_add_func ("/time-zoom/in", test_in);
  g_test_add_func ("/time-zoom/out", test_out);
  g_test_add_func ("/time-zoom/few-steps", test_few_steps);
  g_test_add_func ("/time-zoom/no-packets", test_no_packets);
  g_test_add_func ("/time-zoom/closeup", test_closeup);
  g_test_add_func ("/time-zoom/closeup-of-filter", test_closeup_of_filter);
  g_test_add ("/time-zoom/closeup-of-many", Fixture, NULL, set_up, test_closeup_of_many, tear_down);
  g_test_add_func ("/time-zoom/closeup-async", test_closeup_async);
  return g_test_run ();
}
