/* Bursts of a host's streams side by side: what is in the lanes, where it is drawn, and what is said of it. */
#include "lens-chart-lanes.h"
#include "lens-plot-probe.h"
#include "lens-stream.h"
#include "test-charts-picture.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define MS G_GINT64_CONSTANT (1000000)
#define MOMENT G_GINT64_CONSTANT (1617818034420350123) /* 2021-04-07 17:53:54.420350123 */

/* From A to B two bursts, of 3 and of 2 packets, and one packet alone; from B to A one of 2; from A to C none. */
static const TestPacket packets[] = {
  { MOMENT, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 500 },
  { MOMENT + 10 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 600 },
  { MOMENT + 20 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 701 },
  { MOMENT + 500 * MS, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 2, 1, 40 },
  { MOMENT + 510 * MS, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 2, 1, 40 },
  { MOMENT + 700 * MS, "192.0.2.1", "192.0.2.3", LENS_LAYER_TCP, 1, 2, 9 },
  { MOMENT + 2000 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { MOMENT + 2040 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { MOMENT + 4000 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
};

static LensChartData *
build (const TestPacket *some, gsize n)
{
  const LensBurstRule rule = { .gap_ns = 100 * MS };
  g_autoptr (LensCapture) capture = test_capture_new (some, n);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, &rule);
  LensChartData *data = lens_charts_find ("bursts-side-by-side")->build (analysis);

  data->is_utc = TRUE;
  return data;
}

static const LensChartLane *
get_lane (const LensChartData *data, guint index)
{
  g_assert_cmpuint (index, <, data->lanes->len);
  return &g_array_index (data->lanes, LensChartLane, index);
}

static void
test_lanes_of_the_strongest (void)
{
  g_autoptr (LensChartData) data = build (packets, G_N_ELEMENTS (packets));
  g_autofree char *sent = NULL;
  g_autofree char *received = NULL;
  g_autofree char *count = NULL;
  g_autofree char *one = NULL;

  g_assert_cmpstr (data->title, ==, "Bursts of all streams of 192.0.2.1");
  g_assert_null (data->empty_text);
  g_assert_true (lens_chart_data_is_over_time (data));
  g_assert_nonnull (strstr (data->subtitle, "packets less than 100 ms apart, of any size"));
  g_assert_null (strstr (data->subtitle, "not shown"));
  g_assert_cmpuint (data->lanes->len, ==, 3);
  g_assert_cmpint (data->first_ns, ==, MOMENT);
  g_assert_cmpint (data->last_ns, ==, MOMENT + 4000 * MS);
  sent = lens_chart_lane_name (get_lane (data, 0));
  received = lens_chart_lane_name (get_lane (data, 1));
  count = lens_chart_lane_count (get_lane (data, 0));
  one = lens_chart_lane_count (get_lane (data, 2));
  g_assert_cmpstr (sent, ==, "→ 192.0.2.2");
  g_assert_cmpstr (received, ==, "← 192.0.2.2");
  g_assert_cmpstr (count, ==, "2 bursts in 6 packets");
  g_assert_cmpstr (one, ==, "0 bursts in 1 packet");
  /* The stream that is looked at, and no other. */
  g_assert_true (get_lane (data, 0)->is_chosen);
  g_assert_false (get_lane (data, 1)->is_chosen || get_lane (data, 2)->is_chosen);
}

/* What the pointer finds at the time of each burst, and beside all. */
static void
test_says_exact_bursts (void)
{
  g_autoptr (LensChartData) data = build (packets, G_N_ELEMENTS (packets));
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, 900, 400, 12);
  LensPlotBox box = lens_plot_scene_get_lane_box (scene, data, 0);
  double y = (box.top + box.bottom) / 2;
  LensPlotProbe probe
      = lens_plot_probe_find (scene, data, lens_plot_scene_get_x (scene, MOMENT + 2020 * MS), y);
  g_autofree char *second = lens_plot_probe_describe (&probe, data);
  g_autofree char *alone = NULL;
  g_autofree char *back = NULL;
  LensPlotProbe other;

  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_LANE);
  g_assert_cmpuint (probe.lane, ==, 0);
  g_assert_cmpstr (second, ==,
                   "192.0.2.1 → 192.0.2.2: 2 bursts in 6 packets\n"
                   "Burst 2: 2 packets, 200 bytes, mean size 100.00 bytes, 40 ms\n"
                   "from 2021-04-07 17:53:56.420350123 UTC");
  probe = lens_plot_probe_find (scene, data, lens_plot_scene_get_x (scene, MOMENT + 3000 * MS), y);
  alone = lens_plot_probe_describe (&probe, data);
  g_assert_cmpstr (alone, ==, "192.0.2.1 → 192.0.2.2: 2 bursts in 6 packets");

  /* The lane below it at the same time is another. */
  other = lens_plot_probe_find (scene, data, probe.x, y + box.bottom - box.top);
  g_assert_cmpuint (other.lane, ==, 1);
  g_assert_false (lens_plot_probe_equal (&probe, &other));
  back = lens_plot_probe_describe (&other, data);
  g_assert_cmpstr (back, ==, "192.0.2.2 → 192.0.2.1: 1 burst in 2 packets");

  /* Its name is a part of it; below the lanes and above them is nothing. */
  probe = lens_plot_probe_find (scene, data, 5, y);
  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_LANE);
  g_assert_cmpint (probe.burst, ==, -1);
  g_assert_cmpint (lens_plot_scene_find_lane (scene, data, 5, y), ==, 0);
  probe = lens_plot_probe_find (scene, data, 300, scene->plot.bottom + 2);
  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_NOTHING);
  probe = lens_plot_probe_find (scene, data, 300, scene->plot.top - 2);
  g_assert_cmpint (probe.kind, ==, LENS_PLOT_PROBE_NOTHING);
  g_assert_cmpint (lens_plot_scene_find_bar (scene, data, 300, y), ==, -1);
}

/* Against looking at all of them. */
static void
test_finds_bursts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  LensBurst bursts[40];
  LensChartLane lane = { .bursts = bursts, .n_bursts = G_N_ELEMENTS (bursts) };
  gint64 at = -500;

  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++)
    {
      bursts[i] = (LensBurst){ .first_ns = at, .last_ns = at + g_rand_int_range (random, 0, 20) };
      at = bursts[i].last_ns + g_rand_int_range (random, 1, 30);
    }
  for (guint round = 0; round < 4000; round++)
    {
      gint64 from = g_rand_int_range (random, -600, 800);
      gint64 to = from + g_rand_int_range (random, 0, 60);
      gint64 middle = from + (to - from) / 2;
      gssize expected = -1;
      gsize n_expected = 0;
      gint64 best = G_MAXINT64;
      gsize n;

      for (guint i = 0; i < lane.n_bursts; i++)
        {
          gint64 distance = MAX (MAX (bursts[i].first_ns - middle, middle - bursts[i].last_ns), 0);

          if (bursts[i].last_ns < from || bursts[i].first_ns > to)
            continue;
          n_expected++;
          if (distance < best)
            expected = (gssize) i;
          best = MIN (best, distance);
        }
      g_assert_cmpint (lens_chart_lane_find_burst (&lane, from, to, middle, &n), ==, expected);
      g_assert_cmpuint (n, ==, n_expected);
    }
  lane.n_bursts = 0;
  g_assert_cmpint (lens_chart_lane_find_burst (&lane, G_MININT64, G_MAXINT64, 0, &(gsize){ 1 }), ==, -1);
}

/* A host with more streams than lanes says how many are left out. */
static void
test_others_in_words (void)
{
  TestPacket many[20];
  char names[20][16];
  g_autoptr (LensChartData) data = NULL;
  g_autoptr (LensChartData) fewer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      g_snprintf (names[i], sizeof names[i], "192.0.2.%u", i + 2);
      many[i] = (TestPacket){ MOMENT + i * MS, "192.0.2.1", names[i], LENS_LAYER_UDP, 1, 2, 10 };
    }
  data = build (many, G_N_ELEMENTS (many));
  g_assert_cmpuint (data->lanes->len, ==, LENS_BURST_MAX_LANES);
  g_assert_nonnull (
      strstr (data->subtitle, "the 12 of its 20 streams with the most packets; 8 others are not shown"));
  fewer = build (many, LENS_BURST_MAX_LANES + 1);
  g_assert_nonnull (strstr (fewer->subtitle, "; 1 other is not shown"));
}

/* Very many bursts are drawn as what can be told apart, in the part of the time that is shown. */
static void
test_many_bursts_few_boxes (void)
{
  const gsize n = 60000;
  g_autofree TestPacket *many = g_new (TestPacket, n);
  g_autoptr (LensChartData) data = NULL;
  g_autoptr (LensPlotScene) scene = NULL;
  g_autoptr (LensPlotScene) closer = NULL;
  const LensTimeSpan span = { MOMENT, MOMENT + 1990 * MS };
  LensPlotProbe probe;
  LensPlotBox box;

  for (gsize i = 0; i < n; i++)
    many[i] = (TestPacket){ MOMENT + (gint64) (i / 2) * 200 * MS + (gint64) (i % 2) * MS,
                            "192.0.2.1",
                            "192.0.2.2",
                            LENS_LAYER_UDP,
                            1,
                            2,
                            10 };
  data = build (many, n);
  g_assert_cmpuint (get_lane (data, 0)->n_bursts, ==, n / 2);
  scene = lens_plot_scene_new (data, 900, 300, 12);
  /* The line of the stream, its ground, and less than a box every two pixels. */
  g_assert_cmpuint (scene->bars->len, <=, 450 + 2);
  box = lens_plot_scene_get_lane_box (scene, data, 0);
  probe = lens_plot_probe_find (scene, data, 500, (box.top + box.bottom) / 2);
  g_assert_cmpuint (probe.n_bursts, >, 1);

  lens_chart_data_set_shown (data, &span);
  closer = lens_plot_scene_new (data, 900, 300, 12);
  g_assert_cmpuint (closer->bars->len, ==, 10 + 2);
}

/* Pixels of a series' full colour. */
static guint
count_series_pixels (const LensChartData *data, guint color)
{
  LensPlotTheme theme = lens_plot_theme_light ();
  guint32 pixel = test_to_pixel (&theme.series[color]);
  cairo_surface_t *surface = test_draw_image (data, 700, 300, &theme);
  guint n = 0;

  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 700; x++)
      n += test_get_pixel (surface, x, y) == pixel;
  cairo_surface_destroy (surface);
  return n;
}

/* Both directions are there, each in its colour. */
static void
test_picture (void)
{
  g_autoptr (LensChartData) data = build (packets, G_N_ELEMENTS (packets));
  g_autoptr (LensChartData) only_sent = build (packets, 3);

  g_assert_cmpuint (count_series_pixels (data, 0), >, 100);
  g_assert_cmpuint (count_series_pixels (data, 1), >, count_series_pixels (only_sent, 1));
}

static void
test_nothing_there (void)
{
  const TestPacket none[] = { { 1, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 } };
  g_autoptr (LensChartData) data = build (none, 1);

  g_assert_nonnull (data->empty_text);
  g_assert_cmpuint (data->lanes->len, ==, 0);
  g_assert_false (lens_chart_data_is_over_time (data));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts-lanes/of-the-strongest", test_lanes_of_the_strongest);
  g_test_add_func ("/charts-lanes/says-exact-bursts", test_says_exact_bursts);
  g_test_add_func ("/charts-lanes/finds-bursts", test_finds_bursts);
  g_test_add_func ("/charts-lanes/others-in-words", test_others_in_words);
  g_test_add_func ("/charts-lanes/many-bursts-few-boxes", test_many_bursts_few_boxes);
  g_test_add_func ("/charts-lanes/picture", test_picture);
  g_test_add_func ("/charts-lanes/nothing-there", test_nothing_there);
  return g_test_run ();
}
