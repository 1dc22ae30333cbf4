/* What is said of an edge of the graph under the pointer. Any thread. */
#pragma once

#include "lens-graph-marks.h"

G_BEGIN_DECLS

/* "a → b: 5,844 packets, 3.05 MB", or how much of that passes, and a line for the address of each end that is shown by name. @marks: (nullable).
 * (transfer full), translated. */
char *lens_graph_edge_text_new (const LensHostGraph *graph, const LensGraphMarks *marks, gsize edge);

G_END_DECLS
