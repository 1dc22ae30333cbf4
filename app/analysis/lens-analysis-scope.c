#include "lens-analysis-scope.h"

#include "lens-analysis-private.h"

#include <string.h>

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

static void
count_row (LensAnalysisScope *scope, const LensPacketColumns *columns, gsize row)
{
  LensFlow *flow = &scope->own_flows[columns->flow[row]];

  flow->packets++;
  flow->payload_bytes += columns->payload_bytes[row];
  flow->wire_bytes += columns->wire_bytes[row];
}

static gboolean
count_range (LensAnalysisScope *scope,
             const LensPacketColumns *columns,
             LensRowRange range,
             GCancellable *cancellable,
             GError **error)
{
  const LensRowSet *rows = scope->selected.rows;

  for (gsize start = range.first; start < range.end; start += ROWS_PER_LOOK)
    {
      gsize end = MIN (start + ROWS_PER_LOOK, range.end);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (gsize row = start; row < end; row++)
        if (rows == NULL || lens_row_set_has (rows, row))
          count_row (scope, columns, row);
    }
  return TRUE;
}

/* A copy of the flows, which counts nothing yet. FALSE when memory runs out. */
static gboolean
copy_flows (LensAnalysisScope *scope, LensFlowsView flows)
{
  scope->own_flows = g_try_new (LensFlow, MAX (flows.n, 1));
  scope->own_passes = g_try_new (guint8, MAX (flows.n, 1));
  if (scope->own_flows == NULL || scope->own_passes == NULL)
    return FALSE;
  if (flows.n > 0)
    memcpy (scope->own_flows, flows.items, flows.n * sizeof *flows.items);
  for (gsize i = 0; i < flows.n; i++)
    scope->own_flows[i].packets = scope->own_flows[i].payload_bytes = scope->own_flows[i].wire_bytes = 0;
  return TRUE;
}

gboolean
lens_analysis_scope_init (LensAnalysisScope *scope,
                          const LensAnalysis *analysis,
                          GCancellable *cancellable,
                          GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensSelectionView selected = lens_selection_get_view (analysis->selection);

  *scope = (LensAnalysisScope){ .flows = flows, .passes = selected.flows, .selected = selected };
  if (selected.is_by_flows)
    return TRUE;

  if (!copy_flows (scope, flows))
    return lens_analysis_set_memory_error (analysis, error);
  for (gsize i = 0; i < selected.n_ranges; i++)
    if (!count_range (scope, &columns, selected.ranges[i], cancellable, error))
      return FALSE;
  for (gsize i = 0; i < flows.n; i++)
    scope->own_passes[i] = selected.flows[i] && scope->own_flows[i].packets > 0;
  scope->flows.items = scope->own_flows;
  scope->passes = scope->own_passes;
  return TRUE;
}

void
lens_analysis_scope_clear (LensAnalysisScope *scope)
{
  g_clear_pointer (&scope->own_flows, g_free);
  g_clear_pointer (&scope->own_passes, g_free);
}
