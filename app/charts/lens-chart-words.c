#include "lens-chart-words.h"

#include <glib/gi18n-lib.h>

void
lens_chart_set_subtitle (LensChartData *data, const LensAnalysis *analysis, const char *more)
{
  g_autofree char *share = lens_analysis_describe_share (analysis);
  g_autofree char *filter = lens_filter_describe (lens_analysis_get_filter (analysis));
  GString *text = g_string_new (share);

  if (filter != NULL)
    g_string_append_printf (text, " · %s", filter);
  if (more != NULL)
    g_string_append_printf (text, " · %s", more);
  g_free (data->subtitle);
  data->subtitle = g_string_free (text, FALSE);
}

void
lens_chart_set_burst_subtitle (LensChartData *data, const LensAnalysis *analysis, const char *more)
{
  const LensAnalysis *scope = lens_analysis_get_burst_scope (analysis);
  const char *also = _ ("also outside the burst that is selected");
  g_autofree char *text = more != NULL ? g_strdup_printf ("%s · %s", also, more) : g_strdup (also);

  lens_chart_set_subtitle (data, scope, scope != analysis ? text : more);
}

void
lens_chart_set_empty (LensChartData *data, const LensAnalysis *analysis, const char *reason)
{
  gboolean is_filtered = !lens_filter_passes_all (lens_analysis_get_filter (analysis));

  g_free (data->empty_text);
  data->empty_text = is_filtered ? g_strdup_printf ("%s %s", reason, _ ("Remove a filter to see more."))
                                 : g_strdup (reason);
}

gsize
lens_chart_get_n_named (gsize n, guint top)
{
  return n <= (gsize) top + 1 ? n : top;
}
