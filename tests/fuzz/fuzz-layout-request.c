/* What the layout helper is asked. */
#include "fuzz.h"

#include "packetlens-layout-request.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  LayoutRequest request;

  if (!layout_request_parse (text, &request))
    {
      g_assert_null (request.sizes);
      g_assert_null (request.edges);
      return 0;
    }
  g_assert_cmpuint (request.n_nodes, >=, 1);
  g_assert_cmpuint (request.n_nodes, <=, LENS_LAYOUT_MAX_NODES);
  g_assert_cmpuint (request.n_edges, <=, LENS_LAYOUT_MAX_EDGES);
  for (guint i = 0; i < request.n_nodes; i++)
    g_assert_true (request.sizes[i].width > 0 && request.sizes[i].width <= LENS_LAYOUT_MAX_SIZE
                   && request.sizes[i].height > 0 && request.sizes[i].height <= LENS_LAYOUT_MAX_SIZE);
  for (guint i = 0; i < request.n_edges; i++)
    g_assert_true (request.edges[i].source < request.n_nodes
                   && request.edges[i].destination < request.n_nodes);
  layout_request_clear (&request);
  return 0;
}
