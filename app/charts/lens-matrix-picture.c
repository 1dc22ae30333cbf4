#include "lens-matrix-picture.h"

#include "lens-chart-matrix.h"
#include "lens-matrix-scale.h"
#include "lens-plot-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  cairo_t *cr;
  const LensMatrixLayout *layout;
  const LensChartData *data;
  const LensPlotTheme *theme;
  const LensMatrixMarks *marks; /* (nullable) */
  LensMatrixScale scale;
  LensPlotRuler ruler;
} Picture;

/* What a cell looks like. */
typedef enum
{
  CELL_EMPTY,
  CELL_SHADED,
  CELL_WEIGHTLESS, /* packets without a payload */
  CELL_LEFT_OUT,   /* by the filter */
} CellLook;

static void
set_color (const Picture *picture, const LensPlotColor *color, double alpha)
{
  cairo_set_source_rgba (picture->cr, color->red, color->green, color->blue, alpha);
}

static CellLook
look_at (const Picture *picture, const LensMatrixCell *cell)
{
  if (cell->packets == 0)
    return cell->whole_packets > 0 ? CELL_LEFT_OUT : CELL_EMPTY;
  return lens_host_matrix_weigh (picture->data->matrix, cell) > 0 ? CELL_SHADED : CELL_WEIGHTLESS;
}

static void
fill_box (const Picture *picture, double x, double y, double size)
{
  cairo_rectangle (picture->cr, x, y, size, size);
  cairo_fill (picture->cr);
}

static void
outline_box (const Picture *picture, double x, double y, double size, double line)
{
  cairo_set_line_width (picture->cr, line);
  cairo_rectangle (picture->cr, x + line / 2, y + line / 2, size - line, size - line);
  cairo_stroke (picture->cr);
}

/* One cell, or what stands for it in the legend. */
static void
draw_box (const Picture *picture, double x, double y, double size, CellLook look, int shade)
{
  const LensPlotTheme *theme = picture->theme;
  double inset = floor (size * 0.36);

  set_color (picture, &theme->foreground, 0.05);
  fill_box (picture, x, y, size);
  if (look == CELL_SHADED)
    {
      set_color (picture, &theme->series[0], lens_matrix_scale_get_strength (&picture->scale, (guint) shade));
      fill_box (picture, x, y, size);
    }
  else if (look == CELL_WEIGHTLESS)
    {
      set_color (picture, &theme->series[0], 0.8);
      outline_box (picture, x, y, size, MIN (1.5, size / 4));
    }
  else if (look == CELL_LEFT_OUT)
    {
      set_color (picture, &theme->dim, 0.55);
      fill_box (picture, x + inset, y + inset, size - 2 * inset);
    }
}

/* Whether the filter asks for it. */
static gboolean
is_asked_for (const Picture *picture, int row, int column)
{
  LensFilterTerm term;

  return picture->marks != NULL && picture->marks->filter != NULL
         && lens_host_matrix_get_term (picture->data->matrix, row, column, &term)
         && lens_filter_has_term (picture->marks->filter, &term);
}

static void
draw_cell (const Picture *picture, guint row, guint column)
{
  const LensMatrixLayout *layout = picture->layout;
  const LensMatrixCell *cell = lens_host_matrix_get_cell (picture->data->matrix, row, column);
  CellLook look = look_at (picture, cell);
  double gap = layout->cell_px >= 8 ? 1 : 0;
  double x = layout->left + column * layout->cell_px;
  double y = layout->top + row * layout->cell_px;
  double size = layout->cell_px - gap;

  draw_box (picture, x, y, size, look,
            lens_matrix_scale_find (&picture->scale, lens_host_matrix_weigh (picture->data->matrix, cell)));
  if (!is_asked_for (picture, (int) row, (int) column))
    return;
  set_color (picture, &picture->theme->foreground, 1);
  outline_box (picture, x, y, size, 2);
}

/* @justify: which part of the text is at @x: 0 its left end, 1 its right end. @y: its middle. */
static void
draw_text (const Picture *picture, const char *text, double x, double y, double justify, gboolean is_bold)
{
  PangoLayout *layout = picture->ruler.layout;
  int width, height;

  lens_plot_ruler_measure (&picture->ruler, text, picture->layout->font_px, is_bold);
  pango_cairo_update_layout (picture->cr, layout);
  pango_layout_get_size (layout, &width, &height);
  cairo_move_to (picture->cr, x - justify * width / PANGO_SCALE, y - (double) height / PANGO_SCALE / 2);
  pango_cairo_show_layout (picture->cr, layout);
}

/* Whether a row or column has anything under the filter. */
static gboolean
has_packets (const Picture *picture, guint side, gboolean is_row)
{
  for (guint i = 0; i < picture->layout->n_sides; i++)
    if (lens_host_matrix_get_cell (picture->data->matrix, is_row ? side : i, is_row ? i : side)->packets > 0)
      return TRUE;
  return FALSE;
}

static void
draw_name (const Picture *picture, guint side, gboolean is_row)
{
  const LensMatrixLayout *layout = picture->layout;
  const LensMatrixPlace *hover = picture->marks != NULL ? &picture->marks->hover : NULL;
  int row = is_row ? (int) side : LENS_MATRIX_NAMES;
  int column = is_row ? LENS_MATRIX_NAMES : (int) side;
  gboolean is_bold
      = is_asked_for (picture, row, column)
        || (hover != NULL && hover->is_set && (is_row ? hover->row : hover->column) == (int) side);
  double at = (is_row ? layout->top : layout->left) + (side + 0.5) * layout->cell_px;
  double end = (is_row ? layout->left : layout->top) - layout->font_px * 0.5;

  set_color (picture,
             has_packets (picture, side, is_row) ? &picture->theme->foreground : &picture->theme->dim, 1);
  cairo_save (picture->cr);
  if (is_row)
    draw_text (picture, layout->row_names[side], end, at, 1, is_bold);
  else
    {
      cairo_translate (picture->cr, at, end);
      cairo_rotate (picture->cr, -G_PI / 2);
      draw_text (picture, layout->column_names[side], 0, 0, 0, is_bold);
    }
  cairo_restore (picture->cr);
}

static void
draw_axes (const Picture *picture)
{
  const LensMatrixLayout *layout = picture->layout;
  g_autofree char *down = g_strdup_printf ("%s ↓", picture->data->y_title);
  g_autofree char *across = g_strdup_printf ("%s →", picture->data->x_title);

  set_color (picture, &picture->theme->dim, 1);
  draw_text (picture, across, layout->left, layout->names_top - layout->font_px * 0.6, 0, FALSE);
  draw_text (picture, down, layout->left - layout->font_px * 0.5, layout->top - layout->font_px, 1, FALSE);
}

/* Draws one entry of the legend at (*@x, *@y), on the next line where there is no room left, and moves them on. */
static void
draw_entry (const Picture *picture, const char *text, CellLook look, int shade, double *x, double *y)
{
  double font = picture->layout->font_px;
  double width = lens_plot_ruler_measure (&picture->ruler, text, font, FALSE);

  if (*x + font * 1.4 + width > picture->layout->width && *x > font)
    {
      *x = font * 0.5;
      *y += font * 1.7;
    }
  draw_box (picture, floor (*x), floor (*y - font / 2), ceil (font), look, shade);
  set_color (picture, &picture->theme->foreground, 1);
  draw_text (picture, text, *x + font * 1.4, *y, 0, FALSE);
  *x += font * 2.6 + width;
}

static gboolean
has_look (const Picture *picture, CellLook look)
{
  guint n_sides = picture->layout->n_sides;

  for (guint i = 0; i < n_sides * n_sides; i++)
    if (look_at (picture, &picture->data->matrix->cells[i]) == look)
      return TRUE;
  return FALSE;
}

static void
draw_legend (const Picture *picture)
{
  const LensMatrixLayout *layout = picture->layout;
  double font = layout->font_px;
  double x = font * 0.5;
  double y = font * 0.8;

  set_color (picture, &picture->theme->dim, 1);
  draw_text (picture, picture->data->legend_title, x, y, 0, FALSE);
  x += lens_plot_ruler_measure (&picture->ruler, picture->data->legend_title, font, FALSE) + font;
  for (guint i = 0; i < picture->scale.n; i++)
    {
      g_autofree char *text = lens_chart_matrix_format_shade (picture->data->matrix, picture->scale.from[i]);

      draw_entry (picture, text, CELL_SHADED, (int) i, &x, &y);
    }
  if (has_look (picture, CELL_WEIGHTLESS))
    draw_entry (picture, _ ("no payload"), CELL_WEIGHTLESS, -1, &x, &y);
  if (has_look (picture, CELL_LEFT_OUT))
    draw_entry (picture, _ ("left out by the filter"), CELL_LEFT_OUT, -1, &x, &y);
}

static void
draw_focus (const Picture *picture, const LensMatrixPlace *focus)
{
  const LensMatrixLayout *layout = picture->layout;
  double left = focus->column >= 0 ? layout->left + focus->column * layout->cell_px : 2;
  double top = focus->row >= 0 ? layout->top + focus->row * layout->cell_px : layout->names_top;
  double right = focus->column >= 0 ? left + layout->cell_px : layout->left;
  double bottom = focus->row >= 0 ? top + layout->cell_px : layout->top;

  set_color (picture, &picture->theme->series[1], 1);
  cairo_set_line_width (picture->cr, 2.5);
  cairo_rectangle (picture->cr, left - 1.5, top - 1.5, right - left + 2, bottom - top + 2);
  cairo_stroke (picture->cr);
}

void
lens_matrix_picture_draw (cairo_t *cr,
                          const LensMatrixLayout *layout,
                          const LensChartData *data,
                          const LensPlotTheme *theme,
                          const LensMatrixMarks *marks)
{
  Picture picture = { .cr = cr, .layout = layout, .data = data, .theme = theme, .marks = marks };
  guint64 smallest, largest;

  if (layout->n_sides == 0)
    return;
  if (lens_host_matrix_get_range (data->matrix, &smallest, &largest))
    picture.scale = lens_matrix_scale_new (smallest, largest);
  lens_plot_ruler_init (&picture.ruler);
  cairo_save (cr);
  draw_axes (&picture);
  for (guint row = 0; row < layout->n_sides; row++)
    for (guint column = 0; column < layout->n_sides; column++)
      draw_cell (&picture, row, column);
  for (guint side = 0; side < layout->n_sides; side++)
    {
      draw_name (&picture, side, TRUE);
      draw_name (&picture, side, FALSE);
    }
  draw_legend (&picture);
  if (marks != NULL && marks->focus.is_set)
    draw_focus (&picture, &marks->focus);
  cairo_restore (cr);
  lens_plot_ruler_clear (&picture.ruler);
}
