/* A span of time that a person moves and resizes, and the round moments it keeps to. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nanoseconds since 1970, both in the span; last_ns is never before first_ns. */
typedef struct
{
  gint64 first_ns;
  gint64 last_ns;
} LensTimeSpan;

/* The span between two moments, in whatever order. */
LensTimeSpan lens_time_span_new (gint64 a_ns, gint64 b_ns);

/* From its first moment to its last. */
guint64 lens_time_span_get_length (LensTimeSpan span);

/* Whether @span reaches over all of @other. */
gboolean lens_time_span_covers (LensTimeSpan span, LensTimeSpan other);

/* The moment @by_ns after @time_ns, or the end of time. */
gint64 lens_time_add (gint64 time_ns, gint64 by_ns);

/* The span moved by @by_ns, of the same length, and held inside @limits; one that is longer than @limits is these. */
LensTimeSpan lens_time_span_move (LensTimeSpan span, gint64 by_ns, LensTimeSpan limits);

/* The part of the span inside @limits; where there is none, the nearest moment of @limits. */
LensTimeSpan lens_time_span_clamp (LensTimeSpan span, LensTimeSpan limits);

/* The span made @factor times as long around @at_ns, which stays where it is in it, and held inside @limits; of a microsecond at least,
 * where the limits have one. */
LensTimeSpan lens_time_span_zoom (LensTimeSpan span, gint64 at_ns, double factor, LensTimeSpan limits);

/* Where @time_ns is in @span: 0 where its first moment begins, 1 where its last one has ended, less or more outside of it; and the moment at such
 * a place, held inside the span. */
double lens_time_span_get_place (LensTimeSpan span, gint64 time_ns);
gint64 lens_time_span_get_moment (LensTimeSpan span, double place);

/* The longest of 1, 2 and 5 times a power of ten nanoseconds that @ns is no shorter than; 1 at least, and not more than some years. */
gint64 lens_time_round_step (double ns);

/* @time_ns down to a whole multiple of @step_ns. */
gint64 lens_time_snap (gint64 time_ns, gint64 step_ns);

/* Decimals of a second that tell moments @step_ns apart: 0 to 9. */
guint lens_time_step_decimals (gint64 step_ns);

G_END_DECLS
