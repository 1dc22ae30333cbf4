/* How long PacketLens takes to open a capture, beside a loop that only reads it with libpcap, in the same run; and how
 * much memory that takes. Prints medians and ratios; passes and fails on nothing but a file that can't be read.
 *
 *   bench-open [FILE [ROUNDS]]       FILE: without it a capture of LENS_BENCH_PACKETS packets (300000) is made
 */
#include "bench-capture.h"
#include "lens-analysis.h"
#include "lens-loader.h"

#include <glib/gstdio.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_PACKETS "300000"
#define DEFAULT_ROUNDS 5
#define MAX_ROUNDS 101
#define N_HOSTS 20000
#define SEED 7

typedef enum
{
  STEP_BARE,     /* libpcap alone */
  STEP_LOAD,     /* lens_loader_load() */
  STEP_ANALYSIS, /* of everything */
  STEP_OPEN,     /* both */
  STEP_CLICK,    /* analysis of the strongest host */
  N_STEPS
} Step;

typedef struct
{
  double ms[N_STEPS][MAX_ROUNDS];
  guint64 n_packets;
  guint64 n_flows;
  guint64 peak_kb; /* up to the end of the first opening: later ones find the heap as it was left */
} Measurements;

static double
elapsed_ms (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

/* A field of /proc/self/status in kB, such as "VmHWM:". */
static guint64
read_status_kb (const char *field)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  at = strstr (text, field);
  return at != NULL ? g_ascii_strtoull (at + strlen (field), NULL, 10) : 0;
}

static guint64
read_bare (const char *path)
{
  char message[PCAP_ERRBUF_SIZE];
  pcap_t *pcap = pcap_open_offline (path, message);
  struct pcap_pkthdr *header;
  const u_char *bytes;
  guint64 captured_bytes = 0;

  if (pcap == NULL)
    g_error ("%s", message);
  while (pcap_next_ex (pcap, &header, &bytes) == 1)
    captured_bytes += header->caplen;
  pcap_close (pcap);
  return captured_bytes;
}

static LensAnalysis *
analyse (LensCapture *capture, LensFilter *filter)
{
  LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (GError) error = NULL;
  LensAnalysis *analysis = lens_analysis_new (capture, filter, &rule, NULL, &error);

  if (analysis == NULL)
    g_error ("%s", error->message);
  return analysis;
}

static void
measure_click (LensCapture *capture, const LensAnalysis *whole, Measurements *found, gsize round)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (whole, &n_hosts);
  LensFilterTerm term;
  gint64 start_us;

  if (n_hosts == 0)
    return;
  term = lens_filter_term_host (&hosts[0].address);
  filter = lens_filter_add (everything, &term);
  start_us = g_get_monotonic_time ();
  analysis = analyse (capture, filter);
  found->ms[STEP_CLICK][round] = elapsed_ms (start_us);
}

static void
measure_round (const char *path, Measurements *found, gsize round)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  guint64 captured_bytes = read_bare (path);

  found->ms[STEP_BARE][round] = elapsed_ms (start_us);

  start_us = g_get_monotonic_time ();
  capture = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, &error);
  if (capture == NULL)
    g_error ("%s", error->message);
  found->ms[STEP_LOAD][round] = elapsed_ms (start_us);
  g_assert_cmpuint (lens_capture_get_captured_bytes (capture), ==, captured_bytes);

  start_us = g_get_monotonic_time ();
  analysis = analyse (capture, everything);
  found->ms[STEP_ANALYSIS][round] = elapsed_ms (start_us);
  found->ms[STEP_OPEN][round] = found->ms[STEP_LOAD][round] + found->ms[STEP_ANALYSIS][round];
  if (round == 0)
    found->peak_kb = read_status_kb ("VmHWM:");
  measure_click (capture, analysis, found, round);

  found->n_packets = lens_capture_get_n_packets (capture);
  found->n_flows = lens_packet_table_get_flows (lens_capture_get_table (capture)).n;
}

static int
compare_times (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
print_results (Measurements *found, gsize n_rounds, guint64 start_kb)
{
  static const char *const names[N_STEPS] = { "bare libpcap loop", "load", "analysis of everything",
                                              "open (load + analysis)", "click on a host" };
  guint64 budget_kb = (found->n_packets * 24 + found->n_flows * 64) / 1024;
  double median[N_STEPS];

  g_print ("%" G_GUINT64_FORMAT " packets, %" G_GUINT64_FORMAT " flows, median of %zu rounds\n",
           found->n_packets, found->n_flows, n_rounds);
  for (gsize step = 0; step < N_STEPS; step++)
    {
      qsort (found->ms[step], n_rounds, sizeof found->ms[step][0], compare_times);
      median[step] = found->ms[step][n_rounds / 2];
      g_print ("%-24s %9.1f ms  %6.3f x bare\n", names[step], median[step], median[step] / median[STEP_BARE]);
    }
  g_print ("peak memory of one opening %" G_GUINT64_FORMAT " kB, %" G_GUINT64_FORMAT
           " kB more than at the start "
           "(24 bytes a packet and 64 a flow: %" G_GUINT64_FORMAT " kB)\n",
           found->peak_kb, found->peak_kb - start_kb, budget_kb);
}

static char *
make_capture (void)
{
  const char *wanted = g_getenv ("LENS_BENCH_PACKETS");
  guint64 n_packets = g_ascii_strtoull (wanted != NULL ? wanted : DEFAULT_PACKETS, NULL, 10);
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("lens-bench-XXXXXX.pcap", &path, &error);

  if (fd < 0 || !g_close (fd, &error) || !bench_capture_write (path, n_packets, N_HOSTS, SEED, &error))
    g_error ("%s", error->message);
  return path;
}

int
main (int argc, char **argv)
{
  g_autofree char *made = argc < 2 ? make_capture () : NULL;
  const char *path = made != NULL ? made : argv[1];
  guint64 n_rounds = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : DEFAULT_ROUNDS;
  g_autofree Measurements *found = g_new0 (Measurements, 1);
  guint64 start_kb = read_status_kb ("VmRSS:");

  n_rounds = CLAMP (n_rounds, 1, MAX_ROUNDS);
  for (gsize round = 0; round < n_rounds; round++)
    measure_round (path, found, round);
  print_results (found, n_rounds, start_kb);
  if (made != NULL)
    g_unlink (made);
  return 0;
}
