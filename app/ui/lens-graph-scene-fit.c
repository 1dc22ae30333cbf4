/* How a LensGraphScene is fitted into a widget. */
#include "lens-graph-scene.h"
#include "lens-node-button.h"

#include <math.h>

/* Around all of it, where it is fitted; and around names at its rim. */
#define MARGIN_PX 36
#define NAME_MARGIN_PX 8
#define MAX_FIT_ZOOM 1.25
#define N_FITS 3

/* A layout that has to be drawn smaller than this is stretched to what room there is. */
#define ROOMY_ZOOM 1.0

/* To have a pinned node stay where it is, what a new layout says is drawn smaller, but not smaller than that: else all is fitted. */
#define MIN_SHRINKAGE 0.4

#define EDGE_ROOM 80 /* curved edges and labels reach this far beyond the nodes */

static LensExtents
get_extents (const LensPoint *points, const LensSize *sizes, gsize n)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  if (n == 0)
    return (LensExtents){ 0, 0, 1, 1 };
  for (gsize i = 0; i < n; i++)
    {
      left = MIN (left, points[i].x - sizes[i].width / 2);
      right = MAX (right, points[i].x + sizes[i].width / 2);
      top = MIN (top, points[i].y - sizes[i].height / 2);
      bottom = MAX (bottom, points[i].y + sizes[i].height / 2);
    }
  return (LensExtents){ left, top, right - left, bottom - top };
}

/* The same, with nodes as large in the layout's units as they are drawn at @zoom: names don't get smaller than can be read. */
static LensExtents
get_named_extents (const LensGraphScene *scene, double zoom)
{
  double growth = MAX (1, LENS_GRAPH_LEGIBLE_ZOOM / zoom);
  g_autofree LensSize *sizes = g_new (LensSize, scene->n_nodes + 1);

  for (gsize i = 0; i < scene->n_nodes; i++)
    sizes[i] = (LensSize){ scene->sizes[i].width * growth, scene->sizes[i].height * growth };
  return get_extents (scene->points, sizes, scene->n_nodes);
}

static void
fit_into (const LensGraphScene *scene, double width, double height, LensViewport *viewport)
{
  LensExtents extents = get_extents (scene->points, scene->sizes, scene->n_nodes);

  lens_viewport_fit (viewport, &extents, width, height, MARGIN_PX, MAX_FIT_ZOOM);
  /* Long names at the rim may need more than the margin; the smaller all is, the more. */
  for (guint i = 0; i < N_FITS && viewport->zoom < LENS_GRAPH_LEGIBLE_ZOOM; i++)
    {
      extents = get_named_extents (scene, viewport->zoom);
      lens_viewport_fit (viewport, &extents, width, height, NAME_MARGIN_PX, viewport->zoom);
    }
}

/* Whether a node would be drawn in the last @corner of @width x @height pixels. */
static gboolean
reaches_corner (const LensGraphScene *scene,
                double width,
                double height,
                LensSize corner,
                const LensViewport *viewport)
{
  double scale = MAX (viewport->zoom, LENS_GRAPH_LEGIBLE_ZOOM);
  g_autofree LensPoint *points = g_new (LensPoint, scene->n_nodes + 1);
  g_autofree guint8 *is_mark = g_new (guint8, scene->n_nodes + 1);

  lens_graph_scene_place (scene, viewport->zoom, points, is_mark);
  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double right = (points[i].x + scene->sizes[i].width / 2) * scale + viewport->shift_x;
      double bottom = (points[i].y + scene->sizes[i].height / 2) * scale + viewport->shift_y;

      if (right > width - corner.width && bottom > height - corner.height)
        return TRUE;
    }
  return FALSE;
}

void
lens_graph_scene_fit (const LensGraphScene *scene,
                      double width,
                      double height,
                      LensSize corner,
                      LensViewport *viewport)
{
  LensViewport beside;

  fit_into (scene, width, height, viewport);
  if (!reaches_corner (scene, width, height, corner, viewport))
    return;
  /* Above it or beside it, whichever leaves more of the size. */
  fit_into (scene, width, height - corner.height, viewport);
  fit_into (scene, width - corner.width, height, &beside);
  if (beside.zoom > viewport->zoom)
    *viewport = beside;
}

/* How many pixels an edge may be of the layout's @range units, where names as long as @name stand about its ends. */
static double
get_zoom_within (double room, double name, double range)
{
  return MAX (room - 2 * NAME_MARGIN_PX - name * LENS_GRAPH_LEGIBLE_ZOOM, 1) / MAX (range, 1);
}

void
lens_graph_scene_stretch (LensGraphScene *scene,
                          double width,
                          double height,
                          LensSize corner,
                          double max_stretch)
{
  g_autofree LensSize *none = g_new0 (LensSize, scene->n_nodes + 1);
  LensExtents range = get_extents (scene->points, none, scene->n_nodes);
  LensSize name = { 0, 0 };
  LensViewport viewport;
  double zoom_x, zoom_y;

  if (width < 1 || height < 1)
    return;
  lens_graph_scene_fit (scene, width, height, corner, &viewport);
  if (viewport.zoom >= ROOMY_ZOOM)
    return;
  for (gsize i = 0; i < scene->n_nodes; i++)
    name = (LensSize){ MAX (name.width, scene->sizes[i].width), MAX (name.height, scene->sizes[i].height) };
  zoom_x = get_zoom_within (width, name.width, range.width);
  zoom_y = get_zoom_within (height - corner.height, name.height, range.height);
  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      scene->points[i].x *= CLAMP (zoom_x / zoom_y, 1, max_stretch);
      scene->points[i].y *= CLAMP (zoom_y / zoom_x, 1, max_stretch);
    }
}

/* How much of the way from @fixed to @at stays within @from and @to. */
static double
get_part_within (double at, double fixed, double from, double to)
{
  if (fabs (at - fixed) < 1)
    return 1;
  if (at > to)
    return (to - fixed) / (at - fixed);
  return at < from ? (fixed - from) / (fixed - at) : 1;
}

/* How much smaller all has to be drawn about (@x, @y) of @widget to be seen, @margin pixels inside: 1 where it is, 0 or less where nothing helps. */
static double
get_shrinkage (const LensGraphScene *scene,
               const LensViewport *viewport,
               GtkWidget *widget,
               double x,
               double y,
               double margin)
{
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), part = 1;

  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double node_x = scene->points[i].x * viewport->zoom + viewport->shift_x;
      double node_y = scene->points[i].y * viewport->zoom + viewport->shift_y;
      /* A name does not get smaller than can be read. */
      double scale = MAX (viewport->zoom, LENS_GRAPH_LEGIBLE_ZOOM);
      double half_width = scene->sizes[i].width * scale / 2 + margin;
      double half_height = scene->sizes[i].height * scale / 2 + margin;

      part = MIN (part, get_part_within (node_x, x, half_width, width - half_width));
      part = MIN (part, get_part_within (node_y, y, half_height, height - half_height));
    }
  return part;
}

gboolean
lens_graph_scene_is_in_view (const LensGraphScene *scene, const LensViewport *viewport, GtkWidget *widget)
{
  return scene != NULL
         && get_shrinkage (scene, viewport, widget, gtk_widget_get_width (widget) / 2.0,
                           gtk_widget_get_height (widget) / 2.0, 0)
                == 1;
}

gboolean
lens_graph_scene_bring_in (const LensGraphScene *scene, LensViewport *viewport, GtkWidget *widget)
{
  for (gsize i = 0; i < scene->n_nodes; i++)
    if (lens_node_button_is_pinned (g_ptr_array_index (scene->buttons, i)))
      {
        double x = scene->points[i].x * viewport->zoom + viewport->shift_x;
        double y = scene->points[i].y * viewport->zoom + viewport->shift_y;
        /* At the rim names that have no room may move out a little. */
        double part = get_shrinkage (scene, viewport, widget, x, y, NAME_MARGIN_PX);

        if (part < MIN_SHRINKAGE)
          return FALSE;
        lens_viewport_zoom_at (viewport, part, x, y);
        return TRUE;
      }
  return FALSE;
}

graphene_rect_t
lens_graph_scene_get_edge_bounds (const LensGraphScene *scene)
{
  LensExtents extents = get_extents (scene->drawn_points, scene->sizes, scene->n_nodes);

  return GRAPHENE_RECT_INIT ((float) extents.x - EDGE_ROOM, (float) extents.y - EDGE_ROOM,
                             (float) extents.width + 2 * EDGE_ROOM, (float) extents.height + 2 * EDGE_ROOM);
}
