/* A button that says which stream's bursts are shown, and a list, strongest first and searchable, to choose another. Main thread. */
#pragma once

#include "lens-burst-study.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_STREAM_CHOOSER (lens_stream_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LensStreamChooser, lens_stream_chooser, LENS, STREAM_CHOOSER, GtkBox)

/* @study, @session: (transfer none), kept. Once. */
void lens_stream_chooser_set_study (LensStreamChooser *chooser, LensBurstStudy *study, LensSession *session);

G_END_DECLS
