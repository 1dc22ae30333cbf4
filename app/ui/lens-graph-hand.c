#include "lens-graph-hand.h"

#define BUTTONS (GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK)

struct _LensGraphHand
{
  gboolean is_down;
  gint64 moved_us; /* monotonic time; 0: not yet */
};

/* The state that comes with an event is the one before it. */
static gboolean
are_buttons_left (GdkEvent *event, guint released)
{
  GdkModifierType buttons = gdk_event_get_modifier_state (event) & BUTTONS;

  if (released >= 1 && released <= 3)
    buttons &= ~(GDK_BUTTON1_MASK << (released - 1));
  return buttons != 0;
}

static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  LensGraphHand *hand = user_data;

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      hand->is_down = TRUE;
      break;
    case GDK_BUTTON_RELEASE:
      hand->is_down = are_buttons_left (event, gdk_button_event_get_button (event));
      break;
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      hand->is_down = FALSE;
      break;
    case GDK_MOTION_NOTIFY:
      /* A release may have gone to something else. */
      hand->is_down = hand->is_down && are_buttons_left (event, 0);
      hand->moved_us = g_get_monotonic_time ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

LensGraphHand *
lens_graph_hand_add (GtkWidget *widget)
{
  LensGraphHand *hand = g_new0 (LensGraphHand, 1);
  GtkEventController *events = gtk_event_controller_legacy_new ();

  /* Before what is in the widget takes them. */
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), hand);
  g_object_set_data_full (G_OBJECT (widget), "lens-hand", hand, g_free);
  gtk_widget_add_controller (widget, events);
  return hand;
}

gboolean
lens_graph_hand_is_down (const LensGraphHand *hand)
{
  return hand->is_down;
}

gboolean
lens_graph_hand_moved_within (const LensGraphHand *hand, guint milliseconds)
{
  return hand->moved_us != 0 && g_get_monotonic_time () - hand->moved_us < (gint64) milliseconds * 1000;
}

void
lens_graph_hand_let_go (LensGraphHand *hand)
{
  hand->is_down = FALSE;
}
