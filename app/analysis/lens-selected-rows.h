/* Reads the rows that an analysis selects, in time order, a chunk at a time: for figures that are worked out when a chart asks for
 * them. Any thread; meant for a worker.
 */
#pragma once

#include "lens-analysis.h"
#include "lens-time-span.h"

G_BEGIN_DECLS

/* Rows @first to @end, the one after the last. Those that @rows (nullable) lacks are not selected; nor are those whose flow does not
 * pass, which is left to who reads them. */
typedef void (*LensRowsFunc) (gpointer data,
                              const LensPacketColumns *columns,
                              gsize first,
                              gsize end,
                              const LensRowSet *rows);

/* FALSE with G_IO_ERROR_CANCELLED. */
gboolean lens_selected_rows_read (const LensAnalysis *analysis,
                                  LensRowsFunc func,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

/* The same of the rows in @span alone: they are looked for, not gone through. */
gboolean lens_selected_rows_read_span (const LensAnalysis *analysis,
                                       LensTimeSpan span,
                                       LensRowsFunc func,
                                       gpointer data,
                                       GCancellable *cancellable,
                                       GError **error);

/* The first and the last moment of the selected rows whose flow has no byte of @skipped in @marks (one byte a flow). FALSE where there is none. */
gboolean lens_selected_rows_get_span (const LensAnalysis *analysis,
                                      const guint8 *marks,
                                      guint8 skipped,
                                      LensTimeSpan *span);

G_END_DECLS
