/* The sizes of the payloads that one source sent over time, one colour a destination. */
#include "lens-chart-lines.h"
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"
#include "lens-line-series.h"

#include <glib/gi18n-lib.h>

/* The time axis is that of what is drawn. */
static void
add_series (LensChartData *data, const LensTimeSeries *all)
{
  gboolean has_span = FALSE;

  for (gsize i = 0; i < all->n_series; i++)
    {
      const LensSeries *series = &all->series[i];
      gboolean is_others = series->kind == LENS_SERIES_OTHERS;
      g_autofree char *count = lens_format_count (series->n_members);
      g_autofree char *label = NULL;
      char address[LENS_ADDRESS_TEXT_SIZE];

      if (is_others)
        label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s other", "%s others", series->n_members),
                                 count);
      else if (series->kind == LENS_SERIES_DESTINATION)
        label = g_strdup (lens_address_format (&series->address, address));
      else
        label = g_strdup_printf ("%u", series->port);
      lens_chart_data_add_series (data, label, series, is_others ? LENS_CHART_COLOR_OTHERS : (guint) i);
      if (series->n_points == 0)
        continue;
      data->first_ns = has_span ? MIN (data->first_ns, series->points[0].time_ns) : series->points[0].time_ns;
      data->last_ns = has_span ? MAX (data->last_ns, series->points[series->n_points - 1].time_ns)
                               : series->points[series->n_points - 1].time_ns;
      has_span = TRUE;
    }
}

static LensChartData *
new_data (void)
{
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);

  data->x_title = g_strdup (_ ("Time"));
  data->y_title = g_strdup (_ ("Payload of each packet"));
  return data;
}

static LensChartData *
build_top_source (const LensAnalysis *analysis)
{
  const LensTimeSeries *series = lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_SOURCE);
  LensChartData *data = new_data ();
  char source[LENS_ADDRESS_TEXT_SIZE];

  data->legend_title = g_strdup (_ ("Destination address"));
  lens_chart_set_subtitle (data, analysis, _ ("the address that sent most payload"));
  if (!series->is_present)
    {
      data->title = g_strdup (_ ("Payload sizes over time from the top source"));
      lens_chart_set_empty (data, analysis, _ ("No IP packet carries a payload."));
      return data;
    }
  /* Translators: %s is an address. */
  data->title = g_strdup_printf (_ ("Payload sizes over time from %s"),
                                 lens_address_format (&series->source, source));
  add_series (data, series);
  data->source = (LensSeriesSource){ .source = series->source, .layer = LENS_LAYER_NOT_IP };
  data->has_source = TRUE;
  return data;
}

/* Whether the host is the one that the analysis looks at. */
static gboolean
is_top_source (const LensAnalysis *analysis, const LensAddress *host)
{
  const LensTimeSeries *series = lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_SOURCE);

  return series->is_present && lens_address_equal (&series->source, host);
}

static void
add_split (LensChartData *data, const LensSplit *split, LensLineSeries *lines)
{
  lens_chart_take_lines (data, split, lines, FALSE);
  data->source = (LensSeriesSource){ .is_split = TRUE, .split = split->spec };
  data->has_source = TRUE;
}

static LensChartData *
read_host (const LensAnalysis *analysis,
           const LensChartOptions *options,
           GCancellable *cancellable,
           GError **error)
{
  LensSplitSpec spec = { .by = options->split, .is_of_host = TRUE, .max_named = options->top };
  g_autoptr (LensSplit) split = NULL;
  g_autoptr (LensLineSeries) lines = NULL;
  gboolean is_top;
  LensChartData *data;
  char host[LENS_ADDRESS_TEXT_SIZE];

  if (!lens_split_find_host (analysis, &spec.host))
    return build_top_source (analysis);
  is_top = is_top_source (analysis, &spec.host);
  /* The analysis has these lines already. */
  if (is_top && spec.by == LENS_SPLIT_DESTINATION && spec.max_named == LENS_SERIES_MAX_NAMED)
    return build_top_source (analysis);
  split = lens_split_new (analysis, &spec, cancellable, error);
  lines = split != NULL ? lens_line_series_new (analysis, split, LENS_LINE_SIZES, cancellable, error) : NULL;
  if (lines == NULL)
    return NULL;
  data = new_data ();
  lens_address_format (&spec.host, host);
  data->title = spec.by == LENS_SPLIT_DIRECTION
                    /* Translators: %s is an address. */
                    ? g_strdup_printf (_ ("Payload sizes over time from and to %s"), host)
                    : g_strdup_printf (_ ("Payload sizes over time from %s"), host);
  lens_chart_set_subtitle (data, analysis, is_top ? _ ("the address that sent most payload") : NULL);
  lens_chart_set_lines_title (data, spec.by);
  if (lines->n_lines == 0)
    lens_chart_set_empty (data, analysis, _ ("It sent no packet."));
  else
    add_split (data, split, lines);
  return data;
}

static LensChartData *
build_host (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_top_source_over_time, analysis);
}

static LensChartData *
build_top_port (const LensAnalysis *analysis, LensTimeKind kind)
{
  gboolean is_tcp = kind == LENS_TIME_BY_TOP_TCP_PORT;
  const LensTimeSeries *series = lens_analysis_get_time_series (analysis, kind);
  LensChartData *data = new_data ();

  data->legend_title = g_strdup (_ ("Destination port"));
  lens_chart_set_subtitle (data, analysis,
                           is_tcp ? _ ("the TCP source port that sent most payload")
                                  : _ ("the UDP source port that sent most payload"));
  if (!series->is_present)
    {
      data->title = g_strdup (is_tcp ? _ ("Payload sizes over time from the top TCP source port")
                                     : _ ("Payload sizes over time from the top UDP source port"));
      lens_chart_set_empty (data, analysis,
                            is_tcp ? _ ("No TCP packet carries a payload.")
                                   : _ ("No UDP packet carries a payload."));
      return data;
    }
  data->title = g_strdup_printf (is_tcp ? _ ("Payload sizes over time from TCP source port %u")
                                        : _ ("Payload sizes over time from UDP source port %u"),
                                 series->source_port);
  add_series (data, series);
  data->source
      = (LensSeriesSource){ .layer = is_tcp ? LENS_LAYER_TCP : LENS_LAYER_UDP, .port = series->source_port };
  data->has_source = TRUE;
  return data;
}

static LensChartData *
build_top_tcp_port (const LensAnalysis *analysis)
{
  return build_top_port (analysis, LENS_TIME_BY_TOP_TCP_PORT);
}

static LensChartData *
build_top_udp_port (const LensAnalysis *analysis)
{
  return build_top_port (analysis, LENS_TIME_BY_TOP_UDP_PORT);
}

const LensChart lens_chart_top_source_over_time = {
  .id = "top-source-over-time",
  .name = N_ ("Payload sizes over time from the top source"),
  .page = LENS_CHART_PAGE_OVER_TIME,
  .build = build_host,
  .read = read_host,
  .settings = LENS_CHART_HAS_SPLIT | LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .split = LENS_SPLIT_DESTINATION,
  .top = LENS_SERIES_MAX_NAMED,
  .max_top = LENS_SERIES_MAX_NAMED,
};

const LensChart lens_chart_top_tcp_port_over_time = {
  .id = "top-tcp-port-over-time",
  .name = N_ ("Payload sizes over time from the top TCP source port"),
  .page = LENS_CHART_PAGE_OVER_TIME,
  .build = build_top_tcp_port,
  .settings = LENS_CHART_HAS_LOG,
};

const LensChart lens_chart_top_udp_port_over_time = {
  .id = "top-udp-port-over-time",
  .name = N_ ("Payload sizes over time from the top UDP source port"),
  .page = LENS_CHART_PAGE_OVER_TIME,
  .build = build_top_udp_port,
  .settings = LENS_CHART_HAS_LOG,
};
