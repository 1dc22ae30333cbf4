#include "lens-chart-list.h"

/* In the order of the window's pages and of the report. */
static const LensChart *const charts[] = {
  &lens_chart_layers,
  &lens_chart_payload_sizes,
  &lens_chart_inter_arrival_times,

  &lens_chart_payload_by_source,
  &lens_chart_payload_by_destination,

  &lens_chart_matrix,

  &lens_chart_payload_by_tcp_source_port,
  &lens_chart_payload_by_tcp_destination_port,
  &lens_chart_payload_by_udp_source_port,
  &lens_chart_payload_by_udp_destination_port,

  &lens_chart_top_source_over_time,
  &lens_chart_top_tcp_port_over_time,
  &lens_chart_top_udp_port_over_time,
  &lens_chart_payload_rate,
  &lens_chart_packet_rate,
  &lens_chart_payload_sum,

  &lens_chart_top_stream_bursts,
  &lens_chart_lanes,
  &lens_chart_top_stream,
};

const LensChart *const *
lens_charts_get_all (gsize *n_charts)
{
  *n_charts = G_N_ELEMENTS (charts);
  return charts;
}

const LensChart *
lens_charts_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (charts); i++)
    if (g_str_equal (charts[i]->id, id))
      return charts[i];
  return NULL;
}

LensChartOptions
lens_chart_options_default (void)
{
  return (LensChartOptions){ .matrix_hosts = 12, .matrix_weight = LENS_MATRIX_PAYLOAD };
}
