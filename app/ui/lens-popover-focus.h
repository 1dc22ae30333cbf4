/* Where the keys go once a menu is gone. GTK gives them back to where they were, but not after a choice in a submenu: then no widget has
 * them, or one that is not to be seen, and even the window's shortcuts do nothing. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Before @popover comes up: when it has closed the keys go to @widget (nullable: that which has them now), unless what was chosen has given
 * them to another one that is to be seen. */
void lens_popover_focus_return_to (GtkPopover *popover, GtkWidget *widget);

G_END_DECLS
