#include "lens-chart-choice.h"

static void
choose_cell (const LensChartData *data, guint index, gboolean adds, LensSession *session)
{
  guint n_sides = lens_host_matrix_get_n_sides (data->matrix);
  LensFilterTerm term;

  if (index < n_sides * n_sides
      && lens_host_matrix_get_term (data->matrix, (int) (index / n_sides), (int) (index % n_sides), &term))
    lens_session_choose_term (session, &term, adds);
}

void
lens_chart_choose_row (const LensChartData *data, guint index, gboolean adds, LensSession *session)
{
  LensFilterTerm term;
  const LensChartBar *bar;

  if (data->matrix != NULL)
    {
      choose_cell (data, index, adds, session);
      return;
    }
  if (index >= data->bars->len)
    return;
  bar = &g_array_index (data->bars, LensChartBar, index);
  term = bar->term;
  if (bar->has_term || bar->is_everything)
    lens_session_choose_term (session, bar->has_term ? &term : NULL, adds);
}

void
lens_chart_choose_lane (const LensChartData *data, guint index, LensBurstStudy *study)
{
  const LensChartLane *lane;

  if (index >= data->lanes->len)
    return;
  lane = &g_array_index (data->lanes, LensChartLane, index);
  lens_burst_study_set_stream (study, &lane->source, &lane->destination);
}

void
lens_chart_choose_visible_time (LensVisibleTime *visible, LensSession *session)
{
  const LensTimeSpan *span = lens_visible_time_get (visible);
  LensFilterTerm term;

  if (span == NULL)
    return;
  term = lens_filter_term_time (span->first_ns, span->last_ns);
  lens_visible_time_show_all (visible);
  lens_session_add_term (session, &term);
}
