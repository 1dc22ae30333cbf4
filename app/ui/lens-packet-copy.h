/* What is done with the packets that are selected in a table, on a worker: they are written as text, and their payload is summed up. Main
 * thread.
 */
#pragma once

#include "lens-packet-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows of the table, or the packets' bytes as lens_packet_text_write() does. */
typedef enum
{
  LENS_PACKETS_AS_ROWS,
  LENS_PACKETS_AS_HEX,
  LENS_PACKETS_AS_C,
} LensPacketsForm;

/* Writes the packets at the positions @selected of @model (both (transfer none)); rows with times in @time_form, their titles first. Errors:
 * LENS_ERROR_LIMIT where the text has more than @max_bytes bytes, and those of reading packets. */
void lens_packet_copy_async (LensPacketModel *model,
                             GtkBitset *selected,
                             LensPacketsForm form,
                             LensTimeForm time_form,
                             gsize max_bytes,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *lens_packet_copy_finish (GAsyncResult *result, GError **error);

/* How many bytes of payload they have: at once. */
guint64 lens_packet_copy_sum (LensPacketModel *model, GtkBitset *selected);

/* The same on a worker thread. */
void lens_packet_copy_sum_async (LensPacketModel *model,
                                 GtkBitset *selected,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean lens_packet_copy_sum_finish (GAsyncResult *result, guint64 *payload_bytes, GError **error);

G_END_DECLS
