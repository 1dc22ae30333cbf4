/* Where a term of the filter is filled in: a host, two, a port, a protocol or a flow, also one that nothing to click on stands for. Main
 * thread. */
#pragma once

#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER_POPOVER (lens_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (LensFilterPopover, lens_filter_popover, LENS, FILTER_POPOVER, GtkPopover)

/* @session: (transfer none), kept. Once. */
void lens_filter_popover_set_session (LensFilterPopover *popover, LensSession *session);

G_END_DECLS
