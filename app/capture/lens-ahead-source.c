#include "lens-ahead-source.h"

#include <string.h>

/* Large enough that handing one over does not count, small enough that all of them stay in the processor's caches. */
#define BLOCK_BYTES ((gsize) 1 << 18)
#define N_BLOCKS 6

typedef struct
{
  guint8 *bytes;
  gsize start; /* of what was not given out yet */
  gsize end;
  guint64 packed_position; /* after them */
  LensSourceStatus status; /* after them: LENS_SOURCE_BYTES where there is more */
  GError *error;           /* (nullable) with LENS_SOURCE_FAILED */
} Block;

typedef struct
{
  LensByteSource parent;
  LensByteSource *source; /* the thread's, while there is one */
  GThread *thread;        /* (nullable) */
  GAsyncQueue *filled;
  GAsyncQueue *empty; /* also &stopper, when the thread is to end */
  int is_stopped;     /* atomic */
  int stopper;
  Block blocks[N_BLOCKS];
  Block *current; /* (nullable) what is given out */
} AheadSource;

static void
fill_block (LensByteSource *source, Block *block)
{
  block->start = block->end = 0;
  if (block->bytes == NULL)
    block->bytes = g_malloc (BLOCK_BYTES);
  do
    {
      gsize n_read = 0;

      block->status = lens_byte_source_read (source, block->bytes + block->end, BLOCK_BYTES - block->end,
                                             &n_read, &block->error);
      if (block->status == LENS_SOURCE_BYTES)
        block->end += n_read;
    }
  while (block->status == LENS_SOURCE_BYTES && block->end < BLOCK_BYTES);
  block->packed_position = source->packed_position;
}

static gpointer
ahead_worker (gpointer data)
{
  AheadSource *self = data;

  for (;;)
    {
      gpointer taken = g_async_queue_pop (self->empty);
      Block *block = taken;
      LensSourceStatus status;

      if (taken == &self->stopper || g_atomic_int_get (&self->is_stopped))
        return NULL;
      fill_block (self->source, block);
      status = block->status; /* once pushed the block is the reader's */
      g_async_queue_push (self->filled, block);
      if (status != LENS_SOURCE_BYTES)
        return NULL;
    }
}

static void
start_thread (AheadSource *self)
{
  self->thread = g_thread_try_new ("lens-ahead", ahead_worker, self, NULL);
  if (self->thread == NULL)
    return;
  for (gsize i = 0; i < N_BLOCKS; i++)
    g_async_queue_push (self->empty, &self->blocks[i]);
}

/* Goes on to the next block: the current one is used up, and was not the last. */
static void
take_block (AheadSource *self)
{
  if (self->current == NULL)
    {
      fill_block (self->source, self->current = &self->blocks[0]);
      return;
    }
  if (self->thread != NULL)
    g_async_queue_push (self->empty, self->current);
  else
    start_thread (self);
  if (self->thread != NULL)
    self->current = g_async_queue_pop (self->filled);
  else
    fill_block (self->source, self->current);
}

static LensSourceStatus
ahead_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  AheadSource *self = (AheadSource *) source;
  Block *block;

  if (self->current == NULL
      || (self->current->start == self->current->end && self->current->status == LENS_SOURCE_BYTES))
    take_block (self);
  block = self->current;
  source->packed_position = block->packed_position;
  if (block->start == block->end)
    {
      if (block->error != NULL)
        g_propagate_error (error, g_error_copy (block->error));
      return block->status;
    }
  *n_read = MIN (n_bytes, block->end - block->start);
  memcpy (buffer, block->bytes + block->start, *n_read);
  block->start += *n_read;
  return LENS_SOURCE_BYTES;
}

static void
ahead_source_free (LensByteSource *source)
{
  AheadSource *self = (AheadSource *) source;

  if (self->thread != NULL)
    {
      g_atomic_int_set (&self->is_stopped, TRUE);
      g_async_queue_push (self->empty, &self->stopper);
      g_thread_join (self->thread);
    }
  g_async_queue_unref (self->filled);
  g_async_queue_unref (self->empty);
  for (gsize i = 0; i < N_BLOCKS; i++)
    {
      g_free (self->blocks[i].bytes);
      g_clear_error (&self->blocks[i].error);
    }
  lens_byte_source_free (self->source);
  g_free (self);
}

LensByteSource *
lens_ahead_source_new (LensByteSource *source)
{
  static const LensByteSourceClass kind = { ahead_source_read, ahead_source_free };
  AheadSource *self;

  g_return_val_if_fail (!source->may_wait, source);

  self = g_new0 (AheadSource, 1);
  self->parent.kind = &kind;
  self->parent.packed_position = source->packed_position;
  self->source = source;
  self->filled = g_async_queue_new ();
  self->empty = g_async_queue_new ();
  return &self->parent;
}
