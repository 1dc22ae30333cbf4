/* The rows of a capture that a BPF expression is true for, by reading its files once more; for LensRowSets alone. */
#pragma once

#include "lens-capture.h"
#include "lens-progress.h"
#include "lens-row-set.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* On the calling thread. @progress (nullable): of the bytes of all files. @cancellable (nullable): looked at every 4,096 packets.
 * Errors: LENS_ERROR_FILTER where the expression compiles for none of the capture's link layers (packets of a link layer that it says
 * nothing of are not in the set); LENS_ERROR_UNSUPPORTED for a pipe, which can't be read again; LENS_ERROR_OPEN and LENS_ERROR_READ
 * where a file is gone or is another now; LENS_ERROR_LIMIT; G_IO_ERROR_CANCELLED. (transfer full) */
LensRowSet *lens_bpf_pass_run (const LensCapture *capture,
                               const char *expression,
                               LensProgress *progress,
                               GCancellable *cancellable,
                               GError **error);

/* The same after what was found when the capture had grown less: see lens_capture_pass_find_more(). */
LensRowSet *lens_bpf_pass_run_more (const LensCapture *capture,
                                    const LensRowSet *known,
                                    const char *expression,
                                    LensRowSet **by_position,
                                    LensProgress *progress,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
