/* Lines of a selection over time: how they are divided, how much of each there was in each interval, and until each packet. */
#include "lens-line-series.h"
#include "lens-rates.h"
#include "lens-selected-rows.h"
#include "test-random-packets.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define N_RANDOM 30000

static LensSplit *
split (LensAnalysis *analysis, LensSplitBy by, const char *host, gboolean is_of_host, guint max_named)
{
  LensSplitSpec spec = { .by = by, .is_of_host = is_of_host, .max_named = max_named };
  g_autoptr (GError) error = NULL;
  LensSplit *result;

  if (host != NULL)
    spec.host = test_address (host);
  result = lens_split_new (analysis, &spec, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static LensRates *
rate (LensAnalysis *analysis, const LensSplit *lines, gint64 interval_ns)
{
  g_autoptr (GError) error = NULL;
  LensRates *rates = lens_rates_new (analysis, lines, interval_ns, NULL, &error);

  g_assert_no_error (error);
  return rates;
}

static void
test_by_hand (void)
{
  const TestPacket rows[] = {
    { SECOND + 400000000, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 },
    { SECOND + 999999999, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 53, 1, 30 },
    { 2 * SECOND, "192.0.2.1", "192.0.2.3", LENS_LAYER_TCP, 1, 80, 7 },
    { 5 * SECOND, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 },
  };
  static const guint64 packets[] = { 2, 1, 0, 0, 1 };
  static const guint64 bytes[] = { 130, 7, 0, 0, 0 };
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensSplit) all = split (analysis, LENS_SPLIT_NONE, NULL, FALSE, 9);
  g_autoptr (LensSplit) ways = split (analysis, LENS_SPLIT_DIRECTION, "192.0.2.1", FALSE, 9);
  g_autoptr (LensSplit) sent = split (analysis, LENS_SPLIT_DESTINATION, "192.0.2.1", TRUE, 9);
  g_autoptr (LensRates) rates = rate (analysis, all, SECOND);

  g_assert_cmpuint (rates->n_lines, ==, 1);
  g_assert_cmpuint (rates->n_bins, ==, G_N_ELEMENTS (packets));
  g_assert_cmpint (rates->start_ns, ==, SECOND);
  g_assert_cmpint (rates->end_ns, ==, 6 * SECOND);
  for (gsize i = 0; i < rates->n_bins; i++)
    {
      g_assert_cmpuint (lens_rates_get_line (rates, 0)[i].packets, ==, packets[i]);
      g_assert_cmpuint (lens_rates_get_line (rates, 0)[i].payload_bytes, ==, bytes[i]);
    }
  g_assert_cmpuint (ways->n_lines, ==, 3);
  g_assert_cmpint (ways->lines[0].kind, ==, LENS_SPLIT_LINE_SENT);
  g_assert_cmpuint (ways->lines[0].payload_bytes, ==, 107);
  g_assert_cmpint (ways->lines[1].kind, ==, LENS_SPLIT_LINE_RECEIVED);
  g_assert_cmpuint (ways->lines[1].payload_bytes, ==, 30);
  g_assert_cmpint (ways->lines[2].kind, ==, LENS_SPLIT_LINE_BETWEEN_OTHERS);
  g_assert_cmpuint (ways->lines[2].packets, ==, 1);
  g_assert_cmpuint (sent->n_lines, ==, 2);
  g_assert_cmpuint (sent->lines[0].payload_bytes, ==, 100);
  g_assert_cmpuint (sent->lines[1].payload_bytes, ==, 7);
}

/* Nothing, one packet, all at one moment, and the ends of time. */
static void
test_extremes (void)
{
  const TestPacket one = { 1500000000, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 };
  const TestPacket ends[] = { { G_MININT64 / 2, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 1 },
                              { G_MAXINT64 / 2, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 2 } };
  const struct
  {
    const TestPacket *rows;
    gsize n;
  } cases[] = { { NULL, 0 }, { &one, 1 }, { ends, 2 } };
  static const gint64 intervals[] = { 0, 1, 1000, SECOND, 3600 * SECOND, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (intervals); j++)
      {
        g_autoptr (LensCapture) capture = test_capture_new (cases[i].rows, cases[i].n);
        g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
        g_autoptr (LensSplit) all = split (analysis, LENS_SPLIT_NONE, NULL, FALSE, 9);
        g_autoptr (LensRates) rates = rate (analysis, all, intervals[j]);
        guint64 packets = 0;

        g_assert_cmpuint (rates->n_lines, ==, cases[i].n > 0 ? 1 : 0);
        g_assert_cmpuint (rates->n_bins, <=, LENS_RATES_MAX_BINS);
        for (gsize k = 0; k < rates->n_bins; k++)
          packets += lens_rates_get_line (rates, 0)[k].packets;
        g_assert_cmpuint (packets, ==, cases[i].n);
        if (cases[i].n == 1)
          {
            g_assert_cmpuint (rates->n_bins, ==, 1);
            g_assert_cmpint (rates->interval_ns, ==, intervals[j] > 0 ? intervals[j] : SECOND);
            g_assert_cmpint (rates->start_ns, <=, one.time_ns);
          }
      }
}

static void
test_interval_is_chosen (void)
{
  const struct
  {
    gint64 first_ns;
    gint64 last_ns;
    gint64 asked_ns;
    gsize max_bins;
    gint64 expected_ns;
  } cases[] = {
    { 0, 99, 0, 100, 1 },
    { 0, 100, 0, 100, 2 },
    { 0, 999, 0, 100, 10 },
    { 0, 60 * SECOND, 0, 240, 500000000 },
    { 5, 60 * SECOND, 100000000, 10000, 100000000 },
    { 5, 60 * SECOND, 1000000, 10000, 10000000 },
    { -3, 3, 3, 100, 3 }, /* what is asked for need not be round */
    { 7, 7, 0, 1, 1 },
    { G_MININT64, G_MAXINT64, 0, 240, 100000000 * SECOND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lens_rates_choose_interval (lens_time_span_new (cases[i].first_ns, cases[i].last_ns),
                                                 cases[i].asked_ns, cases[i].max_bins),
                     ==, cases[i].expected_ns);
}

static guint64
get_start (const LensRates *rates, gsize bin)
{
  return (guint64) rates->start_ns + bin * (guint64) rates->interval_ns;
}

/* Of a part of the time: what all of it has in the same intervals. */
static void
assert_part (const LensRates *part, const LensRates *whole, LensTimeSpan shown)
{
  gint64 from_ns = MAX (shown.first_ns, whole->whole.first_ns);
  gint64 to_ns = MIN (shown.last_ns, whole->whole.last_ns);

  g_assert_true (part->has_packets);
  g_assert_cmpint (part->interval_ns, ==, whole->interval_ns);
  if (from_ns > to_ns && part->n_bins == 0)
    return;
  g_assert_cmpuint (part->n_bins, >, 0);
  g_assert_cmpuint (part->n_bins, <=, 3 * LENS_RATES_AUTOMATIC_BINS + 3);
  if (from_ns <= to_ns)
    {
      g_assert_cmpint (part->start_ns, <=, from_ns);
      g_assert_cmpint (part->end_ns, >, to_ns);
    }
  for (gsize line = 0; line < part->n_lines; line++)
    for (gsize i = 0; i < part->n_bins; i++)
      {
        gsize at = (gsize) ((get_start (part, i) - (guint64) whole->start_ns) / (guint64) whole->interval_ns);
        const LensRateBin *bin = &lens_rates_get_line (part, line)[i];
        const LensRateBin *expected = &lens_rates_get_line (whole, line)[at];

        g_assert_cmpuint (at, <, whole->n_bins);
        g_assert_cmpuint (get_start (part, i), ==, get_start (whole, at));
        g_assert_cmpuint (bin->packets, ==, expected->packets);
        g_assert_cmpuint (bin->payload_bytes, ==, expected->payload_bytes);
      }
}

/* Where parts of the time begin, and how long they are, as shares of all of it. */
static const double froms[] = { -1, -0.1, 0, 0.01, 0.4, 0.7, 0.95, 0.999, 1, 3 };
static const double lengths[] = { 0.03, 0.1, 0.5, 1, 2 };

static LensTimeSpan
get_part (LensTimeSpan all, gsize from, gsize length)
{
  double length_ns = (double) lens_time_span_get_length (all);
  gint64 from_ns = all.first_ns + (gint64) (froms[from] * length_ns);

  return lens_time_span_new (from_ns, from_ns + (gint64) (lengths[length] * length_ns));
}

static void
check_parts (LensAnalysis *analysis)
{
  g_autoptr (LensSplit) lines = split (analysis, LENS_SPLIT_PROTOCOL, NULL, FALSE, 9);
  g_autoptr (LensRates) all = rate (analysis, lines, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (froms); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (lengths); j++)
      {
        LensTimeSpan shown = get_part (all->whole, i, j);
        g_autoptr (GError) error = NULL;
        g_autoptr (LensRates) part = lens_rates_new_shown (analysis, lines, shown, NULL, &error);
        g_autoptr (LensRates) whole = rate (analysis, lines, lens_rates_fit_interval (shown));

        g_assert_no_error (error);
        g_test_message ("from %g, as long as %g", froms[i], lengths[j]);
        assert_part (part, whole, shown);
      }
}

typedef struct
{
  LensTimeSpan span; /* only rows in it are counted */
  guint64 n_given;
  guint64 n_rows;
  guint64 sum; /* of their numbers */
} RowCount;

static void
count_rows (gpointer data, const LensPacketColumns *columns, gsize first, gsize end, const LensRowSet *rows)
{
  RowCount *count = data;

  count->n_given += end - first;
  for (gsize row = first; row < end; row++)
    if (columns->time_ns[row] >= count->span.first_ns && columns->time_ns[row] <= count->span.last_ns)
      {
        count->n_rows++;
        count->sum += row + 1;
      }
}

/* The rows of a span are those that all rows have in it, and no others are gone through for them. */
static void
check_rows_of_span (LensAnalysis *analysis, LensTimeSpan span)
{
  g_autoptr (GError) error = NULL;
  RowCount of_all = { .span = span };
  RowCount of_span = { .span = span };

  g_assert_true (lens_selected_rows_read (analysis, count_rows, &of_all, NULL, &error));
  g_assert_true (lens_selected_rows_read_span (analysis, span, count_rows, &of_span, NULL, &error));
  g_assert_cmpuint (of_span.n_rows, ==, of_all.n_rows);
  g_assert_cmpuint (of_span.sum, ==, of_all.sum);
  g_assert_cmpuint (of_span.n_given, ==, of_span.n_rows);
}

static void
check_rows_of_spans (LensAnalysis *analysis, LensTimeSpan all)
{
  LensPacketColumns columns
      = lens_packet_table_get_columns (lens_capture_get_table (lens_analysis_get_capture (analysis)));

  for (gsize i = 0; i < G_N_ELEMENTS (froms); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (lengths); j++)
      check_rows_of_span (analysis, get_part (all, i, j));
  /* From one packet to another, both with all that have their time. */
  for (gsize i = 0; i < columns.n_packets; i += 997)
    for (gsize j = i; j < columns.n_packets; j += 7919)
      check_rows_of_span (analysis, lens_time_span_new (columns.time_ns[i], columns.time_ns[j]));
  check_rows_of_span (analysis, lens_time_span_new (G_MININT64, G_MAXINT64));
}

/* Of all packets, and of those that a filter selects: by what is no range of rows, by one range, by two. */
static void
test_part_of_the_time (void)
{
  g_autofree TestPacket *packets = test_random_packets (N_RANDOM, -7 * SECOND + 12345);
  g_autoptr (LensCapture) capture = test_capture_new (packets, N_RANDOM);
  LensAddress host = test_address ("203.0.113.9");
  LensTimeSpan all = { 0, 0 };
  LensFilterTerm terms[3] = { lens_filter_term_host (&host) };

  g_assert_true (lens_capture_get_time_span (capture, &all.first_ns, &all.last_ns));
  terms[1] = terms[2] = lens_filter_term_time (get_part (all, 4, 1).first_ns, get_part (all, 4, 1).last_ns);
  terms[2].is_inverted = TRUE;
  for (gsize i = 0; i <= G_N_ELEMENTS (terms); i++)
    {
      g_autoptr (LensAnalysis) analysis
          = test_analyse (capture, i < G_N_ELEMENTS (terms) ? &terms[i] : NULL, NULL);

      check_parts (analysis);
      check_rows_of_spans (analysis, all);
    }
}

/* Where time ends, and where one looks beyond the packets. */
static void
test_part_of_extreme_times (void)
{
  const TestPacket ends[] = { { G_MININT64 / 2, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 1 },
                              { G_MAXINT64 / 2, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 2 } };
  const LensTimeSpan spans[] = { { G_MININT64, G_MAXINT64 },
                                 { G_MININT64, G_MININT64 },
                                 { G_MAXINT64, G_MAXINT64 },
                                 { G_MININT64, 0 },
                                 { 0, G_MAXINT64 },
                                 { 0, 0 },
                                 { G_MAXINT64 / 2, G_MAXINT64 / 2 },
                                 { G_MININT64 / 2, G_MININT64 / 2 } };
  static const guint64 n_expected[] = { 2, 0, 0, 2, 2, 0, 1, 1 };
  g_autoptr (LensCapture) capture = test_capture_new (ends, G_N_ELEMENTS (ends));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensSplit) all = split (analysis, LENS_SPLIT_NONE, NULL, FALSE, 9);

  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LensRates) rates = lens_rates_new_shown (analysis, all, spans[i], NULL, &error);
      guint64 n = 0;

      g_assert_no_error (error);
      for (gsize bin = 0; bin < rates->n_bins; bin++)
        n += lens_rates_get_line (rates, 0)[bin].packets;
      g_test_message ("span %zu", i);
      g_assert_cmpuint (n, ==, n_expected[i]);
    }
}

/* What the packets of a line have in common, as text; NULL: it is on no line. (transfer full) */
static char *
name_packet (const TestPacket *packet, LensSplitBy by, const char *host, gboolean is_of_host)
{
  gboolean is_ip = packet->layer != LENS_LAYER_NOT_IP;
  gboolean is_sent = is_ip && host != NULL && g_str_equal (packet->source, host);
  gboolean is_received = is_ip && host != NULL && g_str_equal (packet->destination, host);
  static const guint protocols[] = { 0, 6, 17, 1, 47 };

  if (is_of_host && !is_sent && !(by == LENS_SPLIT_DIRECTION && is_received))
    return NULL;
  switch (by)
    {
    case LENS_SPLIT_DIRECTION:
      return g_strdup (is_sent ? "sent" : is_received ? "received" : "between others");
    case LENS_SPLIT_DESTINATION:
      return g_strdup (is_ip ? packet->destination : "not IP");
    case LENS_SPLIT_PORT:
      if (packet->layer != LENS_LAYER_TCP && packet->layer != LENS_LAYER_UDP)
        return g_strdup ("no port");
      return g_strdup_printf ("%s %u", packet->layer == LENS_LAYER_TCP ? "TCP" : "UDP",
                              packet->destination_port);
    case LENS_SPLIT_PROTOCOL:
      return is_ip ? g_strdup_printf ("%u", protocols[packet->layer]) : g_strdup ("not IP");
    default:
      return g_strdup ("all");
    }
}

static char *
name_line (const LensSplitLine *line)
{
  char text[LENS_ADDRESS_TEXT_SIZE];

  switch (line->kind)
    {
    case LENS_SPLIT_LINE_SENT:
      return g_strdup ("sent");
    case LENS_SPLIT_LINE_RECEIVED:
      return g_strdup ("received");
    case LENS_SPLIT_LINE_BETWEEN_OTHERS:
      return g_strdup ("between others");
    case LENS_SPLIT_LINE_DESTINATION:
      return g_strdup (lens_address_format (&line->address, text));
    case LENS_SPLIT_LINE_PORT:
      return g_strdup_printf ("%s %u", line->layer == LENS_LAYER_TCP ? "TCP" : "UDP", line->port);
    case LENS_SPLIT_LINE_NO_PORT:
      return g_strdup ("no port");
    case LENS_SPLIT_LINE_PROTOCOL:
      return g_strdup_printf ("%u", line->protocol);
    case LENS_SPLIT_LINE_NOT_IP:
      return g_strdup ("not IP");
    case LENS_SPLIT_LINE_OTHERS:
      return g_strdup ("others");
    default:
      return g_strdup ("all");
    }
}

/* The line that a packet must be on: of its name, else the others. -1: none. */
static int
find_line (const LensSplit *lines, const char *name)
{
  for (gsize i = 0; name != NULL && i < lines->n_lines; i++)
    {
      g_autofree char *line = name_line (&lines->lines[i]);

      if (g_str_equal (line, name) || lines->lines[i].kind == LENS_SPLIT_LINE_OTHERS)
        return (int) i;
    }
  return -1;
}

/* The rates, the sizes and the sums of each line, packet after packet. */
static void
assert_lines (const TestPacket *packets,
              const gboolean *passes,
              LensAnalysis *analysis,
              LensSplitBy by,
              const char *host,
              gboolean is_of_host,
              guint max_named)
{
  const gint64 interval_ns = 50000000;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensSplit) lines = split (analysis, by, host, is_of_host, max_named);
  g_autoptr (LensRates) rates = rate (analysis, lines, interval_ns);
  g_autoptr (LensLineSeries) sums = lens_line_series_new (analysis, lines, LENS_LINE_SUMS, NULL, &error);
  g_autofree LensRateBin *expected = g_new0 (LensRateBin, MAX (rates->n_lines * rates->n_bins, 1));
  guint64 totals[LENS_SPLIT_MAX_LINES] = { 0 };
  guint64 counts[LENS_SPLIT_MAX_LINES] = { 0 };
  gsize at[LENS_SPLIT_MAX_LINES] = { 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (lines->n_lines, <=, by == LENS_SPLIT_DIRECTION ? 3 : max_named + 1);
  g_assert_cmpint (rates->interval_ns, ==, interval_ns);
  for (gsize i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *name = passes[i] ? name_packet (&packets[i], by, host, is_of_host) : NULL;
      int line = find_line (lines, name);
      gsize bin;

      g_assert_cmpint (line >= 0, ==, name != NULL);
      if (line < 0)
        continue;
      bin = (gsize) ((packets[i].time_ns - rates->start_ns) / interval_ns);
      expected[(gsize) line * rates->n_bins + bin].packets++;
      expected[(gsize) line * rates->n_bins + bin].payload_bytes += packets[i].payload_bytes;
      totals[line] += packets[i].payload_bytes;
      counts[line]++;
      /* Of many packets only some are points; each of those has the sum of its own. */
      while (at[line] < sums->n_points[line] && sums->points[line][at[line]].time_ns == packets[i].time_ns
             && sums->points[line][at[line]].payload_bytes == totals[line])
        at[line]++;
    }
  for (gsize i = 0; i < rates->n_lines * rates->n_bins; i++)
    {
      g_assert_cmpuint (rates->bins[i].packets, ==, expected[i].packets);
      g_assert_cmpuint (rates->bins[i].payload_bytes, ==, expected[i].payload_bytes);
    }
  for (gsize i = 0; i < lines->n_lines; i++)
    {
      g_assert_cmpuint (lines->lines[i].packets, ==, counts[i]);
      g_assert_cmpuint (lines->lines[i].payload_bytes, ==, totals[i]);
      g_assert_cmpuint (at[i], ==, sums->n_points[i]);
      g_assert_cmpuint (sums->points[i][sums->n_points[i] - 1].payload_bytes, ==, totals[i]);
      if (i > 0 && by != LENS_SPLIT_DIRECTION && lines->lines[i].kind != LENS_SPLIT_LINE_OTHERS)
        g_assert_cmpuint (totals[i], <=, totals[i - 1]);
    }
}

static void
test_random (void)
{
  g_autofree TestPacket *packets = test_random_packets (N_RANDOM, -7 * SECOND + 12345);
  g_autofree gboolean *all = g_new (gboolean, N_RANDOM);
  g_autofree gboolean *some = g_new (gboolean, N_RANDOM);
  g_autoptr (LensCapture) capture = test_capture_new (packets, N_RANDOM);
  LensFilterTerm terms[]
      = { lens_filter_term_protocol (17),
          lens_filter_term_time (packets[N_RANDOM / 5].time_ns, packets[N_RANDOM / 2].time_ns) };
  g_autoptr (LensAnalysis) everything = test_analyse_terms (capture, NULL, 0);
  g_autoptr (LensAnalysis) part = test_analyse_terms (capture, terms, G_N_ELEMENTS (terms));

  for (gsize i = 0; i < N_RANDOM; i++)
    {
      all[i] = TRUE;
      some[i] = packets[i].layer == LENS_LAYER_UDP && packets[i].time_ns >= terms[1].first_ns
                && packets[i].time_ns <= terms[1].last_ns;
    }
  for (LensSplitBy by = 0; by < LENS_N_SPLITS; by++)
    {
      assert_lines (packets, all, everything, by, "192.0.2.1", FALSE, 9);
      assert_lines (packets, all, everything, by, "192.0.2.1", TRUE, 3);
      assert_lines (packets, some, part, by, "192.0.2.2", TRUE, 9);
      assert_lines (packets, some, part, by, "192.0.2.2", FALSE, 1);
    }
}

static void
test_host (void)
{
  const TestPacket rows[] = { { 1, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 },
                              { 2, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 53, 1, 30 } };
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensCapture) nothing = test_capture_new (NULL, 0);
  LensAddress first = test_address ("192.0.2.1");
  LensAddress second = test_address ("192.0.2.2");
  LensFilterTerm terms[] = { lens_filter_term_host (&second), lens_filter_term_host (&first) };
  g_autoptr (LensAnalysis) of_nothing = test_analyse (nothing, NULL, NULL);
  g_autoptr (LensAnalysis) everything = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) one = test_analyse_terms (capture, terms, 1);
  g_autoptr (LensAnalysis) both = test_analyse_terms (capture, terms, 2);
  g_autoptr (LensAnalysis) without = NULL;
  LensAddress host;

  g_assert_false (lens_split_find_host (of_nothing, &host));
  g_assert_true (lens_split_find_host (everything, &host) && lens_address_equal (&host, &first));
  g_assert_true (lens_split_find_host (one, &host) && lens_address_equal (&host, &second));
  g_assert_true (lens_split_find_host (both, &host) && lens_address_equal (&host, &first));
  terms[0].is_inverted = TRUE;
  without = test_analyse_terms (capture, terms, 1);
  g_assert_false (lens_split_find_host (without, &host));
}

static void
test_cancelled (void)
{
  const TestPacket row = { 5, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 7 };
  g_autoptr (LensCapture) capture = test_capture_new (&row, 1);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensSplit) all = split (analysis, LENS_SPLIT_NONE, NULL, FALSE, 9);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lens_rates_new (analysis, all, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (lens_line_series_new (analysis, all, LENS_LINE_SIZES, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What an analysis was divided by last is there still; the one of another analysis is another. */
static void
test_splits_are_kept (void)
{
  g_autofree TestPacket *packets = test_random_packets (N_RANDOM, 0);
  g_autoptr (LensCapture) capture = test_capture_new (packets, N_RANDOM);
  LensFilterTerm udp = lens_filter_term_protocol (17);
  g_autoptr (LensAnalysis) all = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) part = test_analyse (capture, &udp, NULL);
  g_autoptr (LensSplit) first = split (all, LENS_SPLIT_PORT, NULL, FALSE, 5);
  g_autoptr (LensSplit) of_part = split (part, LENS_SPLIT_PORT, NULL, FALSE, 5);
  g_autoptr (LensSplit) again = split (all, LENS_SPLIT_PORT, NULL, FALSE, 5);
  static const LensSplitSpec others[] = {
    { .by = LENS_SPLIT_DESTINATION, .max_named = 5 },
    { .by = LENS_SPLIT_PORT, .max_named = 4 },
    { .by = LENS_SPLIT_PORT, .host = { { 192, 0, 2, 1 }, 4 }, .max_named = 5 },
    { .by = LENS_SPLIT_PORT, .host = { { 192, 0, 2, 1 }, 4 }, .is_of_host = TRUE, .max_named = 5 },
  };
  gsize n_flows = lens_packet_table_get_flows (lens_capture_get_table (capture)).n;
  g_autoptr (LensSplit) later = NULL;

  g_assert_true (again == first);
  g_assert_true (of_part != first);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LensSplit) other = lens_split_new (all, &others[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_true (other != first);
    }
  /* The oldest of so many is forgotten, and made as it was. */
  later = split (all, LENS_SPLIT_PORT, NULL, FALSE, 5);
  g_assert_true (later != first);
  g_assert_cmpuint (later->n_lines, ==, first->n_lines);
  g_assert_cmpmem (later->line_of_flow, n_flows, first->line_of_flow, n_flows);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rates/by-hand", test_by_hand);
  g_test_add_func ("/rates/extremes", test_extremes);
  g_test_add_func ("/rates/interval-is-chosen", test_interval_is_chosen);
  g_test_add_func ("/rates/random", test_random);
  g_test_add_func ("/rates/host", test_host);
  g_test_add_func ("/rates/cancelled", test_cancelled);
  g_test_add_func ("/rates/part-of-the-time", test_part_of_the_time);
  g_test_add_func ("/rates/splits-are-kept", test_splits_are_kept);
  g_test_add_func ("/rates/part-of-extreme-times", test_part_of_extreme_times);
  return g_test_run ();
}
