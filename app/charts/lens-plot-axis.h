/* Where the ticks of an axis are and what they say. Pure; any thread. */
#pragma once

#include "lens-chart-data.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double position; /* values: in the unit; time: nanoseconds after the axis' origin */
  char *label;     /* owned */
} LensPlotTick;

/* A span of time to draw, wider than its data where those are at one moment. */
typedef struct
{
  gint64 origin_ns; /* what positions count from */
  double from_ns;   /* left end, after the origin: may be negative */
  double to_ns;     /* right end; always greater */
  gboolean is_utc;  /* labels are in UTC, else in the person's time zone */
} LensPlotTimeAxis;

/* Round values from 0 to at most @max, at most @max_ticks + 1 of them, with SI units. @max: greater than 0.
 * (transfer full) (element-type LensPlotTick) */
GArray *lens_plot_axis_value_ticks (double max, LensUnit unit, guint max_ticks);

/* What a tick at @value says where ticks are @step apart, up to @max. (transfer full) */
char *lens_plot_axis_format_value (double value, double step, double max, LensUnit unit);

/* No ticks yet; they are freed with the array. (transfer full) (element-type LensPlotTick) */
GArray *lens_plot_axis_new_ticks (void);

LensPlotTimeAxis lens_plot_axis_time (gint64 first_ns, gint64 last_ns, gboolean is_utc);

/* Round times inside @axis, not closer than their labels allow: @width_px pixels for all, @digit_px a character.
 * *@context (transfer full): what the labels leave out: the date, the time zone, and the moment that labels like "+5 µs"
 * count from. (transfer full) (element-type LensPlotTick) */
GArray *
lens_plot_axis_time_ticks (const LensPlotTimeAxis *axis, double width_px, double digit_px, char **context);

G_END_DECLS
