#include "lens-rates.h"

#include "lens-analysis-private.h"
#include "lens-selected-rows.h"

typedef struct
{
  const guint8 *line_of_flow;
  LensRates *rates;
  gsize bin; /* of the packet before */
  gint64 bin_start_ns;
} RatePass;

/* When the interval that @time_ns is in begins: at the earliest at the begin of time. */
static gint64
floor_time (gint64 time_ns, gint64 interval_ns)
{
  gint64 rest = time_ns % interval_ns;

  rest = rest < 0 ? rest + interval_ns : rest;
  return time_ns < G_MININT64 + rest ? G_MININT64 : time_ns - rest;
}

/* More than a gsize's worth is as much as it holds. */
static gsize
count_bins (LensTimeSpan span, gint64 interval_ns)
{
  guint64 n
      = ((guint64) span.last_ns - (guint64) floor_time (span.first_ns, interval_ns)) / (guint64) interval_ns;

  return n < G_MAXSIZE ? (gsize) n + 1 : G_MAXSIZE;
}

gint64
lens_rates_choose_interval (LensTimeSpan span, gint64 interval_ns, gsize max_bins)
{
  static const gint64 mantissas[] = { 1, 2, 5 };

  if (interval_ns > 0 && count_bins (span, interval_ns) <= max_bins)
    return interval_ns;
  for (gint64 power = 1; power < G_MAXINT64 / 10; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (mantissas); i++)
      if (power * mantissas[i] >= interval_ns && count_bins (span, power * mantissas[i]) <= max_bins)
        return power * mantissas[i];
  /* Some centuries: all of the time there is are a few of them. */
  return G_MAXINT64;
}

static void
take_rows (gpointer data, const LensPacketColumns *columns, gsize first, gsize end, const LensRowSet *rows)
{
  RatePass *pass = data;
  LensRates *rates = pass->rates;
  guint64 interval_ns = (guint64) rates->interval_ns;

  for (gsize row = first; row < end; row++)
    {
      guint8 line = pass->line_of_flow[columns->flow[row]];
      guint64 since;
      LensRateBin *bin;

      if (line == LENS_SPLIT_NO_LINE || (rows != NULL && !lens_row_set_has (rows, row)))
        continue;
      /* Times ascend: most packets are in the interval of the one before, and need no division. */
      since = (guint64) columns->time_ns[row] - (guint64) pass->bin_start_ns;
      if (since >= interval_ns)
        {
          guint64 n = since / interval_ns;

          pass->bin += n;
          pass->bin_start_ns = (gint64) ((guint64) pass->bin_start_ns + n * interval_ns);
        }
      bin = &rates->bins[line * rates->n_bins + pass->bin];
      bin->packets++;
      bin->payload_bytes += columns->payload_bytes[row];
    }
}

/* Counts what is in @counted in the rates' intervals. */
static LensRates *
count (LensRates *rates,
       const LensAnalysis *analysis,
       const LensSplit *split,
       LensTimeSpan counted,
       GCancellable *cancellable,
       GError **error)
{
  RatePass pass = { .line_of_flow = split->line_of_flow, .rates = rates };

  rates->start_ns = floor_time (counted.first_ns, rates->interval_ns);
  rates->n_bins = count_bins (counted, rates->interval_ns);
  /* Unsigned: from one end of time to the other is more than a signed number holds. */
  rates->end_ns = lens_time_add (
      (gint64) ((guint64) rates->start_ns + (rates->n_bins - 1) * (guint64) rates->interval_ns),
      rates->interval_ns);
  rates->bins = g_try_new0 (LensRateBin, rates->n_lines * rates->n_bins);
  if (rates->bins == NULL)
    {
      lens_analysis_set_memory_error (analysis, error);
      lens_rates_free (rates);
      return NULL;
    }
  pass.bin_start_ns = rates->start_ns;
  if (lens_selected_rows_read_span (analysis, counted, take_rows, &pass, cancellable, error))
    return rates;
  lens_rates_free (rates);
  return NULL;
}

/* Without any interval yet. FALSE: there are no packets. */
static gboolean
begin (LensRates *rates, const LensAnalysis *analysis, const LensSplit *split)
{
  rates->n_lines = split->n_lines;
  rates->interval_ns = 1;
  rates->has_packets
      = split->n_lines > 0
        && lens_selected_rows_get_span (analysis, split->line_of_flow, LENS_SPLIT_NO_LINE, &rates->whole);
  return rates->has_packets;
}

LensRates *
lens_rates_new (const LensAnalysis *analysis,
                const LensSplit *split,
                gint64 interval_ns,
                GCancellable *cancellable,
                GError **error)
{
  LensRates *rates = g_new0 (LensRates, 1);
  LensTimeSpan span;

  rates->asked_ns = MAX (interval_ns, 0);
  if (!begin (rates, analysis, split))
    return rates;
  span = rates->whole;
  rates->interval_ns = interval_ns > 0 ? lens_rates_choose_interval (span, interval_ns, LENS_RATES_MAX_BINS)
                       /* One moment says nothing of a rate: it stands in a second. */
                       : span.first_ns == span.last_ns
                           ? G_GINT64_CONSTANT (1000000000)
                           : lens_rates_choose_interval (span, 0, LENS_RATES_AUTOMATIC_BINS);
  return count (rates, analysis, split, span, cancellable, error);
}

gint64
lens_rates_fit_interval (LensTimeSpan shown)
{
  return lens_rates_choose_interval (shown, 0, LENS_RATES_AUTOMATIC_BINS);
}

/* The moment @length_ns before @time_ns, or the begin of time. */
static gint64
subtract_time (gint64 time_ns, guint64 length_ns)
{
  guint64 since_begin = (guint64) time_ns - (guint64) G_MININT64;

  return length_ns < since_begin ? (gint64) ((guint64) time_ns - length_ns) : G_MININT64;
}

LensRates *
lens_rates_new_shown (const LensAnalysis *analysis,
                      const LensSplit *split,
                      LensTimeSpan shown,
                      GCancellable *cancellable,
                      GError **error)
{
  LensRates *rates = g_new0 (LensRates, 1);
  guint64 length_ns = lens_time_span_get_length (shown);
  LensTimeSpan counted;
  guint64 last_offset;
  guint64 to_end;

  if (!begin (rates, analysis, split))
    return rates;
  rates->interval_ns = lens_rates_fit_interval (shown);
  /* To whole intervals: one at the edge is not counted in part. */
  counted.first_ns = floor_time (subtract_time (shown.first_ns, length_ns), rates->interval_ns);
  to_end = (guint64) G_MAXINT64 - (guint64) counted.first_ns;
  last_offset = (guint64) shown.last_ns - (guint64) counted.first_ns;
  last_offset += MIN (length_ns, to_end - last_offset);
  last_offset -= last_offset % (guint64) rates->interval_ns;
  last_offset += MIN ((guint64) rates->interval_ns - 1, to_end - last_offset);
  counted.last_ns = (gint64) ((guint64) counted.first_ns + last_offset);
  counted.first_ns = MAX (counted.first_ns, rates->whole.first_ns);
  counted.last_ns = MIN (counted.last_ns, rates->whole.last_ns);
  if (counted.first_ns > counted.last_ns)
    {
      rates->start_ns = rates->end_ns = floor_time (rates->whole.first_ns, rates->interval_ns);
      return rates;
    }
  return count (rates, analysis, split, counted, cancellable, error);
}

void
lens_rates_free (LensRates *rates)
{
  if (rates == NULL)
    return;
  g_free (rates->bins);
  g_free (rates);
}

const LensRateBin *
lens_rates_get_line (const LensRates *rates, gsize line)
{
  g_return_val_if_fail (line < rates->n_lines, NULL);
  return &rates->bins[line * rates->n_bins];
}
