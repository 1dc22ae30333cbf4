#include "lens-plot-scene.h"

#include "lens-matrix-picture.h"

#include <math.h>

/* Below this much nothing can be read. */
#define MIN_SIDE_PX 16

/* From these on labels have their full size. */
#define FULL_WIDTH_PX 460
#define FULL_HEIGHT_PX 240

static void
clear_label (gpointer item)
{
  LensPlotLabel *label = item;

  g_free (label->text);
}

static GArray *
new_fills (void)
{
  return g_array_new (FALSE, TRUE, sizeof (LensPlotFill));
}

void
lens_plot_scene_add_label (LensPlotScene *scene,
                           const char *text,
                           double x,
                           double y,
                           double justify,
                           double size_px,
                           LensPlotInk ink)
{
  LensPlotLabel label = {
    .text = lens_plot_text_clean (text),
    .x = x,
    .y = y,
    .justify = justify,
    .size_px = size_px,
    .ink = ink,
  };

  g_array_append_val (scene->labels, label);
}

void
lens_plot_scene_add_value_title (LensPlotScene *scene, const LensChartData *data, double top)
{
  double font = scene->font_px;

  lens_plot_scene_add_label (scene, data->y_title, scene->pad, top + font * 0.4, 0, font * 0.95,
                             LENS_PLOT_INK_DIM);
}

void
lens_plot_scene_add_fill (GArray *fills, double left, double top, double right, double bottom, guint ink)
{
  LensPlotFill fill = { .box = { left, top, right, bottom }, .ink = ink };

  g_array_append_val (fills, fill);
}

/* Adds the lines of a text at the left; returns where they end. */
static double
add_paragraph (LensPlotScene *scene,
               const char *text,
               double top,
               double size_px,
               gboolean is_bold,
               LensPlotInk ink,
               guint max_lines)
{
  g_autofree char *clean = lens_plot_text_clean (text);
  double room = scene->width - 2 * scene->pad;
  g_auto (GStrv) lines = lens_plot_ruler_wrap (&scene->ruler, clean, size_px, is_bold, room, max_lines);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      lens_plot_scene_add_label (scene, lines[i], scene->pad, top + size_px * 0.65, 0, size_px, ink);
      g_array_index (scene->labels, LensPlotLabel, scene->labels->len - 1).is_bold = is_bold;
      top += size_px * 1.35;
    }
  return top;
}

/* Title and subtitle, as much of them as leaves room for the chart; returns where they end. */
static double
add_titles (LensPlotScene *scene, const LensChartData *data)
{
  double font = scene->font_px;
  double lines = scene->height / (1.35 * font);
  double top = scene->pad * 0.9;

  if (lines >= 5)
    top = add_paragraph (scene, data->title, top, font * 1.3, TRUE, LENS_PLOT_INK_FOREGROUND,
                         lines >= 14 ? 2 : 1);
  if (lines >= 9)
    top = add_paragraph (scene, data->subtitle, top + font * 0.1, font * 0.95, FALSE, LENS_PLOT_INK_DIM,
                         lines >= 18   ? 4
                         : lines >= 13 ? 2
                                       : 1);
  return top + font * 0.75;
}

static void
add_empty_text (LensPlotScene *scene, const char *text, double top)
{
  g_autofree char *clean = lens_plot_text_clean (text);
  double size = scene->font_px * 1.1;
  double room = scene->width - 2 * scene->pad;
  g_auto (GStrv) lines = lens_plot_ruler_wrap (&scene->ruler, clean, size, FALSE, MIN (room, size * 45), 4);
  double y = (top + scene->height) / 2 - (g_strv_length (lines) - 1.0) * size * 0.7;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      lens_plot_scene_add_label (scene, lines[i], scene->width / 2, y, 0.5, size, LENS_PLOT_INK_DIM);
      y += size * 1.4;
    }
}

static gboolean
has_figures (const LensChartData *data)
{
  if (data->matrix != NULL)
    return lens_host_matrix_get_n_sides (data->matrix) > 0;
  if (data->kind == LENS_CHART_LANES)
    return data->lanes->len > 0;
  if (data->kind != LENS_CHART_TIME_SERIES)
    return data->bars->len > 0;
  for (guint i = 0; i < data->series->len; i++)
    if (g_array_index (data->series, LensChartSeries, i).n_points > 0)
      return TRUE;
  return FALSE;
}

/* @full_height: FULL_HEIGHT_PX, or what a chart wants where that is less. */
static LensPlotScene *
new_empty_scene (double width, double height, double font_size, double full_height)
{
  LensPlotScene *scene = g_new0 (LensPlotScene, 1);

  scene->width = width;
  scene->height = height;
  scene->font_px = font_size * CLAMP (MIN (width / FULL_WIDTH_PX, height / full_height), 0.72, 1.0);
  scene->pad = scene->font_px;
  scene->grid = new_fills ();
  scene->bands = new_fills ();
  scene->bars = new_fills ();
  scene->backs = new_fills ();
  scene->marks = new_fills ();
  scene->swatches = new_fills ();
  scene->labels = g_array_new (FALSE, TRUE, sizeof (LensPlotLabel));
  g_array_set_clear_func (scene->labels, clear_label);
  lens_plot_ruler_init (&scene->ruler);
  return scene;
}

LensPlotScene *
lens_plot_scene_new (const LensChartData *data, double width, double height, double font_size)
{
  /* A few rows are low, not small. */
  gboolean has_rows = data->kind == LENS_CHART_SIDE_BARS || data->kind == LENS_CHART_LANES;
  double full_height = has_rows
                           ? MIN (FULL_HEIGHT_PX, lens_plot_scene_get_natural_height (data, width, font_size))
                           : FULL_HEIGHT_PX;
  LensPlotScene *scene = new_empty_scene (width, height, CLAMP (font_size, 4, 100), full_height);
  double top;

  if (!(width >= MIN_SIDE_PX) || !(height >= MIN_SIDE_PX))
    return scene;
  top = add_titles (scene, data);
  if (data->empty_text != NULL || !has_figures (data))
    add_empty_text (scene, data->empty_text, top);
  else if (data->kind == LENS_CHART_MATRIX)
    scene->plot = (LensPlotBox){ scene->pad, top, width - scene->pad, height - scene->pad };
  else if (data->kind == LENS_CHART_BARS)
    lens_plot_scene_add_bars (scene, data, top);
  else if (data->kind == LENS_CHART_SIDE_BARS)
    lens_plot_scene_add_side_bars (scene, data, top);
  else if (data->kind == LENS_CHART_LANES)
    lens_plot_scene_add_lanes (scene, data, top);
  else if (data->kind == LENS_CHART_HISTOGRAM)
    lens_plot_scene_add_histogram (scene, data, top);
  else
    lens_plot_scene_add_time_series (scene, data, top);
  return scene;
}

void
lens_plot_scene_free (LensPlotScene *scene)
{
  if (scene == NULL)
    return;
  g_array_unref (scene->grid);
  g_array_unref (scene->bands);
  g_array_unref (scene->bars);
  g_array_unref (scene->backs);
  g_array_unref (scene->marks);
  g_array_unref (scene->swatches);
  g_array_unref (scene->labels);
  lens_plot_ruler_clear (&scene->ruler);
  g_free (scene);
}

double
lens_plot_scene_get_natural_height (const LensChartData *data, double width, double font_size)
{
  g_autoptr (LensPlotScene) scene
      = new_empty_scene (MAX (width, MIN_SIDE_PX), 10000, CLAMP (font_size, 4, 100), FULL_HEIGHT_PX);
  double top = add_titles (scene, data);
  double font = scene->font_px;

  if (data->kind == LENS_CHART_SIDE_BARS && data->empty_text == NULL && data->bars->len > 0)
    return ceil (top + data->bars->len * font * LENS_PLOT_ROW_HEIGHT + font * 5);
  if (data->kind == LENS_CHART_MATRIX && data->empty_text == NULL)
    return ceil (top + lens_matrix_layout_get_natural_height (data, scene->width - 2 * scene->pad, font)
                 + scene->pad);
  if (data->kind == LENS_CHART_LANES && data->empty_text == NULL)
    return ceil (top + lens_plot_scene_get_lanes_height (data, font));
  if (data->kind == LENS_CHART_BARS)
    if (data->kind == LENS_CHART_BARS || data->kind == LENS_CHART_HISTOGRAM)
      return ceil (top + font * 20);
  return ceil (top + CLAMP (width * 0.28, font * 20, font * 30));
}

int
lens_plot_scene_find_bar (const LensPlotScene *scene, const LensChartData *data, double x, double y)
{
  const LensPlotBox *plot = &scene->plot;
  gboolean is_side = data->kind == LENS_CHART_SIDE_BARS;
  double from = is_side ? plot->top : plot->left;
  double to = is_side ? plot->bottom : plot->right;
  double at = is_side ? y : x;

  if (scene->bars->len == 0 || data->kind == LENS_CHART_LANES
      || !(x >= 0 && x <= scene->width && y >= plot->top && y <= scene->height - scene->pad))
    return -1;
  if (!(at >= from && at < to))
    return -1;
  return MIN ((int) ((at - from) / (to - from) * scene->bars->len), (int) scene->bars->len - 1);
}

LensPlotBox
lens_plot_scene_get_bar_box (const LensPlotScene *scene, const LensChartData *data, guint index)
{
  LensPlotBox box = scene->plot;
  guint n = MAX (scene->bars->len, 1);

  if (data->kind == LENS_CHART_SIDE_BARS)
    {
      double row = (box.bottom - box.top) / n;

      return (LensPlotBox){ 0, box.top + index * row, scene->width, box.top + (index + 1) * row };
    }
  else
    {
      double column = (box.right - box.left) / n;

      return (LensPlotBox){ box.left + index * column, box.top, box.left + (index + 1) * column,
                            scene->height - scene->pad };
    }
}
