/* What of a chart the keys are on: a bar, a point of a series or a burst of a lane, wherever it is drawn; and where a key leads from there.
 * Pure; main thread, as the scene.
 */
#pragma once

#include "lens-plot-probe.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_set;
  guint index;    /* of the bar, series or lane */
  gint64 time_ns; /* of the point, or when the burst begins */
} LensPlotCursor;

typedef enum
{
  LENS_PLOT_STEP_LEFT,
  LENS_PLOT_STEP_RIGHT,
  LENS_PLOT_STEP_UP,
  LENS_PLOT_STEP_DOWN,
  LENS_PLOT_STEP_FAR_LEFT, /* a tenth of the picture, or ten bars */
  LENS_PLOT_STEP_FAR_RIGHT,
  LENS_PLOT_STEP_FIRST,
  LENS_PLOT_STEP_LAST,
} LensPlotStep;

/* Where the keys begin: the first bar; the first point that is shown of the first series; the first burst of the first lane. Unset where a
 * chart has nothing. */
LensPlotCursor lens_plot_cursor_begin (const LensPlotScene *scene, const LensChartData *data);

/* At what the pointer is on; unset where that is nothing. */
LensPlotCursor lens_plot_cursor_at (const LensPlotProbe *probe);

/* Moves @cursor. Points that are drawn in one column of pixels are one step, the last of them. FALSE where there is nothing further that
 * way in what is shown. */
gboolean lens_plot_cursor_move (const LensPlotScene *scene,
                                const LensChartData *data,
                                LensPlotCursor *cursor,
                                LensPlotStep step);

/* What is there, with its place: as lens_plot_probe_find() has it of the pointer's. */
LensPlotProbe
lens_plot_cursor_probe (const LensPlotScene *scene, const LensChartData *data, const LensPlotCursor *cursor);

/* What the bar or series is known by, whatever its index in other figures; NULL where it is neither. (transfer none) */
const char *lens_plot_cursor_get_key (const LensPlotCursor *cursor, const LensChartData *data);

/* Puts @cursor on what is known by @key (nullable) in @data, where that is there; else it stays. */
void lens_plot_cursor_find (LensPlotCursor *cursor, const LensChartData *data, const char *key);

G_END_DECLS
