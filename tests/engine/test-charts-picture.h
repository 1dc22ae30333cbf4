/* Charts drawn into pictures whose pixels a test looks at. */
#pragma once

#include "lens-plot.h"

#include <string.h>

/* What both themes draw with. */
#define TEST_FONT_SIZE (lens_plot_theme_light ().font_size)

static inline cairo_surface_t *
test_draw_image (const LensChartData *data, int width, int height, const LensPlotTheme *theme)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (width, 1), MAX (height, 1));
  cairo_t *cr = cairo_create (surface);

  lens_plot_draw (cr, width, height, data, theme);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static inline guint32
test_get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row
      = cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * (gsize) x, sizeof pixel);
  return pixel & 0xffffff;
}

static inline guint32
test_to_pixel (const LensPlotColor *color)
{
  return (guint32) (color->red * 255 + 0.5) << 16 | (guint32) (color->green * 255 + 0.5) << 8
         | (guint32) (color->blue * 255 + 0.5);
}

static inline guint
test_count_pixels_unlike (cairo_surface_t *surface, guint32 pixel)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += test_get_pixel (surface, x, y) != pixel;
  return n;
}
