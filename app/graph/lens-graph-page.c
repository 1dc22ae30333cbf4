/* lens_graph_picture_draw(): a whole page with a title, the edges and the nodes. */
#include "lens-graph-ink.h"

#include <math.h>

#define NODE_RADIUS 7.0
#define PAGE_MARGIN 36.0
#define TITLE_SIZE 15.0
#define TITLE_GAP 12.0
#define NOTE_SIZE 9.0
#define NOTE_GAP 6.0

/* How a layout is made to fit a page: distances may shrink further than boxes, as far as these don't meet, and the two
 * ways differently, as a page is wider than it is tall. */
#define MAX_STRETCH 1.5
#define MAX_SPREAD 1.5
#define MAX_BOX_SCALE 1.25
#define BOX_GAP 8.0
#define N_HALVINGS 20

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} Area;

typedef struct
{
  double spread_x; /* points of the page for a point between centres */
  double spread_y;
  double box; /* points of the page for a point of a box, its text and the lines */
} PageScale;

/* The bounds of all centres. */
static Area
find_bounds (const LensPoint *points, gsize n_nodes)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (gsize i = 0; i < n_nodes; i++)
    {
      left = MIN (left, points[i].x);
      right = MAX (right, points[i].x);
      top = MIN (top, points[i].y);
      bottom = MAX (bottom, points[i].y);
    }
  return (Area){ left, top, right - left, bottom - top };
}

static LensSize
find_largest (const LensSize *sizes, gsize n_nodes)
{
  LensSize largest = { 1, 1 };

  for (gsize i = 0; i < n_nodes; i++)
    {
      largest.width = MAX (largest.width, sizes[i].width);
      largest.height = MAX (largest.height, sizes[i].height);
    }
  return largest;
}

/* The widest spread of the centres that leaves room for boxes at the scale @box. */
static PageScale
spread_for_box (double box, Area bounds, LensSize largest, const Area *page)
{
  double x = (page->width - largest.width * box) / MAX (bounds.width, 1);
  double y = (page->height - largest.height * box) / MAX (bounds.height, 1);
  PageScale scale = { .box = box };

  x = CLAMP (x, 0, MAX_SPREAD);
  y = CLAMP (y, 0, MAX_SPREAD);
  scale.spread_x = MIN (x, y * MAX_STRETCH);
  scale.spread_y = MIN (y, x * MAX_STRETCH);
  return scale;
}

static gboolean
has_room (const PageScale *scale, const LensPoint *points, const LensSize *sizes, gsize n_nodes)
{
  for (gsize i = 0; i < n_nodes; i++)
    for (gsize j = 0; j < i; j++)
      {
        double apart_x = fabs (points[i].x - points[j].x) * scale->spread_x;
        double apart_y = fabs (points[i].y - points[j].y) * scale->spread_y;

        if (apart_x < ((sizes[i].width + sizes[j].width) / 2 + BOX_GAP) * scale->box
            && apart_y < ((sizes[i].height + sizes[j].height) / 2 + BOX_GAP) * scale->box)
          return FALSE;
      }
  return TRUE;
}

/* The largest boxes for which there is room. Where they meet already, as somebody may have put them, all shrinks alike. */
static PageScale
find_scale (const Area *page, const LensPoint *points, const LensSize *sizes, gsize n_nodes)
{
  Area bounds = find_bounds (points, n_nodes);
  LensSize largest = find_largest (sizes, n_nodes);
  double alike
      = MIN (page->width / (bounds.width + largest.width), page->height / (bounds.height + largest.height));
  double low = MIN (alike, MAX_BOX_SCALE), high = MAX_BOX_SCALE;
  PageScale best = { low, low, low };

  for (guint n = 0; n < N_HALVINGS; n++)
    {
      double middle = (low + high) / 2;
      PageScale scale = spread_for_box (middle, bounds, largest, page);

      if (has_room (&scale, points, sizes, n_nodes))
        {
          best = scale;
          low = middle;
        }
      else
        high = middle;
    }
  return best;
}

/* (transfer full): where the nodes go on the page, in units of a box's point: for a context scaled by scale->box. */
static LensPoint *
put_on_page (const Area *page, const PageScale *scale, const LensPoint *points, gsize n_nodes)
{
  LensPoint *put = g_new (LensPoint, n_nodes);
  Area bounds = find_bounds (points, n_nodes);
  double middle_x = bounds.x + bounds.width / 2;
  double middle_y = bounds.y + bounds.height / 2;

  for (gsize i = 0; i < n_nodes; i++)
    {
      put[i].x = (page->x + page->width / 2 + (points[i].x - middle_x) * scale->spread_x) / scale->box;
      put[i].y = (page->y + page->height / 2 + (points[i].y - middle_y) * scale->spread_y) / scale->box;
    }
  return put;
}

static void
trace_box (cairo_t *cr, LensPoint centre, LensSize size)
{
  double radius = MIN (NODE_RADIUS, MIN (size.width, size.height) / 2);
  double right = centre.x + size.width / 2 - radius;
  double bottom = centre.y + size.height / 2 - radius;
  double left = centre.x - size.width / 2 + radius;
  double top = centre.y - size.height / 2 + radius;

  cairo_new_path (cr);
  cairo_arc (cr, right, top, radius, -G_PI_2, 0);
  cairo_arc (cr, right, bottom, radius, 0, G_PI_2);
  cairo_arc (cr, left, bottom, radius, G_PI_2, G_PI);
  cairo_arc (cr, left, top, radius, G_PI, G_PI + G_PI_2);
  cairo_close_path (cr);
}

static void
draw_node (cairo_t *cr,
           const LensGraphStyle *style,
           PangoLayout *text,
           LensPoint centre,
           LensSize size,
           gboolean is_others,
           gboolean is_dimmed)
{
  const double dashes[] = { 3, 2 };

  trace_box (cr, centre, size);
  lens_graph_ink_set_color (cr, &style->background, FALSE);
  cairo_fill_preserve (cr);
  lens_graph_ink_set_color (cr, &style->node_fill, is_dimmed);
  cairo_fill_preserve (cr);
  lens_graph_ink_set_color (cr, &style->node_border, is_dimmed);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, is_others ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_stroke (cr);
  lens_graph_ink_set_color (cr, &style->foreground, is_dimmed);
  lens_graph_ink_draw_text (cr, text, centre);
}

static void
draw_nodes (cairo_t *cr,
            const LensHostGraph *graph,
            const LensPoint *points,
            const LensSize *sizes,
            const LensGraphStyle *style,
            const LensGraphEmphasis *emphasis)
{
  PangoContext *context = lens_graph_ink_new_context ();
  gsize n_nodes;
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, &n_nodes);

  for (gsize i = 0; i < n_nodes; i++)
    {
      g_autoptr (PangoLayout) text = lens_graph_ink_new_name (context, style, graph, i);
      gboolean is_dimmed = emphasis != NULL && emphasis->nodes != NULL && emphasis->nodes[i] == 0;

      draw_node (cr, style, text, points[i], sizes[i], nodes[i].address.version == 0, is_dimmed);
    }
  g_object_unref (context);
}

/* Returns its height. */
static double
draw_title (cairo_t *cr, double width, const char *title, const LensGraphStyle *style)
{
  PangoContext *context = lens_graph_ink_new_context ();
  g_autoptr (PangoLayout) text = lens_graph_ink_new_text (context, style, title, TITLE_SIZE);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (text, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (text, (int) (MAX (width - 2 * PAGE_MARGIN, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
  lens_graph_ink_set_color (cr, &style->foreground, FALSE);
  cairo_move_to (cr, PAGE_MARGIN, PAGE_MARGIN);
  pango_cairo_show_layout (cr, text);
  g_object_unref (context);
  return lens_graph_ink_measure (text).height;
}

/* What is not drawn, below the picture. */
static void
draw_note (cairo_t *cr,
           double height,
           const LensHostGraph *graph,
           gsize n_undrawn,
           const LensGraphStyle *style)
{
  g_autofree char *note = lens_graph_picture_describe_undrawn (graph, n_undrawn);
  PangoContext *context;
  g_autoptr (PangoLayout) text = NULL;

  if (note == NULL)
    return;
  context = lens_graph_ink_new_context ();
  text = lens_graph_ink_new_text (context, style, note, NOTE_SIZE);
  lens_graph_ink_set_color (cr, &style->foreground, FALSE);
  cairo_move_to (cr, PAGE_MARGIN, height - PAGE_MARGIN + NOTE_GAP);
  pango_cairo_show_layout (cr, text);
  g_object_unref (context);
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
  Area page = { .x = PAGE_MARGIN };
  gsize n_undrawn = 0;
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  cairo_save (cr);
  lens_graph_ink_set_color (cr, &style->background, FALSE);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  page.y = PAGE_MARGIN + draw_title (cr, width, title, style) + TITLE_GAP;
  page.width = width - 2 * PAGE_MARGIN;
  page.height = height - page.y - PAGE_MARGIN;

  if (n_nodes > 0 && page.width > 0 && page.height > 0)
    {
      PageScale scale = find_scale (&page, points, sizes, n_nodes);
      g_autofree LensPoint *put = put_on_page (&page, &scale, points, n_nodes);

      cairo_scale (cr, scale.box, scale.box);
      n_undrawn = lens_graph_picture_draw_edges (cr, graph, put, sizes, style, emphasis);
      draw_nodes (cr, graph, put, sizes, style, emphasis);
    }
  cairo_restore (cr);
  draw_note (cr, height, graph, n_undrawn, style);
}
