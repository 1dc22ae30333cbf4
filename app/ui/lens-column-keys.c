#include "lens-column-keys.h"

#include "lens-column-titles.h"

#define N_KEYS 9

static gboolean
sort_cb (GtkWidget *widget, GVariant *number, gpointer user_data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (view), g_variant_get_uint32 (number));

  if (column == NULL || gtk_column_view_column_get_sorter (column) == NULL)
    return FALSE;
  lens_column_titles_sort (view, g_variant_get_uint32 (number));
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

void
lens_column_keys_set_cell (GtkListItem *item, GtkWidget *child)
{
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, child);
}

GtkWidget *
lens_column_keys_get_list (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}
