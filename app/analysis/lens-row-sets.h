/* What BPF expressions select in one capture, found by reading it once for each and then kept, so that the other terms of a filter
 * can change without reading again. Reference counted; any thread.
 */
#pragma once

#include "lens-capture.h"
#include "lens-filter.h"
#include "lens-progress.h"
#include "lens-row-set.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The expressions used last are kept, so many of them: one bit a packet each. */
#define LENS_ROW_SETS_MAX_KEPT 16

typedef struct _LensRowSets LensRowSets;

LensRowSets *lens_row_sets_new (LensCapture *capture);

/* For @capture, which is that of @before, but has brought more since: the rows that it has found, or still will, needn't be looked at again. */
LensRowSets *lens_row_sets_new_grown (LensCapture *capture, LensRowSets *before);
LensRowSets *lens_row_sets_ref (LensRowSets *sets);
void lens_row_sets_unref (LensRowSets *sets);

/* The rows that @expression is true for, from what is kept or by reading the capture's files, or what has been added to them, on the calling
 * thread. Errors and arguments
 * are those of lens_bpf_pass_run(). (transfer full) */
LensRowSet *lens_row_sets_find (LensRowSets *sets,
                                const char *expression,
                                LensProgress *progress,
                                GCancellable *cancellable,
                                GError **error);

/* Those of all BPF terms of @filter that have an effect, in their order, for lens_selection_new(). (transfer full) (element-type LensRowSet) */
GPtrArray *lens_row_sets_find_for_filter (LensRowSets *sets,
                                          const LensFilter *filter,
                                          LensProgress *progress,
                                          GCancellable *cancellable,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensRowSets, lens_row_sets_unref)

G_END_DECLS
