/* The bytes of a capture's packets, read again from its files, one packet at a time: for what people look at and copy.
 *
 * In a plain file it goes straight to the packet. A compressed one is unpacked from the place before it that was noted when it was loaded,
 * some hundredths of a second; where there is none (zstd and lz4 in one frame), from its beginning, which takes as long as opening it did
 * at most. Who asks for packets one after the other waits once. Belongs to no thread: each call takes its turn.
 */
#pragma once

#include "lens-capture.h"
#include "lens-progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GBytes *bytes; /* owned: those that were captured */
  guint32 wire_bytes;
  guint32 link_type; /* LINKTYPE_ number */
} LensPacketBytes;

void lens_packet_bytes_free (LensPacketBytes *packet);

typedef struct _LensPacketReader LensPacketReader;

LensPacketReader *lens_packet_reader_new (LensCapture *capture);
LensPacketReader *lens_packet_reader_ref (LensPacketReader *reader);
void lens_packet_reader_unref (LensPacketReader *reader);

/* Whether the packet at @row can only be had by unpacking a part of its file, which may take a while. */
gboolean lens_packet_reader_is_slow (const LensPacketReader *reader, gsize row);

/* On the calling thread. Errors: LENS_ERROR_UNSUPPORTED where the bytes came through a pipe and nothing was kept, LENS_ERROR_LIMIT where
 * these could not be; LENS_ERROR_OPEN and LENS_ERROR_READ where
 * the file is gone or is another now; G_IO_ERROR_CANCELLED, looked for every 4,096 packets and every MiB that is unpacked. (transfer full) */
LensPacketBytes *
lens_packet_reader_read (LensPacketReader *reader, gsize row, GCancellable *cancellable, GError **error);

/* The same on a worker thread. @progress: (nullable). */
void lens_packet_reader_read_async (LensPacketReader *reader,
                                    gsize row,
                                    LensProgress *progress,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
LensPacketBytes *lens_packet_reader_read_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketBytes, lens_packet_bytes_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketReader, lens_packet_reader_unref)

G_END_DECLS
