#include "lens-stream.h"

#include "lens-analysis-private.h"
#include "lens-burst-finder.h"
#include "lens-series-reducer.h"

/* How many rows are read between looks at the cancellable. */
#define ROWS_PER_LOOK 4096

/* As a flow's lane: it is in none. */
#define NO_LANE G_MAXUINT8

/* Some streams, read side by side. */
typedef struct
{
  const LensAnalysis *analysis;
  guint8 *lane_of_flow; /* owned, one a flow of the table */
  LensStream *lanes;    /* the caller's */
  gsize n_lanes;
  LensBurstFinder *finders;   /* owned, one a lane */
  LensSeriesReducer *reducer; /* (nullable): of the only lane */
  gint64 first_ns;
  gint64 last_ns;
} StreamPass;

typedef void (*TakeRowFunc) (StreamPass *pass, LensStream *lane, gint64 time_ns, guint32 payload_bytes);

static void
stream_pass_clear (StreamPass *pass)
{
  for (gsize i = 0; pass->finders != NULL && i < pass->n_lanes; i++)
    g_free (pass->finders[i].bursts);
  g_free (pass->finders);
  g_free (pass->lane_of_flow);
  if (pass->reducer != NULL)
    g_free (pass->reducer->points);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StreamPass, stream_pass_clear)

LensBurstRule
lens_stream_work_out_rule (const LensBurstRule *rule, const LensCapture *capture)
{
  LensBurstRule result = *rule;
  double size;

  if (!rule->is_size_from_mean)
    return result;
  size = rule->mean_factor * lens_capture_get_mean_payload (capture);
  result.size_bytes = size >= (double) G_MAXUINT32 ? G_MAXUINT32 : (guint32) MAX (size, 0);
  return result;
}

static gboolean
is_flow (const LensFlow *flow, const LensFlowKey *key)
{
  return flow->protocol == key->protocol && flow->source_port == key->source_port
         && flow->destination_port == key->destination_port;
}

/* Which lane each flow is in, by its hosts. FALSE when memory runs out. */
static gboolean
stream_pass_begin (StreamPass *pass)
{
  const LensPacketTable *table = lens_capture_get_table (pass->analysis->capture);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensSelectionView selected = lens_selection_get_view (pass->analysis->selection);
  guint32 sources[LENS_BURST_MAX_LANES];
  guint32 destinations[LENS_BURST_MAX_LANES];

  g_return_val_if_fail (pass->n_lanes <= LENS_BURST_MAX_LANES, FALSE);
  pass->lane_of_flow = g_try_new (guint8, MAX (flows.n, 1));
  if (pass->lane_of_flow == NULL)
    return FALSE;
  pass->finders = g_new0 (LensBurstFinder, pass->n_lanes);
  for (gsize i = 0; i < pass->n_lanes; i++)
    {
      sources[i] = lens_packet_table_find_host (table, &pass->lanes[i].source);
      destinations[i] = lens_packet_table_find_host (table, &pass->lanes[i].destination);
    }
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];

      pass->lane_of_flow[i] = NO_LANE;
      for (gsize j = 0; j < pass->n_lanes && selected.flows[i] && flow->source_host != LENS_HOST_NONE; j++)
        if (flow->source_host == sources[j] && flow->destination_host == destinations[j]
            && (!pass->lanes[j].is_flow || is_flow (flow, &pass->lanes[j].flow)))
          pass->lane_of_flow[i] = (guint8) j;
    }
  return TRUE;
}

/* Calls @take for each selected row of a lane, in time order. FALSE when cancelled. */
static gboolean
stream_pass_run (StreamPass *pass, TakeRowFunc take, GCancellable *cancellable, GError **error)
{
  LensPacketColumns columns
      = lens_packet_table_get_columns (lens_capture_get_table (pass->analysis->capture));
  LensSelectionView selected = lens_selection_get_view (pass->analysis->selection);

  for (gsize i = 0; i < selected.n_ranges; i++)
    for (gsize start = selected.ranges[i].first; start < selected.ranges[i].end; start += ROWS_PER_LOOK)
      {
        gsize end = MIN (start + ROWS_PER_LOOK, selected.ranges[i].end);

        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return FALSE;
        for (gsize row = start; row < end; row++)
          {
            guint8 lane = pass->lane_of_flow[columns.flow[row]];

            if (lane != NO_LANE && (selected.rows == NULL || lens_row_set_has (selected.rows, row)))
              take (pass, &pass->lanes[lane], columns.time_ns[row], columns.payload_bytes[row]);
          }
      }
  return TRUE;
}

/* What a burst's rule and a series' columns have to know before the first packet. */
static void
count_row (StreamPass *pass, LensStream *lane, gint64 time_ns, guint32 payload_bytes)
{
  if (!lane->is_present)
    lane->first_ns = time_ns;
  lane->is_present = TRUE;
  lane->last_ns = time_ns;
  lane->packets++;
  lane->payload_bytes += payload_bytes;
}

static void
push_row (StreamPass *pass, LensStream *lane, gint64 time_ns, guint32 payload_bytes)
{
  lens_burst_finder_push (&pass->finders[lane - pass->lanes], time_ns, payload_bytes);
  if (pass->reducer != NULL)
    lens_series_reducer_push (pass->reducer, time_ns, payload_bytes);
}

/* Fills the lanes, which say no more than their ends yet. FALSE with the errors of the header. */
static gboolean
fill_lanes (StreamPass *pass, const LensBurstRule *rule, GCancellable *cancellable, GError **error)
{
  LensBurstRule worked_out = lens_stream_work_out_rule (rule, pass->analysis->capture);
  gboolean is_good = TRUE;

  if (!stream_pass_begin (pass))
    return lens_analysis_set_memory_error (pass->analysis, error);
  if (!stream_pass_run (pass, count_row, cancellable, error))
    return FALSE;

  for (gsize i = 0; i < pass->n_lanes; i++)
    {
      pass->lanes[i].rule = worked_out;
      lens_burst_finder_begin (&pass->finders[i], &worked_out, pass->lanes[i].packets);
    }
  if (pass->reducer != NULL && pass->lanes[0].packets > 0
      && !lens_series_reducer_begin (pass->reducer, pass->lanes[0].packets, pass->lanes[0].first_ns,
                                     pass->lanes[0].last_ns, LENS_SERIES_COLUMNS))
    return lens_analysis_set_memory_error (pass->analysis, error);
  if (!stream_pass_run (pass, push_row, cancellable, error))
    return FALSE;

  for (gsize i = 0; i < pass->n_lanes; i++)
    {
      LensBurst *bursts;

      is_good = lens_burst_finder_end (&pass->finders[i], &bursts, &pass->lanes[i].n_bursts) && is_good;
      pass->lanes[i].bursts = bursts;
    }
  if (pass->reducer != NULL)
    pass->lanes[0].points = lens_series_reducer_end (pass->reducer, &pass->lanes[0].n_points);
  return is_good || lens_analysis_set_memory_error (pass->analysis, error);
}

static void
clear_stream (LensStream *stream)
{
  g_free ((gpointer) stream->points);
  g_free ((gpointer) stream->bursts);
  g_free ((gpointer) stream->flows);
}

LensStream *
lens_stream_new (const LensAnalysis *analysis,
                 const LensAddress *source,
                 const LensAddress *destination,
                 const LensFlowKey *flow,
                 const LensBurstRule *rule,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (LensStream) stream = g_new0 (LensStream, 1);
  LensSeriesReducer reducer = { 0 };
  g_auto (StreamPass) pass = { .analysis = analysis, .lanes = stream, .n_lanes = 1, .reducer = &reducer };
  g_autoptr (GArray) flows = NULL;

  stream->source = *source;
  stream->destination = *destination;
  stream->is_flow = flow != NULL;
  if (flow != NULL)
    stream->flow = *flow;
  if (!fill_lanes (&pass, rule, cancellable, error))
    return NULL;
  flows = lens_stream_flows_new (analysis, source, destination, cancellable, error);
  if (flows == NULL)
    return NULL;
  stream->n_all_flows = flows->len;
  stream->n_flows = MIN (flows->len, LENS_STREAM_MAX_FLOWS);
  stream->flows = g_memdup2 (flows->data, stream->n_flows * sizeof *stream->flows);
  return g_steal_pointer (&stream);
}

void
lens_stream_free (LensStream *stream)
{
  if (stream == NULL)
    return;
  clear_stream (stream);
  g_free (stream);
}

static gboolean
is_stronger (const LensConnectionTotals *a, const LensConnectionTotals *b)
{
  return a->packets != b->packets ? a->packets > b->packets : a->payload_bytes > b->payload_bytes;
}

/* Puts @connection where it belongs among the strongest so far. */
static void
insert_connection (const LensConnectionTotals **strongest, gsize *n, const LensConnectionTotals *connection)
{
  gsize place = *n;

  while (place > 0 && is_stronger (connection, strongest[place - 1]))
    place--;
  if (place == LENS_BURST_MAX_LANES)
    return;
  *n = MIN (*n + 1, LENS_BURST_MAX_LANES);
  for (gsize i = *n - 1; i > place; i--)
    strongest[i] = strongest[i - 1];
  strongest[place] = connection;
}

/* Lanes with nothing but their ends. */
static LensBurstLanes *
choose_lanes (const LensAnalysis *analysis, const LensAddress *host)
{
  LensBurstLanes *lanes = g_new0 (LensBurstLanes, 1);
  const LensConnectionTotals *strongest[LENS_BURST_MAX_LANES];

  lanes->host = *host;
  for (gsize i = 0; i < analysis->n_connections; i++)
    {
      const LensConnectionTotals *connection = &analysis->connections[i];

      if (!lens_address_equal (connection->source, host)
          && !lens_address_equal (connection->destination, host))
        continue;
      lanes->n_streams++;
      insert_connection (strongest, &lanes->n_lanes, connection);
    }
  lanes->lanes = g_new0 (LensStream, MAX (lanes->n_lanes, 1));
  for (gsize i = 0; i < lanes->n_lanes; i++)
    {
      lanes->lanes[i].source = *strongest[i]->source;
      lanes->lanes[i].destination = *strongest[i]->destination;
    }
  return lanes;
}

LensBurstLanes *
lens_burst_lanes_new (const LensAnalysis *analysis,
                      const LensAddress *host,
                      const LensBurstRule *rule,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LensBurstLanes) lanes = choose_lanes (analysis, host);
  g_auto (StreamPass) pass = { .analysis = analysis, .lanes = lanes->lanes, .n_lanes = lanes->n_lanes };

  if (!fill_lanes (&pass, rule, cancellable, error))
    return NULL;
  lanes->rule = lens_stream_work_out_rule (rule, analysis->capture);
  for (gsize i = 0; i < lanes->n_lanes; i++)
    {
      lanes->first_ns = i == 0 ? lanes->lanes[i].first_ns : MIN (lanes->first_ns, lanes->lanes[i].first_ns);
      lanes->last_ns = i == 0 ? lanes->lanes[i].last_ns : MAX (lanes->last_ns, lanes->lanes[i].last_ns);
    }
  return g_steal_pointer (&lanes);
}

void
lens_burst_lanes_free (LensBurstLanes *lanes)
{
  if (lanes == NULL)
    return;
  for (gsize i = 0; i < lanes->n_lanes; i++)
    clear_stream (&lanes->lanes[i]);
  g_free (lanes->lanes);
  g_free (lanes);
}
