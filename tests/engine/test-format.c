/* Figures as text, for people and for files. */
#include "lens-format.h"

#include <locale.h>

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
test_decimals (void)
{
  static const struct
  {
    double number;
    guint decimals;
    const char *text;
  } cases[] = {
    { 0, 0, "0" },        { 0, 2, "0.00" },          { 0.25, 2, "0.25" },
    { 0.996, 2, "1.00" }, { 1234.5, 2, "1,234.50" }, { 999.999, 2, "1,000.00" },
    { 1332, 0, "1,332" }, { 0.6, 0, "1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lens_format_decimal (cases[i].number, cases[i].decimals);

      g_assert_cmpstr (text, ==, cases[i].text);
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
    { G_GINT64_CONSTANT (1617818034420350000), "2021-04-07T17:53:54.420350000Z", "18,724 d 17 h" },
    { G_GINT64_CONSTANT (192000000000), "1970-01-01T00:03:12.000000000Z", "3 min 12 s" },
    { 310000000, "1970-01-01T00:00:00.310000000Z", "310 ms" },
    { 999900000, "1970-01-01T00:00:00.999900000Z", "1 s" },
    { G_GINT64_CONSTANT (59990000000), "1970-01-01T00:00:59.990000000Z", "1 min 0 s" },
    { G_MAXINT64, "2262-04-11T23:47:16.854775807Z", "106,751 d 23 h" },
    { G_MININT64, "1677-09-21T00:12:43.145224192Z", "−106,751 d 23 h" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char buffer[LENS_TIME_TEXT_SIZE];
      g_autofree char *duration = lens_format_duration (cases[i].time_ns);

      g_assert_cmpstr (lens_format_time_utc (cases[i].time_ns, buffer), ==, cases[i].utc);
      g_assert_cmpstr (duration, ==, cases[i].duration);
    }
}

/* For people: all decimals there are, and how far the zone is from UTC. */
static void
test_date_times (void)
{
  static const struct
  {
    gint64 time_ns;
    const char *zone;
    const char *local;
    const char *utc;
  } cases[] = {
    { 0, "UTC", "1970-01-01 00:00:00 UTC", "1970-01-01 00:00:00 UTC" },
    { -1, "UTC", "1969-12-31 23:59:59.999999999 UTC", "1969-12-31 23:59:59.999999999 UTC" },
    { G_GINT64_CONSTANT (1617818034420350000), "<+0200>-2", "2021-04-07 19:53:54.42035 UTC+02:00",
      "2021-04-07 17:53:54.42035 UTC" },
    { G_GINT64_CONSTANT (1617818034000000100), "<-0930>9:30", "2021-04-07 08:23:54.0000001 UTC-09:30",
      "2021-04-07 17:53:54.0000001 UTC" },
    { G_MININT64, "UTC", "1677-09-21 00:12:43.145224192 UTC", "1677-09-21 00:12:43.145224192 UTC" },
  };
  g_autofree char *zone_before = g_strdup (g_getenv ("TZ"));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *local = NULL;
      g_autofree char *utc = NULL;

      g_setenv ("TZ", cases[i].zone, TRUE);
      local = lens_format_date_time (cases[i].time_ns, FALSE);
      utc = lens_format_date_time (cases[i].time_ns, TRUE);
      g_assert_cmpstr (local, ==, cases[i].local);
      g_assert_cmpstr (utc, ==, cases[i].utc);
    }
  g_setenv ("TZ", zone_before != NULL ? zone_before : "UTC", TRUE);
}

/* Of one day, of several, and where other days could be meant. In UTC and in a zone where it is another day already. */
static void
test_spans (void)
{
#define AT(seconds) (G_GINT64_CONSTANT (1617818034) + (seconds)) * G_GINT64_CONSTANT (1000000000)
  static const struct
  {
    gint64 first_ns;
    gint64 last_ns;
    guint decimals;
    gboolean has_day;
    gboolean is_utc;
    const char *text;
  } cases[] = {
    { AT (0), AT (16), 0, FALSE, TRUE, "17:53:54 – 17:54:10" },
    { AT (0), AT (0) + 250000000, 3, FALSE, TRUE, "17:53:54.000 – 17:53:54.250" },
    { AT (0), AT (16), 0, TRUE, TRUE, "2021-04-07 17:53:54 – 17:54:10" },
    { AT (0), AT (86400), 0, FALSE, TRUE, "2021-04-07 17:53:54 – 2021-04-08 17:53:54" },
    { AT (0), AT (86400), 0, TRUE, TRUE, "2021-04-07 17:53:54 – 2021-04-08 17:53:54" },
    { AT (0), AT (16), 0, TRUE, FALSE, "2021-04-08 03:53:54 – 03:54:10" },
    { AT (0), AT (7 * 3600), 0, FALSE, TRUE, "2021-04-07 17:53:54 – 2021-04-08 00:53:54" },
    { AT (0), AT (7 * 3600), 0, FALSE, FALSE, "03:53:54 – 10:53:54" },
    { G_MININT64, G_MAXINT64, 9, FALSE, TRUE,
      "1677-09-21 00:12:43.145224192 – 2262-04-11 23:47:16.854775807" },
  };
  g_autofree char *zone_before = g_strdup (g_getenv ("TZ"));

  g_setenv ("TZ", "<+1000>-10", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lens_format_time_span (cases[i].first_ns, cases[i].last_ns, cases[i].decimals,
                                                     cases[i].has_day, cases[i].is_utc);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_true (lens_format_has_days (AT (0), AT (7 * 3600), TRUE));
  g_assert_false (lens_format_has_days (AT (0), AT (7 * 3600), FALSE));
  g_setenv ("TZ", zone_before != NULL ? zone_before : "UTC", TRUE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/counts-and-sizes", test_counts_and_sizes);
  g_test_add_func ("/format/decimals", test_decimals);
  g_test_add_func ("/format/times", test_times);
  g_test_add_func ("/format/date-times", test_date_times);
  g_test_add_func ("/format/spans", test_spans);
  return g_test_run ();
}
