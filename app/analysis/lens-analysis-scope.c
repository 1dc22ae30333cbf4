#include "lens-analysis-scope.h"

#include "lens-analysis-private.h"
#include "lens-parallel.h"

#include <stdlib.h>

/* How many rows are read between looks at the cancellable, and how many ahead of the one that is counted memory is asked for. */
#define ROWS_PER_LOOK 4096
#define ROWS_AHEAD 16
/* Fewer are not worth a second thread and a second set of counts. */
#define MIN_ROWS_PER_PART 262144
#define MOST_PARTS 2

/* What one flow has of the selected packets, in few bytes: for each packet one is written, anywhere in memory. */
typedef struct
{
  guint32 packets;
  guint32 payload_low; /* the payload's low 32 bits; what is carried is noted apart */
} FlowCount;

/* A part of the table in which selected rows are counted. */
typedef struct
{
  const LensPacketColumns *columns;
  const LensSelectionView *selected;
  GCancellable *cancellable;
  FlowCount *counts; /* one a flow */
  GArray *carries;   /* (element-type guint32) a flow each time that its payload_low began anew */
  gsize first;
  gsize end;
} CountTask;

static inline void
count_row (const CountTask *task, gsize row)
{
  const LensPacketColumns *columns = task->columns;
  FlowCount *count = &task->counts[columns->flow[row]];

  count->packets++;
  if (G_UNLIKELY (
          __builtin_add_overflow (count->payload_low, columns->payload_bytes[row], &count->payload_low)))
    g_array_append_val (task->carries, columns->flow[row]);
}

static void
count_rows (const CountTask *task, gsize first, gsize end)
{
  const LensRowSet *rows = task->selected->rows;
  const guint32 *flow = task->columns->flow;

  if (rows != NULL)
    {
      for (gsize row = lens_row_set_next (rows, first, end); row < end;
           row = lens_row_set_next (rows, row + 1, end))
        count_row (task, row);
      return;
    }
  for (gsize row = first; row < end; row++)
    {
      __builtin_prefetch (&task->counts[flow[MIN (row + ROWS_AHEAD, end - 1)]], 1);
      count_row (task, row);
    }
}

static void
count_worker (gpointer data)
{
  const CountTask *task = data;

  for (gsize i = 0; i < task->selected->n_ranges; i++)
    {
      gsize first = MAX (task->selected->ranges[i].first, task->first);
      gsize end = MIN (task->selected->ranges[i].end, task->end);

      for (gsize start = first; start < end; start += ROWS_PER_LOOK)
        {
          if (g_cancellable_is_cancelled (task->cancellable))
            return;
          count_rows (task, start, MIN (start + ROWS_PER_LOOK, end));
        }
    }
}

/* The selected packets of the flows, counted in parts. */
typedef struct
{
  FlowCount *counts[MOST_PARTS]; /* owned: one a flow */
  GArray *carries[MOST_PARTS];   /* owned */
  gsize n_parts;
} FlowCounts;

static void
flow_counts_clear (FlowCounts *counts)
{
  for (gsize i = 0; i < counts->n_parts; i++)
    {
      g_free (counts->counts[i]);
      g_array_unref (counts->carries[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlowCounts, flow_counts_clear)

static guint32
count_packets (const FlowCounts *counts, gsize flow)
{
  guint32 packets = 0;

  for (gsize i = 0; i < counts->n_parts; i++)
    packets += counts->counts[i][flow].packets;
  return packets;
}

/* Makes room in the scope for @n flows of its own. FALSE when memory runs out. */
static gboolean
make_room (LensAnalysisScope *scope, gsize n)
{
  scope->own_flows = g_try_new (LensFlow, MAX (n, 1));
  scope->own_places = g_try_new (guint32, MAX (n, 1));
  scope->flows = (LensFlowsView){ .items = scope->own_flows, .n = n };
  scope->places = scope->own_places;
  return scope->own_flows != NULL && scope->own_places != NULL;
}

/* Copies those of @flows that pass as they are. */
static gboolean
keep_passing (LensAnalysisScope *scope, LensFlowsView flows)
{
  const guint8 *passes = scope->selected.flows;
  gsize n = 0;

  for (gsize i = 0; i < flows.n; i++)
    n += passes[i];
  if (n == flows.n)
    {
      scope->flows = flows;
      return TRUE;
    }
  if (!make_room (scope, n))
    return FALSE;
  n = 0;
  for (gsize i = 0; i < flows.n; i++)
    {
      if (!passes[i])
        continue;
      scope->own_flows[n] = flows.items[i];
      scope->own_places[n++] = (guint32) i;
    }
  return TRUE;
}

/* Copies those of @flows that pass and have packets, with what was counted. */
static gboolean
keep_counted (LensAnalysisScope *scope, LensFlowsView flows, const FlowCounts *counts)
{
  const guint8 *passes = scope->selected.flows;
  gsize n = 0;

  for (gsize i = 0; i < flows.n; i++)
    n += passes[i] && count_packets (counts, i) > 0;
  if (!make_room (scope, n))
    return FALSE;
  n = 0;
  for (gsize i = 0; i < flows.n; i++)
    {
      LensFlow *flow = &scope->own_flows[n];

      if (!passes[i] || count_packets (counts, i) == 0)
        continue;
      *flow = flows.items[i];
      flow->packets = count_packets (counts, i);
      flow->wire_bytes = 0;
      flow->payload_bytes = 0;
      for (gsize part = 0; part < counts->n_parts; part++)
        flow->payload_bytes += counts->counts[part][i].payload_low;
      scope->own_places[n++] = (guint32) i;
    }
  return TRUE;
}

static int
compare_places (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Adds what the payload of flows carried: hardly ever anything. */
static void
add_carries (LensAnalysisScope *scope, const FlowCounts *counts)
{
  for (gsize part = 0; part < counts->n_parts; part++)
    for (guint i = 0; i < counts->carries[part]->len; i++)
      {
        const guint32 *place = bsearch (&g_array_index (counts->carries[part], guint32, i), scope->own_places,
                                        scope->flows.n, sizeof *scope->own_places, compare_places);

        if (place != NULL)
          scope->own_flows[place - scope->own_places].payload_bytes += G_GUINT64_CONSTANT (1) << 32;
      }
}

/* Counts the rows that are selected. FALSE when memory runs out. */
static gboolean
count_selected (FlowCounts *counts,
                const LensSelectionView *selected,
                const LensPacketColumns *columns,
                gsize n_flows,
                GCancellable *cancellable)
{
  const LensRowRange *last = selected->n_ranges > 0 ? &selected->ranges[selected->n_ranges - 1] : NULL;
  gsize begin = last != NULL ? selected->ranges[0].first : 0;
  gsize length = last != NULL ? last->end - begin : 0;
  gsize n_parts = length < MOST_PARTS * MIN_ROWS_PER_PART ? 1 : MOST_PARTS;
  CountTask data[MOST_PARTS];
  LensParallelTask tasks[MOST_PARTS];

  for (gsize i = 0; i < n_parts; i++)
    {
      counts->counts[i] = g_try_new0 (FlowCount, MAX (n_flows, 1));
      counts->carries[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
      counts->n_parts++;
      if (counts->counts[i] == NULL)
        return FALSE;
      data[i] = (CountTask){ .columns = columns,
                             .selected = selected,
                             .cancellable = cancellable,
                             .counts = counts->counts[i],
                             .carries = counts->carries[i],
                             .first = begin + length * i / n_parts,
                             .end = begin + length * (i + 1) / n_parts };
      tasks[i] = (LensParallelTask){ count_worker, &data[i] };
    }
  lens_parallel_run (tasks, n_parts);
  return TRUE;
}

gboolean
lens_analysis_scope_init (LensAnalysisScope *scope,
                          const LensAnalysis *analysis,
                          GCancellable *cancellable,
                          GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  g_auto (FlowCounts) counts = { 0 };

  *scope = (LensAnalysisScope){ .selected = lens_selection_get_view (analysis->selection) };
  if (scope->selected.is_by_flows)
    return keep_passing (scope, flows) || lens_analysis_set_memory_error (analysis, error);

  if (!count_selected (&counts, &scope->selected, &columns, flows.n, cancellable))
    return lens_analysis_set_memory_error (analysis, error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!keep_counted (scope, flows, &counts))
    return lens_analysis_set_memory_error (analysis, error);
  add_carries (scope, &counts);
  return TRUE;
}

void
lens_analysis_scope_clear (LensAnalysisScope *scope)
{
  g_clear_pointer (&scope->own_flows, g_free);
  g_clear_pointer (&scope->own_places, g_free);
}
