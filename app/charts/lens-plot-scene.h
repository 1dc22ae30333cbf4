/* A chart laid out: every line, rectangle and text of it with its place, before PLplot draws any.
 *
 * Pixels from the top left corner. Places depend on the chart's figures and size alone, so that a click is looked up in the
 * same scene that was drawn. Owned by who built it; main thread (pango's default font map).
 */
#pragma once

#include "lens-chart-data.h"
#include "lens-plot-axis.h"
#include "lens-plot-scale.h"
#include "lens-plot-text.h"

#include <glib.h>

G_BEGIN_DECLS

/* Of a side bar where there is room, in sizes of a label. */
#define LENS_PLOT_ROW_HEIGHT 2.2

/* What a thing is coloured as; LENS_PLOT_INK_SERIES + n is the theme's n-th series colour. */
typedef enum
{
  LENS_PLOT_INK_FOREGROUND,
  LENS_PLOT_INK_DIM,
  LENS_PLOT_INK_GRID,
  LENS_PLOT_INK_AXIS,
  LENS_PLOT_INK_BAND_BELOW, /* burst overlay: what lies below the series, */
  LENS_PLOT_INK_BAND_ABOVE, /* and, fainter, above it */
  LENS_PLOT_INK_SERIES,
} LensPlotInk;

typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} LensPlotBox;

typedef struct
{
  LensPlotBox box;
  guint ink;
} LensPlotFill;

typedef struct
{
  char *text; /* owned, clean */
  double x;
  double y;       /* of the middle of its capitals */
  double justify; /* which part of it is at x: 0 its left end, 1 its right end */
  double size_px;
  gboolean is_bold;
  LensPlotInk ink;
} LensPlotLabel;

typedef struct
{
  double width;
  double height;
  double font_px;
  double pad;
  LensPlotRuler ruler;
  LensPlotBox plot; /* where the figures are; empty where there is no room */

  GArray *grid;     /* (element-type LensPlotFill), of no width or no height: lines */
  GArray *bands;    /* (element-type LensPlotFill), one a burst that is inside the axis */
  GArray *bars;     /* (element-type LensPlotFill), one a bar; of lanes, what is in them */
  GArray *backs;    /* (element-type LensPlotFill), behind the bars */
  GArray *marks;    /* (element-type LensPlotFill), as the grid, above the bars */
  GArray *swatches; /* (element-type LensPlotFill), the legend's */
  GArray *labels;   /* (element-type LensPlotLabel) */

  /* Series: from a time and a payload to a place. */
  gboolean has_series;
  LensPlotTimeAxis time_axis;
  LensPlotScale scale;
  double value_zero_y; /* where the scale begins */
  double value_max_y;  /* where it ends */
} LensPlotScene;

/* Lays @data out for @width x @height pixels with labels of @font_size. (transfer full) */
LensPlotScene *lens_plot_scene_new (const LensChartData *data, double width, double height, double font_size);
void lens_plot_scene_free (LensPlotScene *scene);

/* The place of a point of a series. */
double lens_plot_scene_get_x (const LensPlotScene *scene, gint64 time_ns);
double lens_plot_scene_get_y (const LensPlotScene *scene, guint64 figure);

/* The same as get_x, beyond the plot too. */
double lens_plot_scene_get_far_x (const LensPlotScene *scene, gint64 time_ns);

/* What its time axis is from and to. */
LensTimeSpan lens_plot_scene_get_span (const LensPlotScene *scene);

/* The moment at @x, the other way round; outside of the axis its nearest end. */
gint64 lens_plot_scene_get_time (const LensPlotScene *scene, double x);

/* The bar whose row or column (@x, @y) is in, its labels included: an index into the chart's bars, or -1. */
int lens_plot_scene_find_bar (const LensPlotScene *scene, const LensChartData *data, double x, double y);

/* The row or column of bar @index, across the whole scene: what lens_plot_scene_find_bar() finds it in. */
LensPlotBox lens_plot_scene_get_bar_box (const LensPlotScene *scene, const LensChartData *data, guint index);

/* Where a chart of @width wants to end. */
double lens_plot_scene_get_natural_height (const LensChartData *data, double width, double font_size);

/* The lane at (@x, @y), its name included: an index into the chart's lanes, or -1; and where it is, across the whole scene. */
int lens_plot_scene_find_lane (const LensPlotScene *scene, const LensChartData *data, double x, double y);
LensPlotBox lens_plot_scene_get_lane_box (const LensPlotScene *scene, const LensChartData *data, guint index);

/* Parts of lens_plot_scene_new(), one a kind of chart: below @top, which is where the titles end. */
void lens_plot_scene_add_bars (LensPlotScene *scene, const LensChartData *data, double top);
void lens_plot_scene_add_side_bars (LensPlotScene *scene, const LensChartData *data, double top);
void lens_plot_scene_add_time_series (LensPlotScene *scene, const LensChartData *data, double top);
void lens_plot_scene_add_lanes (LensPlotScene *scene, const LensChartData *data, double top);

/* How tall lanes want to be, below the titles. */
double lens_plot_scene_get_lanes_height (const LensChartData *data, double font_px);

/* The ticks of scene->time_axis below the plot. @context_y: where the date and the title are; 0: there is no room for them. */
void lens_plot_scene_add_time_axis (LensPlotScene *scene, const LensChartData *data, double context_y);
void lens_plot_scene_add_histogram (LensPlotScene *scene, const LensChartData *data, double top);

/* The axis of values at the left of the plot: its lines, the first the axis itself where @has_axis, and labels. @top: where it ends. */
void lens_plot_scene_add_left_axis (LensPlotScene *scene,
                                    GArray *ticks,
                                    double top,
                                    double bottom,
                                    gboolean has_axis);

/* The widest label. */
double lens_plot_scene_measure_ticks (const LensPlotScene *scene, GArray *ticks);

/* The largest figure of all bars; 1 where there is none. */
double lens_plot_scene_get_max_bar (const LensChartData *data);

/* Adds a text; @text need not be clean. */
void lens_plot_scene_add_label (LensPlotScene *scene,
                                const char *text,
                                double x,
                                double y,
                                double justify,
                                double size_px,
                                LensPlotInk ink);

/* What the axis of figures is of, at the left below @top. */
void lens_plot_scene_add_value_title (LensPlotScene *scene, const LensChartData *data, double top);

void
lens_plot_scene_add_fill (GArray *fills, double left, double top, double right, double bottom, guint ink);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPlotScene, lens_plot_scene_free)

G_END_DECLS
