#include "lens-loader-feed.h"

#include "lens-decode.h"

/* Enough that neither thread waits for the other's small delays; few enough to stay in the processor's caches. */
#define N_BATCHES 6

struct _LensLoaderFeed
{
  LensCaptureReader *reader;
  guint64 seed;
  LensLoaderWantsInfoFunc wants_info;
  gpointer user_data;
  GThread *thread;
  GAsyncQueue *filled;
  GAsyncQueue *empty; /* also &stopper, when the feed is to end */
  int is_stopped;     /* atomic */
  int stopper;
  LensLoaderBatch batches[N_BATCHES];
};

static void
batch_clear (LensLoaderBatch *batch)
{
  batch->n_rows = 0;
  g_clear_error (&batch->error);
  g_clear_pointer (&batch->info, lens_capture_info_free);
}

/* Reads on until the batch is full or something else than a record comes. */
static void
fill_batch (LensLoaderFeed *feed, LensLoaderBatch *batch)
{
  LensRecord record;
  const LensLinkLayer *layer = NULL;
  guint32 link_type = 0;

  while (batch->n_rows < LENS_LOADER_BATCH_ROWS)
    {
      LensPacketRow *row = &batch->rows[batch->n_rows];

      batch->status = lens_capture_reader_next (feed->reader, &record, &batch->error);
      if (batch->status != LENS_READ_RECORD)
        break;
      /* Looked up anew only where interfaces of several kinds alternate. */
      if (batch->n_rows == 0 || record.link_type != link_type)
        layer = lens_link_registry_find (link_type = record.link_type);
      lens_decode_with (layer, record.bytes, record.captured_bytes, record.wire_bytes, &row->packet);
      row->hash = lens_endpoints_hash (feed->seed, &row->packet);
      row->time_ns = record.time_ns;
      row->file_offset = record.file_offset;
      row->captured_bytes = record.captured_bytes;
      row->wire_bytes = record.wire_bytes;
      if (batch->n_rows++ == 0)
        batch->first_ns = batch->last_ns = record.time_ns;
      batch->first_ns = MIN (batch->first_ns, record.time_ns);
      batch->last_ns = MAX (batch->last_ns, record.time_ns);
    }
  batch->position = lens_capture_reader_get_position (feed->reader);
  batch->allowed_bytes = lens_capture_reader_get_allowed_bytes (feed->reader);
  if (feed->wants_info != NULL && feed->wants_info (feed->user_data))
    batch->info = lens_capture_info_copy (lens_capture_reader_get_info (feed->reader));
}

static gpointer
feed_worker (gpointer data)
{
  LensLoaderFeed *feed = data;

  for (;;)
    {
      gpointer taken = g_async_queue_pop (feed->empty);
      LensLoaderBatch *batch = taken;
      LensReadStatus status;

      if (taken == &feed->stopper || g_atomic_int_get (&feed->is_stopped))
        return NULL;
      fill_batch (feed, batch);
      status = batch->status; /* once pushed the batch is the loader's */
      g_async_queue_push (feed->filled, batch);
      if (status != LENS_READ_RECORD && status != LENS_READ_WAIT)
        return NULL;
    }
}

LensLoaderFeed *
lens_loader_feed_new (LensCaptureReader *reader,
                      guint64 seed,
                      LensLoaderWantsInfoFunc wants_info,
                      gpointer user_data)
{
  g_autoptr (LensLoaderFeed) feed = g_new0 (LensLoaderFeed, 1);

  feed->reader = reader;
  feed->seed = seed;
  feed->wants_info = wants_info;
  feed->user_data = user_data;
  feed->filled = g_async_queue_new ();
  feed->empty = g_async_queue_new ();
  for (gsize i = 0; i < N_BATCHES; i++)
    g_async_queue_push (feed->empty, &feed->batches[i]);
  feed->thread = g_thread_try_new ("lens-feed", feed_worker, feed, NULL);
  return feed->thread != NULL ? g_steal_pointer (&feed) : NULL;
}

static void
end_thread (LensLoaderFeed *feed)
{
  if (feed->thread == NULL)
    return;
  g_atomic_int_set (&feed->is_stopped, TRUE);
  g_async_queue_push (feed->empty, &feed->stopper);
  g_thread_join (g_steal_pointer (&feed->thread));
}

void
lens_loader_feed_free (LensLoaderFeed *feed)
{
  end_thread (feed);
  for (gsize i = 0; i < N_BATCHES; i++)
    batch_clear (&feed->batches[i]);
  g_async_queue_unref (feed->filled);
  g_async_queue_unref (feed->empty);
  lens_capture_reader_free (feed->reader);
  g_free (feed);
}

LensLoaderBatch *
lens_loader_feed_take (LensLoaderFeed *feed)
{
  return g_async_queue_pop (feed->filled);
}

void
lens_loader_feed_give_back (LensLoaderFeed *feed, LensLoaderBatch *batch)
{
  batch_clear (batch);
  g_async_queue_push (feed->empty, batch);
}

LensCaptureInfo *
lens_loader_feed_steal_info (LensLoaderFeed *feed)
{
  end_thread (feed);
  return lens_capture_reader_steal_info (feed->reader);
}
