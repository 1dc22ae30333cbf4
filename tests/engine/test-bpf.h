/* What tests of expressions share: files in a folder of their own, and the rows that an expression finds in a capture. */
#pragma once
#include "lens-bpf-pass.h"
#include "lens-loader.h"
#include "test-folder.h"

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
  test_folder_remove (fixture->folder);
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
