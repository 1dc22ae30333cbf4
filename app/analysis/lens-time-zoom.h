/* Zooming in time by where packets are: what has nothing in it is passed over, so that microseconds in a capture of years are a few steps away.
 *
 * @shown is what is seen now, @all the most that can be seen. Pure; any thread.
 */
#pragma once

#include "lens-packet-table.h"
#include "lens-time-span.h"

G_BEGIN_DECLS

/* @shown made shorter by @factor (below 1) around @at_ns, or around the nearest packet, where one is no further away than @reach_ns. Where its
 * packets would be too close together to be told apart, these alone, from the first to the last, with some room around them. */
LensTimeSpan lens_time_zoom_in (const LensPacketColumns *columns,
                                LensTimeSpan shown,
                                gint64 at_ns,
                                guint64 reach_ns,
                                double factor,
                                LensTimeSpan all);

/* @shown made longer by @factor (above 1) around @at_ns; where that would show no other packet for long, up to the next one. */
LensTimeSpan lens_time_zoom_out (const LensPacketColumns *columns,
                                 LensTimeSpan shown,
                                 gint64 at_ns,
                                 double factor,
                                 LensTimeSpan all);

/* What shows @span, which a person has selected, with some room around it; its packets alone, where they would be too close together. */
LensTimeSpan lens_time_zoom_to (const LensPacketColumns *columns, LensTimeSpan span, LensTimeSpan all);

G_END_DECLS
