/* Figures as text: counts, sizes, times. Returned strings are (transfer full). Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for a time of lens_format_time_utc() with its terminating NUL. */
#define LENS_TIME_TEXT_SIZE 48

/* "9,907": with the locale's thousands separator, a comma where it has none. */
char *lens_format_count (guint64 count);

/* "1,234.50": with so many decimals (0 to 9), rounded, and the same separator. @number: not negative. */
char *lens_format_decimal (double number, guint decimals);

/* "4.3 MB": SI units, three significant figures; below 1 kB exact ("812 bytes"). */
char *lens_format_bytes (guint64 bytes);

/* "59.0 %" of @whole; "0 %" where @whole is 0. */
char *lens_format_share (guint64 part, guint64 whole);

/* "3 min 12 s", "1.25 s", "310 ms", "2 d 4 h": two units at most. Negative spans get a minus sign. */
char *lens_format_duration (gint64 duration_ns);

/* RFC 3339 in UTC with nine decimals: "2021-04-07T17:53:54.420350000Z". Works for any gint64 of
 * nanoseconds since 1970, also before it. Writes to and returns @buffer. For files and exports. */
const char *lens_format_time_utc (gint64 time_ns, char buffer[LENS_TIME_TEXT_SIZE]);

/* "2021-04-07 17:53:54.42035 UTC", or with the person's time zone "2021-04-07 19:53:54.42035 UTC+02:00": date and time with all
 * decimals of a second there are. */
char *lens_format_date_time (gint64 time_ns, gboolean is_utc);

/* "0.000125": seconds with six decimals, or nine where those say more. @span_ns: not negative. */
char *lens_format_seconds (gint64 span_ns);

/* (transfer full): a moment, in seconds since 1970 of those that gint64 nanoseconds can say, in UTC or in the person's time zone. */
GDateTime *lens_format_new_date_time (gint64 seconds, gboolean is_utc);

/* "2021-04-07": the day, in UTC or in the person's time zone. */
char *lens_format_day (gint64 time_ns, gboolean is_utc);

/* Time of day with @decimals (0 to 9) of a second: "17:55:53.220". In UTC for exports, else in the person's time zone. */
char *lens_format_time_of_day (gint64 time_ns, guint decimals, gboolean is_utc);

/* The same with the day before it: "2021-04-07 17:55:53.220"; without @has_day without. */
char *lens_format_moment (gint64 time_ns, guint decimals, gboolean has_day, gboolean is_utc);

/* Whether two moments are of different days, in UTC or in the person's time zone. */
gboolean lens_format_has_days (gint64 first_ns, gint64 last_ns, gboolean is_utc);

/* Time from one to another: "17:55:53 – 17:56:10"; @has_day: "2021-04-07 17:55:53 – 17:56:10", for where other days could be meant.
 * Of different days both are named. */
char *
lens_format_time_span (gint64 first_ns, gint64 last_ns, guint decimals, gboolean has_day, gboolean is_utc);

G_END_DECLS
