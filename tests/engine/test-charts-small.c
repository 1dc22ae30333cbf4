/* Charts of little: one packet, one bar, a line that ends before the others. */
#include "lens-chart-list.h"
#include "lens-plot-line.h"
#include "test-charts-picture.h"
#include "test-charts-scene.h"
#include "test-tables.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define WIDTH 700
#define HEIGHT 260

static LensChartData *
new_steps (const LensSeriesPoint *points, gsize n, gint64 last_ns)
{
  const LensSeries series = { .points = (LensSeriesPoint *) points, .n_points = n };
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);

  data->is_utc = TRUE;
  data->last_ns = last_ns;
  lens_chart_data_add_series (data, "sum", &series, 0);
  g_array_index (data->series, LensChartSeries, 0).is_stepped = TRUE;
  return data;
}

/* What there was until then stays so until the end of the axis. */
static void
test_a_step_holds_until_the_end (void)
{
  static const LensSeriesPoint points[] = { { 10 * SECOND, 100 }, { 20 * SECOND, 300 } };
  static const LensTimeSpan parts[]
      = { { 0, 100 * SECOND }, { 15 * SECOND, 50 * SECOND }, { 30 * SECOND, 40 * SECOND } };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (LensChartData) data = new_steps (points, G_N_ELEMENTS (points), 100 * SECOND);
      g_autoptr (LensPlotScene) scene = NULL;
      g_auto (LensPlotLine) line = { 0 };

      if (i > 0)
        lens_chart_data_set_shown (data, &parts[i]);
      scene = lens_plot_scene_new (data, WIDTH, HEIGHT, 12);
      lens_plot_line_init (&line, scene, &g_array_index (data->series, LensChartSeries, 0), 1);
      g_assert_cmpuint (line.n, >, 1);
      g_assert_cmpfloat (line.x[line.n - 1], ==, lens_plot_scene_get_x (scene, parts[i].last_ns));
      g_assert_cmpfloat (line.y[line.n - 1], ==, lens_plot_scene_get_y (scene, 300));
    }
}

/* One step at the end of the axis is no line, and is drawn all the same. */
static void
test_a_single_step_is_seen (void)
{
  static const LensSeriesPoint point = { 100 * SECOND, 100 };
  LensPlotTheme theme = lens_plot_theme_light ();
  g_autoptr (LensChartData) data = new_steps (&point, 1, 100 * SECOND);
  cairo_surface_t *surface = test_draw_image (data, WIDTH, HEIGHT, &theme);
  guint n_inked = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = WIDTH / 2; x < WIDTH; x++)
      n_inked += test_get_pixel (surface, x, y) == test_to_pixel (&theme.series[0]);
  g_assert_cmpuint (n_inked, >, 4);
  cairo_surface_destroy (surface);
}

/* A chart of a bar or two is low; what it says is as large as elsewhere, and as much. */
static void
test_few_bars_have_labels_of_full_size (void)
{
  const LensPlotTheme theme = lens_plot_theme_light ();

  for (guint n = 1; n < 20; n++)
    {
      g_autoptr (LensChartData) data = lens_chart_data_new (LENS_CHART_SIDE_BARS, LENS_UNIT_BYTES);
      g_autoptr (LensPlotScene) scene = NULL;
      g_autoptr (LensPlotScene) lower = NULL;
      double height;

      data->x_title = g_strdup ("Payload sent");
      for (guint i = 0; i < n; i++)
        lens_chart_data_add_bar (data, "192.0.2.1", 100, 0, NULL);
      height = lens_plot_scene_get_natural_height (data, WIDTH, theme.font_size);
      scene = lens_plot_scene_new (data, WIDTH, height, theme.font_size);
      lower = lens_plot_scene_new (data, WIDTH, height / 2, theme.font_size);
      g_assert_cmpfloat (scene->font_px, ==, theme.font_size);
      g_assert_true (test_scene_has_label (scene, "Payload sent"));
      if (height < 400)
        g_assert_cmpfloat (lower->font_px, <, theme.font_size);
    }
}

/* Nothing follows a single packet: it is said what would have to. */
static void
test_no_gaps_are_explained (void)
{
  static const TestPacket packet = {
    .source = "192.0.2.1",
    .destination = "192.0.2.2",
    .layer = LENS_LAYER_UDP,
    .payload_bytes = 24,
  };
  static const char *const reasons[LENS_N_GAPS] = {
    [LENS_GAPS_TO_DESTINATION] = "No packet follows another to the same destination.",
    [LENS_GAPS_IN_STREAM] = "No packet follows another of the same source to the same destination.",
    [LENS_GAPS_IN_FLOW] = "No packet follows another of the same flow.",
    [LENS_GAPS_OF_ALL] = "No packet follows another.",
  };
  g_autoptr (LensCapture) capture = test_capture_new (&packet, 1);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);

  for (guint i = 0; i < LENS_N_GAPS; i++)
    {
      LensChartOptions options = lens_chart_get_default_options (&lens_chart_inter_arrival_times);
      g_autoptr (GError) error = NULL;
      g_autoptr (LensChartData) data = NULL;

      options.gaps = (LensGapsOf) i;
      data = lens_chart_inter_arrival_times.read (analysis, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (data->empty_text, ==, reasons[i]);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/small/a-step-holds-until-the-end", test_a_step_holds_until_the_end);
  g_test_add_func ("/charts/small/a-single-step-is-seen", test_a_single_step_is_seen);
  g_test_add_func ("/charts/small/few-bars-have-labels-of-full-size", test_few_bars_have_labels_of_full_size);
  g_test_add_func ("/charts/small/no-gaps-are-explained", test_no_gaps_are_explained);
  return g_test_run ();
}
