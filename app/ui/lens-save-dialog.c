#include "lens-save-dialog.h"

#include "lens-text.h"

#include <glib/gi18n.h>

GtkFileChooserNative *
lens_save_dialog_new (const char *title,
                      GtkWindow *parent,
                      const char *file_name,
                      const char *kind,
                      const char *mime_type)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind);
  gtk_file_filter_add_mime_type (filter, mime_type);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  return dialog;
}

char *
lens_save_dialog_get_path (GtkFileChooserNative *dialog, GError **error)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _ ("This folder is not on this computer. Choose one that is, and save again."));
  return path;
}

static void
open_file_cb (AdwToast *toast, gpointer user_data)
{
  g_autofree char *uri = g_file_get_uri (user_data);
  g_autoptr (AdwToastOverlay) toasts = g_object_ref (g_object_get_data (G_OBJECT (toast), "lens-overlay"));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (toasts));

  gtk_show_uri (root != NULL ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

void
lens_save_dialog_say_success (AdwToastOverlay *toasts, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *display_name = lens_text_make_safe_path (name);
  g_autofree char *escaped = g_markup_escape_text (display_name, -1);
  g_autofree char *title = g_strdup_printf (_ ("Saved “%s”"), escaped);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("Open"));
  g_object_set_data_full (G_OBJECT (toast), "lens-overlay", g_object_ref (toasts), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (open_file_cb), g_file_new_for_path (path),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  adw_toast_overlay_add_toast (toasts, toast);
}

void
lens_save_dialog_say_failure (GtkWindow *parent, const char *heading, const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
