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
