/* Charts that read the packets: rates, sums and distributions as they are shown, and the scale that they are shown on. */
#include "lens-chart-intervals.h"
#include "lens-chart.h"
#include "lens-plot-line.h"
#include "lens-plot-probe.h"
#include "test-charts-picture.h"
#include "test-tables.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)
#define WIDTH 700
#define HEIGHT 400

/* Three packets in the first second, none in the next two, one in the fourth. */
static const TestPacket rows[] = {
  { 10 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 },
  { 10 * SECOND + 1, "192.0.2.1", "192.0.2.3", LENS_LAYER_TCP, 1, 80, 1000 },
  { 10 * SECOND + 2, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 53, 1, 10 },
  { 13 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 4 },
};

static LensAnalysis *
analyse (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));

  return test_analyse (capture, NULL, NULL);
}

static LensChartData *
build (const char *id, const LensAnalysis *analysis, LensSplitBy split, gint64 interval_ns, gboolean is_log)
{
  const LensChart *chart = lens_charts_find (id);
  LensChartOptions options;

  g_assert_nonnull (chart);
  options = lens_chart_get_default_options (chart);
  options.split = split;
  options.interval_ns = interval_ns;
  options.is_log = is_log;
  return lens_chart_build (chart, analysis, &options);
}

static const LensChartSeries *
get_series (const LensChartData *data, guint i)
{
  g_assert_cmpuint (i, <, data->series->len);
  return &g_array_index (data->series, LensChartSeries, i);
}

static void
assert_point (const LensChartSeries *series, gsize i, gint64 time_ns, guint64 figure)
{
  g_assert_cmpuint (i, <, series->n_points);
  g_assert_cmpint (series->points[i].time_ns, ==, time_ns);
  g_assert_cmpuint (series->points[i].payload_bytes, ==, figure);
}

static void
test_rates (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) payload
      = build ("payload-per-second", analysis, LENS_SPLIT_NONE, SECOND / 2, FALSE);
  g_autoptr (LensChartData) packets
      = build ("packets-per-second", analysis, LENS_SPLIT_DIRECTION, SECOND, FALSE);
  const LensChartSeries *all = get_series (payload, 0);
  const LensChartSeries *sent = get_series (packets, 0);

  g_assert_cmpfloat (payload->value_factor, ==, 2);
  g_assert_cmpint (payload->first_ns, ==, 10 * SECOND);
  g_assert_cmpint (payload->last_ns, ==, 13 * SECOND + SECOND / 2);
  g_assert_nonnull (strstr (payload->subtitle, "in intervals of 500 ms, at most 1.11 kB in one"));
  g_assert_cmpuint (all->n_points, ==, 4);
  assert_point (all, 0, 10 * SECOND, 1110);
  assert_point (all, 1, 10 * SECOND + SECOND / 2, 0);
  assert_point (all, 2, 13 * SECOND, 4);
  assert_point (all, 3, 13 * SECOND + SECOND / 2, 0);

  g_assert_cmpuint (packets->series->len, ==, 2);
  g_assert_cmpstr (sent->label, ==, "sent by 192.0.2.1");
  assert_point (sent, 0, 10 * SECOND, 2);
  assert_point (get_series (packets, 1), 0, 10 * SECOND, 1);
  g_assert_cmpstr (get_series (packets, 1)->label, ==, "received by 192.0.2.1");
}

static void
assert_interval (const LensChartIntervals *intervals,
                 gsize i,
                 const char *time,
                 guint64 total,
                 const char *rate)
{
  g_autofree char *time_text = lens_chart_intervals_write_time (intervals, i);
  g_autofree char *rate_text = lens_chart_intervals_write_rate (intervals, i, 0);

  g_assert_cmpstr (time_text, ==, time);
  g_assert_cmpuint (lens_chart_intervals_get_total (intervals, i), ==, total);
  g_assert_cmpstr (rate_text, ==, rate);
}

/* A row of a table each, those without packets too. */
static void
test_intervals (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) payload
      = build ("payload-per-second", analysis, LENS_SPLIT_NONE, SECOND / 2, FALSE);
  g_autoptr (LensChartData) packets
      = build ("packets-per-second", analysis, LENS_SPLIT_DIRECTION, 10 * SECOND, FALSE);
  g_autoptr (LensChartData) bars = build ("payload-by-source", analysis, LENS_SPLIT_NONE, 0, FALSE);
  g_autoptr (LensChartIntervals) halves = NULL;
  g_autoptr (LensChartIntervals) tens = NULL;

  g_assert_false (lens_chart_data_has_intervals (bars));
  payload->is_utc = packets->is_utc = TRUE;
  halves = lens_chart_intervals_new (payload);
  g_assert_cmpuint (halves->n_intervals, ==, 7);
  assert_interval (halves, 0, "00:00:10.0", 1110, "2,220");
  for (gsize i = 1; i < 6; i++)
    g_assert_cmpuint (lens_chart_intervals_get_total (halves, i), ==, 0);
  assert_interval (halves, 5, "00:00:12.5", 0, "0");
  assert_interval (halves, 6, "00:00:13.0", 4, "8");

  tens = lens_chart_intervals_new (packets);
  g_assert_cmpuint (tens->n_series, ==, 2);
  g_assert_cmpuint (tens->n_intervals, ==, 1);
  assert_interval (tens, 0, "00:00:10", 4, "0.3");
  g_assert_cmpfloat (lens_chart_intervals_get_rate (tens, 0, 1), ==, 0.1);
}

/* Those that a part of the time touches, and no others. */
static void
test_intervals_shown (void)
{
  static const struct
  {
    gint64 first_ns;
    gint64 last_ns;
    gsize n;
    const char *first;
    guint64 total; /* of the last one */
  } cases[] = { { 10 * SECOND, 10 * SECOND + 1, 1, "00:00:10.0", 1110 },
                { 10 * SECOND + 1, 11 * SECOND, 3, "00:00:10.0", 0 },
                { 12 * SECOND, 12 * SECOND + SECOND / 2 - 1, 1, "00:00:12.0", 0 },
                { 12 * SECOND + SECOND / 2, 99 * SECOND, 2, "00:00:12.5", 4 },
                { 0, 99 * SECOND, 7, "00:00:10.0", 4 } };
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) data = build ("payload-per-second", analysis, LENS_SPLIT_NONE, SECOND / 2, FALSE);
  LensTimeSpan before = { 0, 9 * SECOND };
  LensTimeSpan after = { 14 * SECOND, 15 * SECOND };
  g_autoptr (LensChartIntervals) none = NULL;
  g_autoptr (LensChartIntervals) past = NULL;

  data->is_utc = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensTimeSpan shown = { cases[i].first_ns, cases[i].last_ns };
      g_autoptr (LensChartIntervals) intervals = NULL;
      g_autofree char *time = NULL;

      lens_chart_data_set_shown (data, &shown);
      intervals = lens_chart_intervals_new (data);
      time = lens_chart_intervals_write_time (intervals, 0);
      g_assert_cmpuint (intervals->n_intervals, ==, cases[i].n);
      g_assert_cmpstr (time, ==, cases[i].first);
      g_assert_cmpuint (lens_chart_intervals_get_total (intervals, cases[i].n - 1), ==, cases[i].total);
    }
  lens_chart_data_set_shown (data, &before);
  none = lens_chart_intervals_new (data);
  g_assert_cmpuint (none->n_intervals, ==, 0);
  lens_chart_data_set_shown (data, &after);
  past = lens_chart_intervals_new (data);
  g_assert_cmpuint (past->n_intervals, ==, 0);
}

/* Of long intervals a rate is small, and still not 0. */
static void
test_rates_of_long_intervals (void)
{
  static const struct
  {
    gint64 interval_ns;
    const char *rate;
  } cases[] = { { SECOND, "3" },         { 2 * SECOND, "1.5" },       { 20 * SECOND, "0.20" },
                { 60 * SECOND, "0.07" }, { 3600 * SECOND, "0.0011" }, { 10000000 * SECOND, "0.0000004" } };
  g_autoptr (LensAnalysis) analysis = analyse ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensChartData) data
          = build ("packets-per-second", analysis, LENS_SPLIT_NONE, cases[i].interval_ns, FALSE);
      g_autoptr (LensChartIntervals) intervals = lens_chart_intervals_new (data);
      g_autofree char *rate = lens_chart_intervals_write_rate (intervals, 0, 0);

      g_assert_cmpstr (rate, ==, cases[i].rate);
    }
}

/* From one end of time to the other. */
static void
test_intervals_at_the_ends (void)
{
  const TestPacket far[] = { { G_MININT64, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 },
                             { G_MAXINT64, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 50 } };
  g_autoptr (LensCapture) capture = test_capture_new (far, G_N_ELEMENTS (far));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) data = build ("payload-per-second", analysis, LENS_SPLIT_NONE, 0, FALSE);
  g_autoptr (LensChartIntervals) intervals = NULL;
  g_autofree char *time = NULL;

  data->is_utc = TRUE;
  intervals = lens_chart_intervals_new (data);
  g_assert_cmpuint (lens_chart_intervals_get_total (intervals, 0), ==, 100);
  g_assert_cmpuint (lens_chart_intervals_get_total (intervals, intervals->n_intervals - 1), ==, 50);
  time = lens_chart_intervals_write_time (intervals, intervals->n_intervals - 1);
  g_assert_true (g_str_has_prefix (time, "2"));
  g_assert_nonnull (strchr (time, ' '));
}

static void
test_too_many_intervals (void)
{
  const TestPacket far[] = { { 0, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 },
                             { 3600 * SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 100 } };
  g_autoptr (LensCapture) capture = test_capture_new (far, G_N_ELEMENTS (far));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) data = build ("packets-per-second", analysis, LENS_SPLIT_NONE, 1000000, FALSE);

  g_assert_nonnull (strstr (data->subtitle, "(those of 1 ms would be too many)"));
}

static void
test_sums (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) data = build ("payload-so-far", analysis, LENS_SPLIT_PROTOCOL, 0, FALSE);
  const LensChartSeries *udp = get_series (data, 1);

  g_assert_cmpstr (get_series (data, 0)->label, ==, "TCP");
  g_assert_cmpstr (udp->label, ==, "UDP");
  g_assert_cmpuint (udp->n_points, ==, 3);
  assert_point (udp, 0, 10 * SECOND, 100);
  assert_point (udp, 1, 10 * SECOND + 2, 110);
  assert_point (udp, 2, 13 * SECOND, 114);
}

static void
test_top (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  const LensChart *chart = lens_charts_find ("payload-by-destination");
  LensChartOptions options = lens_chart_get_default_options (chart);
  g_autoptr (LensChartData) all = lens_chart_build (chart, analysis, &options);
  g_autoptr (LensChartData) few = NULL;

  g_assert_cmpuint (all->bars->len, ==, 3);
  options.top = 1;
  few = lens_chart_build (chart, analysis, &options);
  g_assert_cmpuint (few->bars->len, ==, 2);
  g_assert_cmpuint (g_array_index (few->bars, LensChartBar, 0).value, ==, 1000);
  g_assert_cmpuint (g_array_index (few->bars, LensChartBar, 1).value, ==, 114);
  g_assert_cmpstr (g_array_index (few->bars, LensChartBar, 1).label, ==, "2 other addresses");
}

static void
test_distribution (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) sizes = build ("payload-sizes", analysis, 0, 0, FALSE);
  g_autoptr (LensChartData) times = build ("inter-arrival-times", analysis, 0, 0, FALSE);
  guint64 n = 0;

  /* 4 10 100 1000 */
  g_assert_nonnull (
      strstr (sizes->subtitle, "median 55 bytes, 90 % from 4.9 bytes to 865 bytes, standard deviation"));
  g_assert_cmpstr (sizes->median_text, ==, "median 55 bytes");
  for (guint i = 0; i < sizes->bars->len; i++)
    n += g_array_index (sizes->bars, LensChartBar, i).value;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
  g_assert_cmpstr (g_array_index (sizes->bars, LensChartBar, 0).label, ==, "4 bytes");
  g_assert_cmpstr (g_array_index (sizes->bars, LensChartBar, sizes->bars->len - 1).label, ==,
                   "1,000 – 1,199 bytes");
  g_assert_cmpuint (times->bars->len, ==, 1);
  g_assert_cmpstr (times->median_text, ==, "median 3 s");
}

/* Figures between whole bytes are written as others are. */
static void
test_distribution_of_large_sizes (void)
{
  static const TestPacket large[] = {
    { SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 1000 },
    { SECOND, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 53, 60001 },
  };
  g_autoptr (LensCapture) capture = test_capture_new (large, G_N_ELEMENTS (large));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensChartData) sizes = build ("payload-sizes", analysis, 0, 0, FALSE);

  g_assert_cmpstr (sizes->median_text, ==, "median 30,500.5 bytes");
}

/* Where figures are on a scale: 0 and the largest at its ends, the rest in order, powers of ten equally far apart. */
static void
test_scale (void)
{
  static const double factors[] = { 1, 2, 0.1, 1000, 1e-9, 1e9 };

  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    for (gboolean is_log = FALSE; is_log <= TRUE; is_log++)
      {
        g_autoptr (LensChartData) data = lens_chart_data_new (LENS_CHART_BARS, LENS_UNIT_BYTES_PER_SECOND);
        g_autoptr (GArray) ticks = NULL;
        LensPlotScale scale;
        double before = 0;

        data->is_log = is_log;
        data->value_factor = factors[i];
        scale = lens_plot_scale_new (data, 1e6);
        g_assert_cmpfloat (lens_plot_scale_get_share (&scale, 0), ==, 0);
        g_assert_cmpfloat_with_epsilon (lens_plot_scale_get_share (&scale, 1e6), 1, 1e-9);
        for (double figure = 1; figure <= 1e6; figure *= 10)
          {
            double share = lens_plot_scale_get_share (&scale, figure);

            g_assert_cmpfloat (share, >, before);
            if (is_log && figure >= 100)
              g_assert_cmpfloat_with_epsilon (share - before, 1.0 / (7 + log10 (factors[i]) - scale.low),
                                              1e-9);
            before = share;
          }
        ticks = lens_plot_scale_get_ticks (&scale, 5);
        g_assert_cmpuint (ticks->len, >=, 2);
        g_assert_cmpuint (ticks->len, <=, 6);
        g_assert_cmpstr (g_array_index (ticks, LensPlotTick, 0).label, ==, "0");
        for (guint j = 0; j < ticks->len; j++)
          g_assert_cmpfloat (g_array_index (ticks, LensPlotTick, j).position, <=, 1 + 1e-9);
      }
}

/* A figure holds until the next: the line goes along and then up or down, also where only a part of the time is shown. */
static void
test_steps_are_drawn (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) data = build ("payload-per-second", analysis, LENS_SPLIT_NONE, SECOND, FALSE);
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, WIDTH, HEIGHT, TEST_FONT_SIZE);
  LensTimeSpan shown = { 11 * SECOND, 12 * SECOND };
  g_auto (LensPlotLine) line = { 0 };
  g_auto (LensPlotLine) part = { 0 };

  lens_plot_line_init (&line, scene, get_series (data, 0), 1);
  for (gsize i = 1; i < line.n; i++)
    g_assert_true (line.x[i] == line.x[i - 1] || line.y[i] == line.y[i - 1]);
  g_assert_cmpfloat (line.y[0], ==, lens_plot_scene_get_y (scene, 1110));
  g_assert_cmpfloat (line.y[line.n - 1], ==, lens_plot_scene_get_y (scene, 0));

  lens_chart_data_set_shown (data, &shown);
  lens_plot_scene_free (scene);
  scene = lens_plot_scene_new (data, WIDTH, HEIGHT, TEST_FONT_SIZE);
  lens_plot_line_init (&part, scene, get_series (data, 0), 1);
  g_assert_cmpuint (part.n, >=, 2);
  g_assert_cmpfloat (part.y[part.n - 1], ==, lens_plot_scene_get_y (scene, 0));
  g_assert_cmpfloat_with_epsilon (part.x[part.n - 1], lens_plot_scene_get_x (scene, 12 * SECOND), 0.01);
}

static char *
probe_at (const LensChartData *data, gint64 time_ns, guint64 figure)
{
  g_autoptr (LensPlotScene) scene = lens_plot_scene_new (data, WIDTH, HEIGHT, TEST_FONT_SIZE);
  LensPlotProbe probe = lens_plot_probe_find (scene, data, lens_plot_scene_get_x (scene, time_ns),
                                              lens_plot_scene_get_y (scene, figure));

  return lens_plot_probe_describe (&probe, data);
}

/* Anywhere in an interval its figure is said, exactly; of several series that of the nearest that is shown. */
static void
test_steps_are_said (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) all = build ("payload-per-second", analysis, LENS_SPLIT_NONE, SECOND / 2, FALSE);
  g_autoptr (LensChartData) log = build ("payload-per-second", analysis, LENS_SPLIT_PROTOCOL, SECOND, TRUE);
  g_autofree char *early = probe_at (all, 10 * SECOND + SECOND / 4, 1110);
  g_autofree char *between = probe_at (all, 12 * SECOND, 0);
  g_autofree char *tcp = probe_at (log, 10 * SECOND + SECOND / 2, 1000);
  g_autofree char *udp = NULL;

  g_assert_true (g_str_has_prefix (early, "all packets: 2,220 bytes/s (1,110 bytes in 500 ms)\n"));
  g_assert_true (g_str_has_prefix (between, "all packets: 0 bytes/s (0 bytes in 500 ms)\n"));
  g_assert_true (g_str_has_prefix (tcp, "TCP: 1,000 bytes/s (1,000 bytes in 1 s)\n"));
  g_array_index (log->series, LensChartSeries, 0).is_hidden = TRUE;
  udp = probe_at (log, 10 * SECOND + SECOND / 2, 110);
  g_assert_true (g_str_has_prefix (udp, "UDP: 110 bytes/s (110 bytes in 1 s)\n"));
}

/* All charts can be drawn with a logarithmic scale, and it looks different. */
static void
test_log_is_drawn (void)
{
  static const char *const ids[] = { "packets-per-layer", "payload-by-source", "payload-per-second",
                                     "packets-per-second", "top-source-over-time" };
  g_autoptr (LensAnalysis) analysis = analyse ();
  const LensPlotTheme theme = lens_plot_theme_light ();

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (LensChartData) plain = build (ids[i], analysis, LENS_SPLIT_NONE, 0, FALSE);
      g_autoptr (LensChartData) log = build (ids[i], analysis, LENS_SPLIT_NONE, 0, TRUE);
      cairo_surface_t *one = test_draw_image (plain, WIDTH, HEIGHT, &theme);
      cairo_surface_t *other = test_draw_image (log, WIDTH, HEIGHT, &theme);
      gsize size = (gsize) cairo_image_surface_get_stride (one) * HEIGHT;

      g_assert_true (log->is_log);
      g_assert_true (memcmp (cairo_image_surface_get_data (one), cairo_image_surface_get_data (other), size)
                     != 0);
      cairo_surface_destroy (one);
      cairo_surface_destroy (other);
    }
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_on_a_worker (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  const LensChart *chart = lens_charts_find ("payload-per-second");
  LensChartOptions options = lens_chart_get_default_options (chart);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  for (gboolean is_cancelled = FALSE; is_cancelled <= TRUE; is_cancelled++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LensChartData) data = NULL;

      if (is_cancelled)
        g_cancellable_cancel (cancellable);
      options.is_log = TRUE;
      lens_chart_build_async (chart, analysis, NULL, &options, cancellable, built_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      data = lens_chart_build_finish (result, &error);
      if (is_cancelled)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_true (data->is_log && get_series (data, 0)->payload_bytes == 1114);
    }
}

/* Also one whose figures the analysis has. */
static void
test_any_chart_on_a_worker (void)
{
  g_autoptr (LensAnalysis) analysis = analyse ();
  gsize n_charts;
  const LensChart *const *charts = lens_charts_get_all (&n_charts);

  for (gsize i = 0; i < n_charts; i++)
    {
      LensChartOptions options = lens_chart_get_default_options (charts[i]);
      g_autoptr (LensChartData) here = lens_chart_build (charts[i], analysis, &options);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LensChartData) data = NULL;

      lens_chart_build_async (charts[i], analysis, NULL, &options, NULL, built_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      data = lens_chart_build_finish (result, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (data->title, ==, here->title);
      g_assert_cmpint (data->kind, ==, here->kind);
      g_assert_cmpuint (data->bars->len, ==, here->bars->len);
      g_assert_cmpuint (data->series->len, ==, here->series->len);
      g_assert_cmpuint (data->lanes->len, ==, here->lanes->len);
    }
}

/* Where nobody can zoom out, the page says that it is not all of the time. */
static void
test_shown_is_said (void)
{
  static const struct
  {
    LensTimeSpan span;
    const char *text;
  } cases[] = {
    { { 11 * SECOND, 13 * SECOND }, " · shown: only 1970-01-01 from 00:00:11.000 to 00:00:13.000 UTC" },
    { { 10 * SECOND, 40010 * SECOND }, " · shown: only 1970-01-01 from 00:00:10 to 11:06:50 UTC" },
    { { -SECOND, SECOND }, " · shown: only from 1969-12-31 23:59:59.000 to 1970-01-01 00:00:01.000 UTC" },
  };
  g_autoptr (LensAnalysis) analysis = analyse ();
  g_autoptr (LensChartData) bars = build ("payload-by-source", analysis, LENS_SPLIT_NONE, 0, FALSE);
  g_autofree char *subtitle = g_strdup (bars->subtitle);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensChartData) data = build ("payload-per-second", analysis, LENS_SPLIT_NONE, SECOND, FALSE);
      g_autofree char *before = g_strdup (data->subtitle);
      g_autofree char *expected = g_strconcat (before, cases[i].text, NULL);

      lens_chart_data_say_shown (data);
      g_assert_cmpstr (data->subtitle, ==, before);
      lens_chart_data_set_shown (data, &cases[i].span);
      lens_chart_data_say_shown (data);
      g_assert_cmpstr (data->subtitle, ==, expected);
    }
  lens_chart_data_set_shown (bars, &cases[0].span);
  lens_chart_data_say_shown (bars);
  g_assert_cmpstr (bars->subtitle, ==, subtitle);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/lines/rates", test_rates);
  g_test_add_func ("/charts/lines/intervals", test_intervals);
  g_test_add_func ("/charts/lines/intervals-shown", test_intervals_shown);
  g_test_add_func ("/charts/lines/rates-of-long-intervals", test_rates_of_long_intervals);
  g_test_add_func ("/charts/lines/intervals-at-the-ends", test_intervals_at_the_ends);
  g_test_add_func ("/charts/lines/too-many-intervals", test_too_many_intervals);
  g_test_add_func ("/charts/lines/sums", test_sums);
  g_test_add_func ("/charts/lines/top", test_top);
  g_test_add_func ("/charts/lines/distribution", test_distribution);
  g_test_add_func ("/charts/lines/distribution-of-large-sizes", test_distribution_of_large_sizes);
  g_test_add_func ("/charts/lines/scale", test_scale);
  g_test_add_func ("/charts/lines/steps-are-drawn", test_steps_are_drawn);
  g_test_add_func ("/charts/lines/steps-are-said", test_steps_are_said);
  g_test_add_func ("/charts/lines/log-is-drawn", test_log_is_drawn);
  g_test_add_func ("/charts/lines/on-a-worker", test_on_a_worker);
  g_test_add_func ("/charts/lines/any-chart-on-a-worker", test_any_chart_on_a_worker);
  g_test_add_func ("/charts/lines/shown-is-said", test_shown_is_said);
  return g_test_run ();
}
