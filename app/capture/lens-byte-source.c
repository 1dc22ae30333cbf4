#include "lens-byte-source.h"

LensSourceStatus
lens_byte_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  LensSourceStatus status;

  g_return_val_if_fail (n_bytes > 0, LENS_SOURCE_END);
  status = source->kind->read (source, buffer, n_bytes, n_read, error);
  if (status == LENS_SOURCE_BYTES)
    source->position += *n_read;
  return status;
}

void
lens_byte_source_free (LensByteSource *source)
{
  source->kind->free (source);
}
