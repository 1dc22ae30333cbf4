#include "lens-graph-search.h"

#include "lens-format.h"
#include "lens-host-search.h"

#include <glib/gi18n.h>

struct _LensGraphSearch
{
  GtkBox parent_instance;
  GtkSearchBar *bar;
  GtkSearchEntry *entry;
  GtkLabel *count_label;
  GtkWidget *previous_button;
  GtkWidget *next_button;

  LensAnalysis *whole;    /* owned (nullable) */
  LensHostSearch *search; /* owned, made when it is needed (nullable) */
  GArray *found;          /* owned (element-type LensAddress) (nullable) */
  guint position;         /* in found */
  gboolean is_shown;      /* that one is in the graph, and stands out */
};

enum
{
  PROP_IS_OPEN = 1,
  N_PROPERTIES
};

enum
{
  FOUND,
  CLOSED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensGraphSearch, lens_graph_search, GTK_TYPE_BOX)

static void
show_count (LensGraphSearch *self)
{
  guint n_found = self->found != NULL ? self->found->len : 0;
  g_autofree char *position = lens_format_count (self->position + 1);
  g_autofree char *count = lens_format_count (n_found);
  g_autofree char *text = NULL;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    text = g_strdup ("");
  else if (n_found == 0)
    text = g_strdup (_ ("No host"));
  else if (self->is_shown)
    /* Translators: "2 of 14" hosts that were found. */
    text = g_strdup_printf (_ ("%s of %s"), position, count);
  else
    text = g_strdup_printf (_ ("%s of %s: Enter adds it"), position, count);
  gtk_label_set_label (self->count_label, text);
  gtk_widget_set_sensitive (self->previous_button, n_found > 0);
  gtk_widget_set_sensitive (self->next_button, n_found > 0);
}

static void
show (LensGraphSearch *self, gboolean adds)
{
  self->is_shown = FALSE;
  if (self->found != NULL && self->position < self->found->len)
    g_signal_emit (self, signals[FOUND], 0, &g_array_index (self->found, LensAddress, self->position), adds,
                   &self->is_shown);
  show_count (self);
}

static void
search_changed_cb (LensGraphSearch *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_clear_pointer (&self->found, g_array_unref);
  self->position = 0;
  if (self->search == NULL && self->whole != NULL && *text != '\0')
    self->search = lens_host_search_new (self->whole);
  if (self->search != NULL)
    self->found = lens_host_search_find (self->search, text);
  if (self->found == NULL || self->found->len == 0)
    g_signal_emit (self, signals[CLOSED], 0);
  /* What is only being typed changes nothing yet. */
  show (self, FALSE);
}

static void
step (LensGraphSearch *self, guint n)
{
  if (self->found == NULL || self->found->len == 0)
    return;
  self->position = (self->position + n) % self->found->len;
  show (self, TRUE);
}

static void
next_cb (LensGraphSearch *self)
{
  step (self, self->is_shown ? 1 : 0);
}

static void
previous_cb (LensGraphSearch *self)
{
  step (self, self->found != NULL ? self->found->len - 1 : 0);
}

static void
mode_cb (LensGraphSearch *self)
{
  if (!gtk_search_bar_get_search_mode (self->bar))
    g_signal_emit (self, signals[CLOSED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPEN]);
}

static void
stop_cb (LensGraphSearch *self)
{
  gtk_search_bar_set_search_mode (self->bar, FALSE);
}

static void
lens_graph_search_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_IS_OPEN)
    g_value_set_boolean (value, gtk_search_bar_get_search_mode (LENS_GRAPH_SEARCH (object)->bar));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
lens_graph_search_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LensGraphSearch *self = LENS_GRAPH_SEARCH (object);

  if (property_id != PROP_IS_OPEN)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  else if (g_value_get_boolean (value))
    lens_graph_search_open (self);
  else
    gtk_search_bar_set_search_mode (self->bar, FALSE);
}

static void
lens_graph_search_dispose (GObject *object)
{
  LensGraphSearch *self = LENS_GRAPH_SEARCH (object);

  g_clear_pointer (&self->search, lens_host_search_free);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->whole, lens_analysis_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_GRAPH_SEARCH);
  G_OBJECT_CLASS (lens_graph_search_parent_class)->dispose (object);
}

static void
lens_graph_search_class_init (LensGraphSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lens_graph_search_dispose;
  object_class->get_property = lens_graph_search_get_property;
  object_class->set_property = lens_graph_search_set_property;
  properties[PROP_IS_OPEN] = g_param_spec_boolean (
      "is-open", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[FOUND] = g_signal_new ("found", LENS_TYPE_GRAPH_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_BOOLEAN, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[CLOSED] = g_signal_new ("closed", LENS_TYPE_GRAPH_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-graph-search.ui");
  gtk_widget_class_bind_template_child (widget_class, LensGraphSearch, bar);
  gtk_widget_class_bind_template_child (widget_class, LensGraphSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, LensGraphSearch, count_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphSearch, previous_button);
  gtk_widget_class_bind_template_child (widget_class, LensGraphSearch, next_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
lens_graph_search_init (LensGraphSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
}

void
lens_graph_search_set_whole (LensGraphSearch *self, LensAnalysis *whole)
{
  g_clear_pointer (&self->search, lens_host_search_free);
  g_clear_pointer (&self->whole, lens_analysis_unref);
  self->whole = whole != NULL ? lens_analysis_ref (whole) : NULL;
  if (whole == NULL)
    gtk_search_bar_set_search_mode (self->bar, FALSE);
}

void
lens_graph_search_refresh (LensGraphSearch *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    show (self, FALSE);
}

void
lens_graph_search_open (LensGraphSearch *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
