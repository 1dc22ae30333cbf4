/* The picture of a matrix of hosts: hovering says a cell's figures, a click or Enter chooses what it filters by, arrows go from cell to cell
 * and to the names. One stop of the Tab key. Main thread. */
#pragma once

#include "lens-chart-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_MATRIX_VIEW (lens_matrix_view_get_type ())
G_DECLARE_FINAL_TYPE (LensMatrixView, lens_matrix_view, LENS, MATRIX_VIEW, GtkWidget)

/* Signal "term-chosen" (const LensFilterTerm *term, gboolean adds): a cell or a name was clicked, with Ctrl where it adds. */
GtkWidget *lens_matrix_view_new (void);

/* @data: (transfer none) (nullable), with a matrix; must live until another is set. */
void lens_matrix_view_set_data (LensMatrixView *view, const LensChartData *data);

/* Marks what @filter (transfer none), kept, asks for. */
void lens_matrix_view_set_filter (LensMatrixView *view, LensFilter *filter);

G_END_DECLS
