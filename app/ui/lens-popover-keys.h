/* The application's shortcuts while a popover is open: GTK keeps the keys that are pressed there from the window. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What @popover's own widgets have no use for closes it and does what it does in the window. Once a popover. */
void lens_popover_keys_add (GtkPopover *popover);

G_END_DECLS
