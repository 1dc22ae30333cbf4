#include "fuzz-reader.h"

#include "lens-error.h"
#include "lens-memory-source.h"

#include <string.h>

/* What a reader holds at once; a ceiling may be passed by as much. */
#define WINDOW_BYTES ((gsize) 2 << 20)

typedef struct
{
  guint64 n_records;
  guint64 digest; /* of all records */
  LensReadStatus end;
  const char *format; /* what the reader took it for */
} Outcome;

/* A pipe: pieces of 1 to 64 bytes, and before each of them nothing once. */
typedef struct
{
  LensByteSource parent;
  const guint8 *data;
  gsize size;
  guint32 random;
  gboolean has_waited;
} Pipe;

static LensSourceStatus
pipe_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  Pipe *self = (Pipe *) source;
  gsize at = (gsize) source->position;

  self->has_waited = !self->has_waited;
  if (self->has_waited)
    return LENS_SOURCE_WAIT;
  if (at >= self->size)
    return LENS_SOURCE_END;
  self->random = self->random * 1664525 + 1013904223;
  *n_read = MIN (MIN (n_bytes, self->size - at), 1 + (self->random >> 26));
  memcpy (buffer, self->data + at, *n_read);
  return LENS_SOURCE_BYTES;
}

static void
pipe_free (LensByteSource *source)
{
  g_free (source);
}

static LensByteSource *
pipe_new (const guint8 *data, gsize size)
{
  static const LensByteSourceClass kind = { pipe_read, pipe_free };
  Pipe *self = g_new0 (Pipe, 1);

  self->parent.kind = &kind;
  self->parent.may_wait = TRUE;
  self->data = data;
  self->size = size;
  return &self->parent;
}

static guint64
digest (guint64 hash, const void *bytes, gsize n_bytes)
{
  const guint8 *at = bytes;

  for (gsize i = 0; i < n_bytes; i++)
    hash = (hash ^ at[i]) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

static void
check_text (const char *text, glong max_chars)
{
  if (text == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, max_chars);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

static void
check_info (const LensCaptureInfo *info)
{
  g_assert_cmpuint (info->sections->len, <=, LENS_CAPTURE_MAX_SECTIONS);
  g_assert_cmpuint (info->interfaces->len, <=, LENS_CAPTURE_MAX_INTERFACES);
  g_assert_cmpuint (info->comments->len, <=, LENS_CAPTURE_MAX_COMMENTS);
  g_assert_cmpuint (info->names->len, <=, LENS_CAPTURE_MAX_NAMES);
  for (guint i = 0; i < info->interfaces->len; i++)
    {
      const LensCaptureInterface *interface = g_ptr_array_index (info->interfaces, i);

      g_assert_cmpuint (interface->section, <, info->sections->len);
      check_text (interface->name, LENS_CAPTURE_MAX_SHORT_TEXT);
      check_text (interface->description, LENS_CAPTURE_MAX_SHORT_TEXT);
      check_text (interface->os, LENS_CAPTURE_MAX_SHORT_TEXT);
      check_text (interface->filter, LENS_CAPTURE_MAX_TEXT);
      check_text (interface->hardware, LENS_CAPTURE_MAX_SHORT_TEXT);
    }
  for (guint i = 0; i < info->comments->len; i++)
    check_text (((const LensCaptureComment *) g_ptr_array_index (info->comments, i))->text,
                LENS_CAPTURE_MAX_TEXT);
  for (guint i = 0; i < info->names->len; i++)
    check_text (((const LensCaptureName *) g_ptr_array_index (info->names, i))->name,
                LENS_CAPTURE_MAX_SHORT_TEXT);
}

static Outcome
read_to_end (LensByteSource *source, const LensReaderOptions *options, gsize max_waits)
{
  Outcome outcome
      = { .end = LENS_READ_DAMAGED, .digest = G_GUINT64_CONSTANT (14695981039346656037), .format = "" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCaptureReader) reader = lens_capture_reader_new (source, "fuzz", options, &error);
  LensRecord record = { 0 };
  guint64 last_offset = 0;
  gsize n_waits = 0;

  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader == NULL)
    {
      if (g_error_matches (error, LENS_ERROR, LENS_ERROR_LIMIT))
        outcome.end = LENS_READ_CEILING;
      return outcome;
    }
  while ((outcome.end = lens_capture_reader_next (reader, &record, &error)) == LENS_READ_RECORD
         || outcome.end == LENS_READ_WAIT)
    {
      if (outcome.end == LENS_READ_WAIT)
        {
          g_assert_cmpuint (n_waits++, <, max_waits);
          continue;
        }
      g_assert_cmpuint (record.file_offset, >=, last_offset);
      last_offset = record.file_offset;
      outcome.n_records++;
      outcome.digest = digest (outcome.digest, &record.time_ns, sizeof record.time_ns);
      outcome.digest = digest (outcome.digest, &record.wire_bytes, sizeof record.wire_bytes);
      outcome.digest = digest (outcome.digest, &record.link_type, sizeof record.link_type);
      outcome.digest = digest (outcome.digest, &record.file_offset, sizeof record.file_offset);
      outcome.digest = digest (outcome.digest, record.bytes, record.captured_bytes);
      g_assert_cmpuint (record.interface, <, lens_capture_reader_get_info (reader)->interfaces->len);
    }
  g_assert_true ((outcome.end == LENS_READ_END) == (error == NULL));
  g_assert_cmpint (lens_capture_reader_next (reader, &record, NULL), ==, LENS_READ_END);
  check_info (lens_capture_reader_get_info (reader));
  outcome.format = lens_capture_reader_get_info (reader)->format;
  if (options->max_unpacked_bytes != 0
      && lens_capture_reader_get_info (reader)->compression != LENS_COMPRESSION_NONE)
    g_assert_cmpuint (lens_capture_reader_get_info (reader)->unpacked_bytes, <=,
                      options->max_unpacked_bytes + WINDOW_BYTES);
  return outcome;
}

void
fuzz_read (const guint8 *data, gsize size, guint64 max_unpacked_bytes)
{
  LensReaderOptions options = { .max_unpacked_bytes = max_unpacked_bytes };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  Outcome at_once = read_to_end (lens_memory_source_new (bytes), &options, 0);
  Outcome piecewise = read_to_end (pipe_new (data, size), &options, 16 + 2 * size);

  /* A kind of pcap that is told by its first three records may be told otherwise on a pipe, where the first does not wait for the
   * others. */
  if (at_once.format[0] != '\0' && strcmp (at_once.format, piecewise.format) != 0)
    return;
  g_assert_cmpuint (piecewise.n_records, ==, at_once.n_records);
  g_assert_cmpuint (piecewise.digest, ==, at_once.digest);
  g_assert_cmpint (piecewise.end, ==, at_once.end);
}
