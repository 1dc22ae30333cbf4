/* Rates interval by interval, as a table has them: of each interval when it begins, how much there was of all series, and what that is
 * in a second of each. Holds copies, so it outlives the chart; reference counted; immutable once made; any thread.
 *
 * A table of them is long: its texts are written when they are asked for.
 */
#pragma once

#include "lens-chart-data.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  LensUnit unit;
  gint64 first_ns; /* when the first interval begins */
  gint64 interval_ns;
  gsize n_intervals;
  gsize n_series;
  guint64 *figures;  /* owned: whole bytes or packets, the first series' intervals, then the second's, ... */
  gboolean is_utc;   /* as the chart's times are */
  gboolean has_days; /* not all begin on the same day */
  guint time_decimals; /* of a second, as many as tell the intervals apart */
  guint rate_decimals; /* none where an interval is no longer than a second: then rates are whole */
} LensChartIntervals;

/* Whether @data has any: rates of some packets. */
gboolean lens_chart_data_has_intervals (const LensChartData *data);

/* Of what is shown of @data's time, which has intervals: those that it touches. NULL when memory runs out. (transfer full) */
LensChartIntervals *lens_chart_intervals_new (const LensChartData *data);
LensChartIntervals *lens_chart_intervals_ref (LensChartIntervals *intervals);
void lens_chart_intervals_unref (LensChartIntervals *intervals);

/* Whole bytes or packets of all series. */
guint64 lens_chart_intervals_get_total (const LensChartIntervals *intervals, gsize interval);

/* What a series has in a second. */
double lens_chart_intervals_get_rate (const LensChartIntervals *intervals, gsize interval, gsize series);

/* "17:53:54.5", with the day before it where there are several: when it begins. (transfer full) */
char *lens_chart_intervals_write_time (const LensChartIntervals *intervals, gsize interval);

/* "1,332", and "0.25" where a second is less than the interval, to as many decimals as tell one packet or byte from none. (transfer full) */
char *lens_chart_intervals_write_rate (const LensChartIntervals *intervals, gsize interval, gsize series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensChartIntervals, lens_chart_intervals_unref)

G_END_DECLS
