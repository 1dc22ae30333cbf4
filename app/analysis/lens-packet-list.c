#include "lens-packet-list.h"

#include "lens-error.h"
#include "lens-memory.h"
#include "lens-rank-sort.h"
#include "lens-stream.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>

/* How many packets are looked at between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

#define NO_ROW G_MAXUINT32
#define NO_STREAM G_MAXUINT32

struct _LensPacketList
{
  gatomicrefcount ref_count;
  LensAnalysis *analysis;
  const LensPacketTable *table; /* (transfer none) of the analysis' capture */
  LensPacketColumns columns;
  LensBurstRule rule; /* the size worked out */
  gsize n;
  guint32 *rows;       /* owned (nullable): by place; NULL: all rows */
  guint32 *of_numbers; /* owned (nullable): rows in the order of their numbers, where that is another one */

  /* What lens_packet_list_work_out() adds. */
  GMutex lock;        /* who works it out */
  gint is_worked_out; /* atomic: it is there, and stays */
  guint32 *before;    /* owned (nullable): the row before to the same destination, by place, or NO_ROW */
  guint32 *burst;     /* owned (nullable): by place, 0 for none */
};

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_LIMIT,
                       _ ("There is not enough memory to list these packets. Close other programs, or filter "
                          "to fewer of them."));
  return FALSE;
}

static gboolean
is_cancelled_at (gsize n, GCancellable *cancellable, GError **error)
{
  return n % PACKETS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gsize
get_row (const LensPacketList *list, gsize place)
{
  return list->rows != NULL ? list->rows[place] : place;
}

/* The rows that pass, where those aren't all. */
static gboolean
collect_rows (LensPacketList *list, GCancellable *cancellable, GError **error)
{
  LensSelection *selection = lens_analysis_get_selection (list->analysis);
  LensSelectionView view = lens_selection_get_view (selection);
  gsize n = 0;

  list->n = lens_analysis_get_layers (list->analysis)->all;
  if (list->n == list->columns.n_packets)
    return TRUE;
  list->rows = g_try_new (guint32, MAX (list->n, 1));
  if (list->rows == NULL)
    return fail_memory (error);
  for (gsize i = 0; i < view.n_ranges; i++)
    for (gsize row = view.ranges[i].first; row < view.ranges[i].end; row++)
      {
        if (is_cancelled_at (row, cancellable, error))
          return FALSE;
        if (view.flows[list->columns.flow[row]] == 0
            || (view.rows != NULL && !lens_row_set_has (view.rows, row)))
          continue;
        g_assert (n < list->n);
        list->rows[n++] = (guint32) row;
      }
  g_assert (n == list->n);
  return TRUE;
}

static gboolean
find_rows_before (LensPacketList *list, GCancellable *cancellable, GError **error)
{
  LensFlowsView flows = lens_packet_table_get_flows (list->table);
  gsize n_hosts = lens_packet_table_get_hosts (list->table).n;
  g_autofree guint32 *latest = g_try_new (guint32, MAX (n_hosts, 1)); /* row to a host */

  g_clear_pointer (&list->before, g_free);
  list->before = g_try_new (guint32, MAX (list->n, 1));
  if (latest == NULL || list->before == NULL)
    return fail_memory (error);
  for (gsize host = 0; host < n_hosts; host++)
    latest[host] = NO_ROW;
  for (gsize place = 0; place < list->n; place++)
    {
      guint32 row = (guint32) get_row (list, place);
      guint32 host = flows.items[list->columns.flow[row]].destination_host;

      if (is_cancelled_at (place, cancellable, error))
        return FALSE;
      list->before[place] = host != LENS_HOST_NONE ? latest[host] : NO_ROW;
      if (host != LENS_HOST_NONE)
        latest[host] = row;
    }
  return TRUE;
}

/* Streams are numbered from 0, by flow: NO_STREAM for those without addresses. (transfer full) */
static guint32 *
number_streams (LensFlowsView flows, gsize *n_streams)
{
  g_autofree LensRankRow *pairs = g_try_new (LensRankRow, MAX (flows.n, 1));
  g_autofree guint32 *streams = g_try_new (guint32, MAX (flows.n, 1));
  gsize n = 0;

  if (pairs == NULL || streams == NULL)
    return NULL;
  for (gsize i = 0; i < flows.n; i++)
    pairs[i] = (LensRankRow){ .first = flows.items[i].source_host,
                              .second = flows.items[i].destination_host,
                              .row = i };
  if (!lens_rank_sort (pairs, flows.n))
    return NULL;
  for (gsize i = 0; i < flows.n; i++)
    {
      gboolean is_same
          = i > 0 && pairs[i].first == pairs[i - 1].first && pairs[i].second == pairs[i - 1].second;

      if (pairs[i].first == LENS_HOST_NONE)
        streams[pairs[i].row] = NO_STREAM;
      else
        streams[pairs[i].row] = (guint32) (is_same ? n - 1 : n++);
    }
  *n_streams = n;
  return g_steal_pointer (&streams);
}

/* Places, those of a stream together and in time order, and where each stream's begin: n_streams + 1 of those. */
typedef struct
{
  guint32 *places; /* owned */
  gsize *starts;   /* owned */
} Streams;

static void
streams_clear (Streams *streams)
{
  g_free (streams->places);
  g_free (streams->starts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Streams, streams_clear)

static gboolean
sort_by_stream (const LensPacketList *list,
                const guint32 *streams,
                gsize n_streams,
                Streams *sorted,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree gsize *next = g_try_new0 (gsize, n_streams + 1);

  sorted->places = g_try_new (guint32, MAX (list->n, 1));
  sorted->starts = g_try_new0 (gsize, n_streams + 1);
  if (next == NULL || sorted->places == NULL || sorted->starts == NULL)
    return fail_memory (error);
  for (gsize place = 0; place < list->n; place++)
    {
      guint32 stream = streams[list->columns.flow[get_row (list, place)]];

      if (is_cancelled_at (place, cancellable, error))
        return FALSE;
      if (stream != NO_STREAM)
        sorted->starts[stream + 1]++;
    }
  for (gsize stream = 0; stream < n_streams; stream++)
    {
      sorted->starts[stream + 1] += sorted->starts[stream];
      next[stream] = sorted->starts[stream];
    }
  for (gsize place = 0; place < list->n; place++)
    {
      guint32 stream = streams[list->columns.flow[get_row (list, place)]];

      if (is_cancelled_at (place, cancellable, error))
        return FALSE;
      if (stream != NO_STREAM)
        sorted->places[next[stream]++] = (guint32) place;
    }
  return TRUE;
}

/* The bursts of the stream whose packets are at @places. */
static void
number_bursts (LensPacketList *list,
               const LensBurstRule *rule,
               const guint32 *places,
               gsize n,
               GArray *times,
               GArray *payloads)
{
  g_autoptr (GArray) bursts = NULL;

  if (n < 2)
    return;
  g_array_set_size (times, (guint) n);
  g_array_set_size (payloads, (guint) n);
  for (gsize i = 0; i < n; i++)
    {
      gsize row = get_row (list, places[i]);

      g_array_index (times, gint64, i) = list->columns.time_ns[row];
      g_array_index (payloads, guint32, i) = list->columns.payload_bytes[row];
    }
  bursts
      = lens_burst_find (rule, &g_array_index (times, gint64, 0), &g_array_index (payloads, guint32, 0), n);
  for (guint i = 0; i < bursts->len; i++)
    {
      const LensBurst *burst = &g_array_index (bursts, LensBurst, i);

      for (gsize packet = burst->first_packet; packet <= burst->last_packet; packet++)
        list->burst[places[packet]] = i + 1;
    }
}

static gboolean
find_bursts (LensPacketList *list, GCancellable *cancellable, GError **error)
{
  gsize n_streams = 0;
  g_autofree guint32 *streams = number_streams (lens_packet_table_get_flows (list->table), &n_streams);
  g_auto (Streams) sorted = { 0 };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) payloads = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_clear_pointer (&list->burst, g_free);
  list->burst = g_try_new0 (guint32, MAX (list->n, 1));
  if (streams == NULL || list->burst == NULL)
    return fail_memory (error);
  if (!sort_by_stream (list, streams, n_streams, &sorted, cancellable, error))
    return FALSE;
  for (gsize stream = 0; stream < n_streams; stream++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      number_bursts (list, &list->rule, sorted.places + sorted.starts[stream],
                     sorted.starts[stream + 1] - sorted.starts[stream], times, payloads);
    }
  return TRUE;
}

/* Where the capture of one file isn't in time order, its packets have the numbers of the order in which they were read. */
static gboolean
sort_by_number (LensPacketList *list, GError **error)
{
  gsize n = list->columns.n_packets;

  if (n == 0 || !lens_packet_table_is_reordered (list->table))
    return TRUE;
  list->of_numbers = g_try_new (guint32, n);
  if (list->of_numbers == NULL)
    return fail_memory (error);
  for (gsize row = 0; row < n; row++)
    list->of_numbers[lens_packet_table_get_number (list->table, row) - 1] = (guint32) row;
  return TRUE;
}

LensPacketList *
lens_packet_list_new (LensAnalysis *analysis,
                      const LensBurstRule *rule,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LensPacketList) list = g_new0 (LensPacketList, 1);

  g_atomic_ref_count_init (&list->ref_count);
  g_mutex_init (&list->lock);
  list->analysis = lens_analysis_ref (analysis);
  list->table = lens_capture_get_table (lens_analysis_get_capture (analysis));
  list->columns = lens_packet_table_get_columns (list->table);
  list->rule = lens_stream_work_out_rule (rule != NULL ? rule : lens_analysis_get_burst_rule (analysis),
                                          lens_analysis_get_capture (analysis));
  if (!collect_rows (list, cancellable, error) || !sort_by_number (list, error))
    return NULL;
  return g_steal_pointer (&list);
}

LensPacketList *
lens_packet_list_ref (LensPacketList *list)
{
  g_atomic_ref_count_inc (&list->ref_count);
  return list;
}

void
lens_packet_list_unref (LensPacketList *list)
{
  if (!g_atomic_ref_count_dec (&list->ref_count))
    return;
  lens_memory_free_aside (list->rows);
  lens_memory_free_aside (list->before);
  lens_memory_free_aside (list->burst);
  lens_memory_free_aside (list->of_numbers);
  g_mutex_clear (&list->lock);
  lens_analysis_unref (list->analysis);
  g_free (list);
}

gboolean
lens_packet_list_work_out (LensPacketList *list, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&list->lock);

  if (g_atomic_int_get (&list->is_worked_out))
    return TRUE;
  if (!find_rows_before (list, cancellable, error) || !find_bursts (list, cancellable, error))
    return FALSE;
  g_atomic_int_set (&list->is_worked_out, TRUE);
  return TRUE;
}

gboolean
lens_packet_list_is_worked_out (LensPacketList *list)
{
  return g_atomic_int_get (&list->is_worked_out);
}

static void
work_out_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (lens_packet_list_work_out (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lens_packet_list_work_out_async (LensPacketList *list,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, lens_packet_list_ref (list), (GDestroyNotify) lens_packet_list_unref);
  lens_worker_run (task, work_out_worker);
}

gboolean
lens_packet_list_work_out_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

LensAnalysis *
lens_packet_list_get_analysis (const LensPacketList *list)
{
  return list->analysis;
}

const LensPacketTable *
lens_packet_list_get_table (const LensPacketList *list)
{
  return list->table;
}

const LensBurstRule *
lens_packet_list_get_burst_rule (const LensPacketList *list)
{
  return &list->rule;
}

gsize
lens_packet_list_get_n (const LensPacketList *list)
{
  return list->n;
}

gsize
lens_packet_list_get_row (const LensPacketList *list, gsize place)
{
  g_return_val_if_fail (place < list->n, 0);
  return get_row (list, place);
}

gsize
lens_packet_list_find_row (const LensPacketList *list, gsize row)
{
  gsize first = 0;
  gsize end = list->n;

  if (list->rows == NULL)
    return row < list->n ? row : LENS_PACKET_LIST_NONE;
  while (first < end)
    {
      gsize middle = first + (end - first) / 2;

      if (list->rows[middle] < row)
        first = middle + 1;
      else
        end = middle;
    }
  return first < list->n && list->rows[first] == row ? first : LENS_PACKET_LIST_NONE;
}

gsize
lens_packet_list_find_number (const LensPacketList *list, guint64 number)
{
  if (number < 1 || number > list->columns.n_packets)
    return LENS_PACKET_LIST_NONE;
  return lens_packet_list_find_row (list, list->of_numbers != NULL ? list->of_numbers[number - 1]
                                                                   : (gsize) number - 1);
}

/* Rows are in time order, so only times that are too far apart for 64 bits don't fit: those stay at the most there is. */
static gint64
time_between (const LensPacketList *list, gsize before, gsize row)
{
  guint64 span = (guint64) list->columns.time_ns[row] - (guint64) list->columns.time_ns[before];

  return (gint64) MIN (span, (guint64) G_MAXINT64);
}

gint64
lens_packet_list_get_since_previous (const LensPacketList *list, gsize place)
{
  g_return_val_if_fail (place < list->n, LENS_PACKET_LIST_NO_TIME);
  return place == 0 ? LENS_PACKET_LIST_NO_TIME
                    : time_between (list, get_row (list, place - 1), get_row (list, place));
}

gint64
lens_packet_list_get_inter_arrival (const LensPacketList *list, gsize place)
{
  g_return_val_if_fail (place < list->n, LENS_PACKET_LIST_NO_TIME);
  if (!g_atomic_int_get (&list->is_worked_out) || list->before[place] == NO_ROW)
    return LENS_PACKET_LIST_NO_TIME;
  return time_between (list, list->before[place], get_row (list, place));
}

guint32
lens_packet_list_get_burst (const LensPacketList *list, gsize place)
{
  g_return_val_if_fail (place < list->n, 0);
  return g_atomic_int_get (&list->is_worked_out) ? list->burst[place] : 0;
}
