#include "lens-packet-details.h"

#include "lens-dissect.h"
#include "lens-field-view.h"
#include "lens-hex-view.h"
#include "lens-hex.h"
#include "lens-packet-facts.h"
#include "lens-paned.h"
#include "lens-worker.h"

#include <glib/gi18n.h>

/* What is read sooner shows no message in between. */
#define MESSAGE_DELAY_MS 200

#define COPIED_BYTES_PER_LINE 16

struct _LensPacketDetails
{
  GtkBox parent_instance;
  GtkStack *stack;
  GtkWidget *shown; /* the paned and what is below it */
  GtkWidget *paned;
  GtkLabel *purpose_label;
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
  LensPacketList *list;     /* owned (nullable): the packet is shown from */
  LensPacketBytes *next;    /* owned (nullable): read, and shown once its facts are there */
  LensPacketFacts facts;    /* in the tree, where it has any */
  gboolean has_facts;
  GCancellable *asking; /* owned (nullable): for facts */
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
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->next, lens_packet_bytes_free);
}

static void
forget_packet (LensPacketDetails *self)
{
  g_clear_pointer (&self->packet, lens_packet_bytes_free);
  g_clear_pointer (&self->tree, lens_field_tree_unref);
}

/* What a field is for, what packet tables call it, and which bytes it is: "IP_ttl · How many more routers … · byte 22 (0x16)". */
static void
show_purpose (LensPacketDetails *self, const LensField *field)
{
  const char *purpose = field != NULL ? lens_field_get_purpose (field) : NULL;
  guint first = field != NULL ? (guint) field->offset : 0;
  guint last = field != NULL && field->n_bytes > 0 ? first + (guint) field->n_bytes - 1 : 0;
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;

  if (field != NULL && field->n_bytes == 1)
    bytes = g_strdup_printf (_ ("byte %u (0x%x)"), first, first);
  else if (field != NULL && field->n_bytes > 1)
    /* Translators: the first and the last byte of a field, as numbers and as hexadecimal ones. */
    bytes = g_strdup_printf (_ ("bytes %u–%u (0x%x–0x%x)"), first, last, first, last);
  if (field == NULL)
    text = g_strdup (_ ("Select a field or a byte to see what it means"));
  else if (purpose != NULL)
    text = g_strdup_printf ("%s · %s%s%s", field->id, purpose, bytes != NULL ? " · " : "",
                            bytes != NULL ? bytes : "");
  else
    text = g_strdup_printf ("%s%s%s", field->name, bytes != NULL ? " · " : "", bytes != NULL ? bytes : "");
  gtk_label_set_text (self->purpose_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->purpose_label), text);
}

static void
show_fields (LensPacketDetails *self)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (self->packet->bytes, &n_bytes);

  g_clear_pointer (&self->tree, lens_field_tree_unref);
  self->tree = lens_dissect (self->packet->link_type, bytes, (guint32) n_bytes, self->packet->wire_bytes);
  if (self->has_facts)
    lens_packet_facts_add (&self->facts, self->tree);
  lens_field_view_set_tree (self->fields, self->tree);
}

/* Says what the selected field is for, and marks its bytes. */
static void
show_selected (LensPacketDetails *self)
{
  gsize place = lens_field_view_get_selected (self->fields);
  const LensField *field = place != LENS_FIELD_NONE ? lens_field_tree_get (self->tree, place) : NULL;

  show_purpose (self, field);
  if (field != NULL)
    lens_hex_view_mark (self->hex, field->offset, field->n_bytes);
}

/* @packet: (transfer full) */
static void
show_packet (LensPacketDetails *self, LensPacketBytes *packet)
{
  forget_packet (self);
  self->packet = packet;
  show_fields (self);
  lens_hex_view_set_bytes (self->hex, packet->bytes);
  show_selected (self);
  gtk_stack_set_visible_child (self->stack, self->shown);
}

/* Where facts are found. */
typedef struct
{
  LensPacketList *list;
  gsize place;
} FactsJob;

static void
facts_job_free (gpointer data)
{
  lens_packet_list_unref (((FactsJob *) data)->list);
  g_free (data);
}

static void
facts_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const FactsJob *job = task_data;
  LensPacketFacts *facts = g_new0 (LensPacketFacts, 1);

  (void) lens_packet_facts_find (job->list, job->place, cancellable, facts);
  g_task_return_pointer (task, facts, g_free);
}

/* @facts: (nullable) */
static void
take_facts (LensPacketDetails *self, const LensPacketFacts *facts)
{
  gboolean is_news = (facts != NULL) != self->has_facts
                     || (facts != NULL && !lens_packet_facts_equal (facts, &self->facts));

  self->has_facts = facts != NULL;
  if (facts != NULL)
    self->facts = *facts;
  if (self->next != NULL)
    {
      show_packet (self, g_steal_pointer (&self->next));
      g_signal_emit (self, signals[LOADED], 0);
    }
  else if (self->packet != NULL && is_news)
    {
      show_fields (self);
      show_selected (self);
    }
}

static void
facts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree LensPacketFacts *facts = g_task_propagate_pointer (G_TASK (result), NULL);
  LensPacketDetails *self;

  /* Whoever cancels has gone on, or is gone. */
  if (facts == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  self = user_data;
  g_clear_object (&self->asking);
  take_facts (self, facts);
}

static void
ask_for_facts (LensPacketDetails *self)
{
  gsize place = self->list != NULL && self->row != G_MAXSIZE
                    ? lens_packet_list_find_row (self->list, self->row)
                    : LENS_PACKET_LIST_NONE;
  g_autoptr (GTask) task = NULL;
  FactsJob *job;

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (place == LENS_PACKET_LIST_NONE)
    {
      take_facts (self, NULL);
      return;
    }
  self->asking = g_cancellable_new ();
  job = g_new (FactsJob, 1);
  *job = (FactsJob){ lens_packet_list_ref (self->list), place };
  task = g_task_new (NULL, self->asking, facts_cb, self);
  g_task_set_task_data (task, job, facts_job_free);
  lens_worker_run (task, facts_worker);
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
    {
      self->next = packet;
      ask_for_facts (self);
      return;
    }
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
  show_selected (self);
}

static void
picked_byte_cb (LensPacketDetails *self, guint64 offset)
{
  gsize place = self->tree != NULL ? lens_field_tree_find_byte (self->tree, (gsize) offset) : LENS_FIELD_NONE;

  if (place == LENS_FIELD_NONE)
    return;
  lens_field_view_select (self->fields, place);
  show_selected (self);
}

static void
lens_packet_details_dispose (GObject *object)
{
  LensPacketDetails *self = LENS_PACKET_DETAILS (object);

  stop_reading (self);
  forget_packet (self);
  g_clear_pointer (&self->list, lens_packet_list_unref);
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
  self->cancel_button = gtk_button_new_with_label (_ ("Cancel"));
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

/* The paned, and a line below it. */
static GtkWidget *
make_shown (LensPacketDetails *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->purpose_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->purpose_label, 0);
  gtk_label_set_ellipsize (self->purpose_label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->purpose_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->purpose_label), "packet-purpose");
  gtk_widget_set_vexpand (self->paned, TRUE);
  gtk_box_append (GTK_BOX (box), self->paned);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->purpose_label));
  return box;
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
  self->shown = make_shown (self);
  gtk_stack_add_child (self->stack, self->shown);
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
lens_packet_details_set_list (LensPacketDetails *self, LensPacketList *list)
{
  if (list != NULL)
    lens_packet_list_ref (list);
  g_clear_pointer (&self->list, lens_packet_list_unref);
  self->list = list;
  /* Else it is asked once the packet's bytes are there. */
  if (self->next != NULL || (self->packet != NULL && self->cancellable == NULL))
    ask_for_facts (self);
}

void
lens_packet_details_show (LensPacketDetails *self, gsize row)
{
  stop_reading (self);
  self->has_facts = FALSE;
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

  if (self->packet == NULL || self->cancellable != NULL || self->next != NULL)
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
