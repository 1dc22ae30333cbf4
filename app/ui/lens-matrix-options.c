#include "lens-matrix-options.h"

#include "lens-accessible.h"
#include "lens-drop-down.h"

#include <glib/gi18n.h>

struct _LensMatrixOptions
{
  GtkBox parent_instance;
  GtkSpinButton *hosts_spin;
  GtkDropDown *weight_drop_down;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensMatrixOptions, lens_matrix_options, GTK_TYPE_BOX)

static void
changed_cb (LensMatrixOptions *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lens_matrix_options_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LENS_TYPE_MATRIX_OPTIONS);
  G_OBJECT_CLASS (lens_matrix_options_parent_class)->dispose (object);
}

static void
lens_matrix_options_class_init (LensMatrixOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_matrix_options_dispose;
  signals[CHANGED] = g_signal_new ("changed", LENS_TYPE_MATRIX_OPTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/PacketLens/lens-matrix-options.ui");
  gtk_widget_class_bind_template_child (widget_class, LensMatrixOptions, hosts_spin);
  gtk_widget_class_bind_template_child (widget_class, LensMatrixOptions, weight_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
lens_matrix_options_init (LensMatrixOptions *self)
{
  const LensChartOptions defaults = lens_chart_options_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_value (self->hosts_spin, defaults.matrix_hosts);
  gtk_drop_down_set_selected (self->weight_drop_down, defaults.matrix_weight);
  lens_accessible_name_drop_down (self->weight_drop_down, _ ("Shade by"));
  lens_drop_down_keep_page_still (self->weight_drop_down);
}

GtkWidget *
lens_matrix_options_new (void)
{
  return g_object_new (LENS_TYPE_MATRIX_OPTIONS, NULL);
}

LensChartOptions
lens_matrix_options_get (LensMatrixOptions *self)
{
  return (LensChartOptions){
    .matrix_hosts = (guint) gtk_spin_button_get_value_as_int (self->hosts_spin),
    .matrix_weight = (LensMatrixWeight) gtk_drop_down_get_selected (self->weight_drop_down),
  };
}
