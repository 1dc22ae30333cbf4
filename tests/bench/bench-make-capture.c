/* Writes a capture for measuring: bench-make-capture N_PACKETS N_HOSTS SEED OUT.pcap */
#include "bench-capture.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 5)
    {
      g_printerr ("bench-make-capture N_PACKETS N_HOSTS SEED OUT.pcap\n");
      return 2;
    }
  if (bench_capture_write (argv[4], g_ascii_strtoull (argv[1], NULL, 10),
                           (guint32) g_ascii_strtoull (argv[2], NULL, 10),
                           g_ascii_strtoull (argv[3], NULL, 10), &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
