#include "lens-side-buttons.h"

/* What X and Wayland call them. */
#define BACK_BUTTON 8
#define FORWARD_BUTTON 9

#define KEY "lens-side-buttons"

/* GTK must not see these buttons: it keeps the pointer to the widget that one was pressed on until one of the first five is released, so
 * that the next click was lost, wherever it went. That is decided before any widget is asked: only the surface's event comes earlier. GTK
 * has connected to that first, so its handler is blocked, and called from the one that is here.
 *
 * A popover has a surface of its own. Where one is open and a button is pressed beside it, GDK closes it and keeps the press: of that click
 * only the release comes here. */
typedef struct
{
  GtkWidget *native;  /* the window, or one of its popovers */
  gulong gtk_handler; /* 0: there is none that could be found */
  gulong handler;
  gboolean is_down; /* of a window: what was pressed has been done already */
} SideButtons;

/* Of the window that @native is, or is in. (nullable) */
static SideButtons *
get_of_window (GtkWidget *native)
{
  GtkRoot *root = gtk_widget_get_root (native);

  return root != NULL ? g_object_get_data (G_OBJECT (root), KEY) : NULL;
}

static void
close_popovers (GtkWidget *native)
{
  for (GtkWidget *widget = native; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_POPOVER (widget))
      gtk_popover_popdown (GTK_POPOVER (widget));
}

static gboolean
walk (SideButtons *buttons, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);
  SideButtons *of_window = get_of_window (buttons->native);
  gboolean is_done;
  guint button;

  if (of_window == NULL || (type != GDK_BUTTON_PRESS && type != GDK_BUTTON_RELEASE))
    return FALSE;
  button = gdk_button_event_get_button (event);
  if (button != BACK_BUTTON && button != FORWARD_BUTTON)
    return FALSE;
  is_done = type == GDK_BUTTON_RELEASE && of_window->is_down;
  of_window->is_down = type == GDK_BUTTON_PRESS;
  if (is_done)
    return TRUE;
  close_popovers (buttons->native);
  gtk_widget_activate_action (of_window->native, button == BACK_BUTTON ? "win.back" : "win.forward", NULL);
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
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (buttons->native));

  buttons->gtk_handler
      = g_signal_handler_find (surface, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                               g_signal_lookup ("event", GDK_TYPE_SURFACE), 0, NULL, NULL, buttons->native);
  if (buttons->gtk_handler != 0)
    g_signal_handler_block (surface, buttons->gtk_handler);
  buttons->handler = g_signal_connect (surface, "event", G_CALLBACK (event_cb), buttons);
}

/* The surface is still there. */
static void
unrealize_cb (SideButtons *buttons)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (buttons->native));

  g_clear_signal_handler (&buttons->handler, surface);
  buttons->gtk_handler = 0;
}

static SideButtons *
add_to (GtkWidget *native)
{
  SideButtons *buttons = g_new0 (SideButtons, 1);

  buttons->native = native;
  g_signal_connect_swapped (native, "unrealize", G_CALLBACK (unrealize_cb), buttons);
  g_object_set_data_full (G_OBJECT (native), KEY, buttons, g_free);
  return buttons;
}

/* Whatever made the popover: menus and lists have theirs made by GTK. */
static gboolean
popover_realized_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (values);
  SideButtons *buttons;

  if (!GTK_IS_POPOVER (widget) || get_of_window (widget) == NULL)
    return G_SOURCE_CONTINUE;
  buttons = g_object_get_data (G_OBJECT (widget), KEY);
  realize_cb (buttons != NULL ? buttons : add_to (widget));
  return G_SOURCE_CONTINUE;
}

void
lens_side_buttons_add (GtkWindow *window)
{
  static gsize is_hooked;
  SideButtons *buttons = add_to (GTK_WIDGET (window));

  g_signal_connect_swapped (window, "realize", G_CALLBACK (realize_cb), buttons);
  if (g_once_init_enter (&is_hooked))
    {
      g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, popover_realized_cb, NULL,
                                  NULL);
      g_once_init_leave (&is_hooked, 1);
    }
}
