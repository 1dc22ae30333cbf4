/* Bytes as a capture file, from the file to the summary's JSON, as --summary goes. */
#include "fuzz.h"

#include "lens-loader.h"
#include "lens-summary.h"

#include <json-glib/json-glib.h>
#include <sys/mman.h>
#include <unistd.h>

static LensCapture *
load (const char *path)
{
  const char *const paths[] = { path, NULL };

  return lens_loader_load (paths, NULL, NULL, NULL, NULL);
}

/* A file in memory, under a name that every process knows as its own. */
static LensCapture *
load_bytes (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  LensCapture *capture;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  capture = load (path);
  close (fd);
  return capture;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const LensBurstRule rule = { .gap_ns = LENS_BURST_DEFAULT_GAP_NS,
                                      .is_size_from_mean = TRUE,
                                      .mean_factor = LENS_BURST_DEFAULT_MEAN_FACTOR };
  g_autoptr (LensCapture) capture = load_bytes (data, size);
  g_autoptr (LensFilter) everything = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  if (capture == NULL)
    return 0;
  everything = lens_filter_new_empty ();
  analysis = lens_analysis_new (capture, everything, &rule, NULL, &error);
  g_assert_no_error (error);
  json = lens_summary_to_json (analysis);
  g_assert_true (g_utf8_validate (json, -1, NULL));
  parser = json_parser_new ();
  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  return 0;
}
