#include "lens-chart.h"
#include "lens-loader.h"
#include "lens-plot-axis.h"
#include "lens-plot.h"
#include "test-tables.h"

#include <dlfcn.h>
#include <locale.h>
#include <string.h>

/* What both themes draw with. */
#define FONT_SIZE (lens_plot_theme_light ().font_size)

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

/* Pictures */

static cairo_surface_t *
draw_image (const LensChartData *data, int width, int height, const LensPlotTheme *theme)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (width, 1), MAX (height, 1));
  cairo_t *cr = cairo_create (surface);

  lens_plot_draw (cr, width, height, data, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row
      = cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * (gsize) x, sizeof pixel);
  return pixel & 0xffffff;
}

static guint32
to_pixel (const LensPlotColor *color)
{
  return (guint32) (color->red * 255 + 0.5) << 16 | (guint32) (color->green * 255 + 0.5) << 8
         | (guint32) (color->blue * 255 + 0.5);
}

static guint
count_pixels_unlike (cairo_surface_t *surface, guint32 pixel)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += get_pixel (surface, x, y) != pixel;
  return n;
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
        surface = draw_image (data, sizes[j][0], sizes[j][1], &theme);
        if (data->title != NULL && *data->title != '\0' && sizes[j][0] >= 200 && sizes[j][1] >= 150)
          g_assert_cmpuint (count_pixels_unlike (surface, to_pixel (&theme.background)), >, 100);
        for (int y = -1; y <= sizes[j][1]; y += 1 + sizes[j][1] / 4)
          {
            int bar = lens_plot_find_bar (data, sizes[j][0], sizes[j][1], FONT_SIZE, sizes[j][0] / 2.0, y);

            g_assert_cmpint (bar, >=, -1);
            g_assert_cmpint (bar, <, (int) MAX (data->bars->len, 1));
          }
        g_assert_cmpfloat (lens_plot_get_natural_height (data, sizes[j][0], FONT_SIZE), >, 0);
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
  g_assert_cmphex (get_pixel (surface, 100, 100), !=, 0);
  g_assert_cmphex (get_pixel (surface, 5, 5), ==, 0);
  g_assert_cmphex (get_pixel (surface, 470, 100), ==, 0);
  g_assert_cmphex (get_pixel (surface, 100, 335), ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_themes_differ (void)
{
  g_autoptr (LensChartData) data = new_bars (LENS_CHART_SIDE_BARS, 5, 5000, "bar");
  const LensPlotTheme light = lens_plot_theme_light ();
  const LensPlotTheme dark = lens_plot_theme_dark ();
  cairo_surface_t *day = draw_image (data, 400, 300, &light);
  cairo_surface_t *night = draw_image (data, 400, 300, &dark);

  g_assert_cmphex (get_pixel (day, 399, 299), ==, to_pixel (&light.background));
  g_assert_cmphex (get_pixel (night, 399, 299), ==, to_pixel (&dark.background));
  g_assert_cmpuint (count_pixels_unlike (day, to_pixel (&light.background)), >, 1000);
  g_assert_cmpuint (count_pixels_unlike (night, to_pixel (&dark.background)), >, 1000);
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
        cairo_surface_t *surface = draw_image (data, sizes[i][0], sizes[i][1], &theme);
        guint n_seen[LENS_PLOT_N_SERIES_COLORS] = { 0 };

        for (int y = 0; y < sizes[i][1]; y += 3)
          for (int x = 0; x < sizes[i][0]; x += 5)
            for (int bar = 0; bar < LENS_PLOT_N_SERIES_COLORS; bar++)
              if (get_pixel (surface, x, y) == to_pixel (&theme.series[bar]))
                {
                  g_assert_cmpint (
                      lens_plot_find_bar (data, sizes[i][0], sizes[i][1], FONT_SIZE, x + 0.5, y + 0.5), ==,
                      bar);
                  n_seen[bar]++;
                }
        for (int bar = 0; bar < LENS_PLOT_N_SERIES_COLORS; bar++)
          g_assert_cmpuint (n_seen[bar], >, 2);
        g_assert_cmpint (lens_plot_find_bar (data, sizes[i][0], sizes[i][1], FONT_SIZE, 5, 1), ==, -1);
        g_assert_cmpint (lens_plot_find_bar (data, sizes[i][0], sizes[i][1], FONT_SIZE, -5, 150), ==, -1);
        cairo_surface_destroy (surface);
      }
}

static void
test_natural_height_grows_with_bars (void)
{
  g_autoptr (LensChartData) few = new_bars (LENS_CHART_SIDE_BARS, 3, 100, "bar");
  g_autoptr (LensChartData) many = new_bars (LENS_CHART_SIDE_BARS, 13, 100, "bar");

  g_assert_cmpfloat (lens_plot_get_natural_height (many, 600, FONT_SIZE), >,
                     lens_plot_get_natural_height (few, 600, FONT_SIZE) + 100);
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

/* The registry */

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
  const LensTopStream *top = lens_analysis_get_top_stream (analysis);
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
  g_autofree char *words = lens_filter_term_describe (&term);
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
      cairo_surface_t *surface = draw_image (data, 500, 300, &theme);

      g_assert_nonnull (data->title);
      g_assert_nonnull (data->empty_text);
      g_assert_cmpuint (count_pixels_unlike (surface, to_pixel (&theme.background)), >, 200);
      g_assert_cmpint (lens_plot_find_bar (data, 500, 300, FONT_SIZE, 250, 150), ==, -1);
      cairo_surface_destroy (surface);
    }
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
      cairo_surface_t *surface = draw_image (data, 500, 300, &theme);

      g_assert_false (lens_plot_is_available (&error));
      g_assert_nonnull (strstr (error->message, "plplot-driver-cairo"));
      g_assert_cmpuint (count_pixels_unlike (surface, to_pixel (&theme.background)), >, 200);
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
  surface = draw_image (data, 500, 300, &theme);
  g_test_assert_expected_messages ();
  plinit_fails = FALSE;
  g_assert_cmpuint (count_pixels_unlike (surface, to_pixel (&theme.background)), >, 200);
  cairo_surface_destroy (surface);

  surface = draw_image (data, 500, 300, &theme);
  g_assert_cmpuint (count_pixels_unlike (surface, to_pixel (&theme.background)), >, 1000);
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
  g_test_add_func ("/charts/registry/ids-are-unique", test_registry_ids_are_unique);
  g_test_add_func ("/charts/registry/ring", test_ring);
  g_test_add_func ("/charts/registry/filter-is-said", test_filter_is_said);
  g_test_add_func ("/charts/registry/others-are-added-up", test_others_are_added_up);
  g_test_add_func ("/charts/registry/empty-capture-says-why", test_empty_capture_says_why);
  return g_test_run ();
}
