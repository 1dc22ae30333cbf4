/* What is at a place of a chart's picture, and what is said of it. */
#include "lens-plot-probe.h"

#include <locale.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define MOMENT G_GINT64_CONSTANT (1617818034420350123) /* 2021-04-07 17:53:54.420350123 */

static LensChartData *
new_bars (LensChartKind kind, LensUnit unit)
{
  LensChartData *data = lens_chart_data_new (kind, unit);

  data->x_title = g_strdup ("x");
  data->y_title = g_strdup ("y");
  lens_chart_data_add_bar (data, "192.0.2.1", 3142110, 0, NULL);
  lens_chart_data_add_bar (data, "192.0.2.2", 1, 0, NULL);
  lens_chart_data_add_bar (data, "3 others", 0, 0, NULL);
  return data;
}

static LensChartData *
new_series (void)
{
  static const LensSeriesPoint first[]
      = { { MOMENT, 1448 }, { MOMENT + 40 * SECOND, 100 }, { MOMENT + 100 * SECOND, 700 } };
  static const LensSeriesPoint second[] = { { MOMENT + 70 * SECOND, 1 } };
  const LensSeries one = { .points = (LensSeriesPoint *) first, .n_points = 3 };
  const LensSeries other = { .points = (LensSeriesPoint *) second, .n_points = 1 };
  const LensChartBand band = { MOMENT + 39 * SECOND, MOMENT + 42 * SECOND, 5, 1723, 344.6 };
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);

  data->x_title = g_strdup ("Time");
  data->y_title = g_strdup ("Payload");
  data->is_utc = TRUE;
  data->first_ns = MOMENT;
  data->last_ns = MOMENT + 100 * SECOND;
  lens_chart_data_add_series (data, "one", &one, 0);
  lens_chart_data_add_series (data, "other", &other, 1);
  g_array_append_val (data->bands, band);
  return data;
}

/* Each point is found at its place and a little beside it, with its own figures. */
static void
test_finds_each_point (void)
{
  g_autoptr (LensChartData) data = new_series ();
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);

  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      for (gsize j = 0; j < series->n_points; j++)
        {
          double x = lens_plot_scene_get_x (scene, series->points[j].time_ns);
          double y = lens_plot_scene_get_y (scene, series->points[j].payload_bytes);
          LensPlotProbe exact = lens_plot_probe_find (scene, data, x, y);
          LensPlotProbe beside
              = lens_plot_probe_find (scene, data, x + (x > 400 ? -3 : 3), y > 200 ? y - 3 : y + 3);

          g_assert_cmpint (exact.kind, ==, LENS_PLOT_PROBE_POINT);
          g_assert_cmpuint (exact.series, ==, i);
          g_assert_cmpint (exact.time_ns, ==, series->points[j].time_ns);
          g_assert_cmpuint (exact.point.payload_bytes, ==, series->points[j].payload_bytes);
          g_assert_cmpfloat (exact.x, ==, x);
          g_assert_true (lens_plot_probe_equal (&exact, &beside));
        }
    }
}

static void
test_says_exact_figures (void)
{
  g_autoptr (LensChartData) data = new_series ();
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);
  double x = lens_plot_scene_get_x (scene, MOMENT);
  LensPlotProbe probe = lens_plot_probe_find (scene, data, x, lens_plot_scene_get_y (scene, 1448));
  g_autofree char *first = lens_plot_probe_describe (&probe, data);
  g_autofree char *in_burst = NULL;

  g_assert_cmpstr (first, ==, "one: 1,448 bytes\n2021-04-07 17:53:54.420350123 UTC");
  probe = lens_plot_probe_find (scene, data, lens_plot_scene_get_x (scene, MOMENT + 40 * SECOND),
                                lens_plot_scene_get_y (scene, 100));
  in_burst = lens_plot_probe_describe (&probe, data);
  g_assert_cmpstr (in_burst, ==,
                   "one: 100 bytes\n2021-04-07 17:54:34.420350123 UTC\n"
                   "Burst 1: 5 packets, 1,723 bytes, 3 s");
}

/* Away from every point it is the time alone; outside of the axes it is nothing. */
static void
test_moment_and_nothing (void)
{
  g_autoptr (LensChartData) data = new_series ();
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);
  double x = lens_plot_scene_get_x (scene, MOMENT + 20 * SECOND);
  LensPlotProbe probe = lens_plot_probe_find (scene, data, x, lens_plot_scene_get_y (scene, 1448));
  LensPlotProbe other = lens_plot_probe_find (scene, data, x + 1, lens_plot_scene_get_y (scene, 1448));
  g_autofree char *text = lens_plot_probe_describe (&probe, data);

  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_MOMENT);
  g_assert_cmpint (ABS (probe.time_ns - (MOMENT + 20 * SECOND)), <, 1000);
  g_assert_cmpint (probe.band, ==, -1);
  g_assert_true (g_str_has_prefix (text, "2021-04-07 17:54:14.4"));
  g_assert_false (lens_plot_probe_equal (&probe, &other));

  probe = lens_plot_probe_find (scene, data, scene->plot.left - 5, scene->plot.top + 20);
  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_NOTHING);
  g_assert_null (lens_plot_probe_describe (&probe, data));
  probe = lens_plot_probe_find (scene, data, x, scene->plot.bottom + 5);
  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_NOTHING);
}

/* From a time to its place and back, at the ends of all times too. */
static void
test_place_and_back (void)
{
  static const struct
  {
    gint64 first_ns;
    gint64 last_ns;
  } cases[] = {
    { MOMENT, MOMENT + 1000 },         { MOMENT, MOMENT + 86400 * SECOND }, { -5 * SECOND, 5 * SECOND },
    { G_MAXINT64 - 1000, G_MAXINT64 }, { G_MININT64, G_MININT64 + 1000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensChartData) data = new_series ();
      g_autoptr (LensPlotScene) scene = NULL;
      gint64 middle_ns = cases[i].first_ns + (cases[i].last_ns - cases[i].first_ns) / 2;
      gint64 tolerance_ns = (cases[i].last_ns - cases[i].first_ns) / 500 + 1;

      data->first_ns = cases[i].first_ns;
      data->last_ns = cases[i].last_ns;
      scene = lens_plot_scene_new (data, 800, 400, 12);
      g_assert_cmpint (lens_plot_scene_get_time (scene, -1000), ==, cases[i].first_ns);
      g_assert_cmpint (lens_plot_scene_get_time (scene, 10000), ==, cases[i].last_ns);
      g_assert_cmpint (
          ABS (lens_plot_scene_get_time (scene, lens_plot_scene_get_x (scene, middle_ns)) - middle_ns), <=,
          tolerance_ns);
    }
}

static void
test_bars (void)
{
  static const char *const said[]
      = { "192.0.2.1: 3,142,110 bytes", "192.0.2.2: 1 byte", "3 others: 0 bytes" };

  for (int kind = LENS_CHART_BARS; kind <= LENS_CHART_SIDE_BARS; kind++)
    {
      g_autoptr (LensChartData) data = new_bars (kind, LENS_UNIT_BYTES);
      g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 600, 300, 12);

      for (guint i = 0; i < data->bars->len; i++)
        {
          LensPlotBox box = lens_plot_scene_get_bar_box (scene, data, i);
          LensPlotProbe probe
              = lens_plot_probe_find (scene, data, (box.left + box.right) / 2, (box.top + box.bottom) / 2);
          g_autofree char *text = lens_plot_probe_describe (&probe, data);

          g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_BAR);
          g_assert_cmpuint (probe.bar, ==, i);
          g_assert_cmpstr (text, ==, said[i]);
        }
    }
}

/* The unit, and the address of a host that is called by a name. */
static void
test_words_of_bars (void)
{
  g_autoptr (LensChartData) data = new_bars (LENS_CHART_SIDE_BARS, LENS_UNIT_PACKETS);
  LensPlotProbe probe = { .kind = LENS_PLOT_PROBE_BAR, .bar = 1, .band = -1 };
  g_autofree char *text = NULL;

  g_array_index (data->bars, LensChartBar, 1).address = g_strdup ("2001:db8::1");
  text = lens_plot_probe_describe (&probe, data);
  g_assert_cmpstr (text, ==, "192.0.2.2: 1 packet\n2001:db8::1");
  probe.bar = 99;
  g_assert_null (lens_plot_probe_describe (&probe, data));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/probe/finds-each-point", test_finds_each_point);
  g_test_add_func ("/charts/probe/says-exact-figures", test_says_exact_figures);
  g_test_add_func ("/charts/probe/moment-and-nothing", test_moment_and_nothing);
  g_test_add_func ("/charts/probe/place-and-back", test_place_and_back);
  g_test_add_func ("/charts/probe/bars", test_bars);
  g_test_add_func ("/charts/probe/words-of-bars", test_words_of_bars);
  return g_test_run ();
}
