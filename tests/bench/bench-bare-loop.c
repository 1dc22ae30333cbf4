/* bench-bare-loop FILE: reads a capture with libpcap and does nothing with it, in a process of its own. */
#include "bench-bare.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint64 captured_bytes;

  if (argc != 2)
    {
      g_printerr ("bench-bare-loop FILE\n");
      return 2;
    }
  if (!bench_bare_read (argv[1], &captured_bytes, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%" G_GUINT64_FORMAT "\n", captured_bytes);
  return 0;
}
