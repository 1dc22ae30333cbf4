#include "lens-chart-describe.h"

#include "lens-chart-lanes.h"
#include "lens-format.h"
#include "lens-plot-probe.h"

#include <glib/gi18n-lib.h>

char *
lens_chart_data_describe (const LensChartData *data)
{
  const guint n_told = 3;
  GString *text = g_string_new (NULL);
  g_autofree char *shown = lens_chart_data_describe_shown (data, data->is_utc);

  if (data->empty_text != NULL)
    return g_string_free (g_string_append (text, data->empty_text), FALSE);
  if (data->subtitle != NULL)
    g_string_append (text, data->subtitle);
  if (shown != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", shown);
  /* The first bars of a histogram say nothing: its figures are in the subtitle. */
  for (guint i = 0; i < MIN (data->bars->len, n_told) && data->kind != LENS_CHART_HISTOGRAM; i++)
    {
      g_autofree char *bar
          = lens_plot_probe_describe_bar (data, &g_array_index (data->bars, LensChartBar, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", bar);
    }
  for (guint i = 0; i < MIN (data->series->len, n_told); i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      g_autofree char *count = lens_format_count (series->packets);
      g_autofree char *bytes = lens_format_bytes (series->payload_bytes);

      g_string_append (text, text->len > 0 ? "; " : "");
      g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "%s: %s packet, %s", "%s: %s packets, %s", series->packets),
          series->label, count, bytes);
    }
  for (guint i = 0; i < MIN (data->lanes->len, n_told); i++)
    {
      g_autofree char *lane
          = lens_chart_lane_describe (&g_array_index (data->lanes, LensChartLane, i), -1, 0, data->is_utc);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", lane);
    }
  return g_string_free (text, FALSE);
}
