/* Gives every file named, and every file in every folder named, to a fuzz target once: without libFuzzer, with any compiler.
 * "--prefixes N" gives also each file's first 0, 1, ... N bytes.
 *
 * Exit: 0 when all came back; 1 when there was nothing to give. A target that finds something ends the program.
 */
#include "fuzz.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  guint64 n_files;
  guint64 n_inputs;
  gsize max_prefix;
} Replay;

/* In a buffer of its own that ends where the bytes end, so that a sanitizer sees a read past them. */
static void
give (Replay *replay, const char *bytes, gsize n_bytes)
{
  uint8_t *copy = g_memdup2 (bytes, n_bytes);
  static const uint8_t nothing[1];

  LLVMFuzzerTestOneInput (copy != NULL ? copy : nothing, n_bytes);
  g_free (copy);
  replay->n_inputs++;
}

static void
replay_file (Replay *replay, const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes;

  if (!g_file_get_contents (path, &bytes, &n_bytes, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (EXIT_FAILURE);
    }
  /* Said before: a target that crashes leaves it as the last line. */
  printf ("# %s\n", path);
  fflush (stdout);
  replay->n_files++;
  give (replay, bytes, n_bytes);
  for (gsize n = 0; n < MIN (n_bytes, replay->max_prefix); n++)
    give (replay, bytes, n);
}

static void
replay_path (Replay *replay, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      replay_file (replay, path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      replay_path (replay, inside);
    }
}

int
main (int argc, char **argv)
{
  Replay replay = { 0 };
  int first = 1;

  if (argc > 2 && g_str_equal (argv[1], "--prefixes"))
    {
      replay.max_prefix = g_ascii_strtoull (argv[2], NULL, 10);
      first = 3;
    }
  for (int i = first; i < argc; i++)
    replay_path (&replay, argv[i]);
  printf ("%" G_GUINT64_FORMAT " inputs from %" G_GUINT64_FORMAT " files\n", replay.n_inputs, replay.n_files);
  return replay.n_files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
