#include "lens-address.h"
#include "lens-byte-cursor.h"
#include "lens-format.h"
#include "lens-progress.h"

#include <locale.h>

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
test_counts_and_sizes (void)
{
  static const struct
  {
    guint64 number;
    const char *count;
    const char *bytes;
  } cases[] = {
    { 0, "0", "0 bytes" },
    { 1, "1", "1 byte" },
    { 999, "999", "999 bytes" },
    { 1000, "1,000", "1.00 kB" },
    { 9907, "9,907", "9.91 kB" },
    { 999600, "999,600", "1.00 MB" },
    { 4341978, "4,341,978", "4.34 MB" },
    { G_MAXUINT64, "18,446,744,073,709,551,615", "18.4 EB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *count = lens_format_count (cases[i].number);
      g_autofree char *bytes = lens_format_bytes (cases[i].number);

      g_assert_cmpstr (count, ==, cases[i].count);
      g_assert_cmpstr (bytes, ==, cases[i].bytes);
    }
}

static void
test_times (void)
{
  static const struct
  {
    gint64 time_ns;
    const char *utc;
    const char *duration;
  } cases[] = {
    { 0, "1970-01-01T00:00:00.000000000Z", "0 s" },
    { -1, "1969-12-31T23:59:59.999999999Z", "−1 ns" },
    { G_GINT64_CONSTANT (1617818034420350000), "2021-04-07T17:53:54.420350000Z", "18724 d 17 h" },
    { G_GINT64_CONSTANT (192000000000), "1970-01-01T00:03:12.000000000Z", "3 min 12 s" },
    { 310000000, "1970-01-01T00:00:00.310000000Z", "310 ms" },
    { 999900000, "1970-01-01T00:00:00.999900000Z", "1 s" },
    { G_GINT64_CONSTANT (59990000000), "1970-01-01T00:00:59.990000000Z", "1 min 0 s" },
    { G_MAXINT64, "2262-04-11T23:47:16.854775807Z", "106751 d 23 h" },
    { G_MININT64, "1677-09-21T00:12:43.145224192Z", "−106751 d 23 h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char buffer[LENS_TIME_TEXT_SIZE];
      g_autofree char *duration = lens_format_duration (cases[i].time_ns);

      g_assert_cmpstr (lens_format_time_utc (cases[i].time_ns, buffer), ==, cases[i].utc);
      g_assert_cmpstr (duration, ==, cases[i].duration);
    }
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

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/cursor/stays-inside", test_cursor_stays_inside);
  g_test_add_func ("/core/address/texts", test_address_texts);
  g_test_add_func ("/core/format/counts-and-sizes", test_counts_and_sizes);
  g_test_add_func ("/core/format/times", test_times);
  g_test_add_func ("/core/progress/merges-reports", test_progress_merges_reports);
  return g_test_run ();
}
