/* GtkPaned takes every press within 25 pixels of its handle for itself, also with a mouse: a click on what stands beside the handle is lost. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on a mouse moves the handle where it shows so; a finger as before. Once a paned. */
void lens_paned_keep_to_handle (GtkPaned *paned);

G_END_DECLS
