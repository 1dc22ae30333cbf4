/* The timeline along the bottom of the window: all of the capture over time, and the span of it that is selected.
 *
 * The span is a term of the session's filter; what a chart zooms to is something else. Main thread.
 */
#pragma once

#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_TIMELINE (lens_timeline_get_type ())
G_DECLARE_FINAL_TYPE (LensTimeline, lens_timeline, LENS, TIMELINE, GtkBox)

/* @session: (transfer none), kept. Once. */
void lens_timeline_set_session (LensTimeline *timeline, LensSession *session);

G_END_DECLS
