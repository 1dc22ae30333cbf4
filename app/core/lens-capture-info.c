#include "lens-capture-info.h"

#include "lens-text.h"

static void
section_free (gpointer data)
{
  LensCaptureSection *section = data;

  g_free (section->hardware);
  g_free (section->os);
  g_free (section->application);
  g_free (section);
}

static void
interface_free (gpointer data)
{
  LensCaptureInterface *interface = data;

  g_free (interface->name);
  g_free (interface->description);
  g_free (interface->os);
  g_free (interface->filter);
  g_free (interface->hardware);
  g_free (interface);
}

static void
comment_free (gpointer data)
{
  LensCaptureComment *comment = data;

  g_free (comment->text);
  g_free (comment);
}

static void
name_free (gpointer data)
{
  LensCaptureName *name = data;

  g_free (name->name);
  g_free (name);
}

LensCaptureInfo *
lens_capture_info_new (void)
{
  LensCaptureInfo *info = g_new0 (LensCaptureInfo, 1);

  info->format = "";
  info->interfaces = g_ptr_array_new_with_free_func (interface_free);
  info->sections = g_ptr_array_new_with_free_func (section_free);
  info->comments = g_ptr_array_new_with_free_func (comment_free);
  info->names = g_ptr_array_new_with_free_func (name_free);
  return info;
}

void
lens_capture_info_free (LensCaptureInfo *info)
{
  g_ptr_array_unref (info->interfaces);
  g_ptr_array_unref (info->sections);
  g_ptr_array_unref (info->comments);
  g_ptr_array_unref (info->names);
  g_free (info);
}

static gpointer
section_copy (gconstpointer data, gpointer user_data)
{
  LensCaptureSection *copy = g_memdup2 (data, sizeof *copy);

  copy->hardware = g_strdup (copy->hardware);
  copy->os = g_strdup (copy->os);
  copy->application = g_strdup (copy->application);
  return copy;
}

static gpointer
interface_copy (gconstpointer data, gpointer user_data)
{
  LensCaptureInterface *copy = g_memdup2 (data, sizeof *copy);

  copy->name = g_strdup (copy->name);
  copy->description = g_strdup (copy->description);
  copy->os = g_strdup (copy->os);
  copy->filter = g_strdup (copy->filter);
  copy->hardware = g_strdup (copy->hardware);
  return copy;
}

static gpointer
comment_copy (gconstpointer data, gpointer user_data)
{
  LensCaptureComment *copy = g_memdup2 (data, sizeof *copy);

  copy->text = g_strdup (copy->text);
  return copy;
}

static gpointer
name_copy (gconstpointer data, gpointer user_data)
{
  LensCaptureName *copy = g_memdup2 (data, sizeof *copy);

  copy->name = g_strdup (copy->name);
  return copy;
}

static GPtrArray *
copy_array (GPtrArray *array, GCopyFunc copy_func, GDestroyNotify free_func)
{
  GPtrArray *copy = g_ptr_array_copy (array, copy_func, NULL);

  g_ptr_array_set_free_func (copy, free_func);
  return copy;
}

LensCaptureInfo *
lens_capture_info_copy (const LensCaptureInfo *info)
{
  LensCaptureInfo *copy = g_memdup2 (info, sizeof *copy);

  copy->interfaces = copy_array (info->interfaces, interface_copy, interface_free);
  copy->sections = copy_array (info->sections, section_copy, section_free);
  copy->comments = copy_array (info->comments, comment_copy, comment_free);
  copy->names = copy_array (info->names, name_copy, name_free);
  return copy;
}

LensCaptureSection *
lens_capture_info_add_section (LensCaptureInfo *info)
{
  LensCaptureSection *section = g_new0 (LensCaptureSection, 1);

  g_ptr_array_add (info->sections, section);
  return section;
}

LensCaptureInterface *
lens_capture_info_add_interface (LensCaptureInfo *info)
{
  LensCaptureInterface *interface = g_new0 (LensCaptureInterface, 1);

  interface->section = info->sections->len > 0 ? info->sections->len - 1 : 0;
  interface->ticks_per_second = 1000000;
  interface->received = LENS_CAPTURE_NOT_SAID;
  interface->dropped_by_interface = LENS_CAPTURE_NOT_SAID;
  interface->dropped_by_os = LENS_CAPTURE_NOT_SAID;
  interface->accepted = LENS_CAPTURE_NOT_SAID;
  interface->delivered = LENS_CAPTURE_NOT_SAID;
  g_ptr_array_add (info->interfaces, interface);
  return interface;
}

gboolean
lens_capture_info_is_big_endian (const LensCaptureInfo *info, guint interface)
{
  guint section;

  if (interface >= info->interfaces->len)
    return FALSE;
  section = ((const LensCaptureInterface *) info->interfaces->pdata[interface])->section;
  return section < info->sections->len
         && ((const LensCaptureSection *) info->sections->pdata[section])->is_big_endian;
}

void
lens_capture_info_add_comment (LensCaptureInfo *info,
                               LensCommentPlace place,
                               guint64 number,
                               const guint8 *text,
                               gsize n_bytes)
{
  LensCaptureComment *comment;

  if (info->comments->len >= LENS_CAPTURE_MAX_COMMENTS)
    {
      info->n_comments_left_out++;
      return;
    }
  comment = g_new0 (LensCaptureComment, 1);
  comment->place = place;
  comment->number = number;
  comment->text = lens_text_make_safe (text, n_bytes, LENS_CAPTURE_MAX_TEXT);
  g_ptr_array_add (info->comments, comment);
}

void
lens_capture_info_add_name (LensCaptureInfo *info,
                            const LensAddress *address,
                            const guint8 *text,
                            gsize n_bytes)
{
  LensCaptureName *name;

  if (info->names->len >= LENS_CAPTURE_MAX_NAMES)
    {
      info->n_names_left_out++;
      return;
    }
  name = g_new0 (LensCaptureName, 1);
  name->address = *address;
  name->name = lens_text_make_safe (text, n_bytes, LENS_CAPTURE_MAX_SHORT_TEXT);
  g_ptr_array_add (info->names, name);
}

const char *
lens_compression_get_name (LensCompression compression)
{
  static const char *const names[] = {
    [LENS_COMPRESSION_NONE] = NULL,
    [LENS_COMPRESSION_GZIP] = "gzip",
    [LENS_COMPRESSION_ZSTD] = "zstd",
    [LENS_COMPRESSION_LZ4] = "lz4",
  };

  return names[compression];
}
