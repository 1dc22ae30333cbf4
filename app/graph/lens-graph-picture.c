#include "lens-graph-picture.h"

#include "lens-graph-edge-labels.h"
#include "lens-graph-edge-shade.h"
#include "lens-graph-ink.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define ARROW_LENGTH 9.0
#define LABEL_SCALE 0.85
#define LABEL_PADDING 2.0
#define NODE_PADDING_X 12.0
#define NODE_PADDING_Y 6.0

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

LensSize *
lens_graph_picture_measure_nodes (const LensHostGraph *graph, const LensGraphStyle *style)
{
  PangoContext *context = lens_graph_ink_new_context ();
  LensSize *sizes;
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  sizes = g_new (LensSize, MAX (n_nodes, 1));
  for (gsize i = 0; i < n_nodes; i++)
    {
      g_autoptr (PangoLayout) layout = lens_graph_ink_new_name (context, style, graph, i);

      sizes[i] = lens_graph_ink_measure (layout);
      sizes[i].width += 2 * NODE_PADDING_X;
      sizes[i].height += 2 * NODE_PADDING_Y;
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
draw_line (cairo_t *cr, const LensEdgePath *path, double line_width, gboolean has_arrow)
{
  LensPoint tip = path->points[LENS_EDGE_PATH_POINTS - 1];

  cairo_new_path (cr);
  cairo_move_to (cr, path->points[0].x, path->points[0].y);
  /* A thick line ends inside its arrow, not beside the arrow's point. */
  for (guint i = 1; i < LENS_EDGE_PATH_POINTS; i++)
    {
      LensPoint before = path->points[i - 1], at = path->points[i];
      double left_before = hypot (tip.x - before.x, tip.y - before.y);
      double left = hypot (tip.x - at.x, tip.y - at.y);
      double share = 1;

      if (has_arrow && left < ARROW_LENGTH * 0.7 && left_before > left)
        share = CLAMP ((left_before - ARROW_LENGTH * 0.7) / (left_before - left), 0, 1);
      cairo_line_to (cr, before.x + (at.x - before.x) * share, before.y + (at.y - before.y) * share);
      if (share < 1)
        break;
    }
  cairo_set_line_width (cr, line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  if (has_arrow)
    draw_arrow (cr, path, line_width);
}

static gboolean
is_edge_dimmed (const LensGraphEmphasis *emphasis, gsize edge)
{
  return emphasis != NULL && emphasis->edges != NULL && emphasis->edges[edge] == 0;
}

static void
draw_lines (cairo_t *cr,
            const LensHostGraph *graph,
            const LensEdgePath *paths,
            const LensEdgeShade *shades,
            const LensGraphStyle *style,
            const LensGraphEmphasis *emphasis)
{
  gsize n_edges;

  lens_host_graph_get_edges (graph, &n_edges);
  /* Weak ones and those that don't stand out come below the others. */
  for (guint pass = 0; pass < 2; pass++)
    for (gsize i = n_edges; i-- > 0;)
      if (paths[i].is_visible && shades[i].alpha > 0 && is_edge_dimmed (emphasis, i) == (pass == 0))
        {
          LensColor color = shades[i].is_of_others ? style->foreground : style->edge;

          color.alpha *= shades[i].alpha;
          lens_graph_ink_set_color (cr, &color, pass == 0);
          draw_line (cr, &paths[i], shades[i].width, shades[i].alpha >= LENS_EDGE_SHADE_CLEAR);
        }
}

static void
draw_label (cairo_t *cr,
            const LensGraphStyle *style,
            PangoLayout *text,
            LensSize size,
            LensPoint centre,
            gboolean is_dimmed)
{
  lens_graph_ink_set_color (cr, &style->label_background, is_dimmed);
  cairo_rectangle (cr, centre.x - size.width / 2, centre.y - size.height / 2, size.width, size.height);
  cairo_fill (cr);
  lens_graph_ink_set_color (cr, &style->foreground, is_dimmed);
  lens_graph_ink_draw_text (cr, text, centre);
}

/* The labels of the edges @shown, strongest first. */
static void
draw_labels (cairo_t *cr,
             const LensHostGraph *graph,
             const LensEdgePath *paths,
             const GArray *shown,
             const LensPoint *points,
             const LensSize *sizes,
             const LensGraphStyle *style,
             const LensGraphEmphasis *emphasis)
{
  PangoContext *context = lens_graph_ink_new_context ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree LensSize *label_sizes = g_new (LensSize, shown->len + 1);
  g_autofree LensEdgePath *shown_paths = g_new (LensEdgePath, shown->len + 1);
  g_autofree guint8 *first = g_new0 (guint8, shown->len + 1);
  g_autofree LensEdgeLabel *labels = NULL;
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  for (guint i = 0; i < shown->len; i++)
    {
      gsize edge = g_array_index (shown, gsize, i);
      g_autofree char *text = lens_host_graph_describe_edge (graph, edge);
      PangoLayout *layout = lens_graph_ink_new_text (context, style, text, style->font_size * LABEL_SCALE);

      label_sizes[i] = lens_graph_ink_measure (layout);
      label_sizes[i].width += 2 * LABEL_PADDING;
      g_ptr_array_add (texts, layout);
      shown_paths[i] = paths[edge];
      first[i] = emphasis != NULL && emphasis->edges != NULL && emphasis->edges[edge] != 0;
    }
  labels = lens_edge_labels_place (shown_paths, label_sizes, shown->len, first, points, sizes, n_nodes);
  for (guint i = 0; i < shown->len; i++)
    if (labels[i].is_shown)
      draw_label (cr, style, g_ptr_array_index (texts, i), label_sizes[i], labels[i].centre,
                  is_edge_dimmed (emphasis, g_array_index (shown, gsize, i)));
  g_object_unref (context);
}

/* (transfer full) (element-type gsize): the edges that have a label where there is room for it: what is clear to see, and not the other hosts'
 * beside those of hosts. */
static GArray *
choose_labelled (const LensEdgePath *paths, const LensEdgeShade *shades, gsize n_edges)
{
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (guint pass = 0; pass < 2; pass++)
    for (gsize i = 0; i < n_edges; i++)
      if (paths[i].is_visible && shades[i].alpha >= LENS_EDGE_SHADE_CLEAR
          && shades[i].is_of_others == (pass == 1))
        g_array_append_val (shown, i);
  return shown;
}

static gsize
count_undrawn (const LensEdgePath *paths, const LensEdgeShade *shades, gsize n_edges)
{
  gsize n_undrawn = 0;

  for (gsize i = 0; i < n_edges; i++)
    n_undrawn += paths[i].is_visible && shades[i].alpha <= 0;
  return n_undrawn;
}

char *
lens_graph_picture_describe_undrawn (const LensHostGraph *graph, gsize n_undrawn)
{
  g_autofree char *count = lens_format_count (n_undrawn);
  g_autofree char *all = NULL;
  gsize n_edges;

  if (n_undrawn == 0)
    return NULL;
  lens_host_graph_get_edges (graph, &n_edges);
  all = lens_format_count (n_edges);
  /* Translators: so many of so many. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Not drawn: the weakest %s of %s connection",
                                       "Not drawn: the weakest %s of %s connections", (gulong) n_edges),
                          count, all);
}

gsize
lens_graph_picture_draw_edges (cairo_t *cr,
                               const LensHostGraph *graph,
                               const LensPoint *points,
                               const LensSize *sizes,
                               const LensGraphStyle *style,
                               const LensGraphEmphasis *emphasis)
{
  g_autofree LensEdgePath *paths = NULL;
  g_autofree LensEdgeShade *shades = NULL;
  g_autoptr (GArray) labelled = NULL;
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

  paths = g_new (LensEdgePath, MAX (n_edges, 1));
  for (gsize i = 0; i < n_edges; i++)
    {
      paths[i] = lens_edge_path_new (&edges[i], points, sizes);
      paths[i].is_visible = paths[i].is_visible
                            && !(emphasis != NULL && emphasis->hides_rest && is_edge_dimmed (emphasis, i));
    }
  shades = lens_edge_shades_new (graph, paths, emphasis != NULL ? emphasis->edges : NULL, points, sizes);
  labelled = choose_labelled (paths, shades, n_edges);
  cairo_save (cr);
  draw_lines (cr, graph, paths, shades, style, emphasis);
  draw_labels (cr, graph, paths, labelled, points, sizes, style, emphasis);
  cairo_restore (cr);
  return count_undrawn (paths, shades, n_edges);
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
  double nearest = tolerance;
  gboolean is_found = FALSE;
  gsize n_edges;
  const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

  for (gsize i = 0; i < n_edges; i++)
    {
      LensEdgePath path;
      double distance;

      if (!lens_edge_path_may_be_near (&edges[i], points, sizes, x, y, nearest))
        continue;
      path = lens_edge_path_new (&edges[i], points, sizes);
      distance = lens_edge_path_get_distance (&path, x, y);
      if (distance <= nearest)
        {
          nearest = distance;
          *edge = i;
          is_found = TRUE;
        }
    }
  return is_found;
}
