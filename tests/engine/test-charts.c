/* Each chart of the registry, as it is built from captures. */
#include "lens-chart.h"
#include "lens-loader.h"
#include "test-charts-picture.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define MS G_GINT64_CONSTANT (1000000)

static guint64
sum_bars (const LensChartData *data)
{
  guint64 sum = 0;

  for (guint i = 0; i < data->bars->len; i++)
    sum += g_array_index (data->bars, LensChartBar, i).value;
  return sum;
}

static LensChartData *
build (const char *id, const LensAnalysis *analysis)
{
  const LensChart *chart = lens_charts_find (id);

  g_assert_nonnull (chart);
  return chart->build (analysis);
}

static void
test_registry_ids_are_unique (void)
{
  gsize n;
  const LensChart *const *charts = lens_charts_get_all (&n);

  g_assert_cmpuint (n, >=, 12);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (lens_charts_find (charts[i]->id) == charts[i]);
      g_assert_cmpuint (charts[i]->page, <, LENS_N_CHART_PAGES);
      if (i > 0)
        g_assert_cmpuint (charts[i]->page, >=, charts[i - 1]->page);
    }
  g_assert_null (lens_charts_find ("no-such-chart"));
}

static LensCapture *
load_ring (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  g_autoptr (GError) error = NULL;
  LensCapture *capture = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return capture;
}

static void
check_address_bars (const LensAnalysis *analysis)
{
  g_autoptr (LensChartData) sent = build ("payload-by-source", analysis);
  g_autoptr (LensChartData) received = build ("payload-by-destination", analysis);
  gsize n;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n);
  guint64 all_sent = 0;
  guint64 all_received = 0;

  for (gsize i = 0; i < n; i++)
    {
      all_sent += hosts[i].sent_payload_bytes;
      all_received += hosts[i].received_payload_bytes;
    }
  g_assert_cmpuint (sum_bars (sent), ==, all_sent);
  g_assert_cmpuint (sum_bars (received), ==, all_received);
}

static void
check_port_bars (const LensAnalysis *analysis)
{
  static const char *const ids[LENS_N_PORTS] = {
    [LENS_PORTS_TCP_SOURCE] = "payload-by-tcp-source-port",
    [LENS_PORTS_TCP_DESTINATION] = "payload-by-tcp-destination-port",
    [LENS_PORTS_UDP_SOURCE] = "payload-by-udp-source-port",
    [LENS_PORTS_UDP_DESTINATION] = "payload-by-udp-destination-port",
  };

  for (int kind = 0; kind < LENS_N_PORTS; kind++)
    {
      g_autoptr (LensChartData) data = build (ids[kind], analysis);
      gsize n;
      const LensPortTotals *ports = lens_analysis_get_ports (analysis, kind, &n);
      guint64 all = 0;

      for (gsize i = 0; i < n; i++)
        all += ports[i].payload_bytes;
      g_assert_cmpuint (sum_bars (data), ==, all);
      g_assert_cmpuint (data->bars->len, <=, 13);
      for (guint i = 0; i < data->bars->len && all > 0; i++)
        {
          const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);

          g_assert_true (!bar->has_term || bar->term.port == ports[i].port);
        }
    }
}

static void
check_ring_time_charts (const LensAnalysis *analysis)
{
  g_autoptr (LensChartData) source = build ("top-source-over-time", analysis);
  g_autoptr (LensChartData) tcp = build ("top-tcp-port-over-time", analysis);
  g_autoptr (LensChartData) udp = build ("top-udp-port-over-time", analysis);
  g_autoptr (LensChartData) stream = build ("top-stream-over-time", analysis);
  g_autoptr (LensChartData) bursts = build ("top-stream-bursts", analysis);
  const LensStream *top = lens_analysis_get_top_stream (analysis);
  g_autofree char *rule = lens_burst_rule_describe (&top->rule);
  LensAddress address = test_address ("192.168.24.221");
  guint64 packets = 0;

  for (guint i = 0; i < source->series->len; i++)
    packets += g_array_index (source->series, LensChartSeries, i).packets;
  g_assert_cmpuint (packets, ==, lens_analysis_find_host (analysis, &address)->sent_packets);
  g_assert_nonnull (strstr (source->title, "192.168.24.221"));
  g_assert_cmpstr (g_array_index (source->series, LensChartSeries, 0).label, ==, "18.197.187.162");
  g_assert_nonnull (strstr (tcp->title, "443"));
  g_assert_nonnull (strstr (udp->title, "51504"));
  g_assert_cmpuint (g_array_index (stream->series, LensChartSeries, 0).packets, ==, 5844);
  g_assert_cmpuint (stream->bands->len, ==, 0);
  g_assert_cmpuint (bursts->bands->len, ==, top->n_bursts);
  g_assert_cmpuint (bursts->bands->len, ==, 13);
  g_assert_nonnull (strstr (bursts->subtitle, rule));
  g_assert_nonnull (strstr (bursts->subtitle, "13 bursts"));
}

static void
test_ring (void)
{
  static const guint64 layers[] = { 9907, 9877, 9266, 610, 30 };
  g_autoptr (LensCapture) capture = load_ring ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) data = build ("packets-per-layer", analysis);

  g_assert_cmpuint (data->bars->len, ==, G_N_ELEMENTS (layers));
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    g_assert_cmpuint (g_array_index (data->bars, LensChartBar, i).value, ==, layers[i]);
  check_address_bars (analysis);
  check_port_bars (analysis);
  check_ring_time_charts (analysis);
}

static void
test_filter_is_said (void)
{
  g_autoptr (LensCapture) capture = load_ring ();
  LensAddress address = test_address ("18.197.187.162");
  LensFilterTerm term = lens_filter_term_host (&address);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &term, NULL);
  g_autofree char *words = lens_filter_term_describe (&term, LENS_TIME_WORDS_UTC);
  g_autofree char *share = lens_analysis_describe_share (analysis);
  gsize n;
  const LensChart *const *charts = lens_charts_get_all (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (LensChartData) data = charts[i]->build (analysis);

      g_assert_nonnull (strstr (data->subtitle, words));
      g_assert_nonnull (strstr (data->subtitle, share));
    }
  check_address_bars (analysis);
  check_port_bars (analysis);
}

/* Thirty sources, and one that sends nothing but headers. */
static void
test_others_are_added_up (void)
{
  TestPacket rows[31];
  char sources[31][32];
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (LensChartData) data = NULL;
  const LensChartBar *bar;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_snprintf (sources[i], sizeof sources[i], "198.51.100.%u", i);
      rows[i]
          = (TestPacket){ i * MS, sources[i], "192.0.2.1", LENS_LAYER_UDP, (guint16) (1000 + i), 53, 10 * i };
    }
  capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  analysis = test_analyse (capture, NULL, NULL);
  data = build ("payload-by-source", analysis);
  g_assert_cmpuint (data->bars->len, ==, 13);
  g_assert_cmpuint (sum_bars (data), ==, 4650);
  bar = &g_array_index (data->bars, LensChartBar, 0);
  g_assert_cmpstr (bar->label, ==, "198.51.100.30");
  g_assert_true (bar->has_term);
  g_assert_cmpint (bar->term.kind, ==, LENS_FILTER_HOST);
  bar = &g_array_index (data->bars, LensChartBar, 12);
  g_assert_cmpstr (bar->label, ==, "18 other addresses");
  g_assert_cmpuint (bar->value, ==, 1710);
  g_assert_false (bar->has_term);
  g_assert_nonnull (strstr (data->subtitle, "1 more address sent packets without payload"));
}

/* Whatever the order they come in, and how many of them have the same payload: those by address. */
static void
test_the_largest_have_bars (void)
{
  static const guint tops[] = { 1, 2, 7, 98, 99, 100, 200 };
  const guint n = 100;
  g_autofree TestPacket *rows = g_new0 (TestPacket, n);
  const LensChart *chart = lens_charts_find ("payload-by-source");
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);

  /* 37 has no divisor in common with 100: each host once. Ten of them have each payload, and the higher the address the less. */
  for (guint i = 0; i < n; i++)
    {
      guint host = i * 37 % n;

      g_ptr_array_add (sources, g_strdup_printf ("198.51.100.%u", host));
      rows[i] = (TestPacket){ i * MS, sources->pdata[i], "192.0.2.1", LENS_LAYER_UDP, 1, 2, 100 - host / 10 };
    }
  capture = test_capture_new (rows, n);
  analysis = test_analyse (capture, NULL, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (tops); k++)
    {
      LensChartOptions options = lens_chart_get_default_options (chart);
      g_autoptr (LensChartData) data = NULL;
      guint n_named = tops[k] + 1 >= n ? n : tops[k];

      options.top = tops[k];
      data = lens_chart_build (chart, analysis, &options);
      g_assert_cmpuint (data->bars->len, ==, n_named < n ? n_named + 1 : n);
      g_assert_cmpuint (sum_bars (data), ==, 9550);
      for (guint i = 0; i < n_named; i++)
        {
          g_autofree char *label = g_strdup_printf ("198.51.100.%u", i);

          g_assert_cmpstr (g_array_index (data->bars, LensChartBar, i).label, ==, label);
        }
    }
}

static void
test_empty_capture_says_why (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (NULL, 0);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  const LensPlotTheme theme = lens_plot_theme_light ();
  gsize n;
  const LensChart *const *charts = lens_charts_get_all (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (LensChartData) data = charts[i]->build (analysis);
      cairo_surface_t *surface = test_draw_image (data, 500, 300, &theme);

      g_assert_nonnull (data->title);
      g_assert_nonnull (data->empty_text);
      g_assert_cmpuint (test_count_pixels_unlike (surface, test_to_pixel (&theme.background)), >, 200);
      g_assert_cmpint (lens_plot_find_bar (data, 500, 300, TEST_FONT_SIZE, 250, 150), ==, -1);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/registry/ids-are-unique", test_registry_ids_are_unique);
  g_test_add_func ("/charts/registry/ring", test_ring);
  g_test_add_func ("/charts/registry/filter-is-said", test_filter_is_said);
  g_test_add_func ("/charts/registry/others-are-added-up", test_others_are_added_up);
  g_test_add_func ("/charts/registry/the-largest-have-bars", test_the_largest_have_bars);
  g_test_add_func ("/charts/registry/empty-capture-says-why", test_empty_capture_says_why);
  return g_test_run ();
}
