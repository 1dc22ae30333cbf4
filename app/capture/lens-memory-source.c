#include "lens-memory-source.h"

#include <string.h>

typedef struct
{
  LensByteSource parent;
  GBytes *bytes;
} MemorySource;

static LensSourceStatus
memory_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  MemorySource *self = (MemorySource *) source;
  gsize size;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  gsize at = (gsize) source->position;

  if (at >= size)
    return LENS_SOURCE_END;
  *n_read = MIN (n_bytes, size - at);
  memcpy (buffer, data + at, *n_read);
  return LENS_SOURCE_BYTES;
}

static gboolean
memory_source_seek (LensByteSource *source, guint64 position)
{
  source->position = MIN (position, source->size);
  return TRUE;
}

static void
memory_source_free (LensByteSource *source)
{
  MemorySource *self = (MemorySource *) source;

  g_bytes_unref (self->bytes);
  g_free (self);
}

LensByteSource *
lens_memory_source_new (GBytes *bytes)
{
  static const LensByteSourceClass kind = { memory_source_read, memory_source_free };
  MemorySource *self = g_new0 (MemorySource, 1);

  self->parent.kind = &kind;
  self->parent.seek = memory_source_seek;
  self->parent.size = g_bytes_get_size (bytes);
  self->bytes = g_bytes_ref (bytes);
  return &self->parent;
}
