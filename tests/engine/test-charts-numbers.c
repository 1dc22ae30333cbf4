/* Series over plain numbers instead of time. */
#include "lens-plot-scene.h"
#include "test-charts-scene.h"

static LensChartData *
new_growth (void)
{
  LensSeriesPoint points[] = { { 10000000, 2000 }, { 20000000, 4000 }, { 30000000, 6000 } };
  LensSeries series = { .points = points, .n_points = G_N_ELEMENTS (points) };
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_MILLISECONDS);

  data->over = LENS_CHART_OVER_NUMBER;
  data->title = g_strdup ("Growth");
  data->subtitle = g_strdup ("");
  data->x_title = g_strdup ("Packets");
  data->y_title = g_strdup ("Time");
  data->first_ns = points[0].time_ns;
  data->last_ns = points[2].time_ns;
  lens_chart_data_add_series (data, "series", &series, 0);
  return data;
}

/* The axis begins at 0 whatever the first point, so that a straight line through 0 is seen as one. */
static void
test_axis_begins_at_zero (void)
{
  g_autoptr (LensChartData) data = new_growth ();
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 700, 400, 12);
  double left = lens_plot_scene_get_x (scene, 0);
  double right = lens_plot_scene_get_x (scene, 30000000);

  g_assert_true (scene->has_series);
  g_assert_cmpfloat (left, >=, scene->plot.left);
  g_assert_cmpfloat_with_epsilon (lens_plot_scene_get_x (scene, 10000000), left + (right - left) / 3, 0.01);
}

static void
test_labels_are_numbers (void)
{
  g_autoptr (LensChartData) data = new_growth ();
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 700, 400, 12);

  g_assert_true (test_scene_has_label (scene, "10 M"));
  g_assert_true (test_scene_has_label (scene, "30 M"));
  g_assert_true (test_scene_has_label (scene, "4 s"));
  g_assert_true (test_scene_has_label (scene, "Packets"));

  g_clear_pointer (&scene, lens_plot_scene_free);
  data->over = LENS_CHART_OVER_TIME;
  scene = lens_plot_scene_new (data, 700, 400, 12);
  g_assert_false (test_scene_has_label (scene, "10 M"));
  g_assert_true (test_scene_has_label (scene, "4 s"));
}

/* Nothing at all, and only 0. */
static void
test_empty_axis (void)
{
  g_autoptr (LensChartData) data = new_growth ();
  g_autoptr (LensPlotScene) scene = NULL;

  data->first_ns = data->last_ns = 0;
  scene = lens_plot_scene_new (data, 700, 400, 12);
  g_assert_true (scene->has_series);
  g_assert_cmpfloat (lens_plot_scene_get_x (scene, 0), >=, scene->plot.left);
}

static void
test_ticks_of_durations (void)
{
  static const struct
  {
    double max;
    guint max_ticks;
    const char *labels;
  } cases[] = {
    { 1, 5, "0|0.001 s" },
    { 1234, 3, "0|0.5 s|1.0 s" },
    { 69000, 4, "0|20 s|40 s|60 s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) ticks
          = lens_plot_axis_value_ticks (cases[i].max, LENS_UNIT_MILLISECONDS, cases[i].max_ticks);
      g_autoptr (GString) labels = g_string_new (NULL);

      for (guint j = 0; j < ticks->len; j++)
        g_string_append_printf (labels, "%s%s", j > 0 ? "|" : "",
                                g_array_index (ticks, LensPlotTick, j).label);
      g_assert_cmpstr (labels->str, ==, cases[i].labels);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/numbers/axis-begins-at-zero", test_axis_begins_at_zero);
  g_test_add_func ("/charts/numbers/labels-are-numbers", test_labels_are_numbers);
  g_test_add_func ("/charts/numbers/empty-axis", test_empty_axis);
  g_test_add_func ("/charts/numbers/ticks-of-durations", test_ticks_of_durations);
  return g_test_run ();
}
