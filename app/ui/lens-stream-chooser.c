#include "lens-stream-chooser.h"

#include "lens-accessible.h"
#include "lens-format.h"
#include "lens-host-labels.h"
#include "lens-popover-keys.h"

#include <glib/gi18n.h>
#include <string.h>

/* Rows of the list, and how many of the strongest streams a search goes through: both so that a key is answered at once. */
#define MAX_ROWS 100
#define MAX_SEARCHED 20000

struct _LensStreamChooser
{
  GtkBox parent_instance;
  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkSearchEntry *entry;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkLabel *count_label;

  LensBurstStudy *study;
  LensSession *session;
};

G_DEFINE_FINAL_TYPE (LensStreamChooser, lens_stream_chooser, GTK_TYPE_BOX)

/* The stream that a row stands for; none for the strongest. */
typedef struct
{
  LensAddress source;
  LensAddress destination;
} RowStream;

static const char row_stream_key[] = "lens-row-stream";

static char *
describe_addresses (const LensAddress *source, const LensAddress *destination)
{
  char from[LENS_ADDRESS_TEXT_SIZE];
  char to[LENS_ADDRESS_TEXT_SIZE];

  return g_strdup_printf ("%s → %s", lens_address_format (source, from),
                          lens_address_format (destination, to));
}

/* Source and destination of each of the connections, one after the other, as hosts are called in this window. (transfer full) */
static GStrv
label_hosts (LensStreamChooser *self, LensAnalysis *analysis, const GPtrArray *connections)
{
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (LensAddress));
  GStrv labels;

  for (guint i = 0; i < connections->len; i++)
    {
      const LensConnectionTotals *connection = g_ptr_array_index (connections, i);

      g_array_append_val (addresses, *connection->source);
      g_array_append_val (addresses, *connection->destination);
    }
  if (lens_session_get_show_names (self->session))
    return lens_host_labels_new (lens_analysis_get_capture (analysis),
                                 (const LensAddress *) (gpointer) addresses->data, addresses->len);
  labels = g_new0 (char *, addresses->len + 1);
  for (guint i = 0; i < addresses->len; i++)
    {
      char text[LENS_ADDRESS_TEXT_SIZE];

      labels[i] = g_strdup (lens_address_format (&g_array_index (addresses, LensAddress, i), text));
    }
  return labels;
}

/* @stream: (nullable) */
static void
add_row (LensStreamChooser *self, const char *title, const char *figures, const RowStream *stream)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title_label = gtk_label_new (title);
  GtkWidget *figures_label = gtk_label_new (figures);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, figures);

  gtk_label_set_xalign (GTK_LABEL (title_label), 0);
  gtk_label_set_xalign (GTK_LABEL (figures_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title_label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_ellipsize (GTK_LABEL (figures_label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (row, title);
  gtk_widget_add_css_class (title_label, "numeric");
  gtk_widget_add_css_class (figures_label, "numeric");
  gtk_widget_add_css_class (figures_label, "dim-label");
  gtk_widget_add_css_class (figures_label, "caption");
  gtk_box_append (GTK_BOX (box), title_label);
  gtk_box_append (GTK_BOX (box), figures_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (stream != NULL)
    g_object_set_data_full (G_OBJECT (row), row_stream_key, g_memdup2 (stream, sizeof *stream), g_free);
  gtk_list_box_append (self->list, row);
}

/* The strongest connections that have @text in their addresses. *@n_matching: how many there are among those looked at. */
static GPtrArray *
find_connections (LensAnalysis *analysis, const char *text, gsize *n_matching, gsize *n_searched)
{
  GPtrArray *found = g_ptr_array_new ();
  gsize n;
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n);

  *n_searched = *text != '\0' ? MIN (n, MAX_SEARCHED) : n;
  *n_matching = *text != '\0' ? 0 : n;
  for (gsize i = 0; i < *n_searched && (*text != '\0' || found->len < MAX_ROWS); i++)
    {
      if (*text != '\0')
        {
          g_autofree char *words = describe_addresses (connections[i].source, connections[i].destination);

          if (strstr (words, text) == NULL)
            continue;
          ++*n_matching;
        }
      if (found->len < MAX_ROWS)
        g_ptr_array_add (found, (gpointer) &connections[i]);
    }
  return found;
}

static void
update_count (LensStreamChooser *self, gsize n_shown, gsize n_matching, gsize n_searched, gsize n_all)
{
  g_autofree char *shown = lens_format_count (n_shown);
  g_autofree char *matching = lens_format_count (n_matching);
  g_autofree char *searched = lens_format_count (n_searched);
  g_autofree char *all = lens_format_count (n_all);
  g_autofree char *text = NULL;

  if (n_shown < n_matching)
    /* Translators: two numbers of streams. */
    text = g_strdup_printf (_ ("The strongest %s of %s streams: search to find others"), shown, matching);
  else
    text = g_strdup_printf (ngettext ("%s stream", "%s streams", n_matching), matching);
  if (n_searched < n_all)
    {
      g_autofree char *first = g_steal_pointer (&text);

      /* Translators: the first %s is a sentence as "12 streams", the others are numbers. */
      text = g_strdup_printf (
          _ ("%s, among the strongest %s of %s. Filter by a host to reach all of its streams."), first,
          searched, all);
    }
  gtk_label_set_text (self->count_label, text);
}

static void
fill_list (LensStreamChooser *self)
{
  LensAnalysis *shown = lens_burst_study_get_shown (self->study);
  LensAnalysis *analysis = shown != NULL ? lens_analysis_get_burst_scope (shown) : NULL;
  g_autofree char *text = g_ascii_strdown (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  g_autoptr (GPtrArray) connections = NULL;
  g_auto (GStrv) labels = NULL;
  GtkWidget *row;
  gsize n_matching;
  gsize n_searched;
  gsize n_all;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  if (analysis == NULL)
    return;
  g_strstrip (text);
  if (*text == '\0')
    add_row (self, _ ("Strongest stream"), _ ("Follows the filter"), NULL);
  connections = find_connections (analysis, text, &n_matching, &n_searched);
  labels = label_hosts (self, analysis, connections);
  for (guint i = 0; i < connections->len; i++)
    {
      const LensConnectionTotals *connection = g_ptr_array_index (connections, i);
      RowStream stream = { *connection->source, *connection->destination };
      g_autofree char *title = g_strdup_printf ("%s → %s", labels[2 * i], labels[2 * i + 1]);
      g_autofree char *packets = lens_format_count (connection->packets);
      g_autofree char *bytes = lens_format_bytes (connection->payload_bytes);
      g_autofree char *figures = g_strdup_printf (
          ngettext ("%s packet · %s", "%s packets · %s", connection->packets), packets, bytes);

      add_row (self, title, figures, &stream);
    }
  lens_analysis_get_connections (analysis, &n_all);
  update_count (self, connections->len, n_matching, n_searched, n_all);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
row_activated_cb (LensStreamChooser *self, GtkListBoxRow *row)
{
  const RowStream *stream = g_object_get_data (G_OBJECT (row), row_stream_key);

  if (stream != NULL)
    lens_burst_study_set_stream (self->study, &stream->source, &stream->destination);
  else
    lens_burst_study_set_stream (self->study, NULL, NULL);
  gtk_popover_popdown (self->popover);
}

/* Enter takes the strongest of those found. */
static void
entry_activate_cb (LensStreamChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL)
    row_activated_cb (self, row);
}

static void
popover_shown_cb (LensStreamChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  fill_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
update_label (LensStreamChooser *self)
{
  LensAnalysis *analysis = lens_burst_study_get_analysis (self->study);
  const LensStream *stream = analysis != NULL ? lens_analysis_get_stream (analysis) : NULL;
  gboolean is_chosen = lens_burst_study_has_stream (self->study);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (stream == NULL || stream->source.version == 0)
    text = g_strdup (_ ("None"));
  else
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      LensConnectionTotals connection = { .source = &stream->source, .destination = &stream->destination };
      g_auto (GStrv) labels = NULL;

      g_ptr_array_add (one, &connection);
      labels = label_hosts (self, analysis, one);
      /* Translators: a stream, as in “192.0.2.1 → 192.0.2.7”, that was not chosen by hand. */
      text = g_strdup_printf (is_chosen ? "%s → %s" : _ ("Strongest: %s → %s"), labels[0], labels[1]);
    }
  /* Translators: %s is which stream. */
  name = g_strdup_printf (_ ("Stream: %s"), text);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
  lens_accessible_name_menu_button (self->button, name);
}

static void
lens_stream_chooser_dispose (GObject *object)
{
  LensStreamChooser *self = LENS_STREAM_CHOOSER (object);

  g_clear_object (&self->study);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_STREAM_CHOOSER);
  G_OBJECT_CLASS (lens_stream_chooser_parent_class)->dispose (object);
}

static void
lens_stream_chooser_class_init (LensStreamChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_stream_chooser_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/PacketLens/lens-stream-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, button);
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, label);
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, entry);
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, scroller);
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, list);
  gtk_widget_class_bind_template_child (widget_class, LensStreamChooser, count_label);
  gtk_widget_class_bind_template_callback (widget_class, fill_list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
}

static void
lens_stream_chooser_init (LensStreamChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_popover_keys_add (self->popover);
}

void
lens_stream_chooser_set_study (LensStreamChooser *self, LensBurstStudy *study, LensSession *session)
{
  g_return_if_fail (self->study == NULL);
  self->study = g_object_ref (study);
  self->session = g_object_ref (session);
  g_signal_connect_object (study, "notify::analysis", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::show-names", G_CALLBACK (update_label), self, G_CONNECT_SWAPPED);
  update_label (self);
}
