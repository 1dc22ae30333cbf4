#include "lens-graph-scene.h"

#include "lens-graph-names.h"
#include "lens-layout-extend.h"
#include "lens-node-button.h"
#include "lens-theme.h"

#include <math.h>

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

#define EDGE_REACH_PX 6 /* a click this far from an edge is on it */

static void
free_figures (LensGraphScene *scene)
{
  g_free (scene->sizes);
  g_free (scene->layout_sizes);
  g_free (scene->drawn_points);
  g_free (scene->drawn_sizes);
  g_free (scene->is_mark);
  g_free (scene->placed);
  g_free (scene->is_placed_mark);
  g_free (scene->placed_from);
  g_clear_pointer (&scene->recorded_is_mark, g_free);
}

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
  scene->placed = g_new0 (LensPoint, scene->n_nodes);
  scene->is_placed_mark = g_new0 (guint8, scene->n_nodes);
  scene->placed_from = g_new0 (LensPoint, scene->n_nodes);
  scene->foremost = scene->spelled_out = -1;
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

static LensSize
measure_name (LensNodeButton *button, gboolean is_short)
{
  GtkRequisition size;

  lens_node_button_set_is_short (button, is_short);
  gtk_widget_get_preferred_size (GTK_WIDGET (button), NULL, &size);
  return (LensSize){ size.width, size.height };
}

static void
measure_button (LensGraphScene *scene, const LensAnalysis *whole, gsize i)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);
  LensNodeButton *button = g_ptr_array_index (scene->buttons, i);

  lens_node_button_set_totals (
      button, nodes[i].prefix_bits == 0 ? lens_analysis_find_host (whole, &nodes[i].address) : NULL);
  scene->sizes[i] = scene->layout_sizes[i] = measure_name (button, TRUE);
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

/* The area of a dot says how strong the host is. */
static double
get_dot (const LensGraphScene *scene, gsize node)
{
  return MIN_DOT + (MAX_DOT - MIN_DOT) * sqrt (lens_host_graph_get_node_strength (scene->graph, node));
}

/* Whether names have to be chosen at @zoom, and how much closer nodes come than they are laid out. */
static gboolean
is_close (const LensGraphScene *scene, double zoom, double *spread)
{
  *spread = MIN (1, zoom / LENS_GRAPH_LEGIBLE_ZOOM);
  return *spread < 1 || scene->n_nodes > MANY_NODES;
}

/* What all about names is worked out from. */
typedef struct
{
  LensGraphNames names;
  double *dots;  /* owned */
  guint8 *ranks; /* owned */
} NameInput;

static void
name_input_init (NameInput *input,
                 const LensGraphScene *scene,
                 const LensSize *sizes,
                 LensPoint *points,
                 guint8 *is_mark)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);

  input->dots = g_new (double, scene->n_nodes + 1);
  input->ranks = g_new (guint8, scene->n_nodes + 1);
  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      input->dots[i] = get_dot (scene, i);
      input->ranks[i] = lens_node_button_is_pinned (g_ptr_array_index (scene->buttons, i)) ? LENS_NAME_FIXED
                        : i == 0 || nodes[i].address.version == 0                          ? LENS_NAME_FIRST
                                                                                           : LENS_NAME_PLAIN;
    }
  input->names = (LensGraphNames){ scene->n_nodes, points, sizes, input->dots, input->ranks, is_mark };
}

static void
name_input_clear (NameInput *input)
{
  g_free (input->dots);
  g_free (input->ranks);
}

void
lens_graph_scene_place (const LensGraphScene *scene, double zoom, LensPoint *points, guint8 *is_mark)
{
  NameInput input;
  double spread;
  gboolean is_named_in_part = is_close (scene, zoom, &spread);

  for (gsize i = 0; i < scene->n_nodes; i++)
    points[i] = (LensPoint){ scene->points[i].x * spread, scene->points[i].y * spread };
  memset (is_mark, 0, scene->n_nodes);
  if (!is_named_in_part)
    return;
  name_input_init (&input, scene, scene->sizes, points, is_mark);
  lens_graph_names_place (&input.names);
  name_input_clear (&input);
}

void
lens_graph_scene_spell_out (LensGraphScene *scene, gssize node)
{
  gssize before = scene->spelled_out;

  if (node == before)
    return;
  scene->spelled_out = node;
  if (before >= 0)
    lens_node_button_set_is_short (g_ptr_array_index (scene->buttons, before), TRUE);
  if (node >= 0)
    scene->spelled_out_size = measure_name (g_ptr_array_index (scene->buttons, node), FALSE);
}

static LensSize
get_size (const LensGraphScene *scene, gsize node)
{
  return (gssize) node == scene->spelled_out ? scene->spelled_out_size : scene->sizes[node];
}

/* With nodes placed, names go to @foremost, -1 for none, to the strongest and the node of the other hosts, which is none without its number, then
 * to those that @marks are of, then to the rest. */
static void
choose_names (LensGraphScene *scene, const LensGraphMarks *marks, gssize foremost)
{
  g_autofree LensSize *sizes = g_new (LensSize, scene->n_nodes + 1);
  NameInput input;

  for (gsize i = 0; i < scene->n_nodes; i++)
    sizes[i] = get_size (scene, i);
  name_input_init (&input, scene, sizes, scene->drawn_points, scene->is_mark);
  for (gsize i = 0; i < scene->n_nodes; i++)
    if (input.ranks[i] == LENS_NAME_PLAIN && !lens_graph_marks_has_node (marks, i))
      input.ranks[i] = LENS_NAME_LATER;
  lens_graph_names_choose (&input.names, foremost);
  name_input_clear (&input);
}

/* At another zoom, or where a node was moved, nodes are placed anew: not while somebody only pans, or points at one after the other. */
static void
take_places (LensGraphScene *scene, gboolean is_zoomed)
{
  gsize points_size = scene->n_nodes * sizeof *scene->points;

  if (is_zoomed || memcmp (scene->placed_from, scene->points, points_size) != 0)
    {
      lens_graph_scene_place (scene, scene->zoom, scene->placed, scene->is_placed_mark);
      memcpy (scene->placed_from, scene->points, points_size);
    }
  memcpy (scene->drawn_points, scene->placed, points_size);
  memcpy (scene->is_mark, scene->is_placed_mark, scene->n_nodes);
}

gboolean
lens_graph_scene_arrange (LensGraphScene *scene,
                          const LensViewport *viewport,
                          const LensGraphMarks *marks,
                          GtkWidget *foremost)
{
  g_autofree guint8 *before = g_memdup2 (scene->is_mark, scene->n_nodes);
  gboolean is_changed = viewport->zoom != scene->zoom;
  gboolean is_named_in_part = is_close (scene, viewport->zoom, &scene->spread);

  scene->foremost = foremost != NULL ? (gssize) lens_node_button_get_node (LENS_NODE_BUTTON (foremost)) : -1;
  scene->zoom = viewport->zoom;
  scene->scale = viewport->zoom / scene->spread;
  take_places (scene, is_changed);
  if (is_named_in_part && (marks != NULL || foremost != NULL))
    choose_names (scene, marks, scene->foremost);
  for (gsize i = 0; i < scene->n_nodes; i++)
    {
      double dot = get_dot (scene, i);

      scene->drawn_sizes[i] = scene->is_mark[i] ? (LensSize){ dot, dot } : get_size (scene, i);
    }
  return is_changed || memcmp (before, scene->is_mark, scene->n_nodes) != 0;
}

static gboolean
is_at (const LensGraphScene *scene, gsize node, double x, double y)
{
  return fabs (x - scene->drawn_points[node].x) <= scene->drawn_sizes[node].width / 2
         && fabs (y - scene->drawn_points[node].y) <= scene->drawn_sizes[node].height / 2;
}

gssize
lens_graph_scene_find_node (const LensGraphScene *scene, const LensViewport *viewport, double x, double y)
{
  gssize dot = -1;

  x = (x - viewport->shift_x) / scene->scale;
  y = (y - viewport->shift_y) / scene->scale;
  if (scene->foremost >= 0 && is_at (scene, (gsize) scene->foremost, x, y))
    return scene->foremost;
  for (gsize i = 0; i < scene->n_nodes; i++)
    if (is_at (scene, i, x, y))
      {
        if (!scene->is_mark[i])
          return (gssize) i;
        dot = dot < 0 ? (gssize) i : dot;
      }
  return dot;
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
