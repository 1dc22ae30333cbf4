/* The colours and font of a widget's theme, light or dark, for what is drawn with cairo. Main thread. */
#pragma once

#include "lens-graph-picture.h"
#include "lens-plot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colour that the style sheet has by that name, or @fallback where a theme lacks it. */
GdkRGBA lens_theme_get_color (GtkWidget *widget, const char *name, const GdkRGBA *fallback);

LensPlotTheme lens_theme_get_plot (GtkWidget *widget);

/* @font_family: out (transfer full), owns the name the result points to. */
LensGraphStyle lens_theme_get_graph (GtkWidget *widget, char **font_family);

G_END_DECLS
