/* Reading ahead on another thread: the same bytes, the same end at the same byte, and nothing left behind. */
#include "lens-ahead-source.h"
#include "lens-error.h"
#include "lens-memory-source.h"
#include "lens-packed-source.h"
#include "test-capture-bytes.h"

#include <string.h>
#include <zlib.h>

/* Some blocks and a part of one. */
#define N_BYTES ((gsize) 5 * 1000 * 1000)

static guint8 *
make_bytes (gsize n_bytes)
{
  guint8 *bytes = g_malloc (n_bytes);
  guint32 state = 1;

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) ((state = state * 1664525 + 1013904223) >> 24);
  return bytes;
}

/* Reads @source to its end, at most @n_wanted bytes at once: they are the first @n_expected of @bytes. */
static LensSourceStatus
read_all (LensByteSource *source, const guint8 *bytes, gsize n_expected, gsize n_wanted, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (n_wanted);
  LensSourceStatus status;
  gsize n_read = 0;

  while ((status = lens_byte_source_read (source, buffer, n_wanted, &n_read, error)) == LENS_SOURCE_BYTES)
    {
      g_assert_cmpuint (n_read, >, 0);
      g_assert_cmpuint (n_read, <=, n_wanted);
      g_assert_cmpuint (source->position, <=, n_expected);
      g_assert_cmpmem (buffer, n_read, bytes + source->position - n_read, n_read);
    }
  g_assert_cmpuint (source->position, ==, n_expected);
  return status;
}

static void
test_same_bytes (void)
{
  static const gsize lengths[] = { 0, 1, 1 << 18, (1 << 18) + 1, 1 << 20, N_BYTES };
  static const gsize wanted[] = { 1 << 20, 4096, 999 };
  g_autofree guint8 *bytes = make_bytes (N_BYTES);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (wanted); k++)
      {
        LensByteSource *inner = test_source_new (bytes, lengths[i], 70001, FALSE, NULL);
        g_autoptr (LensByteSource) source = lens_ahead_source_new (inner);

        g_assert_cmpint (read_all (source, bytes, lengths[i], wanted[k], NULL), ==, LENS_SOURCE_END);
        g_assert_cmpint (read_all (source, bytes, lengths[i], wanted[k], NULL), ==, LENS_SOURCE_END);
      }
}

/* What came before a failure is given out, and it is said each time again. */
static void
test_failure (void)
{
  static const gsize lengths[] = { 0, 5, 1 << 18, (1 << 18) + 5, N_BYTES };
  g_autofree guint8 *bytes = make_bytes (N_BYTES);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      LensByteSource *inner = test_source_new (bytes, lengths[i], 1 << 17, FALSE, "Input/output error");
      g_autoptr (LensByteSource) source = lens_ahead_source_new (inner);

      for (int time = 0; time < 2; time++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_cmpint (read_all (source, bytes, lengths[i], 65536, &error), ==, LENS_SOURCE_FAILED);
          g_assert_error (error, LENS_ERROR, LENS_ERROR_READ);
          g_assert_cmpstr (error->message, ==, "Input/output error");
        }
    }
}

/* Given up at any point, with the thread at work or waiting. */
static void
test_given_up (void)
{
  g_autofree guint8 *bytes = make_bytes (N_BYTES);
  g_autofree guint8 *buffer = g_malloc (1 << 18);

  for (gsize n_reads = 0; n_reads < 12; n_reads++)
    {
      LensByteSource *inner = test_source_new (bytes, N_BYTES, N_BYTES, FALSE, NULL);
      g_autoptr (LensByteSource) source = lens_ahead_source_new (inner);
      gsize n_read;

      for (gsize i = 0; i < n_reads; i++)
        g_assert_cmpint (lens_byte_source_read (source, buffer, 1 << 18, &n_read, NULL), ==,
                         LENS_SOURCE_BYTES);
    }
}

static GBytes *
pack (const guint8 *bytes, gsize n_bytes)
{
  z_stream stream = { 0 };
  gsize bound;
  guint8 *packed;

  g_assert_cmpint (deflateInit2 (&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  bound = deflateBound (&stream, n_bytes);
  packed = g_malloc (bound);
  stream.next_in = (Bytef *) bytes;
  stream.avail_in = (uInt) n_bytes;
  stream.next_out = packed;
  stream.avail_out = (uInt) bound;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  deflateEnd (&stream);
  return g_bytes_new_take (packed, bound - stream.avail_out);
}

/* How far the packed file was read is told of the bytes that were given out, not of those read ahead. */
static void
test_packed_position (void)
{
  g_autofree guint8 *bytes = make_bytes (N_BYTES);
  g_autofree guint8 *buffer = g_malloc (1 << 16);
  g_autoptr (GBytes) packed = pack (bytes, N_BYTES);
  g_autoptr (LensByteSource) source = lens_ahead_source_new (
      lens_packed_source_new (&lens_packing_gzip, lens_memory_source_new (packed), NULL, 0));
  guint64 latest = 0;
  gsize n_steps = 0;
  gsize n_read;

  g_assert_cmpuint (source->packed_position, ==, 0);
  while (lens_byte_source_read (source, buffer, 1 << 16, &n_read, NULL) == LENS_SOURCE_BYTES)
    {
      g_assert_cmpuint (source->packed_position, >=, latest);
      n_steps += source->packed_position > latest;
      latest = source->packed_position;
    }
  g_assert_cmpuint (source->position, ==, N_BYTES);
  g_assert_cmpuint (latest, ==, g_bytes_get_size (packed));
  g_assert_cmpuint (n_steps, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture-ahead/same-bytes", test_same_bytes);
  g_test_add_func ("/capture-ahead/failure", test_failure);
  g_test_add_func ("/capture-ahead/given-up", test_given_up);
  g_test_add_func ("/capture-ahead/packed-position", test_packed_position);
  return g_test_run ();
}
