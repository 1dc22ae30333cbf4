#include "lens-graph-shot.h"

LensGraphShot *
lens_graph_shot_new (LensHostGraph *graph, const LensPoint *points, LensGraphMarks *marks)
{
  LensGraphShot *shot = g_new0 (LensGraphShot, 1);
  gsize n_nodes;

  lens_host_graph_get_nodes (graph, &n_nodes);
  shot->graph = lens_host_graph_ref (graph);
  shot->points = g_memdup2 (points, n_nodes * sizeof *points);
  shot->marks = marks != NULL ? lens_graph_marks_ref (marks) : NULL;
  return shot;
}

void
lens_graph_shot_free (LensGraphShot *shot)
{
  g_clear_pointer (&shot->graph, lens_host_graph_unref);
  g_clear_pointer (&shot->marks, lens_graph_marks_unref);
  g_free (shot->points);
  g_free (shot);
}
