#include "test-capture-bytes.h"

#include "lens-error.h"
#include "lens-memory-source.h"

#include <gio/gio.h>
#include <string.h>

void
test_put_u8 (GByteArray *file, guint8 value)
{
  g_byte_array_append (file, &value, 1);
}

void
test_put_u16 (GByteArray *file, gboolean is_big_endian, guint16 value)
{
  guint16 stored = is_big_endian ? GUINT16_TO_BE (value) : GUINT16_TO_LE (value);

  g_byte_array_append (file, (const guint8 *) &stored, sizeof stored);
}

void
test_put_u32 (GByteArray *file, gboolean is_big_endian, guint32 value)
{
  guint32 stored = is_big_endian ? GUINT32_TO_BE (value) : GUINT32_TO_LE (value);

  g_byte_array_append (file, (const guint8 *) &stored, sizeof stored);
}

void
test_put_u64 (GByteArray *file, gboolean is_big_endian, guint64 value)
{
  guint64 stored = is_big_endian ? GUINT64_TO_BE (value) : GUINT64_TO_LE (value);

  g_byte_array_append (file, (const guint8 *) &stored, sizeof stored);
}

void
test_put_fill (GByteArray *file, guint8 fill, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    g_byte_array_append (file, &fill, 1);
}

void
test_put_pcap_header (GByteArray *file,
                      gboolean is_big_endian,
                      guint32 magic,
                      guint16 minor,
                      guint32 link_type)
{
  test_put_u32 (file, is_big_endian, magic);
  test_put_u16 (file, is_big_endian, 2);
  test_put_u16 (file, is_big_endian, minor);
  test_put_u32 (file, is_big_endian, 0);
  test_put_u32 (file, is_big_endian, 0);
  test_put_u32 (file, is_big_endian, 65535);
  test_put_u32 (file, is_big_endian, link_type);
}

void
test_put_pcap_record (GByteArray *file,
                      gboolean is_big_endian,
                      guint32 seconds,
                      guint32 fraction,
                      guint32 captured,
                      guint32 wire,
                      gsize extra,
                      guint8 fill)
{
  test_put_u32 (file, is_big_endian, seconds);
  test_put_u32 (file, is_big_endian, fraction);
  test_put_u32 (file, is_big_endian, captured);
  test_put_u32 (file, is_big_endian, wire);
  test_put_fill (file, 0, extra);
  test_put_fill (file, fill, captured);
}

GByteArray *
test_read_ring (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize n_bytes;

  g_file_get_contents (path, &contents, &n_bytes, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) contents, n_bytes);
}

GByteArray *
test_pack (const GByteArray *bytes)
{
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_data (bytes->data, bytes->len, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, gzip);
  GByteArray *packed = g_byte_array_new ();
  guint8 buffer[4096];
  gssize n_read;

  while ((n_read = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (packed, buffer, (guint) n_read);
  return packed;
}

void
test_put_block (GByteArray *file, gboolean is_big_endian, guint32 type, const GByteArray *body)
{
  guint32 padding = -body->len & 3;

  test_put_u32 (file, is_big_endian, type);
  test_put_u32 (file, is_big_endian, 12 + body->len + padding);
  g_byte_array_append (file, body->data, body->len);
  test_put_fill (file, 0, padding);
  test_put_u32 (file, is_big_endian, 12 + body->len + padding);
}

void
test_put_section (GByteArray *file, gboolean is_big_endian)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u32 (body, is_big_endian, 0x1a2b3c4d);
  test_put_u16 (body, is_big_endian, 1);
  test_put_u16 (body, is_big_endian, 0);
  test_put_u64 (body, is_big_endian, G_MAXUINT64);
  test_put_block (file, is_big_endian, 0x0a0d0d0a, body);
}

void
test_put_interface (GByteArray *file, gboolean is_big_endian, guint16 link_type, guint32 snap_length)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u16 (body, is_big_endian, link_type);
  test_put_u16 (body, is_big_endian, 0);
  test_put_u32 (body, is_big_endian, snap_length);
  test_put_block (file, is_big_endian, 1, body);
}

void
test_put_packet (GByteArray *file,
                 gboolean is_big_endian,
                 guint32 interface,
                 guint64 time,
                 guint32 captured,
                 guint8 fill)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u32 (body, is_big_endian, interface);
  test_put_u32 (body, is_big_endian, (guint32) (time >> 32));
  test_put_u32 (body, is_big_endian, (guint32) time);
  test_put_u32 (body, is_big_endian, captured);
  test_put_u32 (body, is_big_endian, captured + 100);
  test_put_fill (body, fill, captured);
  test_put_block (file, is_big_endian, 6, body);
}

void
test_put_option (GByteArray *body, gboolean is_big_endian, guint16 code, gconstpointer value, guint16 n_bytes)
{
  test_put_u16 (body, is_big_endian, code);
  test_put_u16 (body, is_big_endian, n_bytes);
  if (n_bytes > 0)
    g_byte_array_append (body, value, n_bytes);
  test_put_fill (body, 0, (gsize) (-n_bytes & 3));
}

typedef struct
{
  LensByteSource parent;
  guint8 *bytes;
  gsize n_bytes;
  gsize piece;
  gboolean has_waited;
  char *failure;
} TestSource;

static LensSourceStatus
test_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  TestSource *self = (TestSource *) source;
  gsize at = (gsize) source->position;

  if (source->may_wait && !self->has_waited)
    {
      self->has_waited = TRUE;
      return LENS_SOURCE_WAIT;
    }
  self->has_waited = FALSE;
  if (at == self->n_bytes && self->failure != NULL)
    {
      g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, self->failure);
      return LENS_SOURCE_FAILED;
    }
  if (at == self->n_bytes)
    return LENS_SOURCE_END;
  *n_read = MIN (MIN (n_bytes, self->piece), self->n_bytes - at);
  memcpy (buffer, self->bytes + at, *n_read);
  return LENS_SOURCE_BYTES;
}

static void
test_source_free (LensByteSource *source)
{
  TestSource *self = (TestSource *) source;

  g_free (self->bytes);
  g_free (self->failure);
  g_free (self);
}

LensByteSource *
test_source_new (gconstpointer bytes, gsize n_bytes, gsize piece, gboolean waits, const char *failure)
{
  static const LensByteSourceClass kind = { test_source_read, test_source_free };
  TestSource *self = g_new0 (TestSource, 1);

  self->parent.kind = &kind;
  self->parent.may_wait = waits;
  self->bytes = g_memdup2 (bytes, n_bytes);
  self->n_bytes = n_bytes;
  self->piece = piece;
  self->failure = g_strdup (failure);
  return &self->parent;
}

static void
append_record (GString *text, const LensRecord *record)
{
  guint32 sum = 0;

  for (guint32 i = 0; i < record->captured_bytes; i++)
    sum = sum * 31 + record->bytes[i];
  g_string_append_printf (
      text, "%" G_GINT64_FORMAT " at %" G_GUINT64_FORMAT ": %u of %u, link %u, if %u, sum %08x\n",
      record->time_ns, record->file_offset, record->captured_bytes, record->wire_bytes, record->link_type,
      record->interface, sum);
}

char *
test_transcript (LensByteSource *source, const char *name, guint64 max_unpacked_bytes)
{
  static const char *const endings[]
      = { [LENS_READ_END] = "end", [LENS_READ_DAMAGED] = "damaged", [LENS_READ_CEILING] = "ceiling" };
  LensReaderOptions options = { .max_unpacked_bytes = max_unpacked_bytes };
  gboolean waits = source->may_wait;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCaptureReader) reader = lens_capture_reader_new (source, name, &options, &error);
  GString *text = g_string_new (NULL);
  LensReadStatus status = LENS_READ_DAMAGED;
  LensRecord record;

  if (reader == NULL)
    status = g_error_matches (error, LENS_ERROR, LENS_ERROR_LIMIT) ? LENS_READ_CEILING : LENS_READ_DAMAGED;
  else
    while ((status = lens_capture_reader_next (reader, &record, &error)) == LENS_READ_RECORD
           || status == LENS_READ_WAIT)
      {
        g_assert_true (status == LENS_READ_RECORD || waits);
        if (status == LENS_READ_RECORD)
          append_record (text, &record);
      }
  g_assert_true ((error != NULL) == (status != LENS_READ_END));
  g_string_append_printf (text, "%s%s%s\n", endings[status], error != NULL ? ": " : "",
                          error != NULL ? error->message : "");
  if (reader != NULL)
    g_assert_cmpint (lens_capture_reader_next (reader, &record, NULL), ==, LENS_READ_END);
  return g_string_free (text, FALSE);
}

char *
test_transcript_of_bytes (gconstpointer bytes, gsize n_bytes)
{
  g_autoptr (GBytes) all = g_bytes_new_static (bytes, n_bytes);

  return test_transcript (lens_memory_source_new (all), "a.pcap", 0);
}

char *
test_transcript_in_pieces (gconstpointer bytes, gsize n_bytes)
{
  static const gsize pieces[] = { 1, 3, 7, 4096 };
  g_autofree char *at_once = test_transcript_of_bytes (bytes, n_bytes);

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (int waits = 0; waits < 2; waits++)
      {
        LensByteSource *source = test_source_new (bytes, n_bytes, pieces[i], waits, NULL);
        g_autofree char *in_pieces = test_transcript (source, "a.pcap", 0);

        g_assert_cmpstr (in_pieces, ==, at_once);
      }
  return g_steal_pointer (&at_once);
}
