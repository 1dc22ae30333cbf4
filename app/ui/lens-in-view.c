#include "lens-in-view.h"

#define WATCH_KEY "lens-in-view-watch"

typedef struct
{
  LensDrawQueue *queue; /* owned */
  LensDrawFunc moved;
  gulong map_handler;
} Watch;

static GtkWidget *
find_viewport (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
}

gboolean
lens_in_view_get (GtkWidget *widget)
{
  GtkWidget *viewport = find_viewport (widget);
  graphene_rect_t bounds;
  graphene_rect_t seen;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (viewport == NULL)
    return TRUE;
  seen = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (viewport),
                             (float) gtk_widget_get_height (viewport));
  return gtk_widget_compute_bounds (widget, viewport, &bounds)
         && graphene_rect_intersection (&bounds, &seen, NULL);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_object_unref (watch->queue);
  g_free (watch);
}

/* In the middle of an allocation, perhaps. */
static void
moved_cb (GtkWidget *widget)
{
  const Watch *watch = g_object_get_data (G_OBJECT (widget), WATCH_KEY);

  lens_draw_queue_push (watch->queue, G_OBJECT (widget), watch->moved);
}

/* It is on a page now. */
static void
mapped_cb (GtkWidget *widget)
{
  GtkWidget *viewport = find_viewport (widget);
  Watch *watch = g_object_get_data (G_OBJECT (widget), WATCH_KEY);
  GtkAdjustment *adjustment;

  g_clear_signal_handler (&watch->map_handler, widget);
  if (viewport == NULL)
    return;
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (moved_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (moved_cb), widget, G_CONNECT_SWAPPED);
}

void
lens_in_view_watch (GtkWidget *widget, LensDrawQueue *queue, LensDrawFunc moved)
{
  Watch *watch = g_new (Watch, 1);

  *watch = (Watch){ g_object_ref (queue), moved,
                    g_signal_connect (widget, "map", G_CALLBACK (mapped_cb), NULL) };
  g_object_set_data_full (G_OBJECT (widget), WATCH_KEY, watch, watch_free);
}
