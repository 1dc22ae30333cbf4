/* The legend of a chart's series, as buttons: a click hides a series or shows it again, a double click shows it alone; the menu key and the
 * secondary button have a menu with the same. What is hidden is remembered by name while the figures change. Main thread.
 */
#pragma once

#include "lens-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_CHART_LEGEND (lens_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (LensChartLegend, lens_chart_legend, LENS, CHART_LEGEND, GtkWidget)

/* Signal "changed": other series are hidden. */
GtkWidget *lens_chart_legend_new (void);

/* An entry for each series of @data, of which nothing is kept; hides those of them that are. */
void lens_chart_legend_set_data (LensChartLegend *legend, LensChartData *data);

/* Hides those series of @data that are hidden, and no others. */
void lens_chart_legend_apply (LensChartLegend *legend, LensChartData *data);

/* The keys of what is hidden, a set of strings. (transfer full) */
GHashTable *lens_chart_legend_copy_hidden (LensChartLegend *legend);

G_END_DECLS
