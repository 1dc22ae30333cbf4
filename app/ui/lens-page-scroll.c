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
