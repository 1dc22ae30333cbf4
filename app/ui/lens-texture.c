#include "lens-texture.h"

#define SURFACE_KEY "lens-surface"

GdkTexture *
lens_texture_new_from_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
  g_object_set_data_full (G_OBJECT (texture), SURFACE_KEY, cairo_surface_reference (surface),
                          (GDestroyNotify) cairo_surface_destroy);
  return texture;
}

/* In software: with a frame, GTK 4.8's cairo renderer copies a texture out, pixel by pixel by way of floating point, before it draws it. That is most
 * of what a frame takes. */
static gboolean
is_drawn_by_cairo (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer);
}

void
lens_texture_append (GtkSnapshot *snapshot,
                     GtkWidget *widget,
                     GdkTexture *texture,
                     const graphene_rect_t *bounds)
{
  cairo_surface_t *surface = g_object_get_data (G_OBJECT (texture), SURFACE_KEY);
  double x_scale = 1;
  double y_scale = 1;
  cairo_t *cr;

  if (surface == NULL || !is_drawn_by_cairo (widget))
    {
      gtk_snapshot_append_texture (snapshot, texture, bounds);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_translate (cr, bounds->origin.x, bounds->origin.y);
  cairo_surface_get_device_scale (surface, &x_scale, &y_scale);
  cairo_scale (cr, bounds->size.width * x_scale / gdk_texture_get_width (texture),
               bounds->size.height * y_scale / gdk_texture_get_height (texture));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}
