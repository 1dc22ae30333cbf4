/* The charts there are: one static const LensChart each, in a file of its own, and one row in the registry.
 *
 * Adding a chart: write lens-chart-NAME.c with a build function and its LensChart, name it in lens-chart-registry.c and in
 * meson.build. The window, the report and the PDF export find it there.
 */
#pragma once

#include "lens-analysis.h"
#include "lens-chart-data.h"
#include "lens-distribution.h"

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

/* What a person can set of a chart. */
typedef enum
{
  LENS_CHART_HAS_SPLIT = 1 << 0,
  LENS_CHART_HAS_INTERVAL = 1 << 1,
  LENS_CHART_HAS_GAPS = 1 << 2,
  LENS_CHART_HAS_TOP = 1 << 3,
  LENS_CHART_HAS_LOG = 1 << 4,
} LensChartSettings;

/* What a person sets of the charts that can be shown in more than one way. */
typedef struct
{
  guint matrix_hosts;             /* with a row and a column of their own */
  LensMatrixWeight matrix_weight; /* what they are shaded by */
  LensSplitBy split;              /* into which series */
  gint64 interval_ns;             /* of rates; 0: one that fits the time */
  LensTimeSpan shown; /* the part of it that is shown, which such intervals fit, where has_shown */
  gboolean has_shown;
  LensGapsOf gaps; /* between which packets times are taken */
  guint top;       /* bars or series by name, the rest added up */
  gboolean is_log; /* the axis of values */
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

  /* (nullable) Of charts that read the packets: as build_as, on any thread. NULL with G_IO_ERROR_CANCELLED or LENS_ERROR_LIMIT. */
  LensChartData *(*read) (const LensAnalysis *analysis,
                          const LensChartOptions *options,
                          GCancellable *cancellable,
                          GError **error);

  /* (nullable) Of charts that keep what they show in its place under a filter: as build_as, in @whole, the analysis without one (nullable). */
  LensChartData *(*build_in_whole) (const LensAnalysis *analysis,
                                    const LensAnalysis *whole,
                                    const LensChartOptions *options);

  guint settings;    /* LensChartSettings: those it has */
  LensSplitBy split; /* at first */
  guint top;         /* at first */
  guint max_top;     /* at most */
} LensChart;

/* What a chart is shown as until a person sets something else. */
LensChartOptions lens_chart_get_default_options (const LensChart *chart);

/* The chart as @options say, where it has any. (transfer full) */
LensChartData *
lens_chart_build (const LensChart *chart, const LensAnalysis *analysis, const LensChartOptions *options);

/* The chart with its default options: what build is of a chart that has options. (transfer full) */
LensChartData *lens_chart_build_default (const LensChart *chart, const LensAnalysis *analysis);

/* lens_chart_build() on a worker. @whole: (nullable), the analysis without a filter: a chart that keeps what it shows in its place shows the same
 * under any. Errors: G_IO_ERROR_CANCELLED; of a chart that reads packets LENS_ERROR_LIMIT when memory runs out. */
void lens_chart_build_async (const LensChart *chart,
                             LensAnalysis *analysis,
                             LensAnalysis *whole,
                             const LensChartOptions *options,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LensChartData *lens_chart_build_finish (GAsyncResult *result, GError **error);

/* All charts in the order of pages and report; *@n_charts says how many. */
const LensChart *const *lens_charts_get_all (gsize *n_charts);

/* The chart with @id, or NULL. */
const LensChart *lens_charts_find (const char *id);

G_END_DECLS
