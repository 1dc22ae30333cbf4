/* The kinds of pcap file beyond the usual ones: told apart, and read. */
#include "lens-memory-source.h"
#include "test-capture-bytes.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  const char *format; /* what the reader is to call it */
  guint32 magic;
  guint16 minor;
  guint32 stored_link_type;
  guint32 link_type;
  gsize extra_file_header;
  gsize extra_record_header;
  gint64 unit_ns;
} Kind;

static const Kind kinds[] = {
  { "pcap", 0xa1b2c3d4, 4, 1, 1, 0, 0, 1000 },
  { "pcap (nanoseconds)", 0xa1b23c4d, 4, 1, 1, 0, 0, 1 },
  { "pcap (modified)", 0xa1b2cd34, 4, 1, 1, 0, 8, 1000 },
  { "pcap (modified, SMP)", 0xa1b2cd34, 4, 1, 1, 0, 12, 1000 },
  { "pcap (patched)", 0xa1b2c3d4, 4, 1, 1, 0, 8, 1000 },
  { "pcap (IXIA)", 0x1c0001ab, 4, 1, 1, 4, 0, 1000 },
  { "pcap (IXIA, nanoseconds)", 0x1c0001ac, 4, 1, 1, 4, 0, 1 },
  { "pcap (AIX)", 0xa1b2c3d4, 2, 6, 1, 0, 0, 1 },
  { "pcap (AIX)", 0xa1b2c3d4, 2, 24, 0, 0, 0, 1 },
  { "pcap", 0xa1b2c3d4, 2, 1, 1, 0, 0, 1000 },
  { "pcap", 0xa1b2c3d4, 3, 1, 1, 0, 0, 1000 },
};

/* Three records; before version 2.3 the lengths stand the other way round. */
static GByteArray *
write_kind (const Kind *kind, gboolean is_big_endian)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, is_big_endian, kind->magic, kind->minor, kind->stored_link_type);
  test_put_fill (file, 0, kind->extra_file_header);
  for (guint32 i = 0; i < 3; i++)
    {
      gboolean is_swapped = kind->minor < 3;

      test_put_u32 (file, is_big_endian, 1600000000 + i);
      test_put_u32 (file, is_big_endian, 1234 * i);
      test_put_u32 (file, is_big_endian, is_swapped ? 1514 : 60 + i);
      test_put_u32 (file, is_big_endian, is_swapped ? 60 + i : 1514);
      test_put_fill (file, 0, kind->extra_record_header);
      test_put_fill (file, (guint8) (0x90 + i), 60 + i);
    }
  return file;
}

static void
check_kind (const Kind *kind, gboolean is_big_endian)
{
  g_autoptr (GByteArray) file = write_kind (kind, is_big_endian);
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCaptureReader) reader
      = lens_capture_reader_new (lens_memory_source_new (bytes), "kind.pcap", NULL, &error);
  const LensCaptureInfo *info;
  LensRecord record;

  g_assert_no_error (error);
  info = lens_capture_reader_get_info (reader);
  g_assert_cmpstr (info->format, ==, kind->format);
  g_assert_cmpint (((LensCaptureSection *) g_ptr_array_index (info->sections, 0))->is_big_endian, ==,
                   is_big_endian);
  for (guint32 i = 0; i < 3; i++)
    {
      g_assert_cmpint (lens_capture_reader_next (reader, &record, &error), ==, LENS_READ_RECORD);
      g_assert_cmpint (record.time_ns, ==,
                       (1600000000 + i) * G_GINT64_CONSTANT (1000000000) + 1234 * i * kind->unit_ns);
      g_assert_cmpuint (record.captured_bytes, ==, 60 + i);
      g_assert_cmpuint (record.wire_bytes, ==, 1514);
      g_assert_cmpuint (record.link_type, ==, kind->link_type);
      g_assert_cmphex (record.bytes[0], ==, 0x90 + i);
      g_assert_cmphex (record.bytes[59 + i], ==, 0x90 + i);
    }
  g_assert_cmpint (lens_capture_reader_next (reader, &record, &error), ==, LENS_READ_END);
  g_assert_cmpuint (((LensCaptureInterface *) g_ptr_array_index (info->interfaces, 0))->packets, ==, 3);
}

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (int is_big_endian = 0; is_big_endian < 2; is_big_endian++)
      check_kind (&kinds[i], is_big_endian);
}

/* Nokia's four bytes more in a record header are known by how they look. */
static void
test_nokia (void)
{
  for (int is_big_endian = 0; is_big_endian < 2; is_big_endian++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autofree char *transcript = NULL;

      test_put_pcap_header (file, is_big_endian, 0xa1b2c3d4, 4, 1);
      for (guint32 i = 0; i < 3; i++)
        {
          test_put_pcap_record (file, is_big_endian, i, 5, 0, 1514, 0, 0);
          /* The record was made without bytes: its length is put in afterwards. */
          g_byte_array_set_size (file, file->len - 8);
          test_put_u32 (file, is_big_endian, 10);
          test_put_u32 (file, is_big_endian, 1514);
          test_put_u32 (file, is_big_endian, 0x9fbfb601);
          test_put_fill (file, 0xee, 10);
        }
      transcript = test_transcript_of_bytes (file->data, file->len);
      g_assert_nonnull (strstr (transcript, "2000005000 at 84: 10 of 1514, link 1, if 0"));
      g_assert_true (g_str_has_suffix (transcript, "\nend\n"));
    }
}

/* What comes before the bytes of a packet in the kinds that have something there. */
static void
put_extra (GByteArray *file, gboolean is_big_endian, gsize n_bytes)
{
  if (n_bytes == 0)
    return;
  test_put_u32 (file, is_big_endian, n_bytes == 4 ? 0x9fbfb601 : 2); /* Nokia's, or an interface */
  if (n_bytes == 4)
    return;
  test_put_u16 (file, is_big_endian, 0x0800);
  test_put_fill (file, 0, n_bytes - 6);
}

/* Records of 60 bytes that are all 0, as a packet on the loopback interface begins. */
static GByteArray *
write_extra (guint32 magic, gsize extra, gboolean is_big_endian, guint32 n_records)
{
  GByteArray *file = g_byte_array_new ();

  test_put_pcap_header (file, is_big_endian, magic, 4, 1);
  for (guint32 i = 0; i < n_records; i++)
    {
      test_put_u32 (file, is_big_endian, 1600000000 + i);
      test_put_u32 (file, is_big_endian, 1234 * i);
      test_put_u32 (file, is_big_endian, 60);
      test_put_u32 (file, is_big_endian, 60);
      put_extra (file, is_big_endian, extra);
      test_put_fill (file, 0, 60);
    }
  return file;
}

/* Whether a piece ends where the first record of one kind of modified file ends, or less than what tells them apart after it, other
 * than with the record of the kind that has @extra. */
static gboolean
is_cut_unclear (gsize piece, gsize extra)
{
  const gsize end_of_first = 24 + 16 + 8 + 60;

  for (gsize cut = end_of_first; cut < end_of_first + 8; cut++)
    if (cut % piece == 0 && cut != 24 + 16 + extra + 60)
      return TRUE;
  return FALSE;
}

/* In pieces of every size, each of which the pipe makes wait for, a kind with longer record headers is told as in a file. The two
 * modified kinds begin alike and are told by whether whole records have come: not where a piece ends elsewhere. */
static void
test_kinds_on_a_pipe (void)
{
  static const struct
  {
    guint32 magic;
    gsize extra;
  } cases[] = { { 0xa1b2c3d4, 8 }, { 0xa1b2c3d4, 4 }, { 0xa1b2cd34, 8 }, { 0xa1b2cd34, 12 } };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      gsize extra = cases[i / 2].extra;
      g_autoptr (GByteArray) file = write_extra (cases[i / 2].magic, extra, i % 2 == 0, 4);
      g_autofree char *at_once = test_transcript_of_bytes (file->data, file->len);

      g_assert_nonnull (strstr (at_once, ": 60 of 60, link 1, if 0, sum 00000000\n1600000001001234000"));
      g_assert_true (g_str_has_suffix (at_once, "sum 00000000\nend\n"));
      for (gsize piece = 1; piece <= file->len; piece++)
        {
          g_autofree char *on_pipe = NULL;

          if (cases[i / 2].magic == 0xa1b2cd34 && is_cut_unclear (piece, extra))
            continue;
          on_pipe = test_transcript (test_source_new (file->data, file->len, piece, TRUE, NULL), "a.pcap", 0);
          g_assert_cmpstr (on_pipe, ==, at_once);
        }
    }
}

/* A record is given out once it has come, of every kind: a live pipe need not have another for it
 * to be told. */
static void
test_first_record_on_a_pipe (void)
{
  static const struct
  {
    const char *format;
    guint32 magic;
    gsize extra;
  } cases[] = { { "pcap", 0xa1b2c3d4, 0 },
                { "pcap (patched)", 0xa1b2c3d4, 8 },
                { "pcap (Nokia)", 0xa1b2c3d4, 4 },
                { "pcap (modified)", 0xa1b2cd34, 8 },
                { "pcap (modified, SMP)", 0xa1b2cd34, 12 },
                { "pcap (nanoseconds)", 0xa1b23c4d, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint32 n_more = 0; n_more < 2; n_more++)
      {
        gsize extra = cases[i].extra;
        g_autoptr (GByteArray) file = write_extra (cases[i].magic, extra, FALSE, 1 + n_more);
        g_autoptr (LensCaptureReader) reader = NULL;
        g_autoptr (GError) error = NULL;
        gsize piece = 24 + 16 + extra + 60;
        LensByteSource *source;
        LensRecord record;

        source = test_source_new (file->data, file->len, piece, TRUE, "broken pipe");
        reader = lens_capture_reader_new (source, "p", NULL, &error);
        g_assert_cmpint (lens_capture_reader_next (reader, &record, &error), ==, LENS_READ_WAIT);
        g_assert_cmpint (lens_capture_reader_next (reader, &record, &error), ==, LENS_READ_RECORD);
        g_assert_cmpuint (source->position, ==, piece);
        g_assert_cmpuint (record.captured_bytes, ==, 60);
        for (gsize n = 0; n < 60; n++)
          g_assert_cmphex (record.bytes[n], ==, 0);
        g_assert_cmpstr (lens_capture_reader_get_info (reader)->format, ==, cases[i].format);
      }
}

/* A file of the usual kind whose second record is nonsense stays one, wherever a pipe makes wait for it. */
static void
test_damage_on_a_pipe (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, 1);
  test_put_pcap_record (file, FALSE, 1, 0, 20, 20, 0, 0x90);
  test_put_fill (file, 0x77, 200);
  for (gsize piece = 1; piece <= file->len; piece++)
    {
      g_autofree char *says
          = test_transcript (test_source_new (file->data, file->len, piece, TRUE, NULL), "a.pcap", 0);

      g_assert_cmpstr (says, ==,
                       "1000000000 at 24: 20 of 20, link 1, if 0, sum a2de3400\n"
                       "damaged: “a.pcap” is damaged at packet 2; the first packet is shown.\n");
    }
}

/* In version 2.3 the lengths were written in both ways. */
static void
test_lengths_of_version_2_3 (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *transcript = NULL;

  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 3, 1);
  test_put_pcap_record (file, FALSE, 1, 0, 0, 0, 0, 0);
  g_byte_array_set_size (file, file->len - 8);
  test_put_u32 (file, FALSE, 1000);
  test_put_u32 (file, FALSE, 4);
  test_put_fill (file, 0, 4);
  transcript = test_transcript_in_pieces (file->data, file->len);
  g_assert_cmpstr (transcript, ==, "1000000000 at 24: 4 of 1000, link 1, if 0, sum 00000000\nend\n");
}

/* AIX counts three bytes before a frame of FDDI that are no part of it. */
static void
test_aix_fddi (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *transcript = NULL;

  test_put_pcap_header (file, TRUE, 0xa1b2c3d4, 2, 15);
  test_put_u32 (file, TRUE, 1);
  test_put_u32 (file, TRUE, 999);
  test_put_u32 (file, TRUE, 103);
  test_put_u32 (file, TRUE, 4);
  test_put_fill (file, 0, 3);
  test_put_u8 (file, 7);
  test_put_u32 (file, TRUE, 2);
  test_put_u32 (file, TRUE, 0);
  test_put_u32 (file, TRUE, 2); /* too little to hold them */
  test_put_u32 (file, TRUE, 2);
  test_put_fill (file, 0, 2);
  transcript = test_transcript_in_pieces (file->data, file->len);
  g_assert_cmpstr (transcript, ==,
                   "1000000999 at 24: 1 of 100, link 10, if 0, sum 00000007\n"
                   "damaged: “a.pcap” is damaged at packet 2; the first packet is shown.\n");
}

/* How long a record may be depends on what is in it. */
static void
test_longest_records (void)
{
  static const struct
  {
    guint32 link_type;
    guint32 captured;
    gboolean is_read;
  } cases[] = {
    { 1, 262144, TRUE },    { 1, 262145, FALSE },  { 231, 262145, TRUE },
    { 249, 3 << 20, TRUE }, { 220, 262145, TRUE }, { 231, (128 << 20) + 1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autofree char *transcript = NULL;
      guint32 present = MIN (cases[i].captured, 4u << 20);

      test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, cases[i].link_type);
      test_put_u32 (file, FALSE, 1);
      test_put_u32 (file, FALSE, 0);
      test_put_u32 (file, FALSE, cases[i].captured);
      test_put_u32 (file, FALSE, cases[i].captured);
      g_byte_array_set_size (file, file->len + present);
      memset (file->data + file->len - present, 0, present);
      transcript = test_transcript_of_bytes (file->data, file->len);
      if (cases[i].is_read)
        g_assert_true (g_str_has_suffix (transcript, "\nend\n"));
      else
        g_assert_cmpstr (
            transcript, ==,
            "damaged: “a.pcap” is damaged at its first packet; there is nothing before it to show.\n");
    }
}

static void
test_refused (void)
{
  static const struct
  {
    guint32 magic;
    guint16 major;
    const char *reason;
  } cases[] = {
    { 0xa1b2c3d4, 1, "it states version 1.4 of the format" },
    { 0xa1b234cd, 2, "it is of the kind “pcap (Fmesquita)”, whose records are not publicly described" },
    { 0xa12b3c4d, 2, "it is of the kind “pcap (Navtel)”, whose records are not publicly described" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autofree char *transcript = NULL;
      g_autofree char *expected
          = g_strdup_printf ("damaged: “a.pcap” begins as a capture but its file header can’t be read: %s. "
                             "Choose another file.\n",
                             cases[i].reason);

      test_put_pcap_header (file, TRUE, cases[i].magic, 4, 1);
      file->data[5] = (guint8) cases[i].major;
      transcript = test_transcript_in_pieces (file->data, file->len);
      g_assert_cmpstr (transcript, ==, expected);
    }
}

/* Cut after every byte, and got at byte by byte: always the same, and always the records before the cut. */
static void
check_cuts (const GByteArray *file)
{
  g_autofree char *whole = test_transcript_of_bytes (file->data, file->len);

  for (guint length = 0; length < file->len; length++)
    {
      g_autofree char *cut = test_transcript_in_pieces (file->data, length);
      const char *end = strstr (cut, "damaged: ");

      if (end == NULL)
        end = strstr (cut, "end\n");
      g_assert_nonnull (end);
      g_assert_cmpint (strncmp (whole, cut, (gsize) (end - cut)), ==, 0);
    }
}

/* Kinds that are told by their records are left out: fewer of them can look like another kind. */
static void
test_cut_in_pieces (void)
{
  g_autoptr (GByteArray) loopback = write_extra (0xa1b2c3d4, 0, FALSE, 3);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GByteArray) file = write_kind (&kinds[i], i % 2 == 0);

      if (kinds[i].extra_record_header == 0)
        check_cuts (file);
    }
  check_cuts (loopback);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture-pcap/kinds", test_kinds);
  g_test_add_func ("/capture-pcap/nokia", test_nokia);
  g_test_add_func ("/capture-pcap/kinds-on-a-pipe", test_kinds_on_a_pipe);
  g_test_add_func ("/capture-pcap/first-record-on-a-pipe", test_first_record_on_a_pipe);
  g_test_add_func ("/capture-pcap/damage-on-a-pipe", test_damage_on_a_pipe);
  g_test_add_func ("/capture-pcap/lengths-of-version-2-3", test_lengths_of_version_2_3);
  g_test_add_func ("/capture-pcap/aix-fddi", test_aix_fddi);
  g_test_add_func ("/capture-pcap/longest-records", test_longest_records);
  g_test_add_func ("/capture-pcap/refused", test_refused);
  g_test_add_func ("/capture-pcap/cut-in-pieces", test_cut_in_pieces);
  return g_test_run ();
}
