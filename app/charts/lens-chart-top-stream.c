/* The stream that is looked at over time, alone and with its bursts: the busiest one of the top source, unless another was chosen. */
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"
#include "lens-stream.h"

#include <glib/gi18n-lib.h>

static void
add_stream (LensChartData *data, const LensStream *stream, const char *label)
{
  const LensSeries series = {
    .packets = stream->packets,
    .payload_bytes = stream->payload_bytes,
    .points = (LensSeriesPoint *) stream->points, /* copied, not changed */
    .n_points = stream->n_points,
  };

  lens_chart_data_add_series (data, label, &series, LENS_CHART_COLOR_MAIN);
  data->source = (LensSeriesSource){ .source = stream->source,
                                     .destination = stream->destination,
                                     .layer = LENS_LAYER_NOT_IP,
                                     .is_flow = stream->is_flow,
                                     .flow = stream->flow };
  data->has_source = TRUE;
  if (stream->n_points > 0)
    {
      data->first_ns = stream->points[0].time_ns;
      data->last_ns = stream->points[stream->n_points - 1].time_ns;
    }
}

/* Whether @filter selects the time of @burst and no other. */
static gboolean
is_selected (const LensBurst *burst, const LensFilter *filter)
{
  const LensFilterTerm term = lens_filter_term_time (burst->first_ns, burst->last_ns);

  return lens_filter_has_term (filter, &term);
}

static void
add_bands (LensChartData *data, const LensStream *stream, const LensFilter *filter)
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
        .is_selected = is_selected (burst, filter),
      };

      g_array_append_val (data->bands, band);
    }
}

static char *
describe_bursts (const LensStream *stream)
{
  g_autofree char *rule = lens_burst_rule_describe (&stream->rule);
  g_autofree char *count = lens_format_count (stream->n_bursts);
  g_autofree char *bursts
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s burst", "%s bursts", stream->n_bursts), count);

  return g_strdup_printf ("%s · %s", bursts, rule);
}

static char *
describe_stream (const LensAnalysis *analysis, const LensStream *stream)
{
  const LensStream *top = lens_analysis_get_top_stream (lens_analysis_get_burst_scope (analysis));

  if (stream->is_flow || !top->is_present || !lens_address_equal (&top->source, &stream->source)
      || !lens_address_equal (&top->destination, &stream->destination))
    return NULL;
  return g_strdup (_ ("the busiest of the top source"));
}

/* "192.0.2.1 → 192.0.2.7", "TCP 192.0.2.1:50123 → 192.0.2.7:443" */
static char *
name_stream (const LensStream *stream)
{
  char source[LENS_ADDRESS_TEXT_SIZE];
  char destination[LENS_ADDRESS_TEXT_SIZE];

  if (stream->is_flow)
    {
      LensFilterTerm term = lens_flow_key_get_term (&stream->flow, &stream->source, &stream->destination);

      return lens_filter_term_describe (&term, LENS_TIME_WORDS_UTC);
    }
  return g_strdup_printf ("%s → %s", lens_address_format (&stream->source, source),
                          lens_address_format (&stream->destination, destination));
}

static LensChartData *
build (const LensAnalysis *analysis, gboolean has_bursts)
{
  const LensAnalysis *scope = lens_analysis_get_burst_scope (analysis);
  const LensStream *stream = lens_analysis_get_stream (analysis);
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);
  g_autofree char *words = has_bursts ? describe_bursts (stream) : describe_stream (analysis, stream);
  g_autofree char *label = NULL;

  data->x_title = g_strdup (_ ("Time"));
  data->y_title = g_strdup (_ ("Payload of each packet"));
  data->is_of_bursts = TRUE;
  if (stream->source.version == 0)
    {
      data->title = g_strdup (has_bursts ? _ ("Bursts of a stream") : _ ("A stream over time"));
      lens_chart_set_burst_subtitle (data, analysis, NULL);
      lens_chart_set_empty (data, scope, _ ("No IP packet carries a payload."));
      return data;
    }

  label = name_stream (stream);
  /* Translators: %s is a stream, as in “192.0.2.1 → 192.0.2.7”. */
  data->title
      = g_strdup_printf (has_bursts ? _ ("Bursts of %s") : _ ("Payload sizes over time of %s"), label);
  lens_chart_set_burst_subtitle (data, analysis, words);
  if (!stream->is_present)
    {
      lens_chart_set_empty (data, scope, _ ("No packet of this stream is selected."));
      return data;
    }
  add_stream (data, stream, label);
  if (has_bursts)
    add_bands (data, stream, lens_analysis_get_filter (analysis));
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
  .name = N_ ("A stream over time"),
  .page = LENS_CHART_PAGE_BURSTS,
  .build = build_alone,
};

const LensChart lens_chart_top_stream_bursts = {
  .id = "top-stream-bursts",
  .name = N_ ("Bursts of a stream"),
  .page = LENS_CHART_PAGE_BURSTS,
  .build = build_with_bursts,
};
