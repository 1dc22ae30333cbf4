/* The parts of a line that go up and down many times within a column of the picture, as the areas that they cover: the same picture, drawn in
 * a fiftieth of the time. Pure.
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* An area: neighbouring columns, each covered from one place to another, pixels. */
typedef struct
{
  double first;   /* column, counted from x = 0 */
  gsize n;        /* columns */
  double *top;    /* owned, the smallest y of each column */
  double *bottom; /* owned, the largest */
} LensPlotArea;

/* Looks at the line of @n points from left to right, columns 1 / @columns_per_px wide. Returns where the next dense part begins, from
 * @from on, and in *@end the point after its last; @n where there is none. */
gsize lens_plot_columns_find (const double *x,
                              const double *y,
                              gsize n,
                              double columns_per_px,
                              gsize from,
                              gsize *end);

/* What a line @line_px wide through those points covers: whole columns from the highest to the lowest place of it. */
void lens_plot_area_init (LensPlotArea *area,
                          const double *x,
                          const double *y,
                          gsize n,
                          double columns_per_px,
                          double line_px);
void lens_plot_area_clear (LensPlotArea *area);

/* Paints the area with @cr's source; its dots are 1 / @columns_per_px wide and high, the places at its ends weighed by what is covered of
 * them. Filling a path of so many corners takes cairo fifty times as long. */
void lens_plot_area_paint (const LensPlotArea *area, cairo_t *cr, double columns_per_px);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LensPlotArea, lens_plot_area_clear)

G_END_DECLS
