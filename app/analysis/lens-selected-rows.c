#include "lens-selected-rows.h"

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

static LensPacketColumns
get_columns (const LensAnalysis *analysis)
{
  return lens_packet_table_get_columns (lens_capture_get_table (lens_analysis_get_capture (analysis)));
}

/* Those of them that are in @wanted. */
static gboolean
read_rows (const LensAnalysis *analysis,
           LensRowRange wanted,
           LensRowsFunc func,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  LensPacketColumns columns = get_columns (analysis);
  LensSelectionView selected = lens_selection_get_view (lens_analysis_get_selection (analysis));

  for (gsize i = 0; i < selected.n_ranges; i++)
    {
      gsize first = MAX (selected.ranges[i].first, wanted.first);
      gsize end = MIN (selected.ranges[i].end, wanted.end);

      for (gsize start = first; start < end; start += ROWS_PER_LOOK)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          func (data, &columns, start, MIN (start + ROWS_PER_LOOK, end), selected.rows);
        }
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
lens_selected_rows_read (const LensAnalysis *analysis,
                         LensRowsFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error)
{
  LensRowRange all = { 0, get_columns (analysis).n_packets };

  return read_rows (analysis, all, func, data, cancellable, error);
}

gboolean
lens_selected_rows_read_span (const LensAnalysis *analysis,
                              LensTimeSpan span,
                              LensRowsFunc func,
                              gpointer data,
                              GCancellable *cancellable,
                              GError **error)
{
  LensPacketColumns columns = get_columns (analysis);
  LensRowRange wanted = { lens_packet_columns_find_row (&columns, span.first_ns, FALSE),
                          lens_packet_columns_find_row (&columns, span.last_ns, TRUE) };

  return read_rows (analysis, wanted, func, data, cancellable, error);
}

static gboolean
is_taken (const LensPacketColumns *columns,
          const LensRowSet *rows,
          const guint8 *marks,
          guint8 skipped,
          gsize row)
{
  return marks[columns->flow[row]] != skipped && (rows == NULL || lens_row_set_has (rows, row));
}

gboolean
lens_selected_rows_get_span (const LensAnalysis *analysis,
                             const guint8 *marks,
                             guint8 skipped,
                             LensTimeSpan *span)
{
  LensPacketColumns columns = get_columns (analysis);
  LensSelectionView selected = lens_selection_get_view (lens_analysis_get_selection (analysis));
  gboolean is_found = FALSE;

  for (gsize i = 0; i < selected.n_ranges && !is_found; i++)
    for (gsize row = selected.ranges[i].first; row < selected.ranges[i].end && !is_found; row++)
      if (is_taken (&columns, selected.rows, marks, skipped, row))
        {
          span->first_ns = columns.time_ns[row];
          is_found = TRUE;
        }
  if (!is_found)
    return FALSE;
  /* There is one: it ends. */
  for (gsize i = selected.n_ranges; i-- > 0;)
    for (gsize row = selected.ranges[i].end; row-- > selected.ranges[i].first;)
      if (is_taken (&columns, selected.rows, marks, skipped, row))
        {
          span->last_ns = columns.time_ns[row];
          return TRUE;
        }
  return FALSE;
}
