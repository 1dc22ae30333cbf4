#include "lens-capture-words.h"

#include "lens-format.h"
#include "lens-text.h"

#include <glib/gi18n.h>

/* More are counted. */
#define MAX_LISTED_FILES 20

char *
lens_capture_words_describe (const LensCapture *capture)
{
  guint64 n_packets = lens_capture_get_n_packets (capture);
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *packets = g_strdup_printf (ngettext ("%s packet", "%s packets", n_packets), count);
  g_autofree char *duration = NULL;
  gint64 first_ns, last_ns;

  if (!lens_capture_get_time_span (capture, &first_ns, &last_ns))
    return g_steal_pointer (&packets);
  duration = lens_format_duration (last_ns - first_ns);
  return g_strdup_printf ("%s · %s", packets, duration);
}

char *
lens_capture_words_list_files (const LensCapture *capture)
{
  gsize n_files = lens_capture_get_n_files (capture);
  gsize n_listed = n_files <= MAX_LISTED_FILES ? n_files : MAX_LISTED_FILES - 1;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_listed; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", lens_capture_get_file (capture, i)->name);
  if (n_listed < n_files)
    {
      g_autofree char *count = lens_format_count (n_files - n_listed);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %s more", "and %s more", n_files - n_listed), count);
    }
  return g_string_free (text, FALSE);
}

char *
lens_capture_words_name_files (GFile *const *files, guint n_files)
{
  const char *path = g_file_peek_path (files[0]);
  g_autofree char *base = g_file_get_basename (files[0]);
  g_autofree char *name = g_strcmp0 (path, LENS_STANDARD_INPUT_PATH) == 0
                              ? g_strdup (_ ("standard input"))
                              : lens_text_make_safe_path (base != NULL ? base : "");

  if (n_files == 1)
    return g_steal_pointer (&name);
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_files - 1), name, n_files - 1);
}
