/* The table of packets as CSV: its text, letter for letter; its rows in every order, cell for cell; and what is left of a file when it can't be
 * written. */
#include "lens-error.h"
#include "lens-packet-csv.h"
#include "test-folder.h"
#include "test-tables.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define N_TITLES 14
#define N_PACKETS 6000

static const char shown_titles[]
    = "No.,Time (UTC),Since start (s),Since previous (s),Source,Destination,Protocol,From port,To port,"
      "Payload (bytes),Wire length (bytes),Inter-arrival (s),Burst,";

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lens-packet-csv-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "packets.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  test_folder_remove (fixture->folder);
  g_free (fixture->path);
}

static LensPacketOrder *
order_by (LensAnalysis *analysis, LensPacketColumn column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketList) list = lens_packet_list_new (analysis, NULL, NULL, &error);
  LensPacketOrder *order;

  g_assert_no_error (error);
  order = lens_packet_order_new (list, column, NULL, &error);
  g_assert_no_error (error);
  return order;
}

static char *
read_file (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (fixture->path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
write_csv (const Fixture *fixture, LensPacketOrder *order, gboolean is_descending)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lens_packet_csv_write (order, is_descending, fixture->path, NULL, NULL, &error));
  g_assert_no_error (error);
  return read_file (fixture);
}

static guint
count_files (const Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static const TestPacket few[] = {
  { 1500000000123456789, "192.0.2.1", "2001:db8::1", LENS_LAYER_UDP, 53, 65535, 1200 },
  { 1500000000123457789, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 },
  { 1500000001000000000, "192.0.2.1", "2001:db8::1", LENS_LAYER_UDP, 53, 65535, 0 },
  { 1500000001000000001, "192.0.2.1", "2001:db8::1", LENS_LAYER_ICMP, 0, 0, 8 },
};

/* Nothing of the capture's name is taken for a formula, and its comma and quotes end no field. */
static void
test_text (Fixture *fixture, gconstpointer user_data)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  LensBurstRule rule = { .gap_ns = 1000000000, .size_bytes = 0 };
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensPacketOrder) order = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = lens_burst_rule_describe (&rule);
  g_autofree char *expected = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (few); i++)
    test_append (builder, &few[i]);
  capture = lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "/x/=1+\"2\",3.pcap");
  analysis = test_analyse (capture, NULL, &rule);
  order = order_by (analysis, LENS_PACKET_TIME);
  text = write_csv (fixture, order, FALSE);
  g_assert_null (strchr (words, '"'));
  expected = g_strconcat (
      shown_titles,
      "\"Shown: =1+\"\"2\"\",3.pcap · 4 of 4 packets, 100.0 % · 2017-07-14T02:40:00.123456789Z to "
      "2017-07-14T02:40:01.000000001Z · ",
      words,
      "\"\r\n"
      "1,2017-07-14T02:40:00.123456789Z,0.000000000,,192.0.2.1,2001:db8::1,UDP,53,65535,1200,1254,,1,\r\n"
      "2,2017-07-14T02:40:00.123457789Z,0.000001000,0.000001000,,,not IP,,,0,54,,,\r\n"
      "3,2017-07-14T02:40:01.000000000Z,0.876543211,0.876542211,192.0.2.1,2001:db8::1,UDP,53,65535,0,54,"
      "0.876543211,1,\r\n"
      "4,2017-07-14T02:40:01.000000001Z,0.876543212,0.000000001,192.0.2.1,2001:db8::1,ICMP,,,8,62,"
      "0.000000001,1,\r\n",
      NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* Times from one end of what there can be to the other, before 1970 and in between. */
static void
test_times (Fixture *fixture, gconstpointer user_data)
{
  static const gint64 times[] = { G_MININT64 + 1, -1500000000, -1, 0, 999999999, G_MAXINT64 };
  static const char *const expected[][3] = {
    { "1677-09-21T00:12:43.145224193Z", "0.000000000", "" },
    { "1969-12-31T23:59:58.500000000Z", "9223372035.354775807", "9223372035.354775807" },
    { "1969-12-31T23:59:59.999999999Z", "9223372036.854775806", "1.499999999" },
    { "1970-01-01T00:00:00.000000000Z", "9223372036.854775807", "0.000000001" },
    { "1970-01-01T00:00:00.999999999Z", "9223372037.854775806", "0.999999999" },
    { "2262-04-11T23:47:16.854775807Z", "18446744073.709551614", "9223372035.854775808" },
  };
  TestPacket packets[G_N_ELEMENTS (times)] = { 0 };
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensPacketOrder) order = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    packets[i] = (TestPacket){ .time_ns = times[i], .layer = LENS_LAYER_NOT_IP };
  capture = test_capture_new (packets, G_N_ELEMENTS (packets));
  analysis = test_analyse (capture, NULL, NULL);
  order = order_by (analysis, LENS_PACKET_NUMBER);
  text = write_csv (fixture, order, FALSE);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (times) + 2);
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);

      for (gsize column = 0; column < 3; column++)
        g_assert_cmpstr (cells[1 + column], ==, expected[i][column]);
    }
}

/* The first second of 1970 is one like the others. */
static void
test_the_first_second (Fixture *fixture, gconstpointer user_data)
{
  static const TestPacket packet = { .time_ns = 5, .layer = LENS_LAYER_NOT_IP };
  g_autoptr (LensCapture) capture = test_capture_new (&packet, 1);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensPacketOrder) order = order_by (analysis, LENS_PACKET_NUMBER);
  g_autofree char *text = write_csv (fixture, order, FALSE);

  g_assert_nonnull (
      strstr (text, "\r\n1,1970-01-01T00:00:00.000000005Z,0.000000000,,,,not IP,,,0,54,,,\r\n"));
}

static LensCapture *
make_random_capture (void)
{
  static const char *const addresses[] = { "192.0.2.1", "192.0.2.10", "2001:db8::1", "10.0.0.1" };
  g_autofree TestPacket *packets = g_new0 (TestPacket, N_PACKETS);
  gint64 time_ns = 1000000000;

  for (gsize i = 0; i < N_PACKETS; i++)
    {
      gboolean is_ipv6 = g_test_rand_int_range (0, 4) == 0;

      time_ns += (gint64) g_test_rand_int_range (0, 4) * 100000000;
      packets[i].time_ns = time_ns;
      packets[i].layer = (LensLayer) g_test_rand_int_range (LENS_LAYER_NOT_IP, LENS_LAYER_OTHER_IP + 1);
      packets[i].payload_bytes = (guint32) g_test_rand_int_range (0, 6) * 300;
      if (packets[i].layer == LENS_LAYER_NOT_IP)
        continue;
      packets[i].source = is_ipv6 ? addresses[2] : addresses[g_test_rand_int_range (0, 2)];
      packets[i].destination = is_ipv6 ? addresses[2] : addresses[3];
      packets[i].source_port = (guint16) g_test_rand_int_range (0, 3);
      packets[i].destination_port = (guint16) g_test_rand_int_range (65533, 65536);
    }
  return test_capture_new (packets, N_PACKETS);
}

/* A row's cells are those of the packet that the order has there. */
static void
check_row (LensPacketOrder *order, gsize place, const char *line)
{
  LensPacketList *list = lens_packet_order_get_list (order);
  const LensPacketTable *table = lens_packet_list_get_table (list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  gsize row = lens_packet_list_get_row (list, place);
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, lens_packet_table_get_number (table, row));
  g_autofree char *payload = g_strdup_printf ("%u", columns.payload_bytes[row]);
  g_autofree char *burst = g_strdup_printf ("%u", lens_packet_list_get_burst (list, place));
  gint64 inter_arrival_ns = lens_packet_list_get_inter_arrival (list, place);
  g_autofree char *inter_arrival
      = g_strdup_printf ("%.9f", (double) MAX (inter_arrival_ns, 0) / 1e9); /* whole tenths of seconds */

  g_assert_cmpuint (g_strv_length (cells), ==, N_TITLES);
  g_assert_cmpstr (cells[0], ==, number);
  g_assert_cmpstr (cells[9], ==, payload);
  g_assert_cmpstr (cells[11], ==, inter_arrival_ns == LENS_PACKET_LIST_NO_TIME ? "" : inter_arrival);
  g_assert_cmpstr (cells[12], ==, g_str_equal (burst, "0") ? "" : burst);
}

/* All that pass, and no others, either way round; more than is written at once. */
static void
test_orders (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LensCapture) capture = make_random_capture ();
  LensFilterTerm term = lens_filter_term_protocol (17);
  g_autoptr (LensAnalysis) all = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) udp = test_analyse (capture, &term, NULL);

  for (guint column = 0; column < LENS_N_PACKET_COLUMNS; column++)
    for (guint variant = 0; variant < 4; variant++)
      {
        gboolean is_descending = variant % 2 == 1;
        g_autoptr (LensPacketOrder) order = order_by (variant < 2 ? all : udp, (LensPacketColumn) column);
        gsize n = lens_packet_list_get_n (lens_packet_order_get_list (order));
        g_autofree char *text = write_csv (fixture, order, is_descending);
        g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

        g_assert_true (g_str_has_prefix (lines[0], shown_titles));
        g_assert_cmpuint (g_strv_length (lines), ==, n + 2);
        g_assert_true (variant < 2 ? n == N_PACKETS : n > 0 && n < N_PACKETS);
        for (gsize i = 0; i < n; i++)
          check_row (order, lens_packet_order_get_place (order, is_descending ? n - 1 - i : i), lines[i + 1]);
      }
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The order, where there is none yet, is worked out first; progress ends with all. */
static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  *(LensProgressReport *) user_data = *report;
}

static void
test_async (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LensCapture) capture = make_random_capture ();
  LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, &rule);
  g_autoptr (LensPacketOrder) order = order_by (analysis, LENS_PACKET_SOURCE);
  LensPacketCsvContent content
      = { .analysis = analysis, .rule = rule, .column = LENS_PACKET_SOURCE, .is_descending = TRUE };
  LensProgressReport last = { 0 };
  g_autoptr (LensProgress) progress = lens_progress_new (progress_cb, &last, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = write_csv (fixture, order, TRUE);
  g_autofree char *text = NULL;

  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  lens_packet_csv_write_async (&content, fixture->path, progress, NULL, done_cb, &result);
  while (result == NULL || last.packets < N_PACKETS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (lens_packet_csv_write_finish (result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (last.packets, ==, N_PACKETS);
  g_assert_cmpfloat (last.fraction, ==, 1);
  text = read_file (fixture);
  g_assert_cmpstr (text, ==, expected);
  lens_progress_stop (progress);
}

/* Cancelled or impossible, the file of before is there, and nothing else. */
static void
test_failures (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LensCapture) capture = make_random_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensPacketOrder) order = order_by (analysis, LENS_PACKET_TIME);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no such folder", "packets.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  /* That would see it, too. */
  g_assert_true (lens_packet_list_work_out (lens_packet_order_get_list (order), NULL, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (lens_packet_csv_write (order, FALSE, fixture->path, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (lens_packet_csv_write (order, FALSE, nowhere, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "no such folder"));
  g_clear_error (&error);
  g_assert_false (lens_packet_csv_write (order, FALSE, "/dev/full", NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "free some space"));
  text = read_file (fixture);
  g_assert_cmpstr (text, ==, "before");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/packet-csv/text", Fixture, NULL, set_up, test_text, tear_down);
  g_test_add ("/packet-csv/times", Fixture, NULL, set_up, test_times, tear_down);
  g_test_add ("/packet-csv/the-first-second", Fixture, NULL, set_up, test_the_first_second, tear_down);
  g_test_add ("/packet-csv/orders", Fixture, NULL, set_up, test_orders, tear_down);
  g_test_add ("/packet-csv/async", Fixture, NULL, set_up, test_async, tear_down);
  g_test_add ("/packet-csv/failures", Fixture, NULL, set_up, test_failures, tear_down);
  return g_test_run ();
}
