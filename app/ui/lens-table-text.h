/* The text of a long table, made on a worker: a header line, then a line a row, with tabs between
 * the columns. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes the text of a column of a row of @source: (transfer full). */
typedef char *(*LensTableWriteFunc) (gpointer source, guint row, guint column);

/* @write is called on the worker. @source: (transfer full), freed with @source_free. @rows: (transfer full) (element-type guint): which, in
 * which order. @cancellable (nullable): looked at every row. */
void lens_table_text_write_async (GStrv titles,
                                  gpointer source,
                                  GDestroyNotify source_free,
                                  LensTableWriteFunc write,
                                  GArray *rows,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* (transfer full). Error: G_IO_ERROR_CANCELLED. */
char *lens_table_text_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
