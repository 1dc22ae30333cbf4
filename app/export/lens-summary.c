#include "lens-summary.h"

#include "lens-format.h"
#include "lens-json-writer.h"

#define SUMMARY_SCHEMA 1

static void
add_time (LensJsonWriter *writer, const char *name, gint64 time_ns)
{
  char buffer[LENS_TIME_TEXT_SIZE];

  lens_json_writer_add_text (writer, name, lens_format_time_utc (time_ns, buffer));
}

static void
add_address (LensJsonWriter *writer, const char *name, const LensAddress *address)
{
  char buffer[LENS_ADDRESS_TEXT_SIZE];

  lens_json_writer_add_text (writer, name, lens_address_format (address, buffer));
}

/* What of the capture the rest is about: only where that isn't all of it. */
static void
add_filter (LensJsonWriter *writer, const LensAnalysis *analysis)
{
  const LensFilter *filter = lens_analysis_get_filter (analysis);

  if (lens_filter_passes_all (filter))
    return;
  lens_json_writer_begin_object (writer, "filter");
  lens_json_writer_begin_list (writer, "terms");
  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);
      g_autofree char *words = lens_filter_term_describe (term, LENS_TIME_WORDS_UTC);

      if (!term->is_off)
        lens_json_writer_add_text (writer, NULL, words);
    }
  lens_json_writer_end_list (writer);
  lens_json_writer_add_count (writer, "packets", lens_analysis_get_layers (analysis)->all);
  lens_json_writer_end_object (writer);
}

static void
add_capture (LensJsonWriter *writer, const LensCapture *capture)
{
  gsize n_files = lens_capture_get_n_files (capture);
  gint64 first_ns;
  gint64 last_ns;

  lens_json_writer_begin_object (writer, "capture");
  lens_json_writer_begin_list (writer, "files");
  for (gsize i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_path_get_basename (lens_capture_get_file (capture, i)->path);

      lens_json_writer_add_text (writer, NULL, name);
    }
  lens_json_writer_end_list (writer);
  lens_json_writer_add_count (writer, "packets", lens_capture_get_n_packets (capture));
  lens_json_writer_add_count (writer, "captured_bytes", lens_capture_get_captured_bytes (capture));
  lens_json_writer_add_count (writer, "wire_bytes", lens_capture_get_wire_bytes (capture));
  if (lens_capture_get_time_span (capture, &first_ns, &last_ns))
    {
      add_time (writer, "first", first_ns);
      add_time (writer, "last", last_ns);
    }
  else
    {
      lens_json_writer_add_null (writer, "first");
      lens_json_writer_add_null (writer, "last");
    }
  lens_json_writer_add_boolean (writer, "complete", lens_capture_get_damage (capture) == NULL);
  lens_json_writer_begin_list (writer, "damage");
  for (gsize i = 0; i < n_files; i++)
    if (lens_capture_get_file (capture, i)->damage != NULL)
      lens_json_writer_add_text (writer, NULL, lens_capture_get_file (capture, i)->damage);
  lens_json_writer_end_list (writer);
  lens_json_writer_end_object (writer);
}

static void
add_layers (LensJsonWriter *writer, const LensLayerCounts *layers)
{
  lens_json_writer_begin_object (writer, "layers");
  lens_json_writer_add_count (writer, "all", layers->all);
  lens_json_writer_add_count (writer, "ip", layers->ip);
  lens_json_writer_add_count (writer, "ipv4", layers->ipv4);
  lens_json_writer_add_count (writer, "ipv6", layers->ipv6);
  lens_json_writer_add_count (writer, "tcp", layers->tcp);
  lens_json_writer_add_count (writer, "udp", layers->udp);
  lens_json_writer_add_count (writer, "icmp", layers->icmp);
  lens_json_writer_add_count (writer, "other_ip", layers->other_ip);
  lens_json_writer_add_count (writer, "not_ip", layers->not_ip);
  lens_json_writer_add_count (writer, "malformed", layers->malformed);
  lens_json_writer_end_object (writer);
}

static void
add_hosts (LensJsonWriter *writer, const LensAnalysis *analysis)
{
  gsize n;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n);

  lens_json_writer_begin_list (writer, "hosts");
  for (gsize i = 0; i < n; i++)
    {
      lens_json_writer_begin_line_object (writer, NULL);
      add_address (writer, "address", &hosts[i].address);
      lens_json_writer_add_count (writer, "sent_packets", hosts[i].sent_packets);
      lens_json_writer_add_count (writer, "sent_payload", hosts[i].sent_payload_bytes);
      lens_json_writer_add_count (writer, "received_packets", hosts[i].received_packets);
      lens_json_writer_add_count (writer, "received_payload", hosts[i].received_payload_bytes);
      lens_json_writer_end_object (writer);
    }
  lens_json_writer_end_list (writer);
}

static void
add_connections (LensJsonWriter *writer, const LensAnalysis *analysis)
{
  gsize n;
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n);

  lens_json_writer_begin_list (writer, "connections");
  for (gsize i = 0; i < n; i++)
    {
      lens_json_writer_begin_line_object (writer, NULL);
      add_address (writer, "source", connections[i].source);
      add_address (writer, "destination", connections[i].destination);
      lens_json_writer_add_count (writer, "packets", connections[i].packets);
      lens_json_writer_add_count (writer, "payload", connections[i].payload_bytes);
      lens_json_writer_end_object (writer);
    }
  lens_json_writer_end_list (writer);
}

static void
add_port_list (LensJsonWriter *writer, const char *name, const LensAnalysis *analysis, LensPortsKind kind)
{
  gsize n;
  const LensPortTotals *ports = lens_analysis_get_ports (analysis, kind, &n);

  lens_json_writer_begin_list (writer, name);
  for (gsize i = 0; i < n; i++)
    {
      lens_json_writer_begin_line_object (writer, NULL);
      lens_json_writer_add_count (writer, "port", ports[i].port);
      lens_json_writer_add_count (writer, "packets", ports[i].packets);
      lens_json_writer_add_count (writer, "payload", ports[i].payload_bytes);
      lens_json_writer_end_object (writer);
    }
  lens_json_writer_end_list (writer);
}

static void
add_ports (LensJsonWriter *writer, const LensAnalysis *analysis)
{
  lens_json_writer_begin_object (writer, "ports");
  lens_json_writer_begin_object (writer, "tcp");
  add_port_list (writer, "source", analysis, LENS_PORTS_TCP_SOURCE);
  add_port_list (writer, "destination", analysis, LENS_PORTS_TCP_DESTINATION);
  lens_json_writer_end_object (writer);
  lens_json_writer_begin_object (writer, "udp");
  add_port_list (writer, "source", analysis, LENS_PORTS_UDP_SOURCE);
  add_port_list (writer, "destination", analysis, LENS_PORTS_UDP_DESTINATION);
  lens_json_writer_end_object (writer);
  lens_json_writer_end_object (writer);
}

static void
add_top (LensJsonWriter *writer, const LensTimeSeries *top_source, const LensStream *stream)
{
  if (top_source->is_present)
    add_address (writer, "top_source", &top_source->source);
  else
    lens_json_writer_add_null (writer, "top_source");

  if (!stream->is_present)
    {
      lens_json_writer_add_null (writer, "top_stream");
      return;
    }
  lens_json_writer_begin_line_object (writer, "top_stream");
  add_address (writer, "source", &stream->source);
  add_address (writer, "destination", &stream->destination);
  lens_json_writer_add_count (writer, "packets", stream->packets);
  lens_json_writer_add_count (writer, "payload", stream->payload_bytes);
  lens_json_writer_end_object (writer);
}

static void
add_burst (LensJsonWriter *writer, const LensBurst *burst, gsize number)
{
  gsize n_packets = lens_burst_get_n_packets (burst);

  lens_json_writer_begin_line_object (writer, NULL);
  lens_json_writer_add_count (writer, "burst", number);
  add_time (writer, "first", burst->first_ns);
  add_time (writer, "last", burst->last_ns);
  lens_json_writer_add_count (writer, "packets", n_packets);
  lens_json_writer_add_count (writer, "length", n_packets - 1);
  lens_json_writer_add_count (writer, "payload", burst->payload_bytes);
  lens_json_writer_add_number (writer, "mean_payload", lens_burst_get_mean_payload (burst));
  lens_json_writer_end_object (writer);
}

static void
add_bursts (LensJsonWriter *writer, const LensStream *stream)
{
  lens_json_writer_begin_object (writer, "bursts");
  lens_json_writer_add_number (writer, "gap_s", (double) stream->rule.gap_ns / 1e9);
  lens_json_writer_add_count (writer, "size_bytes", stream->rule.size_bytes);
  if (stream->is_present)
    {
      lens_json_writer_begin_line_object (writer, "stream");
      add_address (writer, "source", &stream->source);
      add_address (writer, "destination", &stream->destination);
      lens_json_writer_end_object (writer);
    }
  else
    {
      lens_json_writer_add_null (writer, "stream");
    }
  lens_json_writer_begin_list (writer, "bursts");
  for (gsize i = 0; i < stream->n_bursts; i++)
    add_burst (writer, &stream->bursts[i], i + 1);
  lens_json_writer_end_list (writer);
  lens_json_writer_end_object (writer);
}

char *
lens_summary_to_json (const LensAnalysis *analysis)
{
  LensJsonWriter writer;

  lens_json_writer_begin (&writer);
  lens_json_writer_begin_object (&writer, NULL);
  lens_json_writer_add_count (&writer, "schema", SUMMARY_SCHEMA);
  add_capture (&writer, lens_analysis_get_capture (analysis));
  add_filter (&writer, analysis);
  add_layers (&writer, lens_analysis_get_layers (analysis));
  add_hosts (&writer, analysis);
  add_connections (&writer, analysis);
  add_ports (&writer, analysis);
  add_top (&writer, lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_SOURCE),
           lens_analysis_get_top_stream (analysis));
  add_bursts (&writer, lens_analysis_get_top_stream (analysis));
  lens_json_writer_end_object (&writer);
  return lens_json_writer_end (&writer);
}
