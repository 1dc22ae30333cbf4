/* The bytes of packets read again from their files: of every kind of file, and where a file can't be read or is another now. */
#include "lens-capture-reader.h"
#include "lens-dissect.h"
#include "lens-error.h"
#include "lens-loader.h"
#include "lens-packet-reader.h"
#include "test-capture-bytes.h"
#include "test-folder.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

/* A folder for one test's files, empty at the end. */
typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lens-packets-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  test_folder_remove (fixture->folder);
}

/* (transfer full) */
static char *
write_file (const Fixture *fixture, const char *name, const GByteArray *bytes)
{
  return test_folder_write (fixture->folder, name, bytes->data, bytes->len);
}

static char *
ring_path (void)
{
  return g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
}

static LensCapture *
load (const char *first, const char *second)
{
  const char *const paths[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  LensCapture *capture = lens_loader_load (paths, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return capture;
}

/* All packets of a file in the order of reading, for what they should be when they are read again. */
static GPtrArray *
read_all_packets (const char *path)
{
  GPtrArray *packets = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_packet_bytes_free);
  LensReaderOptions options = { .max_unpacked_bytes = G_MAXUINT64 };
  g_autoptr (LensCaptureReader) reader = lens_capture_reader_open (path, &options, NULL);
  LensRecord record;

  g_assert_nonnull (reader);
  while (lens_capture_reader_next (reader, &record, NULL) == LENS_READ_RECORD)
    {
      LensPacketBytes *packet = g_new (LensPacketBytes, 1);

      packet->bytes = g_bytes_new (record.bytes, record.captured_bytes);
      packet->wire_bytes = record.wire_bytes;
      packet->link_type = record.link_type;
      g_ptr_array_add (packets, packet);
    }
  return packets;
}

static void
assert_is_packet (LensPacketReader *reader, gsize row, const LensPacketBytes *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketBytes) packet = lens_packet_reader_read (reader, row, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (packet->bytes, expected->bytes));
  g_assert_cmpuint (packet->wire_bytes, ==, expected->wire_bytes);
  g_assert_cmpuint (packet->link_type, ==, expected->link_type);
}

/* Packets of the file here and there, forwards and backwards, are what they were when it was read from front to back. */
static void
assert_reads_back (const char *path, guint n_reads)
{
  g_autoptr (LensCapture) capture = load (path, NULL);
  const LensPacketTable *table = lens_capture_get_table (capture);
  gsize n = lens_capture_get_n_packets (capture);
  g_autoptr (GPtrArray) packets = read_all_packets (path);
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);

  g_assert_cmpuint (packets->len, >=, n);
  if (n == 0)
    return;
  for (guint i = 0; i < n_reads; i++)
    {
      gsize row = i == 0 ? n - 1 : i == 1 ? 0 : (gsize) g_test_rand_int_range (0, (gint32) n);

      assert_is_packet (reader, row, packets->pdata[lens_packet_table_get_position (table, row)]);
    }
  for (gsize row = 0; row < MIN (n, 50); row++)
    assert_is_packet (reader, row, packets->pdata[lens_packet_table_get_position (table, row)]);
}

static void
test_plain (void)
{
  g_autofree char *path = ring_path ();

  assert_reads_back (path, 2000);
}

static void
test_compressed (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = ring_path ();
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (GByteArray) packed = test_pack (ring);
  g_autoptr (LensCapture) plain = load (path, NULL);
  g_autoptr (LensPacketReader) plain_reader = lens_packet_reader_new (plain);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensPacketReader) reader = NULL;
  g_autofree char *packed_path = NULL;

  packed_path = write_file (fixture, "ring.pcap.gz", packed);
  assert_reads_back (packed_path, 40);
  capture = load (packed_path, NULL);
  reader = lens_packet_reader_new (capture);
  g_assert_true (lens_packet_reader_is_slow (reader, 0));
  g_assert_false (lens_packet_reader_is_slow (plain_reader, 0));
}

/* Sections of both byte orders, interfaces of several kinds, and blocks of other kinds between the packets. */
static void
test_pcapng (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) other = g_byte_array_new ();
  g_autofree char *path = NULL;

  test_put_fill (other, 7, 12);
  for (guint section = 0; section < 5; section++)
    {
      gboolean is_big_endian = section % 2 == 1;

      test_put_section (file, is_big_endian);
      test_put_interface (file, is_big_endian, 1, 0);
      test_put_packet (file, is_big_endian, 0, section * 1000, 61, (guint8) section);
      test_put_interface (file, is_big_endian, (guint16) (101 + section), 40);
      for (guint packet = 0; packet < 20; packet++)
        {
          test_put_packet (file, is_big_endian, packet % 2, section * 1000 + packet, 20 + packet,
                           (guint8) (section * 20 + packet));
          if (packet % 3 == 0)
            test_put_block (file, is_big_endian, 0x0bad, other);
        }
    }
  path = write_file (fixture, "sections.pcapng", file);
  assert_reads_back (path, 400);
}

/* Packets whose order in time is another than in the file. */
static void
test_out_of_order (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *path = NULL;

  test_put_pcap_header (file, TRUE, 0xa1b23c4d, 4, 1);
  for (guint i = 0; i < 100; i++)
    test_put_pcap_record (file, TRUE, 100 - i, i, i, i + 5, 0, (guint8) i);
  path = write_file (fixture, "backwards.pcap", file);
  assert_reads_back (path, 200);
}

static void
test_several_files (Fixture *fixture, gconstpointer user_data)
{
  g_auto (GStrv) paths = g_new0 (char *, 3);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensPacketReader) reader = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autofree char *name = g_strdup_printf ("%u.pcap", i);

      test_put_pcap_header (file, i == 0, 0xa1b2c3d4, 4, 1);
      for (guint packet = 0; packet < 50; packet++)
        test_put_pcap_record (file, i == 0, 2 * packet + i, 0, 30, 30, 0, (guint8) (100 * i + packet));
      paths[i] = write_file (fixture, name, file);
    }
  capture = load (paths[0], paths[1]);
  reader = lens_packet_reader_new (capture);
  for (guint row = 0; row < 100; row++)
    {
      g_autoptr (LensPacketBytes) packet = lens_packet_reader_read (reader, row, NULL, NULL);

      g_assert_nonnull (packet);
      g_assert_cmpuint (*(const guint8 *) g_bytes_get_data (packet->bytes, NULL), ==,
                        100 * (row % 2) + row / 2);
    }
}

static void
assert_fails (LensPacketReader *reader, gsize row, int code, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lens_packet_reader_read (reader, row, NULL, &error));
  g_assert_error (error, LENS_ERROR, code);
  if (strstr (error->message, text) == NULL)
    g_error ("no “%s” in “%s”", text, error->message);
}

static GByteArray *
make_capture (guint first_second)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, 1);
  for (guint i = 0; i < 10; i++)
    test_put_pcap_record (file, FALSE, first_second + i, 0, 30, 30, 0, (guint8) i);
  return file;
}

/* Another file of the same shape, one that became shorter, and none. What is read before and after is right. */
static void
test_changed_file (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = make_capture (0);
  g_autoptr (GByteArray) another = make_capture (1);
  g_autofree char *path = write_file (fixture, "a.pcap", file);
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  g_autoptr (LensPacketBytes) packet = NULL;

  g_clear_pointer (&packet, lens_packet_bytes_free);
  g_free (write_file (fixture, "a.pcap", another));
  assert_fails (reader, 3, LENS_ERROR_READ,
                "“a.pcap” has changed since it was opened: packet 4 is no longer");
  g_byte_array_set_size (another, 24 + 2 * 46);
  g_free (write_file (fixture, "a.pcap", another));
  assert_fails (reader, 3, LENS_ERROR_READ, "has changed");
  g_byte_array_set_size (another, 3);
  g_free (write_file (fixture, "a.pcap", another));
  g_assert_null (lens_packet_reader_read (reader, 3, NULL, NULL));
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_fails (reader, 3, LENS_ERROR_OPEN, "a.pcap");
  g_free (write_file (fixture, "a.pcap", file));
  packet = lens_packet_reader_read (reader, 3, NULL, NULL);
  g_assert_nonnull (packet);
}

static void
test_pipe (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = make_capture (0);
  g_autofree char *path = write_file (fixture, "pipe", file);
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_fails (reader, 0, LENS_ERROR_UNSUPPORTED, "came through a pipe and can’t be read a second time");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
test_async (void)
{
  g_autofree char *path = ring_path ();
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LensPacketBytes) packet = NULL;
  g_autoptr (GError) error = NULL;

  lens_packet_reader_read_async (reader, 100, NULL, NULL, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  packet = lens_packet_reader_read_finish (result, &error);
  g_assert_no_error (error);
  assert_is_packet (reader, 100, packet);

  g_clear_object (&result);
  g_cancellable_cancel (cancellable);
  lens_packet_reader_read_async (reader, 100, NULL, cancellable, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (lens_packet_reader_read_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The fields of some packets of a capture, read again: sent by whom the table says. */
static void
assert_fields_are_of_table (const char *path)
{
  g_autoptr (LensCapture) capture = load (path, NULL);
  const LensPacketTable *table = lens_capture_get_table (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);

  for (gsize row = 0; row < columns.n_packets; row += 1 + columns.n_packets / 200)
    {
      const LensFlow *flow = &flows.items[columns.flow[row]];
      g_autoptr (LensPacketBytes) packet = lens_packet_reader_read (reader, row, NULL, NULL);
      g_autoptr (LensFieldTree) tree = NULL;
      const LensField *source;
      char text[LENS_ADDRESS_TEXT_SIZE];
      gsize n_bytes;
      const guint8 *bytes;

      g_assert_nonnull (packet);
      bytes = g_bytes_get_data (packet->bytes, &n_bytes);
      tree = lens_dissect (packet->link_type, bytes, (guint32) n_bytes, packet->wire_bytes);
      source = lens_field_tree_find_id (tree, "IP_src");
      if (flow->source_host == LENS_HOST_NONE)
        continue;
      g_assert_nonnull (source);
      g_assert_cmpstr (source->value, ==,
                       lens_address_format (&hosts.items[flow->source_host].address, text));
    }
}

/* Calls @each for the captures below @folder; gives how many there were. */
static guint
for_each_capture (const char *folder, void (*each) (const char *path))
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      const char *const paths[] = { path, NULL };
      g_autoptr (LensCapture) capture = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += for_each_capture (path, each);
          continue;
        }
      capture = lens_loader_load (paths, NULL, NULL, NULL, NULL);
      if (capture == NULL)
        continue;
      each (path);
      n++;
    }
  return n;
}

static void
check_capture (const char *path)
{
  assert_reads_back (path, 20);
  assert_fields_are_of_table (path);
}

static void
test_shared_captures (void)
{
  const char *shared = g_getenv ("LENS_SHARED_CAPTURES");
  g_autofree char *beside
      = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "../../../shared/captures", NULL);
  const char *folder = shared != NULL ? shared : beside;
  g_autofree char *path = ring_path ();
  guint n;

  assert_fields_are_of_table (path);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("NO SHARED CAPTURES: set LENS_SHARED_CAPTURES");
      return;
    }
  n = for_each_capture (folder, check_capture);
  g_test_message ("%u captures", n);
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packet-reader/plain", test_plain);
  g_test_add ("/packet-reader/compressed", Fixture, NULL, set_up, test_compressed, tear_down);
  g_test_add ("/packet-reader/pcapng", Fixture, NULL, set_up, test_pcapng, tear_down);
  g_test_add ("/packet-reader/out-of-order", Fixture, NULL, set_up, test_out_of_order, tear_down);
  g_test_add ("/packet-reader/several-files", Fixture, NULL, set_up, test_several_files, tear_down);
  g_test_add ("/packet-reader/changed-file", Fixture, NULL, set_up, test_changed_file, tear_down);
  g_test_add ("/packet-reader/pipe", Fixture, NULL, set_up, test_pipe, tear_down);
  g_test_add_func ("/packet-reader/async", test_async);
  g_test_add_func ("/packet-reader/shared-captures", test_shared_captures);
  return g_test_run ();
}
