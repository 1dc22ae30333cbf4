/* Reads capture files into a LensCapture. */
#pragma once

#include "lens-capture.h"
#include "lens-progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Called in the main context of the caller with what was read so far of a pipe: (transfer none). */
typedef void (*LensGrownFunc) (LensCapture *capture, gpointer user_data);

/* How to read. Everything may be 0. */
typedef struct
{
  guint64
      max_unpacked_bytes; /* of a compressed file, and of the memory its packets take; 0: the default ceiling, G_MAXUINT64: none */
  gboolean keeps_pipes; /* what comes through pipes is kept on the disk, for whatever reads packets again */
  gboolean
      keeps_places; /* it is noted where compressed files can be unpacked from, for who looks at single packets */
  GCancellable *stop; /* (nullable): once cancelled, reading ends there, and what was read is the capture */
  LensGrownFunc
      grown; /* (nullable): only with _async(); never called once cancelled or after the load's own callback */
  gpointer grown_data;
} LensLoadOptions;

/* Reads @paths (NULL-terminated, one at least; "-": standard input; a folder: the captures directly in it) on the calling
 * thread into one capture, merged by time. Files are read in the order of their first packets, pipes last. A damaged
 * file is no error: the capture has what could be read and says what is missing, also of a file that could not be read at all
 * where others could. @options: (nullable). @progress: (nullable), @cancellable: (nullable), looked at every 4,096 packets.
 * Errors: those of lens_capture_reader_open(), LENS_ERROR_READ when no file has a packet before it breaks, LENS_ERROR_LIMIT,
 * G_IO_ERROR_CANCELLED. Returns (transfer full). */
LensCapture *lens_loader_load (const char *const *paths,
                               const LensLoadOptions *options,
                               LensProgress *progress,
                               GCancellable *cancellable,
                               GError **error);

/* The same on a worker thread. */
void lens_loader_load_async (const char *const *paths,
                             const LensLoadOptions *options,
                             LensProgress *progress,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LensCapture *lens_loader_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
