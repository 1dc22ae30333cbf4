#include "lens-filter-popover.h"

#include "lens-accessible.h"
#include "lens-filter-form.h"
#include "lens-format.h"
#include "lens-popover-keys.h"
#include "lens-worker.h"

#include <glib/gi18n.h>

/* What each row of the form is for. */
typedef enum
{
  ROW_SOURCE = 1 << 0,
  ROW_PORT = 1 << 1,
  ROW_DESTINATION = 1 << 2,
  ROW_DESTINATION_PORT = 1 << 3,
  ROW_WAY = 1 << 4,
  ROW_SIDE = 1 << 5,
  ROW_LAYER = 1 << 6,
  ROW_PROTOCOL = 1 << 7,
  ROW_END_SIDE = 1 << 8,
  ROW_CLASS = 1 << 9,
  ROW_TIME = 1 << 10,
} Row;

/* As the drop-downs list them. */
static const struct
{
  LensFilterKind kind;
  guint rows;
  const char *source_label;
  const char *port_label;
} kinds[] = {
  { LENS_FILTER_HOST, ROW_SOURCE | ROW_END_SIDE, N_ ("Host"), NULL },
  { LENS_FILTER_CONNECTION, ROW_SOURCE | ROW_DESTINATION | ROW_WAY, N_ ("From"), NULL },
  { LENS_FILTER_PORT, ROW_PORT | ROW_SIDE | ROW_LAYER, NULL, N_ ("Port") },
  { LENS_FILTER_PROTOCOL, ROW_PROTOCOL, NULL, NULL },
  { LENS_FILTER_FLOW, ROW_PROTOCOL | ROW_SOURCE | ROW_PORT | ROW_DESTINATION | ROW_DESTINATION_PORT,
    N_ ("From"), N_ ("From port") },
  { LENS_FILTER_LAYER, ROW_CLASS, NULL, NULL },
  { LENS_FILTER_TIME, ROW_TIME, NULL, NULL },
};
static const guint sides[] = { LENS_PORT_EITHER, LENS_PORT_SOURCE, LENS_PORT_DESTINATION };
static const LensLayer layers[] = { LENS_PORT_ANY_LAYER, LENS_LAYER_TCP, LENS_LAYER_UDP };

struct _LensFilterPopover
{
  GtkPopover parent_instance;
  GtkDropDown *kind;
  GtkWidget *source_row;
  GtkLabel *source_label;
  GtkEditable *source_entry;
  GtkWidget *port_row;
  GtkLabel *port_label;
  GtkEditable *port_entry;
  GtkWidget *destination_row;
  GtkEditable *destination_entry;
  GtkWidget *destination_port_row;
  GtkEditable *destination_port_entry;
  GtkWidget *way_row;
  GtkDropDown *way;
  GtkWidget *side_row;
  GtkDropDown *side;
  GtkWidget *layer_row;
  GtkDropDown *layer;
  GtkWidget *protocol_row;
  GtkDropDown *protocol;
  GtkWidget *end_side_row;
  GtkDropDown *end_side;
  GtkWidget *class_row;
  GtkDropDown *class;
  GtkWidget *start_row;
  GtkEditable *start_entry;
  GtkWidget *end_row;
  GtkEditable *end_entry;
  GtkLabel *message;
  GtkCheckButton *inverted_check;
  GtkWidget *add_button;

  LensSession *session;
  LensVisibleTime *visible;
  LensFilterTerm *edited; /* owned (nullable): what the filled in one takes the place of */
  GArray *protocols;      /* owned (element-type LensProtocolCount): what the drop-down lists (nullable) */
  GCancellable *listing;  /* owned; NULL: they aren't being listed */
};

G_DEFINE_FINAL_TYPE (LensFilterPopover, lens_filter_popover, GTK_TYPE_POPOVER)

/* FALSE while it isn't known which there are, or where there is none. */
static gboolean
get_protocol (LensFilterPopover *self, guint8 *protocol)
{
  guint selected = gtk_drop_down_get_selected (self->protocol);

  if (self->protocols == NULL || selected >= self->protocols->len)
    return FALSE;
  *protocol = g_array_index (self->protocols, LensProtocolCount, selected).protocol;
  return TRUE;
}

/* FALSE where the capture has no packets. */
static gboolean
get_frame (LensFilterPopover *self, LensTimeFrame *frame)
{
  LensCapture *capture = lens_session_get_capture (self->session);

  return capture != NULL && lens_capture_get_time_span (capture, &frame->first_ns, &frame->last_ns);
}

/* The term that is filled in: FALSE where there is none, with an error or without as lens_filter_form_read(). */
static gboolean
read_term (LensFilterPopover *self, LensFilterTerm *term, GError **error)
{
  guint kind = gtk_drop_down_get_selected (self->kind);
  LensFilterForm form = {
    .kind = kinds[kind].kind,
    .source = gtk_editable_get_text (self->source_entry),
    .destination = gtk_editable_get_text (self->destination_entry),
    .is_either_way = gtk_drop_down_get_selected (self->way) == 0,
    .port = gtk_editable_get_text (self->port_entry),
    .destination_port = gtk_editable_get_text (self->destination_port_entry),
    .side
    = sides[gtk_drop_down_get_selected (kinds[kind].kind == LENS_FILTER_HOST ? self->end_side : self->side)],
    .class = (LensLayerClass) gtk_drop_down_get_selected (self->class),
    .start = gtk_editable_get_text (self->start_entry),
    .end = gtk_editable_get_text (self->end_entry),
    .layer = layers[gtk_drop_down_get_selected (self->layer)],
    .is_inverted = gtk_check_button_get_active (self->inverted_check),
  };

  get_frame (self, &form.frame);
  if ((kinds[kind].rows & ROW_PROTOCOL) != 0 && !get_protocol (self, &form.protocol))
    return FALSE;
  return lens_filter_form_read (&form, term, error);
}

static gboolean
is_subnet_there (LensHostsView hosts, const LensFilterTerm *term)
{
  LensSubnet subnet = { .network = term->address, .prefix_bits = term->prefix_bits };

  for (gsize i = 0; i < hosts.n; i++)
    if (lens_subnet_contains (&subnet, &hosts.items[i].address))
      return TRUE;
  return FALSE;
}

/* What is no mistake, but selects nothing. (transfer full) (nullable) */
static char *
find_stranger (LensFilterPopover *self, const LensFilterTerm *term)
{
  const LensAddress *addresses[] = { &term->address, &term->destination };
  LensPacketTable *table = lens_capture_get_table (lens_session_get_capture (self->session));
  char text[LENS_SUBNET_TEXT_SIZE];
  LensTimeFrame frame;

  if (term->kind == LENS_FILTER_SUBNET)
    {
      LensSubnet subnet = { .network = term->address, .prefix_bits = term->prefix_bits };

      return is_subnet_there (lens_packet_table_get_hosts (table), term)
                 ? NULL
                 : g_strdup_printf (_ ("No packet of this capture is from or to %s"),
                                    lens_subnet_format (&subnet, text));
    }
  if (term->kind == LENS_FILTER_TIME
      && (!get_frame (self, &frame) || term->last_ns < frame.first_ns || term->first_ns > frame.last_ns))
    return g_strdup (_ ("No packet of this capture was captured then"));
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    if (addresses[i]->version != 0 && lens_packet_table_find_host (table, addresses[i]) == LENS_HOST_NONE)
      /* Translators: %s is an address. */
      return g_strdup_printf (_ ("No packet of this capture is from or to %s"),
                              lens_address_format (addresses[i], text));
  return NULL;
}

static void
say (LensFilterPopover *self, const char *text, gboolean is_error)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
}

/* After each letter. */
static void
changed_cb (LensFilterPopover *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stranger = NULL;
  LensFilterTerm term;
  gboolean is_good;

  if (self->session == NULL || lens_session_get_capture (self->session) == NULL)
    return;
  is_good = read_term (self, &term, &error);
  if (is_good)
    stranger = find_stranger (self, &term);
  gtk_widget_set_sensitive (self->add_button, is_good);
  say (self, error != NULL ? error->message : stranger, error != NULL);
}

/* The rows that the kind needs; a flow's ports only where its protocol has some. */
static void
kind_cb (LensFilterPopover *self)
{
  guint kind = gtk_drop_down_get_selected (self->kind);
  guint rows = kinds[kind].rows;
  const struct
  {
    Row row;
    GtkWidget *widget;
  } widgets[] = {
    { ROW_SOURCE, self->source_row },
    { ROW_PORT, self->port_row },
    { ROW_DESTINATION, self->destination_row },
    { ROW_DESTINATION_PORT, self->destination_port_row },
    { ROW_WAY, self->way_row },
    { ROW_SIDE, self->side_row },
    { ROW_LAYER, self->layer_row },
    { ROW_PROTOCOL, self->protocol_row },
    { ROW_END_SIDE, self->end_side_row },
    { ROW_CLASS, self->class_row },
    { ROW_TIME, self->start_row },
    { ROW_TIME, self->end_row },
  };
  guint8 protocol;

  if (kinds[kind].kind == LENS_FILTER_FLOW && get_protocol (self, &protocol)
      && !lens_filter_form_has_ports (protocol))
    rows &= ~(guint) (ROW_PORT | ROW_DESTINATION_PORT);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_widget_set_visible (widgets[i].widget, (rows & widgets[i].row) != 0);
  if (kinds[kind].source_label != NULL)
    gtk_label_set_text (self->source_label, _ (kinds[kind].source_label));
  if (kinds[kind].port_label != NULL)
    gtk_label_set_text (self->port_label, _ (kinds[kind].port_label));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->source_entry), kinds[kind].kind == LENS_FILTER_HOST
                                                                      ? _ ("192.0.2.1 or 10.0.0.0/8")
                                                                      : "192.0.2.1");
  changed_cb (self);
}

/* Puts @term in the place of what is edited, and a span of time in that of the one that the timeline shows. */
static void
set_term (LensFilterPopover *self, const LensFilterTerm *term)
{
  LensFilter *filter = lens_session_get_filter (self->session);
  g_autoptr (LensFilter) rest
      = self->edited != NULL ? lens_filter_without_term (filter, self->edited) : lens_filter_ref (filter);
  g_autoptr (LensFilter) changed = lens_filter_term_is_span (term) ? lens_filter_with_span (rest, term)
                                                                   : lens_filter_with_term (rest, term);

  lens_session_set_filter (self->session, changed);
}

static void
add_cb (LensFilterPopover *self)
{
  GtkEditable *const entries[]
      = { self->source_entry, self->destination_entry, self->port_entry, self->destination_port_entry };
  LensFilterTerm term;

  if (!read_term (self, &term, NULL))
    return;
  set_term (self, &term);
  gtk_popover_popdown (GTK_POPOVER (self));
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  gtk_check_button_set_active (self->inverted_check, FALSE);
}

/* Lists @protocols; the one that was chosen stays so. */
static void
take_protocols (LensFilterPopover *self, GArray *protocols)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint8 before;
  gboolean has_before = get_protocol (self, &before);
  guint selected = 0;

  for (guint i = 0; i < protocols->len; i++)
    {
      const LensProtocolCount *count = &g_array_index (protocols, LensProtocolCount, i);
      g_autofree char *name = lens_filter_form_name_protocol (count->protocol);
      g_autofree char *packets = lens_format_count (count->packets);

      /* Translators: a protocol and how many packets it has: "TCP: 610 packets". */
      gtk_string_list_take (
          names,
          g_strdup_printf (ngettext ("%s: %s packet", "%s: %s packets", count->packets), name, packets));
      if (has_before && count->protocol == before)
        selected = i;
    }
  g_clear_pointer (&self->protocols, g_array_unref);
  self->protocols = protocols;
  gtk_drop_down_set_model (self->protocol, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->protocol, selected);
  kind_cb (self);
}

static void
list_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, lens_filter_form_list_protocols (task_data), (GDestroyNotify) g_array_unref);
}

/* Of a listing that was cancelled the popover may be gone. */
static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GArray *protocols = g_task_propagate_pointer (G_TASK (result), NULL);
  LensFilterPopover *self = user_data;

  if (protocols == NULL)
    return;
  g_clear_object (&self->listing);
  take_protocols (self, protocols);
}

static void
stop_listing (LensFilterPopover *self)
{
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
}

/* The span of time that is edited, selected, or visible, in this order. */
static gboolean
find_span (LensFilterPopover *self, LensTimeSpan *span)
{
  LensFilter *filter = lens_session_get_filter (self->session);
  const LensTimeSpan *visible = self->visible != NULL ? lens_visible_time_get (self->visible) : NULL;

  if (self->edited != NULL)
    {
      *span = (LensTimeSpan){ self->edited->first_ns, self->edited->last_ns };
      return TRUE;
    }
  for (gsize i = lens_filter_get_n_terms (filter); i > 0; i--)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i - 1);

      if (!lens_filter_term_is_span (term))
        continue;
      *span = (LensTimeSpan){ term->first_ns, term->last_ns };
      return TRUE;
    }
  if (visible != NULL)
    *span = *visible;
  return visible != NULL;
}

static void
fill_in_span (LensFilterPopover *self)
{
  LensTimeFrame frame;
  LensTimeSpan span;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (get_frame (self, &frame) && find_span (self, &span))
    {
      start = lens_time_text_write (span.first_ns, &frame);
      end = lens_time_text_write (span.last_ns, &frame);
    }
  gtk_editable_set_text (self->start_entry, start != NULL ? start : "");
  gtk_editable_set_text (self->end_entry, end != NULL ? end : "");
}

static void
closed_cb (LensFilterPopover *self)
{
  if (self->edited != NULL)
    gtk_check_button_set_active (self->inverted_check, FALSE);
  g_clear_pointer (&self->edited, lens_filter_term_free);
  gtk_button_set_label (GTK_BUTTON (self->add_button), _ ("Add"));
}

void
lens_filter_popover_edit_time (LensFilterPopover *self, const LensFilterTerm *term)
{
  g_clear_pointer (&self->edited, lens_filter_term_free);
  self->edited = lens_filter_term_copy (term);
  self->edited->is_off = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == LENS_FILTER_TIME)
      gtk_drop_down_set_selected (self->kind, i);
  gtk_check_button_set_active (self->inverted_check, term->is_inverted);
  gtk_button_set_label (GTK_BUTTON (self->add_button), _ ("Change"));
}

/* Each time it comes up: a capture may grow, or be another one. */
static void
show_cb (LensFilterPopover *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);
  g_autoptr (GTask) task = NULL;

  if (capture == NULL)
    return;
  fill_in_span (self);
  stop_listing (self);
  self->listing = g_cancellable_new ();
  task = g_task_new (NULL, self->listing, listed_cb, self);
  g_task_set_task_data (task, lens_packet_table_ref (lens_capture_get_table (capture)),
                        (GDestroyNotify) lens_packet_table_unref);
  lens_worker_run (task, list_worker);
  kind_cb (self);
}

static void
lens_filter_popover_dispose (GObject *object)
{
  LensFilterPopover *self = LENS_FILTER_POPOVER (object);

  stop_listing (self);
  g_clear_object (&self->session);
  g_clear_object (&self->visible);
  g_clear_pointer (&self->edited, lens_filter_term_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_FILTER_POPOVER);
  g_clear_pointer (&self->protocols, g_array_unref);
  G_OBJECT_CLASS (lens_filter_popover_parent_class)->dispose (object);
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, source_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, source_label);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, source_entry);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, port_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, port_label);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, port_entry);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, destination_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, destination_entry);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, destination_port_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, destination_port_entry);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, way_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, way);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, side_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, side);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, layer_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, layer);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, protocol_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, protocol);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, end_side_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, end_side);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, class_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, class);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, start_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, start_entry);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, end_row);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, end_entry);
}

static void
lens_filter_popover_class_init (LensFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_filter_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/PacketLens/lens-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, kind);
  bind_rows (widget_class);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, message);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, inverted_check);
  gtk_widget_class_bind_template_child (widget_class, LensFilterPopover, add_button);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
list_classes (LensFilterPopover *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (LensLayerClass class = 0; class < LENS_N_CLASSES; class ++)
    gtk_string_list_append (names, lens_filter_form_name_class (class));
  gtk_drop_down_set_model (self->class, G_LIST_MODEL (names));
}

static void
lens_filter_popover_init (LensFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  list_classes (self);
  lens_popover_keys_add (GTK_POPOVER (self));
  lens_accessible_name_drop_down (self->end_side, _ ("Which end"));
  lens_accessible_name_drop_down (self->class, _ ("Layer"));
  lens_accessible_name_drop_down (self->kind, _ ("Kind"));
  lens_accessible_name_drop_down (self->way, _ ("Direction"));
  lens_accessible_name_drop_down (self->side, _ ("Which port"));
  lens_accessible_name_drop_down (self->layer, _ ("Transport"));
  lens_accessible_name_drop_down (self->protocol, _ ("Protocol"));
}

void
lens_filter_popover_set_session (LensFilterPopover *self, LensSession *session, LensVisibleTime *visible)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->visible = g_object_ref (visible);
}
