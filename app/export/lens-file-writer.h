/* Writes a whole file or nothing: at any moment, also after kill -9, the target is the old file or the whole new one. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LensFileWriter LensFileWriter;

/* Writes what is added piece by piece, on the calling thread, into a temporary file beside @path: lens_file_writer_commit() flushes it to the
 * disk and gives it the name; a writer that is freed without that leaves nothing behind. A device or a pipe is written into. Error, also
 * of the others: LENS_ERROR_WRITE, naming the file, why, and what to do; then only freeing is left to do. (transfer full) */
LensFileWriter *lens_file_writer_open (const char *path, GError **error);
gboolean lens_file_writer_add (LensFileWriter *writer, gconstpointer bytes, gsize n_bytes, GError **error);
gboolean lens_file_writer_commit (LensFileWriter *writer, GError **error);
void lens_file_writer_free (LensFileWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensFileWriter, lens_file_writer_free)

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
