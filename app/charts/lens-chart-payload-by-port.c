/* How much payload went from and to each TCP and UDP port. */
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  LensLayer layer;
  LensPortSide side;
  const char *title;
  const char *x_title;
  const char *y_title;
  const char *empty_text;
} PortChart;

static const PortChart port_charts[LENS_N_PORTS] = {
  [LENS_PORTS_TCP_SOURCE]
  = { LENS_LAYER_TCP, LENS_PORT_SOURCE, N_ ("TCP payload sent, by source port"), N_ ("Payload sent"),
      N_ ("TCP source port"), N_ ("No TCP packet carries a payload.") },
  [LENS_PORTS_TCP_DESTINATION]
  = { LENS_LAYER_TCP, LENS_PORT_DESTINATION, N_ ("TCP payload received, by destination port"),
      N_ ("Payload received"), N_ ("TCP destination port"), N_ ("No TCP packet carries a payload.") },
  [LENS_PORTS_UDP_SOURCE]
  = { LENS_LAYER_UDP, LENS_PORT_SOURCE, N_ ("UDP payload sent, by source port"), N_ ("Payload sent"),
      N_ ("UDP source port"), N_ ("No UDP packet carries a payload.") },
  [LENS_PORTS_UDP_DESTINATION]
  = { LENS_LAYER_UDP, LENS_PORT_DESTINATION, N_ ("UDP payload received, by destination port"),
      N_ ("Payload received"), N_ ("UDP destination port"), N_ ("No UDP packet carries a payload.") },
};

/* @ports come largest first. */
static void
add_bars (LensChartData *data, const PortChart *chart, const LensPortTotals *ports, gsize n, guint top)
{
  gsize n_named = lens_chart_get_n_named (n, top);
  guint64 others = 0;

  for (gsize i = 0; i < n_named; i++)
    {
      LensFilterTerm term = lens_filter_term_port (chart->layer, chart->side, ports[i].port);
      g_autofree char *label = g_strdup_printf ("%u", ports[i].port);

      lens_chart_data_add_bar (data, label, ports[i].payload_bytes, LENS_CHART_COLOR_MAIN, &term);
    }
  for (gsize i = n_named; i < n; i++)
    others += ports[i].payload_bytes;
  if (n > n_named)
    {
      g_autofree char *count = lens_format_count (n - n_named);
      g_autofree char *label = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%s other port", "%s other ports", n - n_named), count);

      lens_chart_data_add_bar (data, label, others, LENS_CHART_COLOR_OTHERS, NULL);
    }
}

static char *
describe_silent (gsize n)
{
  g_autofree char *count = lens_format_count (n);

  if (n == 0)
    return NULL;
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s more port without payload", "%s more ports without payload", n),
      count);
}

static LensChartData *
build_ports (const LensAnalysis *analysis, LensPortsKind kind, const LensChartOptions *options)
{
  const PortChart *chart = &port_charts[kind];
  gsize n;
  const LensPortTotals *ports = lens_analysis_get_ports (analysis, kind, &n);
  gsize n_with_payload = 0;
  g_autofree char *silent = NULL;
  LensChartData *data = lens_chart_data_new (LENS_CHART_SIDE_BARS, LENS_UNIT_BYTES);

  while (n_with_payload < n && ports[n_with_payload].payload_bytes > 0)
    n_with_payload++;
  silent = describe_silent (n - n_with_payload);
  data->title = g_strdup (_ (chart->title));
  data->x_title = g_strdup (_ (chart->x_title));
  data->y_title = g_strdup (_ (chart->y_title));
  lens_chart_set_subtitle (data, analysis, silent);
  add_bars (data, chart, ports, n_with_payload, options->top);
  if (n_with_payload == 0)
    lens_chart_set_empty (data, analysis, _ (chart->empty_text));
  return data;
}

static LensChartData *
build_tcp_source (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_by_tcp_source_port, analysis);
}

static LensChartData *
build_tcp_source_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return build_ports (analysis, LENS_PORTS_TCP_SOURCE, options);
}

static LensChartData *
build_tcp_destination (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_by_tcp_destination_port, analysis);
}

static LensChartData *
build_tcp_destination_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return build_ports (analysis, LENS_PORTS_TCP_DESTINATION, options);
}

static LensChartData *
build_udp_source (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_by_udp_source_port, analysis);
}

static LensChartData *
build_udp_source_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return build_ports (analysis, LENS_PORTS_UDP_SOURCE, options);
}

static LensChartData *
build_udp_destination (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_by_udp_destination_port, analysis);
}

static LensChartData *
build_udp_destination_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return build_ports (analysis, LENS_PORTS_UDP_DESTINATION, options);
}

const LensChart lens_chart_payload_by_tcp_source_port = {
  .id = "payload-by-tcp-source-port",
  .name = N_ ("Payload by TCP source port"),
  .page = LENS_CHART_PAGE_PORTS,
  .build = build_tcp_source,
  .build_as = build_tcp_source_as,
  .settings = LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_CHART_TOP_BARS,
  .max_top = LENS_CHART_MAX_TOP_BARS,
};

const LensChart lens_chart_payload_by_tcp_destination_port = {
  .id = "payload-by-tcp-destination-port",
  .name = N_ ("Payload by TCP destination port"),
  .page = LENS_CHART_PAGE_PORTS,
  .build = build_tcp_destination,
  .build_as = build_tcp_destination_as,
  .settings = LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_CHART_TOP_BARS,
  .max_top = LENS_CHART_MAX_TOP_BARS,
};

const LensChart lens_chart_payload_by_udp_source_port = {
  .id = "payload-by-udp-source-port",
  .name = N_ ("Payload by UDP source port"),
  .page = LENS_CHART_PAGE_PORTS,
  .build = build_udp_source,
  .build_as = build_udp_source_as,
  .settings = LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_CHART_TOP_BARS,
  .max_top = LENS_CHART_MAX_TOP_BARS,
};

const LensChart lens_chart_payload_by_udp_destination_port = {
  .id = "payload-by-udp-destination-port",
  .name = N_ ("Payload by UDP destination port"),
  .page = LENS_CHART_PAGE_PORTS,
  .build = build_udp_destination,
  .build_as = build_udp_destination_as,
  .settings = LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_CHART_TOP_BARS,
  .max_top = LENS_CHART_MAX_TOP_BARS,
};
