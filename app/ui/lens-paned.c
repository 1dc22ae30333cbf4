#include "lens-paned.h"

/* The widget between the two others. Its place is a few pixels larger than what is seen of it. */
static gboolean
is_handle_at (GtkPaned *paned, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (paned), x, y, GTK_PICK_DEFAULT);

  return widget != NULL && gtk_widget_get_parent (widget) == GTK_WIDGET (paned)
         && widget != gtk_paned_get_start_child (paned) && widget != gtk_paned_get_end_child (paned);
}

/* The paned's own gestures see the press, or don't. */
static void
set_moves (GtkPaned *paned, gboolean moves)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (paned));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        gtk_event_controller_set_propagation_phase (controller, moves ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
    }
}

/* Comes before the paned's: of a widget's controllers the one that was added last is asked first. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, GtkPaned *paned)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (paned));
  double x, y, surface_x, surface_y, in_paned_x, in_paned_y;

  if (gdk_event_get_event_type (event) == GDK_TOUCH_BEGIN)
    set_moves (paned, TRUE);
  if (gdk_event_get_event_type (event) != GDK_BUTTON_PRESS || native == NULL
      || !gdk_event_get_position (event, &x, &y))
    return FALSE;
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  if (gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (paned), x - surface_x, y - surface_y,
                                        &in_paned_x, &in_paned_y))
    set_moves (paned, is_handle_at (paned, in_paned_x, in_paned_y));
  return FALSE;
}

void
lens_paned_keep_to_handle (GtkPaned *paned)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), paned);
  gtk_widget_add_controller (GTK_WIDGET (paned), controller);
}
