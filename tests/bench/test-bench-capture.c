/* What the benchmarks are run over is what they say it is: every shape in both formats, read back with libpcap. */
#include "bench-capture.h"

#include <glib/gstdio.h>
#include <pcap/pcap.h>
#include <string.h>

#define N_PACKETS 20000

/* Counts of one capture. */
typedef struct
{
  guint64 n_packets;
  guint64 n_tcp;
  guint64 n_udp;
  guint64 n_arp;
  guint64 n_ipv6;
  guint64 n_full_frames;
  guint64 n_bytes;
  gsize n_flows;    /* distinct addresses, protocol and ports, either direction its own */
  guint64 checksum; /* of all times and bytes */
} Findings;

static char *
make_capture (const BenchCaptureSpec *spec)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("lens-bench-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (fd, &error));
  g_assert_true (bench_capture_write (path, spec, &error));
  g_assert_no_error (error);
  return path;
}

static void
look_at_ip (const guint8 *bytes, Findings *found, GHashTable *flows)
{
  gboolean is_ipv6 = bytes[12] == 0x86;
  guint8 protocol = bytes[is_ipv6 ? 20 : 23];
  gsize from = is_ipv6 ? 22 : 26; /* the addresses, and the ports behind them */
  gsize to = (is_ipv6 ? 54 : 34) + 4;

  found->n_ipv6 += is_ipv6;
  found->n_tcp += protocol == 6;
  found->n_udp += protocol == 17;
  g_hash_table_add (flows, g_bytes_new (bytes + from, to - from));
}

static Findings
read_capture (const char *path)
{
  g_autoptr (GHashTable) flows
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  char message[PCAP_ERRBUF_SIZE];
  pcap_t *pcap = pcap_open_offline (path, message);
  struct pcap_pkthdr *header;
  const u_char *bytes;
  Findings found = { 0 };
  int result;

  g_assert_nonnull (pcap);
  g_assert_cmpint (pcap_datalink (pcap), ==, DLT_EN10MB);
  while ((result = pcap_next_ex (pcap, &header, &bytes)) == 1)
    {
      found.n_packets++;
      found.n_bytes += header->caplen;
      found.n_full_frames += header->caplen > 1200;
      found.checksum
          = found.checksum * 31 + (guint64) header->ts.tv_sec * 1000000 + (guint64) header->ts.tv_usec;
      for (guint i = 0; i < header->caplen; i++)
        found.checksum = found.checksum * 31 + bytes[i];
      if (bytes[12] == 0x08 && bytes[13] == 0x06)
        found.n_arp++;
      else
        look_at_ip (bytes, &found, flows);
    }
  g_assert_cmpint (result, ==, PCAP_ERROR_BREAK); /* the end, and no error */
  pcap_close (pcap);
  found.n_flows = g_hash_table_size (flows);
  return found;
}

static Findings
make_and_read (BenchShape shape, guint64 seed, gboolean is_pcapng)
{
  BenchCaptureSpec spec
      = { .n_packets = N_PACKETS, .n_hosts = 1000, .seed = seed, .shape = shape, .is_pcapng = is_pcapng };
  g_autofree char *path = make_capture (&spec);
  Findings found = read_capture (path);

  g_assert_cmpuint (found.n_packets, ==, N_PACKETS);
  g_unlink (path);
  return found;
}

static void
test_formats_have_the_same_packets (void)
{
  for (BenchShape shape = BENCH_SHAPE_NORMAL; shape <= BENCH_SHAPE_SCAN; shape++)
    {
      Findings pcap = make_and_read (shape, 7, FALSE);
      Findings pcapng = make_and_read (shape, 7, TRUE);

      g_assert_cmphex (pcap.checksum, ==, pcapng.checksum);
    }
}

static void
test_arguments_make_the_bytes (void)
{
  g_assert_cmphex (make_and_read (BENCH_SHAPE_NORMAL, 7, FALSE).checksum, ==,
                   make_and_read (BENCH_SHAPE_NORMAL, 7, FALSE).checksum);
  g_assert_cmphex (make_and_read (BENCH_SHAPE_NORMAL, 7, FALSE).checksum, !=,
                   make_and_read (BENCH_SHAPE_NORMAL, 8, FALSE).checksum);
}

static void
assert_share (guint64 part, guint64 whole, double least, double most)
{
  g_assert_cmpfloat ((double) part, >=, least * (double) whole);
  g_assert_cmpfloat ((double) part, <=, most * (double) whole);
}

/* Of the scan, where every packet draws a flow, the shares are those of the flows; a few strong flows move the others'. */
static void
test_mix (void)
{
  Findings scan = make_and_read (BENCH_SHAPE_SCAN, 7, FALSE);
  Findings normal = make_and_read (BENCH_SHAPE_NORMAL, 7, FALSE);
  Findings small = make_and_read (BENCH_SHAPE_SMALL, 7, FALSE);

  assert_share (scan.n_tcp, N_PACKETS, 0.77, 0.81);
  assert_share (scan.n_udp, N_PACKETS, 0.16, 0.20);
  assert_share (scan.n_arp, N_PACKETS, 0.015, 0.025);
  assert_share (scan.n_ipv6, N_PACKETS, 0.08, 0.12);
  assert_share (scan.n_flows, N_PACKETS, 0.93, 0.99); /* all but ARP and what has no ports */
  assert_share (normal.n_flows, N_PACKETS, 0.01, 0.05);
  assert_share (normal.n_full_frames, N_PACKETS, 0.25, 0.41);
  g_assert_cmpuint (small.n_full_frames, ==, 0);
  assert_share (small.n_bytes, N_PACKETS, 60, 114);
}

static void
test_names_and_failures (void)
{
  BenchCaptureSpec spec = { .n_packets = 1, .n_hosts = 2, .seed = 1 };
  g_autoptr (GError) error = NULL;
  BenchShape shape = BENCH_SHAPE_NORMAL;

  g_assert_true (bench_shape_parse ("scan", &shape));
  g_assert_cmpint (shape, ==, BENCH_SHAPE_SCAN);
  g_assert_false (bench_shape_parse ("full", &shape));
  g_assert_false (bench_capture_write ("/nowhere/at/all.pcap", &spec, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/capture/formats-have-the-same-packets", test_formats_have_the_same_packets);
  g_test_add_func ("/bench/capture/arguments-make-the-bytes", test_arguments_make_the_bytes);
  g_test_add_func ("/bench/capture/mix", test_mix);
  g_test_add_func ("/bench/capture/names-and-failures", test_names_and_failures);
  return g_test_run ();
}
