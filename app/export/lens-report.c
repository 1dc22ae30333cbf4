#include "lens-report.h"

#include "lens-chart.h"
#include "lens-format.h"
#include "lens-pdf.h"
#include "lens-plot.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  LensPoint *points;
  GError *error;
  gboolean is_done;
} LayoutAnswer;

static void
layout_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LayoutAnswer *answer = user_data;
  gsize n_points;

  answer->points = lens_layout_run_finish (result, &n_points, &answer->error);
  answer->is_done = TRUE;
}

/* Lays @graph out and waits for it, without running anybody else's sources. (transfer full) */
static LensPoint *
lay_out (LensHostGraph *graph, const LensSize *sizes, char **warning)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  LayoutAnswer answer = { 0 };
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  g_main_context_push_thread_default (context);
  lens_layout_run_async (graph, sizes, LENS_LAYOUT_SFDP, NULL, layout_cb, &answer);
  while (!answer.is_done)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);

  if (answer.points == NULL)
    {
      *warning = g_strdup (answer.error->message);
      g_clear_error (&answer.error);
      answer.points = lens_layout_circle (n_nodes, sizes);
    }
  return answer.points;
}

static void
add_graph_page (LensPdf *pdf, LensAnalysis *analysis, char **warning)
{
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensGraphStyle style = lens_graph_style_light ();
  g_autoptr (LensHostGraph) graph = lens_host_graph_new (analysis, &options);
  g_autofree LensSize *sizes = lens_graph_picture_measure_nodes (graph, &style);
  g_autofree char *share = lens_analysis_describe_share (analysis);
  const char *name = lens_capture_get_name (lens_analysis_get_capture (analysis));
  g_autofree char *title = NULL;
  g_autofree LensPoint *points = NULL;
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  /* Translators: the capture's name, then "9,907 of 9,907 packets, 100.0 %". */
  if (n_nodes > 0)
    title = g_strdup_printf (_ ("Who talks to whom in %s (%s)"), name, share);
  else if (lens_filter_is_empty (lens_analysis_get_filter (analysis)))
    title = g_strdup_printf (_ ("No host in %s: it has no IP packets"), name);
  else
    title = g_strdup_printf (_ ("No host in what is shown of %s (%s)"), name, share);
  if (n_nodes > 0)
    points = lay_out (graph, sizes, warning);
  lens_pdf_add_graph (pdf, title, graph, points, sizes, NULL);
}

/* "610 of 9,907 packets, 6.2 % · tcp port 443" */
static char *
describe_part (LensAnalysis *analysis)
{
  g_autofree char *share = lens_analysis_describe_share (analysis);
  g_autofree char *filter = lens_filter_describe (lens_analysis_get_filter (analysis));

  return filter != NULL ? g_strdup_printf ("%s · %s", share, filter) : g_steal_pointer (&share);
}

char *
lens_report_describe (LensAnalysis *analysis)
{
  LensCapture *capture = lens_analysis_get_capture (analysis);
  g_autofree char *share = describe_part (analysis);
  char first_text[LENS_TIME_TEXT_SIZE], last_text[LENS_TIME_TEXT_SIZE];
  gint64 first_ns, last_ns;

  if (!lens_capture_get_time_span (capture, &first_ns, &last_ns))
    return g_strdup_printf ("%s · %s", lens_capture_get_name (capture), share);
  /* Translators: the capture's name, which part of it is shown, and from when to when it goes. */
  return g_strdup_printf (_ ("%s · %s · %s to %s"), lens_capture_get_name (capture), share,
                          lens_format_time_utc (first_ns, first_text),
                          lens_format_time_utc (last_ns, last_text));
}

GBytes *
lens_report_render (LensAnalysis *analysis, char **warning, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *content = NULL;
  g_autoptr (LensPdf) pdf = NULL;
  const LensChart *const *charts;
  gsize n_charts;

  *warning = NULL;
  /* A report without its charts is none. */
  if (!lens_plot_is_available (error))
    return NULL;

  title = g_strdup_printf (_ ("PacketLens report on %s"),
                           lens_capture_get_name (lens_analysis_get_capture (analysis)));
  pdf = lens_pdf_new (title);
  charts = lens_charts_get_all (&n_charts);
  content = lens_report_describe (analysis);
  lens_pdf_set_footer (pdf, content, 1 + (guint) n_charts);
  add_graph_page (pdf, analysis, warning);
  for (gsize i = 0; i < n_charts; i++)
    {
      g_autoptr (LensChartData) data = charts[i]->build (analysis);

      lens_chart_data_name_hosts (data, lens_analysis_get_capture (analysis));
      lens_pdf_add_chart (pdf, data);
    }
  return lens_pdf_finish (pdf, error);
}
