/* What tests of expressions share: files in a folder of their own, and the rows that an expression finds in a capture. */
#pragma once
#include "lens-bpf-pass.h"
#include "lens-loader.h"

#include <glib/gstdio.h>

/* A folder for one test's files, empty at the end. */
typedef struct
{
  char *folder;
} Fixture;

static inline void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lens-bpf-XXXXXX", &error);
  g_assert_no_error (error);
}

static inline void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* (transfer full) */
static inline char *
write_file (const Fixture *fixture, const char *name, const guint8 *bytes, gsize n_bytes)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  return path;
}

static inline LensCapture *
load (const char *first, const char *second)
{
  const char *const paths[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  LensCapture *capture = lens_loader_load (paths, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return capture;
}

static inline LensRowSet *
pass (const LensCapture *capture, const char *expression)
{
  g_autoptr (GError) error = NULL;
  LensRowSet *rows = lens_bpf_pass_run (capture, expression, NULL, NULL, &error);

  g_assert_no_error (error);
  return rows;
}
