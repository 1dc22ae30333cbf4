#include "lens-packet-find.h"

#include "lens-accessible.h"
#include "lens-format.h"

#include <glib/gi18n.h>

/* Reading is said to go on once it takes this long. */
#define BUSY_DELAY_MS 200

/* What the drop-down offers: a number, and then the kinds of LensFindKind. */
enum
{
  BY_NUMBER,
  BY_ADDRESS,
  BY_TEXT,
  BY_HEX,
};

struct _LensPacketFind
{
  GtkBox parent_instance;
  GtkDropDown *kind;
  GtkEditable *entry;
  GtkWidget *previous;
  GtkWidget *next;
  GtkWidget *cancel;
  GtkLabel *status;

  LensPacketModel *model; /* owned (nullable) */
  guint position;
  LensPacketMatches *matches; /* owned (nullable): of ... */
  guint matched_kind;
  char *matched_text; /* owned (nullable) */

  GCancellable *cancellable; /* owned (nullable): a search is going on */
  LensProgress *progress;    /* owned (nullable) */
  gboolean is_forward;       /* once it is there */
  guint busy_timeout_id;
};

G_DEFINE_FINAL_TYPE (LensPacketFind, lens_packet_find, GTK_TYPE_BOX)

enum
{
  FOUND,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (LensPacketFind *self, const char *text, gboolean is_error)
{
  gtk_label_set_text (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *text != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), text);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
stop_search (LensPacketFind *self)
{
  g_clear_handle_id (&self->busy_timeout_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->progress != NULL)
    lens_progress_stop (self->progress);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, lens_progress_unref);
  gtk_widget_set_visible (self->cancel, FALSE);
}

static void
forget_matches (LensPacketFind *self)
{
  g_clear_pointer (&self->matches, lens_packet_matches_free);
  g_clear_pointer (&self->matched_text, g_free);
}

/* A position of the order as one of the model, and back: the same thing. */
static gsize
turn_round (LensPacketFind *self, gsize position)
{
  gsize n = lens_packet_list_get_n (lens_packet_order_get_list (lens_packet_model_get_order (self->model)));

  return lens_packet_model_is_descending (self->model) ? n - 1 - position : position;
}

/* Goes on among what was found. */
static void
step_among_matches (LensPacketFind *self, gboolean is_forward)
{
  gboolean is_descending = lens_packet_model_is_descending (self->model);
  gsize from = self->position != GTK_INVALID_LIST_POSITION ? turn_round (self, self->position)
                                                           : LENS_PACKET_LIST_NONE;
  gboolean is_anew;
  gsize found = lens_packet_matches_step (self->matches, from, is_forward != is_descending, &is_anew);
  g_autofree char *count = lens_format_count (self->matches->n);
  g_autofree char *rank = NULL;
  g_autofree char *text = NULL;
  gsize n_up_to;

  if (found == LENS_PACKET_LIST_NONE)
    {
      say (self, _ ("No packet here has this"), TRUE);
      return;
    }
  n_up_to = lens_packet_matches_count_up_to (self->matches, found);
  rank = lens_format_count (is_descending ? self->matches->n + 1 - n_up_to : n_up_to);
  /* Translators: which of the packets that were found, and how many those are: "3 of 128"; and that there was none further on. */
  text = g_strdup_printf (!is_anew     ? _ ("%s of %s")
                          : is_forward ? _ ("%s of %s, from the beginning again")
                                       : _ ("%s of %s, from the end again"),
                          rank, count);
  say (self, text, FALSE);
  if (turn_round (self, found) < LENS_PACKET_MODEL_MAX_ROWS)
    g_signal_emit (self, signals[FOUND], 0, (guint) turn_round (self, found), FALSE);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketMatches) matches = lens_packet_search_finish (result, &error);
  LensPacketFind *self;

  /* Whoever cancels has gone on, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  stop_search (self);
  g_clear_pointer (&self->matches, lens_packet_matches_free);
  if (matches == NULL)
    {
      forget_matches (self);
      say (self, error->message, TRUE);
      return;
    }
  self->matches = g_steal_pointer (&matches);
  step_among_matches (self, self->is_forward);
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensPacketFind *self = user_data;
  g_autofree char *text = NULL;

  if (report->fraction < 0 || !gtk_widget_get_visible (self->cancel))
    return;
  /* Translators: how much of the file was read so far. */
  text = g_strdup_printf (_ ("Reading… %.0f %%"), report->fraction * 100);
  say (self, text, FALSE);
}

static gboolean
busy_timeout_cb (gpointer user_data)
{
  LensPacketFind *self = user_data;

  self->busy_timeout_id = 0;
  say (self, _ ("Reading…"), FALSE);
  gtk_widget_set_visible (self->cancel, TRUE);
  return G_SOURCE_REMOVE;
}

static void
start_search (LensPacketFind *self, guint kind, const char *text, gboolean is_forward)
{
  gboolean is_same
      = self->matches != NULL && self->matched_kind == kind && g_strcmp0 (self->matched_text, text) == 0;
  LensRowSet *rows = is_same ? self->matches->rows : NULL;

  stop_search (self);
  g_free (self->matched_text);
  self->matched_text = g_strdup (text);
  self->matched_kind = kind;
  self->is_forward = is_forward;
  self->cancellable = g_cancellable_new ();
  self->progress = lens_progress_new (progress_cb, self, NULL);
  self->busy_timeout_id = g_timeout_add (BUSY_DELAY_MS, busy_timeout_cb, self);
  lens_packet_search_async (lens_packet_model_get_order (self->model), (LensFindKind) (kind - BY_ADDRESS),
                            text, rows, self->progress, self->cancellable, search_cb, self);
  if (rows == NULL)
    g_clear_pointer (&self->matches, lens_packet_matches_free);
}

static void
go_to_number (LensPacketFind *self, const char *text)
{
  LensPacketList *list = lens_packet_order_get_list (lens_packet_model_get_order (self->model));
  guint64 n_packets
      = lens_capture_get_n_packets (lens_analysis_get_capture (lens_packet_list_get_analysis (list)));
  g_autofree char *last = lens_format_count (n_packets);
  g_autofree char *message = NULL;
  g_autoptr (GString) digits = g_string_new (NULL);
  gsize place, position;
  guint64 number;

  /* Numbers may be typed as they are shown. */
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  number = g_ascii_strtoull (digits->str, NULL, 10);
  if (number < 1 || number > n_packets)
    {
      /* Translators: %s is the number of the last packet. */
      message = g_strdup_printf (_ ("Packets have numbers from 1 to %s"), last);
      say (self, message, TRUE);
      return;
    }
  place = lens_packet_list_find_number (list, number);
  position = place != LENS_PACKET_LIST_NONE ? lens_packet_model_find_place (self->model, place)
                                            : LENS_PACKET_LIST_NONE;
  if (position == LENS_PACKET_LIST_NONE)
    {
      say (self, _ ("This packet doesn’t pass the filter"), TRUE);
      return;
    }
  say (self, "", FALSE);
  g_signal_emit (self, signals[FOUND], 0, (guint) position, TRUE);
}

void
lens_packet_find_step (LensPacketFind *self, gboolean is_forward)
{
  const char *text = gtk_editable_get_text (self->entry);
  guint kind = gtk_drop_down_get_selected (self->kind);

  if (self->model == NULL)
    return;
  if (kind == BY_NUMBER)
    go_to_number (self, text);
  else if (self->matches != NULL && self->matched_kind == kind && g_strcmp0 (self->matched_text, text) == 0
           && self->matches->order == lens_packet_model_get_order (self->model))
    step_among_matches (self, is_forward);
  else
    start_search (self, kind, text, is_forward);
}

static void
activate_cb (LensPacketFind *self)
{
  lens_packet_find_step (self, TRUE);
}

static void
previous_cb (LensPacketFind *self)
{
  lens_packet_find_step (self, FALSE);
}

static void
cancel_cb (LensPacketFind *self)
{
  stop_search (self);
  forget_matches (self);
  say (self, _ ("Not looked through"), FALSE);
}

static void
kind_cb (LensPacketFind *self)
{
  static const char *const hints[] = {
    [BY_NUMBER] = N_ ("Number of a packet"),
    [BY_ADDRESS] = N_ ("Address, part of one, or subnet"),
    [BY_TEXT] = N_ ("Text in the packets’ bytes"),
    [BY_HEX] = N_ ("Bytes, such as 45 00"),
  };
  guint kind = gtk_drop_down_get_selected (self->kind);
  const char *hint = _ (hints[MIN (kind, G_N_ELEMENTS (hints) - 1)]);

  g_object_set (self->entry, "placeholder-text", hint, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_widget_set_visible (self->previous, kind != BY_NUMBER);
  gtk_widget_set_tooltip_text (self->next, kind == BY_NUMBER ? _ ("Go to this packet") : _ ("Next match"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kind == BY_NUMBER ? _ ("Go to this packet") : _ ("Next match"), -1);
  say (self, "", FALSE);
}

static void
lens_packet_find_dispose (GObject *object)
{
  LensPacketFind *self = LENS_PACKET_FIND (object);

  if (self->cancel != NULL)
    stop_search (self);
  self->cancel = NULL;
  forget_matches (self);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_PACKET_FIND);
  G_OBJECT_CLASS (lens_packet_find_parent_class)->dispose (object);
}

static void
lens_packet_find_class_init (LensPacketFindClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_packet_find_dispose;
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-packet-find.ui");
  gtk_widget_class_bind_template_child (widget_class, LensPacketFind, kind);
  gtk_widget_class_bind_template_child (widget_class, LensPacketFind, entry);
  gtk_widget_class_bind_template_child (widget_class, LensPacketFind, previous);
  gtk_widget_class_bind_template_child (widget_class, LensPacketFind, next);
  gtk_widget_class_bind_template_child (widget_class, LensPacketFind, cancel);
  gtk_widget_class_bind_template_child (widget_class, LensPacketFind, status);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
}

/* Escape is for the whole window otherwise, and takes filters away. */
static gboolean
escape_cb (GtkWidget *entry, GVariant *arguments, gpointer user_data)
{
  g_signal_emit (user_data, signals[LEFT], 0);
  return TRUE;
}

static gboolean
shift_return_cb (GtkWidget *entry, GVariant *arguments, gpointer user_data)
{
  previous_cb (user_data);
  return TRUE;
}

static void
add_keys (LensPacketFind *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"),
                                                          gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>Return|<Shift>KP_Enter"),
                        gtk_callback_action_new (shift_return_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

static void
lens_packet_find_init (LensPacketFind *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_drop_down (self->kind, _ ("Find by"));
  add_keys (self);
  kind_cb (self);
}

void
lens_packet_find_set_model (LensPacketFind *self, LensPacketModel *model)
{
  gboolean is_other_capture;
  LensCapture *before = NULL;
  LensCapture *now = NULL;

  stop_search (self);
  if (self->model != NULL)
    before = lens_analysis_get_capture (lens_packet_list_get_analysis (
        lens_packet_order_get_list (lens_packet_model_get_order (self->model))));
  if (model != NULL)
    now = lens_analysis_get_capture (
        lens_packet_list_get_analysis (lens_packet_order_get_list (lens_packet_model_get_order (model))));
  is_other_capture = before != now;
  if (model != NULL)
    g_object_ref (model);
  g_clear_object (&self->model);
  self->model = model;
  self->position = GTK_INVALID_LIST_POSITION;
  /* What was found in the same capture can be placed in another order without reading. */
  if (is_other_capture)
    forget_matches (self);
  say (self, "", FALSE);
}

void
lens_packet_find_set_position (LensPacketFind *self, guint position)
{
  self->position = position;
}

void
lens_packet_find_begin (LensPacketFind *self, gboolean is_number)
{
  guint kind = gtk_drop_down_get_selected (self->kind);

  if (is_number)
    gtk_drop_down_set_selected (self->kind, BY_NUMBER);
  else if (kind == BY_NUMBER)
    gtk_drop_down_set_selected (self->kind, BY_ADDRESS);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}
