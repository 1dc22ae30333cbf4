/* The layout helper: reads a graph from standard input, asks Graphviz where its nodes go, writes that to standard output.
 *
 * A program of its own because Graphviz can't be cancelled, is not thread-safe, and ends its process on some input: here
 * all of that costs a layout and not the window. Before it looks at its request it gives up all it won't need
 * (packetlens-layout-sandbox.h), and it goes when its parent goes. Exit: 0, or 1 for a request that is not as agreed or a
 * layout that failed.
 */
#include "packetlens-layout-request.h"
#include "packetlens-layout-sandbox.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MIN_VISIBLE_EDGE 80.0 /* points, in the mean */
#define MAX_GROWTH 2.0

/* (transfer full): all of standard input as one string, or NULL when it is too much or holds a NUL. */
static char *
read_request (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[65536];
  size_t n_read;

  while ((n_read = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    {
      if (text->len + n_read > LENS_LAYOUT_MAX_REQUEST_BYTES || memchr (buffer, '\0', n_read) != NULL)
        return NULL;
      g_string_append_len (text, buffer, (gssize) n_read);
    }
  return ferror (stdin) ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_attribute (Agraph_t *graph, int kind, const char *name, const char *value)
{
  agattr (graph, kind, (char *) (gpointer) name, (char *) (gpointer) value);
}

static void
set_number (void *object, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.4f", value);
  agsafeset (object, (char *) (gpointer) name, text, (char *) (gpointer) "");
}

static LayoutSize
get_mean_size (const LayoutRequest *request)
{
  LayoutSize mean = { 0, 0 };

  for (guint i = 0; i < request->n_nodes; i++)
    {
      mean.width += request->sizes[i].width / request->n_nodes;
      mean.height += request->sizes[i].height / request->n_nodes;
    }
  return mean;
}

/* In points: an edge has to be long enough for its label beside two boxes. */
static double
get_edge_length (const LayoutRequest *request)
{
  return get_mean_size (request).width + 80;
}

/* What sfdp's mean edge is scaled to before boxes are pushed apart: a multiple of the boxes' mean half size, negative. */
static double
get_overlap_scaling (const LayoutRequest *request)
{
  LayoutSize mean = get_mean_size (request);

  return -get_edge_length (request) / ((mean.width + mean.height) / 4);
}

static void
set_graph_attributes (Agraph_t *graph, const LayoutRequest *request)
{
  set_attribute (graph, AGRAPH, "start", "1");
  set_attribute (graph, AGRAPH, "splines", "");
  set_attribute (graph, AGRAPH, "overlap", "prism");
  set_attribute (graph, AGRAPH, "sep", "+14,10");
  set_attribute (graph, AGRAPH, "outputorder", "nodesfirst");
  /* dot: from left to right, so that wide boxes stack instead of making an endless row. */
  set_attribute (graph, AGRAPH, "rankdir", "LR");
  set_attribute (graph, AGRAPH, "nodesep", "0.22");
  set_attribute (graph, AGRAPH, "ranksep", "1.6");
  /* circo */
  set_attribute (graph, AGRAPH, "mindist", "0.5");
  set_attribute (graph, AGRAPH, "overlap_scaling", "-4");
  set_number (graph, "overlap_scaling", get_overlap_scaling (request));

  set_attribute (graph, AGNODE, "shape", "box");
  set_attribute (graph, AGNODE, "fixedsize", "true");
  set_attribute (graph, AGNODE, "label", "");
  set_attribute (graph, AGNODE, "width", "1");
  set_attribute (graph, AGNODE, "height", "1");
  set_attribute (graph, AGEDGE, "len", "1");
  set_attribute (graph, AGEDGE, "weight", "1");
}

/* (transfer full): one node of the graph for each of the request. */
static Agnode_t **
fill_graph (Agraph_t *graph, const LayoutRequest *request)
{
  Agnode_t **nodes = g_new0 (Agnode_t *, request->n_nodes);
  double length = get_edge_length (request) / POINTS_PER_INCH;

  set_graph_attributes (graph, request);
  for (guint i = 0; i < request->n_nodes; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "%u", i);
      nodes[i] = agnode (graph, name, 1);
      set_number (nodes[i], "width", request->sizes[i].width / POINTS_PER_INCH);
      set_number (nodes[i], "height", request->sizes[i].height / POINTS_PER_INCH);
    }
  for (guint i = 0; i < request->n_edges; i++)
    {
      const LayoutEdge *edge = &request->edges[i];
      Agedge_t *added = agedge (graph, nodes[edge->source], nodes[edge->destination], NULL, 1);

      set_number (added, "len", length);
      set_number (added, "weight", 1 + floor (4.0 * edge->strength / LENS_LAYOUT_MAX_STRENGTH));
    }
  return nodes;
}

/* How much of a line in the direction (@x, @y), both of a unit's length, is inside of a box it comes from the middle of. */
static double
get_reach (const LayoutSize *size, double x, double y)
{
  return MIN (size->width / 2 / MAX (fabs (x), 1e-6), size->height / 2 / MAX (fabs (y), 1e-6));
}

/* By how much the layout has to grow so that edges show enough between their boxes for an arrow and a label: small graphs
 * come out of Graphviz with hardly more than the boxes' margins. */
static double
get_growth (Agnode_t **nodes, const LayoutRequest *request)
{
  double length = 0, covered = 0;
  guint n = 0;

  for (guint i = 0; i < request->n_edges; i++)
    {
      const LayoutEdge *edge = &request->edges[i];
      pointf from = ND_coord (nodes[edge->source]);
      pointf to = ND_coord (nodes[edge->destination]);
      double distance = hypot (to.x - from.x, to.y - from.y);

      if (distance < 1)
        continue;
      n++;
      length += distance;
      covered
          += get_reach (&request->sizes[edge->source], (to.x - from.x) / distance, (to.y - from.y) / distance)
             + get_reach (&request->sizes[edge->destination], (to.x - from.x) / distance,
                          (to.y - from.y) / distance);
    }
  return n > 0 ? CLAMP ((covered + n * MIN_VISIBLE_EDGE) / length, 1, MAX_GROWTH) : 1;
}

static gboolean
write_reply (Agnode_t **nodes, const LayoutRequest *request)
{
  double growth = get_growth (nodes, request);

  printf ("%s\nnodes %u\n", LENS_LAYOUT_PROTOCOL, request->n_nodes);
  for (guint i = 0; i < request->n_nodes; i++)
    {
      pointf at = ND_coord (nodes[i]);

      printf ("%.3f %.3f\n", at.x * growth, -at.y * growth);
    }
  printf ("end\n");
  return fflush (stdout) == 0 && !ferror (stdout);
}

/* Graphviz loads what an engine needs when it is first used. Afterwards no file can be opened: so a graph of our own, a
 * single node, is laid out by one engine of each of its two plugins (not by sfdp, which would draw random numbers and so
 * change what comes after). */
static void
load_engines (GVC_t *context)
{
  static const char *const one_of_each[] = { "neato", "dot" };
  LayoutSize size = { 100, 30 };
  LayoutRequest request = { .sizes = &size, .n_nodes = 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (one_of_each); i++)
    {
      Agraph_t *graph = agopen ((char *) (gpointer) "warm-up", Agdirected, NULL);

      g_free (fill_graph (graph, &request));
      if (gvLayout (context, graph, one_of_each[i]) == 0)
        gvFreeLayout (context, graph);
      agclose (graph);
    }
}

int
main (void)
{
  g_autofree char *text = NULL;
  g_autofree Agnode_t **nodes = NULL;
  LayoutRequest request;
  GVC_t *context;
  Agraph_t *graph;
  gboolean is_done;

  if (!layout_sandbox_set_limits ())
    return EXIT_FAILURE;
  context = gvContext ();
  load_engines (context);
  if (!layout_sandbox_close ())
    return EXIT_FAILURE;
  text = read_request ();
  if (text == NULL || !layout_request_parse (text, &request))
    return EXIT_FAILURE;

  graph = agopen ((char *) (gpointer) "hosts", Agdirected, NULL);
  nodes = fill_graph (graph, &request);
  is_done = gvLayout (context, graph, request.engine) == 0 && write_reply (nodes, &request);
  layout_request_clear (&request);

  /* Graphviz does not give back all it took; the system does. */
  _exit (is_done ? EXIT_SUCCESS : EXIT_FAILURE);
}
