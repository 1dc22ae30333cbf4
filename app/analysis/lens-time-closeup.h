/* Bins over a part of a capture's time: what the timeline shows where it is zoomed. Immutable once made. */
#pragma once

#include "lens-analysis.h"
#include "lens-time-span.h"

G_BEGIN_DECLS

typedef struct
{
  LensTimeBins *whole; /* owned: all packets */
  LensTimeBins
      *passing; /* owned: those that pass the filter, whatever time it selects; the same bins where all do */
} LensTimeCloseup;

/* Of the packets in the bins' time alone, which is @span and less than a bin's rounding more; the others are not gone through. On the
 * calling thread. Errors: G_IO_ERROR_CANCELLED; LENS_ERROR_LIMIT when memory runs out. (transfer full) */
LensTimeCloseup *lens_time_closeup_new (const LensAnalysis *analysis,
                                        LensTimeSpan span,
                                        GCancellable *cancellable,
                                        GError **error);
void lens_time_closeup_free (LensTimeCloseup *closeup);

/* The same on a worker. */
void lens_time_closeup_new_async (LensAnalysis *analysis,
                                  LensTimeSpan span,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
LensTimeCloseup *lens_time_closeup_new_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensTimeCloseup, lens_time_closeup_free)

G_END_DECLS
