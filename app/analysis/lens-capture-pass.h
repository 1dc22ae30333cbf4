/* One more reading of all packets of a capture, from its files, to find some of them: for what the table doesn't keep. */
#pragma once

#include "lens-capture-reader.h"
#include "lens-capture.h"
#include "lens-progress.h"
#include "lens-row-set.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether a packet is one that is looked for. @info: of the file it is in, as far as that was read. */
typedef gboolean (*LensCapturePassFunc) (const LensRecord *record,
                                         const LensCaptureInfo *info,
                                         gpointer user_data);

/* Whether the capture's files can be read a second time: FALSE with an error of lens_file_bytes_check(). */
gboolean lens_capture_pass_check (const LensCapture *capture, GError **error);

/* The rows that @matches is true for, by reading every packet on the calling thread. @progress (nullable): of the bytes of all files.
 * @cancellable (nullable): looked at every 4,096 packets. Errors: that of lens_capture_pass_check(); LENS_ERROR_OPEN and
 * LENS_ERROR_READ where a file is gone or is another now; LENS_ERROR_LIMIT; G_IO_ERROR_CANCELLED. (transfer full) */
LensRowSet *lens_capture_pass_find (const LensCapture *capture,
                                    LensCapturePassFunc matches,
                                    gpointer user_data,
                                    LensProgress *progress,
                                    GCancellable *cancellable,
                                    GError **error);

/* The same where a pipe has brought more than it had when what @known has was found: only the packets after those are looked at, and, where
 * the file isn't compressed, read. @known: (nullable): by position in the order of reading, as @by_position is: (out) (transfer full). */
LensRowSet *lens_capture_pass_find_more (const LensCapture *capture,
                                         const LensRowSet *known,
                                         LensCapturePassFunc matches,
                                         gpointer user_data,
                                         LensRowSet **by_position,
                                         LensProgress *progress,
                                         GCancellable *cancellable,
                                         GError **error);

/* @file is no longer what it was: sets LENS_ERROR_READ. @number: of the packet in it, from 1. */
void lens_capture_pass_set_changed_error (GError **error, const LensCaptureFile *file, guint64 number);

G_END_DECLS
