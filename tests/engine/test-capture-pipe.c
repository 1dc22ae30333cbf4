/* Captures that come while they are read, and files that change or fail under the reader. */
#include "lens-error.h"
#include "lens-file-source.h"
#include "lens-input.h"
#include "lens-memory-source.h"
#include "test-capture-bytes.h"
#include "test-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>
#include <zlib.h>

/* A wait is 0.2 s; a busy machine may wake us later. */
#define LONGEST_WAIT_US (2 * G_USEC_PER_SEC)

static char *folder;

static GByteArray *
write_pcap (guint32 n_records)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, 1);
  for (guint32 i = 0; i < n_records; i++)
    test_put_pcap_record (file, FALSE, i, 0, 100, 100, 0, (guint8) (0x90 + i));
  return file;
}

static LensReadStatus
next_in_time (LensCaptureReader *reader, LensRecord *record, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  LensReadStatus status = lens_capture_reader_next (reader, record, error);

  g_assert_cmpint (g_get_monotonic_time () - start_us, <, LONGEST_WAIT_US);
  return status;
}

static void
write_all (int fd, gconstpointer bytes, gsize n_bytes)
{
  g_assert_cmpint (write (fd, bytes, n_bytes), ==, (gssize) n_bytes);
}

/* Opening does not wait for a writer; what has come is given out at once; the last writer's end is the file's. */
static void
test_fifo (void)
{
  g_autofree char *path = g_build_filename (folder, "live.fifo", NULL);
  g_autoptr (GByteArray) file = write_pcap (2);
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  LensRecord record;
  int fd;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  reader = lens_capture_reader_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lens_capture_reader_get_size (reader), ==, 0);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_WAIT);

  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_WAIT);
  write_all (fd, file->data, 10); /* in the file header */
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_WAIT);
  write_all (fd, file->data + 10, 24 + 116 - 10);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_RECORD);
  g_assert_cmphex (record.bytes[99], ==, 0x90);
  write_all (fd, file->data + 140, 50);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_WAIT);
  write_all (fd, file->data + 190, 66);
  close (fd);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_RECORD);
  g_assert_cmphex (record.bytes[0], ==, 0x91);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_END);
  g_assert_cmpuint (lens_capture_reader_get_position (reader), ==, file->len);
  g_unlink (path);
}

/* What opening says of files, a pipe says later: with the same code and text. */
static void
test_fifo_of_no_capture (void)
{
  g_autofree char *path = g_build_filename (folder, "note.fifo", NULL);
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  LensRecord record;
  int fd;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  reader = lens_capture_reader_open (path, NULL, &error);
  g_assert_no_error (error);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  write_all (fd, "Dear Sir", 8);
  close (fd);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_DAMAGED);
  g_assert_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE);
  g_assert_cmpstr (
      error->message, ==,
      "“note.fifo” is not a packet capture: it does not begin as a pcap or pcapng file does. Choose another "
      "file.");
  g_assert_cmpint (next_in_time (reader, &record, NULL), ==, LENS_READ_END);
  g_unlink (path);
}

/* A packed stream that was flushed shows its packets before it ends. */
static void
test_packed_fifo (void)
{
  g_autofree char *path = g_build_filename (folder, "packed.fifo", NULL);
  g_autoptr (GByteArray) file = write_pcap (2);
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  z_stream stream = { 0 };
  guint8 packed[1024];
  LensRecord record;
  int fd;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  reader = lens_capture_reader_open (path, NULL, &error);
  g_assert_no_error (error);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (deflateInit2 (&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  stream.next_out = packed;
  stream.avail_out = sizeof packed;
  stream.next_in = file->data;
  stream.avail_in = 140;
  g_assert_cmpint (deflate (&stream, Z_SYNC_FLUSH), ==, Z_OK);
  write_all (fd, packed, stream.total_out);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_RECORD);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_WAIT);
  deflateEnd (&stream);
  close (fd);
  g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_DAMAGED);
  g_assert_cmpstr (
      error->message, ==,
      "“packed.fifo” could not be read from packet 2 on: its gzip data end too early. The first packet is "
      "shown.");
  g_unlink (path);
}

static void
ignore_signal (int number)
{
}

/* Signals only shorten a wait. */
static void
test_signals (void)
{
  struct sigaction action = { .sa_handler = ignore_signal };
  struct sigaction before;
  struct itimerval every = { .it_interval = { .tv_usec = 1000 }, .it_value = { .tv_usec = 1000 } };
  struct itimerval never = { 0 };
  g_autofree char *path = g_build_filename (folder, "signals.fifo", NULL);
  g_autoptr (GByteArray) file = write_pcap (1);
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  LensRecord record;
  LensReadStatus status = LENS_READ_WAIT;
  int fd;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  reader = lens_capture_reader_open (path, NULL, &error);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  sigaction (SIGALRM, &action, &before);
  setitimer (ITIMER_REAL, &every, NULL);
  for (gsize i = 0; i < 20; i++)
    g_assert_cmpint (next_in_time (reader, &record, &error), ==, LENS_READ_WAIT);
  write_all (fd, file->data, file->len);
  while (status == LENS_READ_WAIT)
    status = next_in_time (reader, &record, &error);
  setitimer (ITIMER_REAL, &never, NULL);
  sigaction (SIGALRM, &before, NULL);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, LENS_READ_RECORD);
  close (fd);
  g_unlink (path);
}

/* More than the reader takes from the file at once, so that it is read while it changes. */
#define N_LARGE 40000

static LensReadStatus
read_on (LensCaptureReader *reader, guint64 *n_records, GError **error)
{
  LensReadStatus status;
  LensRecord record;

  while ((status = lens_capture_reader_next (reader, &record, error)) == LENS_READ_RECORD)
    *n_records += 1;
  return status;
}

static LensCaptureReader *
open_large (const char *path)
{
  g_autoptr (GByteArray) file = write_pcap (N_LARGE);
  g_autoptr (GError) error = NULL;
  LensCaptureReader *reader;

  g_file_set_contents (path, (const char *) file->data, file->len, &error);
  g_assert_no_error (error);
  reader = lens_capture_reader_open (path, NULL, &error);
  g_assert_no_error (error);
  return reader;
}

static void
test_shrinks (void)
{
  /* In the middle of a packet, and between two. */
  static const gsize lengths[] = { 24 + 20000 * 116 + 50, 24 + 20000 * 116 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *path = g_build_filename (folder, "shrinks.pcap", NULL);
      g_autoptr (LensCaptureReader) reader = open_large (path);
      g_autoptr (GError) error = NULL;
      guint64 n_records = 0;

      g_assert_cmpint (truncate (path, (off_t) lengths[i]), ==, 0);
      g_assert_cmpint (read_on (reader, &n_records, &error), ==, LENS_READ_DAMAGED);
      g_assert_error (error, LENS_ERROR, LENS_ERROR_READ);
      g_assert_cmpuint (n_records, ==, 20000);
      g_assert_cmpstr (
          error->message, ==,
          "“shrinks.pcap” could not be read from packet 20,001 on: it became shorter while it was read. The "
          "first 20,000 packets are shown.");
    }
}

static void
test_grows (void)
{
  g_autofree char *path = g_build_filename (folder, "grows.pcap", NULL);
  g_autoptr (LensCaptureReader) reader = open_large (path);
  g_autoptr (GByteArray) more = write_pcap (3);
  g_autoptr (GError) error = NULL;
  guint64 n_records = 0;
  int fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);

  write_all (fd, more->data + 24, 116 + 50);
  close (fd);
  g_assert_cmpint (read_on (reader, &n_records, &error), ==, LENS_READ_DAMAGED);
  g_assert_cmpuint (n_records, ==, N_LARGE + 1);
  g_assert_cmpstr (
      error->message, ==,
      "“grows.pcap” was still being written while it was read: packet 40,002 is not whole. The first 40,001 "
      "packets are shown. Open it again later to see the rest.");
}

/* What the system says when reading fails, with the packet where it did. */
static void
test_read_fails (void)
{
  g_autoptr (GByteArray) file = write_pcap (2);
  const char *why = g_strerror (EIO);

  for (guint length = 0; length <= file->len; length++)
    {
      guint n_whole = length < 24 + 116 ? 0 : length < 24 + 232 ? 1 : 2;
      LensByteSource *source = test_source_new (file->data, length, 5, FALSE, why);
      g_autofree char *says = test_transcript (source, "a.pcap", 0);
      g_autofree char *expected = NULL;

      if (length < 4)
        expected = g_strdup_printf ("damaged: “a.pcap” could not be opened: %s. Choose another file.\n", why);
      else
        expected = g_strdup_printf ("damaged: “a.pcap” could not be read from packet %u on: %s. %s\n",
                                    n_whole + 1, why,
                                    n_whole == 0   ? "There is nothing before it to show."
                                    : n_whole == 1 ? "The first packet is shown."
                                                   : "The first 2 packets are shown.");
      g_assert_true (g_str_has_suffix (says, expected));
    }
}

static void
test_file_source (void)
{
  g_autofree char *path = g_build_filename (folder, "bytes", NULL);
  g_autoptr (LensByteSource) source = NULL;
  g_autoptr (GError) error = NULL;
  guint8 buffer[16];
  gsize n_read = 0;

  g_assert_null (lens_file_source_new (folder));
  g_assert_cmpint (errno, ==, EISDIR);
  g_assert_null (lens_file_source_new (path));
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_true (g_file_set_contents (path, "abc", 3, NULL));
  source = lens_file_source_new (path);
  g_assert_nonnull (source);
  g_assert_false (source->may_wait);
  g_assert_cmpuint (source->size, ==, 3);
  g_assert_cmpint (lens_byte_source_read (source, buffer, 2, &n_read, &error), ==, LENS_SOURCE_BYTES);
  g_assert_cmpmem (buffer, n_read, "ab", 2);
  g_assert_cmpint (lens_byte_source_read (source, buffer, 2, &n_read, &error), ==, LENS_SOURCE_BYTES);
  g_assert_cmpmem (buffer, n_read, "c", 1);
  g_assert_cmpuint (source->position, ==, 3);
  g_assert_cmpint (lens_byte_source_read (source, buffer, 2, &n_read, &error), ==, LENS_SOURCE_END);
  g_assert_no_error (error);
}

/* The window: what was peeked at is all there at one piece, however long, and an end stays one. */
static void
test_input (void)
{
  const gsize n_bytes = (5 << 20) + 3;
  g_autofree guint8 *data = g_malloc (n_bytes);
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (LensByteSource) source = NULL;
  const guint8 *bytes;
  LensInput input;

  for (gsize i = 0; i < n_bytes; i++)
    data[i] = (guint8) (i * 2654435761u >> 13);
  lens_input_init (&input, test_source_new (data, n_bytes, 100003, FALSE, NULL));
  bytes = lens_input_peek (&input, 1000);
  g_assert_cmpmem (bytes, 1000, data, 1000);
  lens_input_skip (&input, 777);
  g_assert_cmpuint (lens_input_get_offset (&input), ==, 777);
  bytes = lens_input_peek (&input, n_bytes - 777);
  g_assert_cmpmem (bytes, n_bytes - 777, data + 777, n_bytes - 777);
  g_assert_null (lens_input_peek (&input, n_bytes));
  g_assert_cmpint (input.status, ==, LENS_SOURCE_END);
  g_assert_cmpuint (lens_input_get_n_ready (&input), ==, n_bytes - 777);
  lens_input_skip (&input, n_bytes - 777 - 5);
  source = lens_input_steal_source (&input, &rest);
  g_assert_cmpmem (g_bytes_get_data (rest, NULL), g_bytes_get_size (rest), data + n_bytes - 5, 5);
  lens_input_clear (&input);
}

/* A name that tries to be more than one is made safe. */
static void
test_name_is_safe (void)
{
  g_autofree char *says = test_transcript (test_source_new ("x", 1, 1, FALSE, NULL), "a\033[2J\n.pcap", 0);

  g_assert_nonnull (strstr (says, "“a␛[2J␊.pcap”"));
}

int
main (int argc, char **argv)
{
  int result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("packetlens-test-pipe-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/capture-pipe/fifo", test_fifo);
  g_test_add_func ("/capture-pipe/fifo-of-no-capture", test_fifo_of_no_capture);
  g_test_add_func ("/capture-pipe/packed-fifo", test_packed_fifo);
  g_test_add_func ("/capture-pipe/signals", test_signals);
  g_test_add_func ("/capture-pipe/shrinks", test_shrinks);
  g_test_add_func ("/capture-pipe/grows", test_grows);
  g_test_add_func ("/capture-pipe/read-fails", test_read_fails);
  g_test_add_func ("/capture-pipe/file-source", test_file_source);
  g_test_add_func ("/capture-pipe/input", test_input);
  g_test_add_func ("/capture-pipe/name-is-safe", test_name_is_safe);
  result = g_test_run ();
  test_folder_remove (folder);
  return result;
}
