/* The busiest stream of the top source over time, alone and with its bursts. */
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>

static void
add_stream (LensChartData *data, const LensTopStream *stream, const char *label)
{
  const LensSeries series = {
    .packets = stream->packets,
    .payload_bytes = stream->payload_bytes,
    .points = (LensSeriesPoint *) stream->points, /* copied, not changed */
    .n_points = stream->n_points,
  };

  lens_chart_data_add_series (data, label, &series, LENS_CHART_COLOR_MAIN);
  if (stream->n_points > 0)
    {
      data->first_ns = stream->points[0].time_ns;
      data->last_ns = stream->points[stream->n_points - 1].time_ns;
    }
}

static void
add_bands (LensChartData *data, const LensTopStream *stream)
{
  for (gsize i = 0; i < stream->n_bursts; i++)
    {
      const LensBurst *burst = &stream->bursts[i];
      LensChartBand band = {
        .first_ns = burst->first_ns,
        .last_ns = burst->last_ns,
        .packets = lens_burst_get_n_packets (burst),
        .payload_bytes = burst->payload_bytes,
        .mean_payload = lens_burst_get_mean_payload (burst),
      };

      g_array_append_val (data->bands, band);
    }
}

static char *
describe_bursts (const LensTopStream *stream)
{
  g_autofree char *rule = lens_burst_rule_describe (&stream->rule);
  g_autofree char *count = lens_format_count (stream->n_bursts);
  g_autofree char *bursts
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s burst", "%s bursts", stream->n_bursts), count);

  return g_strdup_printf ("%s · %s", bursts, rule);
}

static LensChartData *
build (const LensAnalysis *analysis, gboolean has_bursts)
{
  const LensTopStream *stream = lens_analysis_get_top_stream (analysis);
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;
  char source[LENS_ADDRESS_TEXT_SIZE];
  char destination[LENS_ADDRESS_TEXT_SIZE];

  data->x_title = g_strdup (_ ("Time"));
  data->y_title = g_strdup (_ ("Payload of each packet"));
  if (!stream->is_present)
    {
      data->title = g_strdup (has_bursts ? _ ("Bursts of the top stream") : _ ("The top stream over time"));
      lens_chart_set_subtitle (data, analysis, NULL);
      lens_chart_set_empty (data, analysis, _ ("No IP packet carries a payload."));
      return data;
    }

  label = g_strdup_printf ("%s → %s", lens_address_format (&stream->source, source),
                           lens_address_format (&stream->destination, destination));
  /* Translators: %s is a stream, as in “192.0.2.1 → 192.0.2.7”. */
  data->title
      = g_strdup_printf (has_bursts ? _ ("Bursts of %s") : _ ("Payload sizes over time of %s"), label);
  words = has_bursts
              ? describe_bursts (stream)
              : g_strdup (_ ("most packets to one destination from the address that sent most payload"));
  lens_chart_set_subtitle (data, analysis, words);
  add_stream (data, stream, label);
  if (has_bursts)
    add_bands (data, stream);
  return data;
}

static LensChartData *
build_alone (const LensAnalysis *analysis)
{
  return build (analysis, FALSE);
}

static LensChartData *
build_with_bursts (const LensAnalysis *analysis)
{
  return build (analysis, TRUE);
}

const LensChart lens_chart_top_stream = {
  .id = "top-stream-over-time",
  .name = N_ ("The top stream over time"),
  .page = LENS_CHART_PAGE_BURSTS,
  .build = build_alone,
};

const LensChart lens_chart_top_stream_bursts = {
  .id = "top-stream-bursts",
  .name = N_ ("Bursts of the top stream"),
  .page = LENS_CHART_PAGE_BURSTS,
  .build = build_with_bursts,
};
