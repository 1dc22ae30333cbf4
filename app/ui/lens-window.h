/* A window: start, loading, error or capture page; opens files and owns the session of the one it shows. Main thread. */
#pragma once

#include "lens-burst.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LENS_TYPE_WINDOW (lens_window_get_type ())
G_DECLARE_FINAL_TYPE (LensWindow, lens_window, LENS, WINDOW, AdwApplicationWindow)

/* @rule: how bursts are told in this window. */
LensWindow *lens_window_new (GtkApplication *application, const LensBurstRule *rule);

/* Loads @files (transfer none; one at least; folders stand for the captures in them, LENS_STANDARD_INPUT_PATH for standard
 * input) in the background as one capture, and shows it instead of what the window shows: a pipe as soon as there are packets.
 * Where that fails or is cancelled, what was shown before stays. @max_unpacked_bytes: as in LensLoadOptions; 0: the default. */
void lens_window_open (LensWindow *window, GFile *const *files, guint n_files, guint64 max_unpacked_bytes);

/* @expression: (nullable) BPF that the capture opened next begins with as its filter. */
void lens_window_set_first_filter (LensWindow *window, const char *expression);

/* TRUE when the window shows nothing yet: other files may use it. */
gboolean lens_window_is_empty (LensWindow *window);

G_END_DECLS
