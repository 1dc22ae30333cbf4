/* The connections: pairs of hosts with what their flows add up to, largest payload first. A capture can have nearly as many as
 * packets, so they are collected, sorted and kept in one and the same memory. */
#include "lens-analysis-private.h"
#include "lens-hash-index.h"
#include "lens-rank-sort.h"

#include <string.h>

/* Pairs of hosts while they are collected: rows to be sorted as they are, largest payload first, then by source and
 * destination address. The first number is the payload, all bits turned round; the second the ranks of the two; the row counts the
 * packets. Beside it an index, open addressing, at most half full. */
typedef struct
{
  LensRankRow *rows;
  gsize n;
  guint32 *slots; /* 1 + place in rows */
  gsize n_slots;
} Pairs;

/* How many flows ahead of the one that is added memory is asked for: its slot first, then its row. */
#define FLOWS_AHEAD_SLOT 24
#define FLOWS_AHEAD_ROW 12

static gboolean
is_counted (LensFlowsView flows, gsize i)
{
  return i < flows.n && flows.items[i].source_host != LENS_HOST_NONE;
}

static guint64
key_of_pair (const LensFlow *flow, const guint32 *ranks)
{
  return (guint64) ranks[flow->source_host] << 32 | ranks[flow->destination_host];
}

/* The slot where a pair's search begins. */
static guint32 *
first_slot (const Pairs *pairs, guint64 key)
{
  return &pairs->slots[lens_hash_finish (key) & (pairs->n_slots - 1)];
}

static void
pairs_prefetch (const Pairs *pairs, LensFlowsView flows, const guint32 *ranks, gsize i)
{
  gsize slot_at = i + FLOWS_AHEAD_SLOT;
  gsize row_at = i + FLOWS_AHEAD_ROW;

  if (is_counted (flows, slot_at))
    __builtin_prefetch (first_slot (pairs, key_of_pair (&flows.items[slot_at], ranks)), 1);
  if (is_counted (flows, row_at))
    {
      guint32 place = *first_slot (pairs, key_of_pair (&flows.items[row_at], ranks));

      if (place != 0)
        __builtin_prefetch (&pairs->rows[place - 1], 1);
    }
}

static void
pairs_add (Pairs *pairs, guint64 key, const LensFlow *flow)
{
  gsize slot = (gsize) (first_slot (pairs, key) - pairs->slots);
  LensRankRow *row;

  while (pairs->slots[slot] != 0 && pairs->rows[pairs->slots[slot] - 1].second != key)
    slot = (slot + 1) & (pairs->n_slots - 1);
  if (pairs->slots[slot] == 0)
    {
      pairs->rows[pairs->n++] = (LensRankRow){ .first = G_MAXUINT64, .second = key };
      pairs->slots[slot] = (guint32) pairs->n;
    }
  row = &pairs->rows[pairs->slots[slot] - 1];
  row->first -= flow->payload_bytes;
  row->row += flow->packets;
}

/* Every pair of hosts with selected packets, in any order. (transfer full) (nullable) */
static LensRankRow *
collect_pairs (LensFlowsView flows, const guint32 *ranks, gsize *n_pairs)
{
  Pairs pairs = { .n_slots = 16 };
  gsize n_counted = 0;

  for (gsize i = 0; i < flows.n; i++)
    n_counted += is_counted (flows, i);
  while (pairs.n_slots < 2 * n_counted)
    pairs.n_slots *= 2;
  pairs.slots = g_try_new0 (guint32, pairs.n_slots);
  pairs.rows = pairs.slots != NULL ? g_try_new (LensRankRow, MAX (n_counted, 1)) : NULL;
  if (pairs.rows == NULL)
    {
      g_free (pairs.slots);
      return NULL;
    }

  for (gsize i = 0; i < flows.n; i++)
    {
      pairs_prefetch (&pairs, flows, ranks, i);
      if (is_counted (flows, i))
        pairs_add (&pairs, key_of_pair (&flows.items[i], ranks), &flows.items[i]);
    }
  g_free (pairs.slots);
  *n_pairs = pairs.n;
  return pairs.rows;
}

/* The connections out of sorted pairs, in the pairs' own @memory, which was made large enough: begun at the end, none is written over a
 * pair that is still to be read. */
static LensConnectionTotals *
connections_from_pairs (gpointer memory, gsize n, LensHostsView hosts, const LensHostOrder *order)
{
  guint8 *bytes = memory;

  G_STATIC_ASSERT (sizeof (LensConnectionTotals) >= sizeof (LensRankRow));
  for (gsize i = n; i-- > 0;)
    {
      LensRankRow pair;
      LensConnectionTotals connection;

      memcpy (&pair, bytes + i * sizeof pair, sizeof pair);
      connection = (LensConnectionTotals){
        .source = &hosts.items[order->hosts[pair.second >> 32]].address,
        .destination = &hosts.items[order->hosts[pair.second & G_MAXUINT32]].address,
        .packets = pair.row,
        .payload_bytes = ~pair.first,
      };
      memcpy (bytes + i * sizeof connection, &connection, sizeof connection);
    }
  return memory;
}

gboolean
lens_analysis_fill_connections (LensAnalysis *analysis, const LensAnalysisScope *scope)
{
  LensHostsView hosts = lens_packet_table_get_hosts (lens_capture_get_table (analysis->capture));
  const LensHostOrder *order = lens_capture_get_host_order (analysis->capture);
  g_autofree LensRankRow *pairs = NULL;
  gpointer larger;
  gsize n = 0;

  if (order == NULL)
    return FALSE;
  pairs = collect_pairs (scope->flows, order->ranks, &n);
  if (pairs == NULL || !lens_rank_sort (pairs, n))
    return FALSE;
  larger = g_try_realloc_n (pairs, MAX (n, 1), sizeof (LensConnectionTotals));
  if (larger == NULL)
    return FALSE;
  pairs = NULL; /* moved */
  analysis->connections = connections_from_pairs (larger, n, hosts, order);
  analysis->n_connections = n;
  return TRUE;
}
