#include "lens-graph-pins.h"

#include "lens-layout-extend.h"
#include "lens-node-button.h"

struct _LensGraphPins
{
  GHashTable *points; /* owned: from LensAddress, version 0 for the other hosts, to LensPoint, both owned */
};

LensGraphPins *
lens_graph_pins_new (void)
{
  LensGraphPins *pins = g_new0 (LensGraphPins, 1);

  pins->points = g_hash_table_new_full (lens_address_table_hash, lens_address_table_equal, g_free, g_free);
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
  const LensAddress *address = &lens_host_graph_get_nodes (scene->graph, NULL)[node].address;

  g_hash_table_replace (pins->points, g_memdup2 (address, sizeof *address),
                        g_memdup2 (&scene->points[node], sizeof scene->points[node]));
  lens_node_button_set_is_pinned (g_ptr_array_index (scene->buttons, node), TRUE);
}

gboolean
lens_graph_pins_remove (LensGraphPins *pins, const LensAddress *address)
{
  gboolean is_any = g_hash_table_size (pins->points) > 0;

  if (address != NULL)
    return g_hash_table_remove (pins->points, address);
  g_hash_table_remove_all (pins->points);
  return is_any;
}

gsize
lens_graph_pins_get_n (const LensGraphPins *pins)
{
  return g_hash_table_size (pins->points);
}

void
lens_graph_pins_show (const LensGraphPins *pins, LensGraphScene *scene)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);

  for (gsize i = 0; i < scene->n_nodes; i++)
    lens_node_button_set_is_pinned (g_ptr_array_index (scene->buttons, i),
                                    g_hash_table_contains (pins->points, &nodes[i].address));
}

void
lens_graph_pins_apply (const LensGraphPins *pins, LensGraphScene *scene)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (scene->graph, NULL);
  g_autofree const LensPoint **pinned = g_new0 (const LensPoint *, scene->n_nodes + 1);

  for (gsize i = 0; i < scene->n_nodes; i++)
    pinned[i] = g_hash_table_lookup (pins->points, &nodes[i].address);
  lens_layout_pin (scene->points, scene->layout_sizes, scene->n_nodes, pinned);
  lens_graph_pins_show (pins, scene);
}
