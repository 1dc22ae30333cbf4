/* Who sends to whom: the figures of the matrix, its shades, its words and its picture. */
#include "lens-chart-list.h"
#include "lens-chart-matrix.h"
#include "lens-loader.h"
#include "lens-matrix-picture.h"
#include "lens-matrix-scale.h"
#include "test-charts-picture.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define A "192.0.2.1"
#define B "192.0.2.2"
#define C "192.0.2.3"
#define D "2001:db8::4"
#define E "2001:db8::5"

/* By payload A, B, C, D and E; by packets D and E come first. */
static const TestPacket rows[] = {
  { 0, A, B, LENS_LAYER_UDP, 1, 2, 5000 }, { 1, B, A, LENS_LAYER_UDP, 2, 1, 100 },
  { 2, A, C, LENS_LAYER_TCP, 3, 4, 2000 }, { 3, C, A, LENS_LAYER_TCP, 4, 3, 0 },
  { 4, D, E, LENS_LAYER_UDP, 5, 6, 10 },   { 5, D, E, LENS_LAYER_UDP, 5, 6, 10 },
  { 6, D, E, LENS_LAYER_UDP, 5, 6, 11 },   { 7, E, D, LENS_LAYER_UDP, 6, 5, 1 },
  { 8, D, D, LENS_LAYER_UDP, 7, 7, 2 },    { 9, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 },
};

static void
assert_cell (const LensHostMatrix *matrix, guint row, guint column, guint64 packets, guint64 payload_bytes)
{
  const LensMatrixCell *cell = lens_host_matrix_get_cell (matrix, row, column);

  g_assert_cmpuint (cell->packets, ==, packets);
  g_assert_cmpuint (cell->payload_bytes, ==, payload_bytes);
}

static void
assert_host (const LensHostMatrix *matrix, guint side, const char *text)
{
  char found[LENS_ADDRESS_TEXT_SIZE];

  g_assert_cmpstr (lens_address_format (&matrix->hosts[side], found), ==, text);
}

/* Every cell together, against the analysis. */
static void
assert_sums (const LensHostMatrix *matrix, const LensAnalysis *analysis)
{
  guint n_sides = lens_host_matrix_get_n_sides (matrix);
  guint64 packets = 0;
  guint64 payload_bytes = 0;

  for (guint i = 0; i < n_sides * n_sides; i++)
    {
      packets += matrix->cells[i].packets;
      payload_bytes += matrix->cells[i].payload_bytes;
      g_assert_cmpuint (matrix->cells[i].packets, <=, matrix->cells[i].whole_packets);
    }
  g_assert_cmpuint (packets, ==, lens_analysis_get_layers (analysis)->ip);
  g_assert_cmpuint (payload_bytes, ==, lens_analysis_get_payload_bytes (analysis));
}

static void
test_all_hosts (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensHostMatrix) matrix = lens_host_matrix_new (analysis, NULL, LENS_MATRIX_PAYLOAD, 12);
  static const char *const order[] = { A, B, C, D, E };
  guint64 smallest, largest;

  g_assert_cmpuint (matrix->n_hosts, ==, G_N_ELEMENTS (order));
  g_assert_cmpuint (matrix->n_others, ==, 0);
  g_assert_cmpuint (lens_host_matrix_get_n_sides (matrix), ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    assert_host (matrix, i, order[i]);
  assert_cell (matrix, 0, 1, 1, 5000);
  assert_cell (matrix, 1, 0, 1, 100);
  assert_cell (matrix, 2, 0, 1, 0);
  assert_cell (matrix, 3, 4, 3, 31);
  assert_cell (matrix, 3, 3, 1, 2);
  assert_cell (matrix, 1, 2, 0, 0);
  assert_sums (matrix, analysis);
  g_assert_true (lens_host_matrix_get_range (matrix, &smallest, &largest));
  g_assert_cmpuint (smallest, ==, 1);
  g_assert_cmpuint (largest, ==, 5000);
}

static void
test_others (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensHostMatrix) payload = lens_host_matrix_new (analysis, NULL, LENS_MATRIX_PAYLOAD, 2);
  g_autoptr (LensHostMatrix) packets = lens_host_matrix_new (analysis, NULL, LENS_MATRIX_PACKETS, 2);
  g_autoptr (LensHostMatrix) nearly_all = lens_host_matrix_new (analysis, NULL, LENS_MATRIX_PACKETS, 4);

  g_assert_cmpuint (payload->n_hosts, ==, 2);
  g_assert_cmpuint (payload->n_others, ==, 3);
  g_assert_cmpuint (lens_host_matrix_get_n_sides (payload), ==, 3);
  assert_host (payload, 0, A);
  assert_host (payload, 1, B);
  assert_cell (payload, 0, 2, 1, 2000);
  assert_cell (payload, 2, 2, 5, 34);
  assert_sums (payload, analysis);

  assert_host (packets, 0, D);
  assert_host (packets, 1, A); /* as many packets as E, but an address before it */
  assert_sums (packets, analysis);

  /* A single other host is no others. */
  g_assert_cmpuint (nearly_all->n_hosts, ==, 5);
  g_assert_cmpuint (nearly_all->n_others, ==, 0);
}

static void
test_terms (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensHostMatrix) matrix = lens_host_matrix_new (analysis, NULL, LENS_MATRIX_PAYLOAD, 2);
  LensAddress a = test_address (A);
  LensAddress b = test_address (B);
  LensFilterTerm connection = lens_filter_term_connection (&b, &a);
  LensFilterTerm host = lens_filter_term_host (&a);
  LensFilterTerm term;

  g_assert_true (lens_host_matrix_get_term (matrix, 1, 0, &term));
  g_assert_true (lens_filter_term_equal (&term, &connection));
  g_assert_true (lens_host_matrix_get_term (matrix, 0, LENS_MATRIX_NAMES, &term));
  g_assert_true (lens_filter_term_equal (&term, &host));
  g_assert_true (lens_host_matrix_get_term (matrix, LENS_MATRIX_NAMES, 0, &term));
  g_assert_true (lens_filter_term_equal (&term, &host));
  g_assert_false (lens_host_matrix_get_term (matrix, 1, 1, &term)); /* nothing was sent */
  g_assert_false (lens_host_matrix_get_term (matrix, 2, 0, &term)); /* of the others */
  g_assert_false (lens_host_matrix_get_term (matrix, LENS_MATRIX_NAMES, 2, &term));
  g_assert_false (lens_host_matrix_get_term (matrix, LENS_MATRIX_NAMES, LENS_MATRIX_NAMES, &term));
}

/* A filter to what is shown already leaves all hosts where they are; one to others brings them in. */
static void
test_places_under_a_filter (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAddress a = test_address (A);
  LensAddress c = test_address (C);
  LensAddress e = test_address (E);
  LensFilterTerm to_c = lens_filter_term_connection (&a, &c);
  LensFilterTerm host_e = lens_filter_term_host (&e);
  g_autoptr (LensAnalysis) whole = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) shown = test_analyse (capture, &to_c, NULL);
  g_autoptr (LensAnalysis) hidden = test_analyse (capture, &host_e, NULL);
  g_autoptr (LensHostMatrix) before = lens_host_matrix_new (whole, whole, LENS_MATRIX_PAYLOAD, 3);
  g_autoptr (LensHostMatrix) same = lens_host_matrix_new (shown, whole, LENS_MATRIX_PAYLOAD, 3);
  g_autoptr (LensHostMatrix) other = lens_host_matrix_new (hidden, whole, LENS_MATRIX_PAYLOAD, 3);
  g_autoptr (LensHostMatrix) alone = lens_host_matrix_new (shown, NULL, LENS_MATRIX_PAYLOAD, 3);

  g_assert_cmpuint (same->n_hosts, ==, before->n_hosts);
  g_assert_cmpuint (same->n_others, ==, before->n_others);
  for (guint i = 0; i < before->n_hosts; i++)
    g_assert_true (lens_address_equal (&same->hosts[i], &before->hosts[i]));
  assert_cell (same, 0, 2, 1, 2000);
  assert_cell (same, 0, 1, 0, 0);
  g_assert_cmpuint (lens_host_matrix_get_cell (same, 0, 1)->whole_packets, ==, 1);
  assert_sums (same, shown);

  assert_host (other, 0, A);
  assert_host (other, 1, D);
  assert_host (other, 2, E);
  assert_cell (other, 1, 2, 3, 31);
  assert_sums (other, hidden);

  g_assert_cmpuint (alone->n_hosts, ==, 2);
  g_assert_cmpuint (alone->n_others, ==, 0);
  assert_sums (alone, shown);
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

/* Whatever the number of hosts, nothing is lost, and each cell by name is its connection. */
static void
test_ring (void)
{
  g_autoptr (LensCapture) capture = load_ring ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  gsize n_connections;
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n_connections);

  for (guint max = 1; max <= 40; max++)
    {
      g_autoptr (LensHostMatrix) matrix
          = lens_host_matrix_new (analysis, analysis, (LensMatrixWeight) (max % 2), max);
      gsize n_found = 0;

      assert_sums (matrix, analysis);
      for (guint row = 0; row < matrix->n_hosts; row++)
        for (guint column = 0; column < matrix->n_hosts; column++)
          for (gsize i = 0; i < n_connections; i++)
            if (lens_address_equal (connections[i].source, &matrix->hosts[row])
                && lens_address_equal (connections[i].destination, &matrix->hosts[column]))
              {
                assert_cell (matrix, row, column, connections[i].packets, connections[i].payload_bytes);
                n_found++;
              }
      g_assert_true (matrix->n_others > 0 || n_found == n_connections);
    }
}

static void
test_scale (void)
{
  static const struct
  {
    guint64 smallest;
    guint64 largest;
    guint n;
    guint64 from[LENS_MATRIX_MAX_SHADES];
  } cases[] = {
    { 1, 1, 1, { 1 } },
    { 7, 9, 1, { 5 } },
    { 1, 40, 5, { 1, 2, 5, 10, 20 } },
    { 3, 100, 6, { 2, 5, 10, 20, 50, 100 } },
    { 1, 100, 3, { 1, 10, 100 } },
    { 30, 5844, 3, { 10, 100, 1000 } },
    { 1, 3050235, 4, { 1, 100, 10000, 1000000 } },
    { 1, G_MAXUINT64, 5, { 1, 10000, 100000000, 1000000000000, 10000000000000000 } },
    { G_MAXUINT64, G_MAXUINT64, 1, { 10000000000000000000u } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensMatrixScale scale = lens_matrix_scale_new (cases[i].smallest, cases[i].largest);

      g_assert_cmpuint (scale.n, ==, cases[i].n);
      for (guint shade = 0; shade < scale.n; shade++)
        {
          g_assert_cmpuint (scale.from[shade], ==, cases[i].from[shade]);
          g_assert_cmpint (lens_matrix_scale_find (&scale, MAX (scale.from[shade], cases[i].smallest)), ==,
                           shade);
          if (shade > 0)
            {
              g_assert_cmpint (lens_matrix_scale_find (&scale, scale.from[shade] - 1), ==, shade - 1);
              g_assert_cmpfloat (lens_matrix_scale_get_strength (&scale, shade), >,
                                 lens_matrix_scale_get_strength (&scale, shade - 1));
            }
        }
      g_assert_cmpint (lens_matrix_scale_find (&scale, 0), ==, -1);
      g_assert_cmpint (lens_matrix_scale_find (&scale, cases[i].largest), ==, (int) scale.n - 1);
    }
  g_assert_cmpuint (lens_matrix_scale_new (0, 0).n, ==, 0);
}

static LensChartData *
build (LensMatrixWeight weight, guint n_hosts)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  const LensChartOptions options = { .matrix_hosts = n_hosts, .matrix_weight = weight };

  return lens_chart_build (lens_charts_find ("host-to-host"), analysis, &options);
}

static void
assert_described (const LensChartData *data, int row, int column, const char *expected)
{
  g_autofree char *text = lens_chart_matrix_describe (data, row, column);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  g_autoptr (LensChartData) data = build (LENS_MATRIX_PAYLOAD, 2);
  g_autofree char *others = lens_chart_matrix_name_side (data, 2);
  g_autofree char *shade = lens_chart_matrix_format_shade (data->matrix, 20000);
  g_autofree char *small_shade = lens_chart_matrix_format_shade (data->matrix, 100);

  g_assert_cmpstr (others, ==, "3 other hosts");
  g_assert_cmpstr (shade, ==, "20 kB");
  g_assert_cmpstr (small_shade, ==, "100 B");
  assert_described (data, 0, 1, A " → " B ": 1 packet, 5,000 bytes");
  assert_described (data, 1, 1, B " → " B ": nothing");
  assert_described (data, 2, 2, "3 other hosts → 3 other hosts: 5 packets, 34 bytes");
  assert_described (data, 0, LENS_MATRIX_NAMES, "Sent by " A ": 2 packets, 7,000 bytes");
  assert_described (data, LENS_MATRIX_NAMES, 0, "Received by " A ": 2 packets, 100 bytes");

  /* With a name for A. */
  g_free (data->matrix_labels[0]);
  data->matrix_labels[0] = g_strdup ("a.example");
  assert_described (data, 0, 1, "a.example → " B ": 1 packet, 5,000 bytes\n" A " → " B);
  assert_described (data, 0, LENS_MATRIX_NAMES, "Sent by a.example: 2 packets, 7,000 bytes\n" A);
}

static void
test_words_of_what_is_left_out (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAddress a = test_address (A);
  LensAddress c = test_address (C);
  LensFilterTerm to_c = lens_filter_term_connection (&a, &c);
  g_autoptr (LensAnalysis) whole = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &to_c, NULL);
  const LensChartOptions options = lens_chart_options_default ();
  g_autoptr (LensChartData) data = lens_chart_matrix_build (analysis, whole, &options);

  assert_described (data, 0, 1, A " → " B ": its 1 packet doesn’t pass the filter");
  assert_described (data, 3, 4, D " → " E ": none of its 3 packets passes the filter");
  g_assert_nonnull (strstr (data->subtitle, A " → " C));
}

/* Under a filter it says which hosts these are: in the window others stay in their places, in a report there are only those that pass. */
static void
test_words_of_which_hosts (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAddress a = test_address (A);
  LensAddress c = test_address (C);
  LensFilterTerm to_c = lens_filter_term_connection (&a, &c);
  g_autoptr (LensAnalysis) whole = test_analyse (capture, NULL, NULL);
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, &to_c, NULL);
  const LensChartOptions options = lens_chart_options_default ();
  g_autoptr (LensChartData) in_window = lens_chart_matrix_build (analysis, whole, &options);
  g_autoptr (LensChartData) in_report = lens_chart_build_default (&lens_chart_matrix, analysis);
  g_autoptr (LensChartData) of_all = lens_chart_matrix_build (whole, whole, &options);

  g_assert_true (g_str_has_suffix (in_window->subtitle, " · hosts that pass, then the strongest of all"));
  g_assert_cmpuint (in_window->matrix->n_hosts, ==, of_all->matrix->n_hosts);
  g_assert_true (g_str_has_suffix (in_report->subtitle, " · hosts that pass"));
  g_assert_cmpuint (in_report->matrix->n_hosts, ==, 2);
  g_assert_null (strstr (of_all->subtitle, "hosts that pass"));
}

/* The pixel in the middle of a cell. */
static guint32
look_at (cairo_surface_t *surface, const LensMatrixLayout *layout, int row, int column)
{
  double x, y;

  lens_matrix_layout_get_middle (layout, row, column, &x, &y);
  cairo_surface_flush (surface);
  return *(guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                  + (int) y * cairo_image_surface_get_stride (surface) + (int) x * 4);
}

static void
test_picture (void)
{
  g_autoptr (LensChartData) data = build (LENS_MATRIX_PAYLOAD, 12);
  const LensPlotTheme theme = lens_plot_theme_light ();
  g_auto (LensMatrixLayout) layout = { 0 };
  double height = lens_matrix_layout_get_natural_height (data, 480, 12);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 480, (int) height);
  cairo_t *cr = cairo_create (surface);

  lens_matrix_layout_init (&layout, data, 480, height, 12);
  g_assert_cmpuint (layout.n_sides, ==, 5);
  lens_matrix_picture_draw (cr, &layout, data, &theme, NULL);
  /* The largest is the most opaque, one without payload as empty in its middle as nothing. */
  g_assert_cmpuint (look_at (surface, &layout, 0, 1) >> 24, ==, 0xff);
  g_assert_cmpuint (look_at (surface, &layout, 4, 3) >> 24, <, look_at (surface, &layout, 1, 0) >> 24);
  g_assert_cmpuint (look_at (surface, &layout, 1, 0) >> 24, <, look_at (surface, &layout, 0, 1) >> 24);
  g_assert_cmpuint (look_at (surface, &layout, 2, 0), ==, look_at (surface, &layout, 1, 2));
  g_assert_cmpuint (look_at (surface, &layout, 2, 0) >> 24, <, look_at (surface, &layout, 4, 3) >> 24);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* On a page with its titles: what comes first from the top in the darkest shade is the legend, then the first row. */
static void
test_page (void)
{
  g_autoptr (LensChartData) data = build (LENS_MATRIX_PAYLOAD, 12);
  const LensPlotTheme theme = lens_plot_theme_light ();
  cairo_surface_t *surface = test_draw_image (data, 794, 547, &theme);
  guint32 darkest = test_to_pixel (&theme.series[0]);
  int first = -1;
  int last = -1;

  for (int y = 0; y < 547; y++)
    for (int x = 0; x < 794; x++)
      if (test_get_pixel (surface, x, y) == darkest)
        {
          first = first < 0 ? y : first;
          last = y;
        }
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (first, <, 120);
  g_assert_cmpint (last, >, first + 60);
  g_assert_cmpint (last, <, 547 / 2 + 30);
  cairo_surface_destroy (surface);
}

/* What is found at the middle of each cell and name is that, at all sizes, and nothing outside. */
static void
test_find (void)
{
  static const double sizes[][2] = { { 300, 300 }, { 480, 600 }, { 900, 400 }, { 60, 40 } };
  g_autoptr (LensChartData) data = build (LENS_MATRIX_PACKETS, 3);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (LensMatrixLayout) layout = { 0 };

      lens_matrix_layout_init (&layout, data, sizes[i][0], sizes[i][1], 12);
      g_assert_cmpuint (layout.n_sides, ==, 4);
      for (int row = LENS_MATRIX_NAMES; row < 4; row++)
        for (int column = LENS_MATRIX_NAMES; column < 4; column++)
          {
            LensMatrixPlace place;
            double x, y;

            lens_matrix_layout_get_middle (&layout, row, column, &x, &y);
            place = lens_matrix_layout_find (&layout, x, y);
            g_assert_cmpint (place.is_set, ==, row >= 0 || column >= 0);
            g_assert_cmpint (place.row, ==, row);
            g_assert_cmpint (place.column, ==, column);
          }
      g_assert_false (lens_matrix_layout_find (&layout, -1, layout.top + 1).is_set);
      g_assert_false (lens_matrix_layout_find (&layout, 5000, 5000).is_set);
    }
}

/* From nothing at all to the most that can be asked for, drawn as a page of a report is. */
static void
test_sizes (void)
{
  g_autoptr (LensCapture) capture = load_ring ();
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  const LensPlotTheme theme = lens_plot_theme_dark ();
  static const int sizes[][2] = { { 794, 547 }, { 300, 200 }, { 40, 30 }, { 3, 3 } };
  guint32 background = test_to_pixel (&theme.background);

  for (guint max = 1; max <= 30; max += 29)
    for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        const LensChartOptions options = { .matrix_hosts = max, .matrix_weight = LENS_MATRIX_PACKETS };
        g_autoptr (LensChartData) data = lens_chart_matrix_build (analysis, NULL, &options);
        cairo_surface_t *surface = test_draw_image (data, sizes[i][0], sizes[i][1], &theme);

        if (sizes[i][0] >= 300)
          g_assert_cmpuint (test_count_pixels_unlike (surface, background), >, 500);
        g_assert_cmpfloat (lens_matrix_layout_get_natural_height (data, sizes[i][0], 12), <, 4000);
        cairo_surface_destroy (surface);
      }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-matrix/all-hosts", test_all_hosts);
  g_test_add_func ("/host-matrix/others", test_others);
  g_test_add_func ("/host-matrix/terms", test_terms);
  g_test_add_func ("/host-matrix/places-under-a-filter", test_places_under_a_filter);
  g_test_add_func ("/host-matrix/ring", test_ring);
  g_test_add_func ("/host-matrix/scale", test_scale);
  g_test_add_func ("/host-matrix/words", test_words);
  g_test_add_func ("/host-matrix/words-of-what-is-left-out", test_words_of_what_is_left_out);
  g_test_add_func ("/host-matrix/picture", test_picture);
  g_test_add_func ("/host-matrix/words-of-which-hosts", test_words_of_which_hosts);
  g_test_add_func ("/host-matrix/page", test_page);
  g_test_add_func ("/host-matrix/find", test_find);
  g_test_add_func ("/host-matrix/sizes", test_sizes);
  return g_test_run ();
}
