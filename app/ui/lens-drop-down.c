#include "lens-drop-down.h"

static void
set_follows_focus (GtkDropDown *drop_down, gboolean follows)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (drop_down), GTK_TYPE_VIEWPORT);

  if (viewport != NULL)
    gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), follows);
}

static void
map_cb (GtkDropDown *drop_down)
{
  set_follows_focus (drop_down, FALSE);
}

static void
unmap_cb (GtkDropDown *drop_down)
{
  set_follows_focus (drop_down, TRUE);
}

void
lens_drop_down_keep_page_still (GtkDropDown *drop_down)
{
  GtkWidget *popover = gtk_widget_get_last_child (GTK_WIDGET (drop_down));

  g_return_if_fail (GTK_IS_POPOVER (popover));

  g_signal_connect_object (popover, "map", G_CALLBACK (map_cb), drop_down, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "unmap", G_CALLBACK (unmap_cb), drop_down, G_CONNECT_SWAPPED);
}
