/* The nodes of a host graph: hosts by themselves or, where they are grouped, by subnet; the strongest by name, the others added up in one. */
#include "lens-host-graph-private.h"

/* A node to be: a host or a group. */
typedef struct
{
  LensGraphNode node;
  gboolean is_wanted; /* somebody wants to see it by name, however weak it is */
  guint32 position;   /* in the order they came in, before they are ranked */
} Unit;

typedef struct
{
  LensHostGraph *graph;
  const LensHostGraphNodesInput *input;
  GArray *units;    /* owned (element-type Unit) */
  guint32 *unit_of; /* owned, one a host: the position of its unit, or LENS_NO_NODE */
  GHashTable *
      group_of; /* owned: from a subnet's address to the number of its hosts, then to its unit's position + 1 */
} Nodes;

static LensSubnet
get_subnet (const LensHostGraph *graph, const LensAddress *address)
{
  return lens_subnet_of (address,
                         address->version == 6 ? LENS_HOST_GRAPH_IPV6_GROUP_BITS : graph->options.group_bits);
}

static gboolean
is_grouped (const Nodes *self, gsize host)
{
  LensSubnet opened;

  return self->graph->options.group_bits > 0 && self->input->hidden[host] == LENS_HIDDEN_NOT
         && !self->input->is_added[host]
         && !lens_host_graph_find_opened (self->graph, &self->input->hosts[host].address, &opened);
}

/* How many hosts each subnet has. The keys are owned. */
static GHashTable *
count_hosts (const Nodes *self)
{
  GHashTable *counts
      = g_hash_table_new_full (lens_address_table_hash, lens_address_table_equal, g_free, NULL);

  for (gsize i = 0; i < self->input->n_hosts; i++)
    if (is_grouped (self, i))
      {
        LensSubnet subnet = get_subnet (self->graph, &self->input->hosts[i].address);
        gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (counts, &subnet.network));

        g_hash_table_insert (counts, g_memdup2 (&subnet.network, sizeof subnet.network),
                             GSIZE_TO_POINTER (n + 1));
      }
  return counts;
}

static Unit *
new_unit (Nodes *self, const LensAddress *address, guint8 prefix_bits)
{
  Unit unit = { .node = { .address = *address, .prefix_bits = prefix_bits, .n_parts = 1 },
                .position = self->units->len };

  g_array_append_val (self->units, unit);
  return &g_array_index (self->units, Unit, self->units->len - 1);
}

/* The unit of a host that is not hidden; @counts: of hosts a subnet. */
static Unit *
find_unit (Nodes *self, gsize host, GHashTable *counts)
{
  const LensAddress *address = &self->input->hosts[host].address;
  LensSubnet subnet = get_subnet (self->graph, address);
  LensSubnet opened;
  gsize found;
  Unit *unit;

  if (!is_grouped (self, host) || GPOINTER_TO_SIZE (g_hash_table_lookup (counts, &subnet.network)) < 2)
    {
      unit = new_unit (self, address, 0);
      unit->is_wanted
          = self->input->is_added[host] != 0 || lens_host_graph_find_opened (self->graph, address, &opened);
      return unit;
    }
  found = GPOINTER_TO_SIZE (g_hash_table_lookup (self->group_of, &subnet.network));
  if (found > 0)
    return &g_array_index (self->units, Unit, found - 1);
  g_hash_table_insert (self->group_of, g_memdup2 (&subnet.network, sizeof subnet.network),
                       GSIZE_TO_POINTER (self->units->len + 1));
  unit = new_unit (self, &subnet.network, subnet.prefix_bits);
  unit->is_wanted = lens_subnet_contains (&self->graph->options.focus, &subnet.network)
                    || lens_subnet_contains (&subnet, &self->graph->options.focus.network);
  return unit;
}

static void
add_to_node (LensGraphNode *node, const LensGraphNode *added)
{
  node->n_hosts += added->n_hosts;
  node->packets += added->packets;
  node->payload_bytes += added->payload_bytes;
}

static void
collect_units (Nodes *self)
{
  g_autoptr (GHashTable) counts = count_hosts (self);

  for (gsize i = 0; i < self->input->n_hosts; i++)
    {
      const LensHostTotals *host = &self->input->hosts[i];
      LensGraphNode added = { .n_hosts = 1,
                              .packets = host->sent_packets + host->received_packets,
                              .payload_bytes = host->sent_payload_bytes + host->received_payload_bytes };
      Unit *unit;

      self->unit_of[i] = LENS_NO_NODE;
      if (self->input->hidden[i] != LENS_HIDDEN_NOT)
        continue;
      unit = find_unit (self, i, counts);
      add_to_node (&unit->node, &added);
      self->unit_of[i] = unit->position;
    }
}

static int
compare_units (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LensGraphNode *left = &((const Unit *) a)->node;
  const LensGraphNode *right = &((const Unit *) b)->node;
  int by_weight = lens_host_graph_compare_weights (user_data, left->packets, left->payload_bytes,
                                                   right->packets, right->payload_bytes);

  return by_weight != 0 ? by_weight : lens_address_compare (&left->address, &right->address);
}

/* Which units, strongest first, are shown by name: the strongest, and those that somebody wants to see. A single one more is shown itself,
 * it takes no more room than "1 other host". (transfer full), one a unit. */
static guint8 *
choose_named (const Nodes *self, gsize *n_named)
{
  guint n_units = self->units->len;
  guint8 *is_named = g_new0 (guint8, n_units + 1);
  const gsize n_most = LENS_HOST_GRAPH_MAX_NODES - 1;
  gsize n_wanted = 0, n_strongest;

  for (guint i = 0; i < n_units; i++)
    n_wanted += g_array_index (self->units, Unit, i).is_wanted != FALSE;
  n_strongest = MIN (self->graph->options.n_hosts, n_most - MIN (n_wanted, n_most));
  *n_named = 0;
  for (guint i = 0; i < n_units && *n_named < n_most; i++)
    {
      is_named[i] = i < n_strongest || g_array_index (self->units, Unit, i).is_wanted;
      *n_named += is_named[i];
    }
  if (*n_named + 1 == n_units)
    {
      memset (is_named, 1, n_units);
      *n_named = n_units;
    }
  return is_named;
}

/* Fills @node_of_unit, by the units' positions. */
static void
append_nodes (Nodes *self, guint32 *node_of_unit)
{
  GArray *nodes = self->graph->nodes;
  gsize n_named;
  g_autofree guint8 *is_named = choose_named (self, &n_named);
  LensGraphNode others = { .address = { .version = 0 } };

  for (guint i = 0; i < self->units->len; i++)
    {
      const Unit *unit = &g_array_index (self->units, Unit, i);

      node_of_unit[unit->position] = is_named[i] ? nodes->len : (guint32) n_named;
      if (is_named[i])
        g_array_append_val (nodes, unit->node);
      else
        {
          add_to_node (&others, &unit->node);
          others.n_parts++;
        }
    }
  if (others.n_parts > 0)
    g_array_append_val (nodes, others);
}

void
lens_host_graph_add_nodes (LensHostGraph *graph, const LensHostGraphNodesInput *input)
{
  Nodes self = { .graph = graph, .input = input };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (Unit));
  g_autoptr (GHashTable) group_of
      = g_hash_table_new_full (lens_address_table_hash, lens_address_table_equal, g_free, NULL);
  g_autofree guint32 *unit_of = g_new (guint32, input->n_hosts + 1);
  g_autofree guint32 *node_of_unit = NULL;

  self.units = units;
  self.group_of = group_of;
  self.unit_of = unit_of;
  collect_units (&self);
  g_array_sort_with_data (units, compare_units, graph);
  node_of_unit = g_new (guint32, units->len + 1);
  append_nodes (&self, node_of_unit);
  for (gsize i = 0; i < input->n_hosts; i++)
    graph->node_of[i] = unit_of[i] == LENS_NO_NODE ? LENS_NO_NODE : node_of_unit[unit_of[i]];
}
