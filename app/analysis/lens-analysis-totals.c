#include "lens-analysis-private.h"
#include "lens-parallel.h"
#include "lens-rank-sort.h"

#define N_PORT_NUMBERS 65536

static void
count_layers (LensLayerCounts *layers, const LensFlow *flow)
{
  layers->all += flow->packets;
  if (flow->is_malformed)
    layers->malformed += flow->packets;
  if (flow->layer == LENS_LAYER_NOT_IP)
    {
      layers->not_ip += flow->packets;
      return;
    }

  layers->ip += flow->packets;
  if (flow->ip_version == 6)
    layers->ipv6 += flow->packets;
  else
    layers->ipv4 += flow->packets;
  switch ((LensLayer) flow->layer)
    {
    case LENS_LAYER_TCP:
      layers->tcp += flow->packets;
      break;
    case LENS_LAYER_UDP:
      layers->udp += flow->packets;
      break;
    case LENS_LAYER_ICMP:
      layers->icmp += flow->packets;
      break;
    case LENS_LAYER_OTHER_IP:
    case LENS_LAYER_NOT_IP:
    default:
      layers->other_ip += flow->packets;
      break;
    }
}

/* What flows add up to for one host. */
typedef struct
{
  guint64 sent_packets;
  guint64 sent_payload_bytes;
  guint64 received_packets;
  guint64 received_payload_bytes;
} HostSums;

static void
sum_hosts (HostSums *sums, LensFlowsView flows)
{
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];

      if (flow->source_host != LENS_HOST_NONE)
        {
          sums[flow->source_host].sent_packets += flow->packets;
          sums[flow->source_host].sent_payload_bytes += flow->payload_bytes;
        }
      if (flow->destination_host != LENS_HOST_NONE)
        {
          sums[flow->destination_host].received_packets += flow->packets;
          sums[flow->destination_host].received_payload_bytes += flow->payload_bytes;
        }
    }
}

/* The hosts that have a packet: largest payload first, of equals the smallest address. Returns how many there are. */
static gsize
rank_hosts (LensRankRow *ranked, const HostSums *sums, gsize n_hosts, const LensHostOrder *order)
{
  gsize n = 0;

  for (gsize i = 0; i < n_hosts; i++)
    {
      if (sums[i].sent_packets + sums[i].received_packets > 0)
        ranked[n++] = (LensRankRow){
          .first = ~(sums[i].sent_payload_bytes + sums[i].received_payload_bytes),
          .second = order->ranks[i],
          .row = i,
        };
    }
  return n;
}

/* FALSE when memory runs out, as all that follow. */
static gboolean
fill_hosts (LensAnalysis *analysis, const LensPacketTable *table, const LensAnalysisScope *scope)
{
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  g_autofree HostSums *sums = g_try_new0 (HostSums, MAX (hosts.n, 1));
  g_autofree LensRankRow *ranked = g_try_new (LensRankRow, MAX (hosts.n, 1));
  const LensHostOrder *order;
  gsize n;

  analysis->host_rows = g_try_new (guint32, MAX (hosts.n, 1));
  if (sums == NULL || ranked == NULL || analysis->host_rows == NULL)
    return FALSE;
  sum_hosts (sums, scope->flows);
  /* Asked for as late as can be: who sums up the connections works it out meanwhile. */
  order = lens_capture_get_host_order (analysis->capture);
  if (order == NULL)
    return FALSE;
  n = rank_hosts (ranked, sums, hosts.n, order);
  if (!lens_rank_sort (ranked, n))
    return FALSE;

  analysis->hosts = g_try_new0 (LensHostTotals, MAX (n, 1));
  if (analysis->hosts == NULL)
    return FALSE;
  analysis->n_hosts = n;
  for (gsize i = 0; i < hosts.n; i++)
    analysis->host_rows[i] = LENS_HOST_ROW_NONE;
  for (gsize i = 0; i < n; i++)
    {
      gsize host = ranked[i].row;
      LensHostTotals *total = &analysis->hosts[i];

      total->address = hosts.items[host].address;
      total->sent_packets = sums[host].sent_packets;
      total->sent_payload_bytes = sums[host].sent_payload_bytes;
      total->received_packets = sums[host].received_packets;
      total->received_payload_bytes = sums[host].received_payload_bytes;
      analysis->host_rows[host] = (guint32) i;
    }
  return TRUE;
}

/* Largest payload first, of equals the smallest number. */
static gboolean
fill_ports (LensAnalysis *analysis, const LensAnalysisScope *scope, LensPortsKind kind)
{
  LensFlowsView flows = scope->flows;
  LensLayer layer
      = kind == LENS_PORTS_TCP_SOURCE || kind == LENS_PORTS_TCP_DESTINATION ? LENS_LAYER_TCP : LENS_LAYER_UDP;
  gboolean is_source = kind == LENS_PORTS_TCP_SOURCE || kind == LENS_PORTS_UDP_SOURCE;
  g_autofree LensPortTotals *totals = g_try_new0 (LensPortTotals, N_PORT_NUMBERS);
  g_autofree LensRankRow *ranked = NULL;
  gsize n = 0;

  if (totals == NULL)
    return FALSE;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];
      LensPortTotals *total = &totals[is_source ? flow->source_port : flow->destination_port];

      if (flow->layer != layer)
        continue;
      n += total->packets == 0;
      total->packets += flow->packets;
      total->payload_bytes += flow->payload_bytes;
    }

  ranked = g_try_new (LensRankRow, MAX (n, 1));
  analysis->ports[kind] = g_try_new (LensPortTotals, MAX (n, 1));
  if (ranked == NULL || analysis->ports[kind] == NULL)
    return FALSE;
  n = 0;
  for (gsize port = 0; port < N_PORT_NUMBERS; port++)
    {
      if (totals[port].packets > 0)
        ranked[n++] = (LensRankRow){ .first = ~totals[port].payload_bytes, .second = port, .row = port };
    }
  if (!lens_rank_sort (ranked, n))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      analysis->ports[kind][i] = totals[ranked[i].row];
      analysis->ports[kind][i].port = (guint16) ranked[i].row;
    }
  analysis->n_ports[kind] = n;
  return TRUE;
}

/* What one task fills: parts of the analysis that no other does. */
typedef struct
{
  LensAnalysis *analysis;
  const LensPacketTable *table;
  const LensAnalysisScope *scope;
  LensPortsKind kind;
  gboolean is_done; /* FALSE: memory has run out */
} TotalsTask;

static void
connections_worker (gpointer data)
{
  TotalsTask *task = data;

  task->is_done = lens_analysis_fill_connections (task->analysis, task->scope);
}

static void
layers_and_hosts_worker (gpointer data)
{
  TotalsTask *task = data;
  LensFlowsView flows = task->scope->flows;

  for (gsize i = 0; i < flows.n; i++)
    {
      count_layers (&task->analysis->layers, &flows.items[i]);
      task->analysis->payload_bytes += flows.items[i].payload_bytes;
    }
  task->is_done = fill_hosts (task->analysis, task->table, task->scope);
}

static void
ports_worker (gpointer data)
{
  TotalsTask *task = data;

  task->is_done = fill_ports (task->analysis, task->scope, task->kind);
}

gboolean
lens_analysis_fill_totals (LensAnalysis *analysis, const LensAnalysisScope *scope)
{
  static const LensParallelFunc workers[] = { connections_worker, layers_and_hosts_worker,
                                              ports_worker,       ports_worker,
                                              ports_worker,       ports_worker };
  const gsize n_others = G_N_ELEMENTS (workers) - LENS_N_PORTS;
  TotalsTask data[G_N_ELEMENTS (workers)];
  LensParallelTask tasks[G_N_ELEMENTS (workers)];
  gboolean is_done = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      data[i] = (TotalsTask){
        .analysis = analysis,
        .table = lens_capture_get_table (analysis->capture),
        .scope = scope,
        .kind = i >= n_others ? (LensPortsKind) (i - n_others) : LENS_N_PORTS,
      };
      tasks[i] = (LensParallelTask){ workers[i], &data[i] };
    }
  lens_parallel_run (tasks, G_N_ELEMENTS (tasks));
  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    is_done &= data[i].is_done;
  return is_done;
}
