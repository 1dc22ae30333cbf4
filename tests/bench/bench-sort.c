/* How long the packet table takes to sort by each of its columns, beside opening the same file in the same run: a load and the analysis of
 * everything. Each order is worked out once, by this thread, over the list that the first one made. Judges nothing.
 *
 *   bench-sort FILE
 */
#include "lens-loader.h"
#include "lens-packet-order.h"

static const struct
{
  LensPacketColumn column;
  const char *name;
} columns[] = {
  { LENS_PACKET_NUMBER, "number" },
  { LENS_PACKET_TIME, "time" },
  { LENS_PACKET_SINCE_PREVIOUS, "since previous" },
  { LENS_PACKET_SOURCE, "source" },
  { LENS_PACKET_DESTINATION, "destination" },
  { LENS_PACKET_PROTOCOL, "protocol" },
  { LENS_PACKET_SOURCE_PORT, "source port" },
  { LENS_PACKET_DESTINATION_PORT, "destination port" },
  { LENS_PACKET_PAYLOAD, "payload" },
  { LENS_PACKET_WIRE, "wire length" },
  { LENS_PACKET_INTER_ARRIVAL, "inter-arrival" },
  { LENS_PACKET_BURST, "burst" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns) == LENS_N_PACKET_COLUMNS);

static LensAnalysis *
open_capture (const char *path, GError **error)
{
  const LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, error);

  return capture != NULL ? lens_analysis_new (capture, everything, &rule, NULL, error) : NULL;
}

static double
get_ms_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000;
}

static void
print_step (const char *name, double ms, double open_ms)
{
  g_print ("  %-28s %9.1f ms  %6.3f x\n", name, ms, ms / open_ms);
}

int
main (int argc, char **argv)
{
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensPacketList) list = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();
  double open_ms;

  if (argc != 2)
    {
      g_printerr ("usage: bench-sort FILE\n");
      return 2;
    }
  /* Once before, so that the file is in memory. */
  analysis = open_capture (argv[1], &error);
  g_clear_pointer (&analysis, lens_analysis_unref);
  if (error == NULL)
    {
      start_us = g_get_monotonic_time ();
      analysis = open_capture (argv[1], &error);
    }
  open_ms = get_ms_since (start_us);
  start_us = g_get_monotonic_time ();
  if (analysis != NULL)
    list = lens_packet_list_new (analysis, NULL, NULL, &error);
  if (list == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%s: %" G_GSIZE_FORMAT " packets\n", argv[1], lens_packet_list_get_n (list));
  print_step ("open (load + analysis)", open_ms, open_ms);
  print_step ("list", get_ms_since (start_us), open_ms);
  start_us = g_get_monotonic_time ();
  if (!lens_packet_list_work_out (list, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  print_step ("inter-arrival and bursts", get_ms_since (start_us), open_ms);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (LensPacketOrder) order = NULL;

      start_us = g_get_monotonic_time ();
      order = lens_packet_order_new (list, columns[i].column, NULL, &error);
      if (order == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      print_step (columns[i].name, get_ms_since (start_us), open_ms);
    }
  return 0;
}
