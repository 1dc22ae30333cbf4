#include "packetlens-layout-request.h"

#include <math.h>
#include <string.h>

static const char *const engines[] = { "sfdp", "fdp", "neato", "dot", "twopi", "circo" };

/* Moves @text past @literal, or says that it is not there. */
static gboolean
read_literal (const char **text, const char *literal)
{
  gsize length = strlen (literal);

  if (strncmp (*text, literal, length) != 0)
    return FALSE;
  *text += length;
  return TRUE;
}

/* Digits only: no sign, no space, and no number that wraps around. */
static gboolean
read_number (const char **text, guint max, guint *number)
{
  guint64 value = 0;
  const char *at = *text;

  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    {
      value = value * 10 + (guint64) (*at - '0');
      if (value > max)
        return FALSE;
    }
  *text = at;
  *number = (guint) value;
  return TRUE;
}

static gboolean
read_size (const char **text, double *size)
{
  char *end;

  if (!g_ascii_isdigit (**text))
    return FALSE;
  *size = g_ascii_strtod (*text, &end);
  *text = end;
  return isfinite (*size) && *size > 0 && *size <= LENS_LAYOUT_MAX_SIZE;
}

static gboolean
read_engine (const char **text, const char **engine)
{
  for (gsize i = 0; i < G_N_ELEMENTS (engines); i++)
    {
      const char *at = *text;

      if (read_literal (&at, engines[i]) && read_literal (&at, "\n"))
        {
          *engine = engines[i];
          *text = at;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_nodes (const char **text, LayoutRequest *request)
{
  if (!read_literal (text, "nodes ") || !read_number (text, LENS_LAYOUT_MAX_NODES, &request->n_nodes)
      || !read_literal (text, "\n") || request->n_nodes == 0)
    return FALSE;
  request->sizes = g_new0 (LayoutSize, request->n_nodes);
  for (guint i = 0; i < request->n_nodes; i++)
    {
      if (!read_size (text, &request->sizes[i].width) || !read_literal (text, " ")
          || !read_size (text, &request->sizes[i].height) || !read_literal (text, "\n"))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_edges (const char **text, LayoutRequest *request)
{
  guint last_node = request->n_nodes - 1;

  if (!read_literal (text, "edges ") || !read_number (text, LENS_LAYOUT_MAX_EDGES, &request->n_edges)
      || !read_literal (text, "\n"))
    return FALSE;
  request->edges = g_new0 (LayoutEdge, request->n_edges);
  for (guint i = 0; i < request->n_edges; i++)
    {
      LayoutEdge *edge = &request->edges[i];

      if (!read_number (text, last_node, &edge->source) || !read_literal (text, " ")
          || !read_number (text, last_node, &edge->destination) || !read_literal (text, " ")
          || !read_number (text, LENS_LAYOUT_MAX_STRENGTH, &edge->strength) || !read_literal (text, "\n")
          || edge->strength == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
layout_request_parse (const char *text, LayoutRequest *request)
{
  *request = (LayoutRequest){ .engine = NULL };
  if (read_literal (&text, LENS_LAYOUT_PROTOCOL "\n") && read_literal (&text, "engine ")
      && read_engine (&text, &request->engine) && read_nodes (&text, request) && read_edges (&text, request)
      && strcmp (text, "end\n") == 0)
    return TRUE;
  layout_request_clear (request);
  return FALSE;
}

void
layout_request_clear (LayoutRequest *request)
{
  g_clear_pointer (&request->sizes, g_free);
  g_clear_pointer (&request->edges, g_free);
  request->n_nodes = request->n_edges = 0;
}
