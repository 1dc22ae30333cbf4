#include "lens-graph-drawing.h"

#include "lens-texture.h"
#include "lens-theme.h"

#include <math.h>

#define MAX_TEXTURE_PX 4096.0
#define MAX_TEXTURE_AREA (8.0 * 1024 * 1024)

struct _LensGraphDrawing
{
  LensHostGraph *graph;  /* owned */
  LensGraphMarks *marks; /* owned (nullable) */
  LensPoint *points;     /* owned */
  LensSize *sizes;       /* owned */
  char *font_family;     /* owned */
  LensGraphStyle style;
  graphene_rect_t bounds;
  double scale;             /* pixels of the image for a unit */
  cairo_surface_t *surface; /* owned (nullable) */
};

LensGraphDrawing *
lens_graph_drawing_new (const LensGraphScene *scene, GtkWidget *widget, const LensGraphMarks *marks)
{
  LensGraphDrawing *drawing = g_new0 (LensGraphDrawing, 1);

  drawing->graph = lens_host_graph_ref (scene->graph);
  drawing->marks = marks != NULL ? lens_graph_marks_ref ((LensGraphMarks *) marks) : NULL;
  drawing->points = g_memdup2 (scene->drawn_points, scene->n_nodes * sizeof *scene->drawn_points);
  drawing->sizes = g_memdup2 (scene->drawn_sizes, scene->n_nodes * sizeof *scene->drawn_sizes);
  drawing->style = lens_theme_get_graph (widget, &drawing->font_family);
  drawing->bounds = lens_graph_scene_get_edge_bounds (scene);
  drawing->scale = scene->scale * gtk_widget_get_scale_factor (widget);
  return drawing;
}

void
lens_graph_drawing_free (LensGraphDrawing *drawing)
{
  g_clear_pointer (&drawing->surface, cairo_surface_destroy);
  g_clear_pointer (&drawing->marks, lens_graph_marks_unref);
  lens_host_graph_unref (drawing->graph);
  g_free (drawing->points);
  g_free (drawing->sizes);
  g_free (drawing->font_family);
  g_free (drawing);
}

gboolean
lens_graph_drawing_is_small (const LensGraphDrawing *drawing)
{
  double width = ceil (drawing->bounds.size.width * drawing->scale);
  double height = ceil (drawing->bounds.size.height * drawing->scale);

  return width <= MAX_TEXTURE_PX && height <= MAX_TEXTURE_PX && width * height <= MAX_TEXTURE_AREA;
}

static void
draw (LensGraphDrawing *drawing, cairo_t *cr)
{
  lens_graph_picture_draw_edges (cr, drawing->graph, drawing->points, drawing->sizes, &drawing->style,
                                 lens_graph_marks_get_emphasis (drawing->marks));
}

void
lens_graph_drawing_run (LensGraphDrawing *drawing)
{
  double width = ceil (drawing->bounds.size.width * drawing->scale);
  double height = ceil (drawing->bounds.size.height * drawing->scale);
  cairo_t *cr;

  drawing->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cr = cairo_create (drawing->surface);
  cairo_scale (cr, drawing->scale, drawing->scale);
  cairo_translate (cr, -drawing->bounds.origin.x, -drawing->bounds.origin.y);
  draw (drawing, cr);
  cairo_destroy (cr);
}

GskRenderNode *
lens_graph_drawing_to_node (LensGraphDrawing *drawing)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  const graphene_rect_t *bounds = &drawing->bounds;

  if (drawing->surface != NULL)
    {
      double width = cairo_image_surface_get_width (drawing->surface);
      double height = cairo_image_surface_get_height (drawing->surface);
      g_autoptr (GdkTexture) texture = lens_texture_new_from_surface (g_steal_pointer (&drawing->surface));

      gtk_snapshot_append_texture (snapshot, texture,
                                   &GRAPHENE_RECT_INIT (bounds->origin.x, bounds->origin.y,
                                                        (float) (width / drawing->scale),
                                                        (float) (height / drawing->scale)));
    }
  else
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);

      draw (drawing, cr);
      cairo_destroy (cr);
    }
  return gtk_snapshot_free_to_node (snapshot);
}
