/* What is copied goes through here: where the clipboard takes only so much, more is refused in words instead of lost. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many bytes of text the clipboard of @widget takes; G_MAXSIZE: any number. */
gsize lens_clipboard_get_max_bytes (GtkWidget *widget);

/* Puts @text on the clipboard of @widget. What is too long for it leaves there what was there, and says so over the window; @advice: (nullable)
 * a sentence on what to do instead. Whether it was copied. */
gboolean lens_clipboard_set_text (GtkWidget *widget, const char *text, const char *advice);

/* Says over the window of @widget what became of copying. */
void lens_clipboard_say (GtkWidget *widget, const char *message);

G_END_DECLS
