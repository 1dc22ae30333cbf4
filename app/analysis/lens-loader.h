/* Reads a capture file into a LensCapture. */
#pragma once

#include "lens-capture.h"
#include "lens-progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads @path ("-": standard input) on the calling thread. A damaged file is no error: the capture has what could be
 * read and says what is missing. @progress: (nullable), reported every 4,096 packets; @cancellable: (nullable), looked
 * at as often. Errors: those of lens_capture_reader_open(), LENS_ERROR_READ when a file breaks before its first packet,
 * G_IO_ERROR_CANCELLED. Returns (transfer full). */
LensCapture *
lens_loader_load (const char *path, LensProgress *progress, GCancellable *cancellable, GError **error);

/* The same on a worker thread. */
void lens_loader_load_async (const char *path,
                             LensProgress *progress,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LensCapture *lens_loader_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
