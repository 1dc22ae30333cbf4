/* A series as the line that is drawn: the places of its points in the part of the time that is shown, cut at the edges. Pure. */
#pragma once

#include "lens-plot-scene.h"

G_BEGIN_DECLS

typedef struct
{
  double *x; /* owned, pixels as in the scene */
  double *y; /* owned */
  gsize n;
  gsize first_point; /* of the above those that are packets, not places where the line crosses an edge */
  gsize n_points;
  gsize n_shown; /* packets in the part that is shown, before they were reduced */
} LensPlotLine;

/* At most four points a pixel column, of which a pixel has @columns_per_px. */
void lens_plot_line_init (LensPlotLine *line,
                          const LensPlotScene *scene,
                          const LensChartSeries *series,
                          double columns_per_px);
void lens_plot_line_clear (LensPlotLine *line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LensPlotLine, lens_plot_line_clear)

G_END_DECLS
