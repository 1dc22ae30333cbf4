/* CAPTURE OUT.csv [EXPRESSION]: writes the table of packets as the window does, for what compares it with other programs. */
#include "lens-loader.h"
#include "lens-packet-csv.h"

#include <locale.h>

int
main (int argc, char *argv[])
{
  const char *const paths[] = { argc > 1 ? argv[1] : NULL, NULL };
  LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = NULL;
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensPacketList) list = NULL;
  g_autoptr (LensPacketOrder) order = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc > 3)
    {
      LensFilterTerm term = lens_filter_term_bpf (argv[3]);

      filter = lens_filter_with_term (everything, &term);
    }
  if (argc > 2)
    capture = lens_loader_load (paths, NULL, NULL, NULL, &error);
  if (capture != NULL)
    analysis = lens_analysis_new (capture, filter != NULL ? filter : everything, &rule, NULL, &error);
  if (analysis != NULL)
    list = lens_packet_list_new (analysis, NULL, NULL, &error);
  if (list != NULL)
    order = lens_packet_order_new (list, LENS_PACKET_NUMBER, NULL, &error);
  if (order != NULL && lens_packet_csv_write (order, FALSE, argv[2], NULL, NULL, &error))
    return 0;
  g_printerr ("%s\n", error != NULL ? error->message : "write-packet-csv CAPTURE OUT.csv [EXPRESSION]");
  return 1;
}
