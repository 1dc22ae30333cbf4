/* Wheel, drags, double click and keys on the picture of a time chart: what they do to the time that is shown. Main thread. */
#pragma once

#include "lens-plot-scene.h"
#include "lens-visible-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _LensChartZoom LensChartZoom;

/* The scene as it is at the widget's size, if it has a time axis; else NULL: then nothing is done. */
typedef const LensPlotScene *(*LensChartZoomSceneFunc) (GtkWidget *widget);

/* Listens on @widget and lives as long. @visible: (transfer none), kept. (transfer none) */
LensChartZoom *
lens_chart_zoom_attach (GtkWidget *widget, LensVisibleTime *visible, LensChartZoomSceneFunc get_scene);

/* Where a key zooms: around *@time_ns, or, with NULL, the middle. */
void lens_chart_zoom_set_centre (LensChartZoom *zoom, const gint64 *time_ns);

/* Moves on by a step, back where @is_back. FALSE where there is no time that way that is not shown already. */
gboolean lens_chart_zoom_pan (LensChartZoom *zoom, gboolean is_back);

/* The columns of the widget that a drag has marked for a closer look, if there is one. */
gboolean lens_chart_zoom_get_marked (LensChartZoom *zoom, double *left, double *right);

G_END_DECLS
