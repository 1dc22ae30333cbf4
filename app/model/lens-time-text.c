#include "lens-time-text.h"

#include "lens-format.h"

#include <string.h>

#define SECOND_NS G_GINT64_CONSTANT (1000000000)
#define FRACTION_DIGITS 9

/* Reads digits, at least @n_least and at most @n_most, and goes past them. */
static gboolean
take_number (const char **rest, gsize n_least, gsize n_most, gint64 *number)
{
  gsize n = 0;

  for (*number = 0; g_ascii_isdigit ((*rest)[n]); n++)
    {
      if (n == n_most)
        return FALSE;
      *number = *number * 10 + ((*rest)[n] - '0');
    }
  *rest += n;
  return n >= n_least;
}

static gboolean
take_char (const char **rest, char expected)
{
  if (**rest != expected)
    return FALSE;
  (*rest)++;
  return TRUE;
}

/* ".22", or nothing: the nanoseconds. A tenth digit is refused, it could not be kept. */
static gboolean
take_fraction (const char **rest, gint64 *fraction_ns)
{
  const char *start;

  *fraction_ns = 0;
  if (!take_char (rest, '.'))
    return TRUE;
  start = *rest;
  if (!take_number (rest, 1, FRACTION_DIGITS, fraction_ns))
    return FALSE;
  for (gsize n = (gsize) (*rest - start); n < FRACTION_DIGITS; n++)
    *fraction_ns *= 10;
  return TRUE;
}

/* Seconds and their parts, each in its range, in nanoseconds. */
static gboolean
join (gint64 seconds, gint64 fraction_ns, gint64 *time_ns)
{
  gint64 whole_ns;

  return !__builtin_mul_overflow (seconds, SECOND_NS, &whole_ns)
         && !__builtin_add_overflow (whole_ns, fraction_ns, time_ns);
}

typedef struct
{
  gint64 hour, minute, second, fraction_ns;
} TimeOfDay;

/* "17:55", "17:55:53", "17:55:53.22". */
static gboolean
take_time_of_day (const char **rest, TimeOfDay *of_day)
{
  *of_day = (TimeOfDay){ 0 };
  if (!take_number (rest, 1, 2, &of_day->hour) || !take_char (rest, ':')
      || !take_number (rest, 2, 2, &of_day->minute))
    return FALSE;
  if (take_char (rest, ':')
      && (!take_number (rest, 2, 2, &of_day->second) || !take_fraction (rest, &of_day->fraction_ns)))
    return FALSE;
  return of_day->hour < 24 && of_day->minute < 60 && of_day->second < 60;
}

/* @day: whatever time of it. */
static gboolean
set_time_of_day (GDateTime *day, const TimeOfDay *of_day, gint64 *time_ns)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                                      g_date_time_get_day_of_month (day), (int) of_day->hour,
                                                      (int) of_day->minute, (double) of_day->second);

  return time != NULL && join (g_date_time_to_unix (time), of_day->fraction_ns, time_ns);
}

static gboolean
read_date_time (const char *text, gint64 *time_ns)
{
  g_autoptr (GDateTime) day = NULL;
  gint64 year, month, day_of_month;
  TimeOfDay of_day;

  if (!take_number (&text, 4, 4, &year) || !take_char (&text, '-') || !take_number (&text, 1, 2, &month)
      || !take_char (&text, '-') || !take_number (&text, 1, 2, &day_of_month)
      || !(take_char (&text, ' ') || take_char (&text, 'T')))
    return FALSE;
  while (*text == ' ')
    text++;
  if (!take_time_of_day (&text, &of_day) || *text != '\0')
    return FALSE;
  day = g_date_time_new_local ((int) year, (int) month, (int) day_of_month, 12, 0, 0);
  return day != NULL && set_time_of_day (day, &of_day, time_ns);
}

static gint64
floor_seconds (gint64 time_ns)
{
  return time_ns / SECOND_NS - (time_ns % SECOND_NS < 0 ? 1 : 0);
}

static gboolean
read_time_of_day (const char *text, const LensTimeFrame *frame, gint64 *time_ns)
{
  g_autoptr (GDateTime) day = lens_format_new_date_time (floor_seconds (frame->first_ns), FALSE);
  g_autoptr (GDateTime) next_day = NULL;
  TimeOfDay of_day;
  gint64 found_ns, next_ns;

  if (!take_time_of_day (&text, &of_day) || *text != '\0' || !set_time_of_day (day, &of_day, &found_ns))
    return FALSE;
  next_day = g_date_time_add_days (day, 1);
  if (found_ns < frame->first_ns && set_time_of_day (next_day, &of_day, &next_ns)
      && next_ns <= frame->last_ns)
    found_ns = next_ns;
  *time_ns = found_ns;
  return TRUE;
}

/* "12.5", "+12.5", "12.5 s". */
static gboolean
read_seconds (const char *text, const LensTimeFrame *frame, gint64 *time_ns)
{
  gint64 seconds, fraction_ns, after_ns;

  take_char (&text, '+');
  if (!take_number (&text, 1, 10, &seconds) || !take_fraction (&text, &fraction_ns))
    return FALSE;
  while (*text == ' ')
    text++;
  take_char (&text, 's');
  return *text == '\0' && join (seconds, fraction_ns, &after_ns)
         && !__builtin_add_overflow (frame->first_ns, after_ns, time_ns);
}

gboolean
lens_time_text_read (const char *text, const LensTimeFrame *frame, gint64 *time_ns)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gint64 found_ns;

  if (!read_date_time (trimmed, &found_ns) && !read_time_of_day (trimmed, frame, &found_ns)
      && !read_seconds (trimmed, frame, &found_ns))
    return FALSE;
  *time_ns = found_ns;
  return TRUE;
}

char *
lens_time_text_write (gint64 time_ns, const LensTimeFrame *frame)
{
  gboolean has_day = lens_format_has_days (frame->first_ns, time_ns, FALSE)
                     || lens_format_has_days (frame->last_ns, time_ns, FALSE);
  g_autofree char *text = lens_format_moment (time_ns, FRACTION_DIGITS, has_day, FALSE);
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    length--;
  if (text[length - 1] == '.')
    length--;
  text[length] = '\0';
  return g_steal_pointer (&text);
}
