/* What one analysis is about: the selected packets, and what each flow has of them. Lives on the thread of the analysis. */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

typedef struct
{
  LensFlowsView flows;  /* the table's, with the totals of the selected packets alone */
  const guint8 *passes; /* one byte a flow: it has selected packets */
  LensSelectionView selected;
  LensFlow *own_flows; /* owned (nullable): where flows alone don't say what is selected */
  guint8 *own_passes;  /* owned (nullable) */
} LensAnalysisScope;

/* Reads the rows only where the selection of @analysis is not by flows alone. FALSE with G_IO_ERROR_CANCELLED or LENS_ERROR_LIMIT; @scope is to be
 * cleared either way. */
gboolean lens_analysis_scope_init (LensAnalysisScope *scope,
                                   const LensAnalysis *analysis,
                                   GCancellable *cancellable,
                                   GError **error);
void lens_analysis_scope_clear (LensAnalysisScope *scope);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LensAnalysisScope, lens_analysis_scope_clear)

G_END_DECLS
