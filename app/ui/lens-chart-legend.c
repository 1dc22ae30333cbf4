#include "lens-chart-legend.h"

#include "lens-theme.h"
#include "lens-wrap-layout.h"

#include <glib/gi18n.h>

#define SWATCH_WIDTH_PX 18
#define SWATCH_HEIGHT_PX 4

struct _LensChartLegend
{
  GtkWidget parent_instance;
  GHashTable *hidden; /* (element-type utf8): keys of what is */
  GPtrArray *entries; /* (element-type GtkToggleButton), not owned: one a series */
  GtkWidget *all_button;
  GtkWidget *menu;     /* (nullable): a popover, child of the legend */
  gboolean is_setting; /* buttons are set, not clicked */
  gboolean is_double;  /* the click that is on its way is the second of a double click */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensChartLegend, lens_chart_legend, GTK_TYPE_WIDGET)

static const char *
get_key (GtkWidget *entry)
{
  return g_object_get_data (G_OBJECT (entry), "lens-key");
}

/* Shows in the entries what is hidden. */
static void
update_entries (LensChartLegend *self)
{
  gboolean is_any_hidden = FALSE;

  self->is_setting = TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (self->entries, i);
      gboolean is_hidden = g_hash_table_contains (self->hidden, get_key (entry));

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (entry), !is_hidden);
      is_any_hidden = is_any_hidden || is_hidden;
    }
  self->is_setting = FALSE;
  gtk_widget_set_visible (self->all_button, is_any_hidden);
}

static void
changed (LensChartLegend *self)
{
  update_entries (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_only (LensChartLegend *self, GtkWidget *only)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (self->entries, i);

      if (entry == only)
        g_hash_table_remove (self->hidden, get_key (entry));
      else
        g_hash_table_add (self->hidden, g_strdup (get_key (entry)));
    }
  changed (self);
}

static void
toggled_cb (GtkToggleButton *entry, LensChartLegend *self)
{
  const char *key = get_key (GTK_WIDGET (entry));

  if (self->is_setting)
    return;
  if (self->is_double)
    {
      self->is_double = FALSE;
      show_only (self, GTK_WIDGET (entry));
      return;
    }
  if (gtk_toggle_button_get_active (entry))
    g_hash_table_remove (self->hidden, key);
  else
    g_hash_table_add (self->hidden, g_strdup (key));
  changed (self);
}

static void
show_all (LensChartLegend *self)
{
  g_hash_table_remove_all (self->hidden);
  changed (self);
}

static void
only_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensChartLegend *self = LENS_CHART_LEGEND (widget);
  guint i = g_variant_get_uint32 (parameter);

  if (i < self->entries->len)
    show_only (self, g_ptr_array_index (self->entries, i));
}

static void
all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_all (LENS_CHART_LEGEND (widget));
}

static void
open_menu (LensChartLegend *self, GtkWidget *entry)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) only = g_menu_item_new (_ ("Show Only This"), NULL);
  graphene_rect_t bounds;
  guint i;

  if (!g_ptr_array_find (self->entries, entry, &i)
      || !gtk_widget_compute_bounds (entry, GTK_WIDGET (self), &bounds))
    return;
  g_menu_item_set_action_and_target (only, "legend.only", "u", i);
  g_menu_append_item (menu, only);
  g_menu_append (menu, _ ("Show All"), "legend.all");
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* Before the button takes it. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensChartLegend *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  self->is_double = button == GDK_BUTTON_PRIMARY && n_press == 2;
  if (button == GDK_BUTTON_SECONDARY)
    {
      open_menu (self, entry);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  open_menu (user_data, widget);
  return TRUE;
}

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  LensPlotTheme theme = lens_theme_get_plot (GTK_WIDGET (area));
  const LensPlotColor *color = &theme.series[GPOINTER_TO_UINT (user_data) % LENS_PLOT_N_SERIES_COLORS];

  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static GtkWidget *
make_entry (LensChartLegend *self, const LensChartSeries *series)
{
  GtkWidget *entry = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = gtk_drawing_area_new ();
  GtkWidget *label = gtk_label_new (series->label);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  /* Translators: a button of a legend that shows or hides a series of that name. */
  g_autofree char *name = g_strdup_printf (_ ("Show %s"), series->label);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH_WIDTH_PX);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_HEIGHT_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch, GUINT_TO_POINTER (series->color),
                                  NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (entry), box);
  gtk_widget_add_css_class (entry, "flat");
  gtk_widget_set_tooltip_text (entry, _ ("Click to hide or show, double click to show only this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (entry), "lens-key", g_strdup (lens_chart_series_get_key (series)),
                          g_free);
  g_signal_connect (entry, "toggled", G_CALLBACK (toggled_cb), self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (entry, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                                                        gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_widget_add_controller (entry, keys);
  return entry;
}

static void
remove_entries (LensChartLegend *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->entries, i));
  g_ptr_array_set_size (self->entries, 0);
}

static void
lens_chart_legend_dispose (GObject *object)
{
  LensChartLegend *self = LENS_CHART_LEGEND (object);

  if (self->entries != NULL)
    remove_entries (self);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->all_button, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  G_OBJECT_CLASS (lens_chart_legend_parent_class)->dispose (object);
}

static void
lens_chart_legend_class_init (LensChartLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_chart_legend_dispose;
  signals[CHANGED] = g_signal_new ("changed", LENS_TYPE_CHART_LEGEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, LENS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chartlegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "legend.only", "u", only_action);
  gtk_widget_class_install_action (widget_class, "legend.all", NULL, all_action);
}

static void
lens_chart_legend_init (LensChartLegend *self)
{
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "spacing", 2, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Series"), -1);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->entries = g_ptr_array_new ();
  self->all_button = gtk_button_new_with_label (_ ("Show All"));
  gtk_widget_set_visible (self->all_button, FALSE);
  gtk_widget_add_css_class (self->all_button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all_button), "legend.all");
  gtk_widget_set_parent (self->all_button, GTK_WIDGET (self));
}

GtkWidget *
lens_chart_legend_new (void)
{
  return g_object_new (LENS_TYPE_CHART_LEGEND, NULL);
}

/* Whether there is an entry for each series, in the same order: then those that have the focus keep it. */
static gboolean
has_entries (LensChartLegend *self, const LensChartData *data)
{
  if (self->entries->len != data->series->len)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      if (!g_str_equal (get_key (g_ptr_array_index (self->entries, i)), lens_chart_series_get_key (series))
          || series->kind == LENS_SERIES_OTHERS)
        return FALSE;
    }
  return TRUE;
}

void
lens_chart_legend_set_data (LensChartLegend *self, LensChartData *data)
{
  if (!has_entries (self, data))
    {
      remove_entries (self);
      for (guint i = 0; i < data->series->len; i++)
        {
          GtkWidget *entry = make_entry (self, &g_array_index (data->series, LensChartSeries, i));

          gtk_widget_insert_before (entry, GTK_WIDGET (self), self->all_button);
          g_ptr_array_add (self->entries, entry);
        }
    }
  update_entries (self);
  lens_chart_legend_apply (self, data);
}

void
lens_chart_legend_apply (LensChartLegend *self, LensChartData *data)
{
  lens_chart_data_hide_series (data, self->hidden);
}

GHashTable *
lens_chart_legend_copy_hidden (LensChartLegend *self)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->hidden);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy, g_strdup (key));
  return copy;
}
