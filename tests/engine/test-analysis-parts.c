/* Captures that are large enough for the work to be done in parts: figures must be those of a capture of the selected packets alone. */
#include "lens-host-order.h"
#include "test-tables.h"

/* More than what is counted, and than the flows that are matched, by one thread. */
#define N_PACKETS 700000
#define FIRST_SELECTED 70000
#define END_SELECTED 680000

static const char *const hosts[] = { "203.0.113.9", "192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2" };

static TestPacket
random_packet (GRand *random, gsize i)
{
  gboolean is_4 = g_rand_boolean (random);

  return (TestPacket){
    .time_ns = (gint64) i * 10,
    .source = hosts[is_4 ? g_rand_int_range (random, 0, 2) : 2],
    .destination = hosts[is_4 ? 3 : 4],
    .layer = g_rand_boolean (random) ? LENS_LAYER_TCP : LENS_LAYER_UDP,
    .source_port = (guint16) g_rand_int_range (random, 0, 65536),
    .destination_port = (guint16) g_rand_int_range (random, 0, 3),
    /* A flow of few of them has more than 32 bits can say. */
    .payload_bytes = g_rand_boolean (random) ? 0xf0000000 : (guint32) g_rand_int_range (random, 0, 1400),
  };
}

/* The packets from @first on, before @end, of those that are always the same. */
static LensCapture *
make_capture (gsize first, gsize end)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (gsize i = 0; i < end; i++)
    {
      TestPacket packet = random_packet (random, i);

      if (i % 4 != 0)
        packet.source_port = 7; /* so that some flows are large */
      if (i >= first)
        test_append (builder, &packet);
    }
  return lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "parts.pcap");
}

static void
assert_same_totals (const LensAnalysis *a, const LensAnalysis *b)
{
  gsize n, n_b;
  const LensHostTotals *hosts_a = lens_analysis_get_hosts (a, &n);
  const LensHostTotals *hosts_b = lens_analysis_get_hosts (b, &n_b);
  const LensConnectionTotals *connections_a, *connections_b;

  g_assert_cmpmem (lens_analysis_get_layers (a), sizeof (LensLayerCounts), lens_analysis_get_layers (b),
                   sizeof (LensLayerCounts));
  g_assert_cmpuint (lens_analysis_get_payload_bytes (a), ==, lens_analysis_get_payload_bytes (b));
  g_assert_cmpuint (n, ==, n_b);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (lens_address_equal (&hosts_a[i].address, &hosts_b[i].address));
      g_assert_cmpuint (hosts_a[i].sent_packets, ==, hosts_b[i].sent_packets);
      g_assert_cmpuint (hosts_a[i].sent_payload_bytes, ==, hosts_b[i].sent_payload_bytes);
      g_assert_cmpuint (hosts_a[i].received_packets, ==, hosts_b[i].received_packets);
      g_assert_cmpuint (hosts_a[i].received_payload_bytes, ==, hosts_b[i].received_payload_bytes);
      g_assert_cmpuint (hosts_a[i].inter_arrival.n_intervals, ==, hosts_b[i].inter_arrival.n_intervals);
      g_assert_cmpint (hosts_a[i].inter_arrival.max_ns, ==, hosts_b[i].inter_arrival.max_ns);
    }

  connections_a = lens_analysis_get_connections (a, &n);
  connections_b = lens_analysis_get_connections (b, &n_b);
  g_assert_cmpuint (n, ==, n_b);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (lens_address_equal (connections_a[i].source, connections_b[i].source));
      g_assert_true (lens_address_equal (connections_a[i].destination, connections_b[i].destination));
      g_assert_cmpuint (connections_a[i].packets, ==, connections_b[i].packets);
      g_assert_cmpuint (connections_a[i].payload_bytes, ==, connections_b[i].payload_bytes);
    }
  for (LensPortsKind kind = 0; kind < LENS_N_PORTS; kind++)
    {
      const LensPortTotals *ports_a = lens_analysis_get_ports (a, kind, &n);
      const LensPortTotals *ports_b = lens_analysis_get_ports (b, kind, &n_b);

      g_assert_cmpuint (n, ==, n_b);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpuint (ports_a[i].port, ==, ports_b[i].port);
          g_assert_cmpuint (ports_a[i].packets, ==, ports_b[i].packets);
          g_assert_cmpuint (ports_a[i].payload_bytes, ==, ports_b[i].payload_bytes);
        }
    }
}

static void
test_span (void)
{
  LensFilterTerm span
      = lens_filter_term_time ((gint64) FIRST_SELECTED * 10, (gint64) (END_SELECTED - 1) * 10);
  g_autoptr (LensCapture) capture = make_capture (0, N_PACKETS);
  g_autoptr (LensCapture) part = make_capture (FIRST_SELECTED, END_SELECTED);
  g_autoptr (LensAnalysis) selected = test_analyse (capture, &span, NULL);
  g_autoptr (LensAnalysis) expected = test_analyse (part, NULL, NULL);
  gsize n;

  g_assert_cmpuint (lens_analysis_get_layers (selected)->all, ==, END_SELECTED - FIRST_SELECTED);
  g_assert_cmpuint (lens_analysis_get_ports (expected, LENS_PORTS_TCP_SOURCE, &n)[0].payload_bytes, >,
                    G_MAXUINT32);
  assert_same_totals (selected, expected);
}

/* A host's flows are among those of both threads. */
static void
test_host (void)
{
  LensAddress address = test_address ("192.0.2.1");
  LensFilterTerm host = lens_filter_term_host (&address);
  g_autoptr (LensCapture) capture = make_capture (0, N_PACKETS);
  g_autoptr (LensAnalysis) whole = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) selected = test_analyse (capture, &host, NULL);
  const LensHostTotals *expected = lens_analysis_find_host (whole, &address);
  const LensHostTotals *found = lens_analysis_find_host (selected, &address);

  g_assert_cmpuint (lens_packet_table_get_flows (lens_capture_get_table (capture)).n, >, 131072);
  g_assert_nonnull (expected);
  g_assert_nonnull (found);
  g_assert_cmpuint (found->sent_packets, ==, expected->sent_packets);
  g_assert_cmpuint (found->sent_payload_bytes, ==, expected->sent_payload_bytes);
  g_assert_cmpuint (lens_analysis_get_layers (selected)->all, ==, expected->sent_packets);
  g_assert_cmpuint (lens_analysis_get_payload_bytes (selected), ==, expected->sent_payload_bytes);
}

static void
test_host_order (void)
{
  static const char *const by_address[]
      = { "192.0.2.1", "192.0.2.2", "203.0.113.9", "2001:db8::1", "2001:db8::2" };
  g_autoptr (LensCapture) capture = make_capture (0, 1000);
  LensHostsView table_hosts = lens_packet_table_get_hosts (lens_capture_get_table (capture));
  const LensHostOrder *order = lens_capture_get_host_order (capture);

  g_assert_cmpuint (table_hosts.n, ==, G_N_ELEMENTS (by_address));
  g_assert_true (order == lens_capture_get_host_order (capture));
  for (guint32 i = 0; i < table_hosts.n; i++)
    {
      LensAddress address = test_address (by_address[i]);

      g_assert_true (lens_address_equal (&table_hosts.items[order->hosts[i]].address, &address));
      g_assert_cmpuint (order->ranks[order->hosts[i]], ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis-parts/span", test_span);
  g_test_add_func ("/analysis-parts/host", test_host);
  g_test_add_func ("/analysis-parts/host-order", test_host_order);
  return g_test_run ();
}
