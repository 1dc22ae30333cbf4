/* A packed file that is gone about in by the places noted when it was read the first time: what is found there is what was read then.
 * After it has become another file, nothing is promised of that but an end.
 *
 * The first byte says how many places of three bytes follow (low four bits), whether the file becomes another (bit 7) and how far the
 * noted places are apart (bits 4 to 6); then comes the file.
 */
#include "fuzz.h"

#include "lens-memory-source.h"
#include "lens-packed-index.h"

#include <string.h>

#define MAX_UNPACKED_BYTES (1 << 20)
#define PIECE_BYTES 997
#define COMPARED_BYTES 300

typedef struct
{
  GByteArray *bytes;
  LensSourceStatus end; /* LENS_SOURCE_END or LENS_SOURCE_FAILED */
} Unpacked;

static LensByteSource *
open_packed (const LensPacking *packing, GBytes *file)
{
  return lens_packed_source_new (packing, lens_memory_source_new (file), NULL, MAX_UNPACKED_BYTES);
}

/* Reads up to @n_bytes on to @bytes. LENS_SOURCE_BYTES: so many were there. */
static LensSourceStatus
read_on (LensByteSource *source, GByteArray *bytes, gsize n_bytes)
{
  guint8 piece[PIECE_BYTES];
  gsize n_waits = 0;

  while (n_bytes > 0)
    {
      gsize n_read = 0;
      g_autoptr (GError) error = NULL;
      LensSourceStatus status
          = lens_byte_source_read (source, piece, MIN (n_bytes, sizeof piece), &n_read, &error);

      g_assert_true ((status == LENS_SOURCE_FAILED) == (error != NULL));
      if (status == LENS_SOURCE_WAIT)
        g_assert_cmpuint (n_waits++, <, 4 + MAX_UNPACKED_BYTES);
      else if (status != LENS_SOURCE_BYTES)
        return status;
      g_assert_cmpuint (n_read, <=, n_bytes);
      g_byte_array_append (bytes, piece, (guint) n_read);
      n_bytes -= n_read;
    }
  return LENS_SOURCE_BYTES;
}

static Unpacked
read_from_beginning (const LensPacking *packing, GBytes *file, LensPackedIndex *index)
{
  g_autoptr (LensByteSource) source = open_packed (packing, file);
  Unpacked unpacked = { g_byte_array_new (), LENS_SOURCE_END };

  lens_packed_source_note_places (source, index);
  unpacked.end = read_on (source, unpacked.bytes, (gsize) MAX_UNPACKED_BYTES + 1);
  g_assert_cmpuint (unpacked.bytes->len, <=, MAX_UNPACKED_BYTES);
  return unpacked;
}

static void
check_there (const Unpacked *unpacked, gsize position, LensSourceStatus status, GByteArray *found)
{
  gsize n_left = position < unpacked->bytes->len ? unpacked->bytes->len - position : 0;

  g_assert_cmpmem (found->data, found->len, unpacked->bytes->data + position, MIN (COMPARED_BYTES, n_left));
  if (status != LENS_SOURCE_BYTES)
    g_assert_cmpint (status, ==, unpacked->end);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize n_places = size > 0 ? data[0] & 15 : 0;
  gsize start = 1 + 3 * n_places;
  const LensPacking *packing = size >= start + 4 ? lens_packing_find (data + start) : NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (LensPackedIndex) index = NULL;
  g_autoptr (LensByteSource) source = NULL;
  Unpacked unpacked;
  gboolean is_other = size > 0 && data[0] >> 7;

  if (packing == NULL)
    return 0;
  file = g_bytes_new_static (data + start, size - start);
  index = lens_packed_index_new ((guint64) 64 << (data[0] >> 4 & 7));
  unpacked = read_from_beginning (packing, file, index);
  if (is_other)
    {
      g_autofree guint8 *other = g_memdup2 (data + start, size - start);

      for (gsize i = 4; i < size - start; i++)
        other[i] ^= i % 61 == data[1] % 61 ? 0x40 : 0;
      g_bytes_unref (file);
      file = g_bytes_new (other, size - start);
    }
  source = open_packed (packing, file);
  lens_packed_source_seek_by (source, index);
  for (gsize i = 0; i < n_places; i++)
    {
      const guint8 *place = data + 1 + 3 * i;
      /* Nobody looks for a packet behind all that was read. */
      gsize position
          = ((gsize) place[0] << 16 | (gsize) place[1] << 8 | place[2]) % (unpacked.bytes->len + 1);
      g_autoptr (GByteArray) found = g_byte_array_new ();
      LensSourceStatus status;

      g_assert_true (source->seek (source, position));
      status = read_on (source, found, COMPARED_BYTES);
      if (!is_other)
        check_there (&unpacked, position, status, found);
    }
  g_byte_array_unref (unpacked.bytes);
  return 0;
}
