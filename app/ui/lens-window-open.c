/* How captures come into a window: chosen, dropped, loaded, shown; or why not. */
#include "lens-window-private.h"

#include "lens-capture-words.h"
#include "lens-format.h"
#include "lens-open-dialog.h"
#include "lens-text.h"

#include <glib/gi18n.h>

/* What is drawn for the first time takes long: the page of a capture is drawn before it is filled, so that neither frame has all to do; and
 * a large capture keeps all processors busy for a while when it is counted. */
#define DRAWING_MS 50

void
lens_window_cancel_load (LensWindow *self)
{
  g_clear_pointer (&self->load, lens_load_job_cancel);
  g_clear_handle_id (&self->loaded_timeout_id, g_source_remove);
  g_clear_pointer (&self->loaded, lens_capture_unref);
  self->is_filling = FALSE;
  lens_capture_page_set_is_reading (self->capture_page, FALSE);
}

static void
say_failure (LensWindow *self, const char *name, const GError *error)
{
  g_autofree char *escaped = NULL;
  GtkWidget *dialog;

  if (!lens_window_has_capture (self))
    {
      escaped = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->error_page, escaped);
      lens_window_show_page (self, "error");
      return;
    }
  /* What was shown is still there: a dialog over it. */
  lens_window_show_page (self, "capture");
  dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, error->message);
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Could Not Open “%s”"), name);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_first_filter (LensWindow *self)
{
  g_autofree char *expression = g_steal_pointer (&self->first_expression);
  LensFilterTerm term = lens_filter_term_bpf (expression);

  if (expression != NULL)
    lens_session_add_term (self->session, &term);
}

/* The capture that is shown from now on is what the load that runs reads. */
static void
note_files (LensWindow *self)
{
  g_strfreev (self->paths);
  self->paths = g_strdupv ((char **) lens_load_job_get_paths (self->load));
  self->can_read_again = !lens_load_job_has_pipe (self->load);
}

static void
show_capture (LensWindow *self, LensCapture *capture)
{
  lens_session_set_capture (self->session, capture);
  add_first_filter (self);
}

static void
grown_cb (LensCapture *capture, gpointer user_data)
{
  LensWindow *self = user_data;

  if (self->is_filling)
    {
      lens_session_update_capture (self->session, capture);
      lens_window_update_title (self);
      return;
    }
  note_files (self);
  show_capture (self, capture);
  lens_window_update_title (self);
  self->is_filling = TRUE;
  lens_capture_page_set_is_reading (self->capture_page, TRUE);
  lens_window_show_page (self, "capture");
}

static gboolean
loaded_timeout_cb (gpointer user_data)
{
  LensWindow *self = user_data;
  g_autoptr (LensCapture) capture = g_steal_pointer (&self->loaded);

  self->loaded_timeout_id = 0;
  show_capture (self, capture);
  lens_window_update_title (self);
  lens_window_show_page (self, "capture");
  return G_SOURCE_REMOVE;
}

/* All of a capture of which nothing is shown so far. */
static void
show_loaded (LensWindow *self, LensCapture *capture)
{
  if (lens_window_has_capture (self))
    {
      show_capture (self, capture);
      return;
    }
  self->loaded = lens_capture_ref (capture);
  self->loaded_timeout_id = g_timeout_add (DRAWING_MS, loaded_timeout_cb, self);
}

static void
done_cb (LensCapture *capture, const GError *error, gpointer user_data)
{
  LensWindow *self = user_data;
  gboolean was_filling = self->is_filling;

  if (capture != NULL && !was_filling)
    note_files (self);
  self->load = NULL;
  lens_window_cancel_load (self);
  if (capture == NULL)
    {
      say_failure (self, gtk_label_get_text (self->loading_label), error);
      return;
    }
  if (was_filling)
    lens_session_update_capture (self->session, capture);
  else
    show_loaded (self, capture);
  lens_window_update_title (self);
  lens_window_show_page (self, "capture");
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensWindow *self = user_data;
  g_autofree char *count = lens_format_count (report->packets);
  g_autofree char *bytes = lens_format_bytes (report->bytes);
  g_autofree char *text = NULL;

  if (report->fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, MIN (report->fraction, 1));
  else
    gtk_progress_bar_pulse (self->progress_bar);
  if (report->packets == 0 && lens_load_job_has_pipe (self->load))
    return; /* it says that it waits */
  /* Translators: how far loading is: packets and bytes read. */
  text = g_strdup_printf (ngettext ("%s packet · %s", "%s packets · %s", report->packets), count, bytes);
  gtk_label_set_text (self->progress_label, text);
}

static void
open_paths (LensWindow *self, const char *const *paths, const char *name, guint64 max_unpacked_bytes)
{
  static const LensLoadJobFuncs funcs = { .progress = progress_cb, .grown = grown_cb, .done = done_cb };

  lens_window_cancel_load (self);
  self->load = lens_load_job_start (paths, max_unpacked_bytes, &funcs, self);
  gtk_label_set_text (self->loading_label, name);
  gtk_label_set_text (self->progress_label,
                      lens_load_job_has_pipe (self->load) ? _ ("Waiting for packets…") : "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  lens_window_show_page (self, "loading");
}

void
lens_window_open (LensWindow *self, GFile *const *files, guint n_files, guint64 max_unpacked_bytes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (n_files > 0);

  name = lens_capture_words_name_files (files, n_files);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);
      g_autofree char *safe_uri = lens_text_make_safe_path (uri);
      const char *path = g_file_peek_path (files[i]);
      g_autoptr (GError) error = NULL;

      if (path != NULL)
        {
          g_strv_builder_add (builder, g_str_equal (path, LENS_STANDARD_INPUT_PATH) ? "-" : path);
          continue;
        }
      lens_window_cancel_load (self);
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("“%s” is not a file on this computer. Copy it here and open the copy."),
                           safe_uri);
      say_failure (self, name, error);
      return;
    }
  paths = g_strv_builder_end (builder);
  open_paths (self, (const char *const *) paths, name, max_unpacked_bytes);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LensWindow *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GPtrArray) chosen = lens_open_dialog_get_files (self->chooser);

      if (chosen->len > 0)
        lens_window_open (self, (GFile *const *) chosen->pdata, chosen->len, 0);
    }
  g_clear_object (&self->chooser);
}

void
lens_window_choose_files (LensWindow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = lens_open_dialog_new (GTK_WINDOW (self));
  g_signal_connect (self->chooser, "response", G_CALLBACK (file_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LensWindow *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) dropped = g_ptr_array_new ();

  for (GSList *link = files; link != NULL; link = link->next)
    g_ptr_array_add (dropped, link->data);
  if (dropped->len > 0)
    lens_window_open (self, (GFile *const *) dropped->pdata, dropped->len, 0);
  return TRUE;
}

void
lens_window_open_again (LensWindow *self)
{
  g_auto (GStrv) paths = g_strdupv (self->paths);
  const char *name = lens_capture_get_name (lens_session_get_capture (self->session));

  open_paths (self, (const char *const *) paths, name, G_MAXUINT64);
}

void
lens_window_accept_drops (LensWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

void
lens_window_set_first_filter (LensWindow *self, const char *expression)
{
  g_free (self->first_expression);
  self->first_expression = g_strdup (expression);
}
