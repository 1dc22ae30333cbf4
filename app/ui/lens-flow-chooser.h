/* A drop-down of the flows of the stream whose bursts are looked at, most packets first: all of them, or one. Main thread. */
#pragma once

#include "lens-burst-study.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FLOW_CHOOSER (lens_flow_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LensFlowChooser, lens_flow_chooser, LENS, FLOW_CHOOSER, GtkBox)

/* @study: (transfer none), kept. Once. */
void lens_flow_chooser_set_study (LensFlowChooser *chooser, LensBurstStudy *study);

G_END_DECLS
