#include "lens-loader-files.h"

#include "lens-error.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

/* A file to be read, with what it is put in order by. */
typedef struct
{
  char *path;
  gint64 first_ns;
  gboolean has_time;
} Candidate;

static void
candidate_free (Candidate *candidate)
{
  g_free (candidate->path);
  g_free (candidate);
}

/* "-" is standard input, not a file of that name. */
static gboolean
has_mode (const char *path, mode_t mode)
{
  struct stat status;

  return !g_str_equal (path, "-") && stat (path, &status) == 0 && (status.st_mode & S_IFMT) == mode;
}

/* Looks at the first packet. FALSE: it is no capture, or can't be opened. */
static gboolean
look_at (Candidate *candidate, const LensReaderOptions *options)
{
  g_autoptr (LensCaptureReader) reader = lens_capture_reader_open (candidate->path, options, NULL);
  LensRecord record;

  if (reader == NULL)
    return FALSE;
  candidate->has_time = lens_capture_reader_next (reader, &record, NULL) == LENS_READ_RECORD;
  if (candidate->has_time)
    candidate->first_ns = record.time_ns;
  return TRUE;
}

static Candidate *
add_candidate (GPtrArray *candidates, char *path)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->path = path;
  g_ptr_array_add (candidates, candidate);
  return candidate;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* Adds the captures directly in @folder; other files in it are left out. FALSE with LENS_ERROR_OPEN, also when there is none. */
static gboolean
add_folder (GPtrArray *candidates,
            const char *folder,
            const LensReaderOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &reason);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *display_name = g_filename_display_basename (folder);
  guint n_before = candidates->len;
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_OPEN,
                   _ ("The folder “%s” could not be read: %s. Choose another one."), display_name,
                   reason->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      char *path = names->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!has_mode (path, S_IFREG))
        continue;
      if (!look_at (add_candidate (candidates, g_strdup (path)), options))
        g_ptr_array_set_size (candidates, (int) candidates->len - 1);
    }
  if (candidates->len > n_before)
    return TRUE;
  g_set_error (error, LENS_ERROR, LENS_ERROR_OPEN,
               _ ("The folder “%s” has no packet capture directly in it. Choose another one."), display_name);
  return FALSE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *left = *(Candidate *const *) a;
  const Candidate *right = *(Candidate *const *) b;

  if (left->has_time != right->has_time)
    return left->has_time ? -1 : 1;
  if (!left->has_time || left->first_ns == right->first_ns)
    return 0;
  return left->first_ns < right->first_ns ? -1 : 1;
}

GPtrArray *
lens_loader_files_find (const char *const *paths,
                        const LensReaderOptions *options,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  gboolean has_several = paths[0] != NULL && paths[1] != NULL;

  for (gsize i = 0; paths[i] != NULL; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (has_mode (paths[i], S_IFDIR))
        {
          if (!add_folder (candidates, paths[i], options, cancellable, error))
            return NULL;
          continue;
        }
      add_candidate (candidates, g_strdup (paths[i]));
      /* What a pipe gives can't be looked at beforehand. */
      if (has_several && has_mode (paths[i], S_IFREG))
        look_at (candidates->pdata[candidates->len - 1], options);
    }

  g_ptr_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = candidates->pdata[i];

      g_ptr_array_add (files, g_steal_pointer (&candidate->path));
    }
  return g_steal_pointer (&files);
}
