/* A part of a chart's time: which packets are in it, and where the lines that leave it are cut. */
#include "lens-chart.h"
#include "lens-plot-line.h"
#include "lens-plot-probe.h"
#include "test-tables.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define MS G_GINT64_CONSTANT (1000000)
#define N_PACKETS 120000

static const char *const addresses[] = { "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.9" };

/* Of everything a bit, unevenly in time; most from the first address, to the second. */
static TestPacket
make_packet (gsize i)
{
  guint32 random = (guint32) (i * 2654435761u) >> 8;
  gboolean is_udp = random % 7 == 0;

  return (TestPacket){
    .time_ns = (gint64) i * MS + (gint64) (random % 1000) * 900,
    .source = addresses[random % 11 == 0],
    .destination = addresses[random % 11 == 0   ? 0
                             : random % 5 == 0  ? 2
                             : random % 13 == 0 ? 3
                                                : 1],
    .layer = is_udp ? LENS_LAYER_UDP : LENS_LAYER_TCP,
    .source_port = (guint16) (random % 3 == 0 ? 80 : 443),
    .destination_port = (guint16) (5000 + random % 4),
    .payload_bytes = random % 1400,
  };
}

static LensCapture *
new_capture (void)
{
  TestPacket *packets = g_new (TestPacket, N_PACKETS);
  LensCapture *capture;

  for (gsize i = 0; i < N_PACKETS; i++)
    packets[i] = make_packet (i);
  capture = test_capture_new (packets, N_PACKETS);
  g_free (packets);
  return capture;
}

typedef gboolean (*IsOfFunc) (const TestPacket *packet,
                              const LensChartData *data,
                              const LensChartSeries *series);

static gboolean
is_of_address (const TestPacket *packet, const LensChartData *data, const LensChartSeries *series)
{
  LensAddress destination = test_address (packet->destination);

  return g_str_equal (packet->source, addresses[0])
         && lens_address_equal (&destination, &series->destination);
}

static gboolean
is_of_port (const TestPacket *packet, const LensChartData *data, const LensChartSeries *series)
{
  return packet->layer == data->source.layer && packet->source_port == data->source.port
         && packet->destination_port == series->port;
}

static gboolean
is_of_stream (const TestPacket *packet, const LensChartData *data, const LensChartSeries *series)
{
  return g_str_equal (packet->source, addresses[0]) && g_str_equal (packet->destination, addresses[1]);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static LensSeriesDetail *
look_closer_by (LensChartData *data,
                LensAnalysis *analysis,
                gsize n_columns,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lens_chart_data_look_closer_async (data, analysis, n_columns, cancellable, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return lens_series_detail_new_finish (result, error);
}

static LensSeriesDetail *
look_closer (LensChartData *data, LensAnalysis *analysis, GCancellable *cancellable, GError **error)
{
  return look_closer_by (data, analysis, LENS_SERIES_COLUMNS, cancellable, error);
}

/* Every packet of the span, the last before it and the first after it, and no other, by reading all packets one after another. */
static void
assert_all_packets (const LensChartData *data, const LensChartSeries *series, IsOfFunc is_of)
{
  gsize n;
  const LensSeriesPoint *points = lens_chart_series_get_points (series, &n);
  gsize place = 0;
  gsize n_inside = 0;
  TestPacket before = { .source = NULL };
  gboolean has_after = FALSE;

  for (gsize i = 0; i < N_PACKETS && !has_after; i++)
    {
      TestPacket packet = make_packet (i);

      if (!is_of (&packet, data, series))
        continue;
      if (packet.time_ns < data->shown.first_ns)
        {
          before = packet;
          continue;
        }
      if (before.source != NULL)
        {
          g_assert_cmpint (points[place].time_ns, ==, before.time_ns);
          g_assert_cmpuint (points[place++].payload_bytes, ==, before.payload_bytes);
          before.source = NULL;
        }
      g_assert_cmpuint (place, <, n);
      g_assert_cmpint (points[place].time_ns, ==, packet.time_ns);
      g_assert_cmpuint (points[place++].payload_bytes, ==, packet.payload_bytes);
      has_after = packet.time_ns > data->shown.last_ns;
      n_inside += !has_after;
    }
  g_assert_cmpuint (place, ==, n);
  g_assert_cmpuint (n_inside, >, 10);
}

static void
test_closer_look_has_every_packet (void)
{
  static const struct
  {
    const char *id;
    IsOfFunc is_of;
  } cases[] = { { "top-source-over-time", is_of_address },
                { "top-tcp-port-over-time", is_of_port },
                { "top-stream-over-time", is_of_stream } };
  static const LensTimeSpan spans[]
      = { { 0, 2 * SECOND }, { 60 * SECOND + 123, 61 * SECOND }, { 118 * SECOND, 121 * SECOND } };
  g_autoptr (LensCapture) capture = new_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (spans); j++)
      {
        g_autoptr (LensChartData) data = lens_charts_find (cases[i].id)->build (analysis);
        g_autoptr (GError) error = NULL;
        LensSeriesDetail *detail;

        g_assert_true (lens_chart_data_is_over_time (data));
        g_assert_false (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
        lens_chart_data_set_shown (data, &spans[j]);
        g_assert_true (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
        detail = look_closer (data, analysis, NULL, &error);
        g_assert_no_error (error);
        lens_chart_data_take_detail (data, detail);
        g_assert_false (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
        for (guint k = 0; k < data->series->len; k++)
          assert_all_packets (data, &g_array_index (data->series, LensChartSeries, k), cases[i].is_of);
      }
}

static gboolean
is_of_protocol (const TestPacket *packet, const LensChartData *data, const LensChartSeries *series)
{
  return g_str_equal (packet->source, addresses[0])
         && g_str_equal (series->label, packet->layer == LENS_LAYER_UDP ? "UDP" : "TCP");
}

static gboolean
is_of_named_port (const TestPacket *packet, const LensChartData *data, const LensChartSeries *series)
{
  g_autofree char *name
      = g_strdup_printf ("%s %u", packet->layer == LENS_LAYER_UDP ? "UDP" : "TCP", packet->destination_port);

  return g_str_equal (packet->source, addresses[0]) && g_str_equal (series->label, name);
}

static gboolean
is_of_direction (const TestPacket *packet, const LensChartData *data, const LensChartSeries *series)
{
  return g_str_equal (g_str_has_prefix (series->label, "sent by ") ? packet->source : packet->destination,
                      addresses[0]);
}

/* Whatever the series are. */
static void
test_closer_look_at_other_series (void)
{
  static const struct
  {
    LensSplitBy split;
    guint n_series;
    IsOfFunc is_of;
  } cases[] = { { LENS_SPLIT_PROTOCOL, 2, is_of_protocol },
                { LENS_SPLIT_PORT, 8, is_of_named_port },
                { LENS_SPLIT_DIRECTION, 2, is_of_direction } };
  const LensChart *chart = lens_charts_find ("top-source-over-time");
  const LensTimeSpan span = { 60 * SECOND + 123, 61 * SECOND };
  g_autoptr (LensCapture) capture = new_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensChartOptions options = lens_chart_get_default_options (chart);
      g_autoptr (LensChartData) data = NULL;
      g_autoptr (GError) error = NULL;

      options.split = cases[i].split;
      data = lens_chart_build (chart, analysis, &options);
      g_assert_cmpuint (data->series->len, ==, cases[i].n_series);
      lens_chart_data_set_shown (data, &span);
      if (!lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS))
        continue;
      lens_chart_data_take_detail (data, look_closer (data, analysis, NULL, &error));
      g_assert_no_error (error);
      for (guint k = 0; k < data->series->len; k++)
        assert_all_packets (data, &g_array_index (data->series, LensChartSeries, k), cases[i].is_of);
    }
}

/* What there was until then, packet by packet, from the first packet of all. */
static void
assert_all_sums (const LensChartData *data, const LensChartSeries *series)
{
  gsize n;
  const LensSeriesPoint *points = lens_chart_series_get_points (series, &n);
  LensSeriesPoint before = { 0 };
  guint64 sum = 0;
  gsize place = 1;

  g_assert_cmpuint (n, >, 10);
  for (gsize i = 0; i < N_PACKETS; i++)
    {
      TestPacket packet = make_packet (i);

      if (!g_str_equal (series->label, packet.layer == LENS_LAYER_UDP ? "UDP" : "TCP"))
        continue;
      sum += packet.payload_bytes;
      if (packet.time_ns < data->shown.first_ns)
        {
          before = (LensSeriesPoint){ packet.time_ns, sum };
          continue;
        }
      g_assert_cmpuint (place, <, n);
      g_assert_cmpint (points[place].time_ns, ==, packet.time_ns);
      g_assert_cmpuint (points[place++].payload_bytes, ==, sum);
      if (packet.time_ns > data->shown.last_ns)
        break;
    }
  g_assert_cmpint (points[0].time_ns, ==, before.time_ns);
  g_assert_cmpuint (points[0].payload_bytes, ==, before.payload_bytes);
  g_assert_cmpuint (place, ==, n);
}

static void
test_closer_look_at_sums (void)
{
  const LensChart *chart = lens_charts_find ("payload-so-far");
  const LensTimeSpan span = { 60 * SECOND + 123, 61 * SECOND };
  LensChartOptions options = lens_chart_get_default_options (chart);
  g_autoptr (LensCapture) capture = new_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) data = NULL;
  g_autoptr (GError) error = NULL;

  options.split = LENS_SPLIT_PROTOCOL;
  data = lens_chart_build (chart, analysis, &options);
  g_assert_cmpuint (data->series->len, ==, 2);
  lens_chart_data_set_shown (data, &span);
  g_assert_true (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
  lens_chart_data_take_detail (data, look_closer (data, analysis, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
  for (guint i = 0; i < data->series->len; i++)
    assert_all_sums (data, &g_array_index (data->series, LensChartSeries, i));
}

/* Under a filter only what passes it. */
static void
test_closer_look_is_filtered (void)
{
  g_autoptr (LensCapture) capture = new_capture ();
  LensAddress source = test_address (addresses[0]);
  LensAddress destination = test_address (addresses[1]);
  LensFilterTerm term = lens_filter_term_connection (&source, &destination);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &term, NULL);
  g_autoptr (LensChartData) data = lens_charts_find ("top-source-over-time")->build (analysis);
  LensTimeSpan span = { 10 * SECOND, 12 * SECOND };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (data->series->len, ==, 1);
  lens_chart_data_set_shown (data, &span);
  lens_chart_data_take_detail (data, look_closer (data, analysis, NULL, &error));
  g_assert_no_error (error);
  assert_all_packets (data, &g_array_index (data->series, LensChartSeries, 0), is_of_address);
}

/* What comes too late, for another part of the time, changes nothing; what was cancelled says so. */
static void
test_stale_look_is_dropped (void)
{
  g_autoptr (LensCapture) capture = new_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) data = lens_charts_find ("top-source-over-time")->build (analysis);
  const LensTimeSpan one = { 10 * SECOND, 12 * SECOND };
  const LensTimeSpan other = { 20 * SECOND, 22 * SECOND };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LensSeriesDetail *detail;

  lens_chart_data_set_shown (data, &one);
  detail = look_closer (data, analysis, NULL, &error);
  g_assert_no_error (error);
  lens_chart_data_set_shown (data, &other);
  lens_chart_data_take_detail (data, detail);
  g_assert_true (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
  g_assert_null (g_array_index (data->series, LensChartSeries, 0).detail);

  g_cancellable_cancel (cancellable);
  g_assert_null (look_closer (data, analysis, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  lens_chart_data_set_shown (data, NULL);
  g_assert_false (lens_chart_data_needs_detail (data, LENS_SERIES_COLUMNS));
}

/* A chart that has been made wider is looked at again, one that has not is not. */
static void
test_closer_look_for_a_wider_chart (void)
{
  const gsize few = 64;
  g_autoptr (LensCapture) capture = new_capture ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) data = lens_charts_find ("top-source-over-time")->build (analysis);
  const LensTimeSpan span = { 10 * SECOND, 60 * SECOND };
  g_autoptr (GError) error = NULL;
  gsize n_before;
  gsize n;

  lens_chart_data_set_shown (data, &span);
  lens_chart_data_take_detail (data, look_closer_by (data, analysis, few, NULL, &error));
  g_assert_no_error (error);
  (void) lens_chart_series_get_points (&g_array_index (data->series, LensChartSeries, 0), &n_before);
  g_assert_false (lens_chart_data_needs_detail (data, few / 2));
  g_assert_false (lens_chart_data_needs_detail (data, few));
  g_assert_true (lens_chart_data_needs_detail (data, few + 1));

  lens_chart_data_take_detail (data, look_closer_by (data, analysis, 2 * few, NULL, &error));
  g_assert_no_error (error);
  (void) lens_chart_series_get_points (&g_array_index (data->series, LensChartSeries, 0), &n);
  g_assert_cmpuint (n, >, n_before);
  g_assert_false (lens_chart_data_needs_detail (data, 2 * few));
}

static LensChartData *
new_peak (void)
{
  static const LensSeriesPoint points[]
      = { { 0, 0 }, { 40 * SECOND, 400 }, { 60 * SECOND, 200 }, { 100 * SECOND, 1000 } };
  const LensSeries series = { .points = (LensSeriesPoint *) points, .n_points = 4, .packets = 4 };
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);

  data->x_title = g_strdup ("Time");
  data->y_title = g_strdup ("Payload");
  data->last_ns = 100 * SECOND;
  lens_chart_data_add_series (data, "peak", &series, 0);
  return data;
}

/* A line that leaves what is shown is cut where it crosses the edge, at its own height there. */
static void
test_lines_are_cut_at_the_edges (void)
{
  static const struct
  {
    LensTimeSpan span;
    gsize n_shown;
    guint32 left; /* payload at the edges */
    guint32 right;
  } cases[] = {
    { { 20 * SECOND, 80 * SECOND }, 2, 200, 600 },
    { { 10 * SECOND, 30 * SECOND }, 0, 100, 300 }, /* no packet at all, but the line goes through */
    { { 50 * SECOND, 70 * SECOND }, 1, 300, 400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensChartData) data = new_peak ();
      g_autoptr (LensPlotScene) scene = NULL;
      g_auto (LensPlotLine) line = { 0 };

      lens_chart_data_set_shown (data, &cases[i].span);
      scene = lens_plot_scene_new (data, 800, 400, 12);
      g_assert_cmpint (lens_plot_scene_get_span (scene).first_ns, ==, cases[i].span.first_ns);
      g_assert_cmpint (lens_plot_scene_get_span (scene).last_ns, ==, cases[i].span.last_ns);
      lens_plot_line_init (&line, scene, &g_array_index (data->series, LensChartSeries, 0), 1);
      g_assert_cmpuint (line.n_shown, ==, cases[i].n_shown);
      g_assert_cmpuint (line.n, ==, cases[i].n_shown + 2);
      g_assert_cmpuint (line.first_point, ==, 1);
      g_assert_cmpfloat (line.x[0], ==, lens_plot_scene_get_x (scene, cases[i].span.first_ns));
      g_assert_cmpfloat_with_epsilon (line.y[0], lens_plot_scene_get_y (scene, cases[i].left), 0.01);
      g_assert_cmpfloat (line.x[line.n - 1], ==, lens_plot_scene_get_x (scene, cases[i].span.last_ns));
      g_assert_cmpfloat_with_epsilon (line.y[line.n - 1], lens_plot_scene_get_y (scene, cases[i].right),
                                      0.01);
    }
}

/* All of the time: the packets themselves, nothing cut. And the axis of figures is the same for a part. */
static void
test_whole_line (void)
{
  g_autoptr (LensChartData) data = new_peak ();
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);
  g_autoptr (LensPlotScene) part = NULL;
  const LensTimeSpan span = { 30 * SECOND, 70 * SECOND };
  g_auto (LensPlotLine) line = { 0 };

  lens_plot_line_init (&line, scene, &g_array_index (data->series, LensChartSeries, 0), 1);
  g_assert_cmpuint (line.n, ==, 4);
  g_assert_cmpuint (line.first_point, ==, 0);
  g_assert_cmpuint (line.n_points, ==, 4);
  lens_chart_data_set_shown (data, &span);
  part = lens_plot_scene_new (data, 800, 400, 12);
  g_assert_cmpfloat (part->scale.max, ==, scene->scale.max);
  g_assert_cmpfloat (part->plot.left, ==, scene->plot.left);
}

static gboolean
says_nothing_shown (const LensChartData *data)
{
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);

  for (guint i = 0; i < scene->labels->len; i++)
    if (g_str_equal (g_array_index (scene->labels, LensPlotLabel, i).text,
                     "No packet in the time that is shown."))
      return TRUE;
  return FALSE;
}

/* A part without a packet is no picture of nothing: it says so. */
static void
test_part_without_packets (void)
{
  g_autoptr (LensChartData) data = new_peak ();
  const LensTimeSpan between = { 10 * SECOND, 30 * SECOND };
  const LensTimeSpan around = { 10 * SECOND, 40 * SECOND };

  g_assert_false (says_nothing_shown (data));
  lens_chart_data_set_shown (data, &between);
  g_assert_true (says_nothing_shown (data));
  lens_chart_data_set_shown (data, &around);
  g_assert_false (says_nothing_shown (data));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/zoom/closer-look-has-every-packet", test_closer_look_has_every_packet);
  g_test_add_func ("/charts/zoom/closer-look-at-other-series", test_closer_look_at_other_series);
  g_test_add_func ("/charts/zoom/closer-look-at-sums", test_closer_look_at_sums);
  g_test_add_func ("/charts/zoom/closer-look-is-filtered", test_closer_look_is_filtered);
  g_test_add_func ("/charts/zoom/stale-look-is-dropped", test_stale_look_is_dropped);
  g_test_add_func ("/charts/zoom/a-wider-chart", test_closer_look_for_a_wider_chart);
  g_test_add_func ("/charts/zoom/lines-are-cut-at-the-edges", test_lines_are_cut_at_the_edges);
  g_test_add_func ("/charts/zoom/whole-line", test_whole_line);
  g_test_add_func ("/charts/zoom/part-without-packets", test_part_without_packets);
  return g_test_run ();
}
