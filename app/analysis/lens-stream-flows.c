/* Which flows a stream has under a filter, and how much of each. */
#include "lens-analysis-private.h"
#include "lens-stream.h"

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

/* As a flow's place: it is none of the stream's. */
#define NO_PLACE G_MAXUINT32

/* One of the table's flows that is the stream's. */
typedef struct
{
  guint64
      packed_key; /* the same for those that differ in nothing a person can ask for: malformed packets have a flow of their own */
  guint32 flow;
} Member;

gboolean
lens_flow_key_equal (const LensFlowKey *a, const LensFlowKey *b)
{
  return a->protocol == b->protocol && a->source_port == b->source_port
         && a->destination_port == b->destination_port;
}

LensFilterTerm
lens_flow_key_get_term (const LensFlowKey *flow, const LensAddress *source, const LensAddress *destination)
{
  return lens_filter_term_flow (source, flow->source_port, destination, flow->destination_port,
                                flow->protocol);
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *one = a;
  const Member *other = b;

  return (one->packed_key > other->packed_key) - (one->packed_key < other->packed_key);
}

static int
compare_totals (gconstpointer a, gconstpointer b)
{
  const LensFlowTotals *one = a;
  const LensFlowTotals *other = b;

  if (one->packets != other->packets)
    return one->packets < other->packets ? 1 : -1;
  return (one->payload_bytes < other->payload_bytes) - (one->payload_bytes > other->payload_bytes);
}

/* (element-type Member), by their keys. */
static GArray *
find_members (LensFlowsView flows, const guint8 *selected, guint32 source, guint32 destination)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));

  if (source == LENS_HOST_NONE || destination == LENS_HOST_NONE)
    return members;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];
      Member member = { .flow = (guint32) i };

      if (!selected[i] || flow->source_host != source || flow->destination_host != destination)
        continue;
      member.packed_key = (guint64) flow->protocol << 32 | (guint64) flow->source_port << 16
                          | (guint64) flow->destination_port;
      g_array_append_val (members, member);
    }
  g_array_sort (members, compare_members);
  return members;
}

/* Without figures yet, one for the members of one key, in their order. @places: (nullable) of each of the table's flows. */
static GArray *
make_totals (GArray *members, LensFlowsView flows, guint32 *places)
{
  GArray *totals = g_array_new (FALSE, TRUE, sizeof (LensFlowTotals));

  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);
      const LensFlow *flow = &flows.items[member->flow];

      if (i == 0 || member[-1].packed_key != member->packed_key)
        {
          LensFlowTotals total = { .key = { .protocol = flow->protocol,
                                            .source_port = flow->source_port,
                                            .destination_port = flow->destination_port } };

          g_array_append_val (totals, total);
        }
      if (places != NULL)
        places[member->flow] = totals->len - 1;
      else
        {
          LensFlowTotals *total = &g_array_index (totals, LensFlowTotals, totals->len - 1);

          total->packets += flow->packets;
          total->payload_bytes += flow->payload_bytes;
        }
    }
  return totals;
}

/* Where flows alone don't say what is selected. FALSE when cancelled. */
static gboolean
count_rows (const LensAnalysis *analysis,
            const guint32 *places,
            LensFlowTotals *totals,
            GCancellable *cancellable,
            GError **error)
{
  LensPacketColumns columns = lens_packet_table_get_columns (lens_capture_get_table (analysis->capture));
  LensSelectionView selected = lens_selection_get_view (analysis->selection);

  for (gsize i = 0; i < selected.n_ranges; i++)
    for (gsize start = selected.ranges[i].first; start < selected.ranges[i].end; start += ROWS_PER_LOOK)
      {
        gsize end = MIN (start + ROWS_PER_LOOK, selected.ranges[i].end);

        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return FALSE;
        for (gsize row = start; row < end; row++)
          {
            guint32 place = places[columns.flow[row]];

            if (place == NO_PLACE || (selected.rows != NULL && !lens_row_set_has (selected.rows, row)))
              continue;
            totals[place].packets++;
            totals[place].payload_bytes += columns.payload_bytes[row];
          }
      }
  return TRUE;
}

static void
remove_empty (GArray *totals)
{
  guint n = 0;

  for (guint i = 0; i < totals->len; i++)
    if (g_array_index (totals, LensFlowTotals, i).packets > 0)
      g_array_index (totals, LensFlowTotals, n++) = g_array_index (totals, LensFlowTotals, i);
  g_array_set_size (totals, n);
}

GArray *
lens_stream_flows_new (const LensAnalysis *analysis,
                       const LensAddress *source,
                       const LensAddress *destination,
                       GCancellable *cancellable,
                       GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensSelectionView selected = lens_selection_get_view (analysis->selection);
  g_autoptr (GArray) members
      = find_members (flows, selected.flows, lens_packet_table_find_host (table, source),
                      lens_packet_table_find_host (table, destination));
  g_autoptr (GArray) totals = NULL;
  g_autofree guint32 *places = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!selected.is_by_flows && members->len > 0)
    {
      places = g_try_new (guint32, flows.n);
      if (places == NULL)
        {
          lens_analysis_set_memory_error (analysis, error);
          return NULL;
        }
      for (gsize i = 0; i < flows.n; i++)
        places[i] = NO_PLACE;
    }
  totals = make_totals (members, flows, places);
  if (places != NULL
      && !count_rows (analysis, places, (LensFlowTotals *) (gpointer) totals->data, cancellable, error))
    return NULL;
  remove_empty (totals);
  g_array_sort (totals, compare_totals);
  return g_steal_pointer (&totals);
}
