#include "lens-graph-near.h"

#define REST_MS 120

struct _LensGraphNear
{
  LensHostGraph *graph;  /* owned (nullable) */
  LensGraphMarks *marks; /* owned (nullable) */
  gssize node;           /* the one that stands out now */
  gssize hovered;        /* where the pointer rested */
  gssize passing;        /* where the pointer is */
  gssize focused;
  gssize found;
  guint timeout_id;
  void (*changed) (gpointer user_data);
  gpointer user_data;
};

LensGraphNear *
lens_graph_near_new (void (*changed) (gpointer user_data), gpointer user_data)
{
  LensGraphNear *near = g_new0 (LensGraphNear, 1);

  near->node = near->hovered = near->passing = near->focused = near->found = LENS_GRAPH_NEAR_NONE;
  near->changed = changed;
  near->user_data = user_data;
  return near;
}

void
lens_graph_near_free (LensGraphNear *near)
{
  g_clear_handle_id (&near->timeout_id, g_source_remove);
  g_clear_pointer (&near->graph, lens_host_graph_unref);
  g_clear_pointer (&near->marks, lens_graph_marks_unref);
  g_free (near);
}

static void
update (LensGraphNear *near)
{
  gssize node = near->hovered >= 0 ? near->hovered : near->focused >= 0 ? near->focused : near->found;

  if (node == near->node)
    return;
  near->node = node;
  g_clear_pointer (&near->marks, lens_graph_marks_unref);
  if (node >= 0 && near->graph != NULL)
    near->marks = lens_graph_marks_new_near (near->graph, (gsize) node);
  near->changed (near->user_data);
}

void
lens_graph_near_set_graph (LensGraphNear *near, LensHostGraph *graph)
{
  g_clear_handle_id (&near->timeout_id, g_source_remove);
  g_clear_pointer (&near->graph, lens_host_graph_unref);
  near->graph = graph != NULL ? lens_host_graph_ref (graph) : NULL;
  near->hovered = near->passing = near->focused = near->found = LENS_GRAPH_NEAR_NONE;
  update (near);
}

static gboolean
rest_cb (gpointer user_data)
{
  LensGraphNear *near = user_data;

  near->timeout_id = 0;
  near->hovered = near->passing;
  update (near);
  return G_SOURCE_REMOVE;
}

void
lens_graph_near_set_hovered (LensGraphNear *near, gssize node)
{
  if (node == near->passing)
    return;
  near->passing = node;
  g_clear_handle_id (&near->timeout_id, g_source_remove);
  near->timeout_id = g_timeout_add (REST_MS, rest_cb, near);
}

void
lens_graph_near_set_focused (LensGraphNear *near, gssize node)
{
  near->focused = node;
  update (near);
}

void
lens_graph_near_set_found (LensGraphNear *near, gssize node)
{
  near->found = node;
  update (near);
}

gssize
lens_graph_near_get_node (const LensGraphNear *near)
{
  return near->node;
}

gssize
lens_graph_near_get_found (const LensGraphNear *near)
{
  return near->found;
}

LensGraphMarks *
lens_graph_near_get_marks (const LensGraphNear *near)
{
  return near->marks;
}
