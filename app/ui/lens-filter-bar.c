#include "lens-filter-bar.h"

#include "lens-filter-chip.h"

/* Work that is done sooner shows no spinner. */
#define SPINNER_DELAY_MS 200

struct _LensFilterBar
{
  GtkBox parent_instance;
  GtkBox *chips;
  GtkWidget *chips_scroller;
  GtkWidget *hint;
  GtkWidget *clear_button;
  GtkSpinner *spinner;
  GtkLabel *share_label;

  LensSession *session;
  guint spinner_timeout_id;
};

G_DEFINE_FINAL_TYPE (LensFilterBar, lens_filter_bar, GTK_TYPE_BOX)

static void
removed_cb (LensFilterChip *chip, LensFilterBar *self)
{
  /* The chip goes with the filter that it shows. */
  g_autoptr (LensFilterTerm) term = lens_filter_term_copy (lens_filter_chip_get_term (chip));

  lens_session_remove_term (self->session, term);
}

static void
update_chips (LensFilterBar *self)
{
  LensFilter *filter = lens_session_get_filter (self->session);
  gboolean is_empty = filter == NULL || lens_filter_is_empty (filter);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);
  for (gsize i = 0; !is_empty && i < lens_filter_get_n_terms (filter); i++)
    {
      child = lens_filter_chip_new (lens_filter_get_term (filter, i));
      g_signal_connect_object (child, "removed", G_CALLBACK (removed_cb), self, 0);
      gtk_box_append (self->chips, child);
    }
  gtk_widget_set_visible (self->hint, is_empty);
  gtk_widget_set_visible (self->chips_scroller, !is_empty);
  gtk_widget_set_visible (self->clear_button, !is_empty);
}

static void
update_share (LensFilterBar *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  g_autofree char *share = analysis != NULL ? lens_analysis_describe_share (analysis) : g_strdup ("");

  gtk_label_set_text (self->share_label, share);
}

static gboolean
spinner_timeout_cb (gpointer user_data)
{
  LensFilterBar *self = user_data;

  self->spinner_timeout_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
update_spinner (LensFilterBar *self)
{
  g_clear_handle_id (&self->spinner_timeout_id, g_source_remove);
  if (lens_session_get_is_busy (self->session))
    {
      self->spinner_timeout_id = g_timeout_add (SPINNER_DELAY_MS, spinner_timeout_cb, self);
      return;
    }
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
lens_filter_bar_dispose (GObject *object)
{
  LensFilterBar *self = LENS_FILTER_BAR (object);

  g_clear_handle_id (&self->spinner_timeout_id, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (lens_filter_bar_parent_class)->dispose (object);
}

static void
lens_filter_bar_class_init (LensFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_filter_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, chips_scroller);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, hint);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, clear_button);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, share_label);
}

static void
lens_filter_bar_init (LensFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lens_filter_bar_set_session (LensFilterBar *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (update_chips), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update_share), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-busy", G_CALLBACK (update_spinner), self, G_CONNECT_SWAPPED);
  update_chips (self);
  update_share (self);
}
