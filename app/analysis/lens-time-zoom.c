#include "lens-time-zoom.h"

/* Packets that have a smaller part of what is shown can't be told apart. */
#define CLOSE_SHARE (1.0 / 200)
/* What is left free before and after that which is gone to, of its length. */
#define ROOM_SHARE 0.04
/* What is shown around packets that are all at one moment, and the least that is ever shown. */
#define MOMENT_NS G_GUINT64_CONSTANT (1000000000)
#define LEAST_NS G_GUINT64_CONSTANT (1000)

/* From the first packet in @span to the last; FALSE where there is none. */
static gboolean
find_packets (const LensPacketColumns *columns, LensTimeSpan span, LensTimeSpan *packets)
{
  gsize first = lens_packet_columns_find_row (columns, span.first_ns, FALSE);
  gsize end = lens_packet_columns_find_row (columns, span.last_ns, TRUE);

  if (first >= end)
    return FALSE;
  *packets = (LensTimeSpan){ columns->time_ns[first], columns->time_ns[end - 1] };
  return TRUE;
}

static double
get_length (LensTimeSpan span)
{
  return (double) lens_time_span_get_length (span);
}

/* @by_ns more on each side. */
static LensTimeSpan
widen (LensTimeSpan span, double by_ns, LensTimeSpan all)
{
  gint64 ns = (gint64) MIN (by_ns, 9e18);

  span.first_ns = lens_time_add (span.first_ns, -ns);
  span.last_ns = lens_time_add (span.last_ns, ns);
  return lens_time_span_clamp (span, all);
}

/* @packets with room around them. */
static LensTimeSpan
show_packets (LensTimeSpan packets, LensTimeSpan all)
{
  guint64 length_ns = lens_time_span_get_length (packets);
  double least_ns = (double) (length_ns == 0 ? MOMENT_NS : LEAST_NS);

  return widen (packets, MAX ((double) length_ns * ROOM_SHARE, (least_ns - (double) length_ns) / 2), all);
}

/* Whether the packets of @span are too close together in it, and what shows them better. */
static gboolean
find_closer (const LensPacketColumns *columns, LensTimeSpan span, LensTimeSpan all, LensTimeSpan *closer)
{
  LensTimeSpan packets;

  if (!find_packets (columns, span, &packets) || get_length (packets) > get_length (span) * CLOSE_SHARE)
    return FALSE;
  *closer = show_packets (packets, all);
  return get_length (*closer) < get_length (span);
}

static guint64
get_distance (gint64 a_ns, gint64 b_ns)
{
  return lens_time_span_get_length (lens_time_span_new (a_ns, b_ns));
}

/* The packet that is nearest to @at_ns, or, where none is as near as @reach_ns, @at_ns. */
static gint64
find_nearest (const LensPacketColumns *columns, gint64 at_ns, guint64 reach_ns)
{
  gsize next = lens_packet_columns_find_row (columns, at_ns, FALSE);
  gint64 nearest_ns = at_ns;

  for (gsize row = next > 0 ? next - 1 : 0; row <= next && row < columns->n_packets; row++)
    {
      guint64 distance_ns = get_distance (columns->time_ns[row], at_ns);

      if (distance_ns <= reach_ns && (nearest_ns == at_ns || distance_ns < get_distance (nearest_ns, at_ns)))
        nearest_ns = columns->time_ns[row];
    }
  return nearest_ns;
}

LensTimeSpan
lens_time_zoom_in (const LensPacketColumns *columns,
                   LensTimeSpan shown,
                   gint64 at_ns,
                   guint64 reach_ns,
                   double factor,
                   LensTimeSpan all)
{
  LensTimeSpan zoomed = lens_time_span_zoom (shown, find_nearest (columns, at_ns, reach_ns), factor, all);
  /* With those just beside it: packets at the same place go together. */
  LensTimeSpan wider = widen (zoomed, get_length (zoomed) * CLOSE_SHARE / 2, all);
  LensTimeSpan closer;

  return find_closer (columns, wider, all, &closer) || find_closer (columns, zoomed, all, &closer) ? closer
                                                                                                   : zoomed;
}

LensTimeSpan
lens_time_zoom_out (const LensPacketColumns *columns,
                    LensTimeSpan shown,
                    gint64 at_ns,
                    double factor,
                    LensTimeSpan all)
{
  LensTimeSpan zoomed = lens_time_span_zoom (shown, at_ns, factor, all);
  gsize first = lens_packet_columns_find_row (columns, zoomed.first_ns, FALSE);
  gsize end = lens_packet_columns_find_row (columns, zoomed.last_ns, TRUE);
  gboolean has_before = first > 0;
  gboolean has_after = end < columns->n_packets;
  guint64 before_ns, after_ns, distance_ns;

  if (!has_before && !has_after)
    return all;
  if (first < lens_packet_columns_find_row (columns, shown.first_ns, FALSE)
      || end > lens_packet_columns_find_row (columns, shown.last_ns, TRUE))
    return zoomed;
  before_ns = has_before ? get_distance (columns->time_ns[first - 1], shown.first_ns) : G_MAXUINT64;
  after_ns = has_after ? get_distance (columns->time_ns[end], shown.last_ns) : G_MAXUINT64;
  distance_ns = MIN (before_ns, after_ns);
  if ((double) distance_ns < get_length (zoomed))
    return zoomed;
  return widen (shown, (double) distance_ns * (1 + ROOM_SHARE), all);
}

LensTimeSpan
lens_time_zoom_to (const LensPacketColumns *columns, LensTimeSpan span, LensTimeSpan all)
{
  LensTimeSpan closer;
  double least_ns;

  if (find_closer (columns, span, all, &closer))
    return closer;
  least_ns = ((double) LEAST_NS - get_length (span)) / 2;
  return widen (span, MAX (get_length (span) * ROOM_SHARE, least_ns), all);
}
