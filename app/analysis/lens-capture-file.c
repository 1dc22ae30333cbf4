#include "lens-capture-file.h"

#include "lens-kept-bytes.h"
#include "lens-packed-index.h"
#include "lens-text.h"

#include <glib/gi18n-lib.h>

static char *
name_of (const char *path)
{
  return g_str_equal (path, "-") ? g_strdup (_ ("standard input")) : lens_text_make_safe_base_name (path);
}

LensCaptureFile *
lens_capture_file_new (const char *path)
{
  LensCaptureFile *file = g_new0 (LensCaptureFile, 1);

  file->path = g_strdup (path);
  file->name = name_of (path);
  return file;
}

LensCaptureFile *
lens_capture_file_copy (const LensCaptureFile *file)
{
  LensCaptureFile *copy = g_new (LensCaptureFile, 1);

  *copy = *file;
  copy->path = g_strdup (file->path);
  copy->name = g_strdup (file->name);
  copy->info = file->info != NULL ? lens_capture_info_copy (file->info) : NULL;
  copy->damage = g_strdup (file->damage);
  copy->unkept = g_strdup (file->unkept);
  if (file->kept != NULL)
    lens_kept_bytes_ref (file->kept);
  if (file->index != NULL)
    lens_packed_index_ref (file->index);
  return copy;
}

void
lens_capture_file_free (LensCaptureFile *file)
{
  g_clear_pointer (&file->info, lens_capture_info_free);
  g_free (file->path);
  g_free (file->name);
  g_free (file->damage);
  g_free (file->unkept);
  g_clear_pointer (&file->kept, lens_kept_bytes_unref);
  g_clear_pointer (&file->index, lens_packed_index_unref);
  g_free (file);
}
