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
  gsize n_undrawn;
};

/* What @widget shows and @margin times its size on each side, as far as there is something, in units of the scene. */
static graphene_rect_t
get_part (const LensGraphScene *scene, GtkWidget *widget, const LensViewport *viewport, double margin)
{
  graphene_rect_t bounds = lens_graph_scene_get_edge_bounds (scene);
  double width = gtk_widget_get_width (widget) / scene->scale;
  double height = gtk_widget_get_height (widget) / scene->scale;
  graphene_rect_t seen
      = GRAPHENE_RECT_INIT ((float) (-viewport->shift_x / scene->scale - margin * width),
                            (float) (-viewport->shift_y / scene->scale - margin * height),
                            (float) ((1 + 2 * margin) * width), (float) ((1 + 2 * margin) * height));
  graphene_rect_t part;

  /* Nothing of the graph is in sight. */
  if (!graphene_rect_intersection (&seen, &bounds, &part))
    part = GRAPHENE_RECT_INIT (bounds.origin.x, bounds.origin.y, 1, 1);
  return part;
}

gboolean
lens_graph_drawing_covers (const graphene_rect_t *drawn,
                           const LensGraphScene *scene,
                           GtkWidget *widget,
                           const LensViewport *viewport)
{
  graphene_rect_t seen = get_part (scene, widget, viewport, 0);
  graphene_rect_t enough = *drawn;

  /* For the roundings on the way. */
  graphene_rect_inset (&enough, -1, -1);
  return graphene_rect_contains_rect (&enough, &seen);
}

graphene_rect_t
lens_graph_drawing_get_bounds (const LensGraphDrawing *drawing)
{
  return drawing->bounds;
}

LensGraphDrawing *
lens_graph_drawing_new (const LensGraphScene *scene,
                        GtkWidget *widget,
                        const LensGraphMarks *marks,
                        const LensViewport *viewport)
{
  static const double margins[] = { 0.5, 0.25, 0 };
  LensGraphDrawing *drawing = g_new0 (LensGraphDrawing, 1);

  drawing->graph = lens_host_graph_ref (scene->graph);
  drawing->marks = marks != NULL ? lens_graph_marks_ref ((LensGraphMarks *) marks) : NULL;
  drawing->points = g_memdup2 (scene->drawn_points, scene->n_nodes * sizeof *scene->drawn_points);
  drawing->sizes = g_memdup2 (scene->drawn_sizes, scene->n_nodes * sizeof *scene->drawn_sizes);
  drawing->style = lens_theme_get_graph (widget, &drawing->font_family);
  drawing->bounds = lens_graph_scene_get_edge_bounds (scene);
  drawing->scale = scene->scale * gtk_widget_get_scale_factor (widget);
  for (gsize i = 0; viewport != NULL && i < G_N_ELEMENTS (margins) && !lens_graph_drawing_is_small (drawing);
       i++)
    drawing->bounds = get_part (scene, widget, viewport, margins[i]);
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
  drawing->n_undrawn
      = lens_graph_picture_draw_edges (cr, drawing->graph, drawing->points, drawing->sizes, &drawing->style,
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

gsize
lens_graph_drawing_get_n_undrawn (const LensGraphDrawing *drawing, gsize *n_edges)
{
  lens_host_graph_get_edges (drawing->graph, n_edges);
  return drawing->n_undrawn;
}

GskRenderNode *
lens_graph_drawing_to_node (LensGraphDrawing *drawing, GtkWidget *widget)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  const graphene_rect_t *bounds = &drawing->bounds;

  if (drawing->surface != NULL)
    {
      double width = cairo_image_surface_get_width (drawing->surface);
      double height = cairo_image_surface_get_height (drawing->surface);
      g_autoptr (GdkTexture) texture = lens_texture_new_from_surface (g_steal_pointer (&drawing->surface));

      lens_texture_append (snapshot, widget, texture,
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
