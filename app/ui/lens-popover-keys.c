#include "lens-popover-keys.h"

static gboolean
is_accelerator (const char *accelerator, GdkEvent *event)
{
  g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (accelerator);

  return trigger != NULL && gtk_shortcut_trigger_trigger (trigger, event, FALSE) == GDK_KEY_MATCH_EXACT;
}

/* The action whose accelerator was pressed. (transfer full) (nullable) */
static char *
find_action (GtkApplication *application, GdkEvent *event)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);

  for (gsize i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accelerators = gtk_application_get_accels_for_action (application, actions[i]);

      for (gsize j = 0; accelerators[j] != NULL; j++)
        if (is_accelerator (accelerators[j], event))
          return g_strdup (actions[i]);
    }
  return NULL;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint keyval,
            guint keycode,
            GdkModifierType state,
            gpointer user_data)
{
  GtkWidget *popover = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkRoot *window = gtk_widget_get_root (popover);
  GApplication *application = g_application_get_default ();
  g_autofree char *action = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (window == NULL || !GTK_IS_APPLICATION (application))
    return GDK_EVENT_PROPAGATE;
  action = find_action (GTK_APPLICATION (application),
                        gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller)));
  if (action == NULL || !g_action_parse_detailed_name (action, &name, &target, NULL))
    return GDK_EVENT_PROPAGATE;
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target);
  return GDK_EVENT_STOP;
}

void
lens_popover_keys_add (GtkPopover *popover)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (popover), keys);
}
