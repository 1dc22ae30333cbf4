#include "lens-analysis-private.h"
#include "lens-analysis-plan.h"
#include "lens-parallel.h"

#include <math.h>

/* How many rows are read between looks at the cancellable, and how many of them are taken together. */
#define ROWS_PER_LOOK 4096
#define ROWS_PER_BATCH 64

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

/* Times of a file can be further apart than a signed number says. @to is not before @from. */
static guint64
get_distance (gint64 from, gint64 to)
{
  return (guint64) to - (guint64) from;
}

static void
clock_tick (HostClock *clock, gint64 time_ns)
{
  gint64 interval_ns = (gint64) MIN (get_distance (clock->last_ns, time_ns), (guint64) G_MAXINT64);

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
  result.mean_ns = (double) get_distance (clock->first_ns, clock->last_ns) / n;
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
  const LensRowSet *marked; /* (nullable) the rows that are selected; NULL: all are */
  LensAnalysisPlan *plan;   /* the lines task's */
  HostClock *clocks;        /* the clocks task's */
  LensTimeBins *bins;       /* the bins task's (nullable): there is nothing to count */
  GCancellable *cancellable;
} RowsTask;

/* Selected rows that are taken together, so that memory that all of them need can be asked for before the first is looked at: what
 * a row's flow is for, and its host's clock, are anywhere. */
typedef struct
{
  gsize rows[ROWS_PER_BATCH];
  gsize n;
} RowBatch;

typedef void (*TakeBatchFunc) (const RowsTask *task, const RowBatch *batch);

/* The first selected row from @row on that is before @end; @end where there is none. */
static inline gsize
find_selected (const RowsTask *task, gsize row, gsize end)
{
  return task->marked == NULL ? row : lens_row_set_next (task->marked, row, end);
}

/* The next of the rows @first .. @end that are selected. Returns the row to go on at. */
static inline gsize
fill_batch (const RowsTask *task, gsize first, gsize end, RowBatch *batch)
{
  gsize row = find_selected (task, first, end);

  batch->n = 0;
  while (row < end && batch->n < ROWS_PER_BATCH)
    {
      batch->rows[batch->n++] = row;
      row = find_selected (task, row + 1, end);
    }
  for (gsize i = 0; i < batch->n; i++)
    __builtin_prefetch (&task->plan->flows[task->columns->flow[batch->rows[i]]]);
  return row;
}

/* All selected rows, some at a time. Calls that have seen the cancellable end early; what they were to fill is dropped. */
static inline void
take_selected (const RowsTask *task, TakeBatchFunc take)
{
  const LensSelectionView *selected = task->selected;
  RowBatch batch;

  for (gsize i = 0; i < selected->n_ranges; i++)
    {
      LensRowRange range = selected->ranges[i];

      for (gsize start = range.first; start < range.end; start += ROWS_PER_LOOK)
        {
          gsize end = MIN (start + ROWS_PER_LOOK, range.end);

          if (g_cancellable_is_cancelled (task->cancellable))
            return;
          for (gsize row = start; row < end;)
            {
              row = fill_batch (task, row, end, &batch);
              take (task, &batch);
            }
        }
    }
}

static inline void
tick_clocks (const RowsTask *task, const RowBatch *batch)
{
  const LensPacketColumns *columns = task->columns;
  guint32 hosts[ROWS_PER_BATCH];

  for (gsize i = 0; i < batch->n; i++)
    {
      hosts[i] = task->plan->flows[columns->flow[batch->rows[i]]].destination_host;
      if (hosts[i] != LENS_HOST_NONE)
        __builtin_prefetch (&task->clocks[hosts[i]], 1);
    }
  for (gsize i = 0; i < batch->n; i++)
    if (hosts[i] != LENS_HOST_NONE)
      clock_tick (&task->clocks[hosts[i]], columns->time_ns[batch->rows[i]]);
}

static inline void
push_lines (const RowsTask *task, const RowBatch *batch)
{
  const LensPacketColumns *columns = task->columns;

  for (gsize i = 0; i < batch->n; i++)
    {
      gsize row = batch->rows[i];
      const guint8 *lines = task->plan->flows[columns->flow[row]].lines;

      for (gsize j = 0; j < LENS_PLAN_LINES_PER_FLOW && lines[j] != LENS_PLAN_NO_LINE; j++)
        lens_analysis_plan_push (task->plan, lines[j], columns->time_ns[row], columns->payload_bytes[row]);
    }
}

/* A part of the table in which selected rows are marked. Begins and ends between two words of the set, but for the table's end. */
typedef struct
{
  const RowsTask *task;
  LensRowSet *set;
  gsize first;
  gsize end;
} MarkTask;

/* Marks without a branch that depends on the packet: which pass is as good as chance to the processor. */
static void
mark_range (const MarkTask *mark, gsize first, gsize end)
{
  const guint8 *passes = mark->task->selected->flows;
  const guint32 *flow = mark->task->columns->flow;
  const LensRowSet *rows = mark->task->selected->rows;

  while (first < end)
    {
      gsize word = first / 64;
      gsize word_end = MIN ((word + 1) * 64, end);
      guint64 bits = 0;

      for (gsize row = first; row < word_end; row++)
        bits |= (guint64) (passes[flow[row]] & 1) << row % 64;
      mark->set->words[word] |= rows != NULL ? bits & rows->words[word] : bits;
      first = word_end;
    }
}

static void
mark_worker (gpointer data)
{
  const MarkTask *mark = data;
  const LensSelectionView *selected = mark->task->selected;

  for (gsize i = 0; i < selected->n_ranges; i++)
    {
      gsize first = MAX (selected->ranges[i].first, mark->first);
      gsize end = MIN (selected->ranges[i].end, mark->end);

      for (gsize start = first; start < end; start += ROWS_PER_LOOK)
        {
          if (g_cancellable_is_cancelled (mark->task->cancellable))
            return;
          mark_range (mark, start, MIN (start + ROWS_PER_LOOK, end));
        }
    }
}

/* The selected rows, so that the tasks go from one to the next. (transfer full); NULL when memory runs out. */
static LensRowSet *
mark_selected (const RowsTask *task)
{
  gsize n_packets = task->columns->n_packets;
  gsize middle = n_packets / 2 / 64 * 64;
  LensRowSet *set = lens_row_set_new (n_packets);
  MarkTask marks[] = { { task, set, 0, middle }, { task, set, middle, n_packets } };
  const LensParallelTask tasks[] = { { mark_worker, &marks[0] }, { mark_worker, &marks[1] } };

  if (set != NULL)
    lens_parallel_run (tasks, G_N_ELEMENTS (tasks));
  return set;
}

static void
clocks_worker (gpointer data)
{
  take_selected (data, tick_clocks);
}

static void
lines_worker (gpointer data)
{
  take_selected (data, push_lines);
}

/* Over all of the capture, whatever span of time is selected. */
static void
bins_worker (gpointer data)
{
  const RowsTask *task = data;
  const LensSelectionView *selected = task->selected;
  gsize n_packets = task->bins != NULL ? task->columns->n_packets : 0;
  gboolean is_marked = task->marked != NULL && selected->n_ranges == 1 && selected->ranges[0].first == 0
                       && selected->ranges[0].end == n_packets;

  for (gsize start = 0; start < n_packets && !g_cancellable_is_cancelled (task->cancellable);
       start += ROWS_PER_LOOK)
    lens_time_bins_add_rows (task->bins, task->columns, is_marked ? NULL : selected->flows,
                             is_marked ? task->marked : selected->rows, start,
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
  g_autoptr (LensRowSet) marked = NULL;
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
  /* A range of rows says by itself what is selected, where it has all flows. */
  if (scope->selected.rows != NULL || !lens_selection_has_all_flows (analysis->selection))
    {
      task.marked = marked = mark_selected (&task);
      if (marked == NULL)
        return lens_analysis_set_memory_error (analysis, error);
    }
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
