/* How many packets each protocol layer has. */
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include <glib/gi18n-lib.h>

static void
add_bar (LensChartData *data, const char *label, guint64 packets, guint color, LensLayerClass class)
{
  LensFilterTerm term = lens_filter_term_layer (class);

  lens_chart_data_add_bar (data, label, packets, color, &term);
}

static LensChartData *
build (const LensAnalysis *analysis)
{
  const LensLayerCounts *layers = lens_analysis_get_layers (analysis);
  LensChartData *data = lens_chart_data_new (LENS_CHART_BARS, LENS_UNIT_PACKETS);

  data->title = g_strdup (_ ("Packets per layer"));
  data->x_title = g_strdup (_ ("Layer"));
  data->y_title = g_strdup (_ ("Packets"));
  lens_chart_set_subtitle (data, analysis, _ ("Other: packets without IP"));
  if (layers->all == 0)
    {
      lens_chart_set_empty (data, analysis, _ ("There are no packets."));
      return data;
    }
  lens_chart_data_add_bar (data, _ ("All"), layers->all, LENS_CHART_COLOR_MAIN, NULL);
  g_array_index (data->bars, LensChartBar, 0).is_everything = TRUE;
  add_bar (data, _ ("IP"), layers->ip, LENS_CHART_COLOR_MAIN, LENS_CLASS_IP);
  add_bar (data, _ ("UDP"), layers->udp, LENS_CHART_COLOR_MAIN, LENS_CLASS_UDP);
  add_bar (data, _ ("TCP"), layers->tcp, LENS_CHART_COLOR_MAIN, LENS_CLASS_TCP);
  add_bar (data, _ ("Other"), layers->not_ip, LENS_CHART_COLOR_OTHERS, LENS_CLASS_NOT_IP);
  return data;
}

const LensChart lens_chart_layers = {
  .id = "packets-per-layer",
  .name = N_ ("Packets per layer"),
  .page = LENS_CHART_PAGE_OVERVIEW,
  .build = build,
  .settings = LENS_CHART_HAS_LOG,
};
