/* Where the names and cells of a matrix are. */
#include "lens-matrix-picture.h"

#include "lens-chart-matrix.h"
#include "lens-plot-text.h"

#include <math.h>

/* Of a cell: the least that a line of text fits in, in sizes of a label; what is asked for; and the most, where there is room. */
#define LEAST_CELL 1.5
#define NATURAL_CELL 2.5
#define MOST_CELL 4.0

/* The most room that names of rows take of the width, and of columns in sizes of a label. */
#define NAMES_SHARE 0.34
#define MOST_COLUMN_NAME 10.0

/* Between names and cells, and around all. */
#define GAP 0.5

/* Of the line with the word "Destination" and of one of the legend, in sizes of a label. The legend is above all, where it is seen first,
 * and has the same room whatever is in it, so that no cell moves. */
#define AXIS_LINE 1.7
#define LEGEND_LINE 1.7
#define WIDE_LEGEND 44.0

static double
measure_names (const LensPlotRuler *ruler, GStrv names, double font_px)
{
  double widest = 0;

  for (guint i = 0; names[i] != NULL; i++)
    widest = MAX (widest, lens_plot_ruler_measure (ruler, names[i], font_px, TRUE));
  return widest;
}

static double
get_legend_height (double width, double font_px)
{
  return font_px * LEGEND_LINE * (width < WIDE_LEGEND * font_px ? 3 : 2);
}

/* (transfer full) */
static GStrv
collect_names (const LensChartData *data)
{
  guint n_sides = lens_host_matrix_get_n_sides (data->matrix);
  GStrv names = g_new0 (char *, n_sides + 1);

  for (guint i = 0; i < n_sides; i++)
    {
      g_autofree char *name = lens_chart_matrix_name_side (data, i);

      names[i] = lens_plot_text_clean (name);
    }
  return names;
}

/* (transfer full) */
static GStrv
fit_names (const LensPlotRuler *ruler, GStrv names, double font_px, double max_px)
{
  GStrv fitted = g_new0 (char *, g_strv_length (names) + 1);

  for (guint i = 0; names[i] != NULL; i++)
    fitted[i] = lens_plot_ruler_fit (ruler, names[i], font_px, TRUE, max_px);
  return fitted;
}

void
lens_matrix_layout_init (LensMatrixLayout *layout,
                         const LensChartData *data,
                         double width,
                         double height,
                         double font_size)
{
  g_auto (LensPlotRuler) ruler = { 0 };
  g_auto (GStrv) names = collect_names (data);
  double n_sides = MAX (lens_host_matrix_get_n_sides (data->matrix), 1);
  double font = MIN (CLAMP (font_size, 4, 100), MIN (width, height) * 0.66 / n_sides / LEAST_CELL);
  double row_room, column_room, room;

  font = MAX (font, 1);
  lens_plot_ruler_init (&ruler);
  room = measure_names (&ruler, names, font);
  row_room = MIN (room, MAX (width * NAMES_SHARE, 0));
  column_room = MIN (room, font * MOST_COLUMN_NAME);
  *layout = (LensMatrixLayout){ .width = width, .height = height, .font_px = font };
  layout->n_sides = lens_host_matrix_get_n_sides (data->matrix);
  layout->row_names = fit_names (&ruler, names, font, row_room);
  layout->column_names = fit_names (&ruler, names, font, column_room);
  layout->left = ceil (row_room + 2 * GAP * font);
  layout->names_top = ceil (get_legend_height (width, font) + AXIS_LINE * font);
  layout->top = ceil (layout->names_top + column_room + 2 * GAP * font);
  layout->cell_px = floor (
      MIN ((width - layout->left - GAP * font) / n_sides, (height - layout->top - GAP * font) / n_sides));
  layout->cell_px = CLAMP (layout->cell_px, 1, ceil (MOST_CELL * font));
}

void
lens_matrix_layout_clear (LensMatrixLayout *layout)
{
  g_clear_pointer (&layout->row_names, g_strfreev);
  g_clear_pointer (&layout->column_names, g_strfreev);
}

double
lens_matrix_layout_get_natural_height (const LensChartData *data, double width, double font_size)
{
  g_auto (LensMatrixLayout) layout = { 0 };

  /* As high as it may get: only the width says how large the cells are. */
  lens_matrix_layout_init (&layout, data, width, G_MAXINT16, font_size);
  return layout.top + layout.n_sides * MIN (layout.cell_px, ceil (NATURAL_CELL * layout.font_px))
         + GAP * layout.font_px;
}

/* The row or column at a distance from the first. */
static int
find_side (const LensMatrixLayout *layout, double distance)
{
  int side = (int) floor (distance / layout->cell_px);

  return side >= 0 && (guint) side < layout->n_sides ? side : LENS_MATRIX_NAMES;
}

LensMatrixPlace
lens_matrix_layout_find (const LensMatrixLayout *layout, double x, double y)
{
  LensMatrixPlace place = { .row = LENS_MATRIX_NAMES, .column = LENS_MATRIX_NAMES };
  double end = layout->n_sides * layout->cell_px;

  if (!(x >= 0) || !(y >= 0) || x >= layout->left + end || y >= layout->top + end || y < layout->names_top)
    return place;
  if (x >= layout->left)
    place.column = find_side (layout, x - layout->left);
  if (y >= layout->top)
    place.row = find_side (layout, y - layout->top);
  place.is_set = place.row >= 0 || place.column >= 0;
  return place;
}

void
lens_matrix_layout_get_middle (const LensMatrixLayout *layout, int row, int column, double *x, double *y)
{
  *x = column >= 0 ? layout->left + (column + 0.5) * layout->cell_px : layout->left / 2;
  *y = row >= 0 ? layout->top + (row + 0.5) * layout->cell_px : (layout->top + layout->names_top) / 2;
}
