#include "lens-capture-reader.h"

#include "lens-ahead-source.h"
#include "lens-capture-format.h"
#include "lens-capture-messages.h"
#include "lens-error.h"
#include "lens-file-source.h"
#include "lens-input.h"
#include "lens-packed-source.h"
#include "lens-text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  STATE_MAGIC,   /* what it is is not known yet */
  STATE_HEADER,  /* what comes before the first record is not read yet */
  STATE_RECORDS, /* at a record */
  STATE_ENDED,
} ReaderState;

struct _LensCaptureReader
{
  LensInput input;
  const LensCaptureFormat *format;
  LensCaptureParser *parser;
  ReaderState state;
  char *name; /* for messages */
  LensCaptureInfo *info;
  LensByteSource *file; /* (transfer none) what the input begins with: the file itself */
  LensReaderOptions options;
  LensKeptBytes *kept; /* (nullable) */
};

static guint64
get_n_packets (const LensCaptureReader *reader)
{
  return reader->parser != NULL ? reader->parser->n_packets : 0;
}

/* Reading failed after @n_packets. */
static LensReadStatus
fail_reading (LensCaptureReader *reader, guint64 n_packets, GError **error)
{
  const GError *why = reader->input.error;
  gboolean is_ceiling = g_error_matches (why, LENS_ERROR, LENS_ERROR_LIMIT);

  if (is_ceiling)
    lens_capture_message_ceiling (error, reader->name, n_packets, why->message);
  else if (reader->parser == NULL)
    lens_capture_message_not_readable (error, reader->name, why->message);
  else
    lens_capture_message_read_failed (error, reader->name, n_packets, why->message);
  return is_ceiling ? LENS_READ_CEILING : LENS_READ_DAMAGED;
}

/* The input gave out before what was asked of it was there. */
static LensReadStatus
give_out (LensCaptureReader *reader, GError **error)
{
  const LensByteSource *file = reader->file;
  guint64 n_packets = get_n_packets (reader);

  if (reader->input.status == LENS_SOURCE_WAIT)
    return LENS_READ_WAIT;
  reader->state = STATE_ENDED;
  if (reader->input.status == LENS_SOURCE_FAILED)
    return fail_reading (reader, n_packets, error);
  if (lens_input_get_n_ready (&reader->input) == 0)
    return LENS_READ_END;
  if (file->size > 0 && file->position > file->size)
    lens_capture_message_still_written (error, reader->name, n_packets);
  else
    lens_capture_message_cut (error, reader->name, n_packets);
  return LENS_READ_DAMAGED;
}

/* Goes on with what the input unpacks to. */
static void
unpack_input (LensCaptureReader *reader, const LensPacking *packing)
{
  g_autoptr (GBytes) rest = NULL;
  LensByteSource *packed = lens_input_steal_source (&reader->input, &rest);
  LensByteSource *unpacked
      = lens_packed_source_new (packing, packed, rest, reader->options.max_unpacked_bytes);

  if (reader->options.index != NULL && reader->options.seeks)
    lens_packed_source_seek_by (unpacked, reader->options.index);
  else if (reader->options.index != NULL)
    lens_packed_source_note_places (unpacked, reader->options.index);
  /* Beside the reading of records; but what comes of a pipe is shown as soon as it is there, and who seeks reads little at a time. */
  if (!unpacked->may_wait && !reader->options.seeks)
    unpacked = lens_ahead_source_new (unpacked);
  lens_input_clear (&reader->input);
  lens_input_init (&reader->input, unpacked);
  reader->info->compression = packing->compression;
}

/* Tells the packing and the format from the first bytes. */
static LensReadStatus
read_magic (LensCaptureReader *reader, GError **error)
{
  LensInput *input = &reader->input;
  const guint8 *magic = lens_input_peek (input, LENS_CAPTURE_MAGIC_BYTES);
  const LensPacking *packing = magic != NULL ? lens_packing_find (magic) : NULL;
  gsize n_ready = lens_input_get_n_ready (input);

  if (magic == NULL && input->status == LENS_SOURCE_WAIT)
    return LENS_READ_WAIT;
  if (magic == NULL && input->status == LENS_SOURCE_FAILED)
    return fail_reading (reader, 0, error);
  if (packing != NULL && reader->info->compression == LENS_COMPRESSION_NONE)
    {
      unpack_input (reader, packing);
      return LENS_READ_RECORD;
    }
  reader->format = magic != NULL ? lens_capture_format_find (magic) : NULL;
  if (reader->format == NULL)
    {
      lens_capture_message_no_capture (error, reader->name, lens_input_peek (input, n_ready), n_ready,
                                       reader->info->compression);
      return LENS_READ_DAMAGED;
    }
  reader->parser = reader->format->parser_new (input, reader->info);
  reader->state = STATE_HEADER;
  return LENS_READ_RECORD;
}

static LensReadStatus
read_header (LensCaptureReader *reader, GError **error)
{
  g_autoptr (GError) reason = NULL;

  switch (reader->format->start (reader->parser, &reason))
    {
    case LENS_PARSE_RECORD:
      reader->state = STATE_RECORDS;
      return LENS_READ_RECORD;
    case LENS_PARSE_NOT_DONE:
      if (reader->input.status == LENS_SOURCE_WAIT)
        return LENS_READ_WAIT;
      if (reader->input.status == LENS_SOURCE_FAILED)
        return fail_reading (reader, 0, error);
      lens_capture_message_bad_header (error, reader->name, _ ("the file ends in it"));
      return LENS_READ_DAMAGED;
    case LENS_PARSE_BROKEN:
    default:
      lens_capture_message_bad_header (error, reader->name, reason->message);
      return LENS_READ_DAMAGED;
    }
}

/* Gets to the first record: LENS_READ_RECORD says that it may be read now. */
static LensReadStatus
begin (LensCaptureReader *reader, GError **error)
{
  LensReadStatus status = LENS_READ_RECORD;

  while (status == LENS_READ_RECORD && reader->state < STATE_RECORDS)
    status = reader->state == STATE_MAGIC ? read_magic (reader, error) : read_header (reader, error);
  if (status == LENS_READ_DAMAGED || status == LENS_READ_CEILING)
    reader->state = STATE_ENDED;
  return status;
}

LensCaptureReader *
lens_capture_reader_new (LensByteSource *source,
                         const char *name,
                         const LensReaderOptions *options,
                         GError **error)
{
  g_autoptr (LensCaptureReader) reader = g_new0 (LensCaptureReader, 1);

  g_return_val_if_fail (source != NULL && name != NULL, NULL);

  reader->name = lens_text_make_safe_path (name);
  reader->info = lens_capture_info_new ();
  reader->info->file_bytes = source->size;
  reader->file = source;
  if (options != NULL)
    reader->options = *options;
  if (reader->options.index != NULL)
    lens_packed_index_ref (reader->options.index);
  lens_input_init (&reader->input, source);
  if (!source->may_wait)
    {
      LensReadStatus status = begin (reader, error);

      if (status == LENS_READ_DAMAGED || status == LENS_READ_CEILING)
        return NULL;
    }
  return g_steal_pointer (&reader);
}

LensCaptureReader *
lens_capture_reader_open_kept (LensKeptBytes *kept,
                               const char *name,
                               const LensReaderOptions *options,
                               GError **error)
{
  return lens_capture_reader_new (lens_kept_bytes_read (kept), name, options, error);
}

LensCaptureReader *
lens_capture_reader_open (const char *path, const LensReaderOptions *options, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (LensKeptBytes) kept = NULL;
  LensCaptureReader *reader;
  LensByteSource *source;

  g_return_val_if_fail (path != NULL, NULL);

  source = lens_file_source_new (path);
  if (strcmp (path, "-") == 0)
    name = g_strdup (_ ("standard input"));
  else
    {
      int code = errno;

      name = lens_text_make_safe_base_name (path);
      errno = code;
    }
  if (source == NULL)
    {
      lens_capture_message_not_opened (error, name, errno);
      return NULL;
    }
  if (options != NULL && options->keeps_pipe && source->may_wait)
    {
      kept = lens_kept_bytes_new ();
      source = lens_kept_bytes_keep (kept, source);
    }
  reader = lens_capture_reader_new (source, name, options, error);
  if (reader != NULL)
    reader->kept = g_steal_pointer (&kept);
  return reader;
}

void
lens_capture_reader_free (LensCaptureReader *reader)
{
  if (reader->parser != NULL)
    reader->format->parser_free (reader->parser);
  lens_input_clear (&reader->input);
  g_clear_pointer (&reader->info, lens_capture_info_free);
  g_clear_pointer (&reader->kept, lens_kept_bytes_unref);
  g_clear_pointer (&reader->options.index, lens_packed_index_unref);
  g_free (reader->name);
  g_free (reader);
}

/* All but the plain way of lens_capture_reader_next(). */
static LensReadStatus
next_slowly (LensCaptureReader *reader, LensRecord *record, GError **error)
{
  LensReadStatus status;

  if (reader->state == STATE_ENDED)
    return LENS_READ_END;
  status = begin (reader, error);
  return status == LENS_READ_RECORD ? lens_capture_reader_next (reader, record, error) : status;
}

LensReadStatus
lens_capture_reader_next (LensCaptureReader *reader, LensRecord *record, GError **error)
{
  LensParseStatus status;

  if (G_UNLIKELY (reader->state != STATE_RECORDS))
    return next_slowly (reader, record, error);
  status = reader->format->next (reader->parser, record);
  if (G_LIKELY (status == LENS_PARSE_RECORD))
    return LENS_READ_RECORD;
  if (status == LENS_PARSE_NOT_DONE)
    return give_out (reader, error);
  reader->state = STATE_ENDED;
  lens_capture_message_broken (error, reader->name, get_n_packets (reader));
  return LENS_READ_DAMAGED;
}

gboolean
lens_capture_reader_seek (LensCaptureReader *reader, const LensCaptureInfo *known, guint64 offset)
{
  if (reader->parser == NULL || reader->state < STATE_RECORDS || !lens_input_seek (&reader->input, offset))
    return FALSE;
  reader->state = STATE_RECORDS;
  if (reader->format->resume != NULL)
    reader->format->resume (reader->parser, known, offset);
  return TRUE;
}

guint64
lens_capture_reader_get_position (const LensCaptureReader *reader)
{
  /* What waits in the window of a plain file was not shown yet. */
  if (reader->info == NULL || reader->info->compression == LENS_COMPRESSION_NONE)
    return lens_input_get_offset (&reader->input);
  return reader->input.source->packed_position;
}

guint64
lens_capture_reader_get_unpacked_position (const LensCaptureReader *reader)
{
  return reader->input.source->position;
}

guint64
lens_capture_reader_get_allowed_bytes (const LensCaptureReader *reader)
{
  if (reader->info == NULL || reader->info->compression == LENS_COMPRESSION_NONE)
    return G_MAXUINT64;
  return lens_packed_source_get_allowed_bytes (reader->options.max_unpacked_bytes,
                                               reader->input.source->packed_position);
}

guint64
lens_capture_reader_get_size (const LensCaptureReader *reader)
{
  return reader->file->size;
}

LensKeptBytes *
lens_capture_reader_get_kept (const LensCaptureReader *reader)
{
  return reader->kept;
}

const LensCaptureInfo *
lens_capture_reader_get_info (LensCaptureReader *reader)
{
  reader->info->unpacked_bytes = lens_input_get_offset (&reader->input);
  return reader->info;
}

LensCaptureInfo *
lens_capture_reader_steal_info (LensCaptureReader *reader)
{
  (void) lens_capture_reader_get_info (reader);
  return g_steal_pointer (&reader->info);
}
