#include "lens-time-span.h"

/* What a span may be zoomed to: today's times are no finer as doubles. */
#define SHORTEST_NS 1000.0

/* Fits a gint64. */
#define FURTHEST_NS 9e18

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

LensTimeSpan
lens_time_span_new (gint64 a_ns, gint64 b_ns)
{
  return (LensTimeSpan){ .first_ns = MIN (a_ns, b_ns), .last_ns = MAX (a_ns, b_ns) };
}

guint64
lens_time_span_get_length (LensTimeSpan span)
{
  return (guint64) span.last_ns - (guint64) span.first_ns;
}

gint64
lens_time_add (gint64 time_ns, gint64 by_ns)
{
  if (by_ns > 0 && time_ns > G_MAXINT64 - by_ns)
    return G_MAXINT64;
  if (by_ns < 0 && time_ns < G_MININT64 - by_ns)
    return G_MININT64;
  return time_ns + by_ns;
}

LensTimeSpan
lens_time_span_move (LensTimeSpan span, gint64 by_ns, LensTimeSpan limits)
{
  guint64 length_ns = lens_time_span_get_length (span);
  gint64 latest_ns;

  if (length_ns >= lens_time_span_get_length (limits))
    return limits;
  /* As long as it is shorter than the limits, what is subtracted from their end stays inside them. */
  latest_ns = (gint64) ((guint64) limits.last_ns - length_ns);
  span.first_ns = CLAMP (lens_time_add (span.first_ns, by_ns), limits.first_ns, latest_ns);
  span.last_ns = (gint64) ((guint64) span.first_ns + length_ns);
  return span;
}

LensTimeSpan
lens_time_span_clamp (LensTimeSpan span, LensTimeSpan limits)
{
  return (LensTimeSpan){ .first_ns = CLAMP (span.first_ns, limits.first_ns, limits.last_ns),
                         .last_ns = CLAMP (span.last_ns, limits.first_ns, limits.last_ns) };
}

LensTimeSpan
lens_time_span_zoom (LensTimeSpan span, gint64 at_ns, double factor, LensTimeSpan limits)
{
  double old_ns = (double) lens_time_span_get_length (span);
  double new_ns = MAX (old_ns * factor, SHORTEST_NS);
  double share;

  if (!(new_ns < (double) lens_time_span_get_length (limits)))
    return limits;
  at_ns = CLAMP (at_ns, span.first_ns, span.last_ns);
  share = old_ns > 0 ? (double) ((guint64) at_ns - (guint64) span.first_ns) / old_ns : 0.5;
  span.first_ns = lens_time_add (at_ns, -(gint64) MIN (new_ns * share, FURTHEST_NS));
  span.last_ns = lens_time_add (span.first_ns, (gint64) MIN (new_ns, FURTHEST_NS));
  return lens_time_span_move (span, 0, limits);
}

gboolean
lens_time_span_covers (LensTimeSpan span, LensTimeSpan other)
{
  return span.first_ns <= other.first_ns && span.last_ns >= other.last_ns;
}

double
lens_time_span_get_place (LensTimeSpan span, gint64 time_ns)
{
  double after = (double) ((guint64) time_ns - (guint64) span.first_ns);
  double before = (double) ((guint64) span.first_ns - (guint64) time_ns);

  return (time_ns >= span.first_ns ? after : -before) / ((double) lens_time_span_get_length (span) + 1);
}

gint64
lens_time_span_get_moment (LensTimeSpan span, double place)
{
  guint64 length_ns = lens_time_span_get_length (span);
  double ns = CLAMP (place, 0.0, 1.0) * ((double) length_ns + 1);

  /* Not all that a double of the length can be is a number of 64 bits. */
  return ns >= (double) length_ns ? span.last_ns : (gint64) ((guint64) span.first_ns + (guint64) ns);
}

gint64
lens_time_round_step (double ns)
{
  static const gint64 mantissas[] = { 5, 2, 1 };
  gint64 power = 1;

  while (power < G_MAXINT64 / 100 && (double) power * 10 <= ns)
    power *= 10;
  for (gsize i = 0; i < G_N_ELEMENTS (mantissas); i++)
    if ((double) (mantissas[i] * power) <= ns)
      return mantissas[i] * power;
  return 1;
}

gint64
lens_time_snap (gint64 time_ns, gint64 step_ns)
{
  gint64 rest = time_ns % step_ns;

  return lens_time_add (time_ns, -(rest < 0 ? rest + step_ns : rest));
}

guint
lens_time_step_decimals (gint64 step_ns)
{
  guint decimals = 0;

  for (gint64 unit = NS_PER_SECOND; decimals < 9 && step_ns % unit != 0; unit /= 10)
    decimals++;
  return decimals;
}
