/* Where a term of the filter is filled in: a host, two, a port, a protocol, a flow, a layer or a span of time, also one that nothing to click on stands for. Main
 * thread. */
#pragma once

#include "lens-visible-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER_POPOVER (lens_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (LensFilterPopover, lens_filter_popover, LENS, FILTER_POPOVER, GtkPopover)

/* Both (transfer none), kept. Once. */
void
lens_filter_popover_set_session (LensFilterPopover *popover, LensSession *session, LensVisibleTime *visible);

/* When it comes up next it is to change @term, a span of time of the filter. */
void lens_filter_popover_edit_time (LensFilterPopover *popover, const LensFilterTerm *term);

G_END_DECLS
