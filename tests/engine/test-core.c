#include "lens-address.h"
#include "lens-byte-cursor.h"
#include "lens-capture-info.h"
#include "lens-memory.h"
#include "lens-parallel.h"
#include "lens-progress.h"
#include "lens-rank-sort.h"
#include "lens-subnet.h"
#include "lens-text.h"

#include <locale.h>
#include <malloc.h>

static void
test_subnet (void)
{
  const struct
  {
    const char *text;
    const char *written; /* NULL: no subnet */
    const char *inside;
    const char *outside;
  } cases[] = {
    { "10.1.2.3/16", "10.1.0.0/16", "10.1.255.255", "10.2.0.0" },
    { "192.0.2.129/25", "192.0.2.128/25", "192.0.2.255", "192.0.2.127" },
    { "192.0.2.1/32", "192.0.2.1/32", "192.0.2.1", "192.0.2.0" },
    { "1.2.3.4/0", "0.0.0.0/0", "255.255.255.255", "::1" },
    { "2001:db8:0:1:2::/64", "2001:db8:0:1::/64", "2001:db8:0:1:ffff::", "2001:db8:0:2::" },
    { "2001:db8::1/128", "2001:db8::1/128", "2001:db8::1", "2001:db8::2" },
    { "::/0", "::/0", "ff02::1", "0.0.0.0" },
    { "10.0.0.0/33", NULL },
    { "10.0.0.0/", NULL },
    { "10.0.0.0/-1", NULL },
    { "10.0.0.0/8x", NULL },
    { "10.0.0/8", NULL },
    { "::/129", NULL },
    { "/8", NULL },
    { "10.0.0.0", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensSubnet subnet;
      LensAddress inside, outside;
      char text[LENS_SUBNET_TEXT_SIZE];

      g_assert_cmpint (lens_subnet_parse (cases[i].text, &subnet), ==, cases[i].written != NULL);
      if (cases[i].written == NULL)
        continue;
      g_assert_cmpstr (lens_subnet_format (&subnet, text), ==, cases[i].written);
      g_assert_true (lens_address_parse (cases[i].inside, &inside));
      g_assert_true (lens_address_parse (cases[i].outside, &outside));
      g_assert_true (lens_subnet_contains (&subnet, &inside));
      g_assert_false (lens_subnet_contains (&subnet, &outside));
    }
}

static void
test_hosts_as_subnets (void)
{
  LensAddress address;
  LensSubnet host, group, none = { .prefix_bits = 0 };

  g_assert_true (lens_address_parse ("10.1.2.3", &address));
  host = lens_subnet_of_host_or_group (&address, 0);
  group = lens_subnet_of_host_or_group (&address, 24);
  g_assert_true (lens_subnet_is_host (&host));
  g_assert_false (lens_subnet_is_host (&group));
  g_assert_true (lens_address_equal (&host.network, &address));
  g_assert_true (lens_subnet_equal (&host, &host));
  g_assert_false (lens_subnet_equal (&host, &group));
  g_assert_false (lens_subnet_equal (&group, &none));
}

static void
test_multicast (void)
{
  const struct
  {
    const char *text;
    gboolean is_multicast;
  } cases[] = {
    { "223.255.255.255", FALSE }, { "224.0.0.0", TRUE },       { "239.255.255.255", TRUE },
    { "240.0.0.0", FALSE },       { "255.255.255.255", TRUE }, { "0.0.0.0", FALSE },
    { "ff02::1", TRUE },          { "fe80::1", FALSE },        { "::", FALSE },
    { "e000::", FALSE },
  };
  LensAddress none = { .version = 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensAddress address;

      g_assert_true (lens_address_parse (cases[i].text, &address));
      g_assert_cmpint (lens_address_is_multicast (&address), ==, cases[i].is_multicast);
    }
  g_assert_false (lens_address_is_multicast (&none));
}

static void
test_cursor_stays_inside (void)
{
  static const guint8 bytes[] = { 1, 2, 3, 4, 5 };
  LensByteCursor cursor = lens_byte_cursor_init (bytes, sizeof bytes);
  guint8 u8 = 99;
  guint16 u16 = 99;
  guint32 u32 = 99;

  g_assert_true (lens_byte_cursor_read_u32 (&cursor, &u32));
  g_assert_cmphex (u32, ==, 0x01020304);
  g_assert_false (lens_byte_cursor_read_u16 (&cursor, &u16));
  g_assert_cmpuint (u16, ==, 99);
  g_assert_false (lens_byte_cursor_peek_u16 (&cursor, G_MAXSIZE, &u16));
  g_assert_false (lens_byte_cursor_peek_u8 (&cursor, 1, &u8));
  g_assert_false (lens_byte_cursor_skip (&cursor, G_MAXSIZE));
  g_assert_true (lens_byte_cursor_read_u8 (&cursor, &u8));
  g_assert_cmpuint (u8, ==, 5);
  g_assert_cmpuint (lens_byte_cursor_left (&cursor), ==, 0);
}

/* Numbers in the order that a file says it has. */
static void
test_cursor_orders (void)
{
  static const guint8 bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };

  for (int is_big_endian = 0; is_big_endian < 2; is_big_endian++)
    {
      LensByteCursor cursor = lens_byte_cursor_init (bytes, sizeof bytes);
      LensByteCursor again = cursor;
      guint16 u16 = 99;
      guint32 u32 = 99;
      guint64 u64 = 99;

      g_assert_true (lens_byte_cursor_read_u64_ordered (&again, is_big_endian, &u64));
      g_assert_cmphex (u64, ==,
                       is_big_endian ? G_GUINT64_CONSTANT (0x0102030405060708)
                                     : G_GUINT64_CONSTANT (0x0807060504030201));
      g_assert_true (lens_byte_cursor_read_u16_ordered (&cursor, is_big_endian, &u16));
      g_assert_cmphex (u16, ==, is_big_endian ? 0x0102 : 0x0201);
      g_assert_false (lens_byte_cursor_read_u64_ordered (&cursor, is_big_endian, &u64));
      g_assert_true (lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &u32));
      g_assert_cmphex (u32, ==, is_big_endian ? 0x03040506 : 0x06050403);
      g_assert_false (lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &u32));
      g_assert_cmpuint (lens_byte_cursor_left (&cursor), ==, 2);
    }
}

/* A part never reaches beyond itself. */
static void
test_cursor_part (void)
{
  static const guint8 bytes[] = { 1, 2, 3, 4 };
  LensByteCursor cursor = lens_byte_cursor_init (bytes, sizeof bytes);
  LensByteCursor part;
  guint8 u8;

  g_assert_true (lens_byte_cursor_skip (&cursor, 1));
  g_assert_false (lens_byte_cursor_read_part (&cursor, 4, &part));
  g_assert_true (lens_byte_cursor_read_part (&cursor, 2, &part));
  g_assert_cmpuint (lens_byte_cursor_left (&cursor), ==, 1);
  g_assert_true (lens_byte_cursor_read_u8 (&part, &u8));
  g_assert_cmpuint (u8, ==, 2);
  g_assert_true (lens_byte_cursor_skip (&part, 1));
  g_assert_false (lens_byte_cursor_read_u8 (&part, &u8));
}

static void
test_capture_info_says_nothing (void)
{
  g_autoptr (LensCaptureInfo) info = lens_capture_info_new ();
  const LensCaptureInterface *interface = lens_capture_info_add_interface (info);

  g_assert_cmpuint (interface->received, ==, LENS_CAPTURE_NOT_SAID);
  g_assert_cmpuint (interface->dropped_by_interface, ==, LENS_CAPTURE_NOT_SAID);
  g_assert_cmpuint (interface->dropped_by_os, ==, LENS_CAPTURE_NOT_SAID);
  g_assert_cmpuint (interface->accepted, ==, LENS_CAPTURE_NOT_SAID);
  g_assert_cmpuint (interface->delivered, ==, LENS_CAPTURE_NOT_SAID);
  g_assert_null (lens_compression_get_name (LENS_COMPRESSION_NONE));
  g_assert_cmpstr (lens_compression_get_name (LENS_COMPRESSION_ZSTD), ==, "zstd");
}

static void
test_address_texts (void)
{
  static const char *const texts[]
      = { "0.0.0.0", "192.168.24.221", "255.255.255.255", "::", "2001:db8::1", "fe80::1ff:fe23:4567:890a" };
  LensAddress previous = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      LensAddress address;
      char buffer[LENS_ADDRESS_TEXT_SIZE];

      g_assert_true (lens_address_parse (texts[i], &address));
      g_assert_cmpstr (lens_address_format (&address, buffer), ==, texts[i]);
      g_assert_cmpint (lens_address_compare (&previous, &address), <, 0);
      g_assert_false (lens_address_equal (&previous, &address));
      previous = address;
    }
  g_assert_false (lens_address_parse ("192.168.24", &previous));
}

static void
count_report_cb (const LensProgressReport *report, gpointer user_data)
{
  guint *n_calls = user_data;

  g_assert_cmpuint (report->packets, ==, 99);
  (*n_calls)++;
}

static void
test_progress_merges_reports (void)
{
  guint n_calls = 0;
  g_autoptr (LensProgress) progress = lens_progress_new (count_report_cb, &n_calls, NULL);

  for (guint64 i = 0; i < 100; i++)
    lens_progress_report (progress, &(LensProgressReport){ .packets = i });
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_calls, ==, 1);

  lens_progress_report (progress, &(LensProgressReport){ .packets = 99 });
  lens_progress_stop (progress);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_calls, ==, 1);
}

static void
test_text_is_made_safe (void)
{
  static const struct
  {
    const char *text;
    gsize max_chars;
    const char *expected;
  } cases[] = {
    { "", 10, "" },
    { "ring.pcap", 9, "ring.pcap" },
    { "ring.pcap", 8, "ring.pc…" },
    { "ring.pcap", 1, "…" },
    { "ring.pcap", 0, "" },
    { "größe 日本 🦀", 99, "größe 日本 🦀" },
    { "日本語の名前", 3, "日本…" },
    { "\033[2J\033]0;owned\007", 99, "␛[2J␛]0;owned␇" },
    { "one\r\ntwo\tthree\177", 99, "one␍␊two␉three␡" },
    /* C1's CSI, next line, line and paragraph separator */
    { "\302\23331m\302\205\u2028\u2029", 99, "�31m���" },
    /* Right-to-left override, isolates, marks, and the soft hyphen. */
    { "gpj.\u202epcap", 99, "gpj.�pcap" },
    { "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c\u00ad", 99, "�a�b�c�����" },
    /* Zero-width space and joiners, BOM, word joiner, tag, variation selectors. */
    { "a\u200bb\u200cc\u200d\ufeff\u2060\U000e0041\ufe0f\U000e0100", 99, "a�b�c������" },
    /* Blanks that are letters or symbols, an object's place, noncharacters. */
    { "\u3164\u115f\uffa0\u2800\ufffc\ufdd0\uffff\U0010fffe", 99, "��������" },
    /* Bytes that are no UTF-8: Latin-1, a surrogate, too long a form, cut short. */
    { "gr\366\337e", 99, "gr��e" },
    { "\355\240\200", 99, "���" },
    { "\300\257", 99, "��" },
    { "x\342\200", 99, "x��" },
    { "e\u0301", 99, "e\u0301" },
    { "e\u0301\u0301\u0301\u0301\u0301\u0301o\u0301", 99, "e\u0301\u0301\u0301\u0301��o\u0301" },
    { "<b>#x</b> & %s", 99, "<b>#x</b> & %s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = lens_text_make_safe_string (cases[i].text, cases[i].max_chars);
      g_autofree char *again = lens_text_make_safe_string (safe, cases[i].max_chars);

      g_assert_cmpstr (safe, ==, cases[i].expected);
      g_assert_cmpstr (again, ==, safe);
    }
}

static void
test_text_with_nuls_and_without (void)
{
  static const guint8 padded[] = { 'e', 't', 'h', '0', 0, 0, 0 };
  static const guint8 inside[] = { 'a', 0, 'b' };
  g_autofree char *nothing = lens_text_make_safe (NULL, 0, 10);
  g_autofree char *no_string = lens_text_make_safe_string (NULL, 10);
  g_autofree char *without_padding = lens_text_make_safe (padded, sizeof padded, 4);
  g_autofree char *with_inside = lens_text_make_safe (inside, sizeof inside, 10);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (no_string, ==, "");
  g_assert_cmpstr (without_padding, ==, "eth0");
  g_assert_cmpstr (with_inside, ==, "a␀b");
}

/* Every byte in every place of a short text: always valid, one line, and nothing a terminal obeys. */
static void
test_text_of_any_bytes (void)
{
  for (guint first = 0; first < 256; first++)
    {
      for (guint second = 0; second < 256; second++)
        {
          const guint8 bytes[] = { (guint8) first, (guint8) second, 0x80, 'x' };
          g_autofree char *safe = lens_text_make_safe (bytes, sizeof bytes, 4);

          g_assert_true (g_utf8_validate (safe, -1, NULL));
          g_assert_cmpint (g_utf8_strlen (safe, -1), <=, 4);
          for (const char *p = safe; *p != '\0'; p = g_utf8_next_char (p))
            g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
        }
    }
}

static void
test_text_of_paths (void)
{
  g_autofree char *path = lens_text_make_safe_path ("/tmp/\033[31mred\n.pcap");
  g_autofree char *latin = lens_text_make_safe_path ("/tmp/gr\366\337e.pcap");
  g_autofree char *name = lens_text_make_safe_base_name ("/tmp/folder/a\u202eb.pcap");

  g_assert_cmpstr (path, ==, "/tmp/␛[31mred␊.pcap");
  g_assert_cmpstr (latin, ==, "/tmp/gr��e.pcap");
  g_assert_cmpstr (name, ==, "a�b.pcap");
}

static int
compare_rank_rows (gconstpointer a, gconstpointer b)
{
  const LensRankRow *left = a;
  const LensRankRow *right = b;

  if (left->first != right->first)
    return left->first < right->first ? -1 : 1;
  if (left->second != right->second)
    return left->second < right->second ? -1 : 1;
  return left->row < right->row ? -1 : 1;
}

/* Numbers of all sizes, many of them equal, against a sort that compares. */
static void
test_rank_sort (void)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 100, 5000 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint bits = 1; bits <= 64; bits += 9)
      {
        gsize n = sizes[s];
        g_autofree LensRankRow *rows = g_new0 (LensRankRow, n + 1);
        g_autofree LensRankRow *expected = NULL;
        guint64 mask = bits == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << bits) - 1;

        for (gsize i = 0; i < n; i++)
          {
            guint64 number = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

            rows[i] = (LensRankRow){ .first = ~(number & mask & 0xf00000000000000fu),
                                     .second = number & mask,
                                     .row = i };
          }
        expected = g_memdup2 (rows, (n + 1) * sizeof *rows);
        if (n > 0)
          qsort (expected, n, sizeof *expected, compare_rank_rows);
        g_assert_true (lens_rank_sort (rows, n));
        g_assert_cmpmem (rows, n * sizeof *rows, expected, n * sizeof *expected);
      }
}

static void
count_cb (gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

#if defined(__SANITIZE_ADDRESS__)
#define HAS_OWN_BLOCKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_OWN_BLOCKS 1
#endif
#endif
#ifndef HAS_OWN_BLOCKS
#define HAS_OWN_BLOCKS 0
#endif

/* Also after a larger one was freed, where the C library would begin to keep them. What a frame of a window needs is kept. */
static void
test_large_blocks_are_given_back (void)
{
#if HAS_OWN_BLOCKS
  g_test_skip ("the sanitizer's blocks are its own");
#else
  gpointer volatile block;
  gsize n_bytes;

  lens_memory_set_large_blocks_apart ();
  block = g_malloc (30 << 20);
  g_free (block);
  n_bytes = mallinfo2 ().hblkhd;
  block = g_malloc (20 << 20);
  g_assert_cmpuint (mallinfo2 ().hblkhd, >=, n_bytes + (20 << 20));
  g_free (block);
  g_assert_cmpuint (mallinfo2 ().hblkhd, ==, n_bytes);
  block = g_malloc (8 << 20);
  g_free (block);
  g_assert_cmpuint (mallinfo2 ().fordblks, >=, 8 << 20);
#endif
}

/* Given back all the same, the small and the large ones, if a little later. */
static void
test_blocks_are_freed_aside (void)
{
#if HAS_OWN_BLOCKS
  lens_memory_free_aside (g_malloc (20 << 20));
#else
  gsize n_bytes;

  lens_memory_set_large_blocks_apart ();
  n_bytes = mallinfo2 ().hblkhd;
  lens_memory_free_aside (g_malloc (20 << 20));
  for (guint i = 0; i < 5000 && mallinfo2 ().hblkhd != n_bytes; i++)
    g_usleep (1000);
  g_assert_cmpuint (mallinfo2 ().hblkhd, ==, n_bytes);
#endif
  lens_memory_free_aside (g_malloc (20));
  lens_memory_free_aside (NULL);
}

static void
test_parallel (void)
{
  int counts[50] = { 0 };
  LensParallelTask tasks[50];

  lens_parallel_run (NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (tasks); i++)
    tasks[i] = (LensParallelTask){ count_cb, &counts[i] };
  lens_parallel_run (tasks, 1);
  lens_parallel_run (tasks + 1, G_N_ELEMENTS (tasks) - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpint (counts[i], ==, 1);
}

/* A copy has all that was said, as its own. */
static void
test_capture_info_copy (void)
{
  LensCaptureInfo *info = lens_capture_info_new ();
  LensAddress address;
  g_autoptr (LensCaptureInfo) copy = NULL;

  g_assert_true (lens_address_parse ("192.0.2.1", &address));
  info->format = "pcapng";
  lens_capture_info_add_section (info)->os = g_strdup ("Linux");
  lens_capture_info_add_interface (info)->name = g_strdup ("eth0");
  lens_capture_info_add_comment (info, LENS_COMMENT_PACKET, 7, (const guint8 *) "seven", 5);
  lens_capture_info_add_name (info, &address, (const guint8 *) "doorbell", 8);
  copy = lens_capture_info_copy (info);
  lens_capture_info_free (info);

  g_assert_cmpstr (copy->format, ==, "pcapng");
  g_assert_cmpstr (((LensCaptureSection *) copy->sections->pdata[0])->os, ==, "Linux");
  g_assert_cmpstr (((LensCaptureInterface *) copy->interfaces->pdata[0])->name, ==, "eth0");
  g_assert_cmpstr (((LensCaptureComment *) copy->comments->pdata[0])->text, ==, "seven");
  g_assert_cmpuint (((LensCaptureComment *) copy->comments->pdata[0])->number, ==, 7);
  g_assert_cmpstr (((LensCaptureName *) copy->names->pdata[0])->name, ==, "doorbell");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/subnet", test_subnet);
  g_test_add_func ("/core/hosts-as-subnets", test_hosts_as_subnets);
  g_test_add_func ("/core/address/multicast", test_multicast);
  g_test_add_func ("/core/cursor/stays-inside", test_cursor_stays_inside);
  g_test_add_func ("/core/cursor/orders", test_cursor_orders);
  g_test_add_func ("/core/cursor/part", test_cursor_part);
  g_test_add_func ("/core/capture-info/says-nothing", test_capture_info_says_nothing);
  g_test_add_func ("/core/address/texts", test_address_texts);
  g_test_add_func ("/core/progress/merges-reports", test_progress_merges_reports);
  g_test_add_func ("/core/text/is-made-safe", test_text_is_made_safe);
  g_test_add_func ("/core/text/with-nuls-and-without", test_text_with_nuls_and_without);
  g_test_add_func ("/core/text/of-any-bytes", test_text_of_any_bytes);
  g_test_add_func ("/core/text/of-paths", test_text_of_paths);
  g_test_add_func ("/core/rank-sort", test_rank_sort);
  g_test_add_func ("/core/memory/large-blocks", test_large_blocks_are_given_back);
  g_test_add_func ("/core/memory/aside", test_blocks_are_freed_aside);
  g_test_add_func ("/core/parallel", test_parallel);
  g_test_add_func ("/core/capture-info/copy", test_capture_info_copy);
  return g_test_run ();
}
