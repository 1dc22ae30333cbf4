#include "lens-packet-saver.h"

#include "lens-format.h"
#include "lens-save-dialog.h"
#include "lens-text.h"

#include <glib/gi18n.h>

/* What is written sooner needs no bar. */
#define BAR_DELAY_MS 200

struct _LensPacketSaver
{
  GtkBox parent_instance;
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *progress_bar;

  LensPacketCsvContent content;  /* owned: what is to be saved, while it is asked where */
  GtkFileChooserNative *chooser; /* owned (nullable) */
  AdwToastOverlay *toasts;       /* (transfer none) around this */

  char *path;                /* (nullable) while it is written, and the following */
  GCancellable *cancellable; /* owned (nullable) */
  LensProgress *progress;    /* owned (nullable) */
  guint bar_timeout_id;
};

G_DEFINE_FINAL_TYPE (LensPacketSaver, lens_packet_saver, GTK_TYPE_BOX)

static void
forget_content (LensPacketSaver *self)
{
  lens_packet_csv_content_clear (&self->content);
  if (self->chooser != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->chooser, self);
      gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
    }
  g_clear_object (&self->chooser);
}

/* Nothing is heard of what is being written any more. */
static void
leave (LensPacketSaver *self)
{
  g_clear_handle_id (&self->bar_timeout_id, g_source_remove);
  if (self->progress != NULL)
    lens_progress_stop (self->progress);
  g_clear_pointer (&self->progress, lens_progress_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->path, g_free);
  if (self->revealer != NULL)
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
stop (LensPacketSaver *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  leave (self);
}

/* How far it is: "Saving “ring packets.csv”: 12,345 packets"; @n_packets 0: not begun. */
static void
say (LensPacketSaver *self, guint64 n_packets)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *display_name = lens_text_make_safe_path (name);
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *text = NULL;

  if (n_packets > 0)
    /* Translators: a file, and how many packets are in it so far. */
    text = g_strdup_printf (
        ngettext ("Saving “%s”: %s packet so far", "Saving “%s”: %s packets so far", (gulong) n_packets),
        display_name, count);
  else
    text = g_strdup_printf (_ ("Saving “%s”: sorting packets…"), display_name);
  gtk_label_set_text (self->label, text);
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensPacketSaver *self = user_data;

  say (self, report->packets);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (report->fraction, 0.0, 1.0));
}

static gboolean
show_bar_cb (gpointer user_data)
{
  LensPacketSaver *self = user_data;

  self->bar_timeout_id = 0;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

/* The program stays until nothing half-written is left behind, also where its last window is closed. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LensPacketSaver) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_written = lens_packet_csv_write_finish (result, &error);
  gboolean is_current
      = self->cancellable != NULL && g_task_get_cancellable (G_TASK (result)) == self->cancellable;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *path = is_current ? g_steal_pointer (&self->path) : NULL;

  g_application_release (g_application_get_default ());
  if (!is_current)
    return;
  leave (self);
  if (is_written)
    lens_save_dialog_say_success (self->toasts, path);
  else if (root != NULL)
    lens_save_dialog_say_failure (GTK_WINDOW (root), _ ("The Packets Were Not Saved"), error);
}

/* @path: (transfer full) */
static void
write_to (LensPacketSaver *self, char *path)
{
  stop (self);
  self->path = path;
  self->cancellable = g_cancellable_new ();
  self->progress = lens_progress_new (progress_cb, self, NULL);
  self->bar_timeout_id = g_timeout_add (BAR_DELAY_MS, show_bar_cb, self);
  say (self, 0);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  g_application_hold (g_application_get_default ());
  lens_packet_csv_write_async (&self->content, path, self->progress, self->cancellable, written_cb,
                               g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LensPacketSaver *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;
  char *path;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      path = lens_save_dialog_get_path (self->chooser, &error);
      if (path != NULL)
        write_to (self, path);
      else if (root != NULL)
        lens_save_dialog_say_failure (GTK_WINDOW (root), _ ("The Packets Were Not Saved"), error);
    }
  forget_content (self);
}

/* Who writes keeps a reference. */
static void
lens_packet_saver_unroot (GtkWidget *widget)
{
  LensPacketSaver *self = LENS_PACKET_SAVER (widget);

  stop (self);
  forget_content (self);
  GTK_WIDGET_CLASS (lens_packet_saver_parent_class)->unroot (widget);
}

static void
lens_packet_saver_dispose (GObject *object)
{
  LensPacketSaver *self = LENS_PACKET_SAVER (object);

  stop (self);
  forget_content (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_PACKET_SAVER);
  G_OBJECT_CLASS (lens_packet_saver_parent_class)->dispose (object);
}

static void
lens_packet_saver_class_init (LensPacketSaverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_packet_saver_dispose;
  widget_class->unroot = lens_packet_saver_unroot;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-packet-saver.ui");
  gtk_widget_class_bind_template_child (widget_class, LensPacketSaver, revealer);
  gtk_widget_class_bind_template_child (widget_class, LensPacketSaver, label);
  gtk_widget_class_bind_template_child (widget_class, LensPacketSaver, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, stop);
}

static void
lens_packet_saver_init (LensPacketSaver *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lens_packet_saver_save (LensPacketSaver *self,
                        const LensPacketCsvContent *content,
                        const char *name,
                        AdwToastOverlay *toasts)
{
  g_autofree char *file_name = g_strdup_printf ("%s.csv", name);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  forget_content (self);
  self->content = lens_packet_csv_content_copy (content);
  self->toasts = toasts;
  self->chooser
      = lens_save_dialog_new (_ ("Save as CSV"), GTK_WINDOW (root), file_name, _ ("CSV tables"), "text/csv");
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
