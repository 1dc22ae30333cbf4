#include "lens-load-job.h"

#include <sys/stat.h>
#include <unistd.h>

/* Lives until the load's own callback, so also a while after it was cancelled. */
struct _LensLoadJob
{
  char **paths;
  const LensLoadJobFuncs *funcs;
  gpointer owner;
  GCancellable *cancellable;
  GCancellable *stop;
  LensProgress *progress;
  gboolean has_pipe;
};

static void
job_free (LensLoadJob *job)
{
  g_strfreev (job->paths);
  g_object_unref (job->cancellable);
  g_object_unref (job->stop);
  lens_progress_unref (job->progress);
  g_free (job);
}

static gboolean
is_pipe (const char *path)
{
  struct stat status;
  int result = g_str_equal (path, "-") ? fstat (STDIN_FILENO, &status) : stat (path, &status);

  return result == 0 && !S_ISREG (status.st_mode) && !S_ISDIR (status.st_mode);
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensLoadJob *job = user_data;

  job->funcs->progress (report, job->owner);
}

static void
grown_cb (LensCapture *capture, gpointer user_data)
{
  LensLoadJob *job = user_data;

  job->funcs->grown (capture, job->owner);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LensLoadJob *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture = lens_loader_load_finish (result, &error);

  lens_progress_stop (job->progress);
  if (!g_cancellable_is_cancelled (job->cancellable))
    job->funcs->done (capture, error, job->owner);
  job_free (job);
}

LensLoadJob *
lens_load_job_start (const char *const *paths,
                     guint64 max_unpacked_bytes,
                     const LensLoadJobFuncs *funcs,
                     gpointer owner)
{
  LensLoadJob *job = g_new0 (LensLoadJob, 1);
  LensLoadOptions options = {
    .max_unpacked_bytes = max_unpacked_bytes,
    .keeps_pipes = TRUE,
    .keeps_places = TRUE,
    .grown = grown_cb,
    .grown_data = job,
  };

  job->paths = g_strdupv ((char **) paths);
  job->funcs = funcs;
  job->owner = owner;
  job->cancellable = g_cancellable_new ();
  job->stop = options.stop = g_cancellable_new ();
  job->progress = lens_progress_new (progress_cb, job, NULL);
  for (gsize i = 0; paths[i] != NULL; i++)
    job->has_pipe = job->has_pipe || is_pipe (paths[i]);
  lens_loader_load_async (paths, &options, job->progress, job->cancellable, loaded_cb, job);
  return job;
}

void
lens_load_job_stop (LensLoadJob *job)
{
  g_cancellable_cancel (job->stop);
}

void
lens_load_job_cancel (LensLoadJob *job)
{
  lens_progress_stop (job->progress);
  g_cancellable_cancel (job->cancellable);
}

const char *const *
lens_load_job_get_paths (const LensLoadJob *job)
{
  return (const char *const *) job->paths;
}

gboolean
lens_load_job_has_pipe (const LensLoadJob *job)
{
  return job->has_pipe;
}
