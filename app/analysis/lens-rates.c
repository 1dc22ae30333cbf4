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

LensRates *
lens_rates_new (const LensAnalysis *analysis,
                const LensSplit *split,
                gint64 interval_ns,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (LensRates) rates = g_new0 (LensRates, 1);
  LensTimeSpan span;
  RatePass pass = { .line_of_flow = split->line_of_flow, .rates = rates };

  rates->asked_ns = MAX (interval_ns, 0);
  rates->n_lines = split->n_lines;
  rates->interval_ns = MAX (interval_ns, 1);
  if (split->n_lines == 0
      || !lens_selected_rows_get_span (analysis, split->line_of_flow, LENS_SPLIT_NO_LINE, &span))
    return g_steal_pointer (&rates);

  rates->interval_ns = interval_ns > 0 ? lens_rates_choose_interval (span, interval_ns, LENS_RATES_MAX_BINS)
                       /* One moment says nothing of a rate: it stands in a second. */
                       : span.first_ns == span.last_ns
                           ? G_GINT64_CONSTANT (1000000000)
                           : lens_rates_choose_interval (span, 0, LENS_RATES_AUTOMATIC_BINS);
  rates->start_ns = floor_time (span.first_ns, rates->interval_ns);
  rates->n_bins = count_bins (span, rates->interval_ns);
  /* Unsigned: from one end of time to the other is more than a signed number holds. */
  rates->end_ns = lens_time_add (
      (gint64) ((guint64) rates->start_ns + (rates->n_bins - 1) * (guint64) rates->interval_ns),
      rates->interval_ns);
  rates->bins = g_try_new0 (LensRateBin, rates->n_lines * rates->n_bins);
  if (rates->bins == NULL)
    {
      lens_analysis_set_memory_error (analysis, error);
      return NULL;
    }
  pass.bin_start_ns = rates->start_ns;
  if (!lens_selected_rows_read (analysis, take_rows, &pass, cancellable, error))
    return NULL;
  return g_steal_pointer (&rates);
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
