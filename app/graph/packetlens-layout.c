/* The layout helper: reads a graph from standard input, asks Graphviz where its nodes go, writes that to standard output.
 *
 * A program of its own because Graphviz can't be cancelled, is not thread-safe, and ends its process on some input: here
 * all of that costs a layout and not the window. It takes what is left of it with hard limits on time, memory and files,
 * and goes when its parent goes. Exit: 0, or 1 for a request that is not as agreed or a layout that failed.
 */
#include "packetlens-layout-request.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_CPU_SECONDS 60
#define MAX_MEMORY_BYTES (1024UL * 1024 * 1024)
#define MAX_OPEN_FILES 64

/* Sanitizers reserve terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

static gboolean
set_limit (int resource, rlim_t value)
{
  struct rlimit limit;

  if (getrlimit ((__rlimit_resource_t) resource, &limit) != 0)
    return FALSE;
  limit.rlim_cur = MIN (value, limit.rlim_max);
  limit.rlim_max = limit.rlim_cur;
  return setrlimit ((__rlimit_resource_t) resource, &limit) == 0;
}

static gboolean
set_limits (void)
{
  return prctl (PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
         && set_limit (RLIMIT_CPU, MAX_CPU_SECONDS) && set_limit (RLIMIT_FSIZE, 0)
         && set_limit (RLIMIT_CORE, 0) && set_limit (RLIMIT_NOFILE, MAX_OPEN_FILES)
         && (HAS_SANITIZER || set_limit (RLIMIT_AS, MAX_MEMORY_BYTES));
}

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

/* An edge has to be long enough for its label beside two boxes. */
static double
get_edge_length (const LayoutRequest *request)
{
  double sum = 0;

  for (guint i = 0; i < request->n_nodes; i++)
    sum += request->sizes[i].width;
  return (sum / request->n_nodes + 80) / POINTS_PER_INCH;
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
  set_attribute (graph, AGRAPH, "K", "1");
  set_number (graph, "K", get_edge_length (request));

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
  double length = get_edge_length (request);

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

static gboolean
write_reply (Agnode_t **nodes, guint n_nodes)
{
  printf ("%s\nnodes %u\n", LENS_LAYOUT_PROTOCOL, n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    {
      pointf at = ND_coord (nodes[i]);

      printf ("%.3f %.3f\n", at.x, -at.y);
    }
  printf ("end\n");
  return fflush (stdout) == 0 && !ferror (stdout);
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

  if (!set_limits ())
    return EXIT_FAILURE;
  text = read_request ();
  if (text == NULL || !layout_request_parse (text, &request))
    return EXIT_FAILURE;

  context = gvContext ();
  graph = agopen ((char *) (gpointer) "hosts", Agdirected, NULL);
  nodes = fill_graph (graph, &request);
  is_done = gvLayout (context, graph, request.engine) == 0 && write_reply (nodes, request.n_nodes);
  layout_request_clear (&request);

  /* Graphviz does not give back all it took; the system does. */
  _exit (is_done ? EXIT_SUCCESS : EXIT_FAILURE);
}
