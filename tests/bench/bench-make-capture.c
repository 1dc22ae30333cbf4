/* Writes a capture for measuring; the same arguments give the same bytes. A name that ends in ".pcapng" gets that format.
 *
 *   bench-make-capture N_PACKETS N_HOSTS SEED OUT [normal|small|scan]
 */
#include "bench-capture.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  BenchCaptureSpec spec = { 0 };
  guint64 n_hosts = 0;
  gboolean is_right = (argc == 5 || (argc == 6 && bench_shape_parse (argv[5], &spec.shape)))
                      && g_ascii_string_to_unsigned (argv[1], 10, 0, G_MAXUINT32, &spec.n_packets, &error)
                      && g_ascii_string_to_unsigned (argv[2], 10, 2, 0xffffff, &n_hosts, &error)
                      && g_ascii_string_to_unsigned (argv[3], 10, 0, G_MAXUINT32, &spec.seed, &error);

  if (!is_right)
    {
      if (error != NULL)
        g_printerr ("%s\n", error->message);
      g_printerr ("bench-make-capture N_PACKETS N_HOSTS SEED OUT [normal|small|scan]\n");
      return 2;
    }
  spec.n_hosts = (guint32) n_hosts;
  spec.is_pcapng = g_str_has_suffix (argv[4], ".pcapng");
  if (bench_capture_write (argv[4], &spec, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
