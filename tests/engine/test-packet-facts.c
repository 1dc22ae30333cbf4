/* What the list of packets knows of one of them, found by looking around it: against all of the list. */
#include "lens-dissect.h"
#include "lens-packet-facts.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define N_PACKETS 1500

static const char *const addresses[] = { "192.0.2.1", "192.0.2.10", "2001:db8::1" };

/* Packets at random among few hosts, some without IP. */
static LensCapture *
make_capture (gsize n)
{
  g_autofree TestPacket *rows = g_new0 (TestPacket, n);
  gint64 time_ns = 1000000000;

  for (gsize i = 0; i < n; i++)
    {
      time_ns += g_test_rand_int_range (0, 5) * 40000000;
      rows[i].time_ns = time_ns;
      rows[i].payload_bytes = (guint32) g_test_rand_int_range (0, 6) * 300;
      rows[i].layer = i % 10 == 0 ? LENS_LAYER_NOT_IP : i % 3 == 0 ? LENS_LAYER_TCP : LENS_LAYER_UDP;
      if (rows[i].layer == LENS_LAYER_NOT_IP)
        continue;
      rows[i].source = addresses[g_test_rand_int_range (0, 3)];
      rows[i].destination = addresses[g_test_rand_int_range (0, 3)];
    }
  return test_capture_new (rows, n);
}

/* What is said of a packet by itself, for every one: the burst's packets and bytes are counted through the whole list. */
static void
test_facts (void)
{
  g_autoptr (LensCapture) capture = make_capture (N_PACKETS);
  const LensFilterTerm term = lens_filter_term_layer (LENS_CLASS_UDP);
  const LensFilterTerm *terms[] = { NULL, &term };
  const LensPacketTable *table = lens_capture_get_table (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  gsize n_in_bursts = 0;

  for (gsize t = 0; t < G_N_ELEMENTS (terms); t++)
    {
      g_autoptr (LensAnalysis) analysis = test_analyse (capture, terms[t], NULL);
      g_autoptr (LensPacketList) list = lens_packet_list_new (analysis, NULL, NULL, NULL);

      g_assert_true (lens_packet_list_work_out (list, NULL, NULL));

      for (gsize place = 0; place < lens_packet_list_get_n (list); place++)
        {
          gsize row = lens_packet_list_get_row (list, place);
          const LensFlow *own = &flows.items[columns.flow[row]];
          LensPacketFacts facts;
          guint64 packets = 0;
          guint64 payload_bytes = 0;

          g_assert_true (lens_packet_facts_find (list, place, NULL, &facts));
          g_assert_cmpuint (facts.number, ==, lens_packet_table_get_number (table, row));
          g_assert_cmpint (facts.since_start_ns, ==, columns.time_ns[row] - columns.time_ns[0]);
          g_assert_cmpint (facts.inter_arrival_ns, ==, lens_packet_list_get_inter_arrival (list, place));
          g_assert_cmpuint (facts.burst, ==, lens_packet_list_get_burst (list, place));
          g_assert_true (facts.is_ip == (own->source_host != LENS_HOST_NONE));
          for (gsize other = 0; facts.burst > 0 && other < lens_packet_list_get_n (list); other++)
            {
              gsize at = lens_packet_list_get_row (list, other);
              const LensFlow *flow = &flows.items[columns.flow[at]];

              if (flow->source_host != own->source_host || flow->destination_host != own->destination_host
                  || lens_packet_list_get_burst (list, other) != facts.burst)
                continue;
              packets++;
              payload_bytes += columns.payload_bytes[at];
            }
          g_assert_cmpuint (facts.burst_packets, ==, packets);
          g_assert_cmpuint (facts.burst_payload_bytes, ==, payload_bytes);
          n_in_bursts += packets > 0;
        }
    }
  g_assert_cmpuint (n_in_bursts, >, 100);
}

/* The same as fields, in the header that is of the packet as a whole. */
static void
test_facts_as_fields (void)
{
  const LensPacketFacts facts = { .number = 5000,
                                  .time_ns = G_GINT64_CONSTANT (1617818186373285000),
                                  .since_start_ns = 1500000,
                                  .since_previous_ns = 245001,
                                  .is_ip = TRUE,
                                  .is_worked_out = TRUE,
                                  .inter_arrival_ns = LENS_PACKET_LIST_NO_TIME,
                                  .burst = 8,
                                  .burst_packets = 1342,
                                  .burst_payload_bytes = 663220 };
  const guint8 byte = 0x45;
  g_autoptr (LensFieldTree) tree = lens_dissect (228, &byte, 1, 60);
  g_autofree char *text = NULL;

  lens_packet_facts_add (&facts, tree);
  text = lens_field_tree_to_text (tree);
  g_assert_nonnull (strstr (text,
                            "    Link layer: 228 (Raw IPv4)\n"
                            "    Number: 5,000\n"
                            "    Time: 2021-04-07 17:56:26.373285 UTC (0.001500 s since the first packet)\n"
                            "    Since the packet listed before: 0.000245001 s\n"
                            "    Inter-arrival time: none (the first to this destination)\n"
                            "    Burst: 8\n"
                            "        Burst length: 1,341 (packets − 1)\n"
                            "        Mean size in the burst: 494.20 (bytes)\n"));
  for (gsize place = 0; place < lens_field_tree_get_n (tree); place++)
    if (lens_field_tree_get (tree, place)->id != NULL)
      g_assert_nonnull (lens_field_get_purpose (lens_field_tree_get (tree, place)));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet-facts/every-packet", test_facts);
  g_test_add_func ("/packet-facts/fields", test_facts_as_fields);
  return g_test_run ();
}
