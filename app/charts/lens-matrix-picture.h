/* Draws a matrix of hosts with cairo: names, shaded cells, the legend of the shades. The same for the screen and for PDF.
 *
 * Places are pixels from the top left corner; they depend on the chart's figures and size alone, so that a click is looked up in the
 * layout that was drawn. Main thread (pango's default font map).
 */
#pragma once

#include "lens-plot.h"

G_BEGIN_DECLS

typedef struct
{
  double width;
  double height;
  double font_px;
  double left;      /* where the cells begin, right of the names of the rows */
  double top;       /* and below those of the columns, */
  double names_top; /* which begin here, below the legend */
  double cell_px;
  guint n_sides;
  GStrv row_names; /* owned: shortened to the room there is */
  GStrv column_names;
} LensMatrixLayout;

/* A cell, or with LENS_MATRIX_NAMES a name. */
typedef struct
{
  gboolean is_set;
  int row;
  int column;
} LensMatrixPlace;

/* What is emphasised on the screen. */
typedef struct
{
  LensMatrixPlace hover;
  LensMatrixPlace focus;
  const LensFilter *filter; /* (nullable) cells and hosts that it asks for are marked */
} LensMatrixMarks;

/* Lays a chart with a matrix out for @width x @height. */
void lens_matrix_layout_init (LensMatrixLayout *layout,
                              const LensChartData *data,
                              double width,
                              double height,
                              double font_size);
void lens_matrix_layout_clear (LensMatrixLayout *layout);

/* The height that goes with a width. */
double lens_matrix_layout_get_natural_height (const LensChartData *data, double width, double font_size);

/* The cell or name at a point; is_set is FALSE where there is none. */
LensMatrixPlace lens_matrix_layout_find (const LensMatrixLayout *layout, double x, double y);

/* The middle of a cell or name. */
void
lens_matrix_layout_get_middle (const LensMatrixLayout *layout, int row, int column, double *x, double *y);

/* @marks: (nullable). The background is not drawn. */
void lens_matrix_picture_draw (cairo_t *cr,
                               const LensMatrixLayout *layout,
                               const LensChartData *data,
                               const LensPlotTheme *theme,
                               const LensMatrixMarks *marks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LensMatrixLayout, lens_matrix_layout_clear)

G_END_DECLS
