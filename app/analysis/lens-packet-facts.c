#include "lens-packet-facts.h"

#include "lens-burst.h"
#include "lens-format.h"

#include <glib/gi18n-lib.h>

/* How many packets are looked at between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

/* Adds up the packets of the same stream from @place on, one way, while they are in the same burst. FALSE: cancelled. */
static gboolean
follow_burst (LensPacketList *list,
              gsize place,
              gboolean is_forward,
              GCancellable *cancellable,
              LensPacketFacts *facts)
{
  const LensPacketTable *table = lens_packet_list_get_table (list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  const LensFlow *own = &flows.items[columns.flow[lens_packet_list_get_row (list, place)]];
  gsize n = lens_packet_list_get_n (list);

  for (gsize looked_at = 1; is_forward ? ++place < n : place-- > 0; looked_at++)
    {
      gsize row = lens_packet_list_get_row (list, place);
      const LensFlow *flow = &flows.items[columns.flow[row]];

      if (looked_at % PACKETS_PER_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (flow->source_host != own->source_host || flow->destination_host != own->destination_host)
        continue;
      if (lens_packet_list_get_burst (list, place) != facts->burst)
        break;
      facts->burst_packets++;
      facts->burst_payload_bytes += columns.payload_bytes[row];
    }
  return TRUE;
}

gboolean
lens_packet_facts_find (LensPacketList *list, gsize place, GCancellable *cancellable, LensPacketFacts *facts)
{
  const LensPacketTable *table = lens_packet_list_get_table (list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensCapture *capture = lens_analysis_get_capture (lens_packet_list_get_analysis (list));
  gsize row = lens_packet_list_get_row (list, place);
  gint64 first_ns = columns.time_ns[row];
  gint64 last_ns;

  (void) lens_capture_get_time_span (capture, &first_ns, &last_ns);
  *facts = (LensPacketFacts){
    .number = lens_packet_table_get_number (table, row),
    .time_ns = columns.time_ns[row],
    .since_start_ns = columns.time_ns[row] - first_ns,
    .since_previous_ns = lens_packet_list_get_since_previous (list, place),
    .is_ip = lens_packet_table_get_flows (table).items[columns.flow[row]].source_host != LENS_HOST_NONE,
    .is_worked_out = lens_packet_list_is_worked_out (list),
    .inter_arrival_ns = lens_packet_list_get_inter_arrival (list, place),
    .burst = lens_packet_list_get_burst (list, place),
  };
  if (facts->burst == 0)
    return TRUE;
  facts->burst_packets = 1;
  facts->burst_payload_bytes = columns.payload_bytes[row];
  return follow_burst (list, place, TRUE, cancellable, facts)
         && follow_burst (list, place, FALSE, cancellable, facts);
}

gboolean
lens_packet_facts_equal (const LensPacketFacts *a, const LensPacketFacts *b)
{
  return a->number == b->number && a->time_ns == b->time_ns && a->since_start_ns == b->since_start_ns
         && a->since_previous_ns == b->since_previous_ns && a->is_ip == b->is_ip
         && a->is_worked_out == b->is_worked_out && a->inter_arrival_ns == b->inter_arrival_ns
         && a->burst == b->burst && a->burst_packets == b->burst_packets
         && a->burst_payload_bytes == b->burst_payload_bytes;
}

/* Before the second header. @value, @meaning: (transfer full) (nullable) */
static void
add (LensFieldTree *tree, guint depth, const char *id, const char *name, char *value, char *meaning)
{
  gsize place = 1;

  while (place < lens_field_tree_get_n (tree) && lens_field_tree_get (tree, place)->depth > 0)
    place++;
  lens_field_tree_insert (tree, place, depth, name, value, meaning, 0, 0);
  if (id != NULL)
    lens_field_tree_set_id (tree, place, id);
}

/* "0.000245 s" */
static char *
write_span (gint64 span_ns)
{
  g_autofree char *seconds = lens_format_seconds (span_ns);

  return g_strdup_printf (_ ("%s s"), seconds);
}

static void
add_burst (const LensPacketFacts *facts, LensFieldTree *tree)
{
  if (facts->burst == 0)
    {
      add (tree, 1, "IP_Burst_ix", _ ("Burst"), g_strdup (_ ("none")), NULL);
      return;
    }
  add (tree, 1, "IP_Burst_ix", _ ("Burst"), lens_format_count (facts->burst), NULL);
  add (tree, 2, "IP_Burst_length", _ ("Burst length"), lens_format_count (facts->burst_packets - 1),
       g_strdup (_ ("packets − 1")));
  add (tree, 2, "IP_Burst_avg_size", _ ("Mean size in the burst"),
       g_strdup_printf ("%.2f", (double) facts->burst_payload_bytes / (double) facts->burst_packets),
       g_strdup (_ ("bytes")));
}

void
lens_packet_facts_add (const LensPacketFacts *facts, LensFieldTree *tree)
{
  g_autofree char *since_start = write_span (facts->since_start_ns);

  add (tree, 1, NULL, _ ("Number"), lens_format_count (facts->number), NULL);
  /* Translators: %s is a time: "3.2 s". */
  add (tree, 1, "time", _ ("Time"), lens_format_date_time (facts->time_ns, FALSE),
       g_strdup_printf (_ ("%s since the first packet"), since_start));
  if (facts->since_previous_ns != LENS_PACKET_LIST_NO_TIME)
    add (tree, 1, NULL, _ ("Since the packet listed before"), write_span (facts->since_previous_ns), NULL);
  if (!facts->is_ip || !facts->is_worked_out)
    return;
  if (facts->inter_arrival_ns != LENS_PACKET_LIST_NO_TIME)
    add (tree, 1, "IP_int_arr_time", _ ("Inter-arrival time"), write_span (facts->inter_arrival_ns), NULL);
  else
    add (tree, 1, "IP_int_arr_time", _ ("Inter-arrival time"), g_strdup (_ ("none")),
         g_strdup (_ ("the first to this destination")));
  add_burst (facts, tree);
}
