#include "lens-properties-window.h"

#include "lens-capture-facts.h"
#include "lens-clipboard.h"
#include "lens-fact-list.h"

#include <glib/gi18n.h>
#include <string.h>

/* Characters of the titles' column. */
#define TITLE_CHARS 22

struct _LensPropertiesWindow
{
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkListView *list_view;

  LensSession *session;
};

G_DEFINE_FINAL_TYPE (LensPropertiesWindow, lens_properties_window, ADW_TYPE_WINDOW)

/* The parts of a row: the labels of its heading, title and value, and the box around the last two. */
typedef struct
{
  GtkWidget *heading;
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *value;
} RowParts;

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  RowParts *parts = g_new0 (RowParts, 1);

  parts->heading = make_label ("heading");
  gtk_widget_add_css_class (parts->heading, "fact-heading");
  parts->title = make_label ("dim-label");
  gtk_label_set_width_chars (GTK_LABEL (parts->title), TITLE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (parts->title), TITLE_CHARS);
  parts->value = make_label (NULL);
  gtk_widget_set_hexpand (parts->value, TRUE);
  parts->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (parts->box, "fact-row");
  gtk_box_append (GTK_BOX (parts->box), parts->title);
  gtk_box_append (GTK_BOX (parts->box), parts->value);
  gtk_box_append (GTK_BOX (outer), parts->heading);
  gtk_box_append (GTK_BOX (outer), parts->box);
  g_object_set_data_full (G_OBJECT (item), "lens-parts", parts, g_free);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, outer);
}

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  LensFactRow *row = LENS_FACT_ROW (gtk_list_item_get_item (item));
  RowParts *parts = g_object_get_data (G_OBJECT (item), "lens-parts");
  const char *heading = lens_fact_row_get_heading (row);

  gtk_widget_set_visible (parts->heading, heading != NULL);
  gtk_label_set_text (GTK_LABEL (parts->heading), heading != NULL ? heading : "");
  gtk_label_set_text (GTK_LABEL (parts->title), lens_fact_row_get_title (row));
  gtk_label_set_text (GTK_LABEL (parts->value), lens_fact_row_get_value (row));
  set_css_class (parts->box, "first", lens_fact_row_is_first (row));
  set_css_class (parts->box, "last", lens_fact_row_is_last (row));
}

static void
capture_cb (LensPropertiesWindow *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);
  g_autoptr (LensFactList) list = NULL;
  g_autoptr (GtkNoSelection) model = NULL;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));
  double place = adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;

  if (capture == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  list = lens_fact_list_new (lens_capture_facts_new (capture, LENS_CAPTURE_FACTS_SHOWN, FALSE));
  model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (list)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
  adw_window_title_set_subtitle (self->title, lens_capture_get_name (capture));
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, place);
}

/* After the last line that fits. */
static gboolean
cut (char *text, gsize max_bytes)
{
  char *end;

  if (strlen (text) <= max_bytes)
    return FALSE;
  text[max_bytes] = '\0';
  end = strrchr (text, '\n');
  if (end != NULL)
    *end = '\0';
  return TRUE;
}

/* Also what is too long to be shown, as far as the clipboard takes it. */
static void
copy_cb (LensPropertiesWindow *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);
  g_autoptr (GPtrArray) groups = lens_capture_facts_new (capture, G_MAXSIZE, FALSE);
  g_autofree char *text = lens_fact_groups_to_text (groups);
  g_autofree char *end = g_strdup_printf ("\n%s\n", _ ("… and more than the clipboard takes"));
  gboolean is_cut = cut (text, lens_clipboard_get_max_bytes (GTK_WIDGET (self)) - strlen (end));
  g_autofree char *copied = is_cut ? g_strconcat (text, end, NULL) : g_steal_pointer (&text);

  if (lens_clipboard_set_text (GTK_WIDGET (self->list_view), copied, NULL))
    lens_clipboard_say (GTK_WIDGET (self->list_view),
                        is_cut ? _ ("Copied as much as the clipboard takes") : _ ("Copied"));
}

static void
lens_properties_window_dispose (GObject *object)
{
  LensPropertiesWindow *self = LENS_PROPERTIES_WINDOW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_PROPERTIES_WINDOW);
  G_OBJECT_CLASS (lens_properties_window_parent_class)->dispose (object);
}

static void
lens_properties_window_class_init (LensPropertiesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_properties_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/PacketLens/lens-properties-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LensPropertiesWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LensPropertiesWindow, list_view);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lens_properties_window_init (LensPropertiesWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
}

LensPropertiesWindow *
lens_properties_window_new (LensSession *session, GtkWindow *parent)
{
  /* The application: its keys work here too. */
  LensPropertiesWindow *self
      = g_object_new (LENS_TYPE_PROPERTIES_WINDOW, "application", gtk_window_get_application (parent),
                      "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::capture", G_CALLBACK (capture_cb), self, G_CONNECT_SWAPPED);
  capture_cb (self);
  return self;
}
