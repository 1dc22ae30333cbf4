/* A window: start, loading, error or capture page; opens files and owns the session of the one it shows. Main thread. */
#pragma once

#include "lens-burst.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LENS_TYPE_WINDOW (lens_window_get_type ())
G_DECLARE_FINAL_TYPE (LensWindow, lens_window, LENS, WINDOW, AdwApplicationWindow)

/* @rule: how bursts are told in this window. */
LensWindow *lens_window_new (GtkApplication *application, const LensBurstRule *rule);

/* Loads @file in the background and shows it instead of what the window shows. Where that fails or is cancelled, what was
 * shown before stays. */
void lens_window_open (LensWindow *window, GFile *file);

/* TRUE when the window shows nothing yet: another file may use it. */
gboolean lens_window_is_empty (LensWindow *window);

G_END_DECLS
