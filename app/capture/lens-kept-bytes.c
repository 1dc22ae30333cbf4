#include "lens-kept-bytes.h"

#include "lens-error.h"
#include "lens-format.h"
#include "lens-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Other programs need room as well: this much stays free, looked at each time so much more was kept. */
#define LEAST_FREE_BYTES (G_GUINT64_CONSTANT (1) << 28)
#define BYTES_PER_LOOK (G_GUINT64_CONSTANT (1) << 24)

struct _LensKeptBytes
{
  gatomicrefcount ref_count;
  int fd;        /* set before n_bytes is more than 0, and from then on never changed; -1: there is none */
  GMutex lock;   /* of all below */
  char *folder;  /* (nullable) where the file is, or was tried last */
  char *failure; /* (nullable) why there will be no more */
  guint64 n_bytes;
};

LensKeptBytes *
lens_kept_bytes_new (void)
{
  LensKeptBytes *kept = g_new0 (LensKeptBytes, 1);

  g_atomic_ref_count_init (&kept->ref_count);
  g_mutex_init (&kept->lock);
  kept->fd = -1;
  return kept;
}

LensKeptBytes *
lens_kept_bytes_ref (LensKeptBytes *kept)
{
  g_atomic_ref_count_inc (&kept->ref_count);
  return kept;
}

void
lens_kept_bytes_unref (LensKeptBytes *kept)
{
  if (!g_atomic_ref_count_dec (&kept->ref_count))
    return;
  if (kept->fd >= 0)
    close (kept->fd);
  g_free (kept->folder);
  g_free (kept->failure);
  g_mutex_clear (&kept->lock);
  g_free (kept);
}

guint64
lens_kept_bytes_get_n_bytes (LensKeptBytes *kept)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&kept->lock);

  return kept->n_bytes;
}

gboolean
lens_kept_bytes_check (LensKeptBytes *kept, const char *name, GError **error)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&kept->lock);
  g_autofree char *size = NULL;
  g_autofree char *folder = NULL;

  if (kept->failure == NULL)
    return TRUE;
  size = lens_format_bytes (kept->n_bytes);
  folder = lens_text_make_safe_path (kept->folder);
  /* Translators: a size such as “1.2 GB”, what was read, a folder, and the system's reason. */
  g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
               _ ("Only the first %s of “%s” could be kept to be read again, in “%s”: %s. All figures are "
                  "right, but packets after "
                  "that can’t be opened, and none can be found by their bytes or by a BPF expression. Make "
                  "room there, or "
                  "name another folder by TMPDIR, and start again."),
               size, name, folder, kept->failure);
  return FALSE;
}

/* A file in @folder that no one else can open. -1 with errno. */
static int
open_nameless (const char *folder)
{
  g_autofree char *path = NULL;
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, S_IRUSR | S_IWUSR);

  if (fd >= 0)
    return fd;
  /* Not every file system has files without a name. */
  path = g_build_filename (folder, "packetlens-XXXXXX", NULL);
  fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0)
    g_unlink (path);
  return fd;
}

/* Makes the file. On the thread that adds. FALSE with errno. */
static gboolean
make_file (LensKeptBytes *kept)
{
  const char *wanted = g_getenv ("TMPDIR");
  gboolean has_wish = wanted != NULL && *wanted != '\0';
  /* Who names a folder gets no other; /tmp is left out, which is memory on many systems. */
  const char *const folders[] = { has_wish ? wanted : g_get_user_cache_dir (), has_wish ? NULL : "/var/tmp" };
  int fd = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (folders) && folders[i] != NULL && fd < 0; i++)
    {
      if (!has_wish && i == 0)
        (void) g_mkdir_with_parents (folders[i], S_IRWXU);
      fd = open_nameless (folders[i]);
      g_mutex_lock (&kept->lock);
      g_free (kept->folder);
      kept->folder = g_strdup (folders[i]);
      g_mutex_unlock (&kept->lock);
    }
  kept->fd = fd;
  return fd >= 0;
}

/* Whether @n_more bytes may be added without taking the last room from others. */
static gboolean
has_room (const LensKeptBytes *kept, gsize n_more)
{
  struct statvfs status;

  if (kept->n_bytes / BYTES_PER_LOOK == (kept->n_bytes + n_more) / BYTES_PER_LOOK
      || fstatvfs (kept->fd, &status) != 0)
    return TRUE;
  return (guint64) status.f_bavail * status.f_frsize >= LEAST_FREE_BYTES;
}

/* (transfer full) the reason; NULL: all was written. @n_written: how much was, in any case. */
static char *
write_bytes (const LensKeptBytes *kept, const guint8 *bytes, gsize n_bytes, gsize *n_written)
{
  for (*n_written = 0; *n_written < n_bytes;)
    {
      gssize n
          = pwrite (kept->fd, bytes + *n_written, n_bytes - *n_written, (off_t) (kept->n_bytes + *n_written));

      if (n < 0 && errno != EINTR)
        return g_strdup (g_strerror (errno));
      if (n > 0)
        *n_written += (gsize) n;
    }
  return NULL;
}

static void
add (LensKeptBytes *kept, const guint8 *bytes, gsize n_bytes)
{
  char *failure = NULL;
  gsize n_written = 0;

  /* Both are changed by this thread alone. */
  if (kept->failure != NULL)
    return;
  if (kept->fd < 0 && !make_file (kept))
    failure = g_strdup (g_strerror (errno));
  else if (!has_room (kept, n_bytes))
    {
      g_autofree char *size = lens_format_bytes (LEAST_FREE_BYTES);

      failure = g_strdup_printf (_ ("less than %s is free there"), size);
    }
  else
    failure = write_bytes (kept, bytes, n_bytes, &n_written);
  g_mutex_lock (&kept->lock);
  kept->n_bytes += n_written;
  kept->failure = failure;
  g_mutex_unlock (&kept->lock);
}

typedef struct
{
  LensByteSource parent;
  LensKeptBytes *kept;
  LensByteSource *source; /* (nullable) what is kept; NULL: what was is read */
} KeptSource;

static LensSourceStatus
keeping_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  KeptSource *self = (KeptSource *) source;
  LensSourceStatus status = lens_byte_source_read (self->source, buffer, n_bytes, n_read, error);

  if (status == LENS_SOURCE_BYTES)
    add (self->kept, buffer, *n_read);
  return status;
}

static LensSourceStatus
kept_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  KeptSource *self = (KeptSource *) source;
  gssize result;

  if (source->position >= source->size)
    return LENS_SOURCE_END;
  n_bytes = (gsize) MIN (n_bytes, source->size - source->position);
  do
    result = pread (self->kept->fd, buffer, n_bytes, (off_t) source->position);
  while (result < 0 && errno == EINTR);
  if (result <= 0)
    {
      g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, g_strerror (result < 0 ? errno : EIO));
      return LENS_SOURCE_FAILED;
    }
  *n_read = (gsize) result;
  return LENS_SOURCE_BYTES;
}

static gboolean
kept_source_seek (LensByteSource *source, guint64 position)
{
  source->position = position;
  return TRUE;
}

static void
kept_source_free (LensByteSource *source)
{
  KeptSource *self = (KeptSource *) source;

  g_clear_pointer (&self->source, lens_byte_source_free);
  lens_kept_bytes_unref (self->kept);
  g_free (self);
}

LensByteSource *
lens_kept_bytes_keep (LensKeptBytes *kept, LensByteSource *source)
{
  static const LensByteSourceClass kind = { keeping_source_read, kept_source_free };
  KeptSource *self = g_new0 (KeptSource, 1);

  self->parent.kind = &kind;
  self->parent.size = source->size;
  self->parent.may_wait = source->may_wait;
  self->kept = lens_kept_bytes_ref (kept);
  self->source = source;
  return &self->parent;
}

LensByteSource *
lens_kept_bytes_read (LensKeptBytes *kept)
{
  static const LensByteSourceClass kind = { kept_source_read, kept_source_free };
  KeptSource *self = g_new0 (KeptSource, 1);

  self->parent.kind = &kind;
  self->parent.size = lens_kept_bytes_get_n_bytes (kept);
  self->parent.seek = kept_source_seek;
  self->kept = lens_kept_bytes_ref (kept);
  return &self->parent;
}
