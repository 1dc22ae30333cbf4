#include "lens-file-bytes.h"

#include "lens-error.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* FALSE: there is none. */
static gboolean
get_status (const LensCaptureFile *file, struct stat *status)
{
  return (g_str_equal (file->path, "-") ? fstat (STDIN_FILENO, status) : stat (file->path, status)) == 0;
}

gboolean
lens_file_bytes_check (const LensCaptureFile *file, GError **error)
{
  struct stat status;

  if (file->kept != NULL)
    return lens_kept_bytes_check (file->kept, file->name, error);
  if (!get_status (file, &status) || S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
               _ ("The bytes of “%s” came through a pipe and can’t be read a second time. Save its "
                  "packets into a file first and open that."),
               file->name);
  return FALSE;
}

static LensCaptureReader *
open_reader (const LensCaptureFile *file, const LensReaderOptions *options, GError **error)
{
  return file->kept != NULL ? lens_capture_reader_open_kept (file->kept, file->name, options, error)
                            : lens_capture_reader_open (file->path, options, error);
}

LensCaptureReader *
lens_file_bytes_read_again (const LensCaptureFile *file, GError **error)
{
  LensReaderOptions options = { .max_unpacked_bytes = G_MAXUINT64 };

  return open_reader (file, &options, error);
}

LensCaptureReader *
lens_file_bytes_open_to_seek (const LensCaptureFile *file, GError **error)
{
  LensReaderOptions options = { .max_unpacked_bytes = G_MAXUINT64, .index = file->index, .seeks = TRUE };

  return open_reader (file, &options, error);
}

guint64
lens_file_bytes_get_size (const LensCaptureFile *file)
{
  struct stat status;

  if (file->kept != NULL)
    return lens_kept_bytes_get_n_bytes (file->kept);
  return get_status (file, &status) ? (guint64) status.st_size : 0;
}
