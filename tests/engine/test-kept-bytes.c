/* What came through a pipe, or from a file as standard input, read again: packets, expressions, while it grows, and where there is no
 * room to keep it. */
#include "lens-bpf-pass.h"
#include "lens-capture-pass.h"
#include "lens-error.h"
#include "lens-kept-bytes.h"
#include "lens-loader.h"
#include "lens-packet-reader.h"
#include "lens-row-sets.h"
#include "test-capture-bytes.h"
#include "test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_THREADS 4
#define N_RANDOM_READS 300

/* Of the largest file, where the disk is full: some packets of ring.pcap, and not all. */
#define FULL_AT_BYTES 100000

static char *folder; /* of the files */
static char *room;   /* where what comes through pipes is kept */

static GByteArray *
make_pcapng (void)
{
  GByteArray *file = g_byte_array_new ();

  for (guint section = 0; section < 3; section++)
    {
      test_put_section (file, section == 1);
      test_put_interface (file, section == 1, 1, 0);
      for (guint i = 0; i < 100; i++)
        test_put_packet (file, section == 1, 0, section * 1000 + i, 20 + i, (guint8) (section * 100 + i));
    }
  return file;
}

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static char *
write_file (const char *name, const GByteArray *bytes)
{
  return test_folder_write (folder, name, bytes->data, bytes->len);
}

static void
write_all (int fd, const guint8 *bytes, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      gssize n = write (fd, bytes, n_bytes);

      g_assert_cmpint (n, >, 0);
      bytes += n;
      n_bytes -= (gsize) n;
    }
}

typedef struct
{
  char *path;
  const GByteArray *bytes;
} Writer;

static gpointer
write_worker (gpointer data)
{
  const Writer *writer = data;
  int fd = open (writer->path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  write_all (fd, writer->bytes->data, writer->bytes->len);
  close (fd);
  return NULL;
}

static LensCapture *
load (const char *path, gboolean keeps_pipes)
{
  LensLoadOptions options = { .keeps_pipes = keeps_pipes };
  g_autoptr (GError) error = NULL;
  LensCapture *capture = lens_loader_load ((const char *const[]){ path, NULL }, &options, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (lens_capture_get_damage (capture));
  return capture;
}

/* Of a FIFO that gives @bytes, and is gone when this returns. */
static LensCapture *
load_pipe (const GByteArray *bytes, gboolean keeps_pipes)
{
  g_autofree char *path = path_of ("pipe");
  Writer writer = { path, bytes };
  GThread *thread;
  LensCapture *capture;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  thread = g_thread_new ("writer", write_worker, &writer);
  capture = load (path, keeps_pipes);
  g_thread_join (thread);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return capture;
}

static void
assert_same_packet (LensPacketReader *reader, LensPacketReader *expected, gsize row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketBytes) packet = lens_packet_reader_read (reader, row, NULL, &error);
  g_autoptr (LensPacketBytes) as_file = lens_packet_reader_read (expected, row, NULL, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (as_file);
  g_assert_true (g_bytes_equal (packet->bytes, as_file->bytes));
  g_assert_cmpuint (packet->wire_bytes, ==, as_file->wire_bytes);
  g_assert_cmpuint (packet->link_type, ==, as_file->link_type);
}

/* Each of @n packets, backwards and from the front; a compressed file is unpacked from its beginning for each step back. */
static void
assert_same_packets (LensCapture *capture, LensCapture *expected, gsize n, gsize n_back)
{
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  g_autoptr (LensPacketReader) expected_reader = lens_packet_reader_new (expected);

  for (gsize i = 0; i < n_back; i++)
    assert_same_packet (reader, expected_reader, n - 1 - i);
  for (gsize row = 0; row < n; row++)
    assert_same_packet (reader, expected_reader, row);
}

static void
assert_same_expression (LensCapture *capture, LensCapture *expected, const char *expression)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensRowSet) rows = lens_bpf_pass_run (capture, expression, NULL, NULL, &error);
  g_autoptr (LensRowSet) expected_rows = lens_bpf_pass_run (expected, expression, NULL, NULL, NULL);
  gsize n_found = 0;

  g_assert_no_error (error);
  g_assert_nonnull (expected_rows);
  g_assert_cmpuint (rows->n_rows, ==, expected_rows->n_rows);
  for (gsize row = 0; row < rows->n_rows; row++)
    {
      g_assert_cmpint (lens_row_set_has (rows, row), ==, lens_row_set_has (expected_rows, row));
      n_found += lens_row_set_has (rows, row) ? 1 : 0;
    }
  g_assert_cmpuint (n_found, >, 0);
  g_assert_cmpuint (n_found, <, rows->n_rows);
}

static void
check_pipe (const char *name, const GByteArray *bytes, const char *expression, gsize n_back)
{
  g_autofree char *path = write_file (name, bytes);
  g_autoptr (LensCapture) expected = load (path, FALSE);
  g_autoptr (LensCapture) capture = load_pipe (bytes, TRUE);
  const LensCaptureFile *file = lens_capture_get_file (capture, 0);

  g_assert_cmpuint (lens_capture_get_n_packets (capture), ==, lens_capture_get_n_packets (expected));
  g_assert_cmpuint (lens_kept_bytes_get_n_bytes (file->kept), ==, bytes->len);
  g_assert_null (lens_capture_get_unkept (capture));
  test_folder_assert_empty (room);
  assert_same_packets (capture, expected, lens_capture_get_n_packets (expected), n_back);
  assert_same_expression (capture, expected, expression);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_pcap (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();

  check_pipe ("ring.pcap", ring, "tcp", 2000);
}

static void
test_pcapng (void)
{
  g_autoptr (GByteArray) file = make_pcapng ();

  check_pipe ("sections.pcapng", file, "ether[0] > 120", 300);
}

static void
test_gzip (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (GByteArray) packed = test_pack (ring);

  check_pipe ("ring.pcap.gz", packed, "udp port 53", 5);
}

static void
assert_fails (LensCapture *capture, gsize row, int code, const char *text)
{
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  g_autoptr (GError) of_packet = NULL;
  g_autoptr (GError) of_expression = NULL;

  g_assert_null (lens_packet_reader_read (reader, row, NULL, &of_packet));
  g_assert_error (of_packet, LENS_ERROR, code);
  g_assert_nonnull (strstr (of_packet->message, text));
  g_assert_null (lens_bpf_pass_run (capture, "tcp", NULL, NULL, &of_expression));
  g_assert_error (of_expression, LENS_ERROR, code);
  g_assert_nonnull (strstr (of_expression->message, text));
}

static void
test_not_asked_for (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (LensCapture) capture = load_pipe (ring, FALSE);
  g_autofree char *path = path_of ("pipe");

  g_assert_null (lens_capture_get_file (capture, 0)->kept);
  g_assert_null (lens_capture_get_unkept (capture));
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_fails (capture, 0, LENS_ERROR_UNSUPPORTED,
                "“pipe” came through a pipe and can’t be read a second time");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
limit_files (rlim_t n_bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = n_bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* All is read and counted; what was kept can be read again, and of the rest it is said. */
static void
check_full_disk (const char *name, const GByteArray *bytes)
{
  g_autofree char *path = write_file (name, bytes);
  g_autoptr (LensCapture) expected = load (path, FALSE);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensPacketReader) reader = NULL;
  g_autoptr (LensPacketReader) expected_reader = lens_packet_reader_new (expected);
  gsize n = lens_capture_get_n_packets (expected);

  limit_files (FULL_AT_BYTES);
  capture = load_pipe (bytes, TRUE);
  limit_files (RLIM_INFINITY);
  reader = lens_packet_reader_new (capture);
  g_assert_cmpuint (lens_capture_get_n_packets (capture), ==, n);
  g_assert_cmpuint (lens_kept_bytes_get_n_bytes (lens_capture_get_file (capture, 0)->kept), ==,
                    FULL_AT_BYTES);
  g_assert_nonnull (
      strstr (lens_capture_get_unkept (capture), "Only the first 100 kB of “pipe” could be kept"));
  g_assert_nonnull (strstr (lens_capture_get_unkept (capture), room));
  g_assert_nonnull (strstr (lens_capture_get_unkept (capture), "File too large"));
  assert_same_packet (reader, expected_reader, 0);
  assert_same_packet (reader, expected_reader, 300);
  assert_fails (capture, n - 1, LENS_ERROR_LIMIT, "“pipe” could be kept to be read again");
  assert_same_packet (reader, expected_reader, 100);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_full_disk (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (GByteArray) packed = test_pack (ring);

  check_full_disk ("ring.pcap", ring);
  check_full_disk ("ring.pcap.gz", packed);
}

static void
test_no_folder (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (LensCapture) capture = NULL;

  g_assert_cmpint (g_rmdir (room), ==, 0);
  capture = load_pipe (ring, TRUE);
  g_assert_cmpint (g_mkdir (room, 0700), ==, 0);
  g_assert_nonnull (strstr (lens_capture_get_unkept (capture), room));
  g_assert_nonnull (strstr (lens_capture_get_unkept (capture), "No such file or directory"));
  assert_fails (capture, 0, LENS_ERROR_LIMIT, "Only the first 0 bytes of “pipe” could be kept");
}

/* Reads packets by chance from one capture with others. */
static gpointer
read_worker (gpointer data)
{
  LensCapture *capture = data;
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (lens_capture_get_table (capture));
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < N_RANDOM_READS; i++)
    {
      gsize row = (gsize) g_rand_int_range (rand, 0, (gint32) columns.n_packets);
      g_autoptr (LensPacketBytes) packet = lens_packet_reader_read (reader, row, NULL, NULL);

      g_assert_nonnull (packet);
      g_assert_cmpuint (packet->wire_bytes, ==, columns.wire_bytes[row]);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (LensCapture) capture = load_pipe (ring, TRUE);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("reader", read_worker, capture);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

/* A FIFO that is given a part, which is read again as soon as it is offered, and then the next. */
typedef struct
{
  int fd;
  const GByteArray *bytes;
  gsize n_written;
  LensCapture *expected;
  LensCapture *first; /* the first offer */
  LensCapture *whole;
  LensRowSets *sets; /* of what was offered last */
  GMainLoop *loop;
  guint n_offers;
} Growing;

static void
write_part (Growing *growing)
{
  gsize n = MIN (growing->bytes->len / 3 + 1, growing->bytes->len - growing->n_written);

  write_all (growing->fd, growing->bytes->data + growing->n_written, n);
  growing->n_written += n;
}

/* What an expression finds where only what is new is read is what it finds where all is. */
static void
assert_same_rows (Growing *growing, LensCapture *capture)
{
  const char *expression = "len > 61 or ip";
  LensRowSets *sets = growing->sets != NULL ? lens_row_sets_new_grown (capture, growing->sets)
                                            : lens_row_sets_new (capture);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensRowSet) rows = lens_row_sets_find (sets, expression, NULL, NULL, &error);
  g_autoptr (LensRowSet) expected = lens_bpf_pass_run (capture, expression, NULL, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->n_rows, ==, lens_capture_get_n_packets (capture));
  for (gsize row = 0; row < rows->n_rows; row++)
    g_assert_true (lens_row_set_has (rows, row) == lens_row_set_has (expected, row));
  g_clear_pointer (&growing->sets, lens_row_sets_unref);
  growing->sets = sets;
}

static void
grown_cb (LensCapture *capture, gpointer user_data)
{
  Growing *growing = user_data;

  growing->n_offers++;
  g_assert_true (lens_capture_is_growing (capture));
  assert_same_packets (capture, growing->expected, lens_capture_get_n_packets (capture), 1);
  assert_same_rows (growing, capture);
  if (growing->first == NULL)
    growing->first = lens_capture_ref (capture);
  if (growing->n_written < growing->bytes->len)
    write_part (growing);
  else if (growing->fd >= 0)
    {
      close (growing->fd);
      growing->fd = -1;
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Growing *growing = user_data;
  g_autoptr (GError) error = NULL;

  growing->whole = lens_loader_load_finish (result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (growing->loop);
}

static void
check_growing (const char *name, const GByteArray *bytes)
{
  g_autofree char *path = write_file (name, bytes);
  g_autofree char *pipe_path = path_of ("pipe");
  g_autoptr (LensCapture) expected = load (path, FALSE);
  Growing growing = { .bytes = bytes, .expected = expected, .loop = g_main_loop_new (NULL, FALSE) };
  LensLoadOptions options = { .keeps_pipes = TRUE, .grown = grown_cb, .grown_data = &growing };

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  growing.fd = open (pipe_path, O_RDWR | O_CLOEXEC);
  write_part (&growing);
  lens_loader_load_async ((const char *const[]){ pipe_path, NULL }, &options, NULL, NULL, loaded_cb,
                          &growing);
  g_main_loop_run (growing.loop);
  g_assert_cmpuint (growing.n_offers, >=, 3);
  /* What was there first still has its packets. */
  assert_same_packets (growing.first, expected, lens_capture_get_n_packets (growing.first), 1);
  g_assert_true (lens_capture_get_file (growing.first, 0)->kept
                 == lens_capture_get_file (growing.whole, 0)->kept);
  assert_same_packets (growing.whole, expected, lens_capture_get_n_packets (expected), 1);
  assert_same_rows (&growing, growing.whole);
  lens_row_sets_unref (growing.sets);
  g_main_loop_unref (growing.loop);
  lens_capture_unref (growing.first);
  lens_capture_unref (growing.whole);
  g_assert_cmpint (g_unlink (pipe_path), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Small enough that a part is taken by the pipe at once: who writes is who reads it again. */
static void
test_growing (void)
{
  g_autoptr (GByteArray) file = make_pcapng ();
  g_autoptr (GByteArray) pcap = g_byte_array_new ();

  test_put_pcap_header (pcap, FALSE, 0xa1b2c3d4, 4, 1);
  for (guint i = 0; i < 500; i++)
    test_put_pcap_record (pcap, FALSE, i, 0, 60, 60, 0, (guint8) i);
  check_growing ("sections.pcapng", file);
  check_growing ("some.pcap", pcap);
}

/* A file as standard input is no pipe: nothing is kept, all can be read again, also from the middle of the file on. */
static void
test_file_as_standard_input (void)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (GByteArray) shifted = g_byte_array_new ();
  g_autofree char *path = write_file ("ring.pcap", ring);
  g_autoptr (LensCapture) expected = load (path, FALSE);
  g_autofree char *shifted_path = NULL;
  int before = dup (STDIN_FILENO);

  test_put_fill (shifted, 0xee, 777);
  g_byte_array_append (shifted, ring->data, ring->len);
  shifted_path = write_file ("shifted", shifted);
  for (guint i = 0; i < 2; i++)
    {
      int fd = open (i == 0 ? path : shifted_path, O_RDONLY | O_CLOEXEC);
      off_t start = lseek (fd, i == 0 ? 0 : 777, SEEK_SET);
      g_autoptr (LensCapture) capture = NULL;
      g_autoptr (LensCapture) again = NULL;

      g_assert_cmpint (dup2 (fd, STDIN_FILENO), ==, STDIN_FILENO);
      close (fd);
      capture = load ("-", TRUE);
      g_assert_null (lens_capture_get_file (capture, 0)->kept);
      g_assert_cmpuint (lens_capture_get_n_packets (capture), ==, lens_capture_get_n_packets (expected));
      assert_same_packets (capture, expected, lens_capture_get_n_packets (expected), 2000);
      assert_same_expression (capture, expected, "tcp");
      g_assert_cmpint (lseek (STDIN_FILENO, 0, SEEK_CUR), ==, start);
      again = load ("-", TRUE);
      g_assert_cmpuint (lens_capture_get_n_packets (again), ==, lens_capture_get_n_packets (expected));
    }
  if (before >= 0)
    {
      g_assert_cmpint (dup2 (before, STDIN_FILENO), ==, STDIN_FILENO);
      close (before);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (shifted_path), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN); /* as main() does */
  folder = g_dir_make_tmp ("lens-kept-XXXXXX", NULL);
  room = g_dir_make_tmp ("lens-room-XXXXXX", NULL);
  g_setenv ("TMPDIR", room, TRUE);
  g_test_add_func ("/kept-bytes/pcap", test_pcap);
  g_test_add_func ("/kept-bytes/pcapng", test_pcapng);
  g_test_add_func ("/kept-bytes/gzip", test_gzip);
  g_test_add_func ("/kept-bytes/not-asked-for", test_not_asked_for);
  g_test_add_func ("/kept-bytes/full-disk", test_full_disk);
  g_test_add_func ("/kept-bytes/no-folder", test_no_folder);
  g_test_add_func ("/kept-bytes/threads", test_threads);
  g_test_add_func ("/kept-bytes/growing", test_growing);
  g_test_add_func ("/kept-bytes/file-as-standard-input", test_file_as_standard_input);
  status = g_test_run ();
  test_folder_assert_empty (room);
  g_assert_cmpint (g_rmdir (room), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (room);
  g_free (folder);
  return status;
}
