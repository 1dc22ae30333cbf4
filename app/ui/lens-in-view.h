/* Whether a widget on a page that scrolls is where it can be seen. Main thread. */
#pragma once

#include "lens-draw-queue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether @widget, which has its place, is mapped and at least in part within the GtkViewport around it, if there is one. */
gboolean lens_in_view_get (GtkWidget *widget);

/* Has @queue call @moved with @widget whenever what is around it scrolled or became larger or smaller: from when it is mapped on, for as long as
 * it is there. */
void lens_in_view_watch (GtkWidget *widget, LensDrawQueue *queue, LensDrawFunc moved);

G_END_DECLS
