/* Sizes and times between packets: counted by hand, and by a plain reimplementation that sorts them all. */
#include "lens-distribution.h"
#include "lens-value-counts.h"
#include "test-random-packets.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define MS G_GINT64_CONSTANT (1000000)
#define N_RANDOM 20000

static LensDistribution *
distribute (LensAnalysis *analysis, LensDistributionKind kind, LensGapsOf gaps)
{
  g_autoptr (GError) error = NULL;
  LensDistribution *distribution = lens_distribution_new (analysis, kind, gaps, NULL, &error);

  g_assert_no_error (error);
  return distribution;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  guint64 one = *(const guint64 *) a;
  guint64 other = *(const guint64 *) b;

  return (one > other) - (one < other);
}

/* Of @values in order. */
static double
get_quantile (const guint64 *values, gsize n, double share)
{
  double at = share * (double) (n - 1);
  gsize low = (gsize) floor (at);
  gsize high = MIN (low + 1, n - 1);

  return (double) values[low] + (at - floor (at)) * ((double) values[high] - (double) values[low]);
}

static void
assert_near (double found, double expected, double precision)
{
  if (fabs (found - expected) > precision * fabs (expected) + 1e-9)
    g_error ("%.17g is not %.17g", found, expected);
}

/* All there is to know of @values, which are sorted here. */
static void
assert_distribution (const LensDistribution *distribution, guint64 *values, gsize n)
{
  double precision = distribution->kind == LENS_DISTRIBUTION_PAYLOAD ? 0 : 1.0 / 2048;
  double sum = 0, squares = 0;
  guint64 counted = 0;

  g_assert_cmpuint (distribution->n, ==, n);
  if (n == 0)
    {
      g_assert_null (distribution->bins);
      return;
    }
  qsort (values, n, sizeof *values, compare_values);
  for (gsize i = 0; i < n; i++)
    sum += (double) values[i];
  for (gsize i = 0; i < n; i++)
    squares += pow ((double) values[i] - sum / (double) n, 2);
  g_assert_cmpuint (distribution->min, ==, values[0]);
  g_assert_cmpuint (distribution->max, ==, values[n - 1]);
  assert_near (distribution->mean, sum / (double) n, 1e-9);
  assert_near (distribution->standard_deviation, sqrt (squares / (double) n), 1e-6);
  assert_near (distribution->median, get_quantile (values, n, 0.5), precision);
  assert_near (distribution->low, get_quantile (values, n, 0.05), precision);
  assert_near (distribution->high, get_quantile (values, n, 0.95), precision);

  g_assert_cmpuint (distribution->bins[0].from, <=, values[0]);
  g_assert_cmpuint (distribution->bins[0].to, >=, values[0]);
  g_assert_cmpuint (distribution->bins[distribution->n_bins - 1].from, <=, values[n - 1]);
  g_assert_cmpuint (distribution->bins[distribution->n_bins - 1].to, >=, values[n - 1]);
  for (gsize i = 0; i < distribution->n_bins; i++)
    {
      const LensDistributionBin *bin = &distribution->bins[i];
      guint64 inside = 0;

      for (gsize j = 0; j < n; j++)
        inside += values[j] >= bin->from && values[j] <= bin->to;
      g_assert_cmpuint (bin->n, ==, inside);
      g_assert_true (i == 0 || bin->from == bin[-1].to + 1);
      counted += bin->n;
    }
  g_assert_cmpuint (counted, ==, n);
}

static void
test_by_hand (void)
{
  const TestPacket rows[] = {
    { 0, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 0 },
    { 1 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 10 },
    { 2 * SECOND, "192.0.2.3", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 11 },
    { 3 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 1, 53, 12 },
    { 3 * SECOND, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 },
    { 5 * SECOND, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 53, 1, 200 },
  };
  static const guint64 n_gaps[LENS_N_GAPS] = { 3, 2, 1, 5 };
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensDistribution) sizes = distribute (analysis, LENS_DISTRIBUTION_PAYLOAD, 0);

  /* 0 0 10 11 12 200 */
  g_assert_cmpuint (sizes->n, ==, 6);
  g_assert_cmpuint (sizes->min, ==, 0);
  g_assert_cmpuint (sizes->max, ==, 200);
  g_assert_cmpfloat (sizes->median, ==, 10.5);
  g_assert_cmpfloat (sizes->low, ==, 0);
  g_assert_cmpfloat (sizes->high, ==, 153);
  assert_near (sizes->mean, 233.0 / 6, 1e-12);
  g_assert_cmpuint (sizes->bins[0].from, ==, 0);
  g_assert_cmpuint (sizes->bins[0].to, ==, 0);
  g_assert_cmpuint (sizes->bins[0].n, ==, 2);
  g_assert_cmpuint (sizes->bins[8].from, ==, 10);
  g_assert_cmpuint (sizes->bins[8].to, ==, 11);
  g_assert_cmpuint (sizes->bins[8].n, ==, 2);

  for (LensGapsOf gaps = 0; gaps < LENS_N_GAPS; gaps++)
    {
      g_autoptr (LensDistribution) times = distribute (analysis, LENS_DISTRIBUTION_GAPS, gaps);

      g_assert_cmpuint (times->n, ==, n_gaps[gaps]);
    }
  {
    /* 1 s and 2 s in the one stream that has more than one packet. */
    g_autoptr (LensDistribution) times = distribute (analysis, LENS_DISTRIBUTION_GAPS, LENS_GAPS_IN_STREAM);

    g_assert_cmpuint (times->min, ==, 1 * SECOND);
    g_assert_cmpuint (times->max, ==, 2 * SECOND);
    g_assert_cmpfloat (times->mean, ==, 1.5e9);
    g_assert_cmpfloat (times->standard_deviation, ==, 0.5e9);
    assert_near (times->median, 1.5e9, 1.0 / 2048);
  }
}

/* Talk that keeps to its period, a little late each time: all of it is in a bin or two, and so says the deviation. */
static void
test_periodic (void)
{
  TestPacket rows[100];
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensDistribution) times = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = (TestPacket){
      i * 2 * SECOND + (i % 2) * 3 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 99
    };
  capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  analysis = test_analyse (capture, NULL, NULL);
  times = distribute (analysis, LENS_DISTRIBUTION_GAPS, LENS_GAPS_IN_FLOW);
  g_assert_cmpuint (times->n, ==, 99);
  g_assert_cmpuint (times->n_bins, ==, 2);
  assert_near (times->standard_deviation, 3e6, 1e-3);
}

static void
test_nothing_and_one (void)
{
  const TestPacket row = { 5, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 70000 };
  g_autoptr (LensCapture) nothing = test_capture_new (NULL, 0);
  g_autoptr (LensCapture) one = test_capture_new (&row, 1);
  g_autoptr (LensAnalysis) of_nothing = test_analyse (nothing, NULL, NULL);
  g_autoptr (LensAnalysis) of_one = test_analyse (one, NULL, NULL);
  g_autoptr (LensDistribution) sizes = distribute (of_one, LENS_DISTRIBUTION_PAYLOAD, 0);

  for (LensGapsOf gaps = 0; gaps < LENS_N_GAPS; gaps++)
    {
      g_autoptr (LensDistribution) a = distribute (of_nothing, LENS_DISTRIBUTION_GAPS, gaps);
      g_autoptr (LensDistribution) b = distribute (of_one, LENS_DISTRIBUTION_GAPS, gaps);

      assert_distribution (a, NULL, 0);
      assert_distribution (b, NULL, 0);
      g_assert_cmpfloat (lens_distribution_get_place (a, 5), ==, 0);
    }
  g_assert_cmpuint (sizes->n, ==, 1);
  g_assert_cmpuint (sizes->n_bins, ==, 1);
  g_assert_cmpfloat (sizes->median, ==, 70000);
  g_assert_cmpfloat (sizes->standard_deviation, ==, 0);
  g_assert_cmpfloat (lens_distribution_get_place (sizes, 60000), ==, 0);
  g_assert_cmpfloat (lens_distribution_get_place (sizes, 80000), ==, 1);
}

static gboolean
is_same (const char *a, const char *b)
{
  return a != NULL && b != NULL && g_str_equal (a, b);
}

/* Whether @a comes before @b where times are taken so. */
static gboolean
is_before (const TestPacket *a, const TestPacket *b, LensGapsOf gaps)
{
  if (gaps == LENS_GAPS_OF_ALL)
    return TRUE;
  if (!is_same (a->destination, b->destination))
    return FALSE;
  if (gaps == LENS_GAPS_TO_DESTINATION)
    return TRUE;
  if (!is_same (a->source, b->source))
    return FALSE;
  return gaps == LENS_GAPS_IN_STREAM
         || (a->layer == b->layer && a->source_port == b->source_port
             && a->destination_port == b->destination_port);
}

static void
assert_random (const TestPacket *packets, const gboolean *passes, LensAnalysis *analysis)
{
  g_autofree guint64 *values = g_new (guint64, N_RANDOM);
  gsize n = 0;
  g_autoptr (LensDistribution) sizes = distribute (analysis, LENS_DISTRIBUTION_PAYLOAD, 0);

  for (gsize i = 0; i < N_RANDOM; i++)
    if (passes[i])
      values[n++] = packets[i].payload_bytes;
  assert_distribution (sizes, values, n);

  for (LensGapsOf gaps = 0; gaps < LENS_N_GAPS; gaps++)
    {
      g_autoptr (LensDistribution) times = distribute (analysis, LENS_DISTRIBUTION_GAPS, gaps);

      n = 0;
      for (gsize i = 0; i < N_RANDOM; i++)
        for (gsize j = i; passes[i] && j-- > 0;)
          if (passes[j] && is_before (&packets[j], &packets[i], gaps))
            {
              values[n++] = (guint64) (packets[i].time_ns - packets[j].time_ns);
              break;
            }
      assert_distribution (times, values, n);
    }
}

static void
test_random (void)
{
  g_autofree TestPacket *packets = test_random_packets (N_RANDOM, -5 * SECOND);
  g_autofree gboolean *passes = g_new (gboolean, N_RANDOM);
  g_autoptr (LensCapture) capture = test_capture_new (packets, N_RANDOM);
  LensAddress host = test_address ("192.0.2.1");
  LensFilterTerm terms[]
      = { lens_filter_term_host (&host),
          lens_filter_term_time (packets[N_RANDOM / 5].time_ns, packets[N_RANDOM / 2].time_ns) };
  g_autoptr (LensAnalysis) everything = test_analyse_terms (capture, NULL, 0);
  g_autoptr (LensAnalysis) part = test_analyse_terms (capture, terms, G_N_ELEMENTS (terms));

  for (gsize i = 0; i < N_RANDOM; i++)
    passes[i] = TRUE;
  assert_random (packets, passes, everything);
  for (gsize i = 0; i < N_RANDOM; i++)
    passes[i] = (is_same (packets[i].source, "192.0.2.1") || is_same (packets[i].destination, "192.0.2.1"))
                && packets[i].time_ns >= terms[1].first_ns && packets[i].time_ns <= terms[1].last_ns;
  assert_random (packets, passes, part);
}

static void
test_cancelled (void)
{
  const TestPacket row = { 5, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 7 };
  g_autoptr (LensCapture) capture = test_capture_new (&row, 1);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      lens_distribution_new (analysis, LENS_DISTRIBUTION_GAPS, LENS_GAPS_OF_ALL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Every number is found again within the precision that is promised, up to the largest there is. */
static void
test_value_counts (void)
{
  for (guint bits = 1; bits <= 16; bits++)
    for (guint digits = 0; digits <= 64; digits++)
      {
        g_autoptr (LensValueCounts) counts = lens_value_counts_new (bits, 64);
        guint64 value = digits == 0 ? 0 : G_MAXUINT64 >> (64 - digits);

        lens_value_counts_add (counts, 0);
        lens_value_counts_add (counts, value);
        lens_value_counts_add (counts, G_MAXUINT64);
        assert_near (lens_value_counts_get_quantile (counts, 0.5), (double) value,
                     digits <= bits ? 0 : 1.0 / (1 << (bits - 1)));
        g_assert_cmpuint (lens_value_counts_get_max (counts), ==, G_MAXUINT64);
      }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/distribution/by-hand", test_by_hand);
  g_test_add_func ("/distribution/periodic", test_periodic);
  g_test_add_func ("/distribution/nothing-and-one", test_nothing_and_one);
  g_test_add_func ("/distribution/random", test_random);
  g_test_add_func ("/distribution/cancelled", test_cancelled);
  g_test_add_func ("/distribution/value-counts", test_value_counts);
  return g_test_run ();
}
