/* Back or Forward: a click takes one step in the history of the filter; a long press, a secondary click or the Menu key list the steps there
 * are, as browsers do. Main thread. */
#pragma once

#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_HISTORY_BUTTON (lens_history_button_get_type ())
G_DECLARE_FINAL_TYPE (LensHistoryButton, lens_history_button, LENS, HISTORY_BUTTON, GtkButton)

/* @session: (transfer none), kept. Once. @is_back: which of the two it is. */
void lens_history_button_set_session (LensHistoryButton *button, LensSession *session, gboolean is_back);

G_END_DECLS
