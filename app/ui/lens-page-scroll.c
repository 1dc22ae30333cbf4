#include "lens-page-scroll.h"

void
lens_page_scroll_to (GtkWidget *widget, double y, double reach_px)
{
  GtkWidget *port = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  double page_x, page_y;

  if (port == NULL
      || !gtk_widget_translate_coordinates (widget, gtk_viewport_get_child (GTK_VIEWPORT (port)), 0, y,
                                            &page_x, &page_y))
    return;
  gtk_adjustment_clamp_page (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (port)), page_y - reach_px,
                             page_y + reach_px);
}

graphene_point_t
lens_page_get_pointer (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  GdkDevice *device = gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_surface_get_display (surface)));
  double x = -1, y = -1;

  if (device != NULL)
    gdk_surface_get_device_position (surface, device, &x, &y, NULL);
  return GRAPHENE_POINT_INIT ((float) x, (float) y);
}
