#include "lens-plot-columns.h"

#include <math.h>

/* Fewer columns, or fewer points in them, are soon drawn as a line. */
#define MIN_COLUMNS 4
#define MIN_POINTS_PER_COLUMN 2.5

static double
get_column (double x, double columns_per_px)
{
  return floor (x * columns_per_px);
}

/* The point after the last that follows @from without an empty column between. */
static gsize
find_end (const double *x, gsize n, double columns_per_px, gsize from)
{
  gsize i = from + 1;

  while (i < n && get_column (x[i], columns_per_px) <= get_column (x[i - 1], columns_per_px) + 1)
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
    .x = g_new (double, MAX (4 * n_columns, 1)),
    .y = g_new (double, MAX (4 * n_columns, 1)),
    .n = 4 * n_columns,
  };
  /* The upper edge from left to right, and back along the lower one. */
  for (gsize c = 0; c < n_columns; c++)
    {
      double column = get_column (x[0], columns_per_px) + (double) c;
      double left = column / columns_per_px;
      double right = (column + 1) / columns_per_px;
      double top = i < n ? y[i] : y[n - 1];
      double bottom = top;
      gsize back = 4 * n_columns - 1 - 2 * c;

      /* Where the line comes in from the column before, and goes out to the next. */
      if (i > 0 && i < n && x[i] > x[i - 1])
        cover (&top, &bottom, y[i - 1] + (y[i] - y[i - 1]) * (left - x[i - 1]) / (x[i] - x[i - 1]));
      for (; i < n && get_column (x[i], columns_per_px) <= column; i++)
        cover (&top, &bottom, y[i]);
      if (i > 0 && i < n && x[i] > x[i - 1])
        cover (&top, &bottom, y[i - 1] + (y[i] - y[i - 1]) * (right - x[i - 1]) / (x[i] - x[i - 1]));

      top -= line_px / 2;
      bottom += line_px / 2;
      area->x[2 * c] = left;
      area->x[2 * c + 1] = right;
      area->y[2 * c] = area->y[2 * c + 1] = top;
      area->x[back] = left;
      area->x[back - 1] = right;
      area->y[back] = area->y[back - 1] = bottom;
    }
}

void
lens_plot_area_clear (LensPlotArea *area)
{
  g_clear_pointer (&area->x, g_free);
  g_clear_pointer (&area->y, g_free);
}
