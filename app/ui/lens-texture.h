/* Cairo pictures as GDK textures. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @surface: (transfer full), an image surface with 8 bits a channel that nobody draws on any more. (transfer full) */
GdkTexture *lens_texture_new_from_surface (cairo_surface_t *surface);

/* Appends a texture of ours, stretched to @bounds, the way that the renderer of @widget's window draws quickly. */
void lens_texture_append (GtkSnapshot *snapshot,
                          GtkWidget *widget,
                          GdkTexture *texture,
                          const graphene_rect_t *bounds);

G_END_DECLS
