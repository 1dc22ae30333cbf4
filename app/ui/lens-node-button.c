#include "lens-node-button.h"

#include "lens-format.h"
#include "lens-graph-canvas.h"

#include <glib/gi18n.h>

struct _LensNodeButton
{
  GtkButton parent_instance;
  gsize node;
  char *name;            /* owned */
  char *short_name;      /* owned */
  gboolean is_short;     /* it is the short one that is seen */
  gboolean adds;         /* Ctrl was held when the press began */
  gboolean is_group;     /* of hosts: opened by a double click or the keys */
  LensSubnet subnet;     /* of a group */
  gboolean is_others;    /* the hosts that are not shown, which a click shows */
  guint n_more;          /* as many of them at a time */
  LensHostTotals whole;  /* in the whole capture; of many hosts, all that is theirs as sent */
  LensHostTotals passed; /* of that, what passes */
  gboolean has_whole;
  gboolean has_passed;
  int n_press;      /* of the pointer; 0: it is the keys */
  guint waiting_id; /* until it is known whether a click on a group is a double one */
  gboolean waiting_adds;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensNodeButton, lens_node_button, GTK_TYPE_BUTTON)

static gboolean
waited_cb (gpointer user_data)
{
  LensNodeButton *self = user_data;

  self->waiting_id = 0;
  g_signal_emit (self, signals[CHOSEN], 0, self->waiting_adds);
  return G_SOURCE_REMOVE;
}

/* A group is opened by a double click, which filters nothing: what a single one is to do waits for the second. */
static void
click_group (LensNodeButton *self, gboolean adds, int n_press)
{
  int wait_ms;

  g_clear_handle_id (&self->waiting_id, g_source_remove);
  if (n_press != 1)
    {
      char text[LENS_SUBNET_TEXT_SIZE];

      gtk_widget_activate_action (GTK_WIDGET (self), "graph.open-group", "s",
                                  lens_subnet_format (&self->subnet, text));
      return;
    }
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-double-click-time", &wait_ms, NULL);
  self->waiting_adds = adds;
  self->waiting_id = g_timeout_add ((guint) MAX (wait_ms, 0), waited_cb, self);
}

static void
lens_node_button_clicked (GtkButton *button)
{
  LensNodeButton *self = LENS_NODE_BUTTON (button);
  gboolean adds = self->adds;
  int n_press = self->n_press;

  self->adds = FALSE;
  self->n_press = 0;
  if (self->is_group)
    click_group (self, adds, n_press);
  else
    g_signal_emit (self, signals[CHOSEN], 0, adds);
}

/* Where another node lies over it, the pointer is on that one. */
static gboolean
lens_node_button_contains (GtkWidget *widget, double x, double y)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  double parent_x, parent_y;

  if (!GTK_WIDGET_CLASS (lens_node_button_parent_class)->contains (widget, x, y))
    return FALSE;
  return parent == NULL || !LENS_IS_GRAPH_CANVAS (parent)
         || !gtk_widget_translate_coordinates (widget, parent, x, y, &parent_x, &parent_y)
         || lens_graph_canvas_is_seen_at (LENS_GRAPH_CANVAS (parent), LENS_NODE_BUTTON (widget)->node,
                                          parent_x, parent_y);
}

static void
lens_node_button_dispose (GObject *object)
{
  g_clear_handle_id (&LENS_NODE_BUTTON (object)->waiting_id, g_source_remove);
  G_OBJECT_CLASS (lens_node_button_parent_class)->dispose (object);
}

static void
lens_node_button_finalize (GObject *object)
{
  g_free (LENS_NODE_BUTTON (object)->name);
  g_free (LENS_NODE_BUTTON (object)->short_name);
  G_OBJECT_CLASS (lens_node_button_parent_class)->finalize (object);
}

static void
lens_node_button_class_init (LensNodeButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_node_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = lens_node_button_finalize;
  GTK_WIDGET_CLASS (klass)->contains = lens_node_button_contains;
  GTK_BUTTON_CLASS (klass)->clicked = lens_node_button_clicked;

  signals[CHOSEN] = g_signal_new ("chosen", LENS_TYPE_NODE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  LensNodeButton *self = user_data;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->adds = (state & GDK_CONTROL_MASK) != 0;
  self->n_press = n_press;
}

static gboolean
add_by_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  g_signal_emit (widget, signals[CHOSEN], 0, TRUE);
  return TRUE;
}

static void
lens_node_button_init (LensNodeButton *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>space"),
                        gtk_callback_action_new (add_by_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
  gtk_widget_add_css_class (GTK_WIDGET (self), "graph-node");
}

GtkWidget *
lens_node_button_new (const LensHostGraph *graph, gsize node)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  LensNodeButton *self = g_object_new (LENS_TYPE_NODE_BUTTON, NULL);

  if (nodes[node].address.version == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "others");
  lens_node_button_set_node (self, graph, node);
  return GTK_WIDGET (self);
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean is_on)
{
  if (gtk_widget_has_css_class (widget, name) == is_on)
    return;
  if (is_on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* The description is set after the tooltip, which would be it otherwise. */
static void
say (LensNodeButton *self, const char *tooltip, const char *description)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

/* What a click does: "others" opens, as long as the graph can have more nodes. */
static char *
describe_click (const LensNodeButton *self)
{
  if (self->is_group)
    return g_strdup (_ ("A click filters to them, a double click shows them."));
  if (self->n_more > 0)
    return g_strdup_printf (
        ngettext ("Show the strongest one of them too", "Show the strongest %u of them too", self->n_more),
        self->n_more);
  return g_strdup_printf (_ ("A graph shows no more than %u at once"), LENS_HOST_GRAPH_MAX_NODES);
}

static void
say_of_many (LensNodeButton *self)
{
  guint64 n_packets = self->whole.sent_packets;
  guint64 n_passed = self->passed.sent_packets + self->passed.received_packets;
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *bytes = lens_format_bytes (self->whole.sent_payload_bytes);
  g_autofree char *passed_count = lens_format_count (n_passed);
  g_autofree char *passed_bytes
      = lens_format_bytes (self->passed.sent_payload_bytes + self->passed.received_payload_bytes);
  g_autofree char *figures
      = self->has_passed
            /* Translators: so many of so many packets, so much of so much payload. */
            ? g_strdup_printf (ngettext ("%s of %s packet of its hosts, %s of %s.",
                                         "%s of %s packets of its hosts, %s of %s.", n_packets),
                               passed_count, count, passed_bytes, bytes)
            : g_strdup_printf (
                ngettext ("%s packet of its hosts, %s.", "%s packets of its hosts, %s.", n_packets), count,
                bytes);
  g_autofree char *click = describe_click (self);
  g_autofree char *text = g_strdup_printf (self->is_group ? "%s %s" : "%s\n%s", figures, click);

  say (self, text, text);
}

/* "sent 5,844 packets, 3.05 MB", or how much of it passes. */
static char *
describe_sent (const LensNodeButton *self)
{
  const LensHostTotals *whole = &self->whole;
  g_autofree char *count = lens_format_count (whole->sent_packets);
  g_autofree char *bytes = lens_format_bytes (whole->sent_payload_bytes);
  g_autofree char *passed_count = lens_format_count (self->passed.sent_packets);
  g_autofree char *passed_bytes = lens_format_bytes (self->passed.sent_payload_bytes);

  if (!self->has_passed)
    return g_strdup_printf (ngettext ("sent %s packet, %s", "sent %s packets, %s", whole->sent_packets),
                            count, bytes);
  /* Translators: so many of so many packets, so much of so much payload. */
  return g_strdup_printf (
      ngettext ("sent %s of %s packet, %s of %s", "sent %s of %s packets, %s of %s", whole->sent_packets),
      passed_count, count, passed_bytes, bytes);
}

static char *
describe_received (const LensNodeButton *self)
{
  const LensHostTotals *whole = &self->whole;
  g_autofree char *count = lens_format_count (whole->received_packets);
  g_autofree char *bytes = lens_format_bytes (whole->received_payload_bytes);
  g_autofree char *passed_count = lens_format_count (self->passed.received_packets);
  g_autofree char *passed_bytes = lens_format_bytes (self->passed.received_payload_bytes);

  if (!self->has_passed)
    return g_strdup_printf (
        ngettext ("received %s packet, %s", "received %s packets, %s", whole->received_packets), count,
        bytes);
  return g_strdup_printf (ngettext ("received %s of %s packet, %s of %s",
                                    "received %s of %s packets, %s of %s", whole->received_packets),
                          passed_count, count, passed_bytes, bytes);
}

static void
say_of_host (LensNodeButton *self)
{
  const LensInterArrival *inter_arrival
      = self->has_passed ? &self->passed.inter_arrival : &self->whole.inter_arrival;
  g_autofree char *sent = describe_sent (self);
  g_autofree char *received = describe_received (self);
  g_autofree char *description = g_strdup_printf ("%s; %s", sent, received);
  char address[LENS_ADDRESS_TEXT_SIZE];
  GString *tooltip = g_string_new (lens_address_format (&self->whole.address, address));

  g_string_append_printf (tooltip, "\n%s\n%s", sent, received);
  if (inter_arrival->n_intervals > 0)
    {
      g_autofree char *mean = lens_format_duration ((gint64) inter_arrival->mean_ns);

      g_string_append_c (tooltip, '\n');
      g_string_append_printf (tooltip, _ ("mean time between packets to it: %s"), mean);
    }
  say (self, tooltip->str, description);
  g_string_free (tooltip, TRUE);
}

static void
say_figures (LensNodeButton *self)
{
  if (self->is_group || self->is_others)
    say_of_many (self);
  else if (self->has_whole)
    say_of_host (self);
}

static void
show_name (LensNodeButton *self)
{
  const char *seen = self->is_short ? self->short_name : self->name;

  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self)), seen) == 0)
    return;
  gtk_button_set_label (GTK_BUTTON (self), seen);
  /* It is the button that knows whether it is seen there. */
  gtk_widget_set_can_target (gtk_button_get_child (GTK_BUTTON (self)), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}

void
lens_node_button_set_node (LensNodeButton *self, const LensHostGraph *graph, gsize node)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);

  self->node = node;
  self->is_group = lens_host_graph_is_group (graph, node, &self->subnet);
  set_css_class (GTK_WIDGET (self), "group", self->is_group);
  self->has_passed = FALSE;
  self->is_others = nodes[node].address.version == 0;
  if (self->is_others)
    {
      self->n_more = (guint) lens_host_graph_count_more (graph);
      gtk_widget_set_sensitive (GTK_WIDGET (self), self->n_more > 0);
    }
  if (self->is_group || self->is_others)
    {
      self->whole = (LensHostTotals){ .sent_packets = nodes[node].packets,
                                      .sent_payload_bytes = nodes[node].payload_bytes };
      say_figures (self);
    }
  g_free (self->name);
  g_free (self->short_name);
  self->name = lens_host_graph_describe_node (graph, node);
  self->short_name = lens_host_graph_describe_node_in_short (graph, node);
  show_name (self);
}

void
lens_node_button_set_is_short (LensNodeButton *self, gboolean is_short)
{
  self->is_short = is_short;
  show_name (self);
}

gsize
lens_node_button_get_node (LensNodeButton *self)
{
  return self->node;
}

void
lens_node_button_set_totals (LensNodeButton *self, const LensHostTotals *host)
{
  if (host == NULL)
    return;
  self->whole = *host;
  self->has_whole = TRUE;
  self->has_passed = FALSE;
  say_figures (self);
}

void
lens_node_button_set_passed (LensNodeButton *self, const LensHostTotals *passed)
{
  if (passed == NULL && !self->has_passed)
    return;
  self->has_passed = passed != NULL;
  self->passed = passed != NULL ? *passed : (LensHostTotals){ 0 };
  say_figures (self);
}

void
lens_node_button_set_state (LensNodeButton *self, gboolean is_selected)
{
  set_css_class (GTK_WIDGET (self), "selected", is_selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               is_selected ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

void
lens_node_button_set_is_dimmed (LensNodeButton *self, gboolean is_dimmed)
{
  set_css_class (GTK_WIDGET (self), "dimmed", is_dimmed);
}

void
lens_node_button_set_is_found (LensNodeButton *self, gboolean is_found)
{
  set_css_class (GTK_WIDGET (self), "found", is_found);
}

gboolean
lens_node_button_is_selected (LensNodeButton *self)
{
  return gtk_widget_has_css_class (GTK_WIDGET (self), "selected");
}

void
lens_node_button_set_is_pinned (LensNodeButton *self, gboolean is_pinned)
{
  if (lens_node_button_is_pinned (self) == is_pinned)
    return;
  set_css_class (GTK_WIDGET (self), "pinned", is_pinned);
  if (is_pinned)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION,
                                    _ ("Pinned host"), -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_ROLE_DESCRIPTION);
}

gboolean
lens_node_button_is_pinned (LensNodeButton *self)
{
  return gtk_widget_has_css_class (GTK_WIDGET (self), "pinned");
}
