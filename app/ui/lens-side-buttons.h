/* The side buttons of a mouse walk the history as in a browser. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Anywhere in @window they activate its actions "win.back" and "win.forward", and close popovers that are open. Before it is realized. */
void lens_side_buttons_add (GtkWindow *window);

G_END_DECLS
