/* Packets of all kinds at random times, for tests that hold figures against a plain reimplementation. */
#pragma once

#include "test-tables.h"

#include <string.h>

static inline const char *
test_random_host (void)
{
  static const char *const hosts[]
      = { "192.0.2.1",    "192.0.2.2",    "192.0.2.3",    "192.0.2.4",    "198.51.100.1", "203.0.113.9",
          "203.0.113.10", "203.0.113.11", "203.0.113.12", "203.0.113.13", "203.0.113.14", "203.0.113.15" };

  return hosts[g_test_rand_int_range (0, G_N_ELEMENTS (hosts))];
}

static inline TestPacket *
test_random_packets (gsize n, gint64 first_ns)
{
  TestPacket *packets = g_new0 (TestPacket, n);
  gint64 time_ns = first_ns;

  for (gsize i = 0; i < n; i++)
    {
      LensLayer layer = (LensLayer) g_test_rand_int_range (LENS_LAYER_NOT_IP, LENS_LAYER_OTHER_IP + 1);
      gboolean has_ports = layer == LENS_LAYER_TCP || layer == LENS_LAYER_UDP;

      /* Some at the same moment, some far apart. */
      time_ns += g_test_rand_int_range (0, 3) * (gint64) g_test_rand_int_range (0, 4000)
                 * (g_test_rand_int_range (0, 50) == 0 ? 100000 : 1);
      packets[i] = (TestPacket){ .time_ns = time_ns, .layer = layer };
      packets[i].payload_bytes = (guint32) g_test_rand_int_range (0, g_test_rand_bit () ? 20 : 1460);
      if (layer == LENS_LAYER_NOT_IP)
        continue;
      packets[i].source = test_random_host ();
      packets[i].destination = test_random_host ();
      packets[i].source_port = has_ports ? (guint16) g_test_rand_int_range (0, 6) : 0;
      packets[i].destination_port = has_ports ? (guint16) g_test_rand_int_range (0, 20) : 0;
    }
  return packets;
}

/* What @terms let pass. */
static inline LensAnalysis *
test_analyse_terms (LensCapture *capture, const LensFilterTerm *terms, gsize n_terms)
{
  LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();
  g_autoptr (GError) error = NULL;
  LensAnalysis *analysis;

  for (gsize i = 0; i < n_terms; i++)
    {
      LensFilter *more = lens_filter_with_term (filter, &terms[i]);

      lens_filter_unref (filter);
      filter = more;
    }
  analysis = lens_analysis_new (capture, filter, &rule, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}
