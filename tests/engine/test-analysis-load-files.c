/* Loading several files, folders and pipes. Times are seconds; each packet's payload tells which it is. */
#include "lens-error.h"
#include "lens-loader.h"
#include "test-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static void
put_u32 (GByteArray *bytes, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static GByteArray *
pcap_new (void)
{
  GByteArray *bytes = g_byte_array_new ();

  put_u32 (bytes, 0xa1b2c3d4);
  put_u32 (bytes, 2 | 4 << 16);
  put_u32 (bytes, 0);
  put_u32 (bytes, 0);
  put_u32 (bytes, 65535);
  put_u32 (bytes, 101); /* raw IP */
  return bytes;
}

/* An IPv4 packet of protocol 253 (experimental, RFC 3692) with @payload_bytes bytes, from 192.0.2.@host. */
static void
put_packet (GByteArray *bytes, guint32 seconds, guint8 host, guint8 payload_bytes)
{
  guint8 header[20] = { 0x45, 0, 0, 0, 0, 0, 0, 0, 64, 253, 0, 0, 192, 0, 2, host, 192, 0, 2, 99 };
  guint8 payload[255] = { 0 };

  header[3] = (guint8) (20 + payload_bytes);
  put_u32 (bytes, seconds);
  put_u32 (bytes, 0);
  put_u32 (bytes, 20u + payload_bytes);
  put_u32 (bytes, 20u + payload_bytes);
  g_byte_array_append (bytes, header, sizeof header);
  g_byte_array_append (bytes, payload, payload_bytes);
}

static char *
write_file (const char *name, const GByteArray *bytes)
{
  return test_folder_write (folder, name, bytes->data, bytes->len);
}

/* @n packets, a second apart, from @first_seconds on; payloads from @first_payload on. */
static char *
write_packets (const char *name, guint32 first_seconds, guint8 first_payload, guint n)
{
  g_autoptr (GByteArray) bytes = pcap_new ();

  for (guint i = 0; i < n; i++)
    put_packet (bytes, first_seconds + i, 1, (guint8) (first_payload + i));
  return write_file (name, bytes);
}

static LensCapture *
load (const char *const *paths)
{
  g_autoptr (GError) error = NULL;
  LensCapture *capture = lens_loader_load (paths, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return capture;
}

/* @expected: payloads in time order, as "1 2 3". */
static void
check_payloads (LensCapture *capture, const char *expected)
{
  LensPacketColumns columns = lens_packet_table_get_columns (lens_capture_get_table (capture));
  g_autoptr (GString) found = g_string_new (NULL);

  for (gsize row = 0; row < columns.n_packets; row++)
    g_string_append_printf (found, row > 0 ? " %u" : "%u", columns.payload_bytes[row]);
  g_assert_cmpstr (found->str, ==, expected);
}

/* A ring buffer's files, given in the wrong order, and one that overlaps them. */
static void
test_merged_by_time (void)
{
  g_autofree char *late = write_packets ("late.pcap", 200, 20, 3);
  g_autofree char *early = write_packets ("early.pcap", 100, 10, 3);
  g_autofree char *between = write_packets ("between.pcap", 101, 30, 2);
  const char *const paths[] = { late, early, between, NULL };
  g_autoptr (LensCapture) capture = load (paths);
  LensPacketTable *table = lens_capture_get_table (capture);
  static const gsize files[] = { 0, 0, 1, 0, 1, 2, 2, 2 };

  check_payloads (capture, "10 11 30 12 31 20 21 22");
  g_assert_cmpuint (lens_capture_get_n_files (capture), ==, 3);
  g_assert_cmpstr (lens_capture_get_file (capture, 0)->name, ==, "early.pcap");
  g_assert_cmpstr (lens_capture_get_file (capture, 1)->name, ==, "between.pcap");
  g_assert_cmpstr (lens_capture_get_file (capture, 2)->name, ==, "late.pcap");
  g_assert_cmpstr (lens_capture_get_name (capture), ==, "early.pcap and 2 more");
  g_assert_cmpuint (lens_capture_get_file (capture, 1)->n_packets, ==, 2);
  g_assert_cmpint (lens_capture_get_file (capture, 1)->first_ns, ==, G_GINT64_CONSTANT (101000000000));
  g_assert_cmpint (lens_capture_get_file (capture, 1)->last_ns, ==, G_GINT64_CONSTANT (102000000000));
  g_assert_null (lens_capture_get_damage (capture));
  for (gsize row = 0; row < G_N_ELEMENTS (files); row++)
    g_assert_cmpuint (lens_packet_table_get_file (table, row), ==, files[row]);
  g_unlink (late);
  g_unlink (early);
  g_unlink (between);
}

/* What one file lacks is said; the others are there. */
static void
test_one_of_several_is_bad (void)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GByteArray) cut = pcap_new ();
  g_autofree char *good = write_packets ("good.pcap", 100, 10, 2);
  g_autofree char *bad = NULL;
  g_autofree char *short_one = NULL;
  g_autofree char *gone = g_build_filename (folder, "gone.pcap", NULL);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (text, (const guint8 *) "not a capture at all", 20);
  put_packet (cut, 50, 1, 9);
  put_packet (cut, 51, 1, 9);
  g_byte_array_set_size (cut, cut->len - 3);
  bad = write_file ("text.pcap", text);
  short_one = write_file ("cut.pcap", cut);
  capture = load ((const char *const[]){ bad, gone, good, short_one, NULL });

  check_payloads (capture, "9 10 11");
  g_assert_cmpuint (lens_capture_get_n_files (capture), ==, 4);
  g_assert_cmpstr (lens_capture_get_file (capture, 0)->name, ==, "cut.pcap");
  g_assert_nonnull (strstr (lens_capture_get_file (capture, 0)->damage, "packet 2"));
  g_assert_cmpstr (lens_capture_get_file (capture, 1)->name, ==, "good.pcap");
  g_assert_null (lens_capture_get_file (capture, 1)->damage);
  g_assert_nonnull (strstr (lens_capture_get_file (capture, 2)->damage, "text.pcap"));
  g_assert_nonnull (strstr (lens_capture_get_file (capture, 3)->damage, "gone.pcap"));
  g_assert_nonnull (strstr (lens_capture_get_damage (capture), "\n"));

  /* Nothing at all can be read: the first reason is the error. */
  g_assert_null (lens_loader_load ((const char *const[]){ bad, gone, NULL }, NULL, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE);
  g_unlink (good);
  g_unlink (bad);
  g_unlink (short_one);
}

static void
test_folder (void)
{
  g_autofree char *inner = g_build_filename (folder, "ring", NULL);
  g_autofree char *deeper = g_build_filename (inner, "deeper", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty", NULL);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (deeper, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_byte_array_append (text, (const guint8 *) "notes", 5);
  g_free (write_packets ("ring/b.pcap", 100, 10, 1));
  g_free (write_packets ("ring/a.pcap", 101, 20, 1));
  g_free (write_packets ("ring/deeper/c.pcap", 102, 30, 1));
  g_free (write_file ("ring/notes.txt", text));
  capture = load ((const char *const[]){ inner, NULL });
  check_payloads (capture, "10 20");
  g_assert_cmpuint (lens_capture_get_n_files (capture), ==, 2);
  g_assert_null (lens_capture_get_damage (capture));

  g_assert_null (lens_loader_load ((const char *const[]){ empty, NULL }, NULL, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "“empty”"));
}

/* A pipe that is written to step by step. */
typedef struct
{
  GMainLoop *loop;
  int fd;
  GString *seen; /* packets of each capture that was shown */
  LensCapture *capture;
  GError *error;
  GCancellable *stop;
  GCancellable *cancellable;
  guint n_written;
} Pipe;

static void
write_more (Pipe *pipe)
{
  g_autoptr (GByteArray) bytes = pipe->n_written == 0 ? pcap_new () : g_byte_array_new ();

  put_packet (bytes, 100 + pipe->n_written, 1, (guint8) (10 + pipe->n_written));
  pipe->n_written++;
  g_assert_cmpint (write (pipe->fd, bytes->data, bytes->len), ==, bytes->len);
}

static void
grown_cb (LensCapture *capture, gpointer user_data)
{
  Pipe *pipe = user_data;

  g_assert_true (lens_capture_is_growing (capture));
  g_assert_nonnull (lens_capture_get_file (capture, 0)->info);
  g_string_append_printf (pipe->seen, "%" G_GUINT64_FORMAT " ", lens_capture_get_n_packets (capture));
  if (pipe->n_written < 3)
    write_more (pipe);
  else if (pipe->cancellable != NULL)
    g_cancellable_cancel (pipe->cancellable);
  else if (pipe->stop != NULL)
    g_cancellable_cancel (pipe->stop);
  else if (pipe->fd >= 0)
    {
      g_close (pipe->fd, NULL);
      pipe->fd = -1;
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pipe *pipe = user_data;

  pipe->capture = lens_loader_load_finish (result, &pipe->error);
  g_main_loop_quit (pipe->loop);
}

/* Loads from a FIFO that gets its packets one by one, each when the one before was shown. */
static void
run_pipe (Pipe *pipe)
{
  g_autofree char *path = g_build_filename (folder, "fifo", NULL);
  LensLoadOptions options = { .stop = pipe->stop, .grown = grown_cb, .grown_data = pipe };

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  pipe->fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  pipe->loop = g_main_loop_new (NULL, FALSE);
  pipe->seen = g_string_new (NULL);
  write_more (pipe);
  lens_loader_load_async ((const char *const[]){ path, NULL }, &options, NULL, pipe->cancellable, loaded_cb,
                          pipe);
  g_main_loop_run (pipe->loop);
  if (pipe->fd >= 0)
    g_close (pipe->fd, NULL);
  g_unlink (path);
  g_main_loop_unref (pipe->loop);
}

static void
pipe_clear (Pipe *pipe)
{
  g_string_free (pipe->seen, TRUE);
  g_clear_pointer (&pipe->capture, lens_capture_unref);
  g_clear_error (&pipe->error);
  g_clear_object (&pipe->stop);
  g_clear_object (&pipe->cancellable);
}

static void
test_pipe_grows (void)
{
  Pipe pipe = { 0 };

  run_pipe (&pipe);
  g_assert_no_error (pipe.error);
  g_assert_cmpstr (pipe.seen->str, ==, "1 2 3 ");
  g_assert_false (lens_capture_is_growing (pipe.capture));
  g_assert_null (lens_capture_get_damage (pipe.capture));
  check_payloads (pipe.capture, "10 11 12");
  pipe_clear (&pipe);
}

static void
test_pipe_stopped (void)
{
  Pipe pipe = { .stop = g_cancellable_new () };

  run_pipe (&pipe);
  g_assert_no_error (pipe.error);
  g_assert_false (lens_capture_is_growing (pipe.capture));
  g_assert_null (lens_capture_get_damage (pipe.capture));
  check_payloads (pipe.capture, "10 11 12");
  pipe_clear (&pipe);
}

static void
test_pipe_cancelled (void)
{
  Pipe pipe = { .cancellable = g_cancellable_new () };

  run_pipe (&pipe);
  g_assert_error (pipe.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (pipe.capture);
  g_assert_cmpstr (pipe.seen->str, ==, "1 2 3 ");
  pipe_clear (&pipe);
}

/* As write_file(), compressed. */
static char *
write_gzip (const char *name, const GByteArray *bytes)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  gsize n_read, n_written;

  g_byte_array_set_size (packed, bytes->len + 1000);
  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), bytes->data, bytes->len, packed->data,
                                        packed->len, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_set_size (packed, (guint) n_written);
  return write_file (name, packed);
}

#define N_EMPTY 100000u

static GByteArray *
make_empty_packets (void)
{
  GByteArray *bytes = pcap_new ();

  for (guint i = 0; i < N_EMPTY; i++)
    for (guint word = 0; word < 4; word++)
      put_u32 (bytes, word == 0 ? i : 0);
  return bytes;
}

typedef struct
{
  const GByteArray *bytes;
  int fd;
} Hurry;

static gpointer
hurry_worker (gpointer data)
{
  const Hurry *hurry = data;

  for (gsize n_written = 0; n_written < hurry->bytes->len;)
    {
      gssize n = write (hurry->fd, hurry->bytes->data + n_written, hurry->bytes->len - n_written);

      g_assert_cmpint (n, >, 0);
      n_written += (gsize) n;
    }
  g_close (hurry->fd, NULL);
  return NULL;
}

static void
count_grown_cb (LensCapture *capture, gpointer user_data)
{
  Pipe *pipe = user_data;

  g_string_append_c (pipe->seen, '.');
}

/* A pipe that brings more than can be shown, from its first packet on: several batches are ready when something is due. */
static void
check_hurried_pipe (const GByteArray *bytes)
{
  g_autofree char *path = g_build_filename (folder, "fifo", NULL);
  Pipe pipe = { .seen = g_string_new (NULL), .loop = g_main_loop_new (NULL, FALSE) };
  LensLoadOptions options = { .grown = count_grown_cb, .grown_data = &pipe };
  Hurry hurry = { .bytes = bytes };
  gint64 begin_us = g_get_monotonic_time ();
  GThread *thread;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  hurry.fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  lens_loader_load_async ((const char *const[]){ path, NULL }, &options, NULL, NULL, loaded_cb, &pipe);
  thread = g_thread_new ("hurry", hurry_worker, &hurry);
  g_main_loop_run (pipe.loop);
  g_thread_join (thread);
  g_assert_no_error (pipe.error);
  g_assert_cmpuint (lens_capture_get_n_packets (pipe.capture), ==, N_EMPTY);
  g_assert_cmpuint (pipe.seen->len, <=,
                    1 + (guint64) (g_get_monotonic_time () - begin_us) / (G_USEC_PER_SEC / 2));
  g_unlink (path);
  g_main_loop_unref (pipe.loop);
  pipe_clear (&pipe);
}

static void
test_pipe_is_shown_now_and_then (void)
{
  g_autoptr (GByteArray) bytes = make_empty_packets ();

  for (guint i = 0; i < 10; i++)
    check_hurried_pipe (bytes);
}

/* Loads with a ceiling; FALSE where it was met, which is checked. */
static gboolean
is_below_ceiling (const char *const *paths, guint64 allowed, guint64 *n_packets)
{
  LensLoadOptions options = { .max_unpacked_bytes = allowed };
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture = lens_loader_load (paths, &options, NULL, NULL, &error);
  const char *damage;

  g_assert_no_error (error);
  damage = lens_capture_get_damage (capture);
  *n_packets = lens_capture_get_n_packets (capture);
  g_assert_true (lens_capture_is_at_ceiling (capture) == (damage != NULL));
  if (damage == NULL)
    return TRUE;
  g_assert_nonnull (strstr (damage, " of memory and was read up to there. The first "));
  g_assert_true (g_str_has_suffix (damage, " packets are shown. Allow more to see the rest."));
  return FALSE;
}

/* Packets of no bytes: 16 in the unpacked file, 24 in the table. What they take is met before what they unpack to. */
static void
test_memory_ceiling (void)
{
  g_autoptr (GByteArray) bytes = make_empty_packets ();
  g_autofree char *plain = write_file ("empty.pcap", bytes);
  g_autofree char *packed = write_gzip ("empty.pcap.gz", bytes);
  g_autofree char *again = write_gzip ("more.pcap.gz", bytes);
  guint64 n_packets;

  g_assert_false (is_below_ceiling ((const char *const[]){ packed, NULL }, 2000000, &n_packets));
  g_assert_cmpuint (n_packets, >, 2000000 / 25);
  g_assert_cmpuint (n_packets, <, 2000000 / 24 + 2048);
  g_assert_true (is_below_ceiling ((const char *const[]){ packed, NULL }, 2500000, &n_packets));
  g_assert_cmpuint (n_packets, ==, N_EMPTY);
  g_assert_true (is_below_ceiling ((const char *const[]){ packed, NULL }, G_MAXUINT64, &n_packets));
  g_assert_cmpuint (n_packets, ==, N_EMPTY);
  /* Each file has its own; one that is not compressed has none. */
  g_assert_true (is_below_ceiling ((const char *const[]){ packed, again, NULL }, 2500000, &n_packets));
  g_assert_cmpuint (n_packets, ==, 2 * N_EMPTY);
  g_assert_true (is_below_ceiling ((const char *const[]){ plain, NULL }, 1, &n_packets));
  g_assert_cmpuint (n_packets, ==, N_EMPTY);
}

/* Hosts and flows count as well: every packet here has its own. */
static void
test_memory_ceiling_of_flows (void)
{
  g_autoptr (GByteArray) bytes = pcap_new ();
  g_autofree char *packed = NULL;
  const guint n = 40000;
  guint64 n_packets;

  for (guint i = 0; i < n; i++)
    {
      guint8 header[20] = { 0x45, 0, 0, 20, 0, 0, 0, 0, 64, 253, 0, 0, 10, 0, 0, 0, 192, 0, 2, 99 };

      header[14] = (guint8) (i >> 8);
      header[15] = (guint8) i;
      put_u32 (bytes, i);
      put_u32 (bytes, 0);
      put_u32 (bytes, sizeof header);
      put_u32 (bytes, sizeof header);
      g_byte_array_append (bytes, header, sizeof header);
    }
  packed = write_gzip ("flows.pcap.gz", bytes);
  g_assert_cmpuint (bytes->len, <, 2000000);
  g_assert_false (is_below_ceiling ((const char *const[]){ packed, NULL }, 2000000, &n_packets));
  g_assert_cmpuint (n_packets, <, 2000000 / (24 + 64));
  g_assert_true (is_below_ceiling ((const char *const[]){ packed, NULL }, 20000000, &n_packets));
  g_assert_cmpuint (n_packets, ==, n);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lens-load-files-XXXXXX", NULL);
  g_test_add_func ("/load/files/merged-by-time", test_merged_by_time);
  g_test_add_func ("/load/files/one-of-several-is-bad", test_one_of_several_is_bad);
  g_test_add_func ("/load/files/folder", test_folder);
  g_test_add_func ("/load/ceiling/memory", test_memory_ceiling);
  g_test_add_func ("/load/ceiling/memory-of-flows", test_memory_ceiling_of_flows);
  g_test_add_func ("/load/pipe/grows", test_pipe_grows);
  g_test_add_func ("/load/pipe/stopped", test_pipe_stopped);
  g_test_add_func ("/load/pipe/cancelled", test_pipe_cancelled);
  g_test_add_func ("/load/pipe/now-and-then", test_pipe_is_shown_now_and_then);
  status = g_test_run ();
  remove_folder (folder);
  g_free (folder);
  return status;
}
