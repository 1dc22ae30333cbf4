/* Writes a whole file or nothing: at any moment, also after kill -9, the target is the old file or the whole new one. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes @bytes to @path on the calling thread: a temporary file beside it, flushed to the disk, renamed.
 * Error: LENS_ERROR_WRITE, naming the file, why, and what to do. */
gboolean lens_file_writer_write (const char *path, GBytes *bytes, GError **error);

/* The same on a worker thread. */
void lens_file_writer_write_async (const char *path,
                                   GBytes *bytes,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lens_file_writer_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
