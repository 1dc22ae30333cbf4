#include "lens-plot.h"

#include "lens-error.h"
#include "lens-matrix-picture.h"
#include "lens-plot-columns.h"
#include "lens-plot-line.h"
#include "lens-plot-scene.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <plplot.h>
#include <setjmp.h>
#include <string.h>

#define DRIVER "extcairo"

/* PLplot takes sizes of text in millimetres, and its cairo driver draws them a third larger than the page's resolution says
 * (it counts 96 pixels an inch where there are 72): with these a size is one in pixels. */
#define PAGE_DPI 72
#define MM_PER_PIXEL (25.4 / PAGE_DPI * 0.75)

/* PLplot's map: colours 0 to 15 are its own to begin with; ours are these. */
#define N_INKS (LENS_PLOT_INK_SERIES + LENS_PLOT_N_SERIES_COLORS)

/* Long polylines are slow to stroke with cairo, where they cross themselves a lot: short ones look the same. */
#define CHUNK_POINTS 24

/* Series of so few points get a mark at each. */
#define MAX_MARKED_POINTS 60

/* Beyond this a surface can't be made anyway. */
#define MAX_SIDE_PX 30000

typedef struct
{
  const LensChartData *data;
  const LensPlotTheme *theme;
  const LensPlotScene *scene;
  cairo_t *cr;
  cairo_matrix_t matrix; /* of the context before PLplot turns it round */
  gboolean is_vector;    /* a PDF, which can be looked at closely */
  double columns_per_px; /* of series: as many as the target has dots */
} LensPlotJob;

/* Where a fatal error of PLplot comes back to, instead of ending the process: its handler is given no user data. Main thread
 * only, as is all of PLplot. */
static jmp_buf exit_target;

static int
leave_plplot (const char *message)
{
  g_warning ("PLplot: %s", message);
  longjmp (exit_target, 1);
}

gboolean
lens_plot_is_available (GError **error)
{
  const char *menu[64] = { NULL };
  const char *names[64] = { NULL };
  const char **menu_list = menu;
  const char **name_list = names;
  int n = G_N_ELEMENTS (names);

  plgDevs (&menu_list, &name_list, &n);
  for (int i = 0; i < n; i++)
    if (g_strcmp0 (names[i], DRIVER) == 0)
      return TRUE;
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
                       _ ("Charts can’t be drawn: PLplot has no cairo driver. Install the package "
                          "“plplot-driver-cairo” and start PacketLens again."));
  return FALSE;
}

static void
set_ink (int ink, const LensPlotColor *color, double alpha)
{
  plscol0a (ink, (int) lround (CLAMP (color->red, 0, 1) * 255),
            (int) lround (CLAMP (color->green, 0, 1) * 255), (int) lround (CLAMP (color->blue, 0, 1) * 255),
            alpha);
}

static void
set_inks (const LensPlotTheme *theme)
{
  plscmap0n (N_INKS);
  set_ink (LENS_PLOT_INK_FOREGROUND, &theme->foreground, 1);
  set_ink (LENS_PLOT_INK_DIM, &theme->dim, 1);
  set_ink (LENS_PLOT_INK_GRID, &theme->dim, 0.22);
  set_ink (LENS_PLOT_INK_AXIS, &theme->dim, 0.8);
  set_ink (LENS_PLOT_INK_BAND_BELOW, &theme->band, 0.3);
  set_ink (LENS_PLOT_INK_BAND_ABOVE, &theme->band, 0.22);
  for (int i = 0; i < LENS_PLOT_N_SERIES_COLORS; i++)
    set_ink (LENS_PLOT_INK_SERIES + i, &theme->series[i], 1);
}

static void
choose_ink (guint ink)
{
  if (ink >= LENS_PLOT_INK_SERIES)
    ink = LENS_PLOT_INK_SERIES + (ink - LENS_PLOT_INK_SERIES) % LENS_PLOT_N_SERIES_COLORS;
  plcol0 ((int) ink);
}

/* PLplot counts from the bottom. */
static double
flip (const LensPlotJob *job, double y)
{
  return job->scene->height - y;
}

static void
draw_lines (const LensPlotJob *job, GArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const LensPlotFill *line = &g_array_index (lines, LensPlotFill, i);

      choose_ink (line->ink);
      pljoin (line->box.left, flip (job, line->box.top), line->box.right, flip (job, line->box.bottom));
    }
}

static void
draw_fills (const LensPlotJob *job, GArray *fills, gboolean is_above)
{
  for (guint i = 0; i < fills->len; i++)
    {
      const LensPlotFill *fill = &g_array_index (fills, LensPlotFill, i);
      const LensPlotBox *box = &fill->box;
      double x[] = { box->left, box->right, box->right, box->left };
      double y[]
          = { flip (job, box->top), flip (job, box->top), flip (job, box->bottom), flip (job, box->bottom) };

      if (box->right - box->left <= 0 || box->bottom - box->top <= 0)
        continue;
      choose_ink (is_above ? LENS_PLOT_INK_BAND_ABOVE : fill->ink);
      plfill (4, x, y);
    }
}

static void
draw_label (const LensPlotJob *job, const LensPlotLabel *label)
{
  g_auto (GStrv) parts = g_strsplit (label->text, "#", -1);
  g_autofree char *escaped = g_strjoinv ("##", parts);

  if (*escaped == '\0')
    return;
  choose_ink (label->ink);
  plsfont (PL_FCI_SANS, PL_FCI_UPRIGHT, label->is_bold ? PL_FCI_BOLD : PL_FCI_MEDIUM);
  plschr (label->size_px * MM_PER_PIXEL, 1);
  plptex (label->x, flip (job, label->y), 1, 0, label->justify, escaped);
}

static void
draw_mark (double x, double y, double radius)
{
  double xs[12];
  double ys[12];

  for (guint i = 0; i < G_N_ELEMENTS (xs); i++)
    {
      xs[i] = x + radius * cos (2 * G_PI * i / G_N_ELEMENTS (xs));
      ys[i] = y + radius * sin (2 * G_PI * i / G_N_ELEMENTS (xs));
    }
  plfill (G_N_ELEMENTS (xs), xs, ys);
}

static void
draw_polyline (double *x, double *y, gsize n)
{
  for (gsize i = 0; i + 1 < n; i += CHUNK_POINTS - 1)
    plline ((PLINT) MIN (CHUNK_POINTS, n - i), x + i, y + i);
}

/* By cairo: PLplot would draw the long outline as well, which takes ten times as long. */
static void
draw_area (const LensPlotJob *job, LensPlotArea *area, guint color)
{
  const LensPlotColor *ink = &job->theme->series[color % LENS_PLOT_N_SERIES_COLORS];

  for (gsize i = 0; i < area->n; i++)
    {
      double top = flip (job, area->bottom[i]);

      area->bottom[i] = flip (job, area->top[i]);
      area->top[i] = top;
    }
  cairo_save (job->cr);
  cairo_set_matrix (job->cr, &job->matrix);
  cairo_set_source_rgb (job->cr, ink->red, ink->green, ink->blue);
  lens_plot_area_paint (area, job->cr, job->columns_per_px);
  cairo_restore (job->cr);
}

/* As many dots as a picture has tell no more than what the line covers; a PDF is looked at closely. */
static void
draw_line (const LensPlotJob *job, LensPlotLine *line, guint color)
{
  gsize from = 0;

  while (from < line->n)
    {
      gsize end = line->n;
      gsize dense = job->is_vector
                        ? line->n
                        : lens_plot_columns_find (line->x, line->y, line->n, job->columns_per_px, from, &end);
      g_auto (LensPlotArea) area = { 0 };

      /* With the lines to the dense part and from it. */
      draw_polyline (line->x + from, line->y + from, MIN (dense + 1, line->n) - from);
      if (dense == line->n)
        return;
      lens_plot_area_init (&area, line->x + dense, line->y + dense, end - dense, job->columns_per_px, 1);
      draw_area (job, &area, color);
      from = end - 1;
      if (end == line->n)
        return;
      draw_polyline (line->x + from, line->y + from, 2);
      from = end;
    }
}

static void
draw_series (const LensPlotJob *job, const LensChartSeries *series)
{
  g_auto (LensPlotLine) line = { 0 };

  lens_plot_line_init (&line, job->scene, series, job->columns_per_px);
  for (gsize i = 0; i < line.n; i++)
    line.y[i] = flip (job, line.y[i]);

  choose_ink (LENS_PLOT_INK_SERIES + series->color);
  draw_line (job, &line, series->color);
  /* Steps are seen without marks, but for a single one. */
  if (series->is_stepped ? line.n == 1 : line.n_shown <= MAX_MARKED_POINTS)
    for (gsize i = line.first_point; i < line.first_point + line.n_points; i++)
      draw_mark (line.x[i], line.y[i], job->scene->font_px * 0.2);
}

static int
compare_by_payload (gconstpointer a, gconstpointer b)
{
  const LensChartSeries *one = *(const LensChartSeries *const *) a;
  const LensChartSeries *other = *(const LensChartSeries *const *) b;

  return (one->payload_bytes < other->payload_bytes) - (one->payload_bytes > other->payload_bytes);
}

/* The largest first, so that the small ones stay visible. */
static void
draw_all_series (const LensPlotJob *job)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < job->data->series->len; i++)
    if (!g_array_index (job->data->series, LensChartSeries, i).is_hidden)
      g_ptr_array_add (order, &g_array_index (job->data->series, LensChartSeries, i));
  g_ptr_array_sort (order, compare_by_payload);
  for (guint i = 0; i < order->len; i++)
    draw_series (job, g_ptr_array_index (order, i));
}

static void
draw_scene (const LensPlotJob *job)
{
  const LensPlotScene *scene = job->scene;

  plwidth (job->is_vector ? 0.75 : 1);
  draw_lines (job, scene->grid);
  draw_fills (job, scene->backs, FALSE);
  draw_fills (job, scene->bars, FALSE);
  draw_fills (job, scene->bands, FALSE);
  draw_lines (job, scene->marks);
  if (scene->has_series)
    draw_all_series (job);
  draw_fills (job, scene->bands, TRUE);
  draw_fills (job, scene->swatches, FALSE);
  for (guint i = 0; i < scene->labels->len; i++)
    draw_label (job, &g_array_index (scene->labels, LensPlotLabel, i));
}

/* A stream of PLplot over the whole picture, in pixels. */
static void
run_plplot (const LensPlotJob *job)
{
  PLINT stream;

  plmkstrm (&stream);
  plsdev (DRIVER);
  plspage (PAGE_DPI, PAGE_DPI, (PLINT) ceil (job->scene->width), (PLINT) ceil (job->scene->height), 0, 0);
  set_inks (job->theme);
  plinit ();
  pl_cmd (PLESC_DEVINIT, job->cr);
  pladv (0);
  plvpor (0, 1, 0, 1);
  plwind (0, ceil (job->scene->width), job->scene->height - ceil (job->scene->height), job->scene->height);
  draw_scene (job);
  plend1 ();
}

/* What little can be said without PLplot. */
static void
draw_message (cairo_t *cr, double width, double height, const LensPlotTheme *theme, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  int layout_height;

  pango_layout_set_width (layout, (int) (CLAMP (width - 2 * theme->font_size, 1, MAX_SIDE_PX) * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &layout_height);
  cairo_set_source_rgb (cr, theme->foreground.red, theme->foreground.green, theme->foreground.blue);
  cairo_move_to (cr, theme->font_size, MAX (0, (height - layout_height) / 2));
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

/* Apart from the caller, so that no local variable of it changes between the two returns of setjmp(). */
static gboolean
come_back_from_exit (const LensPlotJob *job)
{
  if (setjmp (exit_target) != 0)
    return FALSE;
  plsexit (leave_plplot);
  run_plplot (job);
  return TRUE;
}

/* What PLplot sets and would have set back, had it come to its end: the number format and the matrix. */
static gboolean
run_plplot_guarded (const LensPlotJob *job)
{
  g_autofree char *numeric = g_strdup (setlocale (LC_NUMERIC, NULL));
  cairo_matrix_t matrix;

  cairo_get_matrix (job->cr, &matrix);
  if (come_back_from_exit (job))
    return TRUE;
  setlocale (LC_NUMERIC, numeric);
  cairo_set_matrix (job->cr, &matrix);
  return FALSE;
}

static void
look_at_target (LensPlotJob *job)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (job->cr));
  double scale_x;
  double scale_y;
  double dx = 1;
  double dy = 0;

  cairo_get_matrix (job->cr, &job->matrix);
  cairo_surface_get_device_scale (cairo_get_target (job->cr), &scale_x, &scale_y);
  cairo_user_to_device_distance (job->cr, &dx, &dy);
  job->is_vector = type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_SVG;
  job->columns_per_px = job->is_vector ? 2 : CLAMP (hypot (dx, dy) * scale_x, 1, 4);
}

/* PLplot would draw many small boxes slowly and text upright not at all: it draws the titles, and after this, as it leaves the context
 * turned round. */
static void
draw_matrix (const LensPlotJob *job)
{
  const LensPlotBox *plot = &job->scene->plot;
  g_auto (LensMatrixLayout) layout = { 0 };

  lens_matrix_layout_init (&layout, job->data, plot->right - plot->left, plot->bottom - plot->top,
                           job->scene->font_px);
  cairo_save (job->cr);
  cairo_translate (job->cr, plot->left, plot->top);
  lens_matrix_picture_draw (job->cr, &layout, job->data, job->theme, NULL);
  cairo_restore (job->cr);
}

void
lens_plot_draw (cairo_t *cr,
                double width,
                double height,
                const LensChartData *data,
                const LensPlotTheme *theme)
{
  g_autoptr (LensPlotScene) scene = NULL;
  g_autoptr (GError) error = NULL;
  LensPlotJob job;

  g_return_if_fail (cr != NULL && data != NULL && theme != NULL);

  if (!(width >= 1) || !(height >= 1) || width > MAX_SIDE_PX || height > MAX_SIDE_PX
      || cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    return;

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, theme->background.red, theme->background.green, theme->background.blue);
  cairo_paint (cr);

  scene = lens_plot_scene_new (data, width, height, theme->font_size);
  job = (LensPlotJob){ .data = data, .theme = theme, .scene = scene, .cr = cr };
  look_at_target (&job);
  if (data->kind == LENS_CHART_MATRIX && scene->plot.right > scene->plot.left
      && scene->plot.bottom > scene->plot.top)
    draw_matrix (&job);
  if (scene->labels->len > 0 || scene->bars->len > 0 || scene->has_series)
    {
      if (!lens_plot_is_available (&error))
        draw_message (cr, width, height, theme, error->message);
      else if (!run_plplot_guarded (&job))
        draw_message (cr, width, height, theme, _ ("This chart can’t be drawn."));
    }
  cairo_restore (cr);
}

double
lens_plot_get_natural_height (const LensChartData *data, double width, double font_size)
{
  g_return_val_if_fail (data != NULL, 0);

  return lens_plot_scene_get_natural_height (data, width, font_size);
}

int
lens_plot_find_bar (const LensChartData *data,
                    double width,
                    double height,
                    double font_size,
                    double x,
                    double y)
{
  g_autoptr (LensPlotScene) scene = NULL;

  g_return_val_if_fail (data != NULL, -1);

  if (data->kind != LENS_CHART_BARS && data->kind != LENS_CHART_SIDE_BARS)
    return -1;
  scene = lens_plot_scene_new (data, width, height, font_size);
  return lens_plot_scene_find_bar (scene, data, x, y);
}
