#include "lens-file-source.h"

#include "lens-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  LensByteSource parent;
  int fd;
  off_t start; /* standard input may be a file that was read from before */
  gboolean
      is_file; /* read by position: standard input's own stays where it was, so that it can be read again */
} FileSource;

/* Waits for bytes, or for the other end to close. A signal only shortens the wait. A FIFO that no one has opened for
 * writing so far gives nothing here, where read() would say that it ended. */
static gboolean
is_ready (FileSource *self)
{
  struct pollfd wanted = { .fd = self->fd, .events = POLLIN };
  int n_ready = poll (&wanted, 1, LENS_FILE_SOURCE_WAIT_MS);

  return n_ready > 0 || (n_ready < 0 && errno != EINTR);
}

static gssize
read_bytes (FileSource *self, guint8 *buffer, gsize n_bytes)
{
  guint64 position = self->parent.position;

  if (!self->is_file)
    return read (self->fd, buffer, n_bytes);
  return pread (self->fd, buffer, n_bytes, self->start + (off_t) position);
}

static LensSourceStatus
fail (int code, GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, g_strerror (code));
  return LENS_SOURCE_FAILED;
}

static LensSourceStatus
file_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  FileSource *self = (FileSource *) source;
  gssize result;

  if (self->parent.may_wait && !is_ready (self))
    return LENS_SOURCE_WAIT;
  do
    result = read_bytes (self, buffer, n_bytes);
  while (result < 0 && errno == EINTR);
  if (result < 0 && self->parent.may_wait && errno == EAGAIN)
    return LENS_SOURCE_WAIT;
  if (result < 0)
    return fail (errno, error);
  if (result == 0 && source->position < source->size)
    {
      g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, _ ("it became shorter while it was read"));
      return LENS_SOURCE_FAILED;
    }
  if (result == 0)
    return LENS_SOURCE_END;
  *n_read = (gsize) result;
  return LENS_SOURCE_BYTES;
}

static void
file_source_free (LensByteSource *source)
{
  FileSource *self = (FileSource *) source;

  close (self->fd);
  g_free (self);
}

static gboolean
file_source_seek (LensByteSource *source, guint64 position)
{
  FileSource *self = (FileSource *) source;

  if (position > G_MAXINT64 - (guint64) self->start)
    return FALSE;
  source->position = position;
  return TRUE;
}

LensByteSource *
lens_file_source_new (const char *path)
{
  static const LensByteSourceClass kind = { file_source_read, file_source_free };
  gboolean is_standard_input = strcmp (path, "-") == 0;
  FileSource *self;
  struct stat status;
  int fd;

  do
    fd = is_standard_input ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                           : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  while (fd < 0 && errno == EINTR);
  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) < 0 || S_ISDIR (status.st_mode))
    {
      int code = S_ISDIR (status.st_mode) ? EISDIR : errno;

      close (fd);
      errno = code;
      return NULL;
    }

  self = g_new0 (FileSource, 1);
  self->parent.kind = &kind;
  self->fd = fd;
  self->parent.may_wait = !S_ISREG (status.st_mode);
  if (!self->parent.may_wait)
    {
      off_t start = lseek (fd, 0, SEEK_CUR);

      self->is_file = start >= 0;
      self->start = MAX (start, 0);
      self->parent.seek = self->is_file ? file_source_seek : NULL;
      self->parent.size = status.st_size > self->start ? (guint64) (status.st_size - self->start) : 0;
      (void) posix_fadvise (fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
  return &self->parent;
}
