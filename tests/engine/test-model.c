#include "lens-packet-table-builder.h"

#include <locale.h>
#include <string.h>

static LensAddress
address_of (const char *text)
{
  LensAddress address = { 0 };

  if (text != NULL)
    g_assert_true (lens_address_parse (text, &address));
  return address;
}

static LensPacket
packet_of (LensLayer layer,
           const char *source,
           const char *destination,
           guint16 source_port,
           guint16 destination_port,
           guint32 payload_bytes)
{
  static const guint8 protocols[] = { 0, 6, 17, 1, 47 };

  return (LensPacket){
    .status = LENS_DECODE_OK,
    .layer = layer,
    .ip_version = source != NULL ? address_of (source).version : 0,
    .protocol = protocols[layer],
    .source_port = source_port,
    .destination_port = destination_port,
    .payload_bytes = payload_bytes,
    .source = address_of (source),
    .destination = address_of (destination),
  };
}

static void
append (LensPacketTableBuilder *builder, const LensPacket *packet, gint64 time_ns, guint64 file_offset)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lens_packet_table_builder_append (builder, packet, time_ns, 60, packet->payload_bytes + 54,
                                                   file_offset, &error));
  g_assert_no_error (error);
}

static void
test_empty (void)
{
  g_autoptr (LensPacketTable) table = lens_packet_table_builder_freeze (lens_packet_table_builder_new ());
  LensAddress address = address_of ("192.0.2.1");

  g_assert_cmpuint (lens_packet_table_get_columns (table).n_packets, ==, 0);
  g_assert_cmpuint (lens_packet_table_get_flows (table).n, ==, 0);
  g_assert_cmpuint (lens_packet_table_get_hosts (table).n, ==, 0);
  g_assert_cmpuint (lens_packet_table_find_host (table, &address), ==, LENS_HOST_NONE);
  g_assert_cmpuint (lens_packet_table_get_captured_bytes (table), ==, 0);
}

static void
test_unfrozen_builder_is_freed (void)
{
  g_autoptr (LensPacketTableBuilder) builder = lens_packet_table_builder_new ();
  LensPacket packet = packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.2", 1, 2, 3);

  append (builder, &packet, 0, 24);
  g_assert_cmpuint (lens_packet_table_builder_get_n_packets (builder), ==, 1);
}

/* A packet of a flow that is there takes its row; a new flow and new hosts take more. */
static void
test_memory_is_counted (void)
{
  g_autoptr (LensPacketTableBuilder) builder = lens_packet_table_builder_new ();
  LensPacket packet = packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.2", 1, 2, 3);
  LensPacket other = packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.3", 1, 2, 3);
  guint64 before;

  append (builder, &packet, 0, 24);
  before = lens_packet_table_builder_get_n_bytes (builder);
  append (builder, &packet, 1, 48);
  append (builder, &packet, 2, 72);
  g_assert_cmpuint (lens_packet_table_builder_get_n_bytes (builder), ==, before + 2 * 24);
  append (builder, &other, 3, 96);
  g_assert_cmpuint (lens_packet_table_builder_get_n_bytes (builder), ==,
                    before + 3 * 24 + sizeof (LensFlow) + sizeof (LensHost));
}

static void
test_columns_flows_hosts (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  LensPacket request = packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.2", 1000, 80, 10);
  LensPacket answer = packet_of (LENS_LAYER_TCP, "192.0.2.2", "192.0.2.1", 80, 1000, 100);
  LensPacket broken = request;
  LensPacket arp = packet_of (LENS_LAYER_NOT_IP, NULL, NULL, 0, 0, 0);
  LensPacketColumns columns;
  LensFlowsView flows;
  LensHostsView hosts;
  LensAddress address;

  broken.status = LENS_DECODE_MALFORMED;
  append (builder, &request, 10, 24);
  append (builder, &answer, 20, 100);
  append (builder, &request, 20, 200);
  append (builder, &arp, 30, 300);
  append (builder, &broken, 40, 400);
  table = lens_packet_table_builder_freeze (builder);

  columns = lens_packet_table_get_columns (table);
  g_assert_cmpuint (columns.n_packets, ==, 5);
  g_assert_cmpmem (columns.time_ns, 5 * 8, ((const gint64[]){ 10, 20, 20, 30, 40 }), 5 * 8);
  g_assert_cmpmem (columns.flow, 5 * 4, ((const guint32[]){ 0, 1, 0, 2, 3 }), 5 * 4);
  g_assert_cmpmem (columns.payload_bytes, 5 * 4, ((const guint32[]){ 10, 100, 10, 0, 10 }), 5 * 4);
  g_assert_cmpmem (columns.wire_bytes, 5 * 4, ((const guint32[]){ 64, 154, 64, 54, 64 }), 5 * 4);
  g_assert_cmpuint (lens_packet_table_get_captured_bytes (table), ==, 300);

  flows = lens_packet_table_get_flows (table);
  g_assert_cmpuint (flows.n, ==, 4);
  g_assert_cmpuint (flows.items[0].packets, ==, 2);
  g_assert_cmpuint (flows.items[0].payload_bytes, ==, 20);
  g_assert_cmpuint (flows.items[0].wire_bytes, ==, 128);
  g_assert_cmpuint (flows.items[0].source_port, ==, 1000);
  g_assert_cmpuint (flows.items[0].destination_port, ==, 80);
  g_assert_cmpuint (flows.items[0].protocol, ==, 6);
  g_assert_cmpuint (flows.items[0].ip_version, ==, 4);
  g_assert_cmpuint (flows.items[0].is_malformed, ==, 0);
  g_assert_cmpuint (flows.items[1].source_host, ==, flows.items[0].destination_host);
  g_assert_cmpuint (flows.items[2].layer, ==, LENS_LAYER_NOT_IP);
  g_assert_cmpuint (flows.items[2].source_host, ==, LENS_HOST_NONE);
  g_assert_cmpuint (flows.items[2].destination_host, ==, LENS_HOST_NONE);
  g_assert_cmpuint (flows.items[3].is_malformed, ==, 1);
  g_assert_cmpuint (flows.items[3].packets, ==, 1);

  hosts = lens_packet_table_get_hosts (table);
  g_assert_cmpuint (hosts.n, ==, 2);
  address = address_of ("192.0.2.1");
  g_assert_cmpuint (lens_packet_table_find_host (table, &address), ==, 0);
  g_assert_cmpuint (hosts.items[0].sent_packets, ==, 3);
  g_assert_cmpuint (hosts.items[0].sent_payload_bytes, ==, 30);
  g_assert_cmpuint (hosts.items[0].received_packets, ==, 1);
  g_assert_cmpuint (hosts.items[0].received_payload_bytes, ==, 100);
  address = address_of ("192.0.2.3");
  g_assert_cmpuint (lens_packet_table_find_host (table, &address), ==, LENS_HOST_NONE);
}

/* Each part of a flow's key makes a flow of its own. */
static void
test_what_makes_a_flow (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  LensPacket packets[] = {
    packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.2", 1, 2, 0),
    packet_of (LENS_LAYER_TCP, "192.0.2.2", "192.0.2.1", 1, 2, 0),
    packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.2", 2, 1, 0),
    packet_of (LENS_LAYER_TCP, "192.0.2.1", "192.0.2.3", 1, 2, 0),
    packet_of (LENS_LAYER_UDP, "192.0.2.1", "192.0.2.2", 1, 2, 0),
    packet_of (LENS_LAYER_OTHER_IP, "192.0.2.1", "192.0.2.2", 0, 0, 0),
    packet_of (LENS_LAYER_OTHER_IP, "192.0.2.1", "192.0.2.2", 0, 0, 0),
    /* The same first four bytes, but another address. */
    packet_of (LENS_LAYER_TCP, "c000:201::", "c000:202::", 1, 2, 0),
  };

  packets[6].protocol = 6; /* a TCP packet without ports is none of GRE's */
  for (guint round = 0; round < 2; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
      append (builder, &packets[i], (gint64) i + round * 100, 24 + i + round * 100);
  table = lens_packet_table_builder_freeze (builder);

  g_assert_cmpuint (lens_packet_table_get_flows (table).n, ==, G_N_ELEMENTS (packets));
  for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
    g_assert_cmpuint (lens_packet_table_get_flows (table).items[i].packets, ==, 2);
  g_assert_cmpuint (lens_packet_table_get_hosts (table).n, ==, 5);
}

static LensAddress
numbered_address (guint32 number)
{
  guint8 bytes[16] = { 0x20, 0x01, 0x0d, 0xb8 };

  /* Every third is IPv6; numbers that differ in one byte only, as in a scan. */
  bytes[number % 3 == 0 ? 12 : 0] = (guint8) (number >> 24);
  bytes[number % 3 == 0 ? 13 : 1] = (guint8) (number >> 16);
  bytes[number % 3 == 0 ? 14 : 2] = (guint8) (number >> 8);
  bytes[number % 3 == 0 ? 15 : 3] = (guint8) number;
  return number % 3 == 0 ? lens_address_from_ipv6 (bytes) : lens_address_from_ipv4 (bytes);
}

/* 200,000 hosts, each talking to the next of its version: every one is found again, and sums agree. */
static void
test_growth (void)
{
  const guint32 n_hosts = 200000;
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  LensHostsView hosts;
  guint64 sent = 0;
  guint64 received = 0;

  for (guint32 i = 0; i < n_hosts; i++)
    for (guint32 n = 0; n < 2; n++)
      {
        LensPacket packet
            = { .status = LENS_DECODE_OK, .layer = LENS_LAYER_UDP, .protocol = 17, .source_port = 7 };

        packet.source = numbered_address (i);
        packet.destination = numbered_address ((i + 3) % (n_hosts - 2));
        packet.ip_version = packet.source.version;
        packet.payload_bytes = i;
        append (builder, &packet, i, 24 + (guint64) i * 100 + n);
      }
  g_assert_cmpuint (lens_packet_table_builder_get_n_packets (builder), ==, 2 * n_hosts);
  table = lens_packet_table_builder_freeze (builder);

  hosts = lens_packet_table_get_hosts (table);
  g_assert_cmpuint (hosts.n, ==, n_hosts);
  g_assert_cmpuint (lens_packet_table_get_flows (table).n, ==, n_hosts);
  for (guint32 i = 0; i < n_hosts; i++)
    {
      LensAddress address = numbered_address (i);
      guint32 host = lens_packet_table_find_host (table, &address);

      g_assert_cmpuint (host, <, hosts.n);
      g_assert_true (lens_address_equal (&hosts.items[host].address, &address));
      g_assert_cmpuint (hosts.items[host].sent_packets, ==, 2);
      g_assert_cmpuint (hosts.items[host].sent_payload_bytes, ==, 2 * i);
      sent += hosts.items[host].sent_packets;
      received += hosts.items[host].received_packets;
    }
  g_assert_cmpuint (sent, ==, 2 * n_hosts);
  g_assert_cmpuint (received, ==, 2 * n_hosts);
}

/* Offsets around and far beyond 4 GiB, in steps as large as records can be. */
static void
test_file_offsets (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  LensPacket packet = packet_of (LENS_LAYER_UDP, "192.0.2.1", "192.0.2.2", 1, 2, 0);
  const gsize n = 200000;
  guint64 offset = 24;

  for (gsize i = 0; i < n; i++)
    {
      append (builder, &packet, (gint64) i, offset);
      offset += 16 + (i % 2 == 0 ? 262144 : 60);
    }
  g_assert_cmpuint (offset, >, 5 * (G_GUINT64_CONSTANT (1) << 32));
  table = lens_packet_table_builder_freeze (builder);
  g_assert_false (lens_packet_table_is_reordered (table));
  g_assert_false (lens_packet_table_is_at (table, n, 24));

  offset = 24;
  for (gsize row = 0; row < n; row++)
    {
      g_assert_cmpuint (lens_packet_table_get_file_offset (table, row), ==, offset);
      g_assert_cmpuint (lens_packet_table_get_number (table, row), ==, row + 1);
      g_assert_cmpuint (lens_packet_table_get_position (table, row), ==, row);
      g_assert_true (lens_packet_table_is_at (table, row, offset));
      offset += 16 + (row % 2 == 0 ? 262144 : 60);
    }
}

/* A capture that is not in time order: rows are, and each keeps its flow, sizes, number and offset. */
static void
test_out_of_order (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  g_autofree gint64 *time_ns = NULL;
  LensPacketColumns columns;
  const gsize n = 100000;

  time_ns = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    {
      LensPacket packet = packet_of (LENS_LAYER_UDP, "192.0.2.1", "192.0.2.2", (guint16) i, 2, (guint32) i);

      /* Few times, so that many are equal; some before 1970. */
      time_ns[i] = g_test_rand_int_range (-500, 500);
      append (builder, &packet, time_ns[i], 24 + (guint64) i * 262160);
    }
  table = lens_packet_table_builder_freeze (builder);
  columns = lens_packet_table_get_columns (table);
  g_assert_true (lens_packet_table_is_reordered (table));

  for (gsize row = 0; row < n; row++)
    {
      guint64 number = lens_packet_table_get_number (table, row);
      gsize i = (gsize) number - 1;

      g_assert_cmpint (columns.time_ns[row], ==, time_ns[i]);
      g_assert_cmpuint (columns.payload_bytes[row], ==, i);
      g_assert_cmpuint (columns.wire_bytes[row], ==, i + 54);
      g_assert_cmpuint (lens_packet_table_get_flows (table).items[columns.flow[row]].source_port, ==,
                        (guint16) i);
      g_assert_cmpuint (lens_packet_table_get_file_offset (table, row), ==, 24 + (guint64) i * 262160);
      g_assert_cmpuint (lens_packet_table_get_position (table, row), ==, i);
      g_assert_true (lens_packet_table_is_at (table, i, 24 + (guint64) i * 262160));
      g_assert_false (lens_packet_table_is_at (table, i, 25 + (guint64) i * 262160));
      if (row > 0)
        {
          g_assert_cmpint (columns.time_ns[row - 1], <=, columns.time_ns[row]);
          if (columns.time_ns[row - 1] == columns.time_ns[row])
            g_assert_cmpuint (lens_packet_table_get_number (table, row - 1), <, number);
        }
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/table/empty", test_empty);
  g_test_add_func ("/model/table/unfrozen-builder-is-freed", test_unfrozen_builder_is_freed);
  g_test_add_func ("/model/table/memory-is-counted", test_memory_is_counted);
  g_test_add_func ("/model/table/columns-flows-hosts", test_columns_flows_hosts);
  g_test_add_func ("/model/table/what-makes-a-flow", test_what_makes_a_flow);
  g_test_add_func ("/model/table/growth", test_growth);
  g_test_add_func ("/model/table/file-offsets", test_file_offsets);
  g_test_add_func ("/model/table/out-of-order", test_out_of_order);
  return g_test_run ();
}
