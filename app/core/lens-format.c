#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

char *
lens_format_count (guint64 count)
{
  const char *separator = localeconv ()->thousands_sep;
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  gsize n_digits = strlen (digits);
  GString *text = g_string_sized_new (32);

  if (separator == NULL || *separator == '\0')
    separator = ",";
  for (gsize i = 0; i < n_digits; i++)
    {
      if (i > 0 && (n_digits - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
lens_format_decimal (double number, guint decimals)
{
  double whole;
  double rest = modf (number, &whole);
  g_autofree char *end = g_strdup_printf ("%.*f", (int) decimals, rest);
  g_autofree char *count = NULL;

  /* 0.996 is 1.00. */
  if (*end == '1')
    whole += 1;
  count = lens_format_count ((guint64) whole);
  return g_strdup_printf ("%s%s", count, end + 1);
}

char *
lens_format_bytes (guint64 bytes)
{
  static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
  double value = (double) bytes;
  gsize unit = 0;

  if (bytes < 1000)
    {
      g_autofree char *count = lens_format_count (bytes);

      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", (gulong) bytes), count);
    }
  value /= 1000;
  /* 999.5 would be printed as 1000: the next unit says it better. */
  while (value >= 999.5 && unit + 1 < G_N_ELEMENTS (units))
    {
      value /= 1000;
      unit++;
    }
  return g_strdup_printf ("%.*f %s", value < 9.995 ? 2 : value < 99.95 ? 1 : 0, value, units[unit]);
}

char *
lens_format_share (guint64 part, guint64 whole)
{
  if (whole == 0)
    return g_strdup (_ ("0 %"));
  /* Translators: a share in percent, as in “59.0 %”. */
  return g_strdup_printf (_ ("%.1f %%"), 100.0 * (double) part / (double) whole);
}

char *
lens_format_duration (gint64 duration_ns)
{
  const char *sign = duration_ns < 0 ? "−" : "";
  guint64 ns = duration_ns < 0 ? -(guint64) duration_ns : (guint64) duration_ns;
  guint64 seconds = (ns + NS_PER_SECOND / 2) / NS_PER_SECOND;
  g_autofree char *days = NULL;

  if (ns == 0)
    return g_strdup (_ ("0 s"));
  if (ns < 1000)
    return g_strdup_printf (_ ("%s%d ns"), sign, (int) ns);
  if (ns < 999500)
    return g_strdup_printf (_ ("%s%.3g µs"), sign, (double) ns / 1e3);
  if (ns < G_GUINT64_CONSTANT (999500000))
    return g_strdup_printf (_ ("%s%.3g ms"), sign, (double) ns / 1e6);
  if (ns < G_GUINT64_CONSTANT (59500000000))
    return g_strdup_printf (_ ("%s%.3g s"), sign, (double) ns / 1e9);
  if (seconds < 3600)
    return g_strdup_printf (_ ("%s%d min %d s"), sign, (int) (seconds / 60), (int) (seconds % 60));
  if (seconds < 86400)
    return g_strdup_printf (_ ("%s%d h %d min"), sign, (int) (seconds / 3600), (int) (seconds / 60 % 60));
  days = lens_format_count (seconds / 86400);
  return g_strdup_printf (_ ("%s%s d %d h"), sign, days, (int) (seconds / 3600 % 24));
}

/* Floor division, so that times before 1970 have a positive fraction too. */
static gint64
split_seconds (gint64 time_ns, guint32 *fraction_ns)
{
  gint64 seconds = time_ns / NS_PER_SECOND;
  gint64 rest = time_ns % NS_PER_SECOND;

  if (rest < 0)
    {
      rest += NS_PER_SECOND;
      seconds--;
    }
  *fraction_ns = (guint32) rest;
  return seconds;
}

/* The person's time zone, which may change while the program runs. To ask the system for it takes as long as all else that is done to write
 * a time, and a table has hundreds of them: it is asked once a second, and when the environment says another. (transfer full) */
static GTimeZone *
get_local_zone (void)
{
  static GMutex mutex;
  static GTimeZone *zone;
  static char *name;
  static gint64 until_us;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  const char *name_now = g_getenv ("TZ");
  gint64 now_us = g_get_monotonic_time ();

  if (zone == NULL || now_us >= until_us || g_strcmp0 (name, name_now) != 0)
    {
      g_clear_pointer (&zone, g_time_zone_unref);
      g_free (name);
      zone = g_time_zone_new_local ();
      name = g_strdup (name_now);
      until_us = now_us + G_USEC_PER_SEC;
    }
  return g_time_zone_ref (zone);
}

GDateTime *
lens_format_new_date_time (gint64 seconds, gboolean is_utc)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GTimeZone) zone = NULL;

  if (is_utc)
    return g_steal_pointer (&utc);
  zone = get_local_zone ();
  return g_date_time_to_timezone (utc, zone);
}

const char *
lens_format_time_utc (gint64 time_ns, char buffer[LENS_TIME_TEXT_SIZE])
{
  guint32 fraction_ns;
  gint64 seconds = split_seconds (time_ns, &fraction_ns);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  /* Every gint64 of nanoseconds is between the years 1677 and 2262, which GDateTime knows. */
  g_snprintf (buffer, LENS_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%09uZ", g_date_time_get_year (time),
              g_date_time_get_month (time), g_date_time_get_day_of_month (time), g_date_time_get_hour (time),
              g_date_time_get_minute (time), g_date_time_get_second (time), fraction_ns);
  return buffer;
}

/* "", ".42035". */
static char *
format_fraction (guint32 fraction_ns)
{
  char *text = g_strdup_printf (".%09u", fraction_ns);
  gsize n = strlen (text);

  while (text[n - 1] == '0')
    n--;
  text[n == 1 ? 0 : n] = '\0';
  return text;
}

char *
lens_format_date_time (gint64 time_ns, gboolean is_utc)
{
  guint32 fraction_ns;
  gint64 seconds = split_seconds (time_ns, &fraction_ns);
  g_autoptr (GDateTime) time = lens_format_new_date_time (seconds, is_utc);
  gboolean has_offset = g_date_time_get_utc_offset (time) != 0;
  g_autofree char *whole = g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
  g_autofree char *fraction = format_fraction (fraction_ns);
  g_autofree char *offset = has_offset ? g_date_time_format (time, "%:z") : g_strdup ("");

  return g_strdup_printf ("%s%s UTC%s", whole, fraction, offset);
}

char *
lens_format_day (gint64 time_ns, gboolean is_utc)
{
  guint32 fraction_ns;
  gint64 seconds = split_seconds (time_ns, &fraction_ns);
  g_autoptr (GDateTime) time = lens_format_new_date_time (seconds, is_utc);

  return g_date_time_format (time, "%Y-%m-%d");
}

char *
lens_format_time_of_day (gint64 time_ns, guint decimals, gboolean is_utc)
{
  guint32 fraction_ns;
  gint64 seconds = split_seconds (time_ns, &fraction_ns);
  g_autoptr (GDateTime) time = lens_format_new_date_time (seconds, is_utc);
  g_autofree char *of_day = g_date_time_format (time, "%H:%M:%S");
  char fraction[16];

  if (decimals == 0)
    return g_steal_pointer (&of_day);
  g_snprintf (fraction, sizeof fraction, "%09u", fraction_ns);
  fraction[MIN (decimals, 9)] = '\0';
  return g_strdup_printf ("%s.%s", of_day, fraction);
}

gboolean
lens_format_has_days (gint64 first_ns, gint64 last_ns, gboolean is_utc)
{
  g_autofree char *first = lens_format_day (first_ns, is_utc);
  g_autofree char *last = lens_format_day (last_ns, is_utc);

  return !g_str_equal (first, last);
}

char *
lens_format_moment (gint64 time_ns, guint decimals, gboolean has_day, gboolean is_utc)
{
  g_autofree char *time = lens_format_time_of_day (time_ns, decimals, is_utc);
  g_autofree char *day = has_day ? lens_format_day (time_ns, is_utc) : NULL;

  return has_day ? g_strconcat (day, " ", time, NULL) : g_steal_pointer (&time);
}

char *
lens_format_time_span (gint64 first_ns, gint64 last_ns, guint decimals, gboolean has_day, gboolean is_utc)
{
  gboolean has_days = lens_format_has_days (first_ns, last_ns, is_utc);
  g_autofree char *first = lens_format_moment (first_ns, decimals, has_day || has_days, is_utc);
  g_autofree char *last = lens_format_moment (last_ns, decimals, has_days, is_utc);

  return g_strdup_printf ("%s – %s", first, last);
}

char *
lens_format_seconds (gint64 span_ns)
{
  const guint64 per_second = 1000000000;
  guint64 ns = (guint64) span_ns;
  guint64 fraction = ns % per_second;

  if (fraction % 1000 == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ".%06u", ns / per_second, (guint) (fraction / 1000));
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%09u", ns / per_second, (guint) fraction);
}
