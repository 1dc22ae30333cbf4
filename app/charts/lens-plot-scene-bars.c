#include "lens-plot-scene.h"

#include <math.h>

/* From this on the axis has its title however many bars there are, in sizes of a label. */
#define MIN_TITLED_HEIGHT 9

double
lens_plot_scene_get_max_bar (const LensChartData *data)
{
  double max = 1;

  for (guint i = 0; i < data->bars->len; i++)
    max = MAX (max, (double) g_array_index (data->bars, LensChartBar, i).value);
  return max;
}

static guint
get_ink (const LensChartBar *bar)
{
  return LENS_PLOT_INK_SERIES + bar->color;
}

double
lens_plot_scene_measure_ticks (const LensPlotScene *scene, GArray *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    widest
        = MAX (widest, lens_plot_ruler_measure (&scene->ruler, g_array_index (ticks, LensPlotTick, i).label,
                                                scene->font_px, FALSE));
  return widest;
}

void
lens_plot_scene_add_left_axis (LensPlotScene *scene,
                               GArray *ticks,
                               double top,
                               double bottom,
                               gboolean has_axis)
{
  const LensPlotBox *plot = &scene->plot;
  double font = scene->font_px;

  for (guint i = 0; i < ticks->len; i++)
    {
      const LensPlotTick *tick = &g_array_index (ticks, LensPlotTick, i);
      double y = round (bottom - tick->position * (bottom - top)) - 0.5;

      lens_plot_scene_add_fill (scene->grid, plot->left, y, plot->right, y,
                                i == 0 && has_axis ? LENS_PLOT_INK_AXIS : LENS_PLOT_INK_GRID);
      lens_plot_scene_add_label (scene, tick->label, plot->left - font * 0.5, y, 1, font, LENS_PLOT_INK_DIM);
    }
}

/* Upright bars */

static void
add_upright_bar (LensPlotScene *scene, const LensChartBar *bar, double center, double slot, double length)
{
  double font = scene->font_px;
  double half = MIN (slot * 0.62, font * 8) / 2;
  double bottom = scene->plot.bottom;
  g_autofree char *label = lens_plot_text_clean (bar->label);
  g_auto (GStrv) lines = lens_plot_ruler_wrap (&scene->ruler, label, font, FALSE, slot * 0.94, 2);
  double size = font;

  lens_plot_scene_add_fill (scene->bars, round (center - half), round (bottom - length),
                            round (center + half), bottom, get_ink (bar));
  for (guint i = 0; lines[i] != NULL && slot >= font; i++)
    lens_plot_scene_add_label (scene, lines[i], center, bottom + font * (1.1 + 1.3 * i), 0.5, font,
                               LENS_PLOT_INK_FOREGROUND);
  while (size > font * 0.7
         && lens_plot_ruler_measure (&scene->ruler, bar->value_text, size, FALSE) > slot * 0.96)
    size *= 0.9;
  if (lens_plot_ruler_measure (&scene->ruler, bar->value_text, size, FALSE) <= slot)
    lens_plot_scene_add_label (scene, bar->value_text, center, round (bottom - length) - font * 0.75, 0.5,
                               size, LENS_PLOT_INK_FOREGROUND);
}

void
lens_plot_scene_add_bars (LensPlotScene *scene, const LensChartData *data, double top)
{
  double font = scene->font_px;
  LensPlotScale scale = lens_plot_scale_new (data, lens_plot_scene_get_max_bar (data));
  double bottom = scene->height - scene->pad - font * 2.4;
  g_autoptr (GArray) ticks = NULL;
  double slot;

  if (bottom - top > font * 8)
    {
      lens_plot_scene_add_value_title (scene, data, top);
      top += font * 1.3;
    }
  scene->plot = (LensPlotBox){ .top = top, .bottom = round (bottom), .right = scene->width - scene->pad };
  /* Above the highest bar is its figure. */
  top += font * 1.5;
  if (scene->plot.bottom - top < 4)
    return;
  ticks = lens_plot_scale_get_ticks (&scale, (guint) MAX (2, (bottom - top) / (font * 2.4)));
  scene->plot.left = round (scene->pad + lens_plot_scene_measure_ticks (scene, ticks) + font * 0.6);
  slot = (scene->plot.right - scene->plot.left) / data->bars->len;
  if (slot < 1)
    return;

  lens_plot_scene_add_left_axis (scene, ticks, top, scene->plot.bottom, TRUE);
  for (guint i = 0; i < data->bars->len; i++)
    {
      const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
      double length = lens_plot_scale_get_share (&scale, (double) bar->value) * (scene->plot.bottom - top);

      add_upright_bar (scene, bar, scene->plot.left + (i + 0.5) * slot, slot,
                       bar->value > 0 ? MAX (length, 1.5) : 0);
    }
}

/* Side bars */

/* The widest label, its size and what the labels get: all of it where bars still have some room beside it. */
static double
measure_labels (const LensPlotScene *scene, const LensChartData *data, double room, double *size_px)
{
  double widest = 0;
  double shrink;

  for (guint i = 0; i < data->bars->len; i++)
    {
      g_autofree char *label = lens_plot_text_clean (g_array_index (data->bars, LensChartBar, i).label);

      widest = MAX (widest, lens_plot_ruler_measure (&scene->ruler, label, scene->font_px, FALSE));
    }
  shrink = CLAMP (room / MAX (widest, 1), 0.75, 1);
  *size_px = scene->font_px * shrink;
  return MIN (widest * shrink + 2, room);
}

static double
measure_values (const LensPlotScene *scene, const LensChartData *data)
{
  double widest = 0;

  for (guint i = 0; i < data->bars->len; i++)
    widest = MAX (widest, lens_plot_ruler_measure (&scene->ruler,
                                                   g_array_index (data->bars, LensChartBar, i).value_text,
                                                   scene->font_px, FALSE));
  return widest;
}

static void
add_value_axis (LensPlotScene *scene, const LensPlotScale *scale)
{
  const LensPlotBox *plot = &scene->plot;
  double font = scene->font_px;
  g_autoptr (GArray) ticks
      = lens_plot_scale_get_ticks (scale, (guint) MAX (2, (plot->right - plot->left) / (font * 7)));

  for (guint i = 0; i < ticks->len; i++)
    {
      const LensPlotTick *tick = &g_array_index (ticks, LensPlotTick, i);
      double x = round (plot->left + tick->position * (plot->right - plot->left)) - 0.5;

      lens_plot_scene_add_fill (scene->grid, x, plot->top, x, plot->bottom,
                                i == 0 ? LENS_PLOT_INK_AXIS : LENS_PLOT_INK_GRID);
      lens_plot_scene_add_label (scene, tick->label, x, plot->bottom + font * 0.9, 0.5, font,
                                 LENS_PLOT_INK_DIM);
    }
}

void
lens_plot_scene_add_side_bars (LensPlotScene *scene, const LensChartData *data, double top)
{
  LensPlotBox *plot = &scene->plot;
  double font = scene->font_px;
  LensPlotScale scale = lens_plot_scale_new (data, lens_plot_scene_get_max_bar (data));
  double room = scene->width - 2 * scene->pad;
  double values = measure_values (scene, data) + font * 0.5;
  double label_size;
  double labels = measure_labels (scene, data, MAX (room * 0.5, room - values - font * 16), &label_size);
  gboolean has_title
      = scene->height - top > font * MIN (data->bars->len * LENS_PLOT_ROW_HEIGHT + 4.5, MIN_TITLED_HEIGHT);
  double bottom = scene->height - scene->pad * 0.8 - font * (has_title ? 2.9 : 1.5);
  double row = MIN ((bottom - top) / data->bars->len, font * 3.6);
  double thickness = MAX (MIN (row * 0.68, font * 2), MIN (row, 1));
  guint label_every = (guint) MAX (1, ceil (label_size * 1.15 / MAX (row, 0.01)));

  *plot = (LensPlotBox){ round (scene->pad + labels + font * 0.6), top, scene->width - scene->pad - values,
                         top + row * data->bars->len };
  if (row <= 0 || plot->right - plot->left < 4)
    {
      *plot = (LensPlotBox){ 0 };
      return;
    }
  add_value_axis (scene, &scale);
  if (has_title)
    lens_plot_scene_add_label (scene, data->x_title, plot->left, plot->bottom + font * 2.4, 0, font * 0.95,
                               LENS_PLOT_INK_DIM);
  for (guint i = 0; i < data->bars->len; i++)
    {
      const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
      double y = top + (i + 0.5) * row;
      double share = lens_plot_scale_get_share (&scale, (double) bar->value);
      double length = bar->value > 0 ? MAX (share * (plot->right - plot->left), 1.5) : 0;

      lens_plot_scene_add_fill (scene->bars, plot->left, y - thickness / 2, plot->left + length,
                                y + thickness / 2, get_ink (bar));
      if (i % label_every == 0)
        {
          g_autofree char *label = lens_plot_text_clean (bar->label);
          g_autofree char *fitted = lens_plot_ruler_fit (&scene->ruler, label, label_size, FALSE, labels);

          lens_plot_scene_add_label (scene, fitted, plot->left - font * 0.6, y, 1, label_size,
                                     LENS_PLOT_INK_FOREGROUND);
          lens_plot_scene_add_label (scene, bar->value_text, plot->left + length + font * 0.45, y, 0, font,
                                     LENS_PLOT_INK_FOREGROUND);
        }
    }
}
