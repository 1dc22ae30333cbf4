/* The charts of the registry, each defined in the file of its name. */
#pragma once

#include "lens-chart.h"

G_BEGIN_DECLS

extern const LensChart lens_chart_layers;

extern const LensChart lens_chart_payload_sizes;
extern const LensChart lens_chart_inter_arrival_times;

extern const LensChart lens_chart_payload_by_source;
extern const LensChart lens_chart_payload_by_destination;

extern const LensChart lens_chart_matrix;

extern const LensChart lens_chart_payload_by_tcp_source_port;
extern const LensChart lens_chart_payload_by_tcp_destination_port;
extern const LensChart lens_chart_payload_by_udp_source_port;
extern const LensChart lens_chart_payload_by_udp_destination_port;

extern const LensChart lens_chart_top_source_over_time;
extern const LensChart lens_chart_top_tcp_port_over_time;
extern const LensChart lens_chart_top_udp_port_over_time;

extern const LensChart lens_chart_payload_rate;
extern const LensChart lens_chart_packet_rate;
extern const LensChart lens_chart_payload_sum;

extern const LensChart lens_chart_top_stream;
extern const LensChart lens_chart_top_stream_bursts;
extern const LensChart lens_chart_lanes;

G_END_DECLS
