/* How a matrix is shown: how many hosts by name, and shaded by what. Main thread. */
#pragma once

#include "lens-chart.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_MATRIX_OPTIONS (lens_matrix_options_get_type ())
G_DECLARE_FINAL_TYPE (LensMatrixOptions, lens_matrix_options, LENS, MATRIX_OPTIONS, GtkBox)

/* Signal "changed". At first as lens_chart_options_default(). */
GtkWidget *lens_matrix_options_new (void);

LensChartOptions lens_matrix_options_get (LensMatrixOptions *options);

G_END_DECLS
