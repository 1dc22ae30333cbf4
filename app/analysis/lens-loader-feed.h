/* Reads and decodes one file on a thread of its own, while the loader appends what it gives; for the loader alone.
 *
 * Batches go round between the two threads: the feed fills one, the loader takes it, appends its rows and gives it back. No lock and no
 * allocation is met per packet. All calls from the loader's thread.
 */
#pragma once

#include "lens-capture-reader.h"
#include "lens-packet-table-builder.h"

G_BEGIN_DECLS

#define LENS_LOADER_BATCH_ROWS 1024

typedef struct
{
  LensPacketRow rows[LENS_LOADER_BATCH_ROWS];
  gsize n_rows;
  gint64 first_ns; /* earliest and latest time, where there are rows */
  gint64 last_ns;
  guint64 position; /* bytes taken from the file so far */
  guint64
      allowed_bytes; /* of memory for the file's packets so far; G_MAXUINT64 for a file that is not compressed */
  LensReadStatus
      status; /* after the rows: LENS_READ_RECORD when there is more, LENS_READ_WAIT; any other ends the feed */
  GError *error;         /* owned (nullable): with LENS_READ_DAMAGED and LENS_READ_CEILING */
  LensCaptureInfo *info; /* owned (nullable): what is known of the file by now, where it was asked for */
} LensLoaderBatch;

typedef struct _LensLoaderFeed LensLoaderFeed;

/* Asked on the feed's thread, once a batch: whether to add what is known of the file. */
typedef gboolean (*LensLoaderWantsInfoFunc) (gpointer user_data);

/* Begins. @reader: (transfer full). @seed: of the rows' hashes. @wants_info: (nullable). NULL, with @reader gone, when no thread can be made. */
LensLoaderFeed *lens_loader_feed_new (LensCaptureReader *reader,
                                      guint64 seed,
                                      LensLoaderWantsInfoFunc wants_info,
                                      gpointer user_data);

/* Ends the thread, at the latest when the read it is in is over, and frees what is left. */
void lens_loader_feed_free (LensLoaderFeed *feed);

/* The next batch, waited for: (transfer none), to be given back. None is to be taken after one that ends the feed. */
LensLoaderBatch *lens_loader_feed_take (LensLoaderFeed *feed);
void lens_loader_feed_give_back (LensLoaderFeed *feed, LensLoaderBatch *batch);

/* Ends the thread, as free does, and gives what is known of the file: (transfer full). */
LensCaptureInfo *lens_loader_feed_steal_info (LensLoaderFeed *feed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensLoaderFeed, lens_loader_feed_free)

G_END_DECLS
