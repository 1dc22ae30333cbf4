#include "lens-batch.h"

#include "lens-error.h"
#include "lens-file-writer.h"
#include "lens-loader.h"
#include "lens-report.h"
#include "lens-summary.h"
#include "lens-text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* FALSE with errno. */
static gboolean
write_to_standard_output (const char *text)
{
  gsize n_left = strlen (text);

  while (n_left > 0)
    {
      gssize n_written = write (STDOUT_FILENO, text, n_left);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;
      text += n_written;
      n_left -= (gsize) n_written;
    }
  return TRUE;
}

static gboolean
print_summary (const LensAnalysis *analysis)
{
  g_autofree char *json = lens_summary_to_json (analysis);
  g_autofree char *message = NULL;

  if (write_to_standard_output (json))
    return TRUE;
  message
      = g_strdup_printf (_ ("The summary could not be written to standard output: %s."), g_strerror (errno));
  lens_text_print_error (message);
  return FALSE;
}

static gboolean
write_report (LensAnalysis *analysis, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autoptr (GBytes) bytes = lens_report_render (analysis, &warning, &error);

  if (warning != NULL)
    lens_text_print_error (warning);
  if (bytes != NULL && lens_file_writer_write (path, bytes, &error))
    return TRUE;
  lens_text_print_error (error->message);
  return FALSE;
}

static LensFilter *
make_filter (const LensBatchJob *job)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  LensFilterTerm term;

  if (job->filter_expression == NULL)
    return g_steal_pointer (&everything);
  term = lens_filter_term_bpf (job->filter_expression);
  return lens_filter_with_term (everything, &term);
}

int
lens_batch_run (const LensBatchJob *job)
{
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensFilter) filter = make_filter (job);
  g_autoptr (LensAnalysis) analysis = NULL;
  LensLoadOptions options = {
    .max_unpacked_bytes = job->max_unpacked_bytes,
    /* Only an expression reads packets again. */
    .keeps_pipes = job->filter_expression != NULL,
  };
  g_autoptr (GError) error = NULL;
  gboolean is_written = TRUE;

  capture = lens_loader_load (job->capture_paths, &options, NULL, NULL, &error);
  if (capture != NULL)
    analysis = lens_analysis_new (capture, filter, &job->rule, NULL, &error);
  if (analysis == NULL)
    {
      lens_text_print_error (error->message);
      return g_error_matches (error, LENS_ERROR, LENS_ERROR_FILTER) ? LENS_EXIT_USAGE
                                                                    : LENS_EXIT_NOTHING_READ;
    }

  if (job->print_summary)
    is_written = print_summary (analysis);
  if (job->report_path != NULL)
    is_written = write_report (analysis, job->report_path) && is_written;

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    if (lens_capture_get_file (capture, i)->damage != NULL)
      lens_text_print_error (lens_capture_get_file (capture, i)->damage);
  if (!is_written)
    return LENS_EXIT_NOTHING_READ;
  return lens_capture_get_damage (capture) != NULL ? LENS_EXIT_DAMAGED : LENS_EXIT_OK;
}
