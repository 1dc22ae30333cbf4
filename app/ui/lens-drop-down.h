/* Drop-downs in pages that scroll. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page below @drop_down stays where it is while the list is open. GTK scrolls the page to what has the focus, also in the list; the list
 * goes with the page, and the row that comes to lie under a pointer that rests is chosen instead of the one that the keys went to. */
void lens_drop_down_keep_page_still (GtkDropDown *drop_down);

G_END_DECLS
