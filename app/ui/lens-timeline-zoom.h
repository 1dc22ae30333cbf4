/* Zooming a timeline: wheel, keys and buttons, and the bins of what is shown then. What is selected stays, and so does what charts show.
 *
 * Main thread; close bins of many packets are counted on a worker.
 */
#pragma once

#include "lens-session.h"
#include "lens-timeline-view.h"

G_BEGIN_DECLS

typedef struct _LensTimelineZoom LensTimelineZoom;

/* Listens on @view, and lives as long. @session: (transfer none), kept. (transfer none) */
LensTimelineZoom *lens_timeline_zoom_attach (LensTimelineView *view, LensSession *session);

/* To the selected time, or, where none is selected or it is what is shown already, to half of what is shown. */
void lens_timeline_zoom_in (LensTimelineZoom *zoom);
void lens_timeline_zoom_out (LensTimelineZoom *zoom);
void lens_timeline_zoom_to_all (LensTimelineZoom *zoom);

gboolean lens_timeline_zoom_is_zoomed (LensTimelineZoom *zoom);

G_END_DECLS
