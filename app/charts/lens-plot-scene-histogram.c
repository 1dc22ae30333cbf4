#include "lens-plot-scene.h"

#include <math.h>

/* Labels of the axis below: where there is room, those of powers of ten first. */
static void
add_edges (LensPlotScene *scene, const LensChartData *data, double slot)
{
  const LensPlotBox *plot = &scene->plot;
  double font = scene->font_px;
  g_autofree gboolean *is_taken = g_new0 (gboolean, MAX ((gsize) scene->width + 1, 1));

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < data->bars->len; i++)
      {
        const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
        double x = round (plot->left + i * slot);
        double half;
        gsize from, to;

        if (bar->edge == NULL || bar->is_major != (pass == 0))
          continue;
        if (bar->is_major)
          lens_plot_scene_add_fill (scene->grid, x - 0.5, plot->top, x - 0.5, plot->bottom + font * 0.3,
                                    LENS_PLOT_INK_GRID);
        half = lens_plot_ruler_measure (&scene->ruler, bar->edge, font, FALSE) / 2 + font * 0.5;
        if (x - half < 0 || x + half > scene->width)
          continue;
        from = (gsize) (x - half);
        to = (gsize) (x + half);
        if (is_taken[from] || is_taken[to] || is_taken[(from + to) / 2])
          continue;
        for (gsize column = from; column <= to; column++)
          is_taken[column] = TRUE;
        lens_plot_scene_add_label (scene, bar->edge, x, plot->bottom + font * 1.05, 0.5, font,
                                   LENS_PLOT_INK_DIM);
      }
}

/* A text over @x, moved so far that all of it is seen. */
static void
add_mark_text (LensPlotScene *scene, const char *text, double x, double y, LensPlotInk ink)
{
  double half = lens_plot_ruler_measure (&scene->ruler, text, scene->font_px, FALSE) / 2;

  if (2 * half > scene->plot.right - scene->plot.left)
    return;
  lens_plot_scene_add_label (scene, text, CLAMP (x, scene->plot.left + half, scene->plot.right - half), y,
                             0.5, scene->font_px, ink);
}

/* What 90 % are in as a band behind, the median as a line, both with their figures above. */
static void
add_marks (LensPlotScene *scene, const LensChartData *data, double slot, double top)
{
  const LensPlotBox *plot = &scene->plot;
  double font = scene->font_px;
  double median = round (plot->left + data->median_place * slot) - 0.5;
  double low = plot->left + data->low_place * slot;
  double high = MAX (plot->left + data->high_place * slot, low + 1);

  lens_plot_scene_add_fill (scene->backs, low, top, high, plot->bottom, LENS_PLOT_INK_BAND_BELOW);
  lens_plot_scene_add_fill (scene->marks, median, top, median, plot->bottom, LENS_PLOT_INK_FOREGROUND);
  if (data->median_text != NULL)
    add_mark_text (scene, data->median_text, median, top - font * 0.7, LENS_PLOT_INK_FOREGROUND);
  if (data->range_text != NULL)
    add_mark_text (scene, data->range_text, (low + high) / 2, top - font * 2, LENS_PLOT_INK_DIM);
}

void
lens_plot_scene_add_histogram (LensPlotScene *scene, const LensChartData *data, double top)
{
  double font = scene->font_px;
  LensPlotScale scale = lens_plot_scale_new (data, lens_plot_scene_get_max_bar (data));
  double bottom = scene->height - scene->pad - font * 2.7;
  g_autoptr (GArray) ticks = NULL;
  double slot;

  if (bottom - top > font * 8)
    {
      lens_plot_scene_add_value_title (scene, data, top);
      top += font * 1.3;
    }
  /* Above the bars are the figures of the marks. */
  top = round (top + font * 2.9);
  scene->plot = (LensPlotBox){ .top = top, .bottom = round (bottom), .right = scene->width - scene->pad };
  if (scene->plot.bottom - top < font)
    return;
  ticks = lens_plot_scale_get_ticks (&scale, (guint) MAX (2, (bottom - top) / (font * 2.4)));
  scene->plot.left = round (scene->pad + lens_plot_scene_measure_ticks (scene, ticks) + font * 0.6);
  slot = (scene->plot.right - scene->plot.left) / data->bars->len;
  if (slot < 0.5)
    return;

  lens_plot_scene_add_left_axis (scene, ticks, top, scene->plot.bottom, TRUE);
  add_edges (scene, data, slot);
  lens_plot_scene_add_label (scene, data->x_title, scene->plot.left, scene->plot.bottom + font * 2.4, 0,
                             font * 0.95, LENS_PLOT_INK_DIM);
  for (guint i = 0; i < data->bars->len; i++)
    {
      const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
      double left = scene->plot.left + i * slot;
      double length
          = bar->value == 0
                ? 0
                : MAX (lens_plot_scale_get_share (&scale, (double) bar->value) * (scene->plot.bottom - top),
                       1.5);

      lens_plot_scene_add_fill (scene->bars, left, scene->plot.bottom - length,
                                left + (slot > 4 ? slot - 1 : slot), scene->plot.bottom,
                                LENS_PLOT_INK_SERIES + bar->color);
    }
  add_marks (scene, data, slot, top);
}
