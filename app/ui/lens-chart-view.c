#include "lens-chart-view.h"

#include "lens-chart-describe.h"
#include "lens-chart-hover.h"
#include "lens-chart-keys.h"
#include "lens-chart-zoom.h"
#include "lens-in-view.h"
#include "lens-page-scroll.h"
#include "lens-plot-cursor.h"
#include "lens-texture.h"
#include "lens-theme.h"

#include <adwaita.h>
#include <math.h>

#define MIN_WIDTH_PX 280
#define MIN_HEIGHT_PX 120

/* Of what the keys are on, so much is scrolled into view around its middle. */
#define CURSOR_REACH_PX 48

/* Between press and release; further is a drag. */
#define MAX_CLICK_PX 5

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
  LensPlotBox drawn_plot;  /* where the picture has the figures, and */
  LensTimeSpan drawn_span; /* their time; a box without width: none */
  gboolean is_stale;       /* figures or theme changed since */
  gboolean is_waiting;     /* for a closer look: the picture is not to be drawn before */

  LensPlotScene *scene; /* (nullable) where things are at the widget's size; made when first asked for */
  int allocated_width;  /* before */
  int natural_for;      /* width that the height below was worked out for; 0: none */
  int natural_height;

  gboolean has_pointer;
  double pointer_x;
  double pointer_y;
  double pressed_x; /* where a button was pressed last */
  double pressed_y;
  LensPlotCursor cursor;            /* where the keys are, or would begin */
  graphene_point_t pointer_at_keys; /* where the pointer was in the window when they were used last */
  char *cursor_key;                 /* owned (nullable): what that was, while there is no data */
  gboolean is_by_keys;              /* they were used last, not the pointer */
  LensPlotProbe probe;              /* what is at the pointer, or the keys are on */
  GtkWidget *bubble;                /* says it */
  LensChartZoom *zoom;              /* (transfer none), of this widget */
};

enum
{
  TERM_CHOSEN,
  LANE_CHOSEN,
  WIDENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensChartView, lens_chart_view, GTK_TYPE_WIDGET)

/* NULL without figures. */
static const LensPlotScene *
get_scene (LensChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->data == NULL)
    return NULL;
  if (self->scene != NULL && (self->scene->width != width || self->scene->height != height))
    g_clear_pointer (&self->scene, lens_plot_scene_free);
  if (self->scene == NULL)
    self->scene = lens_plot_scene_new (&self->picture, width, height,
                                       lens_theme_get_plot (GTK_WIDGET (self)).font_size);
  return self->scene;
}

/* For wheel and drags: NULL unless there is a time axis. */
static const LensPlotScene *
get_time_scene (GtkWidget *widget)
{
  LensChartView *self = LENS_CHART_VIEW (widget);
  const LensPlotScene *scene = get_scene (self);

  return scene != NULL && scene->has_series && self->data->over == LENS_CHART_OVER_TIME ? scene : NULL;
}

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

  if (self->data == NULL || !gtk_widget_get_mapped (widget) || width < 1 || height < 1 || is_up_to_date (self)
      || !lens_in_view_get (widget))
    return;

  theme = lens_theme_get_plot (widget);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  lens_plot_draw (cr, width, height, &self->picture, &theme);
  cairo_destroy (cr);

  self->drawn_plot = (LensPlotBox){ 0 };
  if (get_time_scene (widget) != NULL)
    {
      self->drawn_plot = get_scene (self)->plot;
      self->drawn_span = lens_plot_scene_get_span (get_scene (self));
    }
  g_clear_object (&self->texture);
  self->texture = lens_texture_new_from_surface (surface);
  self->drawn_width = width;
  self->drawn_height = height;
  self->drawn_scale = scale;
  self->is_stale = FALSE;
  gtk_widget_queue_draw (widget);
}

/* What is above the picture: itself, moved and stretched, while it is of another time; what a drag has marked; what is at the pointer. */
static void
snapshot_over_picture (LensChartView *self, GtkSnapshot *snapshot)
{
  const LensPlotScene *scene = get_scene (self);
  LensPlotTheme theme = lens_theme_get_plot (GTK_WIDGET (self));
  double left;
  double right;

  if (scene->has_series && self->texture != NULL && self->drawn_plot.right > self->drawn_plot.left)
    lens_chart_hover_snapshot_stretched (snapshot, GTK_WIDGET (self), scene, self->texture, self->drawn_width,
                                         self->drawn_height, &self->drawn_plot, self->drawn_span, &theme);
  if (lens_chart_zoom_get_marked (self->zoom, &left, &right))
    lens_chart_hover_snapshot_marked (snapshot, scene, left, right, &theme);
  if (self->probe.kind != LENS_PLOT_PROBE_NOTHING)
    lens_chart_hover_snapshot (snapshot, scene, self->data, &self->probe, &theme);
}

static void
lens_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LensChartView *self = LENS_CHART_VIEW (widget);

  if (self->data == NULL)
    return;
  /* What was drawn last stays until the new picture is there. */
  if (self->texture != NULL)
    lens_texture_append (snapshot, widget, self->texture,
                         &GRAPHENE_RECT_INIT (0, 0, (float) self->drawn_width, (float) self->drawn_height));
  snapshot_over_picture (self, snapshot);
  gtk_widget_snapshot_child (widget, self->bubble, snapshot);
  if (!is_up_to_date (self) && !self->is_waiting)
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
    {
      int width = for_size > 0 ? for_size : MIN_WIDTH_PX;

      if (self->natural_for != width)
        {
          self->natural_height
              = MAX (MIN_HEIGHT_PX, (int) lens_plot_get_natural_height (
                                        &self->picture, width, lens_theme_get_plot (widget).font_size));
          self->natural_for = width;
        }
      *minimum = *natural = self->natural_height;
    }
}

static void
lens_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LensChartView *self = LENS_CHART_VIEW (widget);

  if (width > self->allocated_width)
    g_signal_emit (self, signals[WIDENED], 0);
  self->allocated_width = width;
  if (gtk_widget_get_visible (self->bubble))
    lens_chart_hover_place_bubble (self->bubble, width, height, self->probe.x, self->probe.y);
}

/* Looks again at what is at the pointer, or at what the keys are on. */
static void
update_probe (LensChartView *self)
{
  const LensPlotScene *scene = self->is_by_keys || self->has_pointer ? get_scene (self) : NULL;
  LensPlotProbe probe = { .band = -1 };
  g_autofree char *text = NULL;

  if (scene != NULL && self->is_by_keys)
    probe = lens_plot_cursor_probe (scene, self->data, &self->cursor);
  else if (scene != NULL)
    probe = lens_plot_probe_find (scene, self->data, self->pointer_x, self->pointer_y);
  if (probe.kind == LENS_PLOT_PROBE_NOTHING && self->probe.kind == LENS_PLOT_PROBE_NOTHING
      && !self->is_by_keys)
    return;
  if (probe.kind == LENS_PLOT_PROBE_BAR && self->probe.kind == LENS_PLOT_PROBE_BAR && !self->is_by_keys
      && lens_plot_probe_equal (&probe, &self->probe))
    return;
  self->probe = probe;
  text = self->data != NULL ? lens_plot_probe_describe (&probe, self->data) : NULL;
  gtk_label_set_text (GTK_LABEL (self->bubble), text != NULL ? text : "");
  gtk_widget_set_visible (self->bubble, text != NULL);
  if (self->data != NULL)
    lens_chart_hover_set_name (GTK_WIDGET (self), self->data->title, self->is_by_keys ? text : NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Bar @index, if choosing it filters. */
static const LensChartBar *
get_bar (LensChartView *self, int index)
{
  const LensChartBar *bar;

  if (self->data == NULL || index < 0 || (guint) index >= self->data->bars->len)
    return NULL;
  bar = &g_array_index (self->data->bars, LensChartBar, index);
  return bar->has_term || bar->is_everything ? bar : NULL;
}

/* The same at (@x, @y). */
static const LensChartBar *
find_bar (LensChartView *self, double x, double y)
{
  const LensPlotScene *scene = get_scene (self);

  return get_bar (self, scene != NULL ? lens_plot_scene_find_bar (scene, self->data, x, y) : -1);
}

static void
choose_bar (LensChartView *self, const LensChartBar *bar, GdkModifierType state)
{
  /* The filter's figures may replace the bar. */
  LensFilterTerm term = bar->term;

  g_signal_emit (self, signals[TERM_CHOSEN], 0, bar->has_term ? &term : NULL,
                 (state & GDK_CONTROL_MASK) != 0);
}

/* -1: there is none. */
static int
find_lane (LensChartView *self, double x, double y)
{
  const LensPlotScene *scene = get_scene (self);

  return scene != NULL ? lens_plot_scene_find_lane (scene, self->data, x, y) : -1;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensChartView *self)
{
  const LensPlotScene *scene = get_scene (self);
  LensPlotProbe probe = { 0 };
  LensPlotCursor cursor;

  self->pressed_x = x;
  self->pressed_y = y;
  if (scene != NULL)
    probe = lens_plot_probe_find (scene, self->data, x, y);
  cursor = lens_plot_cursor_at (&probe);
  if (cursor.is_set)
    self->cursor = cursor;
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensChartView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  const LensChartBar *bar = find_bar (self, x, y);
  int lane = find_lane (self, x, y);

  if (lane >= 0 && hypot (x - self->pressed_x, y - self->pressed_y) < MAX_CLICK_PX)
    g_signal_emit (self, signals[LANE_CHOSEN], 0, (guint) lane);
  if (bar != NULL)
    choose_bar (self, bar, state);
}

/* Keys */

static void
show_cursor (LensChartView *self)
{
  const LensPlotScene *scene = get_scene (self);

  if (scene == NULL)
    return;
  self->pointer_at_keys = lens_page_get_pointer (GTK_WIDGET (self));
  if (!self->cursor.is_set)
    self->cursor = lens_plot_cursor_begin (scene, self->data);
  self->is_by_keys = self->cursor.is_set;
  update_probe (self);
  lens_chart_zoom_set_centre (self->zoom,
                              self->is_by_keys && scene->has_series ? &self->probe.time_ns : NULL);
  if (self->is_by_keys)
    lens_page_scroll_to (GTK_WIDGET (self), self->probe.y, CURSOR_REACH_PX);
}

static void
hide_cursor (LensChartView *self)
{
  self->is_by_keys = FALSE;
  lens_chart_zoom_set_centre (self->zoom, NULL);
  update_probe (self);
}

static void
move_cursor (LensChartView *self, LensPlotStep step)
{
  gboolean is_back = step == LENS_PLOT_STEP_LEFT || step == LENS_PLOT_STEP_FAR_LEFT;
  gboolean is_on = is_back || step == LENS_PLOT_STEP_RIGHT || step == LENS_PLOT_STEP_FAR_RIGHT;

  /* It is seen first, then it moves; beyond what is shown, that moves instead. */
  if (self->is_by_keys && !lens_plot_cursor_move (get_scene (self), self->data, &self->cursor, step) && is_on)
    lens_chart_zoom_pan (self->zoom, is_back);
  show_cursor (self);
}

static void
choose_at_cursor (LensChartView *self, GdkModifierType state)
{
  LensPlotProbe probe = self->probe;
  const LensChartBar *bar = probe.kind == LENS_PLOT_PROBE_BAR ? get_bar (self, (int) probe.bar) : NULL;

  if (bar != NULL)
    choose_bar (self, bar, state);
  else if (probe.kind == LENS_PLOT_PROBE_LANE)
    g_signal_emit (self, signals[LANE_CHOSEN], 0, probe.lane);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                LensChartView *self)
{
  LensPlotStep step;

  if (get_scene (self) == NULL || (state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  if (lens_chart_keys_is_choice (key))
    {
      show_cursor (self);
      choose_at_cursor (self, state);
      return TRUE;
    }
  if (!lens_chart_keys_find_step (key, (state & GDK_CONTROL_MASK) != 0, &step))
    return FALSE;
  move_cursor (self, step);
  return TRUE;
}

/* Unless a click brought the keys here. */
static void
focus_enter_cb (LensChartView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)))
    show_cursor (self);
}

/* Pointer */

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LensChartView *self)
{
  self->has_pointer = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->is_by_keys)
    {
      graphene_point_t at = lens_page_get_pointer (GTK_WIDGET (self));

      /* The page is scrolled to what the keys are on: that moves charts below a pointer that stands still. */
      if (graphene_point_near (&at, &self->pointer_at_keys, 0.5f))
        return;
      hide_cursor (self);
    }
  update_probe (self);
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), find_bar (self, x, y) != NULL || find_lane (self, x, y) >= 0 ? "pointer" : NULL);
}

static void
leave_cb (GtkEventControllerMotion *controller, LensChartView *self)
{
  self->has_pointer = FALSE;
  update_probe (self);
}

static void
forget_scene (LensChartView *self)
{
  self->is_stale = TRUE;
  self->natural_for = 0;
  g_clear_pointer (&self->scene, lens_plot_scene_free);
}

static void
make_stale (LensChartView *self)
{
  forget_scene (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lens_chart_view_dispose (GObject *object)
{
  LensChartView *self = LENS_CHART_VIEW (object);

  self->data = NULL;
  g_clear_pointer (&self->cursor_key, g_free);
  g_clear_pointer (&self->scene, lens_plot_scene_free);
  g_clear_pointer (&self->bubble, gtk_widget_unparent);
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
  widget_class->size_allocate = lens_chart_view_size_allocate;

  signals[TERM_CHOSEN] = g_signal_new ("term-chosen", LENS_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[LANE_CHOSEN] = g_signal_new ("lane-chosen", LENS_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[WIDENED] = g_signal_new ("widened", LENS_TYPE_CHART_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lens_chart_view_init (LensChartView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->probe.band = -1;
  self->bubble = lens_chart_hover_new_bubble ();
  gtk_widget_set_parent (self->bubble, widget);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_enter_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (hide_cursor), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (make_stale), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (make_stale), NULL);
}

GtkWidget *
lens_chart_view_new (LensDrawQueue *queue, LensVisibleTime *visible)
{
  LensChartView *self = g_object_new (LENS_TYPE_CHART_VIEW, NULL);

  self->queue = g_object_ref (queue);
  self->zoom = lens_chart_zoom_attach (GTK_WIDGET (self), visible, get_time_scene);
  return GTK_WIDGET (self);
}

static void
update_description (LensChartView *self)
{
  g_autofree char *description = lens_chart_data_describe (self->data);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

/* The card has title and subtitle. */
static void
take_picture (LensChartView *self)
{
  self->picture = *self->data;
  self->picture.title = self->picture.subtitle = NULL;
}

void
lens_chart_view_set_data (LensChartView *self, const LensChartData *data)
{
  if (self->data != NULL)
    {
      g_free (self->cursor_key);
      self->cursor_key = g_strdup (lens_plot_cursor_get_key (&self->cursor, self->data));
    }
  self->data = data;
  self->is_waiting = FALSE;
  self->drawn_plot = (LensPlotBox){ 0 };
  if (data != NULL)
    {
      take_picture (self);
      lens_plot_cursor_find (&self->cursor, data, self->cursor_key);
      gtk_widget_set_focusable (GTK_WIDGET (self), data->empty_text == NULL);
      lens_chart_hover_set_name (GTK_WIDGET (self), data->title, NULL);
      update_description (self);
    }
  make_stale (self);
  update_probe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
lens_chart_view_shown_changed (LensChartView *self, LensChartShown shown)
{
  if (self->data == NULL)
    return;
  take_picture (self);
  self->is_waiting = shown == LENS_CHART_SHOWN_ROUGHLY;
  update_description (self);
  forget_scene (self);
  update_probe (self);
  /* What is on the screen needs no other frame until it is drawn more closely. */
  if (shown == LENS_CHART_SHOWN_CLOSER)
    lens_draw_queue_push (self->queue, G_OBJECT (self), draw_job);
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lens_chart_view_came_into_view (LensChartView *self)
{
  if (!is_up_to_date (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
