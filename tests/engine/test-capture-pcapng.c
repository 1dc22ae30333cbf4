/* pcapng: what its blocks say, and where a broken one ends the reading. */
#include "lens-error.h"
#include "lens-memory-source.h"
#include "test-capture-bytes.h"

#include <locale.h>
#include <string.h>

#define MICROSECONDS G_GUINT64_CONSTANT (1600000000000000)

static LensCaptureReader *
open_bytes (const GByteArray *file)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (GError) error = NULL;
  LensCaptureReader *reader
      = lens_capture_reader_new (lens_memory_source_new (bytes), "a.pcapng", NULL, &error);

  g_assert_no_error (error);
  return reader;
}

static void
assert_next (LensCaptureReader *reader, LensRecord *record)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lens_capture_reader_next (reader, record, &error), ==, LENS_READ_RECORD);
  g_assert_no_error (error);
}

/* Section header with texts and a comment. */
static void
put_told_section (GByteArray *file, gboolean is_big_endian)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u32 (body, is_big_endian, 0x1a2b3c4d);
  test_put_u16 (body, is_big_endian, 1);
  test_put_u16 (body, is_big_endian, 2);
  test_put_u64 (body, is_big_endian, 16); /* a section length that is a lie */
  test_put_option (body, is_big_endian, 1, "two\nlines", 9);
  test_put_option (body, is_big_endian, 2, "PDP-11", 6);
  test_put_option (body, is_big_endian, 3, "Unix", 4);
  test_put_option (body, is_big_endian, 4, "snoop", 5);
  test_put_option (body, is_big_endian, 4, "second", 6);
  test_put_option (body, is_big_endian, 0, NULL, 0);
  test_put_fill (body, 0xff, 4); /* what is behind the end of options is nothing */
  test_put_block (file, is_big_endian, 0x0a0d0d0a, body);
}

static void
put_told_interface (GByteArray *file, gboolean is_big_endian)
{
  static const guint8 nanoseconds = 9;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GByteArray) offset = g_byte_array_new ();

  test_put_u16 (body, is_big_endian, 113);
  test_put_u16 (body, is_big_endian, 0);
  test_put_u32 (body, is_big_endian, 128);
  test_put_option (body, is_big_endian, 2, "eth\0330", 5);
  test_put_option (body, is_big_endian, 3, "the cable", 9);
  test_put_option (body, is_big_endian, 9, &nanoseconds, 1);
  test_put_option (body, is_big_endian, 11, "\0tcp port 80", 12);
  test_put_option (body, is_big_endian, 12, "Plan 9", 6);
  test_put_u64 (offset, is_big_endian, 1000);
  test_put_option (body, is_big_endian, 14, offset->data, 8);
  test_put_option (body, is_big_endian, 15, "a card", 6);
  test_put_option (body, is_big_endian, 1, "of an interface", 15);
  test_put_option (body, is_big_endian, 0x8001, "unknown", 7);
  test_put_block (file, is_big_endian, 1, body);
}

static void
put_told_packet (GByteArray *file, gboolean is_big_endian)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u32 (body, is_big_endian, 0);
  test_put_u32 (body, is_big_endian, 0);
  test_put_u32 (body, is_big_endian, 5);
  test_put_u32 (body, is_big_endian, 3);
  test_put_u32 (body, is_big_endian, 1514);
  test_put_fill (body, 0x41, 3);
  test_put_fill (body, 0, 1);
  test_put_option (body, is_big_endian, 1, "first", 5);
  test_put_option (body, is_big_endian, 1, "second", 6);
  test_put_block (file, is_big_endian, 6, body);
}

static void
put_names (GByteArray *file, gboolean is_big_endian)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u16 (body, is_big_endian, 1);
  test_put_u16 (body, is_big_endian, 4 + 9);
  g_byte_array_append (body, (const guint8 *) "\300\0\2\1one\0alias", 14);
  g_byte_array_set_size (body, body->len - 1);
  body->data[body->len - 1] = '\0';
  test_put_fill (body, 0, 3);
  test_put_u16 (body, is_big_endian, 2);
  test_put_u16 (body, is_big_endian, 16 + 4);
  g_byte_array_append (body, (const guint8 *) "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1six\0", 20);
  test_put_u16 (body, is_big_endian, 77); /* unknown */
  test_put_u16 (body, is_big_endian, 1);
  test_put_fill (body, 0, 4);
  test_put_u32 (body, is_big_endian, 0);
  test_put_option (body, is_big_endian, 1, "of names", 8);
  test_put_block (file, is_big_endian, 4, body);
}

static void
put_statistics (GByteArray *file, gboolean is_big_endian)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  test_put_u32 (body, is_big_endian, 0);
  test_put_u64 (body, is_big_endian, 0);
  for (guint16 code = 4; code <= 8; code++)
    {
      g_autoptr (GByteArray) value = g_byte_array_new ();

      test_put_u64 (value, is_big_endian, G_GUINT64_CONSTANT (0x100000000) + code);
      test_put_option (body, is_big_endian, code, value->data, 8);
    }
  test_put_option (body, is_big_endian, 1, "of statistics", 13);
  test_put_block (file, is_big_endian, 5, body);
}

static void
assert_comment (const LensCaptureInfo *info,
                guint index,
                LensCommentPlace place,
                guint64 number,
                const char *text)
{
  const LensCaptureComment *comment = g_ptr_array_index (info->comments, index);

  g_assert_cmpint (comment->place, ==, place);
  g_assert_cmpuint (comment->number, ==, number);
  g_assert_cmpstr (comment->text, ==, text);
}

static void
assert_told (const LensCaptureInfo *info, gboolean is_big_endian)
{
  const LensCaptureSection *section = g_ptr_array_index (info->sections, 0);
  const LensCaptureInterface *interface = g_ptr_array_index (info->interfaces, 0);

  g_assert_cmpstr (info->format, ==, "pcapng");
  g_assert_cmpint (section->is_big_endian, ==, is_big_endian);
  g_assert_cmpstr (section->hardware, ==, "PDP-11");
  g_assert_cmpstr (section->os, ==, "Unix");
  g_assert_cmpstr (section->application, ==, "snoop");
  g_assert_cmpuint (interface->link_type, ==, 113);
  g_assert_cmpuint (interface->snap_length, ==, 128);
  g_assert_cmpstr (interface->name, ==, "eth␛0");
  g_assert_cmpstr (interface->description, ==, "the cable");
  g_assert_cmpstr (interface->filter, ==, "tcp port 80");
  g_assert_cmpstr (interface->os, ==, "Plan 9");
  g_assert_cmpstr (interface->hardware, ==, "a card");
  g_assert_cmpuint (interface->ticks_per_second, ==, 1000000000);
  g_assert_cmpint (interface->offset_s, ==, 1000);
  g_assert_cmpuint (interface->packets, ==, 1);
}

static void
assert_told_at_end (const LensCaptureInfo *info)
{
  const LensCaptureInterface *interface = g_ptr_array_index (info->interfaces, 0);
  const LensCaptureName *ipv4 = g_ptr_array_index (info->names, 0);
  const LensCaptureName *ipv6 = g_ptr_array_index (info->names, 1);
  char text[LENS_ADDRESS_TEXT_SIZE];

  g_assert_cmpuint (interface->received, ==, G_GUINT64_CONSTANT (0x100000004));
  g_assert_cmpuint (interface->dropped_by_interface, ==, G_GUINT64_CONSTANT (0x100000005));
  g_assert_cmpuint (interface->accepted, ==, G_GUINT64_CONSTANT (0x100000006));
  g_assert_cmpuint (interface->dropped_by_os, ==, G_GUINT64_CONSTANT (0x100000007));
  g_assert_cmpuint (interface->delivered, ==, G_GUINT64_CONSTANT (0x100000008));
  g_assert_cmpuint (info->names->len, ==, 2);
  g_assert_cmpstr (lens_address_format (&ipv4->address, text), ==, "192.0.2.1");
  g_assert_cmpstr (ipv4->name, ==, "one");
  g_assert_cmpstr (lens_address_format (&ipv6->address, text), ==, "2001:db8::1");
  g_assert_cmpstr (ipv6->name, ==, "six");
  g_assert_cmpuint (info->comments->len, ==, 6);
  assert_comment (info, 0, LENS_COMMENT_SECTION, 0, "two␊lines");
  assert_comment (info, 1, LENS_COMMENT_INTERFACE, 0, "of an interface");
  assert_comment (info, 2, LENS_COMMENT_PACKET, 1, "first");
  assert_comment (info, 3, LENS_COMMENT_PACKET, 1, "second");
  assert_comment (info, 4, LENS_COMMENT_NAMES, 0, "of names");
  assert_comment (info, 5, LENS_COMMENT_STATISTICS, 0, "of statistics");
}

static void
test_what_it_says (void)
{
  for (int is_big_endian = 0; is_big_endian < 2; is_big_endian++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autoptr (LensCaptureReader) reader = NULL;
      g_autoptr (LensCaptureInfo) info = NULL;
      LensRecord record;

      put_told_section (file, is_big_endian);
      put_told_interface (file, is_big_endian);
      put_told_packet (file, is_big_endian);
      put_names (file, is_big_endian);
      put_statistics (file, is_big_endian);
      reader = open_bytes (file);
      assert_next (reader, &record);
      g_assert_cmpint (record.time_ns, ==, G_GINT64_CONSTANT (1000000000005));
      g_assert_cmpuint (record.captured_bytes, ==, 3);
      g_assert_cmpuint (record.wire_bytes, ==, 1514);
      g_assert_cmpmem (record.bytes, 3, "AAA", 3);
      assert_told (lens_capture_reader_get_info (reader), is_big_endian);
      g_assert_cmpint (lens_capture_reader_next (reader, &record, NULL), ==, LENS_READ_END);
      info = lens_capture_reader_steal_info (reader);
      assert_told_at_end (info);
      g_assert_cmpuint (info->unpacked_bytes, ==, file->len);
    }
}

/* Interfaces start anew with each section, which may turn the byte order round. */
static void
test_sections (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *transcript = NULL;

  for (int i = 0; i < 2; i++)
    {
      test_put_section (file, i == 1);
      test_put_interface (file, i == 1, 1, 0);
      test_put_packet (file, i == 1, 0, MICROSECONDS, 1, 1);
      test_put_interface (file, i == 1, (guint16) (101 + i), 0);
      test_put_packet (file, i == 1, 1, MICROSECONDS + 1, 2, 1);
    }
  test_put_section (file, FALSE);
  test_put_packet (file, FALSE, 0, MICROSECONDS, 1, 1); /* the section has no interface */
  transcript = test_transcript_in_pieces (file->data, file->len);
  g_assert_cmpstr (transcript, ==,
                   "1600000000000000000 at 48: 1 of 101, link 1, if 0, sum 00000001\n"
                   "1600000000000001000 at 104: 2 of 102, link 101, if 1, sum 00000020\n"
                   "1600000000000000000 at 188: 1 of 101, link 1, if 2, sum 00000001\n"
                   "1600000000000001000 at 244: 2 of 102, link 102, if 3, sum 00000020\n"
                   "damaged: “a.pcap” is damaged at packet 5; the first 4 packets are shown.\n");
}

/* Simple packets have no time and no captured length; obsolete ones have a short interface number. */
static void
test_kinds_of_packet (void)
{
  for (int is_big_endian = 0; is_big_endian < 2; is_big_endian++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autoptr (GByteArray) simple = g_byte_array_new ();
      g_autoptr (GByteArray) obsolete = g_byte_array_new ();
      g_autofree char *transcript = NULL;

      test_put_section (file, is_big_endian);
      test_put_interface (file, is_big_endian, 1, 6);
      test_put_interface (file, is_big_endian, 101, 0);
      test_put_u32 (simple, is_big_endian, 9); /* more than the snap length */
      test_put_fill (simple, 1, 6);
      test_put_block (file, is_big_endian, 3, simple);
      g_byte_array_set_size (simple, 0);
      test_put_u32 (simple, is_big_endian, 5);
      test_put_fill (simple, 1, 5);
      test_put_block (file, is_big_endian, 3, simple);
      test_put_u16 (obsolete, is_big_endian, 1);
      test_put_u16 (obsolete, is_big_endian, 77); /* drops */
      test_put_u32 (obsolete, is_big_endian, (guint32) (MICROSECONDS >> 32));
      test_put_u32 (obsolete, is_big_endian, (guint32) MICROSECONDS);
      test_put_u32 (obsolete, is_big_endian, 2);
      test_put_u32 (obsolete, is_big_endian, 20);
      test_put_fill (obsolete, 1, 2);
      test_put_block (file, is_big_endian, 2, obsolete);
      transcript = test_transcript_in_pieces (file->data, file->len);
      g_assert_cmpstr (transcript, ==,
                       "0 at 68: 6 of 9, link 1, if 0, sum 01c36860\n"
                       "0 at 92: 5 of 5, link 1, if 0, sum 000e8fc1\n"
                       "1600000000000000000 at 116: 2 of 20, link 101, if 1, sum 00000020\nend\n");
    }
}

/* Every resolution, also those that 64 bits of nanoseconds or of ticks can't hold. */
static void
test_times (void)
{
  static const struct
  {
    guint8 resolution;
    guint64 ticks;
    gint64 offset_s;
    gint64 time_ns;
  } cases[] = {
    { 6, MICROSECONDS, 0, G_GINT64_CONSTANT (1600000000000000000) },
    { 9, 5, -1, -999999995 },
    { 0, 1600000000, 0, G_GINT64_CONSTANT (1600000000000000000) },
    { 3, 1500, 0, 1500000000 },
    { 12, 1999, 0, 1 },
    { 19, G_MAXUINT64, 0, 1844674407 },
    { 0x80 | 1, 3, 0, 1500000000 },
    { 0x80 | 32, G_GUINT64_CONSTANT (0x180000000), 0, 1500000000 },
    { 0x80 | 63, G_MAXUINT64, 0, 1999999999 },
    { 20, G_MAXUINT64, 7, G_GINT64_CONSTANT (7000000000) }, /* finer than can be counted */
    { 0x80 | 127, 1, 0, 0 },
    { 6, G_MAXUINT64, 0, G_MAXINT64 },
    { 0x80 | 4, G_MAXUINT64, 0, G_MAXINT64 },
    { 9, G_MAXUINT64, 0, G_MAXINT64 },
    { 9, G_MAXINT64, 1, G_MAXINT64 },
    { 9, 0, G_MININT64, G_MININT64 },
    { 9, 0, G_MAXINT64, G_MAXINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autoptr (GByteArray) body = g_byte_array_new ();
      g_autoptr (LensCaptureReader) reader = NULL;
      gint64 stored_offset = GINT64_TO_LE (cases[i].offset_s);
      LensRecord record;

      test_put_section (file, FALSE);
      test_put_u32 (body, FALSE, 1);
      test_put_u32 (body, FALSE, 0);
      test_put_option (body, FALSE, 9, &cases[i].resolution, 1);
      test_put_option (body, FALSE, 14, &stored_offset, 8);
      test_put_block (file, FALSE, 1, body);
      test_put_packet (file, FALSE, 0, cases[i].ticks, 4, 0);
      reader = open_bytes (file);
      assert_next (reader, &record);
      g_assert_cmpint (record.time_ns, ==, cases[i].time_ns);
    }
}

/* A block between two packets: those that mean nothing are passed by, broken ones end the reading. */
static void
test_blocks_between (void)
{
  static const struct
  {
    const char *what;
    guint32 type;
    const char *body;
    guint n_bytes;
    gboolean is_good;
  } cases[] = {
    { "unknown", 0x777, "whatever", 8, TRUE },
    { "empty", 0x777, "", 0, TRUE },
    { "journal", 9, "MESSAGE=x\n", 10, TRUE },
    { "secrets", 10, "KLST\4\0\0\0abcd", 12, TRUE },
    { "custom", 0xbad, "\1\0\0\0abcd", 8, TRUE },
    { "custom, not to copy", 0x40000bad, "\1\0\0\0abcd", 8, TRUE },
    { "statistics of no interface", 5, "\7\0\0\0\0\0\0\0\0\0\0\0", 12, TRUE },
    { "short statistics", 5, "\0\0\0\0", 4, FALSE },
    { "short interface", 1, "\1\0\0\0", 4, FALSE },
    { "option beyond an interface", 1, "\1\0\0\0\0\0\0\0\2\0\100\0", 12, FALSE },
    { "name without an end", 4, "\1\0\7\0\1\2\3\4abc\0\0\0\0\0", 16, FALSE },
    { "name beyond the block", 4, "\1\0\100\0\1\2\3\4abc\0", 12, FALSE },
    { "half an address", 4, "\2\0\4\0\1\2\3\4", 8, FALSE },
    { "address without a name", 4, "\1\0\4\0\1\2\3\4", 8, TRUE },
    { "names without an end", 4, "\1\0\6\0\1\2\3\4a\0\0\0", 12, TRUE },
    { "short packet", 6, "\0\0\0\0\0\0\0\0", 8, FALSE },
    { "packet of no interface", 6, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20, FALSE },
    { "packet beyond its block", 6, "\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0\5\0\0\0abcd", 24, FALSE },
    { "flags of two bytes", 6, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\0\2\0ab\0\0", 28, FALSE },
    { "hash of nothing", 6, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\0\0\0", 24, FALSE },
    { "drops of four bytes", 6, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\4\0\4\0abcd", 28, FALSE },
    { "short simple packet", 3, "", 0, FALSE },
    { "simple packet beyond its block", 3, "\5\0\0\0abcd", 8, FALSE },
    { "section of no byte order", 0x0a0d0d0a, "\1\1\1\1\1\0\0\0\0\0\0\0\0\0\0\0", 16, FALSE },
    { "section of version 2", 0x0a0d0d0a, "\x4d\x3c\x2b\x1a\2\0\0\0\0\0\0\0\0\0\0\0", 16, FALSE },
    { "short section", 0x0a0d0d0a, "\x4d\x3c\x2b\x1a\1\0\0\0\0\0\0\0", 12, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autoptr (GByteArray) body = g_byte_array_new ();
      g_autofree char *transcript = NULL;
      const char *expected
          = cases[i].is_good ? "\nend\n" : "is damaged at packet 2; the first packet is shown.\n";

      g_test_message ("%s", cases[i].what);
      test_put_section (file, FALSE);
      test_put_interface (file, FALSE, 1, 0);
      test_put_packet (file, FALSE, 0, 1, 4, 0);
      g_byte_array_append (body, (const guint8 *) cases[i].body, cases[i].n_bytes);
      test_put_block (file, FALSE, cases[i].type, body);
      test_put_packet (file, FALSE, 0, 2, 4, 0);
      transcript = test_transcript_in_pieces (file->data, file->len);
      g_assert_true (g_str_has_suffix (transcript, expected));
      g_assert_cmpint (strstr (transcript, "\n2000 at ") != NULL, ==, cases[i].is_good);
    }
}

/* The two lengths of a block: taken to be padded, and they must agree. */
static void
test_block_lengths (void)
{
  static const struct
  {
    guint32 first;
    guint32 second;
    gboolean is_good;
  } cases[] = {
    { 20, 20, TRUE },  { 17, 17, TRUE },  { 18, 20, TRUE }, { 20, 0, FALSE },
    { 20, 24, FALSE }, { 11, 11, FALSE }, { 0, 0, FALSE },  { 0xfffffff0, 20, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      g_autofree char *transcript = NULL;

      test_put_section (file, TRUE);
      test_put_interface (file, TRUE, 1, 0);
      test_put_packet (file, TRUE, 0, 1, 4, 0);
      test_put_u32 (file, TRUE, 0x777);
      test_put_u32 (file, TRUE, cases[i].first);
      test_put_u64 (file, TRUE, 0);
      test_put_u32 (file, TRUE, cases[i].second);
      test_put_packet (file, TRUE, 0, 2, 4, 0);
      transcript = test_transcript_in_pieces (file->data, file->len);
      g_assert_cmpint (strstr (transcript, "\n2000 at ") != NULL, ==, cases[i].is_good);
      g_assert_cmpint (g_str_has_suffix (transcript, "\nend\n"), ==, cases[i].is_good);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *bytes;
    gsize n_bytes;
    const char *reason;
  } cases[] = {
    { "\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0\3\0________\x1c\0\0\0", 28,
      "it states version 1.3 of the format" },
    { "\n\r\r\n\x1c\0\0\0\x11\x11\x11\x11\1\0\0\0________\x1c\0\0\0", 28, "its first block makes no sense" },
    { "\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0\0\0________\x20\0\0\0", 28, "its first block makes no sense" },
    { "\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0\0\0", 16, "the file ends in it" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *transcript = test_transcript_in_pieces (cases[i].bytes, cases[i].n_bytes);
      g_autofree char *expected
          = g_strdup_printf ("damaged: “a.pcap” begins as a capture but its file header can’t be read: %s. "
                             "Choose another file.\n",
                             cases[i].reason);

      g_assert_cmpstr (transcript, ==, expected);
    }
}

/* Cut after every byte, and got at byte by byte. */
static void
test_cut_in_pieces (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autofree char *whole = NULL;

  put_told_section (file, TRUE);
  put_told_interface (file, TRUE);
  put_told_packet (file, TRUE);
  put_names (file, TRUE);
  put_told_packet (file, TRUE);
  put_statistics (file, TRUE);
  whole = test_transcript_of_bytes (file->data, file->len);
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

/* What a file says has ceilings; what is beyond them is counted. */
static void
test_ceilings (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (LensCaptureReader) reader = NULL;
  const LensCaptureInfo *info;
  LensRecord record;
  guint n_comments = LENS_CAPTURE_MAX_COMMENTS + 5;

  test_put_section (file, FALSE);
  test_put_interface (file, FALSE, 1, 0);
  test_put_fill (body, 0, 20);
  for (guint i = 0; i < n_comments; i++)
    test_put_option (body, FALSE, 1, "c", 1);
  test_put_block (file, FALSE, 6, body);
  for (guint i = 0; i < LENS_CAPTURE_MAX_INTERFACES; i++)
    test_put_interface (file, FALSE, 1, 0);
  reader = open_bytes (file);
  info = lens_capture_reader_get_info (reader);
  assert_next (reader, &record);
  g_assert_cmpuint (info->comments->len, ==, LENS_CAPTURE_MAX_COMMENTS);
  g_assert_cmpuint (info->n_comments_left_out, ==, 5);
  g_assert_cmpint (lens_capture_reader_next (reader, &record, NULL), ==, LENS_READ_DAMAGED);
  g_assert_cmpuint (info->interfaces->len, ==, LENS_CAPTURE_MAX_INTERFACES);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture-pcapng/what-it-says", test_what_it_says);
  g_test_add_func ("/capture-pcapng/sections", test_sections);
  g_test_add_func ("/capture-pcapng/kinds-of-packet", test_kinds_of_packet);
  g_test_add_func ("/capture-pcapng/times", test_times);
  g_test_add_func ("/capture-pcapng/blocks-between", test_blocks_between);
  g_test_add_func ("/capture-pcapng/block-lengths", test_block_lengths);
  g_test_add_func ("/capture-pcapng/refused", test_refused);
  g_test_add_func ("/capture-pcapng/cut-in-pieces", test_cut_in_pieces);
  g_test_add_func ("/capture-pcapng/ceilings", test_ceilings);
  return g_test_run ();
}
