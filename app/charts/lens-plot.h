/* Draws a chart with PLplot onto a cairo context: the same code for the screen and for PDF.
 *
 * The only file that calls PLplot, which has global state: main thread only. Anything may be passed, also empty charts, huge
 * values and hostile labels: it draws something sensible or the chart's empty text, and never ends the process.
 */
#pragma once

#include "lens-chart-data.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
} LensPlotColor;

#define LENS_PLOT_N_SERIES_COLORS 10

typedef struct
{
  LensPlotColor background;
  LensPlotColor foreground; /* text and axes */
  LensPlotColor dim;        /* subtitle, grid */
  LensPlotColor band;       /* burst overlay, drawn translucent */
  LensPlotColor series[LENS_PLOT_N_SERIES_COLORS];
  double font_size; /* of the labels, in the units of the context: pixels on screen, points in a PDF */
} LensPlotTheme;

LensPlotTheme lens_plot_theme_light (void);
LensPlotTheme lens_plot_theme_dark (void);

/* TRUE when PLplot has its cairo driver; else @error says which package to install. Drawing without it draws that text. */
gboolean lens_plot_is_available (GError **error);

/* Draws @data into (0, 0, @width, @height) of @cr; the context's state is as before afterwards. */
void lens_plot_draw (cairo_t *cr,
                     double width,
                     double height,
                     const LensChartData *data,
                     const LensPlotTheme *theme);

/* Where @data wants to be tall: bars need a line each. For a given width, pixels, and the theme's font size. */
double lens_plot_get_natural_height (const LensChartData *data, double width, double font_size);

/* The bar under (@x, @y) of a chart drawn at @width x @height with labels of @font_size: its index, or -1. */
int lens_plot_find_bar (const LensChartData *data,
                        double width,
                        double height,
                        double font_size,
                        double x,
                        double y);

G_END_DECLS
