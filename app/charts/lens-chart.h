/* The charts there are: one static const LensChart each, in a file of its own, and one row in the registry.
 *
 * Adding a chart: write lens-chart-NAME.c with a build function and its LensChart, name it in lens-chart-registry.c and in
 * meson.build. The window, the report and the PDF export find it there.
 */
#pragma once

#include "lens-analysis.h"
#include "lens-chart-data.h"

G_BEGIN_DECLS

/* The chart pages of the window. */
typedef enum
{
  LENS_CHART_PAGE_OVERVIEW,
  LENS_CHART_PAGE_ADDRESSES,
  LENS_CHART_PAGE_MATRIX,
  LENS_CHART_PAGE_PORTS,
  LENS_CHART_PAGE_OVER_TIME,
  LENS_CHART_PAGE_BURSTS,
  LENS_N_CHART_PAGES
} LensChartPage;

/* What a person sets of the charts that can be shown in more than one way. */
typedef struct
{
  guint matrix_hosts;             /* with a row and a column of their own */
  LensMatrixWeight matrix_weight; /* what they are shaded by */
} LensChartOptions;

LensChartOptions lens_chart_options_default (void);

typedef struct
{
  const char *id;   /* stable: "payload-by-source"; also the file name a PDF is offered under */
  const char *name; /* for people, marked with N_() */
  LensChartPage page;

  /* Fills the chart from @analysis (transfer full). Never NULL: where there is nothing to show, empty_text says so. */
  LensChartData *(*build) (const LensAnalysis *analysis);

  /* (nullable) The same as @options say; build is with the default ones. */
  LensChartData *(*build_as) (const LensAnalysis *analysis, const LensChartOptions *options);
} LensChart;

/* The chart as @options say, where it has any. (transfer full) */
LensChartData *
lens_chart_build (const LensChart *chart, const LensAnalysis *analysis, const LensChartOptions *options);

/* All charts in the order of pages and report; *@n_charts says how many. */
const LensChart *const *lens_charts_get_all (gsize *n_charts);

/* The chart with @id, or NULL. */
const LensChart *lens_charts_find (const char *id);

G_END_DECLS
