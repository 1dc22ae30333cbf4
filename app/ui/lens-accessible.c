#include "lens-accessible.h"

static void
name_both (GtkWidget *wrapper, const char *name)
{
  GtkWidget *toggle = gtk_widget_get_first_child (wrapper);

  gtk_accessible_update_property (GTK_ACCESSIBLE (wrapper), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (!GTK_IS_TOGGLE_BUTTON (toggle))
    return;
  /* Without this the name would be read twice. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
lens_accessible_name_drop_down (GtkDropDown *drop_down, const char *name)
{
  name_both (GTK_WIDGET (drop_down), name);
}

void
lens_accessible_name_menu_button (GtkMenuButton *button, const char *name)
{
  name_both (GTK_WIDGET (button), name);
}

void
lens_accessible_take_button_name (GtkWidget *button, char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_free (name);
}
