#include "lens-chart-zoom.h"

#include <math.h>

/* Of one click of the wheel, and of a key. */
#define WHEEL_FACTOR 0.8
#define KEY_FACTOR 0.5

/* Of what is shown, with one click of the wheel or a key. */
#define PAN_SHARE 0.1

/* A drag shorter than this is a click. */
#define MIN_DRAG_PX 5

/* How long the wheel still scrolls the page after that has moved a chart under the pointer. */
#define PAGE_SCROLLS_US (G_USEC_PER_SEC / 2)

struct _LensChartZoom
{
  GtkWidget *widget; /* owns this */
  LensVisibleTime *visible;
  LensChartZoomSceneFunc get_scene;

  gboolean is_dragging;
  gboolean is_panning; /* else marks */
  double start_x;
  double now_x;
  LensTimeSpan start_span;
  double span_px; /* of start_span */

  gint64 centre_ns; /* that keys zoom around, where there is one */
  gboolean has_centre;

  double pointer_x; /* where the pointer was last */
  double pointer_y;
  GtkAdjustment *page; /* (nullable) weak: that scrolls the widget */
  gint64 page_moved_us;
};

static void
zoom_free (gpointer data)
{
  LensChartZoom *zoom = data;

  g_clear_weak_pointer (&zoom->page);
  g_object_unref (zoom->visible);
  g_free (zoom);
}

static gboolean
is_in_plot (const LensPlotScene *scene, double x, double y)
{
  return scene != NULL && x >= scene->plot.left && x <= scene->plot.right && y >= scene->plot.top
         && y <= scene->plot.bottom;
}

static double
get_length (LensTimeSpan span)
{
  return (double) lens_time_span_get_length (span);
}

/* Wheel */

static void
page_moved_cb (LensChartZoom *zoom)
{
  zoom->page_moved_us = g_get_monotonic_time ();
}

static void
map_cb (GtkWidget *widget, LensChartZoom *zoom)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  if (zoom->page != NULL || scroller == NULL)
    return;
  g_set_weak_pointer (&zoom->page, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  g_signal_connect_data (zoom->page, "value-changed", G_CALLBACK (page_moved_cb), zoom, NULL,
                         G_CONNECT_SWAPPED);
}

static void
unmap_cb (GtkWidget *widget, LensChartZoom *zoom)
{
  if (zoom->page != NULL)
    g_signal_handlers_disconnect_by_data (zoom->page, zoom);
  g_clear_weak_pointer (&zoom->page);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LensChartZoom *zoom)
{
  zoom->pointer_x = x;
  zoom->pointer_y = y;
}

/* Over the figures the wheel zooms; beside them, and while the page is on its way, it scrolls the page. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, LensChartZoom *zoom)
{
  const LensPlotScene *scene = zoom->get_scene (zoom->widget);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean pans = (state & GDK_SHIFT_MASK) != 0 || fabs (dx) > fabs (dy);
  LensTimeSpan span;

  if (!is_in_plot (scene, zoom->pointer_x, zoom->pointer_y)
      || g_get_monotonic_time () - zoom->page_moved_us < PAGE_SCROLLS_US)
    return FALSE;
  span = lens_plot_scene_get_span (scene);
  if (pans)
    lens_visible_time_pan (zoom->visible, span,
                           get_length (span) * PAN_SHARE * (fabs (dx) > fabs (dy) ? dx : dy));
  else
    lens_visible_time_zoom (zoom->visible, span, lens_plot_scene_get_time (scene, zoom->pointer_x),
                            pow (WHEEL_FACTOR, -dy));
  return TRUE;
}

/* Drags */

static void
end_drag (LensChartZoom *zoom)
{
  zoom->is_dragging = FALSE;
  gtk_widget_queue_draw (zoom->widget);
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, LensChartZoom *zoom)
{
  const LensPlotScene *scene = zoom->get_scene (zoom->widget);
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));

  if (!is_in_plot (scene, x, y) || (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (zoom->widget);
  zoom->is_dragging = TRUE;
  zoom->is_panning = button == GDK_BUTTON_MIDDLE || (state & GDK_SHIFT_MASK) != 0;
  zoom->start_x = zoom->now_x = x;
  zoom->start_span = lens_plot_scene_get_span (scene);
  zoom->span_px = lens_plot_scene_get_x (scene, zoom->start_span.last_ns)
                  - lens_plot_scene_get_x (scene, zoom->start_span.first_ns);
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, LensChartZoom *zoom)
{
  if (!zoom->is_dragging)
    return;
  zoom->now_x = zoom->start_x + dx;
  if (zoom->is_panning && zoom->span_px > 0)
    lens_visible_time_pan (zoom->visible, zoom->start_span,
                           -dx / zoom->span_px * get_length (zoom->start_span));
  gtk_widget_queue_draw (zoom->widget);
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, LensChartZoom *zoom)
{
  const LensPlotScene *scene = zoom->get_scene (zoom->widget);

  if (!zoom->is_dragging)
    return;
  end_drag (zoom);
  if (scene != NULL && !zoom->is_panning && fabs (dx) >= MIN_DRAG_PX)
    lens_visible_time_show (zoom->visible,
                            lens_time_span_new (lens_plot_scene_get_time (scene, zoom->start_x),
                                                lens_plot_scene_get_time (scene, zoom->start_x + dx)));
}

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, LensChartZoom *zoom)
{
  if (n_press == 2 && zoom->get_scene (zoom->widget) != NULL)
    lens_visible_time_show_all (zoom->visible);
}

/* Keys */

static void
zoom_by_key (LensChartZoom *zoom, const LensPlotScene *scene, double factor)
{
  LensTimeSpan span = lens_plot_scene_get_span (scene);
  double middle_x = (scene->plot.left + scene->plot.right) / 2;
  gint64 middle_ns = lens_plot_scene_get_time (scene, middle_x);

  lens_visible_time_zoom (zoom->visible, span,
                          zoom->has_centre ? CLAMP (zoom->centre_ns, span.first_ns, span.last_ns) : middle_ns,
                          factor);
}

gboolean
lens_chart_zoom_pan (LensChartZoom *zoom, gboolean is_back)
{
  const LensPlotScene *scene = zoom->get_scene (zoom->widget);
  const LensTimeSpan *shown = lens_visible_time_get (zoom->visible);
  LensTimeSpan before;

  if (scene == NULL || shown == NULL)
    return FALSE;
  before = *shown;
  lens_visible_time_pan (zoom->visible, before, get_length (before) * (is_back ? -PAN_SHARE : PAN_SHARE));
  shown = lens_visible_time_get (zoom->visible);
  return shown == NULL || shown->first_ns != before.first_ns;
}

void
lens_chart_zoom_set_centre (LensChartZoom *zoom, const gint64 *time_ns)
{
  zoom->has_centre = time_ns != NULL;
  zoom->centre_ns = time_ns != NULL ? *time_ns : 0;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, LensChartZoom *zoom)
{
  const LensPlotScene *scene = zoom->get_scene (zoom->widget);

  if (scene == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_by_key (zoom, scene, KEY_FACTOR);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_by_key (zoom, scene, 1 / KEY_FACTOR);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Left:
    case GDK_KEY_KP_Right:
      /* Without Shift they go along the points. */
      if ((state & GDK_SHIFT_MASK) == 0)
        return FALSE;
      lens_chart_zoom_pan (zoom, keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      lens_visible_time_show_all (zoom->visible);
      return TRUE;
    case GDK_KEY_Escape:
      if (!zoom->is_dragging)
        return FALSE;
      end_drag (zoom);
      return TRUE;
    default:
      return FALSE;
    }
}

LensChartZoom *
lens_chart_zoom_attach (GtkWidget *widget, LensVisibleTime *visible, LensChartZoomSceneFunc get_scene)
{
  LensChartZoom *zoom = g_new0 (LensChartZoom, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  zoom->widget = widget;
  zoom->visible = g_object_ref (visible);
  zoom->get_scene = get_scene;
  zoom->page_moved_us = G_MININT64 / 2;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), zoom);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), zoom);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), zoom);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), zoom);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), zoom);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), zoom);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), zoom);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), zoom);
  g_signal_connect (widget, "map", G_CALLBACK (map_cb), zoom);
  g_signal_connect (widget, "unmap", G_CALLBACK (unmap_cb), zoom);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  g_object_set_data_full (G_OBJECT (widget), "lens-chart-zoom", zoom, zoom_free);
  return zoom;
}

gboolean
lens_chart_zoom_get_marked (LensChartZoom *zoom, double *left, double *right)
{
  const LensPlotScene *scene = zoom->is_dragging && !zoom->is_panning ? zoom->get_scene (zoom->widget) : NULL;

  if (scene == NULL || fabs (zoom->now_x - zoom->start_x) < MIN_DRAG_PX)
    return FALSE;
  *left = CLAMP (MIN (zoom->start_x, zoom->now_x), scene->plot.left, scene->plot.right);
  *right = CLAMP (MAX (zoom->start_x, zoom->now_x), scene->plot.left, scene->plot.right);
  return TRUE;
}
