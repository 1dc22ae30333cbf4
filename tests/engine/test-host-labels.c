/* Hosts by the names that a capture has for them: labels, charts, graph. */
#include "lens-chart.h"
#include "lens-graph-picture.h"
#include "lens-host-graph.h"
#include "lens-host-labels.h"
#include "lens-host-search.h"
#include "lens-pdf.h"
#include "test-tables.h"

#include <glib/gstdio.h>
#include <string.h>

static const TestPacket packets[] = {
  { 1, "192.0.2.1", "192.0.2.7", LENS_LAYER_UDP, 1000, 53, 400 },
  { 2, "192.0.2.1", "192.0.2.8", LENS_LAYER_UDP, 1000, 53, 300 },
  { 3, "192.0.2.1", "2001:db8::9", LENS_LAYER_UDP, 1000, 53, 200 },
  { 4, "192.0.2.1", "192.0.2.10", LENS_LAYER_UDP, 1000, 53, 100 },
};

typedef struct
{
  const char *address;
  const char *name;
} TestName;

static LensCapture *
new_capture_of (const TestPacket *rows, gsize n_rows, const TestName *names, gsize n_names)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);
  LensCaptureFile *file = lens_capture_file_new ("named.pcapng");

  file->info = lens_capture_info_new ();
  for (gsize i = 0; i < n_names; i++)
    {
      LensAddress address = test_address (names[i].address);

      lens_capture_info_add_name (file->info, &address, (const guint8 *) names[i].name,
                                  strlen (names[i].name));
    }
  for (gsize i = 0; i < n_rows; i++)
    test_append (builder, &rows[i]);
  g_ptr_array_add (files, file);
  return lens_capture_new (lens_packet_table_builder_freeze (builder), files, FALSE);
}

static LensCapture *
new_capture (const TestName *names, gsize n_names)
{
  return new_capture_of (packets, G_N_ELEMENTS (packets), names, n_names);
}

static void
test_labels (void)
{
  static const struct
  {
    const char *name;  /* of 192.0.2.7 */
    const char *label; /* "192.0.2.7" where the name is not to be shown */
  } rows[] = {
    { "printer.example", "printer.example" },
    { "Bob’s telephone", "Bob’s telephone" },
    { "#1 <b>&amp;", "#1 <b>&amp;" },
    { "  padded ", "padded" },
    { "12345678901234567890123456789012345", "1234567890123456789012345678901…" },
    /* What could be taken for another host. */
    { "8.8.8.8", "192.0.2.7" },
    { "8.8.8.8.", "192.0.2.7" },
    { "8.8.8.8 ", "192.0.2.7" },
    { "2001:db8::1", "192.0.2.7" },
    { "[2001:db8::1]", "192.0.2.7" },
    { "10.0.0.1/8", "192.0.2.7" },
    { "printer (192.0.2.8)", "192.0.2.7" },
    { "2001:db8:…:5678", "192.0.2.7" },
    { "2001:db8:...:5678", "192.0.2.7" },
    /* Nothing to see. */
    { "", "192.0.2.7" },
    { "   ", "192.0.2.7" },
    { "evil\nname", "evil␊name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TestName name = { "192.0.2.7", rows[i].name };
      g_autoptr (LensCapture) capture = new_capture (&name, 1);
      const LensAddress addresses[]
          = { test_address ("192.0.2.1"), { .version = 0 }, test_address ("192.0.2.7") };
      g_auto (GStrv) labels = lens_host_labels_new (capture, addresses, G_N_ELEMENTS (addresses));

      g_test_message ("“%s”", rows[i].name);
      g_assert_true (lens_host_labels_are_known (capture));
      g_assert_cmpuint (g_strv_length (labels), ==, 3);
      g_assert_cmpstr (labels[0], ==, "192.0.2.1");
      g_assert_cmpstr (labels[1], ==, "");
      g_assert_cmpstr (labels[2], ==, rows[i].label);
    }
}

/* Hosts of one name are told apart. */
static void
test_same_name (void)
{
  static const TestName names[]
      = { { "192.0.2.7", "box" }, { "2001:db8::9", "box" }, { "192.0.2.8", "other" } };
  g_autoptr (LensCapture) capture = new_capture (names, G_N_ELEMENTS (names));
  const LensAddress addresses[]
      = { test_address ("192.0.2.7"), test_address ("192.0.2.8"), test_address ("2001:db8::9") };
  g_auto (GStrv) labels = lens_host_labels_new (capture, addresses, G_N_ELEMENTS (addresses));
  g_auto (GStrv) alone = lens_host_labels_new (capture, addresses, 1);
  g_auto (GStrv) none = lens_host_labels_new (capture, NULL, 0);

  g_assert_cmpstr (labels[0], ==, "box (192.0.2.7)");
  g_assert_cmpstr (labels[1], ==, "other");
  g_assert_cmpstr (labels[2], ==, "box (2001:db8::9)");
  g_assert_cmpstr (alone[0], ==, "box");
  g_assert_null (none[0]);
}

static void
test_no_names (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (packets, G_N_ELEMENTS (packets));
  const LensAddress address = test_address ("192.0.2.7");
  g_auto (GStrv) labels = lens_host_labels_new (capture, &address, 1);

  g_assert_false (lens_host_labels_are_known (capture));
  g_assert_cmpstr (labels[0], ==, "192.0.2.7");
}

static const LensChartBar *
find_bar (const LensChartData *data, const char *label)
{
  for (guint i = 0; i < data->bars->len; i++)
    if (g_str_equal (g_array_index (data->bars, LensChartBar, i).label, label))
      return &g_array_index (data->bars, LensChartBar, i);
  return NULL;
}

/* The bar is called by name; what it filters by, and how much it is, stays. */
static void
test_charts (void)
{
  static const TestName names[] = { { "192.0.2.7", "#1 printer ##" } };
  g_autoptr (LensCapture) capture = new_capture (names, G_N_ELEMENTS (names));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) bars = lens_charts_find ("payload-by-destination")->build (analysis);
  g_autoptr (LensChartData) series = lens_charts_find ("top-source-over-time")->build (analysis);
  const LensAddress address = test_address ("192.0.2.7");
  const LensChartSeries *first;
  const LensChartBar *bar;

  g_assert_nonnull (find_bar (bars, "192.0.2.7"));
  lens_chart_data_name_hosts (bars, capture);
  g_assert_null (find_bar (bars, "192.0.2.7"));
  bar = find_bar (bars, "#1 printer ##");
  g_assert_nonnull (bar);
  g_assert_cmpstr (bar->address, ==, "192.0.2.7");
  g_assert_cmpuint (bar->value, ==, 400);
  g_assert_true (lens_address_equal (&bar->term.address, &address));
  g_assert_null (find_bar (bars, "192.0.2.8")->address);

  lens_chart_data_name_hosts (series, capture);
  first = &g_array_index (series->series, LensChartSeries, 0);
  g_assert_cmpstr (first->label, ==, "#1 printer ##");
  g_assert_cmpstr (first->address, ==, "192.0.2.7");
}

static char *
pdf_text (GBytes *pdf)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int fd = g_file_open_tmp ("lens-XXXXXX.pdf", &path, &error);
  const char *arguments[] = { "pdftotext", "-layout", path, "-", NULL };

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);
  return text;
}

/* What is an escape to PLplot is a character to people. */
static void
test_drawn (void)
{
  static const TestName names[] = { { "192.0.2.7", "#g#u##<0xf0>%n" } };
  g_autoptr (LensCapture) capture = new_capture (names, G_N_ELEMENTS (names));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) bars = lens_charts_find ("payload-by-destination")->build (analysis);
  g_autoptr (LensPdf) pdf = lens_pdf_new ("names");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  lens_chart_data_name_hosts (bars, capture);
  lens_pdf_add_chart (pdf, bars);
  bytes = lens_pdf_finish (pdf, &error);
  g_assert_no_error (error);
  text = pdf_text (bytes);
  g_assert_nonnull (strstr (text, "#g#u##<0xf0>%n"));
}

static gsize
find_host (const LensHostGraph *graph, const char *address_text)
{
  const LensAddress address = test_address (address_text);
  gsize node;

  g_assert_true (lens_host_graph_has_own_node (graph, &address, &node));
  return node;
}

static char *
describe_host (const LensHostGraph *graph, const char *address_text)
{
  return lens_host_graph_describe_node (graph, find_host (graph, address_text));
}

static void
test_graph (void)
{
  static const TestName names[] = { { "192.0.2.7", "printer" } };
  g_autoptr (LensCapture) capture = new_capture (names, G_N_ELEMENTS (names));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) named = lens_host_graph_new (analysis, &options);
  g_autoptr (LensHostGraph) unnamed = NULL;
  g_autofree char *name = describe_host (named, "192.0.2.7");
  g_autofree char *other = describe_host (named, "192.0.2.8");
  g_autofree char *address = NULL;

  g_assert_cmpstr (name, ==, "printer");
  g_assert_cmpstr (other, ==, "192.0.2.8");
  options.show_names = FALSE;
  unnamed = lens_host_graph_new (analysis, &options);
  address = describe_host (unnamed, "192.0.2.7");
  g_assert_cmpstr (address, ==, "192.0.2.7");
}

/* @expected: addresses with a space between. */
static void
assert_found (const LensHostSearch *search, const char *text, const char *expected)
{
  g_autoptr (GArray) found = lens_host_search_find (search, text);
  GString *addresses = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      char address[LENS_ADDRESS_TEXT_SIZE];

      g_string_append_printf (addresses, "%s%s", i > 0 ? " " : "",
                              lens_address_format (&g_array_index (found, LensAddress, i), address));
    }
  g_assert_cmpstr (addresses->str, ==, expected);
  g_string_free (addresses, TRUE);
}

/* .1 has most payload, then .7, .8, 2001:db8::9 and .10. */
static void
test_search (void)
{
  static const TestName names[] = { { "192.0.2.7", "Printer in the Hall" } };
  g_autoptr (LensCapture) capture = new_capture (names, G_N_ELEMENTS (names));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensHostSearch) search = lens_host_search_new (analysis);

  assert_found (search, "", "");
  assert_found (search, "  ", "");
  assert_found (search, "192.0.2", "192.0.2.1 192.0.2.7 192.0.2.8 192.0.2.10");
  assert_found (search, "192.0.2.1", "192.0.2.1 192.0.2.10");
  assert_found (search, "192.0.2.10", "192.0.2.10");
  assert_found (search, "2.1", "192.0.2.1 192.0.2.10");
  assert_found (search, ".8", "192.0.2.8");
  assert_found (search, "8::9", "2001:db8::9");
  assert_found (search, "2",
                "2001:db8::9 192.0.2.1 192.0.2.7 192.0.2.8 192.0.2.10"); /* first what begins with it */
  assert_found (search, "2.1.", "");
  assert_found (search, "2001:DB8", "2001:db8::9");
  assert_found (search, "2001:db8:0:0::9", "2001:db8::9");
  assert_found (search, "192.0.2.8/29", "192.0.2.8 192.0.2.10");
  assert_found (search, "192.0.2.0/33", "");
  assert_found (search, "2001:db8::/32", "2001:db8::9");
  assert_found (search, " in the HALL ", "192.0.2.7");
  assert_found (search, "192.0.2.7", "192.0.2.7"); /* by its address too */
}

/* Where there are more than a few hosts, long addresses are shortened; names, short addresses and groups are not. */
static void
test_graph_in_short (void)
{
  static const TestPacket rows[] = {
    { 1, "192.0.2.1", "2001:db8:1234:5678:9abc:def0:1:7", LENS_LAYER_UDP, 1000, 53, 400 },
    { 2, "192.0.2.1", "2001:db8:1234:5678:9abc:def0:1:8", LENS_LAYER_UDP, 1000, 53, 300 },
    { 3, "192.0.2.1", "2001:db8::9", LENS_LAYER_UDP, 1000, 53, 200 },
    { 4, "192.0.2.1", "192.0.2.100", LENS_LAYER_UDP, 1000, 53, 100 },
  };
  static const TestName names[] = { { "2001:db8:1234:5678:9abc:def0:1:8", "a-printer-with-a-long-name" } };
  static const struct
  {
    const char *address;
    const char *text;
  } expected[] = {
    { "192.0.2.1", "192.0.2.1" },
    { "192.0.2.100", "192.0.2.100" },
    { "2001:db8::9", "2001:db8::9" },
    { "2001:db8:1234:5678:9abc:def0:1:7", "2001:db8:…:7" },
    { "2001:db8:1234:5678:9abc:def0:1:8", "a-printer-with-a-long-name" },
  };
  g_autoptr (LensCapture) capture = new_capture_of (rows, G_N_ELEMENTS (rows), names, G_N_ELEMENTS (names));
  g_autoptr (LensCapture) small = new_capture_of (rows, G_N_ELEMENTS (rows) - 1, names, G_N_ELEMENTS (names));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) small_analysis = test_analyse (small, NULL, NULL);
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;
  g_autoptr (LensHostGraph) roomy = NULL;
  g_autoptr (LensHostGraph) grouped = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *in_roomy = NULL;
  LensGraphStyle style = lens_graph_style_light ();
  g_autofree LensSize *sizes = NULL;
  g_autofree char *group = NULL;

  options.show_names = TRUE;
  graph = lens_host_graph_new (analysis, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text
          = lens_host_graph_describe_node_in_short (graph, find_host (graph, expected[i].address));

      g_assert_cmpstr (text, ==, expected[i].text);
    }
  whole = describe_host (graph, expected[3].address);
  g_assert_cmpstr (whole, ==, expected[3].address);

  /* On paper it is whole, on two lines, and nothing else is. */
  sizes = lens_graph_picture_measure_nodes (graph, &style);
  for (gsize i = 0; i + 1 < G_N_ELEMENTS (expected); i++)
    g_assert_true ((sizes[find_host (graph, expected[i].address)].height
                    > 1.3 * sizes[find_host (graph, expected[4].address)].height)
                   == (i == 3));

  roomy = lens_host_graph_new (small_analysis, &options);
  in_roomy = lens_host_graph_describe_node_in_short (roomy, find_host (roomy, expected[3].address));
  g_assert_cmpstr (in_roomy, ==, expected[3].address);

  options.group_bits = 32;
  grouped = lens_host_graph_new (analysis, &options);
  group = lens_host_graph_describe_node_in_short (grouped, 1);
  g_assert_cmpstr (group, ==, "2001:db8:1234:5678::/64 · 2 hosts");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-labels/labels", test_labels);
  g_test_add_func ("/host-labels/same-name", test_same_name);
  g_test_add_func ("/host-labels/no-names", test_no_names);
  g_test_add_func ("/host-labels/charts", test_charts);
  g_test_add_func ("/host-labels/search", test_search);
  g_test_add_func ("/host-labels/drawn", test_drawn);
  g_test_add_func ("/host-labels/graph", test_graph);
  g_test_add_func ("/host-labels/graph-in-short", test_graph_in_short);
  return g_test_run ();
}
