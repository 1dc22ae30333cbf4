#include "lens-distribution.h"

#include "lens-analysis-private.h"
#include "lens-hash-index.h"
#include "lens-selected-rows.h"
#include "lens-value-counts.h"

#include <math.h>

/* Digits that tell numbers apart: a payload fits 32 bits, a time 64. */
#define PAYLOAD_BITS 16
#define PAYLOAD_MOST_BITS 32
#define GAP_BITS 12
#define GAP_MOST_BITS 64

/* Bins begin at 0, at 1 and at these of each power of ten, in tenths; whole numbers only. */
static const guint64 mantissas[] = { 10, 12, 15, 20, 25, 30, 40, 50, 60, 80 };
#define MAX_EDGES 200

#define NO_KEY G_MAXUINT32

/* The packet before, of a key. */
typedef struct
{
  gint64 time_ns;
  gboolean is_known;
} Before;

typedef struct
{
  LensDistributionKind kind;
  const guint8 *passes;
  guint32 *key_of_flow;     /* owned; of times: whose packets follow each other */
  Before *before;           /* owned, one a key */
  LensValueCounts *values;  /* owned */
  guint64 edges[MAX_EDGES]; /* where bins begin */
  gsize n_edges;
  gsize first_edge[65]; /* by binary digits: the last edge not above all such numbers */
  guint64 counts[MAX_EDGES];
} DistributionPass;

static void
distribution_pass_free (DistributionPass *pass)
{
  g_free (pass->key_of_flow);
  g_free (pass->before);
  lens_value_counts_free (pass->values);
  g_free (pass);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DistributionPass, distribution_pass_free)

static guint
count_digits (guint64 value)
{
  return value > 0 ? 64 - (guint) __builtin_clzll (value) : 0;
}

static void
make_edges (DistributionPass *pass)
{
  pass->edges[pass->n_edges++] = 0;
  for (guint64 power = 1; power <= G_MAXUINT64 / 80; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (mantissas); i++)
      if (power * mantissas[i] % 10 == 0)
        pass->edges[pass->n_edges++] = power * mantissas[i] / 10;
  for (guint digits = 0; digits < G_N_ELEMENTS (pass->first_edge); digits++)
    {
      guint64 least = digits > 0 ? G_GUINT64_CONSTANT (1) << (digits - 1) : 0;
      gsize edge = 0;

      while (edge + 1 < pass->n_edges && pass->edges[edge + 1] <= least)
        edge++;
      pass->first_edge[digits] = edge;
    }
}

static gsize
find_bin (const DistributionPass *pass, guint64 value)
{
  gsize edge = pass->first_edge[count_digits (value)];

  while (edge + 1 < pass->n_edges && pass->edges[edge + 1] <= value)
    edge++;
  return edge;
}

static void
count_value (DistributionPass *pass, guint64 value)
{
  lens_value_counts_add (pass->values, value);
  pass->counts[find_bin (pass, value)]++;
}

static void
take_payload (gpointer data, const LensPacketColumns *columns, gsize first, gsize end, const LensRowSet *rows)
{
  DistributionPass *pass = data;

  for (gsize row = first; row < end; row++)
    if (pass->passes[columns->flow[row]] && (rows == NULL || lens_row_set_has (rows, row)))
      count_value (pass, columns->payload_bytes[row]);
}

static void
take_gaps (gpointer data, const LensPacketColumns *columns, gsize first, gsize end, const LensRowSet *rows)
{
  DistributionPass *pass = data;

  for (gsize row = first; row < end; row++)
    {
      guint32 key = pass->key_of_flow[columns->flow[row]];
      Before *before;

      if (key == NO_KEY || (rows != NULL && !lens_row_set_has (rows, row)))
        continue;
      before = &pass->before[key];
      if (before->is_known)
        count_value (pass, (guint64) columns->time_ns[row] - (guint64) before->time_ns);
      *before = (Before){ columns->time_ns[row], TRUE };
    }
}

/* Numbers the streams that flows are of, in order of appearance. FALSE when memory runs out. */
static gboolean
number_streams (guint32 *key_of_flow, const guint8 *passes, LensFlowsView flows, guint32 *n_keys)
{
  g_autofree guint64 *pairs = g_try_new (guint64, MAX (flows.n, 1));
  LensHashIndex index;
  gboolean is_good = pairs != NULL && lens_hash_index_init (&index);

  if (!is_good)
    return FALSE;
  for (gsize i = 0; i < flows.n && is_good; i++)
    {
      const LensFlow *flow = &flows.items[i];
      guint64 pair = (guint64) flow->source_host << 32 | flow->destination_host;
      guint64 hash = lens_hash_finish (pair);
      gsize slot;

      if (!passes[i] || flow->source_host == LENS_HOST_NONE)
        continue;
      is_good = lens_hash_index_reserve (&index);
      if (!is_good)
        break;
      slot = lens_hash_index_first (&index, hash);
      while (index.slots[slot].position != LENS_HASH_INDEX_EMPTY && pairs[index.slots[slot].position] != pair)
        slot = lens_hash_index_next (&index, slot);
      if (index.slots[slot].position == LENS_HASH_INDEX_EMPTY)
        {
          pairs[*n_keys] = pair;
          lens_hash_index_put (&index, hash, *n_keys);
          key_of_flow[i] = (*n_keys)++;
        }
      else
        key_of_flow[i] = index.slots[slot].position;
    }
  lens_hash_index_clear (&index);
  return is_good;
}

/* FALSE when memory runs out. */
static gboolean
number_flows (DistributionPass *pass, LensGapsOf gaps, LensFlowsView flows, LensHostsView hosts)
{
  guint32 n_keys = 0;

  pass->key_of_flow = g_try_new (guint32, MAX (flows.n, 1));
  if (pass->key_of_flow == NULL)
    return FALSE;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];
      gboolean has_hosts = flow->source_host != LENS_HOST_NONE;

      pass->key_of_flow[i] = NO_KEY;
      if (!pass->passes[i])
        continue;
      if (gaps == LENS_GAPS_OF_ALL)
        pass->key_of_flow[i] = 0;
      else if (gaps == LENS_GAPS_TO_DESTINATION)
        pass->key_of_flow[i] = flow->destination_host; /* LENS_HOST_NONE is no key */
      else if (gaps == LENS_GAPS_IN_FLOW && has_hosts)
        pass->key_of_flow[i] = (guint32) i;
    }
  if (gaps == LENS_GAPS_IN_STREAM && !number_streams (pass->key_of_flow, pass->passes, flows, &n_keys))
    return FALSE;
  n_keys = gaps == LENS_GAPS_OF_ALL           ? 1
           : gaps == LENS_GAPS_TO_DESTINATION ? (guint32) hosts.n
           : gaps == LENS_GAPS_IN_FLOW        ? (guint32) flows.n
                                              : n_keys;
  pass->before = g_try_new0 (Before, MAX (n_keys, 1));
  return pass->before != NULL;
}

/* (nullable): memory has run out. */
static DistributionPass *
distribution_pass_new (const LensAnalysis *analysis, LensDistributionKind kind, LensGapsOf gaps)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  g_autoptr (DistributionPass) pass = g_new0 (DistributionPass, 1);

  G_STATIC_ASSERT (NO_KEY == LENS_HOST_NONE);
  pass->kind = kind;
  pass->passes = lens_selection_get_view (analysis->selection).flows;
  make_edges (pass);
  pass->values = kind == LENS_DISTRIBUTION_PAYLOAD ? lens_value_counts_new (PAYLOAD_BITS, PAYLOAD_MOST_BITS)
                                                   : lens_value_counts_new (GAP_BITS, GAP_MOST_BITS);
  if (pass->values == NULL
      || (kind == LENS_DISTRIBUTION_GAPS
          && !number_flows (pass, gaps, lens_packet_table_get_flows (table),
                            lens_packet_table_get_hosts (table))))
    return NULL;
  return g_steal_pointer (&pass);
}

static void
add_bins (LensDistribution *distribution, const DistributionPass *pass)
{
  gsize first = find_bin (pass, distribution->min);
  gsize last = find_bin (pass, distribution->max);

  distribution->n_bins = last - first + 1;
  distribution->bins = g_new (LensDistributionBin, distribution->n_bins);
  for (gsize i = first; i <= last; i++)
    distribution->bins[i - first] = (LensDistributionBin){
      .from = pass->edges[i],
      .to = i + 1 < pass->n_edges ? pass->edges[i + 1] - 1 : G_MAXUINT64,
      .n = pass->counts[i],
    };
}

LensDistribution *
lens_distribution_new (const LensAnalysis *analysis,
                       LensDistributionKind kind,
                       LensGapsOf gaps,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (DistributionPass) pass = distribution_pass_new (analysis, kind, gaps);
  LensDistribution *distribution;

  if (pass == NULL)
    {
      lens_analysis_set_memory_error (analysis, error);
      return NULL;
    }
  if (!lens_selected_rows_read (analysis, kind == LENS_DISTRIBUTION_PAYLOAD ? take_payload : take_gaps, pass,
                                cancellable, error))
    return NULL;

  distribution = g_new0 (LensDistribution, 1);
  distribution->kind = kind;
  distribution->gaps = gaps;
  distribution->n = lens_value_counts_get_n (pass->values);
  distribution->min = lens_value_counts_get_min (pass->values);
  distribution->max = lens_value_counts_get_max (pass->values);
  distribution->mean = lens_value_counts_get_mean (pass->values);
  distribution->standard_deviation = lens_value_counts_get_standard_deviation (pass->values);
  distribution->median = lens_value_counts_get_quantile (pass->values, 0.5);
  distribution->low = lens_value_counts_get_quantile (pass->values, 0.05);
  distribution->high = lens_value_counts_get_quantile (pass->values, 0.95);
  if (distribution->n > 0)
    add_bins (distribution, pass);
  return distribution;
}

void
lens_distribution_free (LensDistribution *distribution)
{
  if (distribution == NULL)
    return;
  g_free (distribution->bins);
  g_free (distribution);
}

double
lens_distribution_get_place (const LensDistribution *distribution, double value)
{
  gsize i = 0;
  const LensDistributionBin *bin;
  double end;

  if (distribution->n_bins == 0)
    return 0;
  while (i + 1 < distribution->n_bins && value >= (double) distribution->bins[i + 1].from)
    i++;
  bin = &distribution->bins[i];
  end = (double) bin->to + 1;
  /* A bin of a single number has it in its middle, as bars of it have their label. */
  if (bin->from == bin->to)
    return (double) i + 0.5;
  return (double) i + CLAMP (log (value / (double) bin->from) / log (end / (double) bin->from), 0, 1);
}
