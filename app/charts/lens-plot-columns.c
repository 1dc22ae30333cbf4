#include "lens-plot-columns.h"

#include <math.h>

/* Fewer columns, or fewer points in them, are soon drawn as a line. Of more, a stroke looks the same and takes long. */
#define MIN_COLUMNS 4
#define MIN_POINTS_PER_COLUMN 1.25

static double
get_column (double x, double columns_per_px)
{
  return floor (x * columns_per_px);
}

/* The point after the last that follows @from with no more than one empty column between. */
static gsize
find_end (const double *x, gsize n, double columns_per_px, gsize from)
{
  gsize i = from + 1;

  while (i < n && get_column (x[i], columns_per_px) <= get_column (x[i - 1], columns_per_px) + 2)
    i++;
  return i;
}

gsize
lens_plot_columns_find (const double *x,
                        const double *y,
                        gsize n,
                        double columns_per_px,
                        gsize from,
                        gsize *end)
{
  while (from < n)
    {
      double n_columns;

      *end = find_end (x, n, columns_per_px, from);
      n_columns = get_column (x[*end - 1], columns_per_px) - get_column (x[from], columns_per_px) + 1;
      if (n_columns >= MIN_COLUMNS && (double) (*end - from) >= MIN_POINTS_PER_COLUMN * n_columns)
        return from;
      from = *end;
    }
  *end = n;
  return n;
}

static void
cover (double *top, double *bottom, double y)
{
  *top = MIN (*top, y);
  *bottom = MAX (*bottom, y);
}

void
lens_plot_area_init (LensPlotArea *area,
                     const double *x,
                     const double *y,
                     gsize n,
                     double columns_per_px,
                     double line_px)
{
  gsize n_columns
      = n > 0 ? (gsize) (get_column (x[n - 1], columns_per_px) - get_column (x[0], columns_per_px)) + 1 : 0;
  gsize i = 0;

  *area = (LensPlotArea){
    .first = n > 0 ? get_column (x[0], columns_per_px) : 0,
    .n = n_columns,
    .top = g_new (double, MAX (n_columns, 1)),
    .bottom = g_new (double, MAX (n_columns, 1)),
  };
  for (gsize c = 0; c < n_columns; c++)
    {
      double column = area->first + (double) c;
      double left = column / columns_per_px;
      double right = (column + 1) / columns_per_px;
      double top = i < n ? y[i] : y[n - 1];
      double bottom = top;

      /* Where the line comes in from the column before, and goes out to the next. */
      if (i > 0 && i < n && x[i] > x[i - 1])
        cover (&top, &bottom, y[i - 1] + (y[i] - y[i - 1]) * (left - x[i - 1]) / (x[i] - x[i - 1]));
      for (; i < n && get_column (x[i], columns_per_px) <= column; i++)
        cover (&top, &bottom, y[i]);
      if (i > 0 && i < n && x[i] > x[i - 1])
        cover (&top, &bottom, y[i - 1] + (y[i] - y[i - 1]) * (right - x[i - 1]) / (x[i] - x[i - 1]));

      area->top[c] = top - line_px / 2;
      area->bottom[c] = bottom + line_px / 2;
    }
}

void
lens_plot_area_clear (LensPlotArea *area)
{
  g_clear_pointer (&area->top, g_free);
  g_clear_pointer (&area->bottom, g_free);
}

static guint8
get_coverage (double row, double top, double bottom)
{
  return (guint8) lround (255 * CLAMP (MIN (bottom, row + 1) - MAX (top, row), 0, 1));
}

/* How much of the dots of a column from @top to @bottom (counted in dots from the first row) is covered: 0 to 255 each. */
static void
cover_dots (guint8 *dots, gsize stride, double top, double bottom)
{
  gsize first = (gsize) top;
  gsize last = MAX (first, (gsize) ceil (bottom) - 1);

  dots[first * stride] = get_coverage ((double) first, top, bottom);
  for (gsize row = first + 1; row < last; row++)
    dots[row * stride] = 255;
  if (last > first)
    dots[last * stride] = get_coverage ((double) last, top, bottom);
}

void
lens_plot_area_paint (const LensPlotArea *area, cairo_t *cr, double columns_per_px)
{
  double top = G_MAXDOUBLE;
  double bottom = -G_MAXDOUBLE;
  cairo_surface_t *mask;
  guint8 *dots;
  gsize stride;

  for (gsize c = 0; c < area->n; c++)
    {
      top = MIN (top, floor (area->top[c] * columns_per_px));
      bottom = MAX (bottom, ceil (area->bottom[c] * columns_per_px));
    }
  if (!(bottom > top))
    return;
  mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) area->n, (int) MIN (bottom - top, G_MAXINT16));
  if (cairo_surface_status (mask) == CAIRO_STATUS_SUCCESS)
    {
      dots = cairo_image_surface_get_data (mask);
      stride = (gsize) cairo_image_surface_get_stride (mask);
      bottom = MIN (bottom, top + cairo_image_surface_get_height (mask));
      for (gsize c = 0; c < area->n; c++)
        cover_dots (dots + c, stride, area->top[c] * columns_per_px - top,
                    MIN (area->bottom[c] * columns_per_px, bottom) - top);
      cairo_surface_mark_dirty (mask);
      cairo_surface_set_device_scale (mask, columns_per_px, columns_per_px);
      cairo_mask_surface (cr, mask, area->first / columns_per_px, top / columns_per_px);
    }
  cairo_surface_destroy (mask);
}
