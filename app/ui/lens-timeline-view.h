/* The picture of a timeline: bins over time, an axis, and a span that is dragged out, moved and resized with pointer and keys.
 *
 * Knows neither session nor filter. Main thread.
 */
#pragma once

#include "lens-timeline-picture.h"

G_BEGIN_DECLS

#define LENS_TYPE_TIMELINE_VIEW (lens_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (LensTimelineView, lens_timeline_view, LENS, TIMELINE_VIEW, GtkWidget)

/* Signals: "span-changed" (LensTimeSpan *, nullable: none): the person is moving the span, or takes it away.
 * "span-settled" (gboolean): that is over; FALSE: it was given up, the span is to be what it was before.
 * "hovered" (const char *, nullable): in words, what is at the pointer.
 * "shown-changed": what lens_timeline_view_get_shown() says may be something else.
 * "context-changed": what lens_timeline_view_get_context() says is something else. */

/* @whole: all packets; @passing: those that pass the filter. (transfer none), kept; both nullable. @limits: the first and last packet;
 * the span stays inside. */
void lens_timeline_view_set_bins (LensTimelineView *view,
                                  const LensTimeBins *whole,
                                  const LensTimeBins *passing,
                                  LensTimeSpan limits);
/* What is seen, from side to side: @shown, of all the time that lens_timeline_view_get_all() says; NULL: all of it. */
void lens_timeline_view_set_shown (LensTimelineView *view, const LensTimeSpan *shown);
LensTimeSpan lens_timeline_view_get_shown (LensTimelineView *view);
LensTimeSpan lens_timeline_view_get_all (LensTimelineView *view);

/* Bins over a part of the time, drawn where they reach over all that is shown; else those of all time are. @passing as above.
 * (transfer none), kept; both nullable: none. */
void lens_timeline_view_set_close_bins (LensTimelineView *view,
                                        const LensTimeBins *whole,
                                        const LensTimeBins *passing);

void lens_timeline_view_set_measure (LensTimelineView *view, LensTimelineMeasure measure);

/* @span: (nullable): none. Emits nothing; while the person moves the span it is theirs. */
void lens_timeline_view_set_span (LensTimelineView *view, const LensTimeSpan *span);

/* Day, time zone and whatever else the labels of the axis leave out; NULL where there is no axis. (transfer none) */
const char *lens_timeline_view_get_context (LensTimelineView *view);

/* Whether the person changes what is selected, by a drag or by keys. */
gboolean lens_timeline_view_get_is_changing (LensTimelineView *view);

/* What round moments are apart at the width there is: what the pointer can tell. */
gint64 lens_timeline_view_get_step (LensTimelineView *view);

/* Whether what is shown has several days, so that a time of day says too little. */
gboolean lens_timeline_view_has_days (LensTimelineView *view);

G_END_DECLS
