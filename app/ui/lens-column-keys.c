#include "lens-column-keys.h"

#define N_KEYS 9

/* Kept on the view: the column that keys have sorted by last, and how. */
#define LAST_COLUMN "lens-last-column"
#define LAST_ORDER "lens-last-order"

static gboolean
sort_cb (GtkWidget *widget, GVariant *number, gpointer user_data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (view), g_variant_get_uint32 (number));
  GtkSortType order = GTK_SORT_ASCENDING;

  if (column == NULL || gtk_column_view_column_get_sorter (column) == NULL)
    return FALSE;
  if (g_object_get_data (G_OBJECT (view), LAST_COLUMN) == column
      && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (view), LAST_ORDER)) == GTK_SORT_ASCENDING)
    order = GTK_SORT_DESCENDING;
  /* Only ever compared. */
  g_object_set_data (G_OBJECT (view), LAST_COLUMN, column);
  g_object_set_data (G_OBJECT (view), LAST_ORDER, GINT_TO_POINTER (order));
  gtk_column_view_sort_by_column (view, column, order);
  return TRUE;
}

void
lens_column_keys_attach (GtkColumnView *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *trigger = g_strdup_printf ("<Control>%u|<Control>KP_%u", i + 1, i + 1);
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                gtk_callback_action_new (sort_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (i));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}

GtkWidget *
lens_column_keys_get_list (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}
