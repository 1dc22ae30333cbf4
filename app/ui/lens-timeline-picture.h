/* What a timeline draws: bins of all packets behind those that pass the filter, and a span with its handles; where it is zoomed, a strip
 * above that says which part of the time that is. Main thread. */
#pragma once

#include "lens-time-bins.h"
#include "lens-time-span.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the height of a bin is. */
typedef enum
{
  LENS_TIMELINE_BYTES,
  LENS_TIMELINE_PACKETS,
} LensTimelineMeasure;

/* Owns nothing. */
typedef struct
{
  const LensTimeBins *whole;   /* reach over what is shown, or further */
  const LensTimeBins *passing; /* (nullable); of the same times */
  LensTimeSpan shown;          /* from side to side */
  LensTimeSpan all;            /* what can be shown */
  const LensTimeSpan *span;    /* (nullable) */
  LensTimelineMeasure measure;
  double left_px;
  double width_px;
  double top_px;
  double height_px; /* of the bins; the axis is below */
  GdkRGBA foreground;
  GdkRGBA accent;
  GdkRGBA background;
} LensTimelinePicture;

/* Where a moment is. */
double lens_timeline_picture_get_x (const LensTimelinePicture *picture, gint64 time_ns);

/* Whether less is shown than there is. */
gboolean lens_timeline_picture_is_zoomed (const LensTimelinePicture *picture);

/* How many bins a column is. */
gsize lens_timeline_picture_get_group (const LensTimelinePicture *picture);

void lens_timeline_picture_draw (const LensTimelinePicture *picture, cairo_t *cr);

G_END_DECLS
