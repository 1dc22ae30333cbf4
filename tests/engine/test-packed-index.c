/* Packets of large compressed captures, read from the place before them at which unpacking can be taken up. */
#include "lens-error.h"
#include "lens-loader.h"
#include "lens-packed-index.h"
#include "lens-packet-reader.h"
#include "test-capture-bytes.h"
#include "test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <lz4frame.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define MIB ((gsize) 1 << 20)
#define CAPTURED_BYTES 1000
#define N_RECORDS 45000
#define N_RANDOM_READS 25

/* What is read ahead of a packet, in the window and in pieces. */
#define MARGIN_BYTES (2 * MIB)

static char *folder;

/* Bytes that differ from packet to packet, and can be packed. */
static void
put_payload (GByteArray *file, gsize i, gsize n_bytes)
{
  guint32 number = (guint32) i * 2654435761u;
  gsize start = file->len;

  g_byte_array_set_size (file, (guint) (start + n_bytes));
  memset (file->data + start, (int) (i % 251), n_bytes);
  for (gsize at = 0; at + 4 <= MIN (n_bytes, 40); at += 4, number = number * 1664525u + 1013904223u)
    memcpy (file->data + start + at, &number, 4);
}

static GByteArray *
make_pcap (void)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, TEST_LINK_TYPE_ETHERNET);
  for (gsize i = 0; i < N_RECORDS; i++)
    {
      test_put_u32 (file, FALSE, (guint32) (i / 1000));
      test_put_u32 (file, FALSE, (guint32) (i % 1000));
      test_put_u32 (file, FALSE, CAPTURED_BYTES);
      test_put_u32 (file, FALSE, CAPTURED_BYTES + 7);
      put_payload (file, i, CAPTURED_BYTES);
    }
  return file;
}

/* Three sections of both byte orders, with a link type of its own each. */
static GByteArray *
make_pcapng (void)
{
  GByteArray *file = g_byte_array_new ();

  for (guint section = 0; section < 3; section++)
    {
      test_put_section (file, section == 1);
      test_put_interface (file, section == 1, section == 1 ? 101 : TEST_LINK_TYPE_ETHERNET, 0);
      for (guint i = 0; i < N_RECORDS / 3; i++)
        test_put_packet (file, section == 1, 0, section * N_RECORDS + i, CAPTURED_BYTES + i % 100,
                         (guint8) i);
    }
  return file;
}

typedef void (*PackFunc) (GByteArray *packed, const guint8 *bytes, gsize n_bytes);

static void
pack_gzip (GByteArray *packed, const guint8 *bytes, gsize n_bytes)
{
  z_stream stream = { 0 };
  gsize start = packed->len;

  g_assert_cmpint (deflateInit2 (&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_byte_array_set_size (packed, (guint) (start + deflateBound (&stream, n_bytes)));
  stream.next_in = (Bytef *) bytes;
  stream.avail_in = (uInt) n_bytes;
  stream.next_out = packed->data + start;
  stream.avail_out = (uInt) (packed->len - start);
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, (guint) (start + stream.total_out));
  deflateEnd (&stream);
}

static void
pack_zstd (GByteArray *packed, const guint8 *bytes, gsize n_bytes)
{
  gsize start = packed->len;
  gsize n;

  g_byte_array_set_size (packed, (guint) (start + ZSTD_compressBound (n_bytes)));
  n = ZSTD_compress (packed->data + start, packed->len - start, bytes, n_bytes, 1);
  g_assert_false (ZSTD_isError (n));
  g_byte_array_set_size (packed, (guint) (start + n));
}

static void
pack_lz4 (GByteArray *packed, const guint8 *bytes, gsize n_bytes)
{
  gsize start = packed->len;
  gsize n;

  g_byte_array_set_size (packed, (guint) (start + LZ4F_compressFrameBound (n_bytes, NULL)));
  n = LZ4F_compressFrame (packed->data + start, packed->len - start, bytes, n_bytes, NULL);
  g_assert_false (LZ4F_isError (n));
  g_byte_array_set_size (packed, (guint) (start + n));
}

/* @bytes in pieces of @piece, one packed behind the other. (transfer full) */
static GByteArray *
pack (const GByteArray *bytes, PackFunc func, gsize piece)
{
  GByteArray *packed = g_byte_array_new ();

  for (gsize at = 0; at < bytes->len; at += piece)
    func (packed, bytes->data + at, MIN (piece, bytes->len - at));
  return packed;
}

static char *
write_file (const char *name, const GByteArray *bytes)
{
  return test_folder_write (folder, name, bytes->data, bytes->len);
}

static LensCapture *
load (const char *path, const LensLoadOptions *options)
{
  g_autoptr (GError) error = NULL;
  LensCapture *capture = lens_loader_load ((const char *const[]){ path, NULL }, options, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (lens_capture_get_damage (capture));
  return capture;
}

static void
assert_same_packet (LensPacketReader *reader, LensPacketReader *expected, gsize row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketBytes) packet = lens_packet_reader_read (reader, row, NULL, &error);
  g_autoptr (LensPacketBytes) as_file = lens_packet_reader_read (expected, row, NULL, NULL);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (packet->bytes, as_file->bytes));
  g_assert_cmpuint (packet->wire_bytes, ==, as_file->wire_bytes);
  g_assert_cmpuint (packet->link_type, ==, as_file->link_type);
}

/* Here and there, a step back and one on. */
static void
assert_same_packets (LensCapture *capture, LensCapture *expected, guint n_reads)
{
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  g_autoptr (LensPacketReader) expected_reader = lens_packet_reader_new (expected);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gsize n = lens_capture_get_n_packets (expected);

  g_assert_cmpuint (lens_capture_get_n_packets (capture), ==, n);
  assert_same_packet (reader, expected_reader, n - 1);
  assert_same_packet (reader, expected_reader, 0);
  for (guint i = 0; i < n_reads; i++)
    {
      gsize row = (gsize) g_rand_int_range (rand, 1, (gint32) n - 1);

      assert_same_packet (reader, expected_reader, row);
      assert_same_packet (reader, expected_reader, row - 1);
      assert_same_packet (reader, expected_reader, row + 1);
    }
}

typedef struct
{
  LensPacketBytes *packet;
  GError *error;
  gboolean is_done;
  guint64 first_position; /* of those that were reported */
  double fraction;        /* the last one */
  guint n_reports;
  GCancellable *cancellable; /* (nullable): cancelled with the first report that is not at the beginning */
} Way;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;

  way->packet = lens_packet_reader_read_finish (result, &way->error);
  way->is_done = TRUE;
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  Way *way = user_data;

  g_assert_cmpfloat (report->fraction, >=, way->fraction);
  g_assert_cmpfloat (report->fraction, <=, 1.0);
  if (way->n_reports++ == 0)
    way->first_position = report->bytes;
  way->fraction = report->fraction;
  if (way->cancellable != NULL && report->fraction > 0.0)
    g_cancellable_cancel (way->cancellable);
}

static void
go (LensPacketReader *reader, gsize row, Way *way)
{
  g_autoptr (LensProgress) progress = lens_progress_new (progress_cb, way, NULL);

  lens_packet_reader_read_async (reader, row, progress, way->cancellable, read_cb, way);
  while (!way->is_done)
    g_main_context_iteration (NULL, TRUE);
  lens_progress_stop (progress);
}

/* (transfer full) */
static LensCaptureReader *
open_at (const char *path, LensCapture *capture, gsize row)
{
  const LensCaptureFile *file = lens_capture_get_file (capture, 0);
  const LensReaderOptions options
      = { .max_unpacked_bytes = G_MAXUINT64, .index = file->index, .seeks = TRUE };
  LensCaptureReader *reader = file->kept != NULL
                                  ? lens_capture_reader_open_kept (file->kept, path, &options, NULL)
                                  : lens_capture_reader_open (path, &options, NULL);

  g_assert_true (lens_capture_reader_seek (
      reader, file->info, lens_packet_table_get_file_offset (lens_capture_get_table (capture), row)));
  return reader;
}

/* A packet is come to from the place before it, wherever it is. */
static void
assert_ways_are_short (const char *path, LensCapture *capture)
{
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  gsize n = lens_capture_get_n_packets (capture);
  gsize rows[] = { n - 1, 0, n / 2, n - 1, n / 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 offset = lens_packet_table_get_file_offset (lens_capture_get_table (capture), rows[i]);
      g_autoptr (LensCaptureReader) direct = open_at (path, capture, rows[i]);
      Way way = { 0 };

      g_assert_cmpuint (lens_capture_reader_get_unpacked_position (direct), <=, MAX (offset, MARGIN_BYTES));
      g_assert_cmpuint (lens_capture_reader_get_unpacked_position (direct) + LENS_PACKED_INDEX_MIN_BYTES
                            + MARGIN_BYTES,
                        >, offset);
      go (reader, rows[i], &way);
      g_assert_no_error (way.error);
      /* A short way is often gone before anything of it is said. */
      if (way.n_reports > 0)
        g_assert_cmpuint (way.first_position + LENS_PACKED_INDEX_MIN_BYTES + MARGIN_BYTES, >, offset);
      lens_packet_bytes_free (way.packet);
    }
}

static void
check_packed (const char *name, const GByteArray *bytes, PackFunc func, gsize piece, guint n_places)
{
  const LensLoadOptions options = { .keeps_places = TRUE };
  g_autoptr (GByteArray) packed = pack (bytes, func, piece);
  g_autofree char *path = write_file ("plain", bytes);
  g_autofree char *packed_path = write_file (name, packed);
  g_autoptr (LensCapture) expected = load (path, NULL);
  g_autoptr (LensCapture) capture = load (packed_path, &options);
  g_autoptr (LensCapture) without = load (packed_path, NULL);

  g_test_message ("%s: %u bytes in %u", name, bytes->len, packed->len);
  g_assert_cmpuint (lens_packed_index_get_n_places (lens_capture_get_file (capture, 0)->index), ==, n_places);
  assert_same_packets (capture, expected, n_places > 1 ? N_RANDOM_READS : 2);
  if (n_places > 1)
    assert_ways_are_short (packed_path, capture);
  g_assert_null (lens_capture_get_file (without, 0)->index);
  assert_same_packets (without, expected, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (packed_path), ==, 0);
}

static void
test_gzip (void)
{
  g_autoptr (GByteArray) pcap = make_pcap ();
  g_autoptr (GByteArray) pcapng = make_pcapng ();

  check_packed ("one.gz", pcap, pack_gzip, G_MAXUINT32, 2);
  check_packed ("many.gz", pcap, pack_gzip, 777777, 2);
  check_packed ("sections.gz", pcapng, pack_gzip, G_MAXUINT32, 2);
}

/* Where a frame ends; in one alone that is the end of the file, and it is the long way. */
static void
test_frames (void)
{
  g_autoptr (GByteArray) pcap = make_pcap ();

  check_packed ("many.zst", pcap, pack_zstd, 3 * MIB, 2);
  check_packed ("many.lz4", pcap, pack_lz4, 3 * MIB, 2);
  check_packed ("one.zst", pcap, pack_zstd, G_MAXUINT32, 1);
  check_packed ("one.lz4", pcap, pack_lz4, G_MAXUINT32, 1);
}

/* Whoever waits for a packet can think of something else every few milliseconds. */
static void
assert_comes_up_for_air (const char *path, LensCapture *capture, gsize row)
{
  g_autoptr (LensCaptureReader) reader = open_at (path, capture, row);
  guint64 offset = lens_packet_table_get_file_offset (lens_capture_get_table (capture), row);
  guint64 position = lens_capture_reader_get_unpacked_position (reader);
  LensReadStatus status;
  LensRecord record;
  guint n_waits = 0;

  while ((status = lens_capture_reader_next (reader, &record, NULL)) == LENS_READ_WAIT)
    {
      n_waits++;
      g_assert_cmpuint (lens_capture_reader_get_unpacked_position (reader) - position, <=, MIB);
      position = lens_capture_reader_get_unpacked_position (reader);
    }
  g_assert_cmpint (status, ==, LENS_READ_RECORD);
  g_assert_cmpuint (record.file_offset, ==, offset);
  g_assert_cmpuint (n_waits, >=, 14);
}

/* Half way to a packet another one is wanted; the reader is as good as before. */
static void
test_cancelling (void)
{
  static const struct
  {
    PackFunc func;
    gboolean keeps_places;
  } kinds[] = { { pack_gzip, TRUE }, { pack_zstd, TRUE }, { pack_gzip, FALSE } };
  g_autoptr (GByteArray) pcap = make_pcap ();
  g_autofree char *path = write_file ("plain", pcap);
  g_autoptr (LensCapture) expected = load (path, NULL);
  g_autoptr (LensPacketReader) expected_reader = lens_packet_reader_new (expected);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const LensLoadOptions options = { .keeps_places = kinds[i].keeps_places };
      g_autoptr (GByteArray) packed = pack (pcap, kinds[i].func, G_MAXUINT32);
      g_autofree char *packed_path = write_file ("packed", packed);
      g_autoptr (LensCapture) capture = load (packed_path, &options);
      g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
      Way way = { .cancellable = g_cancellable_new () };
      /* 15 MiB behind a place. */
      gsize row = 31 * MIB / (CAPTURED_BYTES + 16);

      assert_same_packet (reader, expected_reader, 100);
      go (reader, row, &way);
      g_assert_error (way.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_same_packet (reader, expected_reader, 101);
      g_clear_error (&way.error);
      if (kinds[i].keeps_places)
        assert_comes_up_for_air (packed_path, capture, row);
      g_object_unref (way.cancellable);
      assert_same_packet (reader, expected_reader, row + 1);
      assert_same_packet (reader, expected_reader, row - 5000);
      assert_same_packet (reader, expected_reader, N_RECORDS - 1);
      g_assert_cmpint (g_unlink (packed_path), ==, 0);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Another file of that name, packed, plain, or cut: no packet of it is taken for one that was there. */
static void
test_changed (void)
{
  const LensLoadOptions options = { .keeps_places = TRUE };
  g_autoptr (GByteArray) pcap = make_pcap ();
  g_autoptr (GByteArray) packed = pack (pcap, pack_gzip, G_MAXUINT32);
  g_autofree char *path = write_file ("packed", packed);
  g_autoptr (LensCapture) capture = load (path, &options);
  g_autoptr (GByteArray) other = make_pcapng ();
  g_autoptr (GByteArray) other_packed = pack (other, pack_gzip, G_MAXUINT32);
  g_autoptr (GByteArray) cut = g_byte_array_new ();
  const GByteArray *others[] = { other_packed, pack (other, pack_zstd, G_MAXUINT32), other, cut };

  g_byte_array_append (cut, packed->data, packed->len / 4);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
      gsize rows[] = { N_RECORDS - 1, N_RECORDS / 2 };

      g_free (write_file ("packed", others[i]));
      for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (lens_packet_reader_read (reader, rows[r], NULL, &error));
          g_test_message ("%s", error->message);
          g_assert_error (error, LENS_ERROR, LENS_ERROR_READ);
        }
    }
  g_byte_array_unref ((GByteArray *) others[1]);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

typedef struct
{
  const char *path;
  const GByteArray *bytes;
} Writer;

static gpointer
write_worker (gpointer data)
{
  const Writer *writer = data;
  int fd = open (writer->path, O_WRONLY | O_CLOEXEC);

  for (gsize at = 0; at < writer->bytes->len;)
    {
      gssize n = write (fd, writer->bytes->data + at, writer->bytes->len - at);

      g_assert_cmpint (n, >, 0);
      at += (gsize) n;
    }
  close (fd);
  return NULL;
}

/* What came through a pipe and was kept is read by its places as well. */
static void
test_pipe (void)
{
  const LensLoadOptions options = { .keeps_pipes = TRUE, .keeps_places = TRUE };
  g_autoptr (GByteArray) pcap = make_pcap ();
  g_autoptr (GByteArray) packed = pack (pcap, pack_gzip, G_MAXUINT32);
  g_autofree char *path = write_file ("plain", pcap);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe", NULL);
  g_autoptr (LensCapture) expected = load (path, NULL);
  g_autoptr (LensCapture) capture = NULL;
  Writer writer = { pipe_path, packed };
  GThread *thread;

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  thread = g_thread_new ("writer", write_worker, &writer);
  capture = load (pipe_path, &options);
  g_thread_join (thread);
  g_assert_cmpuint (lens_packed_index_get_n_places (lens_capture_get_file (capture, 0)->index), ==, 2);
  assert_same_packets (capture, expected, N_RANDOM_READS);
  assert_ways_are_short (pipe_path, capture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (pipe_path), ==, 0);
}

static guint n_states;

static gpointer
count_new (void)
{
  n_states++;
  return g_new0 (char, 1);
}

static gpointer
count_copy (gconstpointer state)
{
  return count_new ();
}

static void
count_free (gpointer state)
{
  n_states--;
  g_free (state);
}

/* Of a capture without end: no more than so many, all over it. */
static void
test_number_of_places (void)
{
  static const LensPacking packing
      = { .state_new = count_new, .state_free = count_free, .state_copy = count_copy };
  LensPackedIndex *index = lens_packed_index_new (LENS_PACKED_INDEX_MIN_BYTES);
  guint64 widest = 0;

  g_assert_cmpuint (lens_packed_index_find (index, G_MAXUINT64).unpacked_offset, ==, 0);
  for (guint64 offset = 0; offset < 3000 * LENS_PACKED_INDEX_MIN_BYTES;
       offset += LENS_PACKED_INDEX_MIN_BYTES / 4)
    {
      const LensPackedPlace place = { offset / 3, offset };

      if (lens_packed_index_wants (index, offset))
        lens_packed_index_add (index, &packing, &place, count_new ());
      g_assert_cmpuint (lens_packed_index_get_n_places (index), <=, LENS_PACKED_INDEX_MAX_PLACES);
      g_assert_cmpuint (n_states, ==, lens_packed_index_get_n_places (index));
    }
  g_assert_cmpuint (lens_packed_index_get_n_places (index), >, LENS_PACKED_INDEX_MAX_PLACES / 3);
  for (guint64 offset = 0; offset < 3000 * LENS_PACKED_INDEX_MIN_BYTES; offset += MIB * 5)
    {
      LensPackedPlace place = lens_packed_index_find (index, offset);
      LensPackedPlace copied = place;

      g_assert_cmpuint (place.unpacked_offset, <=, offset);
      g_assert_cmpuint (place.packed_offset, ==, place.unpacked_offset / 3);
      widest = MAX (widest, offset - place.unpacked_offset);
      count_free (lens_packed_index_copy_state (index, &packing, &copied));
      g_assert_cmpuint (copied.unpacked_offset, ==, place.unpacked_offset);
    }
  g_assert_cmpuint (widest, <=, 3000 * LENS_PACKED_INDEX_MIN_BYTES / LENS_PACKED_INDEX_MAX_PLACES * 3);
  lens_packed_index_unref (index);
  g_assert_cmpuint (n_states, ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lens-packed-XXXXXX", NULL);
  g_test_add_func ("/packed-index/gzip", test_gzip);
  g_test_add_func ("/packed-index/frames", test_frames);
  g_test_add_func ("/packed-index/cancelling", test_cancelling);
  g_test_add_func ("/packed-index/changed", test_changed);
  g_test_add_func ("/packed-index/pipe", test_pipe);
  g_test_add_func ("/packed-index/number-of-places", test_number_of_places);
  status = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return status;
}
