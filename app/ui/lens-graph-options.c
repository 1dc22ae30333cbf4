#include "lens-graph-options.h"

#include "lens-accessible.h"
#include "lens-popover-keys.h"

#include <glib/gi18n.h>

/* By the rows of group_choice. */
static const guint group_bits[] = { 0, 24, 16 };

struct _LensGraphOptions
{
  GtkPopover parent_instance;
  GtkLabel *weight_label;
  GtkSpinButton *weight_spin;
  GtkCheckButton *broadcast_check;
  GtkCheckButton *silent_check;
  GtkCheckButton *unspecified_check;
  GtkDropDown *group_choice;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensGraphOptions, lens_graph_options, GTK_TYPE_POPOVER)

static void
changed_cb (LensGraphOptions *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lens_graph_options_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LENS_TYPE_GRAPH_OPTIONS);
  G_OBJECT_CLASS (lens_graph_options_parent_class)->dispose (object);
}

static void
lens_graph_options_class_init (LensGraphOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_graph_options_dispose;
  signals[CHANGED] = g_signal_new ("changed", LENS_TYPE_GRAPH_OPTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-graph-options.ui");
  gtk_widget_class_bind_template_child (widget_class, LensGraphOptions, weight_label);
  gtk_widget_class_bind_template_child (widget_class, LensGraphOptions, weight_spin);
  gtk_widget_class_bind_template_child (widget_class, LensGraphOptions, broadcast_check);
  gtk_widget_class_bind_template_child (widget_class, LensGraphOptions, silent_check);
  gtk_widget_class_bind_template_child (widget_class, LensGraphOptions, unspecified_check);
  gtk_widget_class_bind_template_child (widget_class, LensGraphOptions, group_choice);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
lens_graph_options_init (LensGraphOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_popover_keys_add (GTK_POPOVER (self));
  lens_accessible_name_drop_down (self->group_choice, _ ("Group hosts"));
  lens_graph_options_set_weight (self, LENS_WEIGHT_PACKETS);
}

void
lens_graph_options_apply (LensGraphOptions *self, LensHostGraphOptions *options)
{
  options->group_bits
      = group_bits[MIN (gtk_drop_down_get_selected (self->group_choice), G_N_ELEMENTS (group_bits) - 1)];
  options->min_weight = (guint64) gtk_spin_button_get_value (self->weight_spin);
  options->hide_broadcast = gtk_check_button_get_active (self->broadcast_check);
  options->hide_silent = gtk_check_button_get_active (self->silent_check);
  options->show_unspecified = gtk_check_button_get_active (self->unspecified_check);
}

void
lens_graph_options_set_weight (LensGraphOptions *self, LensWeight weight)
{
  gtk_label_set_label (self->weight_label, weight == LENS_WEIGHT_PAYLOAD
                                               ? _ ("Least payload of a connection, bytes")
                                               : _ ("Least packets of a connection"));
}
