#include "lens-analysis-private.h"

#include "lens-error.h"
#include "lens-format.h"
#include "lens-stream.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>

/* Written out: G_DEFINE_BOXED_TYPE passes the functions in a way that ISO C does not know. */
GType
lens_analysis_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static ("LensAnalysis", (GBoxedCopyFunc) lens_analysis_ref,
                                                     (GBoxedFreeFunc) lens_analysis_unref));
  return type;
}

gboolean
lens_analysis_set_memory_error (const LensAnalysis *analysis, GError **error)
{
  guint64 n_packets = lens_capture_get_n_packets (analysis->capture);
  g_autofree char *count = lens_format_count (n_packets);

  /* Translators: %s is a number of packets. */
  g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
               g_dngettext (GETTEXT_PACKAGE,
                            "There is not enough memory to work out the figures of %s packet. Close other "
                            "programs, or open a part of the capture.",
                            "There is not enough memory to work out the figures of %s packets. Close other "
                            "programs, or open a part of the capture.",
                            (gulong) n_packets),
               count);
  return FALSE;
}

/* Everything that is in the analysis once its selection is. */
static gboolean
fill (LensAnalysis *analysis, GCancellable *cancellable, GError **error)
{
  g_auto (LensAnalysisScope) scope = { 0 };

  if (!lens_analysis_scope_init (&scope, analysis, cancellable, error))
    return FALSE;
  if (!lens_analysis_fill_totals (analysis, &scope))
    return lens_analysis_set_memory_error (analysis, error);
  return lens_analysis_fill_times (analysis, &scope, cancellable, error);
}

/* Time is no part of what the bins depend on, so that a span that is moved has them already. */
static LensTimeBins *
find_time_bins (const LensAnalysis *previous, const LensCapture *capture, const LensFilter *filter)
{
  g_autoptr (LensFilter) previous_filter = NULL;
  g_autoptr (LensFilter) this_filter = NULL;

  if (previous == NULL || previous->capture != capture || previous->time_bins == NULL)
    return NULL;
  previous_filter = lens_filter_without_kind (previous->filter, LENS_FILTER_TIME);
  this_filter = lens_filter_without_kind (filter, LENS_FILTER_TIME);
  return lens_filter_has_same_effect (previous_filter, this_filter) ? lens_time_bins_ref (previous->time_bins)
                                                                    : NULL;
}

static LensAnalysis *
analyse (LensCapture *capture,
         LensFilter *filter,
         const LensBurstRule *rule,
         LensRowSets *row_sets,
         const LensAnalysis *previous,
         LensProgress *progress,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (GPtrArray) bpf_sets = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  bpf_sets = lens_row_sets_find_for_filter (row_sets, filter, progress, cancellable, error);
  if (bpf_sets == NULL)
    return NULL;

  analysis = g_new0 (LensAnalysis, 1);
  g_atomic_ref_count_init (&analysis->ref_count);
  analysis->capture = lens_capture_ref (capture);
  analysis->filter = lens_filter_ref (filter);
  analysis->row_sets = lens_row_sets_ref (row_sets);
  analysis->splits = lens_split_memo_new ();
  analysis->rule = lens_stream_work_out_rule (rule, capture);
  analysis->selection = lens_selection_new (filter, lens_capture_get_table (capture), bpf_sets);
  if (analysis->selection == NULL)
    {
      lens_analysis_set_memory_error (analysis, error);
      return NULL;
    }
  analysis->time_bins = find_time_bins (previous, capture, filter);
  return fill (analysis, cancellable, error) ? g_steal_pointer (&analysis) : NULL;
}

LensAnalysis *
lens_analysis_new (LensCapture *capture,
                   LensFilter *filter,
                   const LensBurstRule *rule,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (LensRowSets) row_sets = lens_row_sets_new (capture);

  return analyse (capture, filter, rule, row_sets, NULL, NULL, cancellable, error);
}

LensAnalysis *
lens_analysis_new_other (LensAnalysis *analysis,
                         LensFilter *filter,
                         GCancellable *cancellable,
                         GError **error)
{
  return analyse (analysis->capture, filter, &analysis->rule, analysis->row_sets, analysis, NULL, cancellable,
                  error);
}

LensAnalysis *
lens_analysis_ref (LensAnalysis *analysis)
{
  g_atomic_ref_count_inc (&analysis->ref_count);
  return analysis;
}

void
lens_analysis_unref (LensAnalysis *analysis)
{
  if (!g_atomic_ref_count_dec (&analysis->ref_count))
    return;
  g_clear_pointer (&analysis->stream, lens_stream_free);
  g_clear_pointer (&analysis->lanes, lens_burst_lanes_free);
  g_clear_pointer (&analysis->burst_scope, lens_analysis_unref);
  if (analysis->base != NULL)
    {
      lens_analysis_unref (analysis->base);
      g_free (analysis);
      return;
    }
  lens_capture_unref (analysis->capture);
  lens_filter_unref (analysis->filter);
  lens_row_sets_unref (analysis->row_sets);
  lens_split_memo_free (analysis->splits);
  g_clear_pointer (&analysis->selection, lens_selection_unref);
  g_free (analysis->hosts);
  g_free (analysis->host_rows);
  g_free (analysis->connections);
  for (gsize kind = 0; kind < LENS_N_PORTS; kind++)
    g_free (analysis->ports[kind]);
  for (gsize kind = 0; kind < LENS_N_TIMES; kind++)
    {
      const LensTimeSeries *times = &analysis->time_series[kind];

      for (gsize i = 0; i < times->n_series; i++)
        g_free (times->series[i].points);
      g_free ((gpointer) times->series);
    }
  g_free ((gpointer) analysis->top_stream.points);
  g_free ((gpointer) analysis->top_stream.bursts);
  g_clear_pointer (&analysis->time_bins, lens_time_bins_unref);
  g_free (analysis);
}

typedef struct
{
  LensCapture *capture;
  LensFilter *filter;
  LensBurstRule rule;
  LensRowSets *row_sets;
  LensAnalysis *previous; /* (nullable) */
  LensProgress *progress; /* (nullable) */
} AnalysisJob;

static void
analysis_job_free (AnalysisJob *job)
{
  lens_capture_unref (job->capture);
  lens_filter_unref (job->filter);
  lens_row_sets_unref (job->row_sets);
  g_clear_pointer (&job->previous, lens_analysis_unref);
  g_clear_pointer (&job->progress, lens_progress_unref);
  g_free (job);
}

static void
analysis_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const AnalysisJob *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensAnalysis) analysis = analyse (job->capture, job->filter, &job->rule, job->row_sets,
                                               job->previous, job->progress, cancellable, &error);

  if (analysis == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&analysis), (GDestroyNotify) lens_analysis_unref);
}

void
lens_analysis_new_async (LensCapture *capture,
                         LensFilter *filter,
                         const LensBurstRule *rule,
                         LensRowSets *row_sets,
                         LensAnalysis *previous,
                         LensProgress *progress,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  AnalysisJob *job = g_new0 (AnalysisJob, 1);

  job->capture = lens_capture_ref (capture);
  job->filter = lens_filter_ref (filter);
  job->rule = *rule;
  job->row_sets = row_sets != NULL ? lens_row_sets_ref (row_sets) : lens_row_sets_new (capture);
  job->previous = previous != NULL ? lens_analysis_ref (previous) : NULL;
  job->progress = progress != NULL ? lens_progress_ref (progress) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) analysis_job_free);
  lens_worker_run (task, analysis_worker);
}

LensAnalysis *
lens_analysis_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

LensCapture *
lens_analysis_get_capture (const LensAnalysis *analysis)
{
  return analysis->capture;
}

LensFilter *
lens_analysis_get_filter (const LensAnalysis *analysis)
{
  return analysis->filter;
}

LensSelection *
lens_analysis_get_selection (const LensAnalysis *analysis)
{
  return analysis->selection;
}

const LensLayerCounts *
lens_analysis_get_layers (const LensAnalysis *analysis)
{
  return &analysis->layers;
}

guint64
lens_analysis_get_payload_bytes (const LensAnalysis *analysis)
{
  return analysis->payload_bytes;
}

const LensHostTotals *
lens_analysis_get_hosts (const LensAnalysis *analysis, gsize *n_hosts)
{
  *n_hosts = analysis->n_hosts;
  return analysis->hosts;
}

const LensConnectionTotals *
lens_analysis_get_connections (const LensAnalysis *analysis, gsize *n_connections)
{
  *n_connections = analysis->n_connections;
  return analysis->connections;
}

const LensPortTotals *
lens_analysis_get_ports (const LensAnalysis *analysis, LensPortsKind kind, gsize *n_ports)
{
  g_return_val_if_fail (kind < LENS_N_PORTS, NULL);
  *n_ports = analysis->n_ports[kind];
  return analysis->ports[kind];
}

const LensHostTotals *
lens_analysis_find_host (const LensAnalysis *analysis, const LensAddress *address)
{
  guint32 index = lens_packet_table_find_host (lens_capture_get_table (analysis->capture), address);

  if (index == LENS_HOST_NONE || analysis->host_rows[index] == LENS_HOST_ROW_NONE)
    return NULL;
  return &analysis->hosts[analysis->host_rows[index]];
}

const LensTimeSeries *
lens_analysis_get_time_series (const LensAnalysis *analysis, LensTimeKind kind)
{
  g_return_val_if_fail (kind < LENS_N_TIMES, NULL);
  return &analysis->time_series[kind];
}

const LensStream *
lens_analysis_get_top_stream (const LensAnalysis *analysis)
{
  return &analysis->top_stream;
}

const LensTimeBins *
lens_analysis_get_time_bins (const LensAnalysis *analysis)
{
  return analysis->time_bins;
}

const LensStream *
lens_analysis_get_stream (const LensAnalysis *analysis)
{
  return analysis->stream != NULL ? analysis->stream : &analysis->top_stream;
}

const LensBurstLanes *
lens_analysis_get_burst_lanes (const LensAnalysis *analysis)
{
  return analysis->lanes;
}

const LensBurstRule *
lens_analysis_get_burst_rule (const LensAnalysis *analysis)
{
  return &analysis->rule;
}

LensAnalysis *
lens_analysis_get_burst_scope (const LensAnalysis *analysis)
{
  return analysis->burst_scope != NULL ? analysis->burst_scope : (LensAnalysis *) analysis;
}

LensAnalysis *
lens_analysis_new_with_bursts (LensAnalysis *analysis,
                               LensAnalysis *scope,
                               LensStream *stream,
                               LensBurstLanes *lanes)
{
  LensAnalysis *base = analysis->base != NULL ? analysis->base : analysis;
  LensAnalysis *result = g_memdup2 (base, sizeof *base);

  g_atomic_ref_count_init (&result->ref_count);
  result->base = lens_analysis_ref (base);
  result->rule = stream->rule;
  result->burst_scope = scope != analysis ? lens_analysis_ref (scope) : NULL;
  result->stream = stream;
  result->lanes = lanes;
  return result;
}

char *
lens_analysis_describe_share (const LensAnalysis *analysis)
{
  guint64 n_packets = lens_capture_get_n_packets (analysis->capture);
  g_autofree char *part = lens_format_count (analysis->layers.all);
  g_autofree char *whole = lens_format_count (n_packets);
  g_autofree char *share = lens_format_share (analysis->layers.all, n_packets);

  /* Translators: as "5,844 of 9,907 packets, 59.0 %". */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s of %s packet, %s", "%s of %s packets, %s", (gulong) n_packets), part,
      whole, share);
}
