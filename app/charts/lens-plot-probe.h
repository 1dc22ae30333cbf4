/* What of a chart is at a place of its picture, and its exact figures in words: what hovering shows. Pure; main thread, as the scene. */
#pragma once

#include "lens-chart-data.h"
#include "lens-plot-scene.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_PLOT_PROBE_NOTHING,
  LENS_PLOT_PROBE_BAR,
  LENS_PLOT_PROBE_MOMENT, /* of the axis of series, with no point near */
  LENS_PLOT_PROBE_POINT,  /* of a series */
  LENS_PLOT_PROBE_LANE,   /* a moment of a lane */
} LensPlotProbeKind;

typedef struct
{
  LensPlotProbeKind kind;
  guint bar;    /* index */
  guint series; /* index */
  LensSeriesPoint point;
  gint64 time_ns; /* of the point; else of the place */
  int band;       /* index of the band that this time is in, or -1 */
  guint lane;     /* index */
  gssize burst;   /* of the lane, near that time, or -1; */
  gsize n_bursts; /* and how many are as near */
  double x;       /* of the point; else of the place itself */
  double y;
} LensPlotProbe;

/* What is at (@x, @y): a bar's row or column; of series the nearest point within reach, else the moment. */
LensPlotProbe
lens_plot_probe_find (const LensPlotScene *scene, const LensChartData *data, double x, double y);

/* The burst of @data that a moment is in: an index, or -1. */
int lens_plot_probe_find_band (const LensChartData *data, gint64 time_ns);

/* The same thing, so that nothing need be shown anew. */
gboolean lens_plot_probe_equal (const LensPlotProbe *one, const LensPlotProbe *other);

/* What it is and its figures, nothing rounded, in one to three lines; NULL for nothing. (transfer full) */
char *lens_plot_probe_describe (const LensPlotProbe *probe, const LensChartData *data);

/* A bar with its value in full: "192.0.2.1: 3,142,110 bytes". (transfer full) */
char *lens_plot_probe_describe_bar (const LensChartData *data, const LensChartBar *bar);

G_END_DECLS
