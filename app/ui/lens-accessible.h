/* Names for assistive technology where GTK has none of its own. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A drop-down is a wrapper around the toggle button that people meet: both get @name. */
void lens_accessible_name_drop_down (GtkDropDown *drop_down, const char *name);

/* The same of a menu button with a label: GTK would name the one and leave the other without. */
void lens_accessible_name_menu_button (GtkMenuButton *button, const char *name);

/* A button that shows an icon alone says its name in a tooltip, too. @name: (transfer full). */
void lens_accessible_take_button_name (GtkWidget *button, char *name);

G_END_DECLS
