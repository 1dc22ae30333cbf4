/* Captures built by hand for tests, packet by packet. */
#pragma once

#include "lens-analysis.h"
#include "lens-packet-table-builder.h"

typedef struct
{
  gint64 time_ns;
  const char *source; /* NULL: no IP */
  const char *destination;
  LensLayer layer;
  guint16 source_port;
  guint16 destination_port;
  guint32 payload_bytes;
} TestPacket;

static inline LensAddress
test_address (const char *text)
{
  LensAddress address;

  g_assert_true (lens_address_parse (text, &address));
  return address;
}

static inline void
test_append (LensPacketTableBuilder *builder, const TestPacket *row)
{
  static const guint8 protocols[] = { 0, 6, 17, 1, 47 };
  g_autoptr (GError) error = NULL;
  LensPacket packet = { .status = LENS_DECODE_OK,
                        .layer = row->layer,
                        .protocol = protocols[row->layer],
                        .source_port = row->source_port,
                        .destination_port = row->destination_port,
                        .payload_bytes = row->payload_bytes };

  if (row->layer != LENS_LAYER_NOT_IP)
    {
      packet.source = test_address (row->source);
      packet.destination = test_address (row->destination);
      packet.ip_version = packet.source.version;
    }
  lens_packet_table_builder_append (builder, &packet, row->time_ns, row->payload_bytes + 54,
                                    row->payload_bytes + 54,
                                    24 + 100 * lens_packet_table_builder_get_n_packets (builder), &error);
  g_assert_no_error (error);
}

static inline LensCapture *
test_capture_new (const TestPacket *rows, gsize n)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();

  for (gsize i = 0; i < n; i++)
    test_append (builder, &rows[i]);
  return lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "hand-built.pcap");
}

/* The analysis of everything, or of what @term lets pass. */
static inline LensAnalysis *
test_analyse (LensCapture *capture, const LensFilterTerm *term, const LensBurstRule *rule)
{
  LensBurstRule default_rule = lens_burst_rule_default ();
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter
      = term != NULL ? lens_filter_with_term (everything, term) : lens_filter_ref (everything);
  g_autoptr (GError) error = NULL;
  LensAnalysis *analysis
      = lens_analysis_new (capture, filter, rule != NULL ? rule : &default_rule, NULL, &error);

  g_assert_no_error (error);
  return analysis;
}
