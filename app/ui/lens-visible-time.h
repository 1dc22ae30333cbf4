/* The part of the time that charts show: one for all pages of a window, so that all time charts show the same. It filters nothing.
 * Main thread. */
#pragma once

#include "lens-session.h"
#include "lens-time-span.h"

G_BEGIN_DECLS

#define LENS_TYPE_VISIBLE_TIME (lens_visible_time_get_type ())
G_DECLARE_FINAL_TYPE (LensVisibleTime, lens_visible_time, LENS, VISIBLE_TIME, GObject)

/* Signal "changed". Stays inside the capture of @session (transfer none; must live as long); all of it is shown when that is another. */
LensVisibleTime *lens_visible_time_new (LensSession *session);

/* NULL: all. (transfer none) */
const LensTimeSpan *lens_visible_time_get (LensVisibleTime *visible);

/* Shows @span, as far as the capture has it; all, where that is all there is. */
void lens_visible_time_show (LensVisibleTime *visible, LensTimeSpan span);
void lens_visible_time_show_all (LensVisibleTime *visible);

/* Of @span, which is what a chart shows now: @factor times as much around @at_ns, or so much later or earlier. */
void lens_visible_time_zoom (LensVisibleTime *visible, LensTimeSpan span, gint64 at_ns, double factor);
void lens_visible_time_pan (LensVisibleTime *visible, LensTimeSpan span, double by_ns);

G_END_DECLS
