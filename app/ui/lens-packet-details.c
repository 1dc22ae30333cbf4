#include "lens-packet-details.h"

#include "lens-dissect.h"
#include "lens-field-view.h"
#include "lens-hex-view.h"
#include "lens-hex.h"
#include "lens-paned.h"

#include <glib/gi18n.h>

/* What is read sooner shows no message in between. */
#define MESSAGE_DELAY_MS 200

#define COPIED_BYTES_PER_LINE 16

struct _LensPacketDetails
{
  GtkBox parent_instance;
  GtkStack *stack;
  GtkWidget *paned;
  GtkWidget *message;
  GtkLabel *message_label;
  GtkWidget *progress_bar;
  GtkWidget *cancel_button;
  LensFieldView *fields;
  LensHexView *hex;

  LensCapture *capture;     /* owned (nullable) */
  LensPacketReader *reader; /* owned (nullable) */
  LensPacketBytes *packet;  /* owned (nullable): shown */
  LensFieldTree *tree;      /* owned (nullable): of it */
  gsize row;
  GCancellable *cancellable; /* owned (nullable): of the reading that is going on */
  LensProgress *progress;    /* owned (nullable): of it */
  guint message_timeout_id;
};

G_DEFINE_FINAL_TYPE (LensPacketDetails, lens_packet_details, GTK_TYPE_BOX)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (LensPacketDetails *self, const char *text, gboolean can_cancel)
{
  gtk_label_set_text (self->message_label, text);
  gtk_widget_set_visible (self->progress_bar, can_cancel);
  gtk_widget_set_visible (self->cancel_button, can_cancel);
  gtk_stack_set_visible_child (self->stack, self->message);
}

static void
stop_progress (LensPacketDetails *self)
{
  g_clear_handle_id (&self->message_timeout_id, g_source_remove);
  if (self->progress != NULL)
    lens_progress_stop (self->progress);
  g_clear_pointer (&self->progress, lens_progress_unref);
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensPacketDetails *self = user_data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), CLAMP (report->fraction, 0.0, 1.0));
}

static void
stop_reading (LensPacketDetails *self)
{
  stop_progress (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
forget_packet (LensPacketDetails *self)
{
  g_clear_pointer (&self->packet, lens_packet_bytes_free);
  g_clear_pointer (&self->tree, lens_field_tree_unref);
}

static void
show_packet (LensPacketDetails *self, LensPacketBytes *packet)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (packet->bytes, &n_bytes);

  forget_packet (self);
  self->packet = packet;
  self->tree = lens_dissect (packet->link_type, bytes, (guint32) n_bytes, packet->wire_bytes);
  lens_field_view_set_tree (self->fields, self->tree);
  lens_hex_view_set_bytes (self->hex, packet->bytes);
  gtk_stack_set_visible_child (self->stack, self->paned);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  LensPacketBytes *packet = lens_packet_reader_read_finish (result, &error);
  LensPacketDetails *self;

  /* Whoever cancels has gone on, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  g_clear_object (&self->cancellable);
  stop_progress (self);
  if (packet != NULL)
    show_packet (self, packet);
  else
    say (self, error->message, FALSE);
  g_signal_emit (self, signals[LOADED], 0);
}

static gboolean
message_timeout_cb (gpointer user_data)
{
  LensPacketDetails *self = user_data;

  self->message_timeout_id = 0;
  if (lens_packet_reader_is_slow (self->reader, self->row))
    say (self, _ ("The file is compressed: it is being unpacked up to this packet…"), TRUE);
  else
    say (self, _ ("Reading the packet’s bytes…"), TRUE);
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (LensPacketDetails *self)
{
  stop_reading (self);
  say (self, _ ("The packet’s bytes were not read. Select it again to read them."), FALSE);
}

static void
picked_field_cb (LensPacketDetails *self, guint64 place)
{
  const LensField *field = lens_field_tree_get (self->tree, (gsize) place);

  lens_hex_view_mark (self->hex, field->offset, field->n_bytes);
}

static void
picked_byte_cb (LensPacketDetails *self, guint64 offset)
{
  gsize place = self->tree != NULL ? lens_field_tree_find_byte (self->tree, (gsize) offset) : LENS_FIELD_NONE;
  const LensField *field;

  if (place == LENS_FIELD_NONE)
    return;
  field = lens_field_tree_get (self->tree, place);
  lens_field_view_select (self->fields, place);
  lens_hex_view_mark (self->hex, field->offset, field->n_bytes);
}

static void
lens_packet_details_dispose (GObject *object)
{
  LensPacketDetails *self = LENS_PACKET_DETAILS (object);

  stop_reading (self);
  forget_packet (self);
  g_clear_pointer (&self->reader, lens_packet_reader_unref);
  g_clear_pointer (&self->capture, lens_capture_unref);
  G_OBJECT_CLASS (lens_packet_details_parent_class)->dispose (object);
}

static void
lens_packet_details_class_init (LensPacketDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_packet_details_dispose;
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static GtkWidget *
make_message (LensPacketDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  /* In a low pane it is scrolled: else GTK makes room by a width at which the message has one line, wider than the window. */
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->message_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message_label, TRUE);
  gtk_label_set_justify (self->message_label, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->message_label), "dim-label");
  self->progress_bar = gtk_progress_bar_new ();
  gtk_widget_set_valign (self->progress_bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Unpacked"), -1);
  self->cancel_button = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "packet-message");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message_label));
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), self->progress_bar);
  gtk_box_append (GTK_BOX (row), self->cancel_button);
  gtk_box_append (GTK_BOX (box), row);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static void
lens_packet_details_init (LensPacketDetails *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->row = G_MAXSIZE;
  self->fields = g_object_new (LENS_TYPE_FIELD_VIEW, NULL);
  self->hex = LENS_HEX_VIEW (lens_hex_view_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->hex));
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned), GTK_WIDGET (self->fields));
  gtk_paned_set_end_child (GTK_PANED (self->paned), scroller);
  gtk_widget_set_size_request (GTK_WIDGET (self->fields), 120, -1);
  gtk_widget_set_size_request (scroller, 120, -1);
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  self->message = make_message (self);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->stack, self->message);
  lens_paned_keep_to_handle (GTK_PANED (self->paned));
  gtk_stack_add_child (self->stack, self->paned);
  gtk_widget_set_hexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
  g_signal_connect_object (self->fields, "picked", G_CALLBACK (picked_field_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hex, "byte-picked", G_CALLBACK (picked_byte_cb), self, G_CONNECT_SWAPPED);
  lens_packet_details_show (self, G_MAXSIZE);
}

/* Whether @capture is more of the pipe that the packet is from, and has it at the same row. */
static gboolean
still_has_packet (LensPacketDetails *self, LensCapture *capture)
{
  const LensPacketTable *before, *now;
  const LensCaptureFile *pipe;
  gsize n_files;

  if (capture == NULL || self->capture == NULL || self->row == G_MAXSIZE
      || self->row >= lens_capture_get_n_packets (capture))
    return FALSE;
  n_files = lens_capture_get_n_files (self->capture);
  pipe = lens_capture_get_file (self->capture, n_files - 1);
  if (pipe->kept == NULL || lens_capture_get_n_files (capture) < n_files
      || lens_capture_get_file (capture, n_files - 1)->kept != pipe->kept)
    return FALSE;
  before = lens_capture_get_table (self->capture);
  now = lens_capture_get_table (capture);
  return lens_packet_table_get_position (before, self->row) == lens_packet_table_get_position (now, self->row)
         && lens_packet_table_get_file_offset (before, self->row)
                == lens_packet_table_get_file_offset (now, self->row);
}

gboolean
lens_packet_details_set_capture (LensPacketDetails *self, LensCapture *capture)
{
  gboolean is_kept = still_has_packet (self, capture);

  if (capture == self->capture)
    return FALSE;
  if (!is_kept)
    stop_reading (self);
  g_clear_pointer (&self->reader, lens_packet_reader_unref);
  g_clear_pointer (&self->capture, lens_capture_unref);
  if (capture != NULL)
    {
      self->capture = lens_capture_ref (capture);
      self->reader = lens_packet_reader_new (capture);
    }
  if (is_kept)
    return FALSE;
  lens_packet_details_show (self, G_MAXSIZE);
  return TRUE;
}

void
lens_packet_details_show (LensPacketDetails *self, gsize row)
{
  stop_reading (self);
  self->row = row;
  if (row == G_MAXSIZE)
    {
      forget_packet (self);
      say (self, _ ("Select a packet to see its headers and bytes"), FALSE);
      g_signal_emit (self, signals[LOADED], 0);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->progress = lens_progress_new (progress_cb, self, NULL);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), 0.0);
  self->message_timeout_id = g_timeout_add (MESSAGE_DELAY_MS, message_timeout_cb, self);
  lens_packet_reader_read_async (self->reader, row, self->progress, self->cancellable, read_cb, self);
}

char *
lens_packet_details_copy (LensPacketDetails *self, LensCopyForm form)
{
  g_autofree char *name = NULL;
  gsize n_bytes;
  const guint8 *bytes;

  if (self->packet == NULL || self->cancellable != NULL)
    return NULL;
  bytes = g_bytes_get_data (self->packet->bytes, &n_bytes);
  switch (form)
    {
    case LENS_COPY_HEX:
      return lens_hex_dump (bytes, n_bytes, COPIED_BYTES_PER_LINE);
    case LENS_COPY_C:
      name = g_strdup_printf (
          "packet_%" G_GUINT64_FORMAT,
          lens_packet_table_get_number (lens_capture_get_table (self->capture), self->row));
      return lens_hex_c_array (bytes, n_bytes, name);
    case LENS_COPY_TEXT:
    default:
      return lens_field_tree_to_text (self->tree);
    }
}
