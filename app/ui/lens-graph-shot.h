/* The graph as it is on the screen at one moment, to be saved: nodes where the person put them, and what is dimmed.
 * Owned by who took it; main thread. */
#pragma once

#include "lens-graph-marks.h"

G_BEGIN_DECLS

typedef struct
{
  LensHostGraph *graph;  /* owned */
  LensPoint *points;     /* owned, one a node */
  LensGraphMarks *marks; /* owned (nullable) */
} LensGraphShot;

/* Copies everything. @marks: (nullable) */
LensGraphShot *lens_graph_shot_new (LensHostGraph *graph, const LensPoint *points, LensGraphMarks *marks);
void lens_graph_shot_free (LensGraphShot *shot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensGraphShot, lens_graph_shot_free)

G_END_DECLS
