/* What the keys are on in a chart, and where they lead. */
#include "lens-chart-describe.h"
#include "lens-plot-cursor.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000000)

static LensChartData *
new_bars (LensChartKind kind)
{
  LensChartData *data = lens_chart_data_new (kind, LENS_UNIT_BYTES);

  data->title = g_strdup ("bars");
  lens_chart_data_add_bar (data, "192.0.2.1", 3000, 0, NULL);
  lens_chart_data_add_bar (data, "192.0.2.2", 200, 0, NULL);
  lens_chart_data_add_bar (data, "192.0.2.3", 10, 0, NULL);
  return data;
}

/* "one" has points at 0, 40, 40.0001 and 100 s, "other" at 70 s, "none" is hidden. */
static LensChartData *
new_series (void)
{
  static const LensSeriesPoint first[]
      = { { 0, 1448 }, { 40 * SECOND, 100 }, { 40 * SECOND + 100000, 50 }, { 100 * SECOND, 700 } };
  static const LensSeriesPoint second[] = { { 70 * SECOND, 1 } };
  const LensSeries one = { .points = (LensSeriesPoint *) first, .n_points = 4 };
  const LensSeries other = { .points = (LensSeriesPoint *) second, .n_points = 1 };
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);

  data->title = g_strdup ("series");
  data->is_utc = TRUE;
  data->last_ns = 100 * SECOND;
  lens_chart_data_add_series (data, "one", &one, 0);
  lens_chart_data_add_series (data, "none", &other, 1);
  lens_chart_data_add_series (data, "other", &other, 2);
  g_array_index (data->series, LensChartSeries, 1).is_hidden = TRUE;
  return data;
}

typedef struct
{
  LensPlotStep step;
  gboolean moves;
  const char *said;
} Step;

static void
check_steps (const LensChartData *data, const Step *steps, gsize n)
{
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);
  LensPlotCursor cursor = lens_plot_cursor_begin (scene, data);

  for (gsize i = 0; i < n; i++)
    {
      LensPlotProbe probe;
      g_autofree char *said = NULL;

      g_assert_cmpint (lens_plot_cursor_move (scene, data, &cursor, steps[i].step), ==, steps[i].moves);
      probe = lens_plot_cursor_probe (scene, data, &cursor);
      said = lens_plot_probe_describe (&probe, data);
      g_assert_cmpstr (said, ==, steps[i].said);
    }
}

static void
test_bars (void)
{
  static const Step steps[] = {
    { LENS_PLOT_STEP_LEFT, FALSE, "192.0.2.1: 3,000 bytes" },
    { LENS_PLOT_STEP_RIGHT, TRUE, "192.0.2.2: 200 bytes" },
    { LENS_PLOT_STEP_DOWN, TRUE, "192.0.2.3: 10 bytes" },
    { LENS_PLOT_STEP_RIGHT, FALSE, "192.0.2.3: 10 bytes" },
    { LENS_PLOT_STEP_UP, TRUE, "192.0.2.2: 200 bytes" },
    { LENS_PLOT_STEP_FIRST, TRUE, "192.0.2.1: 3,000 bytes" },
    { LENS_PLOT_STEP_LAST, TRUE, "192.0.2.3: 10 bytes" },
    { LENS_PLOT_STEP_FAR_LEFT, TRUE, "192.0.2.1: 3,000 bytes" },
    { LENS_PLOT_STEP_FAR_RIGHT, TRUE, "192.0.2.3: 10 bytes" },
  };
  g_autoptr (LensChartData) bars = new_bars (LENS_CHART_BARS);
  g_autoptr (LensChartData) side_bars = new_bars (LENS_CHART_SIDE_BARS);

  check_steps (bars, steps, G_N_ELEMENTS (steps));
  check_steps (side_bars, steps, G_N_ELEMENTS (steps));
}

/* Two packets in one column of pixels are one step; up and down is the next series that is drawn. */
static void
test_series (void)
{
  static const Step steps[] = {
    { LENS_PLOT_STEP_LEFT, FALSE, "one: 1,448 bytes\n1970-01-01 00:00:00 UTC" },
    { LENS_PLOT_STEP_RIGHT, TRUE, "one: 50 bytes\n1970-01-01 00:00:40.0001 UTC" },
    { LENS_PLOT_STEP_DOWN, TRUE, "other: 1 byte\n1970-01-01 00:01:10 UTC" },
    { LENS_PLOT_STEP_RIGHT, FALSE, "other: 1 byte\n1970-01-01 00:01:10 UTC" },
    { LENS_PLOT_STEP_DOWN, FALSE, "other: 1 byte\n1970-01-01 00:01:10 UTC" },
    { LENS_PLOT_STEP_UP, TRUE, "one: 50 bytes\n1970-01-01 00:00:40.0001 UTC" },
    { LENS_PLOT_STEP_FAR_LEFT, TRUE, "one: 1,448 bytes\n1970-01-01 00:00:00 UTC" },
    { LENS_PLOT_STEP_LAST, TRUE, "one: 700 bytes\n1970-01-01 00:01:40 UTC" },
    { LENS_PLOT_STEP_RIGHT, FALSE, "one: 700 bytes\n1970-01-01 00:01:40 UTC" },
    { LENS_PLOT_STEP_FIRST, TRUE, "one: 1,448 bytes\n1970-01-01 00:00:00 UTC" },
    { LENS_PLOT_STEP_FAR_RIGHT, TRUE, "one: 50 bytes\n1970-01-01 00:00:40.0001 UTC" },
  };
  g_autoptr (LensChartData) data = new_series ();

  check_steps (data, steps, G_N_ELEMENTS (steps));
}

/* Nothing outside of what is shown is told, nor led to. */
static void
test_series_in_a_part_of_the_time (void)
{
  static const Step steps[] = {
    { LENS_PLOT_STEP_LEFT, FALSE, "one: 50 bytes\n1970-01-01 00:00:40.0001 UTC" },
    { LENS_PLOT_STEP_LAST, FALSE, "one: 50 bytes\n1970-01-01 00:00:40.0001 UTC" },
    { LENS_PLOT_STEP_DOWN, FALSE, "one: 50 bytes\n1970-01-01 00:00:40.0001 UTC" },
  };
  const LensTimeSpan span = { 40 * SECOND + 50000, 60 * SECOND };
  g_autoptr (LensChartData) data = new_series ();
  g_autofree char *described = NULL;

  lens_chart_data_set_shown (data, &span);
  check_steps (data, steps, G_N_ELEMENTS (steps));
  described = lens_chart_data_describe (data);
  g_assert_true (
      g_str_has_prefix (described, "shown: only 1970-01-01 from 00:00:40.00 to 00:01:00.00 UTC; one: "));
}

/* A rate holds over its interval: also where that began before what is shown. Its end is none. */
static void
test_rates (void)
{
  static const LensSeriesPoint points[]
      = { { 0, 500 }, { 20 * SECOND, 0 }, { 30 * SECOND, 70 }, { 50 * SECOND, 0 } };
  static const Step steps[] = {
    { LENS_PLOT_STEP_RIGHT, TRUE, "rate: 0 bytes/s (0 bytes in 10 s)\nfrom 1970-01-01 00:00:20 UTC" },
    { LENS_PLOT_STEP_LAST, TRUE, "rate: 7 bytes/s (70 bytes in 10 s)\nfrom 1970-01-01 00:00:30 UTC" },
    { LENS_PLOT_STEP_RIGHT, FALSE, "rate: 7 bytes/s (70 bytes in 10 s)\nfrom 1970-01-01 00:00:30 UTC" },
    { LENS_PLOT_STEP_FIRST, TRUE, "rate: 50 bytes/s (500 bytes in 10 s)\nfrom 1970-01-01 00:00:00 UTC" },
  };
  const LensSeries series = { .points = (LensSeriesPoint *) points, .n_points = 4 };
  const LensTimeSpan span = { 5 * SECOND, 50 * SECOND };
  g_autoptr (LensChartData) data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES_PER_SECOND);

  data->is_utc = TRUE;
  data->last_ns = 50 * SECOND;
  data->interval_ns = 10 * SECOND;
  data->value_factor = 0.1;
  lens_chart_data_add_series (data, "rate", &series, 0);
  g_array_index (data->series, LensChartSeries, 0).is_stepped = TRUE;
  lens_chart_data_set_shown (data, &span);
  check_steps (data, steps, G_N_ELEMENTS (steps));
}

/* The pointer in the middle of an interval is told when that begins, not where it is. */
static void
test_pointer_in_an_interval (void)
{
  static const LensSeriesPoint points[] = { { 0, 500 }, { 50 * SECOND, 0 } };
  const LensSeries series = { .points = (LensSeriesPoint *) points, .n_points = 2 };
  g_autoptr (LensChartData) data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_PACKETS_PER_SECOND);
  g_autoptr (LensPlotScene) scene = NULL;
  g_autofree char *said = NULL;
  LensPlotProbe probe;

  data->is_utc = TRUE;
  data->last_ns = 50 * SECOND;
  data->interval_ns = 10 * SECOND;
  data->value_factor = 0.1;
  lens_chart_data_add_series (data, "rate", &series, 0);
  g_array_index (data->series, LensChartSeries, 0).is_stepped = TRUE;
  scene = lens_plot_scene_new (data, 800, 400, 12);
  probe = lens_plot_probe_find (scene, data, lens_plot_scene_get_x (scene, 37 * SECOND), scene->plot.top + 5);
  said = lens_plot_probe_describe (&probe, data);
  g_assert_cmpstr (said, ==, "rate: 50 packets/s (500 packets in 10 s)\nfrom 1970-01-01 00:00:30 UTC");
}

static void
test_lanes (void)
{
  static const LensBurst bursts[] = {
    { .first_ns = 10 * SECOND, .last_ns = 20 * SECOND },
    { .first_ns = 30 * SECOND, .last_ns = 31 * SECOND },
    { .first_ns = 80 * SECOND, .last_ns = 90 * SECOND },
  };
  g_autoptr (LensChartData) data = lens_chart_data_new (LENS_CHART_LANES, LENS_UNIT_BYTES);
  g_autoptr (LensPlotScene) scene = NULL;
  LensPlotCursor cursor;
  static const struct
  {
    LensPlotStep step;
    guint lane;
    gssize burst;
  } steps[] = {
    { LENS_PLOT_STEP_LEFT, 0, 0 },  { LENS_PLOT_STEP_RIGHT, 0, 1 }, { LENS_PLOT_STEP_LAST, 0, 2 },
    { LENS_PLOT_STEP_RIGHT, 0, 2 }, { LENS_PLOT_STEP_LEFT, 0, 1 },  { LENS_PLOT_STEP_DOWN, 1, -1 },
    { LENS_PLOT_STEP_DOWN, 1, -1 }, { LENS_PLOT_STEP_UP, 0, 1 },    { LENS_PLOT_STEP_FIRST, 0, 0 },
  };

  data->legend_title = g_strdup ("192.0.2.1");
  data->last_ns = 100 * SECOND;
  for (guint i = 0; i < 2; i++)
    {
      LensChartLane lane = { .label = g_strdup ("192.0.2.2"), .last_ns = 100 * SECOND };

      if (i == 0)
        {
          lane.n_bursts = G_N_ELEMENTS (bursts);
          lane.bursts = g_memdup2 (bursts, sizeof bursts);
        }
      g_array_append_val (data->lanes, lane);
    }
  scene = lens_plot_scene_new (data, 800, 400, 12);
  cursor = lens_plot_cursor_begin (scene, data);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      LensPlotProbe probe;

      lens_plot_cursor_move (scene, data, &cursor, steps[i].step);
      probe = lens_plot_cursor_probe (scene, data, &cursor);
      g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_LANE);
      g_assert_cmpuint (probe.lane, ==, steps[i].lane);
      g_assert_cmpint (probe.burst, ==, steps[i].burst);
    }
}

/* From where the pointer was; to the same thing in other figures; and nothing where there is nothing. */
static void
test_pointer_other_figures_and_nothing (void)
{
  g_autoptr (LensChartData) data = new_bars (LENS_CHART_SIDE_BARS);
  g_autoptr (LensChartData) other = lens_chart_data_new (LENS_CHART_SIDE_BARS, LENS_UNIT_BYTES);
  g_autoptr (LensChartData) empty = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 800, 400, 12);
  g_autoptr (LensPlotScene) empty_scene = NULL;
  LensPlotBox box = lens_plot_scene_get_bar_box (scene, data, 2);
  LensPlotProbe probe = lens_plot_probe_find (scene, data, 300, (box.top + box.bottom) / 2);
  LensPlotCursor cursor = lens_plot_cursor_at (&probe);

  g_assert_true (cursor.is_set);
  g_assert_cmpstr (lens_plot_cursor_get_key (&cursor, data), ==, "192.0.2.3");
  lens_chart_data_add_bar (other, "192.0.2.3", 10, 0, NULL);
  lens_chart_data_add_bar (other, "192.0.2.2", 5, 0, NULL);
  lens_plot_cursor_find (&cursor, other, "192.0.2.3");
  g_assert_cmpuint (cursor.index, ==, 0);
  lens_plot_cursor_find (&cursor, other, "192.0.2.9");
  g_assert_cmpuint (cursor.index, ==, 0);

  empty->empty_text = g_strdup ("nothing");
  empty_scene = lens_plot_scene_new (empty, 800, 400, 12);
  cursor = lens_plot_cursor_begin (empty_scene, empty);
  g_assert_false (cursor.is_set);
  g_assert_false (lens_plot_cursor_move (empty_scene, empty, &cursor, LENS_PLOT_STEP_RIGHT));
  probe = lens_plot_cursor_probe (empty_scene, empty, &cursor);
  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_NOTHING);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/cursor/bars", test_bars);
  g_test_add_func ("/charts/cursor/series", test_series);
  g_test_add_func ("/charts/cursor/series-in-a-part-of-the-time", test_series_in_a_part_of_the_time);
  g_test_add_func ("/charts/cursor/rates", test_rates);
  g_test_add_func ("/charts/cursor/pointer-in-an-interval", test_pointer_in_an_interval);
  g_test_add_func ("/charts/cursor/lanes", test_lanes);
  g_test_add_func ("/charts/cursor/pointer-other-figures-and-nothing",
                   test_pointer_other_figures_and_nothing);
  return g_test_run ();
}
