/* Facts on the files of a capture: names, sizes, formats, who wrote them. */
#include "lens-capture-facts-private.h"

#include "lens-format.h"
#include "lens-text.h"

#include <glib/gi18n-lib.h>

/* The folder a file is in, safe to show; NULL for standard input. (transfer full) */
static char *
describe_folder (const LensCaptureFile *file)
{
  g_autofree char *whole = NULL;
  g_autofree char *folder = NULL;

  if (g_str_equal (file->path, "-"))
    return NULL;
  whole = g_canonicalize_filename (file->path, NULL);
  folder = g_path_get_dirname (whole);
  return lens_text_make_safe_path (folder);
}

/* "gzip: 64.1 MB unpacked, packed to 1.9 %". (transfer full) (nullable) */
static char *
describe_compression (const char *name, guint64 file_bytes, guint64 unpacked_bytes, gboolean is_whole)
{
  g_autofree char *unpacked = lens_format_bytes (unpacked_bytes);
  g_autofree char *share = lens_format_share (file_bytes, unpacked_bytes);

  if (name == NULL)
    return NULL;
  /* The share is only known where all was unpacked. */
  if (!is_whole || file_bytes == 0 || unpacked_bytes == 0)
    return g_strdup_printf (_ ("%s, %s unpacked so far"), name, unpacked);
  /* Translators: a kind of compression, the size without it, and the file's share of that. */
  return g_strdup_printf (_ ("%s, %s unpacked, of which the file is %s"), name, unpacked, share);
}

static char *
describe_compression_of (const LensCaptureFile *file)
{
  return describe_compression (lens_compression_get_name (file->info->compression), file->info->file_bytes,
                               file->info->unpacked_bytes, file->damage == NULL);
}

/* One file: all that is known of it. */
static LensFactGroup *
list_one_file (const LensCaptureFile *file, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("File"), max_facts);
  g_autofree char *compression = NULL;

  lens_fact_group_take (group, _ ("Name"), g_strdup (file->name));
  lens_fact_group_take (group, _ ("Folder"), describe_folder (file));
  if (file->info == NULL)
    return group;
  lens_fact_group_take (group, _ ("Size"), lens_capture_facts_describe_size (file->info->file_bytes));
  lens_fact_group_take (group, _ ("Format"), g_strdup (file->info->format));
  compression = describe_compression_of (file);
  lens_fact_group_take (group, _ ("Compression"),
                        compression != NULL ? g_steal_pointer (&compression) : g_strdup (_ ("none")));
  return group;
}

/* Several files: what they have in common, or how they differ. */
static LensFactGroup *
list_all_files (const LensCapture *capture, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Files"), max_facts);
  gsize n_files = lens_capture_get_n_files (capture);
  LensFactValues folders = { 0 }, formats = { 0 }, compressions = { 0 };
  guint64 file_bytes = 0;

  for (gsize i = 0; i < n_files; i++)
    {
      const LensCaptureFile *file = lens_capture_get_file (capture, i);
      const char *compression;

      lens_fact_values_take (&folders, describe_folder (file));
      if (file->info == NULL)
        continue;
      compression = lens_compression_get_name (file->info->compression);
      file_bytes += file->info->file_bytes;
      lens_fact_values_take (&formats, g_strdup (file->info->format));
      lens_fact_values_take (&compressions, g_strdup (compression != NULL ? compression : _ ("none")));
    }
  lens_fact_group_take (group, _ ("Number"), lens_format_count (n_files));
  lens_fact_group_take (group, _ ("Folder"), lens_fact_values_join (&folders));
  lens_fact_group_take (group, _ ("Size"), lens_capture_facts_describe_size (file_bytes));
  lens_fact_group_take (group, _ ("Format"), lens_fact_values_join (&formats));
  lens_fact_group_take (group, _ ("Compression"), lens_fact_values_join (&compressions));
  return group;
}

LensFactGroup *
lens_capture_facts_of_files (const LensCapture *capture, gsize max_facts)
{
  return lens_capture_get_n_files (capture) == 1
             ? list_one_file (lens_capture_get_file (capture, 0), max_facts)
             : list_all_files (capture, max_facts);
}

/* "pcapng · 12.3 MB · gzip, 64.1 MB unpacked … · 1,234 packets", and when the packets are from. (transfer full) */
static char *
describe_file (const LensCaptureFile *file, gboolean is_utc)
{
  g_autofree char *count = lens_format_count (file->n_packets);
  GString *text = g_string_new (NULL);

  if (file->info != NULL)
    {
      g_autofree char *compression = describe_compression_of (file);

      g_string_append_printf (text, "%s · ", file->info->format);
      if (file->info->file_bytes > 0)
        {
          g_autofree char *size = lens_format_bytes (file->info->file_bytes);

          g_string_append_printf (text, "%s · ", size);
        }
      if (compression != NULL)
        g_string_append_printf (text, "%s · ", compression);
    }
  g_string_append_printf (
      text, g_dngettext (GETTEXT_PACKAGE, "%s packet", "%s packets", (gulong) file->n_packets), count);
  if (file->n_packets > 0)
    {
      g_autofree char *first = lens_format_date_time (file->first_ns, is_utc);
      g_autofree char *last = lens_format_date_time (file->last_ns, is_utc);

      g_string_append_c (text, '\n');
      /* Translators: times, from the first packet to the last one. */
      g_string_append_printf (text, _ ("%s to %s"), first, last);
    }
  return g_string_free (text, FALSE);
}

LensFactGroup *
lens_capture_facts_of_each_file (const LensCapture *capture, gsize max_facts, gboolean is_utc)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Each file"), max_facts);

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureFile *file = lens_capture_get_file (capture, i);

      lens_fact_group_take (group, file->name, describe_file (file, is_utc));
    }
  return group;
}

LensFactGroup *
lens_capture_facts_of_writers (const LensCapture *capture, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Written by"), max_facts);
  LensFactValues orders = { 0 }, applications = { 0 }, systems = { 0 }, hardware = { 0 };

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureInfo *info = lens_capture_get_file (capture, i)->info;

      for (guint j = 0; info != NULL && j < info->sections->len; j++)
        {
          const LensCaptureSection *section = info->sections->pdata[j];

          lens_fact_values_take (&orders,
                                 g_strdup (section->is_big_endian ? _ ("big-endian") : _ ("little-endian")));
          lens_fact_values_take (&applications, g_strdup (section->application));
          lens_fact_values_take (&systems, g_strdup (section->os));
          lens_fact_values_take (&hardware, g_strdup (section->hardware));
        }
    }
  lens_fact_group_take (group, _ ("Application"), lens_fact_values_join (&applications));
  lens_fact_group_take (group, _ ("Operating system"), lens_fact_values_join (&systems));
  lens_fact_group_take (group, _ ("Hardware"), lens_fact_values_join (&hardware));
  lens_fact_group_take (group, _ ("Byte order"), lens_fact_values_join (&orders));
  return group;
}
