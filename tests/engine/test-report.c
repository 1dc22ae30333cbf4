#include "lens-chart.h"
#include "lens-loader.h"
#include "lens-report.h"
#include "test-tables.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define HELPER_VARIABLE "PACKETLENS_LAYOUT_HELPER"

static LensAnalysis *
analyse (LensCapture *capture)
{
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();
  g_autoptr (GError) error = NULL;
  LensBurstRule rule = lens_burst_rule_default ();
  LensAnalysis *analysis = lens_analysis_new (capture, filter, &rule, NULL, &error);

  g_assert_no_error (error);
  return analysis;
}

static LensAnalysis *
analyse_ring (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return analyse (capture);
}

/* What @program says about the PDF. (transfer full) */
static char *
ask (const char *program, GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *answer = NULL;
  int fd = g_file_open_tmp ("lens-report-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, path,
                              g_str_equal (program, "pdftotext") ? "-" : NULL, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_remove (path);
  return answer;
}

/* All white space as one space: a title may go over two lines. (transfer full) */
static char *
flatten (const char *text)
{
  g_autoptr (GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (space, text, -1, 0, " ", 0, NULL);
}

static void
assert_says (const char *text, const char *expected)
{
  g_autofree char *flat = flatten (expected);

  if (strstr (text, flat) == NULL)
    g_error ("“%s” is not in: %s", flat, text);
}

static void
assert_pages (GBytes *pdf, gsize n_pages)
{
  g_autofree char *info = ask ("pdfinfo", pdf);
  g_autofree char *expected = g_strdup_printf ("Pages: %" G_GSIZE_FORMAT " ", n_pages);
  g_autofree char *flat = flatten (info);

  assert_says (flat, expected);
  assert_says (flat, "Title: PacketLens report on ");
}

static GBytes *
render (LensAnalysis *analysis, char **warning)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = lens_report_render (analysis, warning, &error);

  g_assert_no_error (error);
  return pdf;
}

static void
assert_all_titles (LensAnalysis *analysis, const char *text)
{
  gsize n_charts;
  const LensChart *const *charts = lens_charts_get_all (&n_charts);

  for (gsize i = 0; i < n_charts; i++)
    {
      g_autoptr (LensChartData) data = charts[i]->build (analysis);
      g_autofree char *number
          = g_strdup_printf ("Page %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, i + 2, n_charts + 1);

      assert_says (text, data->title);
      assert_says (text, number);
    }
}

static void
test_ring (void)
{
  g_autoptr (LensAnalysis) analysis = analyse_ring ();
  g_autofree char *warning = NULL;
  g_autoptr (GBytes) pdf = render (analysis, &warning);
  g_autofree char *text = ask ("pdftotext", pdf);
  g_autofree char *flat = flatten (text);
  gsize n_charts;

  lens_charts_get_all (&n_charts);
  g_assert_null (warning);
  assert_pages (pdf, n_charts + 1);
  assert_all_titles (analysis, flat);
  assert_says (flat, "Who talks to whom in ring.pcap");
  assert_says (flat, "192.168.24.221"); /* a host */
  assert_says (flat, "5,844");          /* an edge */
  assert_says (flat, "ring.pcap · 9,907 of 9,907 packets");
  assert_says (flat, "2021-04-07T17:53:54.420350000Z to 2021-04-07T");
}

static void
test_no_layout (void)
{
  g_autoptr (LensAnalysis) analysis = analyse_ring ();
  g_autofree char *real = g_strdup (g_getenv (HELPER_VARIABLE));
  g_autofree char *warning = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) pdf = NULL;
  gsize n_charts;

  g_setenv (HELPER_VARIABLE, "/bin/false", TRUE);
  pdf = render (analysis, &warning);
  g_setenv (HELPER_VARIABLE, real, TRUE);

  lens_charts_get_all (&n_charts);
  g_assert_nonnull (warning);
  g_assert_nonnull (strstr (warning, "circle"));
  assert_pages (pdf, n_charts + 1);
  text = ask ("pdftotext", pdf);
  assert_says (text, "192.168.24.221");
}

static void
test_empty (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (NULL, 0);
  g_autoptr (LensAnalysis) analysis = analyse (capture);
  g_autofree char *warning = NULL;
  g_autoptr (GBytes) pdf = render (analysis, &warning);
  g_autofree char *text = ask ("pdftotext", pdf);
  g_autofree char *flat = flatten (text);
  gsize n_charts;

  lens_charts_get_all (&n_charts);
  g_assert_null (warning);
  assert_pages (pdf, n_charts + 1);
  assert_all_titles (analysis, flat);
  assert_says (flat, "No host in hand-built.pcap");
}

static gboolean
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

/* Waiting for the layout runs nobody else's sources. */
static void
test_main_context (void)
{
  g_autoptr (LensAnalysis) analysis = analyse_ring ();
  g_autofree char *warning = NULL;
  g_autoptr (GBytes) pdf = NULL;
  guint n_calls = 0;
  guint source = g_idle_add (count_cb, &n_calls);

  pdf = render (analysis, &warning);
  g_assert_cmpuint (n_calls, ==, 0);
  g_source_remove (source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/ring", test_ring);
  g_test_add_func ("/report/no-layout", test_no_layout);
  g_test_add_func ("/report/empty", test_empty);
  g_test_add_func ("/report/main-context", test_main_context);
  return g_test_run ();
}
