/* Where a capture's bytes come from: a file, a pipe, memory, or what a compressed source unpacks to.
 *
 * A source is read front to back by one thread at a time and owned by whoever reads it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LensByteSource LensByteSource;

typedef enum
{
  LENS_SOURCE_BYTES,  /* at least one byte was read */
  LENS_SOURCE_END,    /* there are no more */
  LENS_SOURCE_WAIT,   /* none right now, of a pipe: call again */
  LENS_SOURCE_FAILED, /* error set; text says only why ("Input/output error"), without the file's name */
} LensSourceStatus;

typedef struct
{
  LensSourceStatus (
      *read) (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error);
  void (*free) (LensByteSource *source);
} LensByteSourceClass;

/* The first member of every kind of source. */
struct _LensByteSource
{
  const LensByteSourceClass *kind;
  guint64 size;            /* in bytes; 0: not known, as for a pipe */
  guint64 position;        /* bytes given out so far */
  guint64 packed_position; /* bytes taken from the source that it unpacks, for those; 0: it unpacks none */
  gboolean may_wait;       /* a read can take time, and say LENS_SOURCE_WAIT */
  gboolean (*seek) (LensByteSource *source,
                    guint64 position); /* (nullable) goes on from there; FALSE: it can't */
};

/* Reads at most @n_bytes (not 0) into @buffer. @n_read is set with LENS_SOURCE_BYTES, @error with LENS_SOURCE_FAILED. */
LensSourceStatus
lens_byte_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error);
void lens_byte_source_free (LensByteSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensByteSource, lens_byte_source_free)

G_END_DECLS
