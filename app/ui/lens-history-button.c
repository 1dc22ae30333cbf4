#include "lens-history-button.h"

#include <glib/gi18n.h>

/* Steps that are listed, how much of a filter is said, and how much of that is its begin. */
#define MAX_STEPS 15
#define MAX_CHARS 80
#define BEGIN_CHARS 30

struct _LensHistoryButton
{
  GtkButton parent_instance;
  LensSession *session;
  gboolean is_back;
  GtkWidget *menu; /* a child; NULL until it is asked for */
};

G_DEFINE_FINAL_TYPE (LensHistoryButton, lens_history_button, GTK_TYPE_BUTTON)

/* A filter in a line, a long one without its middle: what a step added is at its end, which the step before has not. Menus take an underscore
 * for a mnemonic. (transfer full) */
static char *
describe (const LensFilter *filter)
{
  g_autofree char *words = lens_filter_describe (filter);
  g_autoptr (GString) text = g_string_new (words != NULL ? words : _ ("Everything"));
  glong length = g_utf8_strlen (text->str, -1);

  if (length > MAX_CHARS)
    {
      const char *middle = g_utf8_offset_to_pointer (text->str, BEGIN_CHARS);
      const char *end = g_utf8_offset_to_pointer (middle, length - MAX_CHARS + 1);
      gssize at = middle - text->str;

      g_string_erase (text, at, end - middle);
      g_string_insert (text, at, "…");
    }
  g_string_replace (text, "_", "__", 0);
  return g_strdup (text->str);
}

/* The nearest step first. (transfer full) */
static GMenuModel *
list_steps (LensHistoryButton *self)
{
  GMenu *menu = g_menu_new ();

  for (int i = 1; i <= MAX_STEPS; i++)
    {
      int steps = self->is_back ? -i : i;
      const LensFilter *filter = lens_session_get_step (self->session, steps);
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *label = NULL;

      if (filter == NULL)
        break;
      label = describe (filter);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.go", "i", steps);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* The menu took the release of the press that it came with: without this the button would look pressed from then on. */
static void
closed_cb (LensHistoryButton *self)
{
  for (GtkWidget *widget = gtk_button_get_child (GTK_BUTTON (self));
       widget != NULL && widget != gtk_widget_get_parent (GTK_WIDGET (self));
       widget = gtk_widget_get_parent (widget))
    gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_ACTIVE);
}

static void
show_menu (LensHistoryButton *self)
{
  g_autoptr (GMenuModel) steps = NULL;

  /* What is being tried is a step too. */
  lens_session_keep_filter (self->session);
  steps = list_steps (self);
  if (g_menu_model_get_n_items (steps) == 0)
    return;
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (steps);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), steps);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  show_menu (LENS_HISTORY_BUTTON (widget));
  return TRUE;
}

static void
secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensHistoryButton *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self);
}

/* The press that became long is no click of the button any more. */
static void
long_press_cb (GtkGestureLongPress *gesture, double x, double y, LensHistoryButton *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self);
}

static void
lens_history_button_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LensHistoryButton *self = LENS_HISTORY_BUTTON (widget);

  GTK_WIDGET_CLASS (lens_history_button_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
lens_history_button_dispose (GObject *object)
{
  LensHistoryButton *self = LENS_HISTORY_BUTTON (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lens_history_button_parent_class)->dispose (object);
}

static void
lens_history_button_class_init (LensHistoryButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_history_button_dispose;
  widget_class->size_allocate = lens_history_button_size_allocate;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
lens_history_button_init (LensHistoryButton *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (long_press_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

void
lens_history_button_set_session (LensHistoryButton *self, LensSession *session, gboolean is_back)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->is_back = is_back;
}
