#include "lens-graph-picture.h"

#include "lens-graph-edge-path.h"

#include <math.h>
#include <pango/pangocairo.h>

#define MIN_LINE_WIDTH 1.0
#define MAX_LINE_WIDTH 6.0
#define ARROW_LENGTH 9.0
#define LABEL_SCALE 0.85
#define NODE_PADDING_X 12.0
#define NODE_PADDING_Y 6.0
#define NODE_RADIUS 7.0
#define DIMMED_ALPHA 0.18
#define PAGE_MARGIN 36.0
#define TITLE_SIZE 15.0
#define MAX_PAGE_SCALE 1.5

LensGraphStyle
lens_graph_style_light (void)
{
  return (LensGraphStyle){
    .background = { 1, 1, 1, 1 },
    .foreground = { 0.13, 0.13, 0.15, 1 },
    .edge = { 0.21, 0.40, 0.66, 1 },
    .node_fill = { 0.90, 0.94, 0.99, 1 },
    .node_border = { 0.21, 0.40, 0.66, 1 },
    .label_background = { 1, 1, 1, 0.85 },
    .font_family = "sans-serif",
    .font_size = 10,
  };
}

static void
set_color (cairo_t *cr, const LensColor *color, gboolean is_dimmed)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue,
                         color->alpha * (is_dimmed ? DIMMED_ALPHA : 1));
}

static PangoLayout *
new_text (PangoContext *context, const LensGraphStyle *style, const char *text, double size)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, style->font_family != NULL ? style->font_family : "sans-serif");
  /* Absolute: a point of the picture, whatever the resolution of a screen. */
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

/* A context that measures as a PDF draws, without the hinting of a screen. (transfer full) */
static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

LensSize *
lens_graph_picture_measure_nodes (const LensHostGraph *graph, const LensGraphStyle *style)
{
  PangoContext *context = new_context ();
  LensSize *sizes;
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  sizes = g_new (LensSize, MAX (n_nodes, 1));
  for (gsize i = 0; i < n_nodes; i++)
    {
      g_autofree char *text = lens_host_graph_describe_node (graph, i);
      g_autoptr (PangoLayout) layout = new_text (context, style, text, style->font_size);
      int width, height;

      pango_layout_get_size (layout, &width, &height);
      sizes[i].width = (double) width / PANGO_SCALE + 2 * NODE_PADDING_X;
      sizes[i].height = (double) height / PANGO_SCALE + 2 * NODE_PADDING_Y;
    }
  g_object_unref (context);
  return sizes;
}

static void
draw_arrow (cairo_t *cr, const LensEdgePath *path, double line_width)
{
  LensPoint tip = path->points[LENS_EDGE_PATH_POINTS - 1];
  double length = ARROW_LENGTH + line_width;
  LensPoint back = path->points[LENS_EDGE_PATH_POINTS - 2];
  double angle;

  /* As far back along the curve as the arrow is long, so that it points the way the curve comes. */
  for (guint i = LENS_EDGE_PATH_POINTS - 1; i > 0; i--)
    {
      back = path->points[i - 1];
      if (hypot (tip.x - back.x, tip.y - back.y) >= length)
        break;
    }
  angle = atan2 (tip.y - back.y, tip.x - back.x);
  cairo_move_to (cr, tip.x, tip.y);
  cairo_line_to (cr, tip.x - length * cos (angle - 0.4), tip.y - length * sin (angle - 0.4));
  cairo_line_to (cr, tip.x - length * cos (angle + 0.4), tip.y - length * sin (angle + 0.4));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_line (cairo_t *cr, const LensEdgePath *path, double strength)
{
  double line_width = MIN_LINE_WIDTH + (MAX_LINE_WIDTH - MIN_LINE_WIDTH) * sqrt (strength);
  LensPoint tip = path->points[LENS_EDGE_PATH_POINTS - 1];

  cairo_new_path (cr);
  cairo_move_to (cr, path->points[0].x, path->points[0].y);
  /* A thick line ends inside its arrow, not beside the arrow's point. */
  for (guint i = 1; i < LENS_EDGE_PATH_POINTS; i++)
    if (hypot (tip.x - path->points[i].x, tip.y - path->points[i].y) >= ARROW_LENGTH * 0.7)
      cairo_line_to (cr, path->points[i].x, path->points[i].y);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  draw_arrow (cr, path, line_width);
}

static void
draw_label (cairo_t *cr,
            PangoContext *context,
            const LensGraphStyle *style,
            const LensEdgePath *path,
            gboolean has_twin,
            const char *text,
            gboolean is_dimmed)
{
  /* Two edges between the same hosts keep their labels off each other: each nearer to where it ends. */
  LensPoint at = path->points[has_twin ? (LENS_EDGE_PATH_POINTS - 1) * 6 / 10 : LENS_EDGE_PATH_POINTS / 2];
  g_autoptr (PangoLayout) layout = new_text (context, style, text, style->font_size * LABEL_SCALE);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  set_color (cr, &style->label_background, is_dimmed);
  cairo_rectangle (cr, at.x - width / 2.0 - 2, at.y - height / 2.0, width + 4, height);
  cairo_fill (cr);
  set_color (cr, &style->foreground, is_dimmed);
  cairo_move_to (cr, at.x - width / 2.0, at.y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static gboolean
is_edge_dimmed (const LensGraphEmphasis *emphasis, gsize edge)
{
  return emphasis != NULL && emphasis->edges != NULL && emphasis->edges[edge] == 0;
}

static gboolean
is_node_dimmed (const LensGraphEmphasis *emphasis, gsize node)
{
  return emphasis != NULL && emphasis->nodes != NULL && emphasis->nodes[node] == 0;
}

void
lens_graph_picture_draw_edges (cairo_t *cr,
                               const LensHostGraph *graph,
                               const LensPoint *points,
                               const LensSize *sizes,
                               const LensGraphStyle *style,
                               const LensGraphEmphasis *emphasis)
{
  g_autofree guint8 *has_twin = lens_edge_path_find_twins (graph);
  PangoContext *context = new_context ();
  g_autofree LensEdgePath *paths = NULL;
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

  cairo_save (cr);
  paths = g_new (LensEdgePath, MAX (n_edges, 1));
  for (gsize i = 0; i < n_edges; i++)
    {
      paths[i] = lens_edge_path_new (&edges[i], has_twin[i], points, sizes);
      if (!paths[i].is_visible)
        continue;
      set_color (cr, &style->edge, is_edge_dimmed (emphasis, i));
      draw_line (cr, &paths[i], lens_host_graph_get_edge_strength (graph, i));
    }
  /* All labels above all lines; those that don't stand out below those that do. */
  for (guint pass = 0; pass < 2; pass++)
    for (gsize i = 0; i < n_edges; i++)
      {
        gboolean is_dimmed = is_edge_dimmed (emphasis, i);

        if (paths[i].is_visible && is_dimmed == (pass == 0))
          {
            g_autofree char *text = lens_host_graph_describe_edge (graph, i);

            draw_label (cr, context, style, &paths[i], has_twin[i], text, is_dimmed);
          }
      }
  cairo_restore (cr);
  g_object_unref (context);
}

static void
draw_node (cairo_t *cr,
           PangoContext *context,
           const LensGraphStyle *style,
           LensPoint centre,
           LensSize size,
           const char *text,
           gboolean is_dimmed)
{
  g_autoptr (PangoLayout) layout = new_text (context, style, text, style->font_size);
  double left = centre.x - size.width / 2;
  double top = centre.y - size.height / 2;
  int width, height;

  cairo_new_path (cr);
  cairo_arc (cr, left + size.width - NODE_RADIUS, top + NODE_RADIUS, NODE_RADIUS, -G_PI_2, 0);
  cairo_arc (cr, left + size.width - NODE_RADIUS, top + size.height - NODE_RADIUS, NODE_RADIUS, 0, G_PI_2);
  cairo_arc (cr, left + NODE_RADIUS, top + size.height - NODE_RADIUS, NODE_RADIUS, G_PI_2, G_PI);
  cairo_arc (cr, left + NODE_RADIUS, top + NODE_RADIUS, NODE_RADIUS, G_PI, G_PI + G_PI_2);
  cairo_close_path (cr);
  set_color (cr, &style->background, FALSE);
  cairo_fill_preserve (cr);
  set_color (cr, &style->node_fill, is_dimmed);
  cairo_fill_preserve (cr);
  set_color (cr, &style->node_border, is_dimmed);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);

  pango_layout_get_size (layout, &width, &height);
  set_color (cr, &style->foreground, is_dimmed);
  cairo_move_to (cr, centre.x - (double) width / PANGO_SCALE / 2,
                 centre.y - (double) height / PANGO_SCALE / 2);
  pango_cairo_show_layout (cr, layout);
}

/* Scales and shifts so that all nodes are in the rectangle, in its middle. */
static void
fit_into (cairo_t *cr,
          double x,
          double y,
          double width,
          double height,
          const LensPoint *points,
          const LensSize *sizes,
          gsize n_nodes)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;
  double scale;

  for (gsize i = 0; i < n_nodes; i++)
    {
      left = MIN (left, points[i].x - sizes[i].width / 2);
      right = MAX (right, points[i].x + sizes[i].width / 2);
      top = MIN (top, points[i].y - sizes[i].height / 2);
      bottom = MAX (bottom, points[i].y + sizes[i].height / 2);
    }
  scale = MIN (width / MAX (right - left, 1), height / MAX (bottom - top, 1));
  scale = MIN (scale, MAX_PAGE_SCALE);
  cairo_translate (cr, x + (width - (right - left) * scale) / 2, y + (height - (bottom - top) * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -left, -top);
}

void
lens_graph_picture_draw (cairo_t *cr,
                         double width,
                         double height,
                         const char *title,
                         const LensHostGraph *graph,
                         const LensPoint *points,
                         const LensSize *sizes,
                         const LensGraphStyle *style,
                         const LensGraphEmphasis *emphasis)
{
  PangoContext *context = new_context ();
  g_autoptr (PangoLayout) heading = new_text (context, style, title, TITLE_SIZE);
  int heading_height;
  gsize n_nodes;

  cairo_save (cr);
  lens_host_graph_get_nodes (graph, &n_nodes);
  set_color (cr, &style->background, FALSE);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);

  pango_layout_set_width (heading, (int) (MAX (width - 2 * PAGE_MARGIN, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (heading, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (heading, NULL, &heading_height);
  set_color (cr, &style->foreground, FALSE);
  cairo_move_to (cr, PAGE_MARGIN, PAGE_MARGIN);
  pango_cairo_show_layout (cr, heading);

  if (n_nodes > 0)
    {
      double top = PAGE_MARGIN + heading_height + 12;

      fit_into (cr, PAGE_MARGIN, top, width - 2 * PAGE_MARGIN, height - top - PAGE_MARGIN, points, sizes,
                n_nodes);
      lens_graph_picture_draw_edges (cr, graph, points, sizes, style, emphasis);
      for (gsize i = 0; i < n_nodes; i++)
        {
          g_autofree char *text = lens_host_graph_describe_node (graph, i);

          draw_node (cr, context, style, points[i], sizes[i], text, is_node_dimmed (emphasis, i));
        }
    }
  cairo_restore (cr);
  g_object_unref (context);
}

gboolean
lens_graph_picture_find_edge (const LensHostGraph *graph,
                              const LensPoint *points,
                              const LensSize *sizes,
                              double x,
                              double y,
                              double tolerance,
                              gsize *edge)
{
  g_autofree guint8 *has_twin = lens_edge_path_find_twins (graph);
  double nearest = tolerance;
  gboolean is_found = FALSE;
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

  for (gsize i = 0; i < n_edges; i++)
    {
      LensEdgePath path = lens_edge_path_new (&edges[i], has_twin[i], points, sizes);
      double distance = lens_edge_path_get_distance (&path, x, y);

      if (distance <= nearest)
        {
          nearest = distance;
          *edge = i;
          is_found = TRUE;
        }
    }
  return is_found;
}
