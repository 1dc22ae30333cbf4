#include "lens-chart-view.h"

#include "lens-format.h"
#include "lens-texture.h"
#include "lens-theme.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MIN_WIDTH_PX 280
#define MIN_HEIGHT_PX 120

struct _LensChartView
{
  GtkWidget parent_instance;
  LensDrawQueue *queue;
  const LensChartData *data; /* (nullable) */
  LensChartData picture;     /* the same without its titles, which are labels around it; owns nothing */
  GdkTexture *texture;       /* (nullable) what was drawn last */
  int drawn_width;
  int drawn_height;
  int drawn_scale;
  gboolean is_stale; /* figures or theme changed since */
};

enum
{
  TERM_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensChartView, lens_chart_view, GTK_TYPE_WIDGET)

static gboolean
is_up_to_date (LensChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  return self->texture != NULL && !self->is_stale && self->drawn_width == gtk_widget_get_width (widget)
         && self->drawn_height == gtk_widget_get_height (widget)
         && self->drawn_scale == gtk_widget_get_scale_factor (widget);
}

static void
draw_job (GObject *owner)
{
  LensChartView *self = LENS_CHART_VIEW (owner);
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  LensPlotTheme theme;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (self->data == NULL || !gtk_widget_get_mapped (widget) || width < 1 || height < 1
      || is_up_to_date (self))
    return;

  theme = lens_theme_get_plot (widget);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  lens_plot_draw (cr, width, height, &self->picture, &theme);
  cairo_destroy (cr);

  g_clear_object (&self->texture);
  self->texture = lens_texture_new_from_surface (surface);
  self->drawn_width = width;
  self->drawn_height = height;
  self->drawn_scale = scale;
  self->is_stale = FALSE;
  gtk_widget_queue_draw (widget);
}

static void
lens_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LensChartView *self = LENS_CHART_VIEW (widget);

  if (self->data == NULL)
    return;
  /* What was drawn last stays until the new picture is there. */
  if (self->texture != NULL)
    gtk_snapshot_append_texture (
        snapshot, self->texture,
        &GRAPHENE_RECT_INIT (0, 0, (float) self->drawn_width, (float) self->drawn_height));
  if (!is_up_to_date (self))
    lens_draw_queue_push (self->queue, G_OBJECT (self), draw_job);
}

static GtkSizeRequestMode
lens_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lens_chart_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  LensChartView *self = LENS_CHART_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH_PX;
  else if (self->data == NULL)
    *minimum = *natural = MIN_HEIGHT_PX;
  else
    *minimum = *natural
        = MAX (MIN_HEIGHT_PX,
               (int) lens_plot_get_natural_height (&self->picture, for_size > 0 ? for_size : MIN_WIDTH_PX,
                                                   lens_theme_get_plot (widget).font_size));
}

static const LensChartBar *
find_bar (LensChartView *self, double x, double y)
{
  int index;

  if (self->data == NULL)
    return NULL;
  index = lens_plot_find_bar (&self->picture, gtk_widget_get_width (GTK_WIDGET (self)),
                              gtk_widget_get_height (GTK_WIDGET (self)),
                              lens_theme_get_plot (GTK_WIDGET (self)).font_size, x, y);
  if (index < 0 || (guint) index >= self->data->bars->len)
    return NULL;
  return &g_array_index (self->data->bars, LensChartBar, index);
}

/* The value in full: a bar's own text is rounded. */
static char *
describe_bar (const LensChartData *data, const LensChartBar *bar)
{
  g_autofree char *count = lens_format_count (bar->value);
  g_autofree char *value = data->unit == LENS_UNIT_BYTES
                               ? g_strdup_printf (ngettext ("%s byte", "%s bytes", bar->value), count)
                               : g_strdup_printf (ngettext ("%s packet", "%s packets", bar->value), count);

  /* Translators: a bar of a chart and its value: "192.0.2.1: 3,142,110 bytes". */
  return g_strdup_printf (_ ("%s: %s"), bar->label, value);
}

static gboolean
lens_chart_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LensChartView *self = LENS_CHART_VIEW (widget);
  const LensChartBar *bar = keyboard ? NULL : find_bar (self, x, y);
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;

  if (bar == NULL)
    return FALSE;
  value = describe_bar (self->data, bar);
  text = bar->address != NULL ? g_strdup_printf ("%s\n%s", value, bar->address) : g_strdup (value);
  gtk_tooltip_set_text (tooltip, text);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ x - 4, y - 4, 8, 8 });
  return TRUE;
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensChartView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  const LensChartBar *bar = find_bar (self, x, y);

  if (bar != NULL && bar->has_term)
    {
      LensFilterTerm term = bar->term;

      g_signal_emit (self, signals[TERM_CHOSEN], 0, &term, (state & GDK_CONTROL_MASK) != 0);
    }
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LensChartView *self)
{
  const LensChartBar *bar = find_bar (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), bar != NULL && bar->has_term ? "pointer" : NULL);
}

static void
make_stale (LensChartView *self)
{
  self->is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lens_chart_view_dispose (GObject *object)
{
  LensChartView *self = LENS_CHART_VIEW (object);

  self->data = NULL;
  g_clear_object (&self->queue);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (lens_chart_view_parent_class)->dispose (object);
}

static void
lens_chart_view_class_init (LensChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_chart_view_dispose;
  widget_class->snapshot = lens_chart_view_snapshot;
  widget_class->get_request_mode = lens_chart_view_get_request_mode;
  widget_class->measure = lens_chart_view_measure;
  widget_class->query_tooltip = lens_chart_view_query_tooltip;

  signals[TERM_CHOSEN] = g_signal_new ("term-chosen", LENS_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lens_chart_view_init (LensChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, motion);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (make_stale), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (make_stale), NULL);
}

GtkWidget *
lens_chart_view_new (LensDrawQueue *queue)
{
  LensChartView *self = g_object_new (LENS_TYPE_CHART_VIEW, NULL);

  self->queue = g_object_ref (queue);
  return GTK_WIDGET (self);
}

/* What the picture says, in a sentence: the three top figures. */
static char *
describe (const LensChartData *data)
{
  const guint n_told = 3;
  GString *text = g_string_new (NULL);

  if (data->empty_text != NULL)
    return g_string_free (g_string_append (text, data->empty_text), FALSE);
  if (data->subtitle != NULL)
    g_string_append (text, data->subtitle);
  for (guint i = 0; i < MIN (data->bars->len, n_told); i++)
    {
      g_autofree char *bar = describe_bar (data, &g_array_index (data->bars, LensChartBar, i));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", bar);
    }
  for (guint i = 0; i < MIN (data->series->len, n_told); i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      g_autofree char *count = lens_format_count (series->packets);
      g_autofree char *bytes = lens_format_bytes (series->payload_bytes);

      g_string_append (text, text->len > 0 ? "; " : "");
      g_string_append_printf (text, ngettext ("%s: %s packet, %s", "%s: %s packets, %s", series->packets),
                              series->label, count, bytes);
    }
  return g_string_free (text, FALSE);
}

void
lens_chart_view_set_data (LensChartView *self, const LensChartData *data)
{
  self->data = data;
  if (data != NULL)
    {
      self->picture = *data;
      self->picture.title = self->picture.subtitle = NULL;
      g_autofree char *description = describe (data);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
    }
  make_stale (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
