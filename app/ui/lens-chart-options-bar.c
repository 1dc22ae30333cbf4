#include "lens-chart-options-bar.h"

#include "lens-accessible.h"
#include "lens-drop-down.h"
#include "lens-chart-memory.h"

#include <glib/gi18n.h>

struct _LensChartOptionsBar
{
  GtkBox parent_instance;
  const LensChart *chart;
  GtkDropDown *split_drop_down; /* (nullable), as those below: the chart hasn't that setting */
  GtkDropDown *interval_drop_down;
  GtkDropDown *gaps_drop_down;
  GtkWidget *top_label;
  GtkSpinButton *top_spin;
  GtkToggleButton *log_button; /* owned: not in the row */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensChartOptionsBar, lens_chart_options_bar, GTK_TYPE_BOX)

/* By LensSplitBy. */
static const char *const splits[] = { N_ ("All together"), N_ ("By direction"), N_ ("By destination"),
                                      N_ ("By port"),      N_ ("By protocol"),  NULL };

/* By LensGapsOf. */
static const char *const gaps[] = { N_ ("To one destination"), N_ ("Within a stream"), N_ ("Within a flow"),
                                    N_ ("Of all packets"), NULL };

static const char *const interval_names[] = {
  N_ ("Fitting interval"), N_ ("1 ms"), N_ ("10 ms"), N_ ("100 ms"), N_ ("1 s"), N_ ("10 s"), N_ ("1 min"),
  N_ ("10 min"),           N_ ("1 h"),  NULL
};

#define MS G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MS)
#define MINUTE (60 * SECOND)

/* Of those names. */
static const gint64 intervals_ns[]
    = { 0, 1 * MS, 10 * MS, 100 * MS, 1 * SECOND, 10 * SECOND, 1 * MINUTE, 10 * MINUTE, 60 * MINUTE };

/* Only where there can be so many series that some are added up. */
static void
update_top (LensChartOptionsBar *self, LensSplitBy split)
{
  gboolean has_many
      = self->split_drop_down == NULL || (split != LENS_SPLIT_NONE && split != LENS_SPLIT_DIRECTION);

  if (self->top_spin == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->top_label), has_many);
  gtk_widget_set_visible (GTK_WIDGET (self->top_spin), has_many);
}

static void
changed_cb (LensChartOptionsBar *self)
{
  LensChartOptions options = lens_chart_options_bar_get (self);

  update_top (self, options.split);
  lens_chart_memory_keep (self->chart, &options);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lens_chart_options_bar_dispose (GObject *object)
{
  g_clear_object (&LENS_CHART_OPTIONS_BAR (object)->log_button);
  G_OBJECT_CLASS (lens_chart_options_bar_parent_class)->dispose (object);
}

static void
lens_chart_options_bar_class_init (LensChartOptionsBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_chart_options_bar_dispose;
  signals[CHANGED] = g_signal_new ("changed", LENS_TYPE_CHART_OPTIONS_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lens_chart_options_bar_init (LensChartOptionsBar *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "chart-options");
}

/* A drop-down of @names, which are to be translated and end with NULL. @name: (transfer full), its own. */
static GtkDropDown *
add_drop_down (LensChartOptionsBar *self, const char *const *names, guint selected, char *name)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (gsize i = 0; names[i] != NULL; i++)
    gtk_string_list_append (list, _ (names[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&list)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_widget_set_tooltip_text (drop_down, name);
  lens_accessible_name_drop_down (GTK_DROP_DOWN (drop_down), name);
  lens_drop_down_keep_page_still (GTK_DROP_DOWN (drop_down));
  g_free (name);
  gtk_box_append (GTK_BOX (self), drop_down);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (drop_down);
}

static guint
find_interval (gint64 interval_ns)
{
  for (guint i = 0; i < G_N_ELEMENTS (intervals_ns); i++)
    if (intervals_ns[i] == interval_ns)
      return i;
  return 0;
}

static void
add_top (LensChartOptionsBar *self, guint top)
{
  g_autofree char *name = g_strdup_printf (_ ("How many by name in “%s”"), _ (self->chart->name));

  self->top_label = gtk_label_new (_ ("Top"));
  self->top_spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, self->chart->max_top, 1));
  gtk_widget_add_css_class (self->top_label, "dim-label");
  gtk_spin_button_set_numeric (self->top_spin, TRUE);
  gtk_spin_button_set_value (self->top_spin, top);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->top_spin), 2);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->top_spin), 2);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->top_spin), _ ("So many by name, all others added up"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->top_spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (self), self->top_label);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->top_spin));
  g_signal_connect_object (self->top_spin, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
add_log (LensChartOptionsBar *self, gboolean is_log)
{
  g_autofree char *name = g_strdup_printf (_ ("Logarithmic scale of “%s”"), _ (self->chart->name));

  /* Translators: a logarithmic scale, short. */
  self->log_button = g_object_ref_sink (GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Log"))));
  gtk_toggle_button_set_active (self->log_button, is_log);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->log_button), _ ("Logarithmic scale"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->log_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (GTK_WIDGET (self->log_button), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->log_button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->log_button), "chart-log");
  g_signal_connect_object (self->log_button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lens_chart_options_bar_new (const LensChart *chart)
{
  LensChartOptionsBar *self = g_object_new (LENS_TYPE_CHART_OPTIONS_BAR, NULL);
  LensChartOptions options = lens_chart_memory_recall (chart);
  const char *name = _ (chart->name);

  self->chart = chart;
  /* Translators: what is set of a chart, with its name. */
  if (chart->settings & LENS_CHART_HAS_SPLIT)
    self->split_drop_down
        = add_drop_down (self, splits, options.split, g_strdup_printf (_ ("Divide “%s” into series"), name));
  if (chart->settings & LENS_CHART_HAS_INTERVAL)
    self->interval_drop_down = add_drop_down (self, interval_names, find_interval (options.interval_ns),
                                              g_strdup_printf (_ ("Length of an interval in “%s”"), name));
  if (chart->settings & LENS_CHART_HAS_GAPS)
    self->gaps_drop_down = add_drop_down (self, gaps, options.gaps,
                                          g_strdup_printf (_ ("Between which packets in “%s”"), name));
  if (chart->settings & LENS_CHART_HAS_TOP)
    add_top (self, options.top);
  if (chart->settings & LENS_CHART_HAS_LOG)
    add_log (self, options.is_log);
  update_top (self, options.split);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
  return GTK_WIDGET (self);
}

GtkWidget *
lens_chart_options_bar_get_log_button (LensChartOptionsBar *self)
{
  return self->log_button != NULL ? GTK_WIDGET (self->log_button) : NULL;
}

LensChartOptions
lens_chart_options_bar_get (LensChartOptionsBar *self)
{
  LensChartOptions options = lens_chart_get_default_options (self->chart);

  if (self->split_drop_down != NULL)
    options.split = (LensSplitBy) gtk_drop_down_get_selected (self->split_drop_down);
  if (self->interval_drop_down != NULL)
    options.interval_ns = intervals_ns[gtk_drop_down_get_selected (self->interval_drop_down)];
  if (self->gaps_drop_down != NULL)
    options.gaps = (LensGapsOf) gtk_drop_down_get_selected (self->gaps_drop_down);
  if (self->top_spin != NULL)
    options.top = (guint) gtk_spin_button_get_value_as_int (self->top_spin);
  if (self->log_button != NULL)
    options.is_log = gtk_toggle_button_get_active (self->log_button);
  return options;
}
