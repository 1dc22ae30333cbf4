/* How much payload there was until each moment. */
#include "lens-chart-lines.h"
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include <glib/gi18n-lib.h>

static LensChartData *
read_chart (const LensAnalysis *analysis,
            const LensChartOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  LensSplitSpec spec = lens_chart_get_split (analysis, options);
  g_autoptr (LensSplit) split = lens_split_new (analysis, &spec, cancellable, error);
  g_autoptr (LensLineSeries) sums = NULL;
  LensChartData *data;

  if (split == NULL)
    return NULL;
  sums = lens_line_series_new (analysis, split, LENS_LINE_SUMS, cancellable, error);
  if (sums == NULL)
    return NULL;
  data = lens_chart_data_new (LENS_CHART_TIME_SERIES, LENS_UNIT_BYTES);
  data->title = g_strdup (_ ("Payload so far"));
  data->x_title = g_strdup (_ ("Time"));
  data->y_title = g_strdup (_ ("Payload until then"));
  lens_chart_set_subtitle (data, analysis, NULL);
  lens_chart_set_lines_title (data, spec.by);
  if (sums->n_lines == 0)
    lens_chart_set_empty (data, analysis, _ ("There are no packets."));
  else
    lens_chart_take_lines (data, split, sums, TRUE);
  data->source = (LensSeriesSource){ .is_split = TRUE, .split = split->spec, .measure = LENS_LINE_SUMS };
  data->has_source = TRUE;
  return data;
}

static LensChartData *
build (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_sum, analysis);
}

const LensChart lens_chart_payload_sum = {
  .id = "payload-so-far",
  .name = N_ ("Payload so far"),
  .page = LENS_CHART_PAGE_OVER_TIME,
  .build = build,
  .read = read_chart,
  .settings = LENS_CHART_HAS_SPLIT | LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_SERIES_MAX_NAMED,
  .max_top = LENS_SERIES_MAX_NAMED,
};
