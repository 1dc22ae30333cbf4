/* The filter in words, one chip a term, and how much of the capture passes it. Main thread. */
#pragma once

#include "lens-visible-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER_BAR (lens_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (LensFilterBar, lens_filter_bar, LENS, FILTER_BAR, GtkBox)

/* Both (transfer none), kept. Once. */
void lens_filter_bar_set_session (LensFilterBar *bar, LensSession *session, LensVisibleTime *visible);

G_END_DECLS
