#include "lens-graph-canvas-input.h"

#include <math.h>

#define ZOOM_STEP 1.2

/* What goes on between press and release; owned by the canvas as object data. */
typedef struct
{
  GWeakRef node;      /* the node under the press, if any */
  LensPoint start;    /* where it was */
  gboolean is_moving; /* the pointer went far enough to mean a drag */
  double last_dx;
  double last_dy;
  double pointer_x;
  double pointer_y;
  double last_scale;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_weak_ref_clear (&input->node);
  g_free (input);
}

static Input *
get_input (gpointer canvas)
{
  return g_object_get_data (G_OBJECT (canvas), "lens-input");
}

static LensNodeButton *
pick_node (LensGraphCanvas *canvas, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (canvas), x, y, GTK_PICK_INSENSITIVE);

  if (picked == NULL)
    return NULL;
  return LENS_IS_NODE_BUTTON (picked)
             ? LENS_NODE_BUTTON (picked)
             : (LensNodeButton *) gtk_widget_get_ancestor (picked, LENS_TYPE_NODE_BUTTON);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  Input *input = get_input (user_data);
  LensNodeButton *node = pick_node (user_data, x, y);

  g_weak_ref_set (&input->node, node);
  input->is_moving = FALSE;
  input->last_dx = input->last_dy = 0;
  if (node != NULL)
    input->start = lens_graph_canvas_get_node_position (user_data, node);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer user_data)
{
  Input *input = get_input (user_data);
  g_autoptr (GObject) node = NULL;

  if (!input->is_moving)
    {
      if (!gtk_drag_check_threshold (user_data, 0, 0, (int) dx, (int) dy))
        return;
      input->is_moving = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }

  node = g_weak_ref_get (&input->node);
  if (node != NULL)
    lens_graph_canvas_move_node (user_data, LENS_NODE_BUTTON (node), &input->start, dx, dy);
  else
    lens_graph_canvas_pan (user_data, dx - input->last_dx, dy - input->last_dy);
  input->last_dx = dx;
  input->last_dy = dy;
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gsize edge;

  if (get_input (user_data)->is_moving || pick_node (user_data, x, y) != NULL)
    return;
  if (lens_graph_canvas_find_edge (user_data, x, y, &edge))
    lens_graph_canvas_choose_edge (user_data, edge, (state & GDK_CONTROL_MASK) != 0, x, y);
  else if (n_press == 2)
    lens_graph_canvas_fit (user_data);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  Input *input = get_input (user_data);
  LensNodeButton *node = pick_node (user_data, x, y);
  gsize edge;
  gboolean is_on_edge = node == NULL && lens_graph_canvas_find_edge (user_data, x, y, &edge);

  input->pointer_x = x;
  input->pointer_y = y;
  lens_graph_canvas_set_hovered (user_data, node);
  gtk_widget_set_cursor_from_name (user_data, is_on_edge ? "pointer" : NULL);
}

static void
leave_cb (GtkEventControllerMotion *controller, gpointer user_data)
{
  lens_graph_canvas_set_hovered (user_data, NULL);
}

/* When the button is let go: a menu that comes while it is down takes the release away from the gesture, which then waits for it. */
static void
menu_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  lens_graph_canvas_ask_menu (user_data, pick_node (user_data, x, y), x, y);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
  if (lens_graph_canvas_ask_menu (user_data, pick_node (user_data, x, y), x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return lens_graph_canvas_ask_menu_at_focus (LENS_GRAPH_CANVAS (widget));
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  Input *input = get_input (user_data);

  lens_graph_canvas_zoom_at (user_data, pow (ZOOM_STEP, -dy), input->pointer_x, input->pointer_y);
  return TRUE;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, gpointer user_data)
{
  get_input (user_data)->last_scale = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, gpointer user_data)
{
  Input *input = get_input (user_data);
  double x, y;

  if (scale > 0 && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    lens_graph_canvas_zoom_at (user_data, scale / input->last_scale, x, y);
  input->last_scale = MAX (scale, 0.01);
}

static gboolean
zoom_in_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_graph_canvas_zoom (LENS_GRAPH_CANVAS (widget), ZOOM_STEP);
  return TRUE;
}

static gboolean
zoom_out_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_graph_canvas_zoom (LENS_GRAPH_CANVAS (widget), 1 / ZOOM_STEP);
  return TRUE;
}

static gboolean
fit_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_graph_canvas_fit (LENS_GRAPH_CANVAS (widget));
  return TRUE;
}

static void
add_keys (GtkWidget *canvas)
{
  static const struct
  {
    const char *trigger;
    GtkShortcutFunc func;
  } keys[] = {
    { "plus|equal|KP_Add", zoom_in_cb },
    { "minus|KP_Subtract", zoom_out_cb },
    { "0|KP_0", fit_cb },
    { "Menu|<Shift>F10", menu_cb },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                          gtk_callback_action_new (keys[i].func, NULL, NULL)));
  gtk_widget_add_controller (canvas, controller);
}

void
lens_graph_canvas_add_input (LensGraphCanvas *canvas)
{
  GtkWidget *widget = GTK_WIDGET (canvas);
  Input *input = g_new0 (Input, 1);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_weak_ref_init (&input->node, NULL);
  g_object_set_data_full (G_OBJECT (canvas), "lens-input", input, input_free);

  /* Before the buttons, so that a drag that begins on one is a drag and no click. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), canvas);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), canvas);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), canvas);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), canvas);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), canvas);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "released", G_CALLBACK (menu_released_cb), canvas);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (long_press), GTK_PHASE_CAPTURE);
  g_signal_connect (long_press, "pressed", G_CALLBACK (long_pressed_cb), canvas);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), canvas);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), canvas);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), canvas);

  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (long_press));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  add_keys (widget);
}
