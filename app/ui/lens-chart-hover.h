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

/* The figures of a picture (@texture, @width x @height, that has them at @plot from @span) where @scene has them now; nothing where that
 * is the same. */
void lens_chart_hover_snapshot_stretched (GtkSnapshot *snapshot,
                                          GtkWidget *widget,
                                          const LensPlotScene *scene,
                                          GdkTexture *texture,
                                          int width,
                                          int height,
                                          const LensPlotBox *plot,
                                          LensTimeSpan span,
                                          const LensPlotTheme *theme);

/* Columns that a drag has marked. */
void lens_chart_hover_snapshot_marked (GtkSnapshot *snapshot,
                                       const LensPlotScene *scene,
                                       double left,
                                       double right,
                                       const LensPlotTheme *theme);

/* An empty label, (transfer floating), for what is said of a point. */
GtkWidget *lens_chart_hover_new_bubble (void);

/* Has the accessible name of @chart say what the keys are on, @text (nullable) of one line or more. */
void lens_chart_hover_set_name (GtkWidget *chart, const char *title, const char *text);

/* Gives @bubble its place in a widget of @width x @height: beside (@x, @y), on the side where it doesn't cover it. */
void lens_chart_hover_place_bubble (GtkWidget *bubble, int width, int height, double x, double y);

G_END_DECLS
