/* The page that a widget is on, scrolled. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the page up or down, as little as is needed for what is up to @reach_px above and below @y of @widget to be seen. */
void lens_page_scroll_to (GtkWidget *widget, double y, double reach_px);

/* Where the pointer is in the window of @widget: the same while only the page is scrolled below it. */
graphene_point_t lens_page_get_pointer (GtkWidget *widget);

G_END_DECLS
