#include "lens-file-writer.h"

#include "lens-error.h"
#include "lens-text.h"
#include "lens-worker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Tries at a name for the temporary file that nothing has yet. */
#define MAX_NAME_TRIES 100

struct _LensFileWriter
{
  char *path;      /* as it was given */
  char *target;    /* (nullable) what that means; NULL: it is written into */
  char *temporary; /* (nullable) beside it, until it has its name */
  int fd;          /* -1 once it is closed */
  gboolean replaces;
  mode_t mode; /* of what it replaces */
};

/* What the person can do about it. */
static const char *
advice_for (int error_number)
{
  switch (error_number)
    {
    case ENOENT:
    case ENOTDIR:
      return _ ("That folder does not exist: choose another, or make it first.");
    case EACCES:
    case EPERM:
    case EROFS:
      return _ ("Nothing was changed: choose a folder you may write to.");
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return _ ("Nothing was changed: free some space, or choose another disk.");
    case EISDIR:
      return _ ("Give a file name inside it.");
    default:
      return _ ("Nothing was changed: try another place.");
    }
}

static gboolean
fail (const char *path, int error_number, GError **error)
{
  g_autofree char *name = lens_text_make_safe_path (path);

  /* Translators: a file, the system's reason, and a sentence on what to do. */
  g_set_error (error, LENS_ERROR, LENS_ERROR_WRITE, _ ("“%s” could not be written: %s. %s"), name,
               g_strerror (error_number), advice_for (error_number));
  return FALSE;
}

/* A new file gets the permissions that the person's umask leaves. */
static int
open_retrying (const char *path, int flags)
{
  int fd;

  do
    fd = g_open (path, flags, 0666);
  while (fd < 0 && errno == EINTR);
  return fd;
}

/* 0 or an errno. */
static int
write_all (int fd, gconstpointer bytes, gsize n_bytes)
{
  const guint8 *at = bytes;

  while (n_bytes > 0)
    {
      gssize n_written = write (fd, at, n_bytes);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return errno;
      at += n_written;
      n_bytes -= (gsize) n_written;
    }
  return 0;
}

/* 0 or an errno. A terminal or a pipe has nothing to flush, which is no error. */
static int
flush (int fd)
{
  while (fsync (fd) != 0)
    if (errno != EINTR)
      return errno == EINVAL || errno == EROFS || errno == ENOTSUP ? 0 : errno;
  return 0;
}

/* The file that @path means: where it is a symbolic link, what that names, also when that is not there yet.
 * (transfer full), or NULL with errno. */
static char *
resolve (const char *path)
{
  g_autofree char *current = g_strdup (path);

  /* As many links as the kernel follows. */
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *link = g_file_read_link (current, NULL);
      g_autofree char *folder = NULL;
      char *next;

      if (link == NULL)
        return g_steal_pointer (&current);
      folder = g_path_get_dirname (current);
      next = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
      g_free (current);
      current = next;
    }
  errno = ELOOP;
  return NULL;
}

/* A new file beside @target, with the permissions a new file gets; its name in *@name (transfer full). -1 with errno. */
static int
open_temporary (const char *target, char **name)
{
  g_autofree char *folder = g_path_get_dirname (target);

  for (guint i = 0; i < MAX_NAME_TRIES; i++)
    {
      g_autofree char *base = g_strdup_printf (".packetlens-%08x.tmp", g_random_int ());
      g_autofree char *candidate = g_build_filename (folder, base, NULL);
      int fd = open_retrying (candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);

      if (fd >= 0)
        {
          *name = g_steal_pointer (&candidate);
          return fd;
        }
      if (errno != EEXIST)
        return -1;
    }
  return -1;
}

/* The rename itself is on the disk only when its folder is. */
static void
flush_folder (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int fd = open_retrying (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* 0 or an errno. A signal leaves @fd closed all the same (Linux), and what was written is on the disk by then. */
static int
close_file (int fd)
{
  return close (fd) == 0 || errno == EINTR ? 0 : errno;
}

/* 0 or an errno. */
static int
open_target (LensFileWriter *writer)
{
  struct stat existing;
  gboolean exists = stat (writer->path, &existing) == 0;

  if (exists && S_ISDIR (existing.st_mode))
    return EISDIR;
  /* A device or a pipe can't be replaced, only written into. */
  if (exists && !S_ISREG (existing.st_mode))
    {
      writer->fd = open_retrying (writer->path, O_WRONLY | O_CLOEXEC);
      return writer->fd < 0 ? errno : 0;
    }
  writer->target = resolve (writer->path);
  if (writer->target == NULL)
    return errno;
  writer->replaces = exists;
  writer->mode = exists ? existing.st_mode & 0777 : 0;
  writer->fd = open_temporary (writer->target, &writer->temporary);
  return writer->fd < 0 ? errno : 0;
}

LensFileWriter *
lens_file_writer_open (const char *path, GError **error)
{
  g_autoptr (LensFileWriter) writer = g_new0 (LensFileWriter, 1);
  int failure;

  writer->path = g_strdup (path);
  writer->fd = -1;
  failure = open_target (writer);
  if (failure == 0)
    return g_steal_pointer (&writer);
  (void) fail (path, failure, error);
  return NULL;
}

gboolean
lens_file_writer_add (LensFileWriter *writer, gconstpointer bytes, gsize n_bytes, GError **error)
{
  int failure = write_all (writer->fd, bytes, n_bytes);

  return failure == 0 || fail (writer->path, failure, error);
}

/* 0 or an errno. */
static int
finish (LensFileWriter *writer)
{
  int failure = flush (writer->fd);
  int close_failure;

  while (failure == 0 && writer->replaces && fchmod (writer->fd, writer->mode) != 0)
    if (errno != EINTR)
      failure = errno;
  close_failure = close_file (g_steal_fd (&writer->fd));
  if (failure == 0)
    failure = close_failure;
  if (writer->temporary == NULL)
    return failure;
  while (failure == 0 && g_rename (writer->temporary, writer->target) != 0)
    if (errno != EINTR)
      failure = errno;
  if (failure == 0)
    {
      g_clear_pointer (&writer->temporary, g_free);
      flush_folder (writer->target);
    }
  return failure;
}

gboolean
lens_file_writer_commit (LensFileWriter *writer, GError **error)
{
  int failure = finish (writer);

  return failure == 0 || fail (writer->path, failure, error);
}

void
lens_file_writer_free (LensFileWriter *writer)
{
  if (writer->fd >= 0)
    (void) close_file (writer->fd);
  if (writer->temporary != NULL)
    g_unlink (writer->temporary);
  g_free (writer->temporary);
  g_free (writer->target);
  g_free (writer->path);
  g_free (writer);
}

gboolean
lens_file_writer_write (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (LensFileWriter) writer = lens_file_writer_open (path, error);
  gsize n_bytes;
  gconstpointer data = g_bytes_get_data (bytes, &n_bytes);

  return writer != NULL && lens_file_writer_add (writer, data, n_bytes, error)
         && lens_file_writer_commit (writer, error);
}

typedef struct
{
  char *path;
  GBytes *bytes;
} WriteJob;

static void
write_job_free (WriteJob *job)
{
  g_free (job->path);
  g_bytes_unref (job->bytes);
  g_free (job);
}

static void
write_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const WriteJob *job = task_data;
  g_autoptr (GError) error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (lens_file_writer_write (job->path, job->bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lens_file_writer_write_async (const char *path,
                              GBytes *bytes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  WriteJob *job = g_new0 (WriteJob, 1);

  job->path = g_strdup (path);
  job->bytes = g_bytes_ref (bytes);
  /* Once the file is written it is written: saying "cancelled" then would be untrue. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) write_job_free);
  lens_worker_run (task, write_worker);
}

gboolean
lens_file_writer_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
