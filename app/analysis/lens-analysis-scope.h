/* What one analysis is about: the selected packets, and what each flow has of them. Lives on the thread of the analysis. */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

typedef struct
{
  LensFlowsView
      flows; /* those that have selected packets; packets and payload_bytes are of these alone, wire_bytes is not counted */
  const guint32 *places; /* (nullable) where each of them is in the table; NULL: these are all of its flows */
  LensSelectionView selected;
  LensFlow *own_flows; /* owned (nullable): where not all of the table's are selected as they are */
  guint32 *own_places; /* owned (nullable) */
} LensAnalysisScope;

/* Reads the rows only where the selection of @analysis is not by flows alone. FALSE with G_IO_ERROR_CANCELLED or LENS_ERROR_LIMIT; @scope is to be
 * cleared either way. */
gboolean lens_analysis_scope_init (LensAnalysisScope *scope,
                                   const LensAnalysis *analysis,
                                   GCancellable *cancellable,
                                   GError **error);
void lens_analysis_scope_clear (LensAnalysisScope *scope);

/* The place in the table of the flow that is the @i th of the scope. */
static inline gsize
lens_analysis_scope_get_place (const LensAnalysisScope *scope, gsize i)
{
  return scope->places != NULL ? scope->places[i] : i;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LensAnalysisScope, lens_analysis_scope_clear)

G_END_DECLS
