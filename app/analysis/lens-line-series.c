#include "lens-line-series.h"

#include "lens-analysis-private.h"
#include "lens-selected-rows.h"
#include "lens-series-reducer.h"

typedef struct
{
  const guint8 *line_of_flow;
  LensLineMeasure measure;
  LensSeriesReducer reducers[LENS_SPLIT_MAX_LINES];
  guint64 sums[LENS_SPLIT_MAX_LINES];
} SeriesPass;

static void
series_pass_clear (SeriesPass *pass)
{
  for (gsize i = 0; i < LENS_SPLIT_MAX_LINES; i++)
    g_free (pass->reducers[i].points);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SeriesPass, series_pass_clear)

static void
take_rows (gpointer data, const LensPacketColumns *columns, gsize first, gsize end, const LensRowSet *rows)
{
  SeriesPass *pass = data;

  for (gsize row = first; row < end; row++)
    {
      guint8 line = pass->line_of_flow[columns->flow[row]];

      if (line == LENS_SPLIT_NO_LINE || (rows != NULL && !lens_row_set_has (rows, row)))
        continue;
      pass->sums[line] += columns->payload_bytes[row];
      lens_series_reducer_push (&pass->reducers[line], columns->time_ns[row],
                                pass->measure == LENS_LINE_SUMS ? pass->sums[line]
                                                                : columns->payload_bytes[row]);
    }
}

LensLineSeries *
lens_line_series_new (const LensAnalysis *analysis,
                      const LensSplit *split,
                      LensLineMeasure measure,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (SeriesPass) pass = { .line_of_flow = split->line_of_flow, .measure = measure };
  LensLineSeries *series;
  LensTimeSpan span = { 0 };

  if (split->n_lines > 0)
    lens_selected_rows_get_span (analysis, split->line_of_flow, LENS_SPLIT_NO_LINE, &span);
  for (gsize i = 0; i < split->n_lines; i++)
    if (!lens_series_reducer_begin (&pass.reducers[i], split->lines[i].packets, span.first_ns, span.last_ns,
                                    LENS_SERIES_COLUMNS))
      {
        lens_analysis_set_memory_error (analysis, error);
        return NULL;
      }
  if (!lens_selected_rows_read (analysis, take_rows, &pass, cancellable, error))
    return NULL;
  series = g_new0 (LensLineSeries, 1);
  series->n_lines = split->n_lines;
  for (gsize i = 0; i < split->n_lines; i++)
    series->points[i] = lens_series_reducer_end (&pass.reducers[i], &series->n_points[i]);
  return series;
}

void
lens_line_series_free (LensLineSeries *series)
{
  if (series == NULL)
    return;
  for (gsize i = 0; i < series->n_lines; i++)
    g_free (series->points[i]);
  g_free (series);
}
