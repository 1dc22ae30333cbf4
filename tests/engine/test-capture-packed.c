/* Captures inside gzip, zstd and lz4: whole, in pieces, several after each other, cut, damaged, and too large. */
#include "lens-error.h"
#include "lens-memory-source.h"
#include "test-capture-bytes.h"

#include <locale.h>
#include <lz4frame.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#define N_RECORDS 40

typedef struct
{
  const char *name;
  LensCompression compression;
  GByteArray *(*pack) (const GByteArray *plain);
} Packing;

static GByteArray *
pack_gzip (const GByteArray *plain)
{
  z_stream stream = { 0 };
  GByteArray *packed = g_byte_array_new ();

  g_assert_cmpint (deflateInit2 (&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_byte_array_set_size (packed, (guint) deflateBound (&stream, plain->len));
  stream.next_in = plain->data;
  stream.avail_in = plain->len;
  stream.next_out = packed->data;
  stream.avail_out = packed->len;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, (guint) stream.total_out);
  deflateEnd (&stream);
  return packed;
}

static GByteArray *
pack_zstd (const GByteArray *plain)
{
  GByteArray *packed = g_byte_array_new ();
  size_t n_bytes;

  g_byte_array_set_size (packed, (guint) ZSTD_compressBound (plain->len));
  n_bytes = ZSTD_compress (packed->data, packed->len, plain->data, plain->len, 3);
  g_assert_false (ZSTD_isError (n_bytes));
  g_byte_array_set_size (packed, (guint) n_bytes);
  return packed;
}

static GByteArray *
pack_lz4 (const GByteArray *plain)
{
  GByteArray *packed = g_byte_array_new ();
  size_t n_bytes;

  g_byte_array_set_size (packed, (guint) LZ4F_compressFrameBound (plain->len, NULL));
  n_bytes = LZ4F_compressFrame (packed->data, packed->len, plain->data, plain->len, NULL);
  g_assert_false (LZ4F_isError (n_bytes));
  g_byte_array_set_size (packed, (guint) n_bytes);
  return packed;
}

static const Packing packings[] = {
  { "gzip", LENS_COMPRESSION_GZIP, pack_gzip },
  { "zstd", LENS_COMPRESSION_ZSTD, pack_zstd },
  { "lz4", LENS_COMPRESSION_LZ4, pack_lz4 },
};

static GByteArray *
write_pcap (void)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, 1);
  for (guint32 i = 0; i < N_RECORDS; i++)
    test_put_pcap_record (file, FALSE, i, i * 7919, 20 + i, 1514, 0, (guint8) (0x90 + i));
  return file;
}

static GByteArray *
write_pcapng (void)
{
  GByteArray *file = g_byte_array_new ();

  test_put_section (file, TRUE);
  test_put_interface (file, TRUE, 1, 0);
  for (guint32 i = 0; i < N_RECORDS; i++)
    test_put_packet (file, TRUE, 0, i * 7919, 20 + i, (guint8) (0x90 + i));
  return file;
}

static void
test_whole (gconstpointer data)
{
  const Packing *packing = data;
  static GByteArray *(*const writers[]) (void) = { write_pcap, write_pcapng };

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autoptr (GByteArray) plain = writers[i]();
      g_autoptr (GByteArray) packed = packing->pack (plain);
      g_autofree char *plain_says = test_transcript_of_bytes (plain->data, plain->len);
      g_autofree char *packed_says = test_transcript_in_pieces (packed->data, packed->len);

      g_assert_cmpstr (packed_says, ==, plain_says);
      g_assert_true (g_str_has_suffix (packed_says, "\nend\n"));
    }
}

static void
test_info (gconstpointer data)
{
  const Packing *packing = data;
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autoptr (GByteArray) packed = packing->pack (plain);
  g_autoptr (GBytes) bytes = g_bytes_new (packed->data, packed->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCaptureReader) reader
      = lens_capture_reader_new (lens_memory_source_new (bytes), "a", NULL, &error);
  const LensCaptureInfo *info;
  LensRecord record;

  g_assert_no_error (error);
  while (lens_capture_reader_next (reader, &record, NULL) == LENS_READ_RECORD)
    ;
  info = lens_capture_reader_get_info (reader);
  g_assert_cmpint (info->compression, ==, packing->compression);
  g_assert_cmpstr (lens_compression_get_name (info->compression), ==, packing->name);
  g_assert_cmpuint (info->file_bytes, ==, packed->len);
  g_assert_cmpuint (info->unpacked_bytes, ==, plain->len);
  g_assert_cmpuint (lens_capture_reader_get_position (reader), ==, packed->len);
  g_assert_cmpuint (lens_capture_reader_get_size (reader), ==, packed->len);
}

/* Packed pieces after each other are one file, wherever it was split. */
static void
test_several (gconstpointer data)
{
  const Packing *packing = data;
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autofree char *expected = test_transcript_of_bytes (plain->data, plain->len);

  for (guint at = 0; at <= plain->len; at += 101)
    {
      g_autoptr (GByteArray) first = g_byte_array_new ();
      g_autoptr (GByteArray) second = g_byte_array_new ();
      g_autoptr (GByteArray) packed_first = NULL;
      g_autoptr (GByteArray) packed_second = NULL;
      g_autofree char *says = NULL;

      g_byte_array_append (first, plain->data, at);
      g_byte_array_append (second, plain->data + at, plain->len - at);
      packed_first = packing->pack (first);
      packed_second = packing->pack (second);
      g_byte_array_append (packed_first, packed_second->data, packed_second->len);
      says = test_transcript_in_pieces (packed_first->data, packed_first->len);
      g_assert_cmpstr (says, ==, expected);
    }
}

/* How many lines @transcript has before its last. */
static gsize
count_records (const char *transcript)
{
  gsize n_lines = 0;

  for (const char *at = transcript; (at = strchr (at, '\n')) != NULL; at++)
    n_lines++;
  return n_lines - 1;
}

static char *
say_read_failed (gsize n_records, const char *reason)
{
  g_autofree char *shown = NULL;

  if (n_records == 0)
    shown = g_strdup ("There is nothing before it to show.");
  else if (n_records == 1)
    shown = g_strdup ("The first packet is shown.");
  else
    shown = g_strdup_printf ("The first %zu packets are shown.", n_records);
  return g_strdup_printf ("damaged: “a.pcap” could not be read from packet %zu on: %s. %s\n", n_records + 1,
                          reason, shown);
}

/* Cut after every byte: the records before the cut are shown, and the text says what is wrong. */
static void
test_cut (gconstpointer data)
{
  const Packing *packing = data;
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autoptr (GByteArray) packed = packing->pack (plain);
  g_autofree char *whole = test_transcript_of_bytes (plain->data, plain->len);
  g_autofree char *reason = g_strdup_printf ("its %s data end too early", packing->name);

  for (guint length = 4; length < packed->len; length++)
    {
      g_autofree char *says = test_transcript_in_pieces (packed->data, length);
      gsize n_records = count_records (says);
      g_autofree char *failed = say_read_failed (n_records, reason);
      g_autofree char *not_opened
          = g_strdup_printf ("damaged: “a.pcap” could not be opened: %s. Choose another file.\n", reason);
      const char *end = strstr (says, "damaged: ");

      g_assert_nonnull (end);
      g_assert_cmpint (strncmp (whole, says, (gsize) (end - says)), ==, 0);
      g_assert_true (strcmp (end, failed) == 0 || (n_records == 0 && strcmp (end, not_opened) == 0));
    }
}

/* A byte turned round in the middle or in the check sum: what is shown is what was before it. */
static void
test_damaged (gconstpointer data)
{
  const Packing *packing = data;
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autofree char *whole = test_transcript_of_bytes (plain->data, plain->len);
  gsize n_noticed = 0;

  for (guint at = 4; at < 4096; at++)
    {
      g_autoptr (GByteArray) packed = packing->pack (plain);
      g_autofree char *says = NULL;

      if (at >= packed->len)
        break;
      packed->data[at] ^= 0x55;
      says = test_transcript_in_pieces (packed->data, packed->len);
      n_noticed += strcmp (says, whole) != 0;
      g_assert_true (g_utf8_validate (says, -1, NULL));
    }
  g_assert_cmpuint (n_noticed, >, 0);
}

/* A file so large that it is unpacked ahead by another thread says what a pipe does, where no thread is: whole, cut and damaged. */
static void
test_large (gconstpointer data)
{
  const Packing *packing = data;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) packed = NULL;
  gsize lengths[3];
  guint32 state = 1;

  test_put_pcap_header (plain, FALSE, 0xa1b2c3d4, 4, 1);
  for (guint32 i = 0; i < 3000; i++)
    {
      test_put_pcap_record (plain, FALSE, i, 0, 1000, 1000, 0, 0);
      for (guint k = plain->len - 1000; k < plain->len; k++)
        plain->data[k] = (guint8) ((state = state * 1664525 + 1013904223) >> 24);
    }
  packed = packing->pack (plain);
  g_assert_cmpuint (packed->len, >, 1 << 17);
  lengths[0] = packed->len;
  lengths[1] = packed->len / 4 * 3;
  lengths[2] = packed->len;
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *file_says = NULL;
      g_autofree char *pipe_says = NULL;

      if (i == 2)
        memset (packed->data + packed->len / 3 * 2, 0xff, 64);
      file_says = test_transcript_of_bytes (packed->data, lengths[i]);
      pipe_says
          = test_transcript (test_source_new (packed->data, lengths[i], 1 << 20, TRUE, NULL), "a.pcap", 0);
      g_assert_cmpstr (file_says, ==, pipe_says);
      g_assert_cmpuint (count_records (file_says), >, 1000);
      if (i < 2)
        g_assert_cmpint (g_str_has_suffix (file_says, "\nend\n"), ==, i == 0);
    }
}

/* gzip's check sum is the last of a member: every record is there, and the damage is said. */
static void
test_gzip_check_sum (void)
{
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autoptr (GByteArray) packed = pack_gzip (plain);
  g_autofree char *says = NULL;
  g_autofree char *expected = say_read_failed (N_RECORDS, "its gzip data are damaged");

  packed->data[packed->len - 8] ^= 1;
  says = test_transcript_in_pieces (packed->data, packed->len);
  g_assert_cmpuint (count_records (says), ==, N_RECORDS);
  g_assert_true (g_str_has_suffix (says, expected));
}

/* What is behind the last member is ignored, as gzip does; the others' programs call it damage. */
static void
test_rubbish_behind (gconstpointer data)
{
  static const char *const rubbish[] = { "x", "\x1f", "\x1fx", "rubbish of some length" };
  const Packing *packing = data;

  for (gsize i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_autoptr (GByteArray) plain = write_pcap ();
      g_autoptr (GByteArray) packed = packing->pack (plain);
      g_autofree char *says = NULL;

      g_byte_array_append (packed, (const guint8 *) rubbish[i], (guint) strlen (rubbish[i]));
      says = test_transcript_in_pieces (packed->data, packed->len);
      g_assert_cmpuint (count_records (says), ==, N_RECORDS);
      g_assert_cmpint (g_str_has_suffix (says, "\nend\n"), ==, packing->compression == LENS_COMPRESSION_GZIP);
    }
}

/* Frames that are to be skipped, before and between others. */
static void
test_skippable_frames (void)
{
  static const guint8 frame[] = { 0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c' };
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autofree char *expected = test_transcript_of_bytes (plain->data, plain->len);
  g_autoptr (GByteArray) zstd = pack_zstd (plain);
  g_autoptr (GByteArray) lz4 = pack_lz4 (plain);
  g_autofree char *zstd_says = NULL;
  g_autofree char *lz4_says = NULL;

  g_byte_array_prepend (zstd, frame, sizeof frame);
  g_byte_array_append (zstd, frame, sizeof frame);
  zstd_says = test_transcript_in_pieces (zstd->data, zstd->len);
  g_assert_cmpstr (zstd_says, ==, expected);
  g_byte_array_append (lz4, frame, sizeof frame);
  lz4_says = test_transcript_in_pieces (lz4->data, lz4->len);
  g_assert_cmpstr (lz4_says, ==, expected);
}

/* Unpacking stops at what is allowed, and only where there is more. */
static void
test_ceiling (gconstpointer data)
{
  const Packing *packing = data;
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autoptr (GByteArray) packed = packing->pack (plain);
  g_autoptr (GBytes) bytes = g_bytes_new (packed->data, packed->len);
  g_autofree char *whole = test_transcript_of_bytes (plain->data, plain->len);

  for (guint64 allowed = 1; allowed <= plain->len; allowed++)
    {
      g_autofree char *says = test_transcript (lens_memory_source_new (bytes), "a.pcap", allowed);
      gsize n_records = count_records (says);
      const char *end = strstr (says, "ceiling: ");

      if (allowed == plain->len)
        {
          g_assert_cmpstr (says, ==, whole);
          continue;
        }
      g_assert_nonnull (end);
      g_assert_cmpint (strncmp (whole, says, (gsize) (end - says)), ==, 0);
      if (allowed == 800)
        {
          g_assert_cmpuint (n_records, >, 1);
          g_assert_nonnull (
              strstr (end, "“a.pcap” unpacks to more than 800 bytes and was read up to there. The first "));
          g_assert_nonnull (strstr (end, " packets are shown. Allow more to see the rest."));
        }
    }
}

/* Unless told otherwise: more than a gigabyte, and more than a hundred times what is packed. Zeros pack far better. */
static void
test_default_ceiling (void)
{
  const gsize n_zeros = 64 << 20;
  guint32 type = GUINT32_TO_BE (0x777);
  guint32 length = GUINT32_TO_BE ((guint32) n_zeros);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) zeros = g_byte_array_new ();
  g_autoptr (GByteArray) packed = NULL;
  g_autoptr (GByteArray) packed_zeros = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *says = NULL;
  g_autofree char *all_says = NULL;

  /* Unknown blocks of zeros, seventeen of 64 MiB. */
  test_put_section (file, TRUE);
  packed = pack_zstd (file);
  g_byte_array_set_size (zeros, (guint) n_zeros);
  memset (zeros->data, 0, n_zeros);
  memcpy (zeros->data, &type, 4);
  memcpy (zeros->data + 4, &length, 4);
  memcpy (zeros->data + n_zeros - 4, &length, 4);
  packed_zeros = pack_zstd (zeros);
  for (guint i = 0; i < 17; i++)
    g_byte_array_append (packed, packed_zeros->data, packed_zeros->len);
  bytes = g_bytes_new (packed->data, packed->len);
  says = test_transcript (lens_memory_source_new (bytes), "a.pcapng", 0);
  g_assert_cmpstr (
      says, ==,
      "ceiling: “a.pcapng” unpacks to more than 1.07 GB and was read up to there. There is nothing before it "
      "to show. Allow more to see the rest.\n");
  all_says = test_transcript (lens_memory_source_new (bytes), "a.pcapng", G_MAXUINT64);
  g_assert_cmpstr (all_says, ==, "end\n");
}

/* One layer is unpacked; a second is for the person to look at. */
static void
test_packed_twice (void)
{
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autoptr (GByteArray) once = pack_gzip (plain);
  g_autoptr (GByteArray) twice = pack_zstd (once);
  g_autofree char *says = test_transcript_in_pieces (twice->data, twice->len);

  g_assert_cmpstr (
      says, ==,
      "damaged: “a.pcap” is compressed in a way that this version does not read. Unpack it and open the "
      "result.\n");
}

static void
test_no_capture_inside (void)
{
  g_autoptr (GByteArray) note = g_byte_array_new ();
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  g_autoptr (GByteArray) packed_note = NULL;
  g_autoptr (GByteArray) packed_nothing = NULL;
  g_autofree char *note_says = NULL;
  g_autofree char *nothing_says = NULL;

  g_byte_array_append (note, (const guint8 *) "Dear Sir or Madam", 17);
  packed_note = pack_gzip (note);
  packed_nothing = pack_gzip (nothing);
  note_says = test_transcript_in_pieces (packed_note->data, packed_note->len);
  nothing_says = test_transcript_in_pieces (packed_nothing->data, packed_nothing->len);
  g_assert_cmpstr (
      note_says, ==,
      "damaged: “a.pcap” is not a packet capture: what it unpacks to does not begin as a pcap or pcapng file "
      "does. Choose another file.\n");
  g_assert_cmpstr (
      nothing_says, ==,
      "damaged: “a.pcap” is empty: it has no packets and no file header. Choose another file.\n");
}

/* A window that takes more memory than is given. */
static void
test_zstd_window (void)
{
  g_autoptr (GByteArray) plain = write_pcap ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  ZSTD_inBuffer from = { .src = plain->data, .size = plain->len };
  ZSTD_outBuffer to;
  g_autofree char *says = NULL;

  g_byte_array_set_size (packed, 65536);
  to = (ZSTD_outBuffer){ .dst = packed->data, .size = packed->len };
  ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, 28);
  ZSTD_CCtx_setParameter (context, ZSTD_c_contentSizeFlag, 0);
  ZSTD_compressStream2 (context, &to, &from, ZSTD_e_flush);
  ZSTD_compressStream2 (context, &to, &from, ZSTD_e_end);
  ZSTD_freeCCtx (context);
  says = test_transcript_in_pieces (packed->data, (guint) to.pos);
  g_assert_cmpstr (says, ==,
                   "damaged: “a.pcap” could not be opened: its zstd data take more than 128 MiB of memory to "
                   "unpack; unpack "
                   "it with “zstd -d --long=31”. Choose another file.\n");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } of_each[] = {
    { "whole", test_whole },     { "info", test_info },       { "several", test_several },
    { "cut", test_cut },         { "damaged", test_damaged }, { "rubbish-behind", test_rubbish_behind },
    { "ceiling", test_ceiling }, { "large", test_large },
  };

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (packings); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (of_each); k++)
      {
        g_autofree char *path = g_strdup_printf ("/capture-packed/%s/%s", packings[i].name, of_each[k].name);

        g_test_add_data_func (path, &packings[i], of_each[k].function);
      }
  g_test_add_func ("/capture-packed/gzip-check-sum", test_gzip_check_sum);
  g_test_add_func ("/capture-packed/skippable-frames", test_skippable_frames);
  g_test_add_func ("/capture-packed/default-ceiling", test_default_ceiling);
  g_test_add_func ("/capture-packed/packed-twice", test_packed_twice);
  g_test_add_func ("/capture-packed/no-capture-inside", test_no_capture_inside);
  g_test_add_func ("/capture-packed/zstd-window", test_zstd_window);
  return g_test_run ();
}
