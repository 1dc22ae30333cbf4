#include "lens-side-buttons.h"

/* What X and Wayland call them. */
#define BACK_BUTTON 8
#define FORWARD_BUTTON 9

/* GTK must not see these buttons: it keeps the pointer to the widget that one was pressed on until one of the first five is released, so
 * that the next click was lost, wherever it went. That is decided before any widget is asked: only the surface's event comes earlier. GTK
 * has connected to that first, so its handler is blocked, and called from the one that is here. */
typedef struct
{
  GtkWidget *window;
  gulong gtk_handler; /* 0: there is none that could be found */
  gulong handler;
} SideButtons;

static gboolean
walk (SideButtons *buttons, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  guint button;

  if (type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE)
    return FALSE;
  button = gdk_button_event_get_button (event);
  if (button != BACK_BUTTON && button != FORWARD_BUTTON)
    return FALSE;
  if (type == GDK_BUTTON_PRESS)
    gtk_widget_activate_action (buttons->window, button == BACK_BUTTON ? "win.back" : "win.forward", NULL);
  return TRUE;
}

static gboolean
event_cb (GdkSurface *surface, GdkEvent *event, SideButtons *buttons)
{
  gboolean is_handled = FALSE;
  gulong gtk_handler = buttons->gtk_handler;
  gulong handler = buttons->handler;

  if (walk (buttons, event))
    return TRUE;
  if (gtk_handler == 0)
    return FALSE;
  g_object_ref (surface);
  g_signal_handler_block (surface, handler);
  g_signal_handler_unblock (surface, gtk_handler);
  g_signal_emit_by_name (surface, "event", event, &is_handled);
  /* The event may have closed the window. */
  if (g_signal_handler_is_connected (surface, gtk_handler))
    g_signal_handler_block (surface, gtk_handler);
  if (g_signal_handler_is_connected (surface, handler))
    g_signal_handler_unblock (surface, handler);
  g_object_unref (surface);
  return is_handled;
}

static void
realize_cb (SideButtons *buttons)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (buttons->window));

  buttons->gtk_handler
      = g_signal_handler_find (surface, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                               g_signal_lookup ("event", GDK_TYPE_SURFACE), 0, NULL, NULL, buttons->window);
  if (buttons->gtk_handler != 0)
    g_signal_handler_block (surface, buttons->gtk_handler);
  buttons->handler = g_signal_connect (surface, "event", G_CALLBACK (event_cb), buttons);
}

/* The surface is still there. */
static void
unrealize_cb (SideButtons *buttons)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (buttons->window));

  g_clear_signal_handler (&buttons->handler, surface);
  buttons->gtk_handler = 0;
}

void
lens_side_buttons_add (GtkWindow *window)
{
  SideButtons *buttons = g_new0 (SideButtons, 1);

  buttons->window = GTK_WIDGET (window);
  g_signal_connect_swapped (window, "realize", G_CALLBACK (realize_cb), buttons);
  g_signal_connect_swapped (window, "unrealize", G_CALLBACK (unrealize_cb), buttons);
  g_object_set_data_full (G_OBJECT (window), "lens-side-buttons", buttons, g_free);
}
