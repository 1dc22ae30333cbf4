/* What a timeline draws: bins of all packets behind those that pass the filter, and a span with its handles. Main thread. */
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
  const LensTimeBins *whole;
  const LensTimeBins *passing; /* (nullable) */
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

/* How many bins a column is, and how many columns there are. */
gsize lens_timeline_picture_get_group (const LensTimelinePicture *picture);
gsize lens_timeline_picture_get_n_columns (const LensTimelinePicture *picture);

void lens_timeline_picture_draw (const LensTimelinePicture *picture, cairo_t *cr);

G_END_DECLS
