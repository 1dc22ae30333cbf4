#include "lens-popover-focus.h"

/* Kept with the popover. */
typedef struct
{
  GtkPopover *popover;
  GWeakRef widget; /* where the keys are to go */
  guint idle_id;
} Return;

static void
return_free (gpointer data)
{
  Return *back = data;

  g_clear_handle_id (&back->idle_id, g_source_remove);
  g_weak_ref_clear (&back->widget);
  g_free (back);
}

/* Whether the keys are with a widget that takes them, outside of the popover. What is around @widget has them by GTK's choice alone. */
static gboolean
is_in_use (GtkWidget *focus, GtkPopover *popover, GtkWidget *widget)
{
  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_get_focusable (focus)
         && focus != GTK_WIDGET (popover) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (popover))
         && !gtk_widget_is_ancestor (widget, focus);
}

static gboolean
return_cb (gpointer user_data)
{
  Return *back = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&back->widget);
  GtkRoot *root = widget != NULL ? gtk_widget_get_root (widget) : NULL;

  back->idle_id = 0;
  /* It may have come up anew by now. */
  if (root != NULL && !gtk_widget_get_mapped (GTK_WIDGET (back->popover))
      && !is_in_use (gtk_root_get_focus (root), back->popover, widget))
    gtk_widget_grab_focus (widget);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover, gpointer user_data)
{
  Return *back = user_data;

  /* After what was chosen is done, and before another layout that it asked for replaces the widget. */
  if (back->idle_id == 0)
    back->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, return_cb, back, NULL);
}

void
lens_popover_focus_return_to (GtkPopover *popover, GtkWidget *widget)
{
  Return *back = g_object_get_data (G_OBJECT (popover), "lens-popover-focus");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (popover));

  if (back == NULL)
    {
      back = g_new0 (Return, 1);
      back->popover = popover;
      g_weak_ref_init (&back->widget, NULL);
      g_object_set_data_full (G_OBJECT (popover), "lens-popover-focus", back, return_free);
      g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), back);
    }
  if (widget == NULL && root != NULL)
    widget = gtk_root_get_focus (root);
  g_weak_ref_set (&back->widget, widget);
}
