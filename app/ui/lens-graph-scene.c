#include "lens-graph-scene.h"

#include "lens-layout-extend.h"
#include "lens-node-button.h"
#include "lens-theme.h"

#include <math.h>

/* Below this zoom names could not be read. */
#define LEGIBLE_ZOOM 0.72

/* Around all of it, where it is fitted; and around names at its rim. */
#define MARGIN_PX 36
#define NAME_MARGIN_PX 8
#define MAX_FIT_ZOOM 1.25
#define N_FITS 3

/* Across the dot of a host without any packets, and of the strongest, in units of the scale. */
#define MIN_DOT 7.0
#define MAX_DOT 18.0

/* A graph of more nodes is laid out with room for the names of so many, the strongest: more would not fit on a screen, and room for them would
 * only make all of it smaller. The others get their names where somebody zooms in. */
#define MANY_NODES 80
#define NAMED_NODES 60
#define DOT_ROOM_WIDTH 46.0
#define DOT_ROOM_HEIGHT 22.0

#define PLAIN_DOT_ALPHA 0.55f
#define DIMMED_DOT_ALPHA 0.2f
#define DOT_RIM_PX 1.0

#define EDGE_ROOM 80    /* curved edges and labels reach this far beyond the nodes */
#define EDGE_REACH_PX 6 /* a click this far from an edge is on it */
#define LABEL_GAP 4

static void
free_figures (LensGraphScene *scene)
{
  g_free (scene->sizes);
  g_free (scene->layout_sizes);
  g_free (scene->drawn_points);
  g_free (scene->drawn_sizes);
  g_free (scene->is_mark);
  g_clear_pointer (&scene->recorded_is_mark, g_free);
}

/* To have a pinned node stay where it is, what a new layout says is drawn smaller, but not smaller than that: else all is fitted. */
#define MIN_SHRINKAGE 0.4

/* Makes room for what is worked out of every node. */
static void
take_graph (LensGraphScene *scene, LensHostGraph *graph)
{
  g_clear_pointer (&scene->graph, lens_host_graph_unref);
  scene->graph = lens_host_graph_ref (graph);
  lens_host_graph_get_nodes (graph, &scene->n_nodes);
  free_figures (scene);
  scene->sizes = g_new0 (LensSize, scene->n_nodes);
  scene->layout_sizes = g_new0 (LensSize, scene->n_nodes);
  scene->drawn_points = g_new0 (LensPoint, scene->n_nodes);
  scene->drawn_sizes = g_new0 (LensSize, scene->n_nodes);
  scene->is_mark = g_new0 (guint8, scene->n_nodes);
  /* No zoom is this one: everything is arranged anew. */
  scene->zoom = 0;
}

static GtkWidget *
make_button (LensGraphScene *scene, gsize node)
{
  GtkWidget *button = lens_node_button_new (scene->graph, node);

  gtk_widget_set_child_visible (button, scene->points != NULL);
  gtk_widget_set_parent (button, scene->parent);
  g_signal_connect_object (button, "chosen", scene->chosen_cb, scene->parent, 0);
  return button;
}

static void
measure_button (LensGraphScene *scene, const LensAnalysis *whole, gsize i)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);
  GtkWidget *button = g_ptr_array_index (scene->buttons, i);
  GtkRequisition size;

  lens_node_button_set_totals (LENS_NODE_BUTTON (button),
                               nodes[i].prefix_bits == 0 ? lens_analysis_find_host (whole, &nodes[i].address)
                                                         : NULL);
  gtk_widget_get_preferred_size (button, NULL, &size);
  scene->sizes[i] = scene->layout_sizes[i] = (LensSize){ size.width, size.height };
  if (scene->n_nodes > MANY_NODES && i >= NAMED_NODES && nodes[i].address.version != 0)
    scene->layout_sizes[i] = (LensSize){ DOT_ROOM_WIDTH, DOT_ROOM_HEIGHT };
}

LensGraphScene *
lens_graph_scene_new (LensHostGraph *graph, GtkWidget *parent, GCallback chosen_cb)
{
  LensGraphScene *scene = g_new0 (LensGraphScene, 1);

  scene->parent = parent;
  scene->chosen_cb = chosen_cb;
  scene->buttons = g_ptr_array_new ();
  take_graph (scene, graph);
  return scene;
}

gboolean
lens_graph_scene_make_buttons (LensGraphScene *scene, const LensAnalysis *whole, gint64 budget_us)
{
  gint64 end_us = g_get_monotonic_time () + budget_us;

  while (scene->buttons->len < scene->n_nodes && g_get_monotonic_time () < end_us)
    {
      gsize node = scene->buttons->len;

      g_ptr_array_add (scene->buttons, make_button (scene, node));
      measure_button (scene, whole, node);
    }
  return scene->buttons->len == scene->n_nodes;
}

/* From a node's address to its button. The keys are the graph's. */
static GHashTable *
index_buttons (const LensGraphScene *scene)
{
  GHashTable *index = g_hash_table_new (lens_address_table_hash, lens_address_table_equal);
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);

  for (gsize i = 0; i < scene->n_nodes; i++)
    g_hash_table_insert (index, (gpointer) &nodes[i].address, g_ptr_array_index (scene->buttons, i));
  return index;
}

void
lens_graph_scene_update (LensGraphScene *scene, LensHostGraph *graph, const LensAnalysis *whole)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  g_autoptr (LensHostGraph) before = lens_host_graph_ref (scene->graph);
  g_autoptr (GHashTable) index = index_buttons (scene);
  GPtrArray *buttons = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer gone;
  LensPoint *points;

  g_return_if_fail (scene->points != NULL);

  take_graph (scene, graph);
  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      GtkWidget *button = g_hash_table_lookup (index, &nodes[i].address);

      if (button != NULL)
        lens_node_button_set_node (LENS_NODE_BUTTON (button), graph, i);
      else
        button = make_button (scene, i);
      g_hash_table_remove (index, &nodes[i].address);
      g_ptr_array_add (buttons, button);
    }
  g_hash_table_iter_init (&iter, index);
  while (g_hash_table_iter_next (&iter, NULL, &gone))
    gtk_widget_unparent (gone);
  g_ptr_array_unref (scene->buttons);
  scene->buttons = buttons;
  for (gsize i = 0; i < scene->n_nodes; i++)
    measure_button (scene, whole, i);
  points = lens_layout_extend (graph, scene->layout_sizes, before, scene->points);
  g_free (scene->points);
  scene->points = points;
}

void
lens_graph_scene_free (LensGraphScene *scene)
{
  for (guint i = 0; i < scene->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (scene->buttons, i));
  g_ptr_array_unref (scene->buttons);
  lens_host_graph_unref (scene->graph);
  g_free (scene->points);
  free_figures (scene);
  g_free (scene);
}

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
  double growth = MAX (1, LEGIBLE_ZOOM / zoom);
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
  for (guint i = 0; i < N_FITS && viewport->zoom < LEGIBLE_ZOOM; i++)
    {
      extents = get_named_extents (scene, viewport->zoom);
      lens_viewport_fit (viewport, &extents, width, height, NAME_MARGIN_PX, viewport->zoom);
    }
}

/* Whether a node's name would reach into the last @corner of @width x @height pixels. */
static gboolean
reaches_corner (const LensGraphScene *scene,
                double width,
                double height,
                LensSize corner,
                const LensViewport *viewport)
{
  double scale = MAX (viewport->zoom, LEGIBLE_ZOOM);

  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double right
          = scene->points[i].x * viewport->zoom + viewport->shift_x + scene->sizes[i].width * scale / 2;
      double bottom
          = scene->points[i].y * viewport->zoom + viewport->shift_y + scene->sizes[i].height * scale / 2;

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

/* How much smaller all has to be drawn about (@x, @y) of @widget to be seen: 1 where it is, 0 or less where nothing helps. */
static double
get_shrinkage (const LensGraphScene *scene,
               const LensViewport *viewport,
               GtkWidget *widget,
               double x,
               double y)
{
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), part = 1;

  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double node_x = scene->points[i].x * viewport->zoom + viewport->shift_x;
      double node_y = scene->points[i].y * viewport->zoom + viewport->shift_y;
      /* A name does not get smaller than can be read. */
      double scale = MAX (viewport->zoom, LEGIBLE_ZOOM);
      double half_width = scene->sizes[i].width * scale / 2, half_height = scene->sizes[i].height * scale / 2;

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
                           gtk_widget_get_height (widget) / 2.0)
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
        double part = get_shrinkage (scene, viewport, widget, x, y);

        if (part < MIN_SHRINKAGE)
          return FALSE;
        lens_viewport_zoom_at (viewport, part, x, y);
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_room (const LensGraphScene *scene, gsize node, const gsize *named, gsize n_named)
{
  const LensPoint *point = &scene->drawn_points[node];
  const LensSize *size = &scene->sizes[node];

  for (gsize i = 0; i < n_named; i++)
    {
      const LensPoint *other = &scene->drawn_points[named[i]];
      const LensSize *other_size = &scene->sizes[named[i]];

      if (fabs (point->x - other->x) < (size->width + other_size->width) / 2 + LABEL_GAP
          && fabs (point->y - other->y) < (size->height + other_size->height) / 2 + LABEL_GAP)
        return FALSE;
    }
  return TRUE;
}

/* The other hosts, who talk to the strongest one as a rule, lie beside it, and their name would take the room of its own: they give way. */
static void
part_from_strongest (LensGraphScene *scene)
{
  gsize others = lens_host_graph_count_own (scene->graph);
  LensPoint *point;
  double dx, dy, room_x, room_y;

  if (others == 0 || others == scene->n_nodes
      || lens_node_button_is_pinned (g_ptr_array_index (scene->buttons, others)))
    return;
  point = &scene->drawn_points[others];
  dx = point->x - scene->drawn_points[0].x;
  dy = point->y - scene->drawn_points[0].y;
  room_x = (scene->sizes[0].width + scene->sizes[others].width) / 2 + LABEL_GAP;
  room_y = (scene->sizes[0].height + scene->sizes[others].height) / 2 + LABEL_GAP;
  if (fabs (dx) < room_x && fabs (dy) < room_y)
    point->y += (dy < 0 ? -1 : 1) * (room_y - fabs (dy));
}

/* Names go to the nodes in order of importance, each where no name is yet: the focused one, the strongest and the node of the other hosts,
 * which is none without its number, then those the filter concerns, then the rest, strongest first in each. */
static void
choose_names (LensGraphScene *scene, const LensGraphMarks *marks, GtkWidget *focused)
{
  g_autofree gsize *named = g_new (gsize, scene->n_nodes + 1);
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);
  gsize n_named = 0;

  memset (scene->is_mark, 1, scene->n_nodes);
  for (int rank = 0; rank < 3; rank++)
    for (gsize i = 0; i < scene->n_nodes; i++)
      {
        gboolean is_first = i == 0 || g_ptr_array_index (scene->buttons, i) == focused
                            || nodes[i].address.version == 0
                            || lens_node_button_is_pinned (g_ptr_array_index (scene->buttons, i));
        int own_rank = is_first ? 0 : lens_graph_marks_has_node (marks, i) ? 1 : 2;

        if (own_rank != rank || !has_room (scene, i, named, n_named))
          continue;
        named[n_named++] = i;
        scene->is_mark[i] = 0;
      }
}

/* The area of a dot says how strong the host is. */
static double
get_dot (const LensGraphScene *scene, gsize node)
{
  return MIN_DOT + (MAX_DOT - MIN_DOT) * sqrt (lens_host_graph_get_node_strength (scene->graph, node));
}

gboolean
lens_graph_scene_arrange (LensGraphScene *scene,
                          const LensViewport *viewport,
                          const LensGraphMarks *marks,
                          GtkWidget *focused)
{
  double spread = MIN (1, viewport->zoom / LEGIBLE_ZOOM);
  g_autofree guint8 *before = g_memdup2 (scene->is_mark, scene->n_nodes);
  gboolean is_changed = viewport->zoom != scene->zoom;

  scene->zoom = viewport->zoom;
  scene->scale = viewport->zoom / spread;
  scene->spread = spread;
  for (gsize i = 0; i < scene->n_nodes; i++)
    scene->drawn_points[i] = (LensPoint){ scene->points[i].x * spread, scene->points[i].y * spread };

  if (spread < 1 || scene->n_nodes > MANY_NODES)
    {
      part_from_strongest (scene);
      choose_names (scene, marks, focused);
    }
  else
    memset (scene->is_mark, 0, scene->n_nodes);

  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double dot = get_dot (scene, i);

      scene->drawn_sizes[i] = scene->is_mark[i] ? (LensSize){ dot, dot } : scene->sizes[i];
    }
  return is_changed || memcmp (before, scene->is_mark, scene->n_nodes) != 0;
}

void
lens_graph_scene_allocate (LensGraphScene *scene, const LensViewport *viewport)
{
  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      GtkWidget *button = g_ptr_array_index (scene->buttons, i);
      const LensPoint *point = &scene->drawn_points[i];
      const LensSize *drawn = &scene->drawn_sizes[i];
      GskTransform *transform = NULL;
      GtkRequisition size;

      gtk_widget_get_preferred_size (button, NULL, &size);
      transform = gsk_transform_translate (
          transform, &GRAPHENE_POINT_INIT ((float) (viewport->shift_x + point->x * scene->scale),
                                           (float) (viewport->shift_y + point->y * scene->scale)));
      /* Where it is a dot, the button is there for pointer and keys, and not seen. */
      transform = gsk_transform_scale (transform, (float) (scene->scale * drawn->width / size.width),
                                       (float) (scene->scale * drawn->height / size.height));
      transform = gsk_transform_translate (
          transform, &GRAPHENE_POINT_INIT (-(float) size.width / 2, -(float) size.height / 2));
      gtk_widget_allocate (button, size.width, size.height, -1, transform);
    }
}

static void
append_disc (GtkSnapshot *snapshot, LensPoint centre, double radius, const GdkRGBA *color)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT ((float) (centre.x - radius), (float) (centre.y - radius),
                                            (float) (2 * radius), (float) (2 * radius));
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (&disc, &box, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, color, &box);
  gtk_snapshot_pop (snapshot);
}

void
lens_graph_scene_snapshot_dots (const LensGraphScene *scene,
                                const LensViewport *viewport,
                                const LensGraphMarks *marks,
                                GtkSnapshot *snapshot)
{
  const GdkRGBA white = { 1, 1, 1, 1 }, grey = { 0.4f, 0.4f, 0.4f, 1 }, blue = { 0.21f, 0.52f, 0.89f, 1 };
  GdkRGBA rim = lens_theme_get_color (scene->parent, "view_bg_color", &white);
  GdkRGBA accent = lens_theme_get_color (scene->parent, "accent_color", &blue);
  GdkRGBA plain = lens_theme_get_color (scene->parent, "view_fg_color", &grey);
  GdkRGBA dimmed = plain;

  plain.alpha *= PLAIN_DOT_ALPHA;
  dimmed.alpha *= DIMMED_DOT_ALPHA;
  for (gsize i = scene->n_nodes; i-- > 0;)
    {
      LensPoint centre = { viewport->shift_x + scene->drawn_points[i].x * scene->scale,
                           viewport->shift_y + scene->drawn_points[i].y * scene->scale };
      double radius = scene->drawn_sizes[i].width * scene->scale / 2;
      gboolean is_dimmed = !lens_graph_marks_has_node (marks, i);
      gboolean is_selected = lens_node_button_is_selected (g_ptr_array_index (scene->buttons, i));

      if (!scene->is_mark[i])
        continue;
      append_disc (snapshot, centre, radius + DOT_RIM_PX, &rim);
      append_disc (snapshot, centre, radius, is_selected ? &accent : is_dimmed ? &dimmed : &plain);
    }
}

gboolean
lens_graph_scene_is_as_recorded (const LensGraphScene *scene)
{
  return scene->recorded_is_mark != NULL && scene->recorded_zoom == scene->zoom
         && memcmp (scene->recorded_is_mark, scene->is_mark, scene->n_nodes) == 0;
}

graphene_rect_t
lens_graph_scene_get_edge_bounds (const LensGraphScene *scene)
{
  LensExtents extents = get_extents (scene->drawn_points, scene->sizes, scene->n_nodes);

  return GRAPHENE_RECT_INIT ((float) extents.x - EDGE_ROOM, (float) extents.y - EDGE_ROOM,
                             (float) extents.width + 2 * EDGE_ROOM, (float) extents.height + 2 * EDGE_ROOM);
}

void
lens_graph_scene_set_is_recorded (LensGraphScene *scene)
{
  scene->recorded_zoom = scene->zoom;
  g_free (scene->recorded_is_mark);
  scene->recorded_is_mark = g_memdup2 (scene->is_mark, scene->n_nodes);
}

gboolean
lens_graph_scene_find_edge (const LensGraphScene *scene,
                            const LensViewport *viewport,
                            double x,
                            double y,
                            gsize *edge)
{
  return lens_graph_picture_find_edge (
      scene->graph, scene->drawn_points, scene->drawn_sizes, (x - viewport->shift_x) / scene->scale,
      (y - viewport->shift_y) / scene->scale, EDGE_REACH_PX / scene->scale, edge);
}

/* What is off the axis counts double. */
gssize
lens_graph_scene_find_neighbour (const LensGraphScene *scene, gsize from, GtkDirectionType direction)
{
  const double along_x = direction == GTK_DIR_RIGHT ? 1 : direction == GTK_DIR_LEFT ? -1 : 0;
  const double along_y = direction == GTK_DIR_DOWN ? 1 : direction == GTK_DIR_UP ? -1 : 0;
  double best_distance = G_MAXDOUBLE;
  gssize best = -1;

  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double dx = scene->points[i].x - scene->points[from].x;
      double dy = scene->points[i].y - scene->points[from].y;
      double ahead = dx * along_x + dy * along_y;
      double aside = fabs (dx * along_y) + fabs (dy * along_x);
      double distance = ahead + 2 * aside;

      if (i == from || ahead <= 0 || distance >= best_distance
          || !gtk_widget_get_sensitive (g_ptr_array_index (scene->buttons, i)))
        continue;
      best_distance = distance;
      best = (gssize) i;
    }
  return best;
}
