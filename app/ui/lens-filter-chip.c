#include "lens-filter-chip.h"

#include <glib/gi18n.h>

struct _LensFilterChip
{
  GtkBox parent_instance;
  LensFilterTerm *term; /* owned */
};

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensFilterChip, lens_filter_chip, GTK_TYPE_BOX)

static void
lens_filter_chip_finalize (GObject *object)
{
  LensFilterChip *self = LENS_FILTER_CHIP (object);

  g_clear_pointer (&self->term, lens_filter_term_free);
  G_OBJECT_CLASS (lens_filter_chip_parent_class)->finalize (object);
}

static void
lens_filter_chip_class_init (LensFilterChipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_filter_chip_finalize;
  signals[REMOVED] = g_signal_new ("removed", LENS_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
lens_filter_chip_init (LensFilterChip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-chip");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

static void
clicked_cb (LensFilterChip *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

GtkWidget *
lens_filter_chip_new (const LensFilterTerm *term)
{
  LensFilterChip *self = g_object_new (LENS_TYPE_FILTER_CHIP, NULL);
  g_autofree char *words = lens_filter_term_describe (term, FALSE);
  g_autofree char *action = NULL;
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  /* Translators: what the button on a filter's chip does: "Remove filter host 192.0.2.1". */
  action = g_strdup_printf (_ ("Remove filter %s"), words);
  self->term = lens_filter_term_copy (term);
  gtk_box_append (GTK_BOX (self), gtk_label_new (words));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, action, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), button);
  return GTK_WIDGET (self);
}

const LensFilterTerm *
lens_filter_chip_get_term (LensFilterChip *self)
{
  return self->term;
}
