#include "lens-analysis-plan.h"

#include <stdlib.h>
#include <string.h>

#define N_PORT_NUMBERS 65536

G_STATIC_ASSERT (LENS_HOST_NONE == G_MAXUINT32 && LENS_PLAN_NO_LINE == G_MAXUINT8);

/* Whether @host is to be preferred as the top source: who sent most payload; where nobody sent any, most packets; of equals
 * the smallest address. */
static gboolean
is_stronger_source (const LensHostTotals *host, const LensHostTotals *than)
{
  if (host->sent_payload_bytes != than->sent_payload_bytes)
    return host->sent_payload_bytes > than->sent_payload_bytes;
  if (host->sent_payload_bytes == 0 && host->sent_packets != than->sent_packets)
    return host->sent_packets > than->sent_packets;
  return lens_address_compare (&host->address, &than->address) < 0;
}

static const LensHostTotals *
find_top_source (const LensAnalysis *analysis)
{
  const LensHostTotals *top = NULL;

  for (gsize i = 0; i < analysis->n_hosts; i++)
    {
      const LensHostTotals *host = &analysis->hosts[i];

      if (host->sent_packets > 0 && (top == NULL || is_stronger_source (host, top)))
        top = host;
    }
  return top;
}

/* The source port that sent most payload; where none sent any, most packets; of equals the smallest. */
static const LensPortTotals *
find_top_port (const LensAnalysis *analysis, LensPortsKind kind)
{
  const LensPortTotals *top = analysis->n_ports[kind] > 0 ? &analysis->ports[kind][0] : NULL;

  for (gsize i = 1; top != NULL && top->payload_bytes == 0 && i < analysis->n_ports[kind]; i++)
    {
      if (analysis->ports[kind][i].packets > top->packets)
        top = &analysis->ports[kind][i];
    }
  return top;
}

/* The next member, strongest first: a series of its own, or the one of the others. Returns its place. */
static guint8
add_member (LensAnalysisPlan *plan, LensTimeKind kind, const LensSeries *member)
{
  LensTimeSeries *times = &plan->time_series[kind];
  gsize place = MIN (times->n_series, (gsize) LENS_SERIES_MAX_NAMED);
  LensSeries *series;

  if (times->n_series == LENS_PLAN_MAX_SERIES)
    place = LENS_PLAN_MAX_SERIES - 1;
  series = &plan->series[kind][place];
  if (place == times->n_series)
    {
      *series = place < LENS_SERIES_MAX_NAMED ? *member : (LensSeries){ .kind = LENS_SERIES_OTHERS };
      series->n_members = series->packets = series->payload_bytes = 0;
      times->n_series++;
    }
  series->n_members++;
  series->packets += member->packets;
  series->payload_bytes += member->payload_bytes;
  return (guint8) (kind * LENS_PLAN_MAX_SERIES + place);
}

static void
add_line (LensAnalysisPlan *plan, const LensAnalysisScope *scope, gsize flow_of_scope, guint8 line)
{
  LensFlowPlan *flow = &plan->flows[lens_analysis_scope_get_place (scope, flow_of_scope)];
  gsize i = 0;

  while (flow->lines[i] != LENS_PLAN_NO_LINE)
    i++;
  flow->lines[i] = line;
}

/* What the top source sent, by destination address, and its stream with most packets. Connections come strongest first,
 * so of equal packet counts the one with more payload, then the smaller address, is the top stream. */
static gboolean
plan_top_source (LensAnalysisPlan *plan, const LensAnalysis *analysis, const LensAnalysisScope *scope)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  LensFlowsView flows = scope->flows;
  const LensHostTotals *source = find_top_source (analysis);
  const LensConnectionTotals *top = NULL;
  g_autofree guint8 *lines = NULL; /* host index -> line */
  LensHostsView hosts;
  const LensAddress *source_address;
  guint32 source_index;
  guint32 top_index;

  if (source == NULL)
    return TRUE;
  source_index = lens_packet_table_find_host (table, &source->address);
  plan->time_series[LENS_TIME_BY_TOP_SOURCE].is_present = TRUE;
  plan->time_series[LENS_TIME_BY_TOP_SOURCE].source = source->address;

  hosts = lens_packet_table_get_hosts (table);
  source_address = &hosts.items[source_index].address;
  lines = g_try_new (guint8, hosts.n);
  if (lines == NULL)
    return FALSE;
  for (gsize i = 0; i < analysis->n_connections; i++)
    {
      const LensConnectionTotals *connection = &analysis->connections[i];
      LensSeries member;

      /* Both are addresses of the table's hosts. */
      if (connection->source != source_address)
        continue;
      member = (LensSeries){ .kind = LENS_SERIES_DESTINATION,
                             .address = *connection->destination,
                             .packets = connection->packets,
                             .payload_bytes = connection->payload_bytes };
      lines[lens_packet_table_find_host (table, connection->destination)]
          = add_member (plan, LENS_TIME_BY_TOP_SOURCE, &member);
      if (top == NULL || connection->packets > top->packets)
        top = connection;
    }

  top_index = lens_packet_table_find_host (table, top->destination);
  plan->top_stream = (LensStream){ .is_present = TRUE,
                                   .source = source->address,
                                   .destination = *top->destination,
                                   .packets = top->packets,
                                   .payload_bytes = top->payload_bytes };
  for (gsize i = 0; i < flows.n; i++)
    {
      if (flows.items[i].source_host != source_index)
        continue;
      add_line (plan, scope, i, lines[flows.items[i].destination_host]);
      if (flows.items[i].destination_host == top_index)
        add_line (plan, scope, i, LENS_PLAN_STREAM_LINE);
    }
  return TRUE;
}

static int
compare_members (const void *a, const void *b)
{
  const LensPortTotals *x = a;
  const LensPortTotals *y = b;

  if (x->payload_bytes != y->payload_bytes)
    return x->payload_bytes < y->payload_bytes ? 1 : -1;
  return (int) x->port - (int) y->port;
}

/* What the top source port of @layer sent, by destination port. */
static gboolean
plan_top_port (LensAnalysisPlan *plan,
               const LensAnalysis *analysis,
               const LensAnalysisScope *scope,
               LensTimeKind kind,
               LensLayer layer,
               LensPortsKind ports)
{
  LensFlowsView flows = scope->flows;
  const LensPortTotals *source = find_top_port (analysis, ports);
  g_autofree LensPortTotals *totals = NULL;  /* by destination port */
  g_autofree LensPortTotals *members = NULL; /* those of them that there are */
  g_autofree guint8 *lines = NULL;           /* destination port -> line */
  gsize n_members = 0;

  if (source == NULL)
    return TRUE;
  plan->time_series[kind].is_present = TRUE;
  plan->time_series[kind].source_port = source->port;

  totals = g_try_new0 (LensPortTotals, N_PORT_NUMBERS);
  members = g_try_new (LensPortTotals, N_PORT_NUMBERS);
  lines = g_try_new (guint8, N_PORT_NUMBERS);
  if (totals == NULL || members == NULL || lines == NULL)
    return FALSE;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];
      LensPortTotals *total = &totals[flow->destination_port];

      if (flow->layer != layer || flow->source_port != source->port)
        continue;
      if (total->packets == 0)
        members[n_members++].port = flow->destination_port;
      total->packets += flow->packets;
      total->payload_bytes += flow->payload_bytes;
    }
  for (gsize i = 0; i < n_members; i++)
    {
      guint16 port = members[i].port;

      members[i] = totals[port];
      members[i].port = port;
    }
  qsort (members, n_members, sizeof *members, compare_members);

  for (gsize i = 0; i < n_members; i++)
    {
      LensSeries member = { .kind = LENS_SERIES_DESTINATION_PORT,
                            .port = members[i].port,
                            .packets = members[i].packets,
                            .payload_bytes = members[i].payload_bytes };

      lines[members[i].port] = add_member (plan, kind, &member);
    }
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];

      if (flow->layer == layer && flow->source_port == source->port)
        add_line (plan, scope, i, lines[flow->destination_port]);
    }
  return TRUE;
}

LensAnalysisPlan *
lens_analysis_plan_new (const LensAnalysis *analysis, const LensAnalysisScope *scope)
{
  gsize n_all_flows = lens_packet_table_get_flows (lens_capture_get_table (analysis->capture)).n;
  g_autoptr (LensAnalysisPlan) plan = g_new0 (LensAnalysisPlan, 1);

  plan->flows = g_try_new (LensFlowPlan, MAX (n_all_flows, 1));
  if (plan->flows == NULL)
    return NULL;
  /* LENS_HOST_NONE and LENS_PLAN_NO_LINE, for those that aren't in the scope. */
  memset (plan->flows, 0xff, n_all_flows * sizeof *plan->flows);
  for (gsize i = 0; i < scope->flows.n; i++)
    plan->flows[lens_analysis_scope_get_place (scope, i)].destination_host
        = scope->flows.items[i].destination_host;
  if (!plan_top_source (plan, analysis, scope)
      || !plan_top_port (plan, analysis, scope, LENS_TIME_BY_TOP_TCP_PORT, LENS_LAYER_TCP,
                         LENS_PORTS_TCP_SOURCE)
      || !plan_top_port (plan, analysis, scope, LENS_TIME_BY_TOP_UDP_PORT, LENS_LAYER_UDP,
                         LENS_PORTS_UDP_SOURCE))
    return NULL;

  plan->top_stream.rule = analysis->rule;
  for (gsize kind = 0; kind < LENS_N_TIMES; kind++)
    {
      for (gsize i = 0; i < plan->time_series[kind].n_series; i++)
        plan->lines[kind * LENS_PLAN_MAX_SERIES + i].n_packets = plan->series[kind][i].packets;
    }
  plan->lines[LENS_PLAN_STREAM_LINE].n_packets = plan->top_stream.packets;
  return g_steal_pointer (&plan);
}

void
lens_analysis_plan_free (LensAnalysisPlan *plan)
{
  for (gsize i = 0; i < LENS_PLAN_N_LINES; i++)
    g_free (plan->lines[i].reducer.points);
  g_free (plan->burst_finder.bursts);
  g_free (plan->flows);
  g_free (plan);
}

/* What one search for the ends of lines has still to find. */
typedef struct
{
  LensAnalysisPlan *plan;
  const LensPacketColumns *columns;
  const LensRowSet *rows; /* (nullable) */
  gboolean is_backwards;
  gboolean is_wanted[LENS_PLAN_N_LINES];
  gsize n_wanted;
} EdgeSearch;

static void
look_at_row (EdgeSearch *search, gsize row)
{
  const LensFlowPlan *flow = &search->plan->flows[search->columns->flow[row]];

  for (gsize j = 0; j < LENS_PLAN_LINES_PER_FLOW && flow->lines[j] != LENS_PLAN_NO_LINE; j++)
    {
      LensPlanLine *line = &search->plan->lines[flow->lines[j]];

      if (!search->is_wanted[flow->lines[j]])
        continue;
      search->is_wanted[flow->lines[j]] = FALSE;
      search->n_wanted--;
      if (search->is_backwards)
        line->last_ns = search->columns->time_ns[row];
      else
        line->first_ns = search->columns->time_ns[row];
    }
}

/* Writes the time of the first selected row of each line, or, going backwards, of the last. Lines of few packets keep them all and
 * need no such times, so that the search mostly ends soon. */
static void
find_edges (LensAnalysisPlan *plan,
            const LensPacketColumns *columns,
            const LensSelectionView *selected,
            gboolean is_backwards)
{
  EdgeSearch search
      = { .plan = plan, .columns = columns, .rows = selected->rows, .is_backwards = is_backwards };

  for (gsize i = 0; i < LENS_PLAN_N_LINES; i++)
    {
      search.is_wanted[i] = plan->lines[i].n_packets > LENS_SERIES_MAX_POINTS;
      search.n_wanted += search.is_wanted[i];
    }
  for (gsize i = 0; i < selected->n_ranges && search.n_wanted > 0; i++)
    {
      LensRowRange range = selected->ranges[is_backwards ? selected->n_ranges - 1 - i : i];

      for (gsize j = 0; j < range.end - range.first && search.n_wanted > 0; j++)
        {
          gsize row = is_backwards ? range.end - 1 - j : range.first + j;

          if (search.rows == NULL || lens_row_set_has (search.rows, row))
            look_at_row (&search, row);
        }
    }
}

gboolean
lens_analysis_plan_begin (LensAnalysisPlan *plan,
                          const LensPacketColumns *columns,
                          const LensSelectionView *selected)
{
  find_edges (plan, columns, selected, FALSE);
  find_edges (plan, columns, selected, TRUE);
  for (gsize i = 0; i < LENS_PLAN_N_LINES; i++)
    {
      LensPlanLine *line = &plan->lines[i];

      if (line->n_packets > 0
          && !lens_series_reducer_begin (&line->reducer, line->n_packets, line->first_ns, line->last_ns,
                                         LENS_SERIES_COLUMNS))
        return FALSE;
    }
  if (plan->top_stream.is_present)
    lens_burst_finder_begin (&plan->burst_finder, &plan->top_stream.rule, plan->top_stream.packets);
  return TRUE;
}

gboolean
lens_analysis_plan_end (LensAnalysisPlan *plan, LensAnalysis *analysis)
{
  gboolean is_good = TRUE;

  for (gsize kind = 0; kind < LENS_N_TIMES; kind++)
    {
      LensTimeSeries *times = &plan->time_series[kind];
      LensSeries *series = g_memdup2 (plan->series[kind], times->n_series * sizeof (LensSeries));

      for (gsize i = 0; i < times->n_series; i++)
        series[i].points = lens_series_reducer_end (&plan->lines[kind * LENS_PLAN_MAX_SERIES + i].reducer,
                                                    &series[i].n_points);
      times->series = series;
      analysis->time_series[kind] = *times;
    }

  if (plan->top_stream.is_present)
    {
      LensBurst *bursts;

      is_good = lens_burst_finder_end (&plan->burst_finder, &bursts, &plan->top_stream.n_bursts);
      plan->top_stream.bursts = bursts;
      plan->top_stream.points
          = lens_series_reducer_end (&plan->lines[LENS_PLAN_STREAM_LINE].reducer, &plan->top_stream.n_points);
      /* The first packet and the last are always among the points. */
      plan->top_stream.first_ns = plan->top_stream.points[0].time_ns;
      plan->top_stream.last_ns = plan->top_stream.points[plan->top_stream.n_points - 1].time_ns;
    }
  analysis->top_stream = plan->top_stream;
  return is_good;
}
