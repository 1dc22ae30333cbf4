/* Bursts of several streams, a lane each, over one time axis. */
#include "lens-plot-scene.h"

#include "lens-chart-lanes.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In sizes of a label: a lane where there is room, one with its name only, what a burst leaves free above and below. */
#define LANE 2.9
#define ONE_LINE 1.15
#define TWO_LINES 2.5
#define FREE_SHARE 0.2

/* Of the width, for the names. */
#define NAMES_SHARE 0.34

#define LEGEND_LINE 1.9
#define AXIS 4.2

/* How colours tell the two directions. */
#define COLOR_SENT 0
#define COLOR_RECEIVED 1

/* Bursts with less between them are drawn as one, and none is narrower. */
#define LEAST_GAP_PX 1.0
#define LEAST_WIDTH_PX 2.0

double
lens_plot_scene_get_lanes_height (const LensChartData *data, double font_px)
{
  return font_px * (LEGEND_LINE + data->lanes->len * LANE + AXIS);
}

static double
get_lane_height (const LensPlotScene *scene, const LensChartData *data)
{
  return (scene->plot.bottom - scene->plot.top) / MAX (data->lanes->len, 1);
}

int
lens_plot_scene_find_lane (const LensPlotScene *scene, const LensChartData *data, double x, double y)
{
  const LensPlotBox *plot = &scene->plot;

  if (data->kind != LENS_CHART_LANES || data->lanes->len == 0
      || !(x >= 0 && x <= plot->right && y >= plot->top && y < plot->bottom))
    return -1;
  return MIN ((int) ((y - plot->top) / get_lane_height (scene, data)), (int) data->lanes->len - 1);
}

LensPlotBox
lens_plot_scene_get_lane_box (const LensPlotScene *scene, const LensChartData *data, guint index)
{
  double height = get_lane_height (scene, data);
  double top = scene->plot.top + index * height;

  return (LensPlotBox){ 0, top, scene->width, top + height };
}

static guint
get_ink (const LensChartLane *lane)
{
  return LENS_PLOT_INK_SERIES + (lane->is_sent ? COLOR_SENT : COLOR_RECEIVED);
}

/* @text: (transfer full). Bold where it is of the stream that was chosen. */
static void
take_name (LensPlotScene *scene, char *text, double y, LensPlotInk ink, double size, gboolean is_bold)
{
  g_autofree char *clean = lens_plot_text_clean (text);
  double room = scene->plot.left - scene->pad - scene->font_px * 0.6;
  g_autofree char *fitted = lens_plot_ruler_fit (&scene->ruler, clean, size, is_bold, room);

  lens_plot_scene_add_label (scene, fitted, scene->pad, y, 0, size, ink);
  g_array_index (scene->labels, LensPlotLabel, scene->labels->len - 1).is_bold = is_bold;
  g_free (text);
}

static void
add_names (LensPlotScene *scene, const LensChartData *data)
{
  double font = scene->font_px;
  double height = get_lane_height (scene, data);

  for (guint i = 0; i < data->lanes->len && height >= font * ONE_LINE; i++)
    {
      const LensChartLane *lane = &g_array_index (data->lanes, LensChartLane, i);
      double middle = scene->plot.top + (i + 0.5) * height;
      double half = height >= font * TWO_LINES ? font * 0.62 : 0;

      take_name (scene, lens_chart_lane_name (lane), middle - half, LENS_PLOT_INK_FOREGROUND, font,
                 lane->is_chosen);
      if (half > 0)
        take_name (scene, lens_chart_lane_count (lane), middle + half, LENS_PLOT_INK_DIM, font * 0.88, FALSE);
    }
}

static double
measure_names (const LensPlotScene *scene, const LensChartData *data)
{
  double widest = 0;

  for (guint i = 0; i < data->lanes->len; i++)
    {
      const LensChartLane *lane = &g_array_index (data->lanes, LensChartLane, i);
      g_autofree char *name = lens_chart_lane_name (lane);
      g_autofree char *count = lens_chart_lane_count (lane);
      g_autofree char *clean = lens_plot_text_clean (name);

      widest = MAX (widest, lens_plot_ruler_measure (&scene->ruler, clean, scene->font_px, TRUE));
      widest = MAX (widest, lens_plot_ruler_measure (&scene->ruler, count, scene->font_px * 0.88, FALSE));
    }
  return MIN (ceil (widest + scene->font_px * 0.6), scene->width * NAMES_SHARE);
}

/* Those without a pixel between them are drawn as one: there may be very many. */
static void
add_bursts (LensPlotScene *scene, const LensChartLane *lane, double top, double bottom)
{
  LensTimeSpan span = lens_plot_scene_get_span (scene);
  gsize n;
  gssize first = lens_chart_lane_find_burst (lane, span.first_ns, span.last_ns, span.first_ns, &n);
  double left = 0;
  double right = 0;

  for (gsize i = 0; first >= 0 && i < n; i++)
    {
      const LensBurst *burst = &lane->bursts[(gsize) first + i];
      double this_left = lens_plot_scene_get_x (scene, burst->first_ns);
      double this_right = MAX (lens_plot_scene_get_x (scene, burst->last_ns), this_left + LEAST_WIDTH_PX);

      if (i > 0 && this_left - right < LEAST_GAP_PX)
        {
          right = MAX (right, this_right);
          continue;
        }
      if (i > 0)
        lens_plot_scene_add_fill (scene->bars, left, top, right, bottom, get_ink (lane));
      left = this_left;
      right = this_right;
    }
  if (n > 0)
    lens_plot_scene_add_fill (scene->bars, left, top, right, bottom, get_ink (lane));
}

static void
add_lane (LensPlotScene *scene, const LensChartData *data, guint index)
{
  const LensChartLane *lane = &g_array_index (data->lanes, LensChartLane, index);
  LensPlotBox box = lens_plot_scene_get_lane_box (scene, data, index);
  LensTimeSpan span = lens_plot_scene_get_span (scene);
  double inset = (box.bottom - box.top) * FREE_SHARE;
  double middle = round ((box.top + box.bottom) / 2);

  if (lane->is_chosen)
    lens_plot_scene_add_fill (scene->bars, scene->plot.left, box.top, scene->plot.right, box.bottom,
                              LENS_PLOT_INK_GRID);
  lens_plot_scene_add_fill (scene->grid, scene->plot.left, round (box.bottom) - 0.5, scene->plot.right,
                            round (box.bottom) - 0.5, LENS_PLOT_INK_GRID);
  /* A thin line from the first of its packets to the last: the stream is there between its bursts too. */
  if (lane->first_ns <= span.last_ns && lane->last_ns >= span.first_ns)
    lens_plot_scene_add_fill (scene->bars, lens_plot_scene_get_x (scene, lane->first_ns), middle - 0.5,
                              MAX (lens_plot_scene_get_x (scene, lane->last_ns),
                                   lens_plot_scene_get_x (scene, lane->first_ns) + LEAST_WIDTH_PX),
                              middle + 0.5, get_ink (lane));
  add_bursts (scene, lane, round (box.top + inset), round (box.bottom - inset));
}

/* "■ sent by 192.0.2.1   ■ received" */
static void
add_legend (LensPlotScene *scene, const LensChartData *data, double y)
{
  double font = scene->font_px;
  double x = scene->plot.left;
  g_autofree char *sent = g_strdup_printf (_ ("Sent by %s"), data->legend_title);
  g_autofree char *clean = lens_plot_text_clean (sent);
  const char *texts[] = { clean, _ ("Received by it") };
  const guint colors[] = { COLOR_SENT, COLOR_RECEIVED };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double width = lens_plot_ruler_measure (&scene->ruler, texts[i], font, FALSE);

      if (x + font * 1.3 + width > scene->width - scene->pad)
        return;
      lens_plot_scene_add_fill (scene->swatches, x, round (y - font * 0.4), x + font * 0.8,
                                round (y + font * 0.4), LENS_PLOT_INK_SERIES + colors[i]);
      lens_plot_scene_add_label (scene, texts[i], x + font * 1.3, y, 0, font, LENS_PLOT_INK_FOREGROUND);
      x += font * 2.8 + width;
    }
}

void
lens_plot_scene_add_lanes (LensPlotScene *scene, const LensChartData *data, double top)
{
  double font = scene->font_px;
  double room = scene->height - top;
  gboolean has_legend = room > font * 10;
  gboolean has_context = room > font * 8;
  double bottom = scene->height - scene->pad * 0.8;
  double context_y = 0;
  double left = round (scene->pad + measure_names (scene, data));
  double legend_y = top + font * 0.5;

  if (has_legend)
    top += font * LEGEND_LINE;
  if (has_context)
    {
      bottom -= font * 1.3;
      context_y = bottom + font * 0.6;
    }
  bottom = round (bottom - font * 1.7) - 0.5;
  if (bottom - top < data->lanes->len || scene->width - scene->pad - left < font * 3)
    return;
  scene->plot = (LensPlotBox){ left, round (top), round (scene->width - scene->pad), bottom };
  scene->has_series = TRUE;
  scene->scale = lens_plot_scale_new (data, 1);
  scene->value_zero_y = scene->plot.bottom;
  scene->value_max_y = scene->plot.top;
  scene->time_axis = data->has_shown
                         ? lens_plot_axis_time (data->shown.first_ns, data->shown.last_ns, data->is_utc)
                         : lens_plot_axis_time (data->first_ns, data->last_ns, data->is_utc);
  lens_plot_scene_add_time_axis (scene, data, context_y);
  if (has_legend)
    add_legend (scene, data, legend_y);
  for (guint i = 0; i < data->lanes->len; i++)
    add_lane (scene, data, i);
  add_names (scene, data);
}
