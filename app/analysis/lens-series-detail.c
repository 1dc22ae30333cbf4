#include "lens-series-detail.h"

#include "lens-error.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>

#define NO_LINE LENS_PYRAMID_NO_LINE

typedef struct
{
  LensSeriesKind kind;
  LensAddress address;
  guint16 port;
} Line;

typedef struct
{
  LensAnalysis *analysis;     /* owned */
  LensSeriesPyramid *pyramid; /* owned */
  LensSeriesSource source;
  LensTimeSpan span;
  gsize n_columns;
  Line *lines; /* owned */
  gsize n_lines;
} DetailJob;

static void
detail_job_free (gpointer data)
{
  DetailJob *job = data;

  g_free (job->lines);
  lens_series_pyramid_unref (job->pyramid);
  lens_analysis_unref (job->analysis);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DetailJob, detail_job_free)

gboolean
lens_detail_line_is_reduced (const LensDetailLine *line)
{
  return line->n_points < line->packets;
}

static DetailJob *
detail_job_new (LensAnalysis *analysis,
                LensSeriesPyramid *pyramid,
                const LensSeriesSource *source,
                const LensDetailLine *lines,
                gsize n_lines,
                LensTimeSpan span,
                gsize n_columns)
{
  DetailJob *job = g_new0 (DetailJob, 1);

  job->analysis = lens_analysis_ref (analysis);
  job->pyramid = lens_series_pyramid_ref (pyramid);
  job->source = *source;
  job->span = span;
  job->n_columns = n_columns;
  job->n_lines = MIN (n_lines, lens_series_pyramid_get_n_lines (pyramid));
  job->lines = g_new0 (Line, MAX (job->n_lines, 1));
  for (gsize i = 0; i < job->n_lines; i++)
    job->lines[i] = (Line){ lines[i].kind, lines[i].address, lines[i].port };
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

/* LensPyramidLinesFunc: of each flow that passes, the line its packets are on. */
static guint8 *
find_lines (gpointer user_data)
{
  const DetailJob *job = user_data;
  const LensPacketTable *table = lens_capture_get_table (lens_analysis_get_capture (job->analysis));
  LensSelectionView selected = lens_selection_get_view (lens_analysis_get_selection (job->analysis));
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
    lines[i] = selected.flows[i] ? find_line (job, hosts, &flows.items[i]) : NO_LINE;
  return lines;
}

/* The line of edges and reduced packets. FALSE when memory runs out. */
static gboolean
make_line (const DetailJob *job, gsize line, LensSeriesPoint **points, gsize *n_points)
{
  g_autofree LensSeriesPoint *inner = NULL;
  LensPyramidEdge before, after;
  LensSeriesPoint *all;
  gsize n_inner;
  gsize n = 0;

  if (!lens_series_pyramid_reduce (job->pyramid, line, job->source.measure, job->span, job->n_columns, &inner,
                                   &n_inner, &before, &after))
    return FALSE;
  all = g_try_new (LensSeriesPoint, n_inner + 2);
  if (all == NULL)
    return FALSE;
  if (before.is_known)
    all[n++] = before.point;
  for (gsize i = 0; i < n_inner; i++)
    all[n++] = inner[i];
  if (after.is_known)
    all[n++] = after.point;
  *points = all;
  *n_points = n;
  return TRUE;
}

static LensSeriesDetail *
run_job (DetailJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (LensSeriesDetail) detail = NULL;
  gboolean is_good;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  /* To its end, also where this look is cancelled meanwhile: the next one needs it. */
  is_good = lens_series_pyramid_fill (job->pyramid, find_lines, job);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  detail = g_new0 (LensSeriesDetail, 1);
  detail->span = job->span;
  detail->n_columns = job->n_columns;
  detail->n_lines = job->n_lines;
  detail->points = g_new0 (LensSeriesPoint *, MAX (job->n_lines, 1));
  detail->n_points = g_new0 (gsize, MAX (job->n_lines, 1));
  for (gsize i = 0; i < job->n_lines && is_good; i++)
    is_good = make_line (job, i, &detail->points[i], &detail->n_points[i]);
  if (is_good)
    return g_steal_pointer (&detail);
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_LIMIT,
                       _ ("There is not enough memory to look at the chart so closely."));
  return NULL;
}

LensSeriesDetail *
lens_series_detail_new (LensAnalysis *analysis,
                        LensSeriesPyramid *pyramid,
                        const LensSeriesSource *source,
                        const LensDetailLine *lines,
                        gsize n_lines,
                        LensTimeSpan span,
                        gsize n_columns,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (DetailJob) job = detail_job_new (analysis, pyramid, source, lines, n_lines, span, n_columns);

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
                              LensSeriesPyramid *pyramid,
                              const LensSeriesSource *source,
                              const LensDetailLine *lines,
                              gsize n_lines,
                              LensTimeSpan span,
                              gsize n_columns,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, detail_job_new (analysis, pyramid, source, lines, n_lines, span, n_columns),
                        detail_job_free);
  lens_worker_run (task, detail_worker);
}

LensSeriesDetail *
lens_series_detail_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
