#include "lens-progress.h"

struct _LensProgress
{
  gatomicrefcount ref_count;
  GMutex lock;
  GMainContext *context;
  LensProgressFunc func; /* NULL once stopped */
  gpointer user_data;
  GDestroyNotify destroy;
  LensProgressReport latest;
  gboolean is_scheduled;
};

LensProgress *
lens_progress_new (LensProgressFunc func, gpointer user_data, GDestroyNotify destroy)
{
  LensProgress *progress = g_new0 (LensProgress, 1);

  g_atomic_ref_count_init (&progress->ref_count);
  g_mutex_init (&progress->lock);
  progress->context = g_main_context_ref_thread_default ();
  progress->func = func;
  progress->user_data = user_data;
  progress->destroy = destroy;
  return progress;
}

LensProgress *
lens_progress_ref (LensProgress *progress)
{
  g_atomic_ref_count_inc (&progress->ref_count);
  return progress;
}

void
lens_progress_unref (LensProgress *progress)
{
  if (!g_atomic_ref_count_dec (&progress->ref_count))
    return;
  if (progress->destroy != NULL)
    progress->destroy (progress->user_data);
  g_main_context_unref (progress->context);
  g_mutex_clear (&progress->lock);
  g_free (progress);
}

static gboolean
deliver_cb (gpointer data)
{
  LensProgress *progress = data;
  LensProgressReport report;
  LensProgressFunc func;

  g_mutex_lock (&progress->lock);
  report = progress->latest;
  func = progress->func;
  progress->is_scheduled = FALSE;
  g_mutex_unlock (&progress->lock);

  if (func != NULL)
    func (&report, progress->user_data);
  return G_SOURCE_REMOVE;
}

void
lens_progress_report (LensProgress *progress, const LensProgressReport *report)
{
  gboolean schedule;

  if (progress == NULL)
    return;

  g_mutex_lock (&progress->lock);
  progress->latest = *report;
  schedule = !progress->is_scheduled && progress->func != NULL;
  if (schedule)
    progress->is_scheduled = TRUE;
  g_mutex_unlock (&progress->lock);

  if (schedule)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, deliver_cb, lens_progress_ref (progress),
                             (GDestroyNotify) lens_progress_unref);
      g_source_attach (source, progress->context);
    }
}

void
lens_progress_stop (LensProgress *progress)
{
  g_mutex_lock (&progress->lock);
  progress->func = NULL;
  g_mutex_unlock (&progress->lock);
}
