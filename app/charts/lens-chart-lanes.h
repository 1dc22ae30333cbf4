/* The chart of a host's streams and their bursts, side by side, and what its lanes say in words. */
#pragma once

#include "lens-chart.h"

G_BEGIN_DECLS

/* "→ 192.0.2.7": what a lane is of, seen from the host that all are of. (transfer full) */
char *lens_chart_lane_name (const LensChartLane *lane);

/* "13 bursts in 5,844 packets". (transfer full) */
char *lens_chart_lane_count (const LensChartLane *lane);

/* The bursts of a lane that touch the time from @from_ns to @to_ns: the index of the first, *@n of them; and of those the one that is nearest to
 * @time_ns, or -1 where there is none. */
gssize lens_chart_lane_find_burst (const LensChartLane *lane,
                                   gint64 from_ns,
                                   gint64 to_ns,
                                   gint64 time_ns,
                                   gsize *n);

/* What is at a moment of a lane: the stream, and burst @index (or -1) of it with its exact figures; @n: so many are too near to each other to be told
 * apart there. (transfer full) */
char *lens_chart_lane_describe (const LensChartLane *lane, gssize index, gsize n, gboolean is_utc);

G_END_DECLS
