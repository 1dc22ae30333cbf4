/* What stands above the charts of bursts: of which stream, by which rule, the rule in words, and what its bursts have in common. While it is on the
 * screen its study is wanted. Main thread.
 */
#pragma once

#include "lens-burst-study.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_BURST_PANEL (lens_burst_panel_get_type ())
G_DECLARE_FINAL_TYPE (LensBurstPanel, lens_burst_panel, LENS, BURST_PANEL, GtkBox)

/* @study, @session: (transfer none), kept. */
GtkWidget *lens_burst_panel_new (LensBurstStudy *study, LensSession *session);

G_END_DECLS
