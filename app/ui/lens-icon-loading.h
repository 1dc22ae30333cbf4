/* Icons that are drawn with the first capture, loaded before it is there. GTK loads an icon in the frame that draws it first, and twenty of
 * them take longer than all else in that frame. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Loads them one by one once @window is mapped and has nothing else to do, and keeps them as long as it lives. */
void lens_icon_loading_add (GtkWindow *window);

G_END_DECLS
