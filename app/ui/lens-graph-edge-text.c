#include "lens-graph-edge-text.h"

#include "lens-format.h"

#include <glib/gi18n.h>

/* Of hosts that are shown by name. */
static void
append_addresses (GString *text, const LensHostGraph *graph, const LensGraphEdge *edge)
{
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  const gsize ends[] = { edge->source, edge->destination };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *label = lens_host_graph_describe_node (graph, ends[i]);
      char address[LENS_ADDRESS_TEXT_SIZE];

      lens_address_format (&nodes[ends[i]].address, address);
      if (!lens_host_graph_is_group (graph, ends[i], NULL) && *address != '\0'
          && !g_str_equal (label, address) && (i == 0 || ends[0] != ends[1]))
        g_string_append_printf (text, "\n%s: %s", label, address);
    }
}

char *
lens_graph_edge_text_new (const LensHostGraph *graph, const LensGraphMarks *marks, gsize index)
{
  const LensGraphEdge *edge = &lens_host_graph_get_edges (graph, NULL)[index];
  const LensGraphNode *nodes = lens_host_graph_get_nodes (graph, NULL);
  g_autofree char *source = lens_host_graph_describe_node (graph, edge->source);
  g_autofree char *destination = lens_host_graph_describe_node (graph, edge->destination);
  g_autofree char *count = lens_format_count (edge->packets);
  g_autofree char *bytes = lens_format_bytes (edge->payload_bytes);
  const LensGraphPassed *passed = lens_graph_marks_get_edge_passed (marks, index);
  g_autofree char *passed_count = lens_format_count (passed != NULL ? passed->packets : 0);
  g_autofree char *passed_bytes = lens_format_bytes (passed != NULL ? passed->payload_bytes : 0);
  GString *text = g_string_new (NULL);

  if (passed != NULL)
    /* Translators: source → destination: so many of so many packets, so much of so much payload. */
    g_string_printf (
        text,
        ngettext ("%s → %s: %s of %s packet, %s of %s", "%s → %s: %s of %s packets, %s of %s", edge->packets),
        source, destination, passed_count, count, passed_bytes, bytes);
  else
    /* Translators: source → destination: so many packets, so much payload. */
    g_string_printf (text, ngettext ("%s → %s: %s packet, %s", "%s → %s: %s packets, %s", edge->packets),
                     source, destination, count, bytes);
  append_addresses (text, graph, edge);
  if (nodes[edge->source].address.version == 0 || nodes[edge->destination].address.version == 0)
    g_string_append_printf (text, "\n%s",
                            _ ("No filter selects the other hosts alone: show them one by one first."));
  return g_string_free (text, FALSE);
}
