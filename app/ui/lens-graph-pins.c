#include "lens-graph-pins.h"

#include "lens-layout-extend.h"
#include "lens-node-button.h"

struct _LensGraphPins
{
  GHashTable *points; /* owned: from what lens_graph_node_format() calls a node to LensPoint, both owned */
};

LensGraphPins *
lens_graph_pins_new (void)
{
  LensGraphPins *pins = g_new0 (LensGraphPins, 1);

  pins->points = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return pins;
}

void
lens_graph_pins_free (LensGraphPins *pins)
{
  g_hash_table_unref (pins->points);
  g_free (pins);
}

void
lens_graph_pins_set (LensGraphPins *pins, LensGraphScene *scene, gsize node)
{
  char text[LENS_SUBNET_TEXT_SIZE];

  lens_graph_node_format (&lens_host_graph_get_nodes (scene->graph, NULL)[node], text);
  g_hash_table_replace (pins->points, g_strdup (text),
                        g_memdup2 (&scene->points[node], sizeof scene->points[node]));
  lens_node_button_set_is_pinned (g_ptr_array_index (scene->buttons, node), TRUE);
}

gboolean
lens_graph_pins_remove (LensGraphPins *pins, const char *node)
{
  gboolean is_any = g_hash_table_size (pins->points) > 0;

  if (node != NULL)
    return g_hash_table_remove (pins->points, node);
  g_hash_table_remove_all (pins->points);
  return is_any;
}

gsize
lens_graph_pins_get_n (const LensGraphPins *pins)
{
  return g_hash_table_size (pins->points);
}

/* (transfer none) (nullable) */
static const LensPoint *
find_pin (const LensGraphPins *pins, const LensGraphNode *node)
{
  char text[LENS_SUBNET_TEXT_SIZE];

  return g_hash_table_lookup (pins->points, lens_graph_node_format (node, text));
}

void
lens_graph_pins_show (const LensGraphPins *pins, LensGraphScene *scene)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);

  for (gsize i = 0; i < scene->n_nodes; i++)
    lens_node_button_set_is_pinned (g_ptr_array_index (scene->buttons, i),
                                    find_pin (pins, &nodes[i]) != NULL);
}

void
lens_graph_pins_apply (const LensGraphPins *pins, LensGraphScene *scene)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);
  g_autofree const LensPoint **pinned = g_new0 (const LensPoint *, scene->n_nodes + 1);

  for (gsize i = 0; i < scene->n_nodes; i++)
    pinned[i] = find_pin (pins, &nodes[i]);
  lens_layout_pin (scene->points, scene->layout_sizes, scene->n_nodes, pinned);
  lens_graph_pins_show (pins, scene);
}
