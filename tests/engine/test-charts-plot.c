/* The picture of a chart, whatever is in it, and its axes. */
#include "lens-chart-data.h"
#include "lens-plot-axis.h"
#include "lens-plot.h"
#include "test-charts-picture.h"

#include <dlfcn.h>
#include <locale.h>
#include <string.h>

#define MS G_GINT64_CONSTANT (1000000)
#define SECOND G_GINT64_CONSTANT (1000000000)

/* Charts that no capture would give. */

static void
set_words (LensChartData *data, const char *words)
{
  data->title = g_strdup (words);
  data->subtitle = g_strdup (words);
  data->x_title = g_strdup (words);
  data->y_title = g_strdup (words);
  data->legend_title = g_strdup (words);
}

static void
add_points (LensChartData *data, const char *label, const LensSeriesPoint *points, gsize n)
{
  LensSeries series = { .points = (LensSeriesPoint *) points, .n_points = n, .packets = n };

  lens_chart_data_add_series (data, label, &series, data->series->len);
}

static LensChartData *
new_bars (LensChartKind kind, guint n, guint64 value, const char *label)
{
  LensChartData *data = lens_chart_data_new (kind, LENS_UNIT_BYTES);

  set_words (data, label);
  for (guint i = 0; i < n; i++)
    lens_chart_data_add_bar (data, label, value / (i + 1), i, NULL);
  return data;
}

static LensChartData *
new_two_points (gint64 first_ns, gint64 last_ns, guint32 payload_bytes)
{
  const LensSeriesPoint points[] = { { first_ns, 0 }, { last_ns, payload_bytes } };
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);

  set_words (data, "Two points");
  data->first_ns = first_ns;
  data->last_ns = last_ns;
  add_points (data, "series", points, G_N_ELEMENTS (points));
  return data;
}

static LensChartData *
new_bands_outside (void)
{
  LensChartData *data = new_two_points (0, SECOND, 100);
  const LensChartBand bands[] = { { G_MININT64, G_MAXINT64, 1, 1, 1 }, { 5 * SECOND, SECOND, 1, 1, 1 } };

  g_array_append_vals (data->bands, bands, G_N_ELEMENTS (bands));
  return data;
}

static LensChartData *
new_many_series (void)
{
  LensChartData *data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);
  g_autofree LensSeriesPoint *points = g_new0 (LensSeriesPoint, LENS_SERIES_MAX_POINTS);

  set_words (data, "Many series");
  for (guint i = 0; i < LENS_SERIES_MAX_POINTS; i++)
    points[i] = (LensSeriesPoint){ i * MS, (i * 7919) % 1400 };
  data->last_ns = points[LENS_SERIES_MAX_POINTS - 1].time_ns;
  for (guint i = 0; i < 40; i++)
    add_points (data, "2001:db8:85a3:fe80:1319:8a2e:e370:7344", points, i == 0 ? LENS_SERIES_MAX_POINTS : 50);
  return data;
}

static GPtrArray *
new_hostile_charts (void)
{
  g_autofree char *long_word = g_strnfill (300, 'W');
  GPtrArray *charts = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_chart_data_free);

  for (int kind = LENS_CHART_BARS; kind <= LENS_CHART_SIDE_BARS; kind++)
    {
      g_ptr_array_add (charts, new_bars (kind, 1, 0, ""));
      g_ptr_array_add (charts, new_bars (kind, 13, G_MAXUINT64, "#u#d##<b>&amp;\xff\xfe\n\t"));
      g_ptr_array_add (charts, new_bars (kind, 200, 1, long_word));
      g_ptr_array_add (charts, new_bars (kind, 5, 3, "2001:db8:85a3:fe80:1319:8a2e:e370:7344"));
      g_ptr_array_add (charts, lens_chart_data_new (kind, LENS_UNIT_PACKETS));
    }
  g_ptr_array_add (charts, lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES));
  g_ptr_array_add (charts, new_two_points (0, 0, 0));
  g_ptr_array_add (charts, new_two_points (G_MININT64, G_MININT64, 1));
  g_ptr_array_add (charts, new_two_points (G_MAXINT64, G_MAXINT64, 1));
  g_ptr_array_add (charts, new_two_points (G_MININT64, G_MAXINT64, G_MAXUINT32));
  g_ptr_array_add (charts, new_two_points (G_MAXINT64 - 1, G_MAXINT64, 7));
  g_ptr_array_add (charts, new_two_points (0, 1, 1));
  g_ptr_array_add (charts, new_two_points (-5 * SECOND, 5 * SECOND, 1));
  g_ptr_array_add (charts, new_bands_outside ());
  g_ptr_array_add (charts, new_many_series ());
  return charts;
}

/* PLplot's own errors end the process. This stands before its plinit(), and fails where a test wants it to. */
static gboolean plinit_fails;

void c_plinit (void);
void plexit (const char *message);

void
c_plinit (void)
{
  void (*original) (void) = (void (*) (void)) (guintptr) dlsym (RTLD_NEXT, "c_plinit");

  if (plinit_fails)
    plexit ("a failure that the test asked for");
  original ();
}

static void
test_hostile_data_at_all_sizes (void)
{
  static const int sizes[][2] = { { 0, 0 },   { 1, 1 },     { 3, 400 },   { 400, 3 },   { 20, 20 },
                                  { 60, 40 }, { 200, 150 }, { 321, 201 }, { 900, 400 }, { 3000, 300 } };
  g_autoptr (GPtrArray) charts = new_hostile_charts ();
  const LensPlotTheme theme = lens_plot_theme_light ();

  for (guint i = 0; i < charts->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        const LensChartData *data = g_ptr_array_index (charts, i);
        cairo_surface_t *surface;

        g_test_message ("chart %u at %d x %d", i, sizes[j][0], sizes[j][1]);
        surface = test_draw_image (data, sizes[j][0], sizes[j][1], &theme);
        if (data->title != NULL && *data->title != '\0' && sizes[j][0] >= 200 && sizes[j][1] >= 150)
          g_assert_cmpuint (test_count_pixels_unlike (surface, test_to_pixel (&theme.background)), >, 100);
        for (int y = -1; y <= sizes[j][1]; y += 1 + sizes[j][1] / 4)
          {
            int bar
                = lens_plot_find_bar (data, sizes[j][0], sizes[j][1], TEST_FONT_SIZE, sizes[j][0] / 2.0, y);

            g_assert_cmpint (bar, >=, -1);
            g_assert_cmpint (bar, <, (int) MAX (data->bars->len, 1));
          }
        g_assert_cmpfloat (lens_plot_get_natural_height (data, sizes[j][0], TEST_FONT_SIZE), >, 0);
        cairo_surface_destroy (surface);
      }
}

static void
test_leaves_the_context_alone (void)
{
  g_autoptr (LensChartData) data = new_two_points (0, SECOND, 1400);
  const LensPlotTheme theme = lens_plot_theme_dark ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 800, 600);
  cairo_t *cr = cairo_create (surface);
  cairo_matrix_t before;
  cairo_matrix_t after;
  double clip_before[4];
  double clip_after[4];
  g_autofree char *numeric = NULL;
  cairo_pattern_t *source;

  /* With a decimal comma where the system has such a locale: PLplot switches it off while it draws. */
  setlocale (LC_NUMERIC, "de_DE.UTF-8");
  numeric = g_strdup (setlocale (LC_NUMERIC, NULL));

  cairo_scale (cr, 1.5, 1.5);
  cairo_translate (cr, 10, 20);
  cairo_set_line_width (cr, 7);
  cairo_set_source_rgb (cr, 0.1, 0.2, 0.3);
  source = cairo_get_source (cr);
  cairo_get_matrix (cr, &before);
  cairo_clip_extents (cr, clip_before, clip_before + 1, clip_before + 2, clip_before + 3);

  lens_plot_draw (cr, 300, 200, data, &theme);

  cairo_get_matrix (cr, &after);
  cairo_clip_extents (cr, clip_after, clip_after + 1, clip_after + 2, clip_after + 3);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  g_assert_cmpmem (clip_before, sizeof clip_before, clip_after, sizeof clip_after);
  g_assert_cmpfloat (cairo_get_line_width (cr), ==, 7);
  g_assert_true (cairo_get_source (cr) == source);
  g_assert_cmpstr (setlocale (LC_NUMERIC, NULL), ==, numeric);
  setlocale (LC_NUMERIC, "C");

  /* It stayed inside its rectangle, which ends at (10 + 300) * 1.5 and (20 + 200) * 1.5. */
  cairo_surface_flush (surface);
  g_assert_cmphex (test_get_pixel (surface, 100, 100), !=, 0);
  g_assert_cmphex (test_get_pixel (surface, 5, 5), ==, 0);
  g_assert_cmphex (test_get_pixel (surface, 470, 100), ==, 0);
  g_assert_cmphex (test_get_pixel (surface, 100, 335), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_themes_differ (void)
{
  g_autoptr (LensChartData) data = new_bars (LENS_CHART_SIDE_BARS, 5, 5000, "bar");
  const LensPlotTheme light = lens_plot_theme_light ();
  const LensPlotTheme dark = lens_plot_theme_dark ();
  cairo_surface_t *day = test_draw_image (data, 400, 300, &light);
  cairo_surface_t *night = test_draw_image (data, 400, 300, &dark);

  g_assert_cmphex (test_get_pixel (day, 399, 299), ==, test_to_pixel (&light.background));
  g_assert_cmphex (test_get_pixel (night, 399, 299), ==, test_to_pixel (&dark.background));
  g_assert_cmpuint (test_count_pixels_unlike (day, test_to_pixel (&light.background)), >, 1000);
  g_assert_cmpuint (test_count_pixels_unlike (night, test_to_pixel (&dark.background)), >, 1000);
  cairo_surface_destroy (day);
  cairo_surface_destroy (night);
}

/* A pixel in the colour of bar n is found as bar n, at every size. */
static void
test_finds_the_bar_that_is_drawn (void)
{
  static const int sizes[][2] = { { 240, 220 }, { 500, 400 }, { 1200, 700 } };
  LensPlotTheme theme = lens_plot_theme_light ();

  /* Grey is also what the edges of letters are. */
  theme.series[LENS_PLOT_N_SERIES_COLORS - 1] = (LensPlotColor){ 1, 0, 1 };

  for (int kind = LENS_CHART_BARS; kind <= LENS_CHART_SIDE_BARS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (LensChartData) data = new_bars (kind, LENS_PLOT_N_SERIES_COLORS, 50000, "198.51.100.7");
        cairo_surface_t *surface = test_draw_image (data, sizes[i][0], sizes[i][1], &theme);
        guint n_seen[LENS_PLOT_N_SERIES_COLORS] = { 0 };

        for (int y = 0; y < sizes[i][1]; y += 3)
          for (int x = 0; x < sizes[i][0]; x += 5)
            for (int bar = 0; bar < LENS_PLOT_N_SERIES_COLORS; bar++)
              if (test_get_pixel (surface, x, y) == test_to_pixel (&theme.series[bar]))
                {
                  g_assert_cmpint (
                      lens_plot_find_bar (data, sizes[i][0], sizes[i][1], TEST_FONT_SIZE, x + 0.5, y + 0.5),
                      ==, bar);
                  n_seen[bar]++;
                }
        for (int bar = 0; bar < LENS_PLOT_N_SERIES_COLORS; bar++)
          g_assert_cmpuint (n_seen[bar], >, 2);
        g_assert_cmpint (lens_plot_find_bar (data, sizes[i][0], sizes[i][1], TEST_FONT_SIZE, 5, 1), ==, -1);
        g_assert_cmpint (lens_plot_find_bar (data, sizes[i][0], sizes[i][1], TEST_FONT_SIZE, -5, 150), ==,
                         -1);
        cairo_surface_destroy (surface);
      }
}

static void
test_natural_height_grows_with_bars (void)
{
  g_autoptr (LensChartData) few = new_bars (LENS_CHART_SIDE_BARS, 3, 100, "bar");
  g_autoptr (LensChartData) many = new_bars (LENS_CHART_SIDE_BARS, 13, 100, "bar");

  g_assert_cmpfloat (lens_plot_get_natural_height (many, 600, TEST_FONT_SIZE), >,
                     lens_plot_get_natural_height (few, 600, TEST_FONT_SIZE) + 100);
}

/* Axes */

static void
test_value_ticks (void)
{
  static const struct
  {
    double max;
    LensUnit unit;
    guint max_ticks;
    const char *labels;
  } cases[] = {
    { 1, LENS_UNIT_PACKETS, 5, "0|1" },
    { 9907, LENS_UNIT_PACKETS, 5, "0|2,000|4,000|6,000|8,000" },
    { 1460, LENS_UNIT_BYTES, 4, "0|500 B|1,000 B" },
    { 3144025, LENS_UNIT_BYTES, 7, "0|0.5 MB|1.0 MB|1.5 MB|2.0 MB|2.5 MB|3.0 MB" },
    { 2.5e9, LENS_UNIT_BYTES, 3, "0|1 GB|2 GB" },
    { 18446744073709551615.0, LENS_UNIT_BYTES, 2, "0|10 EB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) ticks = lens_plot_axis_value_ticks (cases[i].max, cases[i].unit, cases[i].max_ticks);
      g_autoptr (GString) labels = g_string_new (NULL);

      for (guint j = 0; j < ticks->len; j++)
        g_string_append_printf (labels, "%s%s", j > 0 ? "|" : "",
                                g_array_index (ticks, LensPlotTick, j).label);
      g_assert_cmpstr (labels->str, ==, cases[i].labels);
    }
}

/* In UTC, which the tests run in; 700 pixels and 7 a character. */
static void
test_time_ticks (void)
{
  const gint64 moment = G_GINT64_CONSTANT (1617818034420350123); /* 2021-04-07 17:53:54.42 */
  static const struct
  {
    gint64 span_ns;
    const char *first;
    const char *second;
    const char *context;
  } cases[] = {
    { 800, "+200 ns", "+300 ns", "7 Apr 2021 17:53:54.420350 UTC" },
    { 45678, "+360 µs", "+370 µs", "7 Apr 2021 17:53:54.420 UTC" },
    { 9000000, "17:53:54.422", "17:53:54.424", "7 Apr 2021, UTC" },
    { 60 * SECOND, "17:54:00", "17:54:10", "7 Apr 2021, UTC" },
    { 190 * SECOND, "17:54:00", "17:54:30", "7 Apr 2021, UTC" },
    { 36 * 3600 * SECOND, "18:00", "21:00", "7 Apr 2021 – 9 Apr 2021, UTC" },
    { 3000 * 86400 * SECOND, "2022", "2023", "7 Apr 2021 – 24 Jun 2029, UTC" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensPlotTimeAxis axis = lens_plot_axis_time (moment, moment + cases[i].span_ns, FALSE);
      g_autofree char *context = NULL;
      g_autoptr (GArray) ticks = lens_plot_axis_time_ticks (&axis, 700, 7, &context);

      g_assert_cmpuint (ticks->len, >=, 2);
      g_assert_cmpuint (ticks->len, <=, 15);
      g_assert_cmpstr (g_array_index (ticks, LensPlotTick, 0).label, ==, cases[i].first);
      g_assert_cmpstr (g_array_index (ticks, LensPlotTick, 1).label, ==, cases[i].second);
      g_assert_cmpstr (context, ==, cases[i].context);
      for (guint j = 0; j < ticks->len; j++)
        {
          g_assert_cmpfloat (g_array_index (ticks, LensPlotTick, j).position, >=, axis.from_ns);
          g_assert_cmpfloat (g_array_index (ticks, LensPlotTick, j).position, <=, axis.to_ns);
        }
    }
}

/* What is counted from is a moment of the day that it is said with, also just before midnight. */
static void
test_time_ticks_over_midnight (void)
{
  const gint64 midnight = G_GINT64_CONSTANT (1735689600000000000);
  LensPlotTimeAxis axis = lens_plot_axis_time (midnight - 20000, midnight + 20000, FALSE);
  g_autofree char *context = NULL;
  g_autoptr (GArray) ticks = lens_plot_axis_time_ticks (&axis, 700, 7, &context);

  g_assert_cmpstr (g_array_index (ticks, LensPlotTick, 0).label, ==, "+980 µs");
  g_assert_cmpstr (context, ==, "31 Dec 2024 23:59:59.999 UTC");
}

/* Where PLplot's driver is missing: it says so in the picture, and does not ask on standard input. */
static void
test_missing_driver_is_said (void)
{
  g_autoptr (LensChartData) data = new_two_points (0, SECOND, 1);
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ())
    {
      const LensPlotTheme theme = lens_plot_theme_light ();
      cairo_surface_t *surface = test_draw_image (data, 500, 300, &theme);

      g_assert_false (lens_plot_is_available (&error));
      g_assert_nonnull (strstr (error->message, "plplot-driver-cairo"));
      g_assert_cmpuint (test_count_pixels_unlike (surface, test_to_pixel (&theme.background)), >, 200);
      cairo_surface_destroy (surface);
      return;
    }
  g_assert_true (lens_plot_is_available (&error));
  g_assert_no_error (error);
  g_setenv ("PLPLOT_DRV_DIR", "/nonexistent", TRUE);
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv ("PLPLOT_DRV_DIR");
  g_test_trap_assert_passed ();
}

static void
test_survives_a_fatal_error_of_plplot (void)
{
  g_autoptr (LensChartData) data = new_two_points (0, SECOND, 1);
  const LensPlotTheme theme = lens_plot_theme_light ();
  cairo_surface_t *surface;

  plinit_fails = TRUE;
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "PLplot: a failure that*");
  surface = test_draw_image (data, 500, 300, &theme);
  g_test_assert_expected_messages ();
  plinit_fails = FALSE;
  g_assert_cmpuint (test_count_pixels_unlike (surface, test_to_pixel (&theme.background)), >, 200);
  cairo_surface_destroy (surface);

  surface = test_draw_image (data, 500, 300, &theme);
  g_assert_cmpuint (test_count_pixels_unlike (surface, test_to_pixel (&theme.background)), >, 1000);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/plot/hostile-data-at-all-sizes", test_hostile_data_at_all_sizes);
  g_test_add_func ("/charts/plot/leaves-the-context-alone", test_leaves_the_context_alone);
  g_test_add_func ("/charts/plot/themes-differ", test_themes_differ);
  g_test_add_func ("/charts/plot/finds-the-bar-that-is-drawn", test_finds_the_bar_that_is_drawn);
  g_test_add_func ("/charts/plot/natural-height-grows-with-bars", test_natural_height_grows_with_bars);
  g_test_add_func ("/charts/plot/missing-driver-is-said", test_missing_driver_is_said);
  g_test_add_func ("/charts/plot/survives-a-fatal-error-of-plplot", test_survives_a_fatal_error_of_plplot);
  g_test_add_func ("/charts/axis/value-ticks", test_value_ticks);
  g_test_add_func ("/charts/axis/time-ticks", test_time_ticks);
  g_test_add_func ("/charts/axis/time-ticks-over-midnight", test_time_ticks_over_midnight);
  return g_test_run ();
}
