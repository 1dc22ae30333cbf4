/* What hovering shows over the finished picture of a chart: lines through a point, a ring around it, a bar that stands out. Nothing
 * of the picture itself is drawn again. Main thread. */
#pragma once

#include "lens-plot-probe.h"
#include "lens-plot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds the marks of @probe to @snapshot, in the colours of @theme. */
void lens_chart_hover_snapshot (GtkSnapshot *snapshot,
                                const LensPlotScene *scene,
                                const LensChartData *data,
                                const LensPlotProbe *probe,
                                const LensPlotTheme *theme);

/* Gives @bubble its place in a widget of @width x @height: beside (@x, @y), on the side where it doesn't cover it. */
void lens_chart_hover_place_bubble (GtkWidget *bubble, int width, int height, double x, double y);

G_END_DECLS
