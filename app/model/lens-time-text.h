/* Points in time as people write them: "17:55:53.22", "2021-04-07 17:55:53", "12.5" seconds after the capture's first packet. Clock times are
 * those of the person's time zone. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a text is read against: the times of a capture's first and last packet. */
typedef struct
{
  gint64 first_ns;
  gint64 last_ns;
} LensTimeFrame;

/* A time of day without a day is that of the day of the first packet, or, where it would be before that packet and the capture goes on to it,
 * of the day after. White space around @text is no matter. FALSE, @time_ns untouched, when it is none of the three, or beyond what
 * nanoseconds since 1970 can say. */
gboolean lens_time_text_read (const char *text, const LensTimeFrame *frame, gint64 *time_ns);

/* What lens_time_text_read() reads as @time_ns again: as short as that can be, with the day where the frame has more than one. (transfer
 * full) */
char *lens_time_text_write (gint64 time_ns, const LensTimeFrame *frame);

G_END_DECLS
