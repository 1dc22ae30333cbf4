/* Pointer and keys of a timeline's picture, and what they ask of it. Only for lens-timeline-view.c, its input and its zoom. */
#pragma once

#include "lens-timeline-view.h"

G_BEGIN_DECLS

/* Adds the gestures and keys. */
void lens_timeline_view_add_input (LensTimelineView *view);

typedef enum
{
  LENS_TIMELINE_OUTSIDE,
  LENS_TIMELINE_FIRST_EDGE,
  LENS_TIMELINE_LAST_EDGE,
  LENS_TIMELINE_MIDDLE,
} LensTimelinePart;

gboolean lens_timeline_view_has_bins (LensTimelineView *view);

/* FALSE where there is no span. */
gboolean lens_timeline_view_get_span (LensTimelineView *view, LensTimeSpan *span);
LensTimeSpan lens_timeline_view_get_limits (LensTimelineView *view);

/* Where @x is in what is shown, from 0 to 1, and which share of it @px pixels are. */
double lens_timeline_view_get_place_at (LensTimelineView *view, double x);
double lens_timeline_view_get_share (LensTimelineView *view, double px);

/* Moves what is shown as far as @time_ns, where that is not in it. */
void lens_timeline_view_bring_into_view (LensTimelineView *view, gint64 time_ns);

/* What of the span is at @x. */
LensTimelinePart lens_timeline_view_find_part (LensTimelineView *view, double x);

/* The moment at @x, a round one but for the ends; and how much time @dx pixels are, in round steps. */
gint64 lens_timeline_view_get_time_at (LensTimelineView *view, double x);
gint64 lens_timeline_view_get_duration (LensTimelineView *view, double dx);

/* The person changes the span, held inside the limits (nullable: none); or is done with that. */
void lens_timeline_view_change_span (LensTimelineView *view, const LensTimeSpan *span);
void lens_timeline_view_settle_span (LensTimelineView *view, gboolean is_kept);

/* The pointer is at @x, or has gone. */
void lens_timeline_view_hover (LensTimelineView *view, double x);
void lens_timeline_view_hover_nothing (LensTimelineView *view);

G_END_DECLS
