/* Times as they are typed: clock times with and without a day, seconds from the start, what is none; and back to text. */
#include "lens-time-text.h"

#include <locale.h>

#define SECOND G_GINT64_CONSTANT (1000000000)

/* 2021-04-07 23:50:00 UTC. */
#define FIRST_S G_GINT64_CONSTANT (1617839400)

static const LensTimeFrame one_day = { FIRST_S * SECOND, (FIRST_S + 300) * SECOND };
static const LensTimeFrame two_days = { FIRST_S * SECOND, (FIRST_S + 1200) * SECOND };

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    const LensTimeFrame *frame;
    gint64 ns; /* after the first packet; G_MAXINT64: it is none */
  } cases[] = {
    { "23:50:00", &one_day, 0 },
    { " 23:50:01.25 ", &one_day, SECOND + SECOND / 4 },
    { "23:50:00.000000001", &one_day, 1 },
    { "23:51", &one_day, 60 * SECOND },
    { "2021-04-07 23:50:02", &one_day, 2 * SECOND },
    { "2021-04-07T23:50:02.5", &one_day, 2 * SECOND + SECOND / 2 },
    { "2021-4-8 0:00:00", &one_day, 600 * SECOND },
    { "2021-04-07 23:49:59", &one_day, -SECOND },
    { "23:49:59", &one_day, -SECOND },
    { "00:10", &one_day, -(23 * 3600 + 40 * 60) * SECOND }, /* nothing was captured the next day */
    { "00:05", &two_days, 900 * SECOND },
    { "00:10:00", &two_days, 1200 * SECOND },
    { "0", &one_day, 0 },
    { "12.5", &one_day, 12 * SECOND + SECOND / 2 },
    { "+12.5 s", &one_day, 12 * SECOND + SECOND / 2 },
    { "3s", &one_day, 3 * SECOND },
    { "100000", &one_day, 100000 * SECOND },
    { "", &one_day, G_MAXINT64 },
    { "noon", &one_day, G_MAXINT64 },
    { "24:00", &one_day, G_MAXINT64 },
    { "12:60", &one_day, G_MAXINT64 },
    { "12:00:60", &one_day, G_MAXINT64 },
    { "12:00:00.", &one_day, G_MAXINT64 },
    { "12:00:00.1234567890", &one_day, G_MAXINT64 },
    { "12:0", &one_day, G_MAXINT64 },
    { "12:00 x", &one_day, G_MAXINT64 },
    { "-1", &one_day, G_MAXINT64 },
    { "1e3", &one_day, G_MAXINT64 },
    { "9999999999", &one_day, G_MAXINT64 }, /* beyond 2262 */
    { "2021-02-30 12:00", &one_day, G_MAXINT64 },
    { "2021-04-07", &one_day, G_MAXINT64 },
    { "9999-01-01 00:00", &one_day, G_MAXINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time_ns = 42;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (lens_time_text_read (cases[i].text, cases[i].frame, &time_ns), ==,
                       cases[i].ns != G_MAXINT64);
      g_assert_cmpint (time_ns, ==, cases[i].ns != G_MAXINT64 ? cases[i].frame->first_ns + cases[i].ns : 42);
    }
}

static void
test_write (void)
{
  static const struct
  {
    gint64 ns; /* after the first packet */
    const LensTimeFrame *frame;
    const char *text;
  } cases[] = {
    { 0, &one_day, "23:50:00" },
    { SECOND / 4, &one_day, "23:50:00.25" },
    { 1, &one_day, "23:50:00.000000001" },
    { -24 * 3600 * SECOND, &one_day, "2021-04-06 23:50:00" },
    { 0, &two_days, "2021-04-07 23:50:00" },
    { 900 * SECOND, &two_days, "2021-04-08 00:05:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time_ns = cases[i].frame->first_ns + cases[i].ns;
      g_autofree char *text = lens_time_text_write (time_ns, cases[i].frame);
      gint64 again_ns = 0;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (lens_time_text_read (text, cases[i].frame, &again_ns));
      g_assert_cmpint (again_ns, ==, time_ns);
    }
}

/* The ends of what 64 bits of nanoseconds can say neither overflow nor change. */
static void
test_ends (void)
{
  static const LensTimeFrame frames[] = { { G_MININT64, G_MININT64 + 1 }, { G_MAXINT64 - 1, G_MAXINT64 } };
  gint64 time_ns;

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *text = lens_time_text_write (frames[i].last_ns, &frames[i]);

      g_test_message ("%s", text);
      if (lens_time_text_read (text, &frames[i], &time_ns))
        g_assert_cmpint (time_ns, ==, frames[i].last_ns);
    }
  g_assert_false (lens_time_text_read ("1", &frames[1], &time_ns));
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-text/read", test_read);
  g_test_add_func ("/time-text/write", test_write);
  g_test_add_func ("/time-text/ends", test_ends);
  return g_test_run ();
}
