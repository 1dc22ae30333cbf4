#include "lens-plot-scene.h"

#include "lens-format.h"
#include "lens-time-span.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The legend's measures, in labels' sizes. */
#define SWATCH 1.5
#define SWATCH_GAP 0.5
#define ENTRY_GAP 1.6
#define LINE 1.55

double
lens_plot_scene_get_far_x (const LensPlotScene *scene, gint64 time_ns)
{
  const LensPlotTimeAxis *axis = &scene->time_axis;
  double since = time_ns >= axis->origin_ns ? (double) ((guint64) time_ns - (guint64) axis->origin_ns)
                                            : -(double) ((guint64) axis->origin_ns - (guint64) time_ns);
  double share = (since - axis->from_ns) / (axis->to_ns - axis->from_ns);
  /* The first and the last point are not on the edge. */
  double margin = scene->font_px * 0.4;

  return scene->plot.left + margin + share * (scene->plot.right - scene->plot.left - 2 * margin);
}

double
lens_plot_scene_get_x (const LensPlotScene *scene, gint64 time_ns)
{
  double margin = scene->font_px * 0.4;

  return CLAMP (lens_plot_scene_get_far_x (scene, time_ns), scene->plot.left + margin,
                scene->plot.right - margin);
}

LensTimeSpan
lens_plot_scene_get_span (const LensPlotScene *scene)
{
  return (LensTimeSpan){ lens_plot_scene_get_time (scene, -G_MAXDOUBLE),
                         lens_plot_scene_get_time (scene, G_MAXDOUBLE) };
}

gint64
lens_plot_scene_get_time (const LensPlotScene *scene, double x)
{
  const LensPlotTimeAxis *axis = &scene->time_axis;
  double margin = scene->font_px * 0.4;
  double width = scene->plot.right - scene->plot.left - 2 * margin;
  double share = width > 0 ? (x - scene->plot.left - margin) / width : 0;
  double since = axis->from_ns + CLAMP (share, 0, 1) * (axis->to_ns - axis->from_ns);

  /* Whole numbers keep nanoseconds that a double of today's time has no room for. */
  return lens_time_add (axis->origin_ns, fabs (since) < 9e18 ? (gint64) since : G_MAXINT64);
}

double
lens_plot_scene_get_y (const LensPlotScene *scene, guint64 figure)
{
  return scene->value_zero_y
         + lens_plot_scale_get_share (&scene->scale, (double) figure)
               * (scene->value_max_y - scene->value_zero_y);
}

static double
get_max_figure (const LensChartData *data)
{
  guint64 max = 1;

  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      for (gsize j = 0; j < series->n_points && !series->is_hidden; j++)
        max = MAX (max, series->points[j].payload_bytes);
    }
  return (double) max;
}

static void
add_entry (LensPlotScene *scene, const char *text, double x, double y, guint color)
{
  double font = scene->font_px;

  lens_plot_scene_add_fill (scene->swatches, x, round (y) - font * 0.15, x + SWATCH * font,
                            round (y) + font * 0.15, LENS_PLOT_INK_SERIES + color);
  lens_plot_scene_add_label (scene, text, x + (SWATCH + SWATCH_GAP) * font, y, 0, font,
                             LENS_PLOT_INK_FOREGROUND);
}

/* "and 3 more" for the series that the legend has no room for. */
static void
add_rest (LensPlotScene *scene, guint n, double x, double y)
{
  g_autofree char *count = lens_format_count (n);
  /* Translators: the last line of a legend that has no room for all series. */
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %s more", "and %s more", n), count);

  lens_plot_scene_add_label (scene, text, x, y, 0, scene->font_px, LENS_PLOT_INK_DIM);
}

static double
measure_legend (const LensPlotScene *scene, const LensChartData *data)
{
  double widest = lens_plot_ruler_measure (
      &scene->ruler, data->legend_title != NULL ? data->legend_title : "", scene->font_px, FALSE);

  for (guint i = 0; i < data->series->len; i++)
    {
      g_autofree char *label = lens_plot_text_clean (g_array_index (data->series, LensChartSeries, i).label);

      widest = MAX (widest, lens_plot_ruler_measure (&scene->ruler, label, scene->font_px, FALSE)
                                + (SWATCH + SWATCH_GAP) * scene->font_px);
    }
  return widest;
}

/* At the right of the plot, @width wide. */
static void
add_legend_beside (LensPlotScene *scene, const LensChartData *data, double left, double top, double bottom)
{
  double font = scene->font_px;
  double y = top + font * 0.5;

  if (data->legend_title != NULL)
    {
      lens_plot_scene_add_label (scene, data->legend_title, left, y, 0, font, LENS_PLOT_INK_DIM);
      y += font * LINE;
    }
  for (guint i = 0; i < data->series->len; i++, y += font * LINE)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      if (i + 1 < data->series->len && y + font * LINE > bottom)
        {
          add_rest (scene, data->series->len - i, left, y);
          return;
        }
      add_entry (scene, series->label, left, y, series->color);
    }
}

/* Under the plot, in lines that end at the bottom of the scene. Places entries only where @is_real; returns the lines. */
static guint
flow_legend (LensPlotScene *scene, const LensChartData *data, double top, guint max_lines, gboolean is_real)
{
  double font = scene->font_px;
  double room = scene->width - 2 * scene->pad;
  double x = 0;
  guint line = 0;

  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      g_autofree char *label = lens_plot_text_clean (series->label);
      g_autofree char *fitted
          = lens_plot_ruler_fit (&scene->ruler, label, font, FALSE, room - (SWATCH + SWATCH_GAP) * font);
      double width
          = lens_plot_ruler_measure (&scene->ruler, fitted, font, FALSE) + (SWATCH + SWATCH_GAP) * font;
      /* In the last line there must be room for the words about the rest. */
      gboolean is_last_line = line + 1 >= max_lines;
      double reserve = is_last_line && i + 1 < data->series->len ? font * 7 : 0;

      if (x > 0 && x + width + reserve > room)
        {
          if (is_last_line)
            {
              if (is_real)
                add_rest (scene, data->series->len - i, scene->pad + x, top + line * font * LINE);
              break;
            }
          x = 0;
          line++;
        }
      if (is_real)
        add_entry (scene, fitted, scene->pad + x, top + line * font * LINE, series->color);
      x += width + ENTRY_GAP * font;
    }
  return line + 1;
}

/* Along the time axis, or what a chart has in its place. *@context: (transfer full), what belongs under the labels. */
static GArray *
find_ticks (const LensPlotScene *scene,
            const LensChartData *data,
            double width_px,
            double digit_px,
            char **context)
{
  if (data->over == LENS_CHART_OVER_TIME)
    return lens_plot_axis_time_ticks (&scene->time_axis, width_px, digit_px, context);
  *context = g_strdup ("");
  /* Room for eight characters a label: those of numbers are shorter. */
  return lens_plot_axis_value_ticks (scene->time_axis.to_ns, LENS_UNIT_PACKETS,
                                     (guint) MAX (2, width_px / (digit_px * 8)));
}

void
lens_plot_scene_add_time_axis (LensPlotScene *scene, const LensChartData *data, double context_y)
{
  const LensPlotBox *plot = &scene->plot;
  double font = scene->font_px;
  double digit = lens_plot_ruler_measure (&scene->ruler, "0", font, FALSE);
  double title = lens_plot_ruler_measure (&scene->ruler, data->x_title != NULL ? data->x_title : "",
                                          font * 0.95, FALSE);
  g_autofree char *context = NULL;
  g_autoptr (GArray) ticks = find_ticks (scene, data, plot->right - plot->left - font, digit, &context);
  double taken = plot->left;

  lens_plot_scene_add_fill (scene->grid, plot->left, plot->bottom, plot->right, plot->bottom,
                            LENS_PLOT_INK_AXIS);
  for (guint i = 0; i < ticks->len; i++)
    {
      const LensPlotTick *tick = &g_array_index (ticks, LensPlotTick, i);
      double share
          = (tick->position - scene->time_axis.from_ns) / (scene->time_axis.to_ns - scene->time_axis.from_ns);
      double x = round (plot->left + font * 0.4 + share * (plot->right - plot->left - font * 0.8)) - 0.5;
      double half = lens_plot_ruler_measure (&scene->ruler, tick->label, font, FALSE) / 2;

      lens_plot_scene_add_fill (scene->grid, x, plot->top, x, plot->bottom + font * 0.3, LENS_PLOT_INK_GRID);
      if (x - half < scene->pad * 0.3 || x + half > scene->width - 2 || x - half < taken - half)
        continue;
      lens_plot_scene_add_label (scene, tick->label, x, plot->bottom + font * 1.05, 0.5, font,
                                 LENS_PLOT_INK_DIM);
      taken = x + half + font;
    }
  if (context_y <= 0)
    return;
  lens_plot_scene_add_label (scene, context, plot->left, context_y, 0, font * 0.95, LENS_PLOT_INK_FOREGROUND);
  if (lens_plot_ruler_measure (&scene->ruler, context, font * 0.95, FALSE) + title + font
      < plot->right - plot->left)
    lens_plot_scene_add_label (scene, data->x_title, plot->right, context_y, 1, font * 0.95,
                               LENS_PLOT_INK_DIM);
}

/* Lines around the burst that is selected. */
static void
add_frame (LensPlotScene *scene, double left, double right)
{
  const LensPlotBox *plot = &scene->plot;

  lens_plot_scene_add_fill (scene->marks, left, plot->top, left, plot->bottom, LENS_PLOT_INK_FOREGROUND);
  lens_plot_scene_add_fill (scene->marks, right, plot->top, right, plot->bottom, LENS_PLOT_INK_FOREGROUND);
  lens_plot_scene_add_fill (scene->marks, left, plot->top, right, plot->top, LENS_PLOT_INK_FOREGROUND);
}

/* From band @from to @to, which touch each other where there is more than one: a number where there is room for it. */
static void
add_band (LensPlotScene *scene, double left, double right, guint from, guint to, gboolean is_selected)
{
  double font = scene->font_px;
  g_autofree char *number = lens_format_count (from + 1);

  lens_plot_scene_add_fill (scene->bands, left, scene->plot.top, right, scene->plot.bottom,
                            LENS_PLOT_INK_BAND_BELOW);
  if (is_selected)
    add_frame (scene, left, right);
  if (from == to && lens_plot_ruler_measure (&scene->ruler, number, font * 0.9, FALSE) + 3 < right - left)
    lens_plot_scene_add_label (scene, number, (left + right) / 2, scene->plot.top + font * 0.8, 0.5,
                               font * 0.9, LENS_PLOT_INK_FOREGROUND);
}

/* Bands come in time order. Those without a pixel between them are drawn as one, but for the one that is selected: there may be very many. */
static void
add_bands (LensPlotScene *scene, const LensChartData *data)
{
  gboolean has_band = FALSE;
  gboolean is_selected = FALSE;
  double left = 0;
  double right = 0;
  guint from = 0;
  guint to = 0;

  for (guint i = 0; i < data->bands->len; i++)
    {
      const LensChartBand *band = &g_array_index (data->bands, LensChartBand, i);
      double this_left = lens_plot_scene_get_x (scene, band->first_ns);
      double this_right = MAX (lens_plot_scene_get_x (scene, band->last_ns), this_left + 1.5);

      if (data->has_shown && (band->last_ns < data->shown.first_ns || band->first_ns > data->shown.last_ns))
        continue;
      if (has_band && this_left - right < 1 && !band->is_selected && !is_selected)
        {
          right = MAX (right, this_right);
          to = i;
          continue;
        }
      if (has_band)
        add_band (scene, left, right, from, to, is_selected);
      has_band = TRUE;
      is_selected = band->is_selected;
      left = this_left;
      right = this_right;
      from = to = i;
    }
  if (has_band)
    add_band (scene, left, right, from, to, is_selected);
}

/* Where a part of the time without a packet is shown: that nothing is missing, in words. */
static void
add_nothing_shown (LensPlotScene *scene, const LensChartData *data)
{
  const LensPlotBox *plot = &scene->plot;
  const char *text = _ ("No packet in the time that is shown.");

  if (!data->has_shown
      || lens_plot_ruler_measure (&scene->ruler, text, scene->font_px, FALSE) > plot->right - plot->left)
    return;
  for (guint i = 0; i < data->series->len; i++)
    {
      gsize n;
      const LensSeriesPoint *points
          = lens_chart_series_get_points (&g_array_index (data->series, LensChartSeries, i), &n);
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      gsize first = lens_series_points_find (points, n, data->shown.first_ns);

      /* A figure that holds is there between its points too. */
      if (series->is_stepped || (first < n && points[first].time_ns <= data->shown.last_ns))
        return;
    }
  lens_plot_scene_add_label (scene, text, (plot->left + plot->right) / 2, (plot->top + plot->bottom) / 2, 0.5,
                             scene->font_px, LENS_PLOT_INK_DIM);
}

void
lens_plot_scene_add_time_series (LensPlotScene *scene, const LensChartData *data, double top)
{
  double font = scene->font_px;
  double room = scene->height - top;
  gboolean has_legend = (data->series->len > 1 || data->legend_title != NULL) && !data->has_legend_elsewhere;
  double legend = has_legend ? measure_legend (scene, data) : 0;
  gboolean is_beside = legend > 0 && legend < scene->width * 0.3 && scene->width > font * 42;
  gboolean is_below = legend > 0 && !is_beside && room > font * 12;
  gboolean has_context = room > font * 7;
  gboolean has_title = room > font * 10;
  double bottom = scene->height - scene->pad * 0.8;
  double headroom = data->bands->len > 0 ? font * 1.8 : font * 0.5;
  double context_y = 0;
  g_autoptr (GArray) ticks = NULL;
  double widest;

  if (is_below)
    {
      guint max_lines = (guint) MAX (1, room * 0.3 / (font * LINE));
      guint n_lines = flow_legend (scene, data, 0, max_lines, FALSE);

      bottom -= n_lines * font * LINE;
      flow_legend (scene, data, bottom + font * 1.0, max_lines, TRUE);
    }
  if (has_title)
    {
      lens_plot_scene_add_value_title (scene, data, top);
      top += font * 1.5;
    }
  if (has_context)
    {
      bottom -= font * 1.3;
      context_y = bottom + font * 0.6;
    }
  bottom = round (bottom - font * 1.7) - 0.5;
  if (bottom - top < font + headroom)
    return;

  scene->scale = lens_plot_scale_new (data, get_max_figure (data));
  scene->value_zero_y = bottom - 4;
  scene->value_max_y = top + headroom;
  ticks = lens_plot_scale_get_ticks (
      &scene->scale, (guint) MAX (2, (scene->value_zero_y - scene->value_max_y) / (font * 2.2)));
  widest = lens_plot_scene_measure_ticks (scene, ticks);
  scene->plot
      = (LensPlotBox){ round (scene->pad + widest + font * 0.5), round (top),
                       round (scene->width - scene->pad - (is_beside ? legend + font * 1.2 : 0)), bottom };
  if (scene->plot.right - scene->plot.left < font * 3)
    {
      scene->plot = (LensPlotBox){ 0 };
      return;
    }
  scene->has_series = TRUE;
  scene->time_axis = data->has_shown
                         ? lens_plot_axis_time (data->shown.first_ns, data->shown.last_ns, data->is_utc)
                     : data->over == LENS_CHART_OVER_TIME
                         ? lens_plot_axis_time (data->first_ns, data->last_ns, data->is_utc)
                         : lens_plot_axis_time (0, MAX (data->last_ns, 1), TRUE);
  lens_plot_scene_add_left_axis (scene, ticks, scene->value_max_y, scene->value_zero_y, FALSE);
  lens_plot_scene_add_time_axis (scene, data, context_y);
  add_bands (scene, data);
  add_nothing_shown (scene, data);
  if (is_beside)
    add_legend_beside (scene, data, scene->plot.right + font * 1.2, scene->plot.top,
                       scene->height - scene->pad);
}
