/* What the layout helper answers: a byte with the number of nodes, then the answer. */
#include "fuzz.h"

#include "lens-layout-message.h"
#include "lens-layout-protocol.h"

#include <math.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize n_nodes;
  g_autofree LensPoint *points = NULL;

  if (size < 1)
    return 0;
  n_nodes = 1 + data[0];
  points = lens_layout_message_read ((const char *) data + 1, size - 1, n_nodes);
  for (gsize i = 0; points != NULL && i < n_nodes; i++)
    g_assert_true (fabs (points[i].x) <= LENS_LAYOUT_MAX_POSITION
                   && fabs (points[i].y) <= LENS_LAYOUT_MAX_POSITION);
  return 0;
}
