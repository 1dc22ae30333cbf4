#include "lens-time-closeup.h"

#include "lens-analysis-private.h"
#include "lens-worker.h"

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

/* @selected: (nullable): all packets count. FALSE when cancelled. */
static gboolean
count (LensTimeBins *bins,
       const LensPacketColumns *columns,
       const LensSelectionView *selected,
       GCancellable *cancellable)
{
  LensTimeSpan span = lens_time_bins_get_span (bins);
  gsize first = lens_packet_columns_find_row (columns, span.first_ns, FALSE);
  gsize end = lens_packet_columns_find_row (columns, span.last_ns, TRUE);

  for (gsize start = first; start < end; start += ROWS_PER_LOOK)
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      lens_time_bins_add_rows (bins, columns, selected != NULL ? selected->flows : NULL,
                               selected != NULL ? selected->rows : NULL, start,
                               MIN (start + ROWS_PER_LOOK, end));
    }
  return TRUE;
}

LensTimeCloseup *
lens_time_closeup_new (const LensAnalysis *analysis,
                       LensTimeSpan span,
                       GCancellable *cancellable,
                       GError **error)
{
  LensPacketColumns columns
      = lens_packet_table_get_columns (lens_capture_get_table (lens_analysis_get_capture (analysis)));
  LensSelection *selection = lens_analysis_get_selection (analysis);
  LensSelectionView selected = lens_selection_get_view (selection);
  g_autoptr (LensTimeCloseup) closeup = g_new0 (LensTimeCloseup, 1);
  gboolean is_done;

  closeup->whole = lens_time_bins_new (span.first_ns, span.last_ns);
  if (selected.rows == NULL && lens_selection_has_all_flows (selection))
    closeup->passing = closeup->whole != NULL ? lens_time_bins_ref (closeup->whole) : NULL;
  else
    closeup->passing = lens_time_bins_new (span.first_ns, span.last_ns);
  if (closeup->whole == NULL || closeup->passing == NULL)
    {
      lens_analysis_set_memory_error (analysis, error);
      return NULL;
    }
  is_done
      = count (closeup->whole, &columns, NULL, cancellable)
        && (closeup->passing == closeup->whole || count (closeup->passing, &columns, &selected, cancellable));
  if (!is_done && g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&closeup);
}

void
lens_time_closeup_free (LensTimeCloseup *closeup)
{
  if (closeup == NULL)
    return;
  g_clear_pointer (&closeup->whole, lens_time_bins_unref);
  g_clear_pointer (&closeup->passing, lens_time_bins_unref);
  g_free (closeup);
}

typedef struct
{
  LensAnalysis *analysis; /* owned */
  LensTimeSpan span;
} CloseupJob;

static void
closeup_job_free (gpointer data)
{
  CloseupJob *job = data;

  lens_analysis_unref (job->analysis);
  g_free (job);
}

static void
closeup_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const CloseupJob *job = task_data;
  GError *error = NULL;
  LensTimeCloseup *closeup = lens_time_closeup_new (job->analysis, job->span, cancellable, &error);

  if (closeup != NULL)
    g_task_return_pointer (task, closeup, (GDestroyNotify) lens_time_closeup_free);
  else
    g_task_return_error (task, error);
}

void
lens_time_closeup_new_async (LensAnalysis *analysis,
                             LensTimeSpan span,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  CloseupJob *job = g_new0 (CloseupJob, 1);

  job->analysis = lens_analysis_ref (analysis);
  job->span = span;
  g_task_set_task_data (task, job, closeup_job_free);
  lens_worker_run (task, closeup_worker);
}

LensTimeCloseup *
lens_time_closeup_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
