#include "lens-layout-message.h"

#include "lens-layout-backbone.h"
#include "lens-layout-protocol.h"

#include <math.h>
#include <string.h>

static void
append_size (GString *text, double size)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  /* A widget that has no size yet must not make the request an invalid one. */
  if (!isfinite (size))
    size = 1;
  g_ascii_formatd (number, sizeof number, "%.3f", CLAMP (size, 1, LENS_LAYOUT_MAX_SIZE));
  g_string_append (text, number);
}

static guint
get_strength (const LensHostGraph *graph, gsize edge)
{
  double strength = lens_host_graph_get_edge_strength (graph, edge) * LENS_LAYOUT_MAX_STRENGTH;

  return (guint) CLAMP (strength, 1, LENS_LAYOUT_MAX_STRENGTH);
}

char *
lens_layout_message_write (const LensHostGraph *graph, const LensSize *sizes, LensLayoutEngine engine)
{
  gsize n_nodes, n_edges, n_heeded;
  const LensGraphEdge *edges;
  GString *text = g_string_new (LENS_LAYOUT_PROTOCOL "\n");
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree guint8 *is_heeded = lens_layout_backbone_new (graph, &n_heeded);

  lens_host_graph_get_nodes (graph, &n_nodes);
  edges = lens_host_graph_get_edges (graph, &n_edges);

  g_string_append_printf (text, "engine %s\nnodes %" G_GSIZE_FORMAT "\n",
                          lens_layout_engine_get_info (engine)->id, n_nodes);
  for (gsize i = 0; i < n_nodes; i++)
    {
      append_size (text, sizes[i].width);
      g_string_append_c (text, ' ');
      append_size (text, sizes[i].height);
      g_string_append_c (text, '\n');
    }

  for (gsize i = 0; i < n_edges; i++)
    if (is_heeded[i])
      g_string_append_printf (lines, "%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %u\n", edges[i].source,
                              edges[i].destination, get_strength (graph, i));
  g_string_append_printf (text, "edges %" G_GSIZE_FORMAT "\n%send\n", n_heeded, lines->str);
  return g_string_free (text, FALSE);
}

static gboolean
read_literal (const char **text, const char *literal)
{
  gsize length = strlen (literal);

  if (strncmp (*text, literal, length) != 0)
    return FALSE;
  *text += length;
  return TRUE;
}

static gboolean
read_position (const char **text, double *position)
{
  char *end;

  /* strtod() would take white space, "nan" and "inf" as well. */
  if (!g_ascii_isdigit (**text) && **text != '-')
    return FALSE;
  *position = g_ascii_strtod (*text, &end);
  if (end == *text || !isfinite (*position) || fabs (*position) > LENS_LAYOUT_MAX_POSITION)
    return FALSE;
  *text = end;
  return TRUE;
}

static gboolean
read_points (const char *text, LensPoint *points, gsize n_nodes)
{
  g_autofree char *count = g_strdup_printf ("nodes %" G_GSIZE_FORMAT "\n", n_nodes);

  if (!read_literal (&text, LENS_LAYOUT_PROTOCOL "\n") || !read_literal (&text, count))
    return FALSE;
  for (gsize i = 0; i < n_nodes; i++)
    {
      if (!read_position (&text, &points[i].x) || !read_literal (&text, " ")
          || !read_position (&text, &points[i].y) || !read_literal (&text, "\n"))
        return FALSE;
    }
  return strcmp (text, "end\n") == 0;
}

LensPoint *
lens_layout_message_read (const char *reply, gsize length, gsize n_nodes)
{
  g_autofree char *text = NULL;
  g_autofree LensPoint *points = NULL;

  if (length > LENS_LAYOUT_MAX_REPLY_BYTES || memchr (reply, '\0', length) != NULL)
    return NULL;
  text = g_strndup (reply, length);
  points = g_new0 (LensPoint, n_nodes);
  return read_points (text, points, n_nodes) ? g_steal_pointer (&points) : NULL;
}
