/* Where a line has so many points that it is drawn as an area, column by column of the picture. */
#include "lens-plot-columns.h"

#include <cairo.h>
#include <locale.h>
#include <stdlib.h>

/* Two packets far apart, 40 columns full of them, a gap, and a few again. */
static void
test_dense_parts (void)
{
  double x[256];
  double y[256];
  gsize n = 0;
  gsize end;

  x[n] = 3.5, y[n++] = 50;
  x[n] = 20.5, y[n++] = 60;
  for (int column = 100; column < 140; column++)
    for (int i = 0; i < 4; i++)
      x[n] = column + i * 0.25, y[n++] = i % 2 == 0 ? 10 + column % 7 : 90 - column % 5;
  for (int column = 200; column < 206; column++)
    x[n] = column, y[n++] = 5;

  g_assert_cmpuint (lens_plot_columns_find (x, y, n, 1, 0, &end), ==, 2);
  g_assert_cmpuint (end, ==, 162);
  g_assert_cmpuint (lens_plot_columns_find (x, y, n, 1, end, &end), ==, n);
  g_assert_cmpuint (end, ==, n);
  /* As finely as this it is a line like any other. */
  g_assert_cmpuint (lens_plot_columns_find (x, y, n, 8, 0, &end), ==, n);

  /* One empty column after the other makes no gap, two do. */
  n = 0;
  for (int column = 0; column < 40; column += 2)
    for (int i = 0; i < 3; i++)
      x[n] = column + i * 0.25, y[n++] = i == 1 ? 10 : 90;
  g_assert_cmpuint (lens_plot_columns_find (x, y, n, 1, 0, &end), ==, 0);
  g_assert_cmpuint (end, ==, n);
  for (gsize i = 0; i < n; i++)
    x[i] *= 1.5;
  g_assert_cmpuint (lens_plot_columns_find (x, y, n, 1, 0, &end), ==, n);
}

/* What any line between two of the points goes through is covered, and hardly more: each column from its highest to its lowest. */
static void
test_area_covers_the_line (void)
{
  double x[400];
  double y[400];
  g_auto (LensPlotArea) area = { 0 };
  gsize n_columns = 100;

  for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
    {
      x[i] = 30 + (double) i / 4;
      y[i] = (double) ((i * 7919) % 211);
    }
  lens_plot_area_init (&area, x, y, G_N_ELEMENTS (x), 1, 1);
  g_assert_cmpuint (area.n, ==, n_columns);
  g_assert_cmpfloat (area.first, ==, 30);
  for (gsize c = 0; c < n_columns; c++)
    {
      double top = G_MAXDOUBLE;
      double bottom = -G_MAXDOUBLE;

      for (gsize i = 4 * c; i < 4 * c + 4; i++)
        {
          top = MIN (top, y[i]);
          bottom = MAX (bottom, y[i]);
        }
      /* Half a line's width more; and on its way to the first packet of the next column, which is at its very edge. */
      if (c + 1 < n_columns)
        {
          top = MIN (top, y[4 * c + 4]);
          bottom = MAX (bottom, y[4 * c + 4]);
        }
      g_assert_cmpfloat_with_epsilon (area.top[c], top - 0.5, 1e-9);
      g_assert_cmpfloat_with_epsilon (area.bottom[c], bottom + 0.5, 1e-9);
    }
}

/* A column that the line only passes through is covered where it does. */
static void
test_area_of_columns_without_packets (void)
{
  const double x[] = { 0.5, 1.5, 2.5 };
  const double y[] = { 0, 10, 10 };
  g_auto (LensPlotArea) area = { 0 };

  lens_plot_area_init (&area, x, y, G_N_ELEMENTS (x), 1, 0);
  g_assert_cmpuint (area.n, ==, 3);
  g_assert_cmpfloat (area.top[0], ==, 0);
  g_assert_cmpfloat (area.bottom[0], ==, 5); /* half way at the edge */
  g_assert_cmpfloat (area.top[1], ==, 5);
  g_assert_cmpfloat (area.bottom[1], ==, 10);
}

/* Painted, each dot is covered as much as a path of the same area would cover it. */
static void
test_area_is_painted_like_a_path (void)
{
  enum
  {
    WIDTH = 40,
    HEIGHT = 60,
    COLUMNS_PER_PX = 2
  };
  double x[160];
  double y[160];
  g_auto (LensPlotArea) area = { 0 };
  cairo_surface_t *surfaces[2];

  for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
    {
      x[i] = 4 + (double) i / 8;
      y[i] = 10 + (double) ((i * 7919) % 211) / 7;
    }
  lens_plot_area_init (&area, x, y, G_N_ELEMENTS (x), COLUMNS_PER_PX, 1);
  for (gsize s = 0; s < 2; s++)
    {
      cairo_t *cr;

      surfaces[s]
          = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH * COLUMNS_PER_PX, HEIGHT * COLUMNS_PER_PX);
      cairo_surface_set_device_scale (surfaces[s], COLUMNS_PER_PX, COLUMNS_PER_PX);
      cr = cairo_create (surfaces[s]);
      cairo_set_source_rgb (cr, 1, 0, 0);
      if (s == 0)
        lens_plot_area_paint (&area, cr, COLUMNS_PER_PX);
      for (gsize c = 0; s == 1 && c < area.n; c++)
        {
          cairo_rectangle (cr, (area.first + (double) c) / COLUMNS_PER_PX, area.top[c], 1.0 / COLUMNS_PER_PX,
                           area.bottom[c] - area.top[c]);
          cairo_fill (cr);
        }
      cairo_destroy (cr);
      cairo_surface_flush (surfaces[s]);
    }
  for (int row = 0; row < HEIGHT * COLUMNS_PER_PX; row++)
    for (int byte = 0; byte < WIDTH * COLUMNS_PER_PX * 4; byte++)
      {
        int at = row * cairo_image_surface_get_stride (surfaces[0]) + byte;

        /* Cairo counts in 256ths of a dot. */
        g_assert_cmpint (abs (cairo_image_surface_get_data (surfaces[0])[at]
                              - cairo_image_surface_get_data (surfaces[1])[at]),
                         <=, 2);
      }
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/areas/dense-parts", test_dense_parts);
  g_test_add_func ("/charts/areas/area-covers-the-line", test_area_covers_the_line);
  g_test_add_func ("/charts/areas/area-of-columns-without-packets", test_area_of_columns_without_packets);
  g_test_add_func ("/charts/areas/area-is-painted-like-a-path", test_area_is_painted_like_a_path);
  return g_test_run ();
}
