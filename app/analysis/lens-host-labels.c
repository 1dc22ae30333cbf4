#include "lens-host-labels.h"

#include "lens-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
lens_host_labels_are_known (const LensCapture *capture)
{
  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureInfo *info = lens_capture_get_file (capture, i)->info;

      if (info != NULL && info->names->len > 0)
        return TRUE;
    }
  return FALSE;
}

/* A capture can come from anyone: a host named "8.8.8.8", or "printer (192.0.2.1)", must not pass for that one. */
static gboolean
could_mislead (const char *name)
{
  g_autofree char *word = g_strndup (name, strcspn (name, " /%[]"));
  LensAddress address;

  while (g_str_has_suffix (word, "."))
    word[strlen (word) - 1] = '\0';
  /* No host's name has a colon; the text of an IPv6 address that is shortened has some. */
  return *word == '\0' || lens_address_parse (word, &address) || strpbrk (name, "():") != NULL;
}

/* NULL where there is none to show. (transfer full) */
static char *
find_label (const LensCapture *capture, const LensAddress *address)
{
  const char *name = lens_capture_find_host_name (capture, address);
  g_autofree char *label = NULL;

  if (name == NULL)
    return NULL;
  label = g_strstrip (lens_text_make_safe_string (name, LENS_HOST_LABEL_MAX_CHARS));
  return could_mislead (label) ? NULL : g_steal_pointer (&label);
}

GStrv
lens_host_labels_new (const LensCapture *capture, const LensAddress *addresses, gsize n_addresses)
{
  GStrv labels = g_new0 (char *, n_addresses + 1);
  g_autoptr (GHashTable) users = g_hash_table_new (g_str_hash, g_str_equal); /* label to how many have it */
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (names, (int) n_addresses);
  for (gsize i = 0; i < n_addresses; i++)
    {
      char *name = addresses[i].version != 0 ? find_label (capture, &addresses[i]) : NULL;

      names->pdata[i] = name;
      if (name != NULL)
        g_hash_table_replace (users, name,
                              GSIZE_TO_POINTER (GPOINTER_TO_SIZE (g_hash_table_lookup (users, name)) + 1));
    }
  for (gsize i = 0; i < n_addresses; i++)
    {
      const char *name = names->pdata[i];
      char address[LENS_ADDRESS_TEXT_SIZE];

      lens_address_format (&addresses[i], address);
      if (name == NULL)
        labels[i] = g_strdup (address);
      else if (GPOINTER_TO_SIZE (g_hash_table_lookup (users, name)) == 1)
        labels[i] = g_strdup (name);
      else
        /* Translators: a host's name and its address, where several hosts have that name. */
        labels[i] = g_strdup_printf (_ ("%s (%s)"), name, address);
    }
  return labels;
}
