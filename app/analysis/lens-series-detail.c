#include "lens-series-detail.h"

#include "lens-error.h"
#include "lens-series-reducer.h"

#include <glib/gi18n-lib.h>

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

#define NO_LINE G_MAXUINT8

/* A packet beside the span, which the line goes to. */
typedef struct
{
  gboolean is_known;
  LensSeriesPoint point;
} Edge;

typedef struct
{
  LensSeriesKind kind;
  LensAddress address;
  guint16 port;
  Edge before;
  Edge after;
  LensSeriesReducer reducer;
} Line;

typedef struct
{
  LensAnalysis *analysis; /* owned */
  LensSeriesSource source;
  LensTimeSpan span;
  gint64
      margin_ns; /* between two points of a line there may be packets that neither tells of, but not further apart than this */
  Line *lines; /* owned */
  gsize n_lines;
} DetailJob;

static void
detail_job_free (gpointer data)
{
  DetailJob *job = data;

  for (gsize i = 0; i < job->n_lines; i++)
    g_free (job->lines[i].reducer.points);
  g_free (job->lines);
  lens_analysis_unref (job->analysis);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DetailJob, detail_job_free)

gboolean
lens_detail_line_is_reduced (const LensDetailLine *line)
{
  return line->n_points < line->packets;
}

/* Takes over of @from what is beside the span. */
static void
find_edges (Line *line, const LensDetailLine *from, LensTimeSpan span)
{
  gsize first = lens_series_points_find (from->points, from->n_points, span.first_ns);
  gsize end = first;

  while (end < from->n_points && from->points[end].time_ns <= span.last_ns)
    end++;
  if (first > 0)
    line->before = (Edge){ TRUE, from->points[first - 1] };
  if (end < from->n_points)
    line->after = (Edge){ TRUE, from->points[end] };
}

static DetailJob *
detail_job_new (LensAnalysis *analysis,
                const LensSeriesSource *source,
                const LensDetailLine *lines,
                gsize n_lines,
                LensTimeSpan span)
{
  DetailJob *job = g_new0 (DetailJob, 1);

  job->analysis = lens_analysis_ref (analysis);
  job->source = *source;
  job->span = span;
  job->lines = g_new0 (Line, MAX (n_lines, 1));
  job->n_lines = MIN (n_lines, NO_LINE);
  for (gsize i = 0; i < job->n_lines; i++)
    {
      const LensDetailLine *from = &lines[i];
      Line *line = &job->lines[i];

      line->kind = from->kind;
      line->address = from->address;
      line->port = from->port;
      find_edges (line, from, span);
      if (lens_detail_line_is_reduced (from) && from->n_points > 0)
        {
          LensTimeSpan all
              = lens_time_span_new (from->points[0].time_ns, from->points[from->n_points - 1].time_ns);

          job->margin_ns = MAX (job->margin_ns,
                                (gint64) (lens_time_span_get_length (all) / LENS_SERIES_COLUMNS / 2 + 1) * 2);
        }
    }
  return job;
}

static gboolean
is_host (LensHostsView hosts, guint32 host, const LensAddress *address)
{
  return address->version == 0
         || (host != LENS_HOST_NONE && lens_address_equal (&hosts.items[host].address, address));
}

static guint8
find_line (const DetailJob *job, LensHostsView hosts, const LensFlow *flow)
{
  const LensSeriesSource *source = &job->source;
  guint8 rest = NO_LINE;

  if (source->layer != LENS_LAYER_NOT_IP
      && (flow->layer != source->layer || flow->source_port != source->port))
    return NO_LINE;
  if (source->is_flow
      && (flow->protocol != source->flow.protocol || flow->source_port != source->flow.source_port
          || flow->destination_port != source->flow.destination_port))
    return NO_LINE;
  if (!is_host (hosts, flow->source_host, &source->source)
      || !is_host (hosts, flow->destination_host, &source->destination))
    return NO_LINE;
  for (gsize i = 0; i < job->n_lines; i++)
    {
      const Line *line = &job->lines[i];

      if (line->kind == LENS_SERIES_DESTINATION_PORT && line->port == flow->destination_port)
        return (guint8) i;
      if (line->kind == LENS_SERIES_DESTINATION && line->address.version != 0
          && is_host (hosts, flow->destination_host, &line->address))
        return (guint8) i;
      if (line->kind == LENS_SERIES_OTHERS
          || (line->kind == LENS_SERIES_DESTINATION && line->address.version == 0))
        rest = (guint8) i;
    }
  return rest;
}

/* (transfer full): of each flow that passes, the line its packets are on. NULL when memory runs out. */
static guint8 *
find_lines (const DetailJob *job, const LensPacketTable *table, const LensSelectionView *selected)
{
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  guint8 *lines;

  if (job->source.is_split)
    {
      g_autoptr (LensSplit) split = lens_split_new (job->analysis, &job->source.split, NULL, NULL);

      G_STATIC_ASSERT (NO_LINE == LENS_SPLIT_NO_LINE);
      return split != NULL && split->n_lines == job->n_lines ? g_steal_pointer (&split->line_of_flow) : NULL;
    }
  lines = g_try_new (guint8, MAX (flows.n, 1));
  for (gsize i = 0; lines != NULL && i < flows.n; i++)
    lines[i] = selected->flows[i] ? find_line (job, hosts, &flows.items[i]) : NO_LINE;
  return lines;
}

/* The first row that is not before @time_ns. */
static gsize
find_row (const LensPacketColumns *columns, gint64 time_ns)
{
  gsize low = 0;
  gsize high = columns->n_packets;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (columns->time_ns[middle] < time_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
take_row (DetailJob *job, Line *line, const LensSeriesPoint *point)
{
  if (point->time_ns < job->span.first_ns)
    line->before = (Edge){ TRUE, *point };
  else if (point->time_ns <= job->span.last_ns)
    lens_series_reducer_push (&line->reducer, point->time_ns, point->payload_bytes);
  else if (!line->after.is_known || point->time_ns < line->after.point.time_ns)
    line->after = (Edge){ TRUE, *point };
}

/* Rows @first .. @end of those that are selected. */
static void
take_rows (DetailJob *job,
           const LensPacketColumns *columns,
           const guint8 *lines,
           const LensRowSet *rows,
           gsize first,
           gsize end)
{
  for (gsize row = first; row < end; row++)
    {
      guint8 line = lines[columns->flow[row]];

      if (line != NO_LINE && (rows == NULL || lens_row_set_has (rows, row)))
        take_row (job, &job->lines[line],
                  &(LensSeriesPoint){ columns->time_ns[row], columns->payload_bytes[row] });
    }
}

/* The line of edges and reduced packets. FALSE when memory runs out. */
static gboolean
end_line (Line *line, LensSeriesPoint **points, gsize *n_points)
{
  gsize n;
  g_autofree LensSeriesPoint *inner = lens_series_reducer_end (&line->reducer, &n);
  LensSeriesPoint *all = g_try_new (LensSeriesPoint, n + 2);
  gsize n_all = 0;

  if (all == NULL)
    return FALSE;
  if (line->before.is_known)
    all[n_all++] = line->before.point;
  for (gsize i = 0; i < n; i++)
    all[n_all++] = inner[i];
  if (line->after.is_known)
    all[n_all++] = line->after.point;
  *points = all;
  *n_points = n_all;
  return TRUE;
}

static gboolean
set_memory_error (GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_LIMIT,
                       _ ("There is not enough memory to look at the chart so closely."));
  return FALSE;
}

static gboolean
read_rows (DetailJob *job, GCancellable *cancellable, GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (lens_analysis_get_capture (job->analysis));
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensSelectionView selected = lens_selection_get_view (lens_analysis_get_selection (job->analysis));
  g_autofree guint8 *lines = find_lines (job, table, &selected);
  gsize from = find_row (&columns, lens_time_add (job->span.first_ns, -job->margin_ns));
  gsize to = find_row (&columns, lens_time_add (lens_time_add (job->span.last_ns, job->margin_ns), 1));

  if (lines == NULL)
    return set_memory_error (error);
  for (gsize i = 0; i < job->n_lines; i++)
    if (!lens_series_reducer_begin (&job->lines[i].reducer, to - from, job->span.first_ns, job->span.last_ns,
                                    LENS_SERIES_COLUMNS))
      return set_memory_error (error);
  for (gsize i = 0; i < selected.n_ranges; i++)
    {
      gsize first = MAX (selected.ranges[i].first, from);
      gsize end = MIN (selected.ranges[i].end, to);

      for (gsize start = first; start < end; start += ROWS_PER_LOOK)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          take_rows (job, &columns, lines, selected.rows, start, MIN (start + ROWS_PER_LOOK, end));
        }
    }
  return TRUE;
}

static LensSeriesDetail *
run_job (DetailJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (LensSeriesDetail) detail = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_rows (job, cancellable, error))
    return NULL;
  detail = g_new0 (LensSeriesDetail, 1);
  detail->span = job->span;
  detail->n_lines = job->n_lines;
  detail->points = g_new0 (LensSeriesPoint *, MAX (job->n_lines, 1));
  detail->n_points = g_new0 (gsize, MAX (job->n_lines, 1));
  for (gsize i = 0; i < job->n_lines; i++)
    if (!end_line (&job->lines[i], &detail->points[i], &detail->n_points[i]))
      {
        set_memory_error (error);
        return NULL;
      }
  return g_steal_pointer (&detail);
}

LensSeriesDetail *
lens_series_detail_new (LensAnalysis *analysis,
                        const LensSeriesSource *source,
                        const LensDetailLine *lines,
                        gsize n_lines,
                        LensTimeSpan span,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (DetailJob) job = detail_job_new (analysis, source, lines, n_lines, span);

  return run_job (job, cancellable, error);
}

void
lens_series_detail_free (LensSeriesDetail *detail)
{
  if (detail == NULL)
    return;
  for (gsize i = 0; i < detail->n_lines; i++)
    g_free (detail->points[i]);
  g_free (detail->points);
  g_free (detail->n_points);
  g_free (detail);
}

static void
detail_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  LensSeriesDetail *detail = run_job (task_data, cancellable, &error);

  if (detail != NULL)
    g_task_return_pointer (task, detail, (GDestroyNotify) lens_series_detail_free);
  else
    g_task_return_error (task, error);
}

void
lens_series_detail_new_async (LensAnalysis *analysis,
                              const LensSeriesSource *source,
                              const LensDetailLine *lines,
                              gsize n_lines,
                              LensTimeSpan span,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, detail_job_new (analysis, source, lines, n_lines, span), detail_job_free);
  g_task_run_in_thread (task, detail_worker);
}

LensSeriesDetail *
lens_series_detail_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
