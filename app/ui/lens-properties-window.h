/* What is known of the capture that a window shows, as text that can be selected and copied. Main thread. */
#pragma once

#include "lens-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LENS_TYPE_PROPERTIES_WINDOW (lens_properties_window_get_type ())
G_DECLARE_FINAL_TYPE (LensPropertiesWindow, lens_properties_window, LENS, PROPERTIES_WINDOW, AdwWindow)

/* Follows the capture of @session (transfer none), also while it grows; closes itself when there is none. @parent: is not
 * blocked. */
LensPropertiesWindow *lens_properties_window_new (LensSession *session, GtkWindow *parent);

G_END_DECLS
