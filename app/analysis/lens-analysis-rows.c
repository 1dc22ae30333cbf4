#include "lens-analysis-private.h"
#include "lens-analysis-plan.h"
#include "lens-parallel.h"

#include <math.h>

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

/* What is known of the packets to one host so far. Intervals are summed as differences from the first one, so that equal
 * intervals have a deviation of exactly 0. */
typedef struct
{
  gint64 first_ns;
  gint64 last_ns;
  gint64 min_ns;
  gint64 max_ns;
  gint64 base_ns;
  double squares;
  guint64 n_packets;
} HostClock;

static void
clock_tick (HostClock *clock, gint64 time_ns)
{
  gint64 interval_ns = time_ns - clock->last_ns;

  if (clock->n_packets == 0)
    {
      clock->first_ns = time_ns;
    }
  else
    {
      double difference;

      if (clock->n_packets == 1)
        clock->base_ns = clock->min_ns = clock->max_ns = interval_ns;
      clock->min_ns = MIN (clock->min_ns, interval_ns);
      clock->max_ns = MAX (clock->max_ns, interval_ns);
      difference = (double) (interval_ns - clock->base_ns);
      clock->squares += difference * difference;
    }
  clock->last_ns = time_ns;
  clock->n_packets++;
}

/* The deviation is the population's: the intervals are all there are, not a sample. */
static LensInterArrival
clock_read (const HostClock *clock)
{
  LensInterArrival result = { 0 };
  double n;
  double mean_difference;
  double variance;

  if (clock->n_packets < 2)
    return result;
  result.n_intervals = clock->n_packets - 1;
  result.min_ns = clock->min_ns;
  result.max_ns = clock->max_ns;
  n = (double) result.n_intervals;
  result.mean_ns = (double) (clock->last_ns - clock->first_ns) / n;
  mean_difference = result.mean_ns - (double) clock->base_ns;
  variance = clock->squares / n - mean_difference * mean_difference;
  result.standard_deviation_ns = clock->min_ns == clock->max_ns ? 0.0 : sqrt (MAX (variance, 0.0));
  return result;
}

/* What the tasks over the rows read, and what each writes. */
typedef struct
{
  const LensPacketColumns *columns;
  const LensSelectionView *selected;
  LensAnalysisPlan *plan; /* the lines task's */
  HostClock *clocks;      /* the clocks task's */
  LensTimeBins *bins;     /* the bins task's (nullable): there is nothing to count */
  GCancellable *cancellable;
} RowsTask;

/* Takes rows @first .. @end. Those that @rows (nullable) lacks are not selected. */
typedef void (*TakeRowsFunc) (const RowsTask *task, gsize first, gsize end, const LensRowSet *rows);

/* All selected rows, some at a time. Calls that have seen the cancellable end early; what they were to fill is dropped. */
static inline void
take_selected (const RowsTask *task, TakeRowsFunc take)
{
  const LensSelectionView *selected = task->selected;

  for (gsize i = 0; i < selected->n_ranges; i++)
    {
      LensRowRange range = selected->ranges[i];

      for (gsize start = range.first; start < range.end; start += ROWS_PER_LOOK)
        {
          if (g_cancellable_is_cancelled (task->cancellable))
            return;
          take (task, start, MIN (start + ROWS_PER_LOOK, range.end), selected->rows);
        }
    }
}

static inline void
tick_clocks (const RowsTask *task, gsize first, gsize end, const LensRowSet *rows)
{
  const LensPacketColumns *columns = task->columns;
  const LensFlowPlan *flows = task->plan->flows;

  for (gsize row = first; row < end; row++)
    {
      guint32 host = flows[columns->flow[row]].destination_host;

      if (host != LENS_HOST_NONE && (rows == NULL || lens_row_set_has (rows, row)))
        clock_tick (&task->clocks[host], columns->time_ns[row]);
    }
}

static inline void
push_lines (const RowsTask *task, gsize first, gsize end, const LensRowSet *rows)
{
  const LensPacketColumns *columns = task->columns;
  const LensFlowPlan *flows = task->plan->flows;

  for (gsize row = first; row < end; row++)
    {
      const guint8 *lines = flows[columns->flow[row]].lines;

      if (rows != NULL && !lens_row_set_has (rows, row))
        continue;
      for (gsize i = 0; i < LENS_PLAN_LINES_PER_FLOW && lines[i] != LENS_PLAN_NO_LINE; i++)
        lens_analysis_plan_push (task->plan, lines[i], columns->time_ns[row], columns->payload_bytes[row]);
    }
}

/* Whether there is a set is looked at once for many rows, not at each. */
static void
tick_clocks_chunk (const RowsTask *task, gsize first, gsize end, const LensRowSet *rows)
{
  if (rows == NULL)
    tick_clocks (task, first, end, NULL);
  else
    tick_clocks (task, first, end, rows);
}

static void
push_lines_chunk (const RowsTask *task, gsize first, gsize end, const LensRowSet *rows)
{
  if (rows == NULL)
    push_lines (task, first, end, NULL);
  else
    push_lines (task, first, end, rows);
}

static void
clocks_worker (gpointer data)
{
  take_selected (data, tick_clocks_chunk);
}

static void
lines_worker (gpointer data)
{
  take_selected (data, push_lines_chunk);
}

/* Over all of the capture, whatever span of time is selected. */
static void
bins_worker (gpointer data)
{
  const RowsTask *task = data;
  gsize n_packets = task->bins != NULL ? task->columns->n_packets : 0;

  for (gsize start = 0; start < n_packets && !g_cancellable_is_cancelled (task->cancellable);
       start += ROWS_PER_LOOK)
    lens_time_bins_add_rows (task->bins, task->columns, task->selected->flows, task->selected->rows, start,
                             MIN (start + ROWS_PER_LOOK, n_packets));
}

/* Empty bins for the task, where those of another analysis don't do. FALSE when memory runs out. */
static gboolean
make_time_bins (LensAnalysis *analysis, const LensPacketColumns *columns, RowsTask *task)
{
  gsize n_packets = columns->n_packets;

  if (n_packets == 0 || analysis->time_bins != NULL)
    return TRUE;
  task->bins = lens_time_bins_new (columns->time_ns[0], columns->time_ns[n_packets - 1]);
  analysis->time_bins = task->bins;
  return task->bins != NULL;
}

gboolean
lens_analysis_fill_times (LensAnalysis *analysis,
                          const LensAnalysisScope *scope,
                          GCancellable *cancellable,
                          GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  g_autofree HostClock *clocks = g_try_new0 (HostClock, MAX (hosts.n, 1));
  g_autoptr (LensAnalysisPlan) plan = lens_analysis_plan_new (analysis, scope);
  RowsTask task = { .columns = &columns,
                    .selected = &scope->selected,
                    .plan = plan,
                    .clocks = clocks,
                    .cancellable = cancellable };
  const LensParallelTask tasks[]
      = { { clocks_worker, &task }, { lines_worker, &task }, { bins_worker, &task } };

  if (clocks == NULL || plan == NULL || !lens_analysis_plan_begin (plan, &columns, &scope->selected)
      || !make_time_bins (analysis, &columns, &task))
    return lens_analysis_set_memory_error (analysis, error);
  lens_parallel_run (tasks, G_N_ELEMENTS (tasks));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!lens_analysis_plan_end (plan, analysis))
    return lens_analysis_set_memory_error (analysis, error);
  for (gsize i = 0; i < hosts.n; i++)
    {
      guint32 place = analysis->host_rows[i];

      if (place != LENS_HOST_ROW_NONE)
        analysis->hosts[place].inter_arrival = clock_read (&clocks[i]);
    }
  return TRUE;
}
