#include "lens-analysis.h"
#include "lens-error.h"
#include "lens-loader-growth.h"
#include "lens-loader.h"
#include "lens-stream.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>

/* More than the shortest pause of a growth, less than that of one that took a second to make. */
#define PAUSE_US (G_USEC_PER_SEC * 3 / 5)

static char *
captures_path (const char *name)
{
  const char *folder = g_getenv ("LENS_TEST_CAPTURES");

  g_assert_nonnull (folder);
  return g_build_filename (folder, name, NULL);
}

static JsonNode *
load_expected (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = captures_path ("ring-expected.json");
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static LensAnalysis *
analyse_ring (guint32 size_bytes)
{
  g_autofree char *path = captures_path ("ring.pcap");
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, &error);
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  LensBurstRule rule = lens_burst_rule_default ();
  LensAnalysis *analysis;

  g_assert_no_error (error);
  g_assert_null (lens_capture_get_damage (capture));
  if (size_bytes > 0)
    {
      rule.is_size_from_mean = FALSE;
      rule.size_bytes = size_bytes;
    }
  analysis = lens_analysis_new (capture, everything, &rule, NULL, &error);
  g_assert_no_error (error);
  return analysis;
}

static void
test_ring_counts (void)
{
  g_autoptr (JsonNode) root = load_expected ();
  JsonObject *expected = json_object_get_object_member (json_node_get_object (root), "packets");
  g_autoptr (LensAnalysis) analysis = analyse_ring (0);
  const LensLayerCounts *layers = lens_analysis_get_layers (analysis);

  g_assert_cmpint ((gint64) layers->all, ==, json_object_get_int_member (expected, "all"));
  g_assert_cmpint ((gint64) layers->ip, ==, json_object_get_int_member (expected, "ip"));
  g_assert_cmpint ((gint64) layers->tcp, ==, json_object_get_int_member (expected, "tcp"));
  g_assert_cmpint ((gint64) layers->udp, ==, json_object_get_int_member (expected, "udp"));
  g_assert_cmpint ((gint64) layers->not_ip, ==, json_object_get_int_member (expected, "not_ip"));
  g_assert_cmpuint (lens_analysis_get_top_stream (analysis)->rule.size_bytes, ==, 418);
}

static void
test_ring_connections (void)
{
  g_autoptr (JsonNode) root = load_expected ();
  JsonArray *expected = json_object_get_array_member (json_node_get_object (root), "connections");
  g_autoptr (LensAnalysis) analysis = analyse_ring (0);
  gsize n;
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n);

  g_assert_cmpuint (n, ==, json_array_get_length (expected));
  for (guint i = 0; i < n; i++)
    {
      JsonObject *row = json_array_get_object_element (expected, i);
      gboolean is_found = FALSE;

      for (gsize j = 0; j < n && !is_found; j++)
        {
          char source[LENS_ADDRESS_TEXT_SIZE];
          char destination[LENS_ADDRESS_TEXT_SIZE];

          lens_address_format (connections[j].source, source);
          lens_address_format (connections[j].destination, destination);
          if (!g_str_equal (source, json_object_get_string_member (row, "src"))
              || !g_str_equal (destination, json_object_get_string_member (row, "dst")))
            continue;
          is_found = TRUE;
          g_assert_cmpint ((gint64) connections[j].packets, ==, json_object_get_int_member (row, "packets"));
        }
      g_assert_true (is_found);
    }
}

/* @expected lists every address on that side, also with no payload at all. */
static void
check_addresses (JsonObject *expected, LensAnalysis *analysis, gboolean is_source)
{
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);
  guint n_seen = 0;

  for (gsize i = 0; i < n_hosts; i++)
    {
      char address[LENS_ADDRESS_TEXT_SIZE];

      lens_address_format (&hosts[i].address, address);
      if ((is_source ? hosts[i].sent_packets : hosts[i].received_packets) == 0)
        continue;
      n_seen++;
      g_assert_true (json_object_has_member (expected, address));
      g_assert_cmpint ((gint64) (is_source ? hosts[i].sent_payload_bytes : hosts[i].received_payload_bytes),
                       ==, json_object_get_int_member (expected, address));
    }
  g_assert_cmpuint (n_seen, ==, json_object_get_size (expected));
}

static void
test_ring_addresses (void)
{
  g_autoptr (JsonNode) root = load_expected ();
  JsonObject *expected = json_node_get_object (root);
  g_autoptr (LensAnalysis) analysis = analyse_ring (0);

  check_addresses (json_object_get_object_member (expected, "payload_by_source"), analysis, TRUE);
  check_addresses (json_object_get_object_member (expected, "payload_by_destination"), analysis, FALSE);
}

static void
test_ring_ports (void)
{
  static const char *const names[LENS_N_PORTS]
      = { "tcp_payload_by_source_port", "tcp_payload_by_destination_port", "udp_payload_by_source_port",
          "udp_payload_by_destination_port" };
  g_autoptr (JsonNode) root = load_expected ();
  g_autoptr (LensAnalysis) analysis = analyse_ring (0);

  for (LensPortsKind kind = 0; kind < LENS_N_PORTS; kind++)
    {
      JsonObject *expected = json_object_get_object_member (json_node_get_object (root), names[kind]);
      gsize n;
      const LensPortTotals *ports = lens_analysis_get_ports (analysis, kind, &n);

      g_assert_cmpuint (n, ==, json_object_get_size (expected));
      for (gsize i = 0; i < n; i++)
        {
          g_autofree char *port = g_strdup_printf ("%u", ports[i].port);

          g_assert_true (json_object_has_member (expected, port));
          g_assert_cmpint ((gint64) ports[i].payload_bytes, ==, json_object_get_int_member (expected, port));
          if (i > 0)
            g_assert_cmpuint (ports[i].payload_bytes, <=, ports[i - 1].payload_bytes);
        }
    }
}

static void
check_ring_bursts (const LensStream *stream)
{
  g_autoptr (JsonNode) root = load_expected ();
  JsonArray *expected = json_object_get_array_member (json_node_get_object (root), "bursts");

  g_assert_cmpuint (stream->packets, ==, 5844);
  g_assert_cmpuint (stream->n_bursts, ==, json_array_get_length (expected));
  for (guint i = 0; i < stream->n_bursts; i++)
    {
      JsonObject *row = json_array_get_object_element (expected, i);
      const LensBurst *burst = &stream->bursts[i];

      g_assert_cmpint ((gint64) burst->first_packet, ==, json_object_get_int_member (row, "first_packet"));
      g_assert_cmpint ((gint64) burst->last_packet, ==, json_object_get_int_member (row, "last_packet"));
      g_assert_cmpint ((gint64) lens_burst_get_n_packets (burst), ==,
                       json_object_get_int_member (row, "packets"));
      g_assert_cmpint (burst->first_ns, ==, json_object_get_int_member (row, "start_us") * 1000);
      g_assert_cmpint (burst->last_ns, ==, json_object_get_int_member (row, "end_us") * 1000);
      g_assert_cmpint ((gint64) burst->payload_bytes, ==, json_object_get_int_member (row, "bytes"));
    }
}

static void
test_ring_bursts (void)
{
  g_autoptr (LensAnalysis) analysis = analyse_ring (417);
  const LensStream *stream = lens_analysis_get_top_stream (analysis);
  char destination[LENS_ADDRESS_TEXT_SIZE];

  g_assert_cmpstr (lens_address_format (&stream->destination, destination), ==, "18.197.187.162");
  check_ring_bursts (stream);
}

/* The published bursts also where the stream is looked at by itself, from an analysis that was made with another rule. */
static void
test_ring_bursts_of_a_stream (void)
{
  g_autoptr (LensAnalysis) analysis = analyse_ring (0);
  const LensStream *top = lens_analysis_get_top_stream (analysis);
  LensBurstRule published = { .gap_ns = LENS_BURST_DEFAULT_GAP_NS, .size_bytes = 417 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LensStream) stream
      = lens_stream_new (analysis, &top->source, &top->destination, NULL, &published, NULL, &error);
  g_autoptr (LensBurstLanes) lanes = lens_burst_lanes_new (analysis, &top->source, &published, NULL, &error);

  g_assert_no_error (error);
  check_ring_bursts (stream);
  check_ring_bursts (&lanes->lanes[0]);
  g_assert_cmpuint (top->rule.size_bytes, ==, 418);
}

/* Each stream by itself is what an analysis of its packets alone has as its top stream. */
static void
test_ring_every_stream (void)
{
  g_autoptr (LensAnalysis) analysis = analyse_ring (0);
  LensCapture *capture = lens_analysis_get_capture (analysis);
  const LensBurstRule *rule = lens_analysis_get_burst_rule (analysis);
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  gsize n;
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n);

  g_assert_cmpuint (n, ==, 15);
  for (gsize i = 0; i < n; i++)
    {
      const LensConnectionTotals *one = &connections[i];
      LensFilterTerm term = lens_filter_term_connection (one->source, one->destination);
      g_autoptr (LensFilter) filter = lens_filter_with_term (everything, &term);
      g_autoptr (GError) error = NULL;
      g_autoptr (LensAnalysis) alone = lens_analysis_new (capture, filter, rule, NULL, &error);
      const LensStream *expected = lens_analysis_get_top_stream (alone);
      g_autoptr (LensStream) stream
          = lens_stream_new (analysis, one->source, one->destination, NULL, rule, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (stream->packets, ==, one->packets);
      g_assert_cmpuint (stream->payload_bytes, ==, one->payload_bytes);
      g_assert_cmpint (stream->first_ns, ==, expected->first_ns);
      g_assert_cmpint (stream->last_ns, ==, expected->last_ns);
      g_assert_cmpuint (stream->n_points, ==, expected->n_points);
      for (gsize j = 0; j < stream->n_points; j++)
        {
          g_assert_cmpint (stream->points[j].time_ns, ==, expected->points[j].time_ns);
          g_assert_cmpuint (stream->points[j].payload_bytes, ==, expected->points[j].payload_bytes);
        }
      g_assert_cmpmem (stream->bursts, stream->n_bursts * sizeof *stream->bursts, expected->bursts,
                       expected->n_bursts * sizeof *expected->bursts);
    }
}

/* The first @n_bytes of the ring capture in a file of their own. (transfer full), to be deleted. */
static char *
write_beginning (gsize n_bytes)
{
  g_autofree char *ring = captures_path ("ring.pcap");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("lens-load-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_get_contents (ring, &bytes, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_damaged (void)
{
  g_autofree char *path = write_beginning (100000);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lens_capture_get_n_packets (capture), ==, 387);
  g_assert_nonnull (lens_capture_get_damage (capture));
  g_assert_nonnull (strstr (lens_capture_get_damage (capture), name));
  g_assert_nonnull (strstr (lens_capture_get_damage (capture), "388"));
  g_assert_cmpstr (lens_capture_get_name (capture), ==, name);
  g_assert_cmpuint (lens_capture_get_n_files (capture), ==, 1);
  g_assert_cmpstr (lens_capture_get_file (capture, 0)->path, ==, path);
  g_unlink (path);
}

static void
test_no_packet (void)
{
  g_autofree char *only_header = write_beginning (24);
  g_autofree char *broken_first = write_beginning (30);
  g_autofree char *nothing = write_beginning (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ only_header, NULL }, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lens_capture_get_n_packets (capture), ==, 0);
  g_assert_null (lens_capture_get_damage (capture));

  g_assert_null (lens_loader_load ((const char *const[]){ broken_first, NULL }, NULL, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_READ);
  g_clear_error (&error);
  g_assert_null (lens_loader_load ((const char *const[]){ nothing, NULL }, NULL, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE);
  g_clear_error (&error);
  g_assert_null (
      lens_loader_load ((const char *const[]){ "/nonexistent/file.pcap", NULL }, NULL, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_OPEN);

  g_unlink (only_header);
  g_unlink (broken_first);
  g_unlink (nothing);
}

typedef struct
{
  GMainLoop *loop;
  LensCapture *capture;
  GError *error;
  LensProgressReport latest;
  guint n_reports;
} Waiting;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->capture = lens_loader_load_finish (result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  Waiting *waiting = user_data;

  g_assert_cmpfloat (report->fraction, >=, waiting->latest.fraction);
  g_assert_cmpuint (report->packets, >=, waiting->latest.packets);
  waiting->latest = *report;
  waiting->n_reports++;
}

static void
test_async_with_progress (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { .loop = loop };
  g_autoptr (LensProgress) progress = lens_progress_new (progress_cb, &waiting, NULL);
  g_autofree char *path = captures_path ("ring.pcap");

  lens_loader_load_async ((const char *const[]){ path, NULL }, NULL, progress, NULL, loaded_cb, &waiting);
  g_main_loop_run (loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_no_error (waiting.error);
  g_assert_cmpuint (lens_capture_get_n_packets (waiting.capture), ==, 9907);
  g_assert_cmpuint (waiting.n_reports, >, 0);
  g_assert_cmpuint (waiting.latest.packets, ==, 9907);
  g_assert_cmpfloat (waiting.latest.fraction, ==, 1.0);
  lens_capture_unref (waiting.capture);
}

static void
test_async_cancelled (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { .loop = loop };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = captures_path ("ring.pcap");

  lens_loader_load_async ((const char *const[]){ path, NULL }, NULL, NULL, cancellable, loaded_cb, &waiting);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (loop);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (waiting.capture);
  g_error_free (waiting.error);
}

typedef struct
{
  guint n;
  LensCapture *latest; /* (transfer none) */
} Delivered;

static void
delivered_cb (LensCapture *capture, gpointer user_data)
{
  Delivered *delivered = user_data;

  delivered->n++;
  delivered->latest = capture;
}

static void
deliver_waiting (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* One at a time: the next is due once the one before was taken and a pause is over; none comes after the load. */
static void
test_one_offer_at_a_time (void)
{
  g_autofree char *path = captures_path ("ring.pcap");
  const char *const paths[] = { path, NULL };
  Delivered delivered = { 0 };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_autoptr (LensLoaderGrowth) growth = lens_loader_growth_new (delivered_cb, &delivered, task);
  g_autoptr (LensCapture) first = lens_loader_load (paths, NULL, NULL, NULL, NULL);
  g_autoptr (LensCapture) last = lens_loader_load (paths, NULL, NULL, NULL, NULL);

  g_assert_true (lens_loader_growth_is_due (growth));
  lens_loader_growth_offer (growth, lens_capture_ref (first), 0);
  g_assert_false (lens_loader_growth_is_due (growth));
  g_usleep (PAUSE_US);
  g_assert_false (lens_loader_growth_is_due (growth)); /* it was not taken */
  deliver_waiting ();
  g_assert_cmpuint (delivered.n, ==, 1);
  g_assert_true (delivered.latest == first);

  g_assert_true (lens_loader_growth_is_due (growth));
  lens_loader_growth_offer (growth, lens_capture_ref (last), G_USEC_PER_SEC);
  deliver_waiting ();
  g_assert_cmpuint (delivered.n, ==, 2);
  g_assert_true (delivered.latest == last);
  g_usleep (PAUSE_US);
  g_assert_false (lens_loader_growth_is_due (growth)); /* it took a second to make */
  g_task_return_boolean (task, TRUE);
}

static void
test_no_offer_after_the_load (void)
{
  g_autofree char *path = captures_path ("ring.pcap");
  Delivered delivered = { 0 };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_autoptr (LensLoaderGrowth) growth = lens_loader_growth_new (delivered_cb, &delivered, task);
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, NULL);

  lens_loader_growth_offer (growth, lens_capture_ref (capture), 0);
  g_task_return_boolean (task, TRUE);
  deliver_waiting ();
  g_assert_cmpuint (delivered.n, ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load/ring/counts", test_ring_counts);
  g_test_add_func ("/load/ring/connections", test_ring_connections);
  g_test_add_func ("/load/ring/addresses", test_ring_addresses);
  g_test_add_func ("/load/ring/ports", test_ring_ports);
  g_test_add_func ("/load/ring/bursts", test_ring_bursts);
  g_test_add_func ("/load/ring/bursts-of-a-stream", test_ring_bursts_of_a_stream);
  g_test_add_func ("/load/ring/every-stream", test_ring_every_stream);
  g_test_add_func ("/load/damaged", test_damaged);
  g_test_add_func ("/load/no-packet", test_no_packet);
  g_test_add_func ("/load/async-with-progress", test_async_with_progress);
  g_test_add_func ("/load/async-cancelled", test_async_cancelled);
  g_test_add_func ("/load/growth/one-at-a-time", test_one_offer_at_a_time);
  g_test_add_func ("/load/growth/none-after-the-load", test_no_offer_after_the_load);
  return g_test_run ();
}
