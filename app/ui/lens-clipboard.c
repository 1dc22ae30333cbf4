#include "lens-clipboard.h"

#include "lens-format.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>
#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/* On X11, GTK 4.8 stops for ever when it hands out a text in pieces, as it does with more than 256 KiB. */
#define MAX_X11_BYTES 250000

gsize
lens_clipboard_get_max_bytes (GtkWidget *widget)
{
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_DISPLAY (gtk_widget_get_display (widget)))
    return MAX_X11_BYTES;
#endif
  return G_MAXSIZE;
}

gboolean
lens_clipboard_set_text (GtkWidget *widget, const char *text, const char *advice)
{
  gsize n_bytes = strlen (text);
  gsize max_bytes = lens_clipboard_get_max_bytes (widget);

  if (n_bytes > max_bytes)
    {
      g_autofree char *size = lens_format_count (n_bytes);
      g_autofree char *limit = lens_format_count (max_bytes);
      /* Translators: how long the text is, and how long it may be. A sentence on what to do instead may follow. */
      g_autofree char *words
          = g_strdup_printf (_ ("Not copied: %s bytes are more than the clipboard’s %s."), size, limit);
      g_autofree char *message = advice != NULL ? g_strdup_printf ("%s %s", words, advice) : g_strdup (words);

      lens_clipboard_say (widget, message);
      return FALSE;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return TRUE;
}

void
lens_clipboard_say (GtkWidget *widget, const char *message)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, 10);
  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), g_steal_pointer (&toast));
  g_clear_object (&toast);
}
