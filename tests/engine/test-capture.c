#include "lens-capture-reader.h"
#include "lens-error.h"
#include "test-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define LINK_TYPE_ETHERNET 1
#define SECONDS G_GINT64_CONSTANT (1000000000)

static char *folder;

/* The kinds of classic pcap file. */
typedef struct
{
  const char *name;
  guint32 magic;
  gboolean is_big_endian;
  gboolean is_nanosecond;
  gsize record_header_bytes;
} Kind;

static const Kind kinds[] = {
  { "micro-little", 0xa1b2c3d4, FALSE, FALSE, 16 },    { "micro-big", 0xa1b2c3d4, TRUE, FALSE, 16 },
  { "nano-little", 0xa1b23c4d, FALSE, TRUE, 16 },      { "nano-big", 0xa1b23c4d, TRUE, TRUE, 16 },
  { "modified-little", 0xa1b2cd34, FALSE, FALSE, 24 }, { "modified-big", 0xa1b2cd34, TRUE, FALSE, 24 },
};

static void
put_u32 (GByteArray *file, const Kind *kind, guint32 value)
{
  guint32 stored = kind->is_big_endian ? GUINT32_TO_BE (value) : GUINT32_TO_LE (value);

  g_byte_array_append (file, (const guint8 *) &stored, sizeof stored);
}

static void
put_u16 (GByteArray *file, const Kind *kind, guint16 value)
{
  guint16 stored = kind->is_big_endian ? GUINT16_TO_BE (value) : GUINT16_TO_LE (value);

  g_byte_array_append (file, (const guint8 *) &stored, sizeof stored);
}

static GByteArray *
file_new (const Kind *kind, guint32 snap_length, guint32 link_type)
{
  GByteArray *file = g_byte_array_new ();

  put_u32 (file, kind, kind->magic);
  put_u16 (file, kind, 2);
  put_u16 (file, kind, 4);
  put_u32 (file, kind, 0);
  put_u32 (file, kind, 0);
  put_u32 (file, kind, snap_length);
  put_u32 (file, kind, link_type);
  return file;
}

/* Appends a record whose bytes are all @fill. */
static void
put_record (GByteArray *file,
            const Kind *kind,
            guint32 seconds,
            guint32 fraction,
            guint32 captured_bytes,
            guint32 wire_bytes,
            guint8 fill)
{
  static const guint8 rest_of_modified[8] = { 0 };

  put_u32 (file, kind, seconds);
  put_u32 (file, kind, fraction);
  put_u32 (file, kind, captured_bytes);
  put_u32 (file, kind, wire_bytes);
  g_byte_array_append (file, rest_of_modified, (guint) kind->record_header_bytes - 16);
  for (guint32 i = 0; i < captured_bytes; i++)
    g_byte_array_append (file, &fill, 1);
}

/* Writes @n_bytes to a file called @name, and says where it is. */
static char *
write_file (const char *name, gconstpointer bytes, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  return path;
}

static LensCaptureReader *
open_bytes (const char *name, const GByteArray *file)
{
  g_autofree char *path = write_file (name, file->data, file->len);
  g_autoptr (GError) error = NULL;
  LensCaptureReader *reader = lens_capture_reader_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reader);
  return reader;
}

static void
assert_next (LensCaptureReader *reader, LensRecord *record)
{
  g_autoptr (GError) error = NULL;
  LensReadStatus status = lens_capture_reader_next (reader, record, &error);

  g_assert_no_error (error);
  g_assert_cmpint (status, ==, LENS_READ_RECORD);
}

static void
assert_end (LensCaptureReader *reader)
{
  g_autoptr (GError) error = NULL;
  LensRecord record;
  LensReadStatus status = lens_capture_reader_next (reader, &record, &error);

  g_assert_no_error (error);
  g_assert_cmpint (status, ==, LENS_READ_END);
}

/* (transfer full) */
static GError *
assert_damaged (LensCaptureReader *reader)
{
  GError *error = NULL;
  LensRecord record;
  LensReadStatus status = lens_capture_reader_next (reader, &record, &error);

  g_assert_cmpint (status, ==, LENS_READ_DAMAGED);
  g_assert_error (error, LENS_ERROR, LENS_ERROR_READ);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return error;
}

static GByteArray *
three_records (const Kind *kind)
{
  GByteArray *file = file_new (kind, 65535, LINK_TYPE_ETHERNET);

  put_record (file, kind, 1617818034, 420350, 60, 60, 0xaa);
  put_record (file, kind, 1617818035, 0, 0, 0, 0);
  put_record (file, kind, 1617818035, 999999, 7, 1514, 0xbb);
  return file;
}

static void
test_kinds (gconstpointer data)
{
  const Kind *kind = data;
  gint64 unit_ns = kind->is_nanosecond ? 1 : 1000;
  g_autoptr (GByteArray) file = three_records (kind);
  g_autoptr (LensCaptureReader) reader = open_bytes ("kind.pcap", file);
  const LensCaptureInterface *interface;
  LensRecord record;

  g_assert_cmpuint (lens_capture_reader_get_size (reader), ==, file->len);
  interface = g_ptr_array_index (lens_capture_reader_get_info (reader)->interfaces, 0);
  g_assert_cmpuint (interface->link_type, ==, LINK_TYPE_ETHERNET);
  g_assert_cmpuint (interface->snap_length, ==, 65535);

  assert_next (reader, &record);
  g_assert_cmpint (record.time_ns, ==, 1617818034 * SECONDS + 420350 * unit_ns);
  g_assert_cmpuint (record.file_offset, ==, 24);
  g_assert_cmpuint (record.captured_bytes, ==, 60);
  g_assert_cmpuint (record.wire_bytes, ==, 60);
  g_assert_cmpuint (record.link_type, ==, LINK_TYPE_ETHERNET);
  for (gsize i = 0; i < 60; i++)
    g_assert_cmphex (record.bytes[i], ==, 0xaa);

  assert_next (reader, &record);
  g_assert_cmpint (record.time_ns, ==, 1617818035 * SECONDS);
  g_assert_cmpuint (record.file_offset, ==, 24 + kind->record_header_bytes + 60);
  g_assert_cmpuint (record.captured_bytes, ==, 0);

  assert_next (reader, &record);
  g_assert_cmpint (record.time_ns, ==, 1617818035 * SECONDS + 999999 * unit_ns);
  g_assert_cmpuint (record.file_offset, ==, 24 + 2 * kind->record_header_bytes + 60);
  g_assert_cmpuint (record.captured_bytes, ==, 7);
  g_assert_cmpuint (record.wire_bytes, ==, 1514);
  g_assert_cmphex (record.bytes[6], ==, 0xbb);

  assert_end (reader);
  assert_end (reader);
  g_assert_cmpuint (lens_capture_reader_get_position (reader), ==, file->len);
}

/* Cuts a file after each of its bytes: every record before the cut is read, and the text says where it ends. Kinds with a
 * longer record header are told from others by their first three records: those stay whole. */
static void
test_cut_anywhere (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (GByteArray) file = three_records (kind);
  g_autoptr (GByteArray) more = three_records (kind);
  const gsize header = kind->record_header_bytes;
  const gsize ends[] = { 24,
                         24 + header + 60,
                         24 + 2 * header + 60,
                         24 + 3 * header + 67,
                         24 + 4 * header + 127,
                         24 + 5 * header + 127,
                         24 + 6 * header + 134 };

  g_byte_array_append (file, more->data + 24, more->len - 24);
  g_assert_cmpuint (file->len, ==, ends[6]);
  for (guint length = (guint) (header == 16 ? ends[0] : ends[3]); length <= file->len; length++)
    {
      g_autoptr (GByteArray) cut = g_byte_array_new ();
      g_autoptr (LensCaptureReader) reader = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = NULL;
      LensRecord record;
      gsize n_whole = 0;

      g_byte_array_append (cut, file->data, length);
      reader = open_bytes ("cut.pcap", cut);
      while (n_whole < 6 && ends[n_whole + 1] <= length)
        {
          assert_next (reader, &record);
          n_whole++;
        }
      if (ends[n_whole] == length)
        {
          assert_end (reader);
          continue;
        }
      error = assert_damaged (reader);
      if (n_whole > 1)
        expected = g_strdup_printf (
            "“cut.pcap” ends in the middle of packet %zu; the first %zu packets are shown.", n_whole + 1,
            n_whole);
      else if (n_whole == 1)
        expected = g_strdup ("“cut.pcap” ends in the middle of packet 2; the first packet is shown.");
      else
        expected = g_strdup (
            "“cut.pcap” ends in the middle of its first packet; there is nothing before it to show.");
      g_assert_cmpstr (error->message, ==, expected);
      assert_end (reader); /* no record is made up from what is behind the damage */
    }
}

static void
test_nonsense_length (void)
{
  const Kind *kind = &kinds[0];
  g_autoptr (GByteArray) file = file_new (kind, 65535, LINK_TYPE_ETHERNET);
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  LensRecord record;

  put_record (file, kind, 1, 0, 10, 10, 1);
  put_u32 (file, kind, 2);
  put_u32 (file, kind, 0);
  put_u32 (file, kind, 0xfffffff0);
  put_u32 (file, kind, 0xfffffff0);
  put_record (file, kind, 3, 0, 10, 10, 1);
  reader = open_bytes ("nonsense.pcap", file);

  assert_next (reader, &record);
  error = assert_damaged (reader);
  g_assert_cmpstr (error->message, ==, "“nonsense.pcap” is damaged at packet 2; the first packet is shown.");
  assert_end (reader);
}

static void
test_nonsense_times (void)
{
  static const struct
  {
    guint32 seconds;
    guint32 fraction;
    gint64 micro_ns; /* what a file of microseconds means by it */
    gint64 nano_ns;
  } cases[] = {
    { 5, 999999, 5999999000, 5000999999 },
    { 5, 1000000, 6000000000, 5001000000 },
    { 5, 5000000, 10000000000, 5005000000 },
    { 0, G_MAXUINT32, G_GINT64_CONSTANT (4294967295000), 4294967295 },
    { 0x80000000, 0, 0x80000000 * SECONDS, 0x80000000 * SECONDS }, /* 2038: seconds have no sign */
    { G_MAXUINT32, G_MAXUINT32, G_MAXUINT32 * SECONDS + G_GINT64_CONSTANT (4294967295000),
      G_MAXUINT32 * SECONDS + 4294967295 },
  };

  for (gsize k = 0; k < 4; k++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GByteArray) file = file_new (&kinds[k], 65535, LINK_TYPE_ETHERNET);
        g_autoptr (LensCaptureReader) reader = NULL;
        LensRecord record;

        put_record (file, &kinds[k], cases[i].seconds, cases[i].fraction, 4, 4, 0);
        reader = open_bytes ("times.pcap", file);
        assert_next (reader, &record);
        g_assert_cmpint (record.time_ns, ==, kinds[k].is_nanosecond ? cases[i].nano_ns : cases[i].micro_ns);
      }
}

/* Records longer than the snap length the file states: the next one is found all the same. */
static void
test_longer_than_snap_length (void)
{
  const Kind *kind = &kinds[0];
  g_autoptr (GByteArray) file = file_new (kind, 16, LINK_TYPE_ETHERNET);
  g_autoptr (LensCaptureReader) reader = NULL;
  LensRecord record;

  put_record (file, kind, 1, 0, 40, 60, 1);
  put_record (file, kind, 2, 0, 16, 60, 2);
  put_record (file, kind, 3, 0, 10, 60, 3);
  reader = open_bytes ("snap.pcap", file);

  assert_next (reader, &record);
  g_assert_cmpuint (record.file_offset, ==, 24);
  assert_next (reader, &record);
  g_assert_cmpuint (record.file_offset, ==, 24 + 56);
  g_assert_cmphex (record.bytes[0], ==, 2);
  assert_next (reader, &record);
  g_assert_cmpuint (record.file_offset, ==, 24 + 56 + 32);
  g_assert_cmphex (record.bytes[0], ==, 3);
  assert_end (reader);
  g_assert_cmpuint (lens_capture_reader_get_position (reader), ==, file->len);
}

/* The upper bits of the link type tell of a frame check sequence; its number is the file's, not libpcap's own. */
static void
test_link_types (void)
{
  static const struct
  {
    guint32 stored;
    guint32 link_type;
  } cases[] = { { 1, 1 },     { 0x30000001, 1 }, { 0x54000001, 1 }, { 101, 101 },
                { 113, 113 }, { 276, 276 },      { 12, 12 } };

  for (gsize k = 0; k < 2; k++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GByteArray) file = file_new (&kinds[k], 262144, cases[i].stored);
        g_autoptr (LensCaptureReader) reader = NULL;
        LensRecord record;

        put_record (file, &kinds[k], 1, 0, 4, 4, 0);
        reader = open_bytes ("link.pcap", file);
        assert_next (reader, &record);
        g_assert_cmpuint (record.link_type, ==, cases[i].link_type);
      }
}

static void
test_no_capture (void)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    gsize n_bytes;
    LensError code;
    const char *word; /* in the text */
  } cases[] = {
    { "empty.pcap", "", 0, LENS_ERROR_NOT_A_CAPTURE, "empty" },
    { "short.pcap", "\xd4\xc3", 2, LENS_ERROR_NOT_A_CAPTURE, "not a packet capture" },
    { "header.pcap", "\xd4\xc3\xb2\xa1\x02\x00\x04\x00", 8, LENS_ERROR_NOT_A_CAPTURE, "header" },
    { "note.txt", "Dear Sir or Madam, this is no capture.", 38, LENS_ERROR_NOT_A_CAPTURE,
      "not a packet capture" },
    { "a.pcap.gz", "\x1f\x8b\x08\x08____________________", 24, LENS_ERROR_OPEN, "its gzip data" },
    { "a.pcap.zst", "\x28\xb5\x2f\xfd____________________", 24, LENS_ERROR_OPEN, "its zstd data" },
    { "a.pcap.lz4", "\x04\x22\x4d\x18____________________", 24, LENS_ERROR_OPEN, "its lz4 data" },
    { "a.pcap.xz", "\xfd\x37\x7a\x58\x5a\x00__________________", 24, LENS_ERROR_UNSUPPORTED, "compressed" },
    { "a.pcap.bz2", "BZh9____________________", 24, LENS_ERROR_UNSUPPORTED, "compressed" },
    { "\xff\xfe.pcap", "nothing of use", 14, LENS_ERROR_NOT_A_CAPTURE, "not a packet capture" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_file (cases[i].name, cases[i].bytes, cases[i].n_bytes);
      g_autofree char *shown = g_filename_display_basename (path);
      g_autoptr (GError) error = NULL;

      g_assert_null (lens_capture_reader_open (path, NULL, &error));
      g_assert_error (error, LENS_ERROR, (int) cases[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_nonnull (strstr (error->message, shown));
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

static void
test_no_file (void)
{
  g_autofree char *missing = g_build_filename (folder, "there-is-none.pcap", NULL);
  g_autoptr (GError) of_missing = NULL;
  g_autoptr (GError) of_folder = NULL;
  g_autofree char *why = g_strdup (g_strerror (ENOENT));

  g_assert_null (lens_capture_reader_open (missing, NULL, &of_missing));
  g_assert_error (of_missing, LENS_ERROR, LENS_ERROR_OPEN);
  g_assert_nonnull (strstr (of_missing->message, "there-is-none.pcap"));
  g_assert_nonnull (strstr (of_missing->message, why));

  g_assert_null (lens_capture_reader_open (folder, NULL, &of_folder));
  g_assert_error (of_folder, LENS_ERROR, LENS_ERROR_OPEN);
  g_assert_nonnull (strstr (of_folder->message, "folder"));
}

/* Standard input is a pipe: its length is not known, all else is as in a file. */
static void
test_standard_input (void)
{
  const Kind *kind = &kinds[0];
  g_autoptr (GByteArray) file = three_records (kind);
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  LensRecord record;
  int before = dup (STDIN_FILENO);
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], file->data, file->len), ==, (gssize) file->len);
  close (ends[1]);
  g_assert_cmpint (dup2 (ends[0], STDIN_FILENO), ==, STDIN_FILENO);
  close (ends[0]);

  reader = lens_capture_reader_open ("-", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lens_capture_reader_get_size (reader), ==, 0);
  for (gsize i = 0; i < 3; i++)
    assert_next (reader, &record);
  g_assert_cmphex (record.bytes[0], ==, 0xbb);
  assert_end (reader);
  g_assert_cmpuint (lens_capture_reader_get_position (reader), ==, file->len);

  if (before >= 0)
    {
      dup2 (before, STDIN_FILENO);
      close (before);
    }
}

/* More than the reader takes from the file at once, in records of every length. */
static void
test_many_records (void)
{
  const Kind *kind = &kinds[0];
  g_autoptr (GByteArray) file = file_new (kind, 65535, LINK_TYPE_ETHERNET);
  g_autoptr (LensCaptureReader) reader = NULL;
  LensRecord record;
  guint64 offset = 24;

  for (guint32 i = 0; i < 2500; i++)
    put_record (file, kind, i, 0, i, i, (guint8) i);
  reader = open_bytes ("many.pcap", file);
  for (guint32 i = 0; i < 2500; i++)
    {
      assert_next (reader, &record);
      g_assert_cmpuint (record.captured_bytes, ==, i);
      g_assert_cmpuint (record.file_offset, ==, offset);
      g_assert_true (i == 0 || (record.bytes[0] == (guint8) i && record.bytes[i - 1] == (guint8) i));
      offset += 16 + i;
    }
  assert_end (reader);
}

int
main (int argc, char **argv)
{
  int result;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("packetlens-test-capture-XXXXXX", NULL);
  g_assert_nonnull (folder);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *reads = g_strdup_printf ("/capture/reads/%s", kinds[k].name);
      g_autofree char *cut = g_strdup_printf ("/capture/cut-anywhere/%s", kinds[k].name);

      g_test_add_data_func (reads, &kinds[k], test_kinds);
      g_test_add_data_func (cut, &kinds[k], test_cut_anywhere);
    }
  g_test_add_func ("/capture/nonsense-length", test_nonsense_length);
  g_test_add_func ("/capture/nonsense-times", test_nonsense_times);
  g_test_add_func ("/capture/longer-than-snap-length", test_longer_than_snap_length);
  g_test_add_func ("/capture/link-types", test_link_types);
  g_test_add_func ("/capture/no-capture", test_no_capture);
  g_test_add_func ("/capture/no-file", test_no_file);
  g_test_add_func ("/capture/standard-input", test_standard_input);
  g_test_add_func ("/capture/many-records", test_many_records);
  result = g_test_run ();
  test_folder_remove (folder);
  return result;
}
