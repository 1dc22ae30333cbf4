#include "lens-layout-backbone.h"

#define EDGES_OF_A_NODE 2
#define EDGES_A_NODE 1.5

typedef struct
{
  const LensGraphNode *nodes;
  const LensGraphEdge *edges;
  gsize n_nodes;
  gsize n_edges;
  guint8 *is_heeded; /* one an edge */
  guint8 *is_joined; /* by source and destination */
  guint *n_of_node;  /* heeded edges, one a node */
  gsize n_heeded;
} Backbone;

static gboolean
is_of_others (const Backbone *self, const LensGraphEdge *edge)
{
  return self->nodes[edge->source].address.version == 0
         || self->nodes[edge->destination].address.version == 0;
}

static void
heed (Backbone *self, gsize edge)
{
  const LensGraphEdge *found = &self->edges[edge];

  if (found->source == found->destination
      || self->is_joined[found->source * self->n_nodes + found->destination]
      || self->is_joined[found->destination * self->n_nodes + found->source])
    return;
  self->is_joined[found->source * self->n_nodes + found->destination] = 1;
  self->is_heeded[edge] = 1;
  self->n_of_node[found->source]++;
  self->n_of_node[found->destination]++;
  self->n_heeded++;
}

guint8 *
lens_layout_backbone_new (const LensHostGraph *graph, gsize *n_heeded)
{
  Backbone self = { .n_heeded = 0 };
  g_autofree guint8 *is_joined = NULL;
  g_autofree guint *n_of_node = NULL;

  self.nodes = lens_host_graph_get_nodes (graph, &self.n_nodes);
  self.edges = lens_host_graph_get_edges (graph, &self.n_edges);
  self.is_heeded = g_new0 (guint8, MAX (self.n_edges, 1));
  self.is_joined = is_joined = g_new0 (guint8, MAX (self.n_nodes * self.n_nodes, 1));
  self.n_of_node = n_of_node = g_new0 (guint, MAX (self.n_nodes, 1));

  /* The strongest first, so that each node comes to its strongest. */
  for (gsize i = 0; i < self.n_edges; i++)
    if (!is_of_others (&self, &self.edges[i])
        && (n_of_node[self.edges[i].source] < EDGES_OF_A_NODE
            || n_of_node[self.edges[i].destination] < EDGES_OF_A_NODE))
      heed (&self, i);
  for (gsize i = 0; i < self.n_edges && (double) self.n_heeded < EDGES_A_NODE * (double) self.n_nodes; i++)
    if (!is_of_others (&self, &self.edges[i]))
      heed (&self, i);
  for (gsize i = 0; i < self.n_edges; i++)
    if (is_of_others (&self, &self.edges[i])
        && (n_of_node[self.edges[i].source] == 0 || n_of_node[self.edges[i].destination] == 0))
      heed (&self, i);
  *n_heeded = self.n_heeded;
  return self.is_heeded;
}
