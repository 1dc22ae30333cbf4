#include "lens-analysis-private.h"
#include "lens-parallel.h"

#include <stdlib.h>

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

/* Largest first. */
static int
compare_figures (guint64 a, guint64 b)
{
  return (a < b) - (a > b);
}

static int
compare_hosts (const void *a, const void *b)
{
  const LensHostTotals *x = a;
  const LensHostTotals *y = b;
  int order = compare_figures (x->sent_payload_bytes + x->received_payload_bytes,
                               y->sent_payload_bytes + y->received_payload_bytes);

  return order != 0 ? order : lens_address_compare (&x->address, &y->address);
}

static int
compare_ports (const void *a, const void *b)
{
  const LensPortTotals *x = a;
  const LensPortTotals *y = b;
  int order = compare_figures (x->payload_bytes, y->payload_bytes);

  return order != 0 ? order : (int) x->port - (int) y->port;
}

/* @rows with room for @n of them only, where there is memory for that. */
static gpointer
shrink (gpointer rows, gsize n, gsize row_bytes)
{
  gpointer shrunk = g_try_realloc (rows, MAX (n, 1) * row_bytes);

  return shrunk != NULL ? shrunk : rows;
}

/* Hosts: summed up by index, then those without a packet left out, then sorted. FALSE when memory
 * runs out, as all that follow. */
static gboolean
fill_hosts (LensAnalysis *analysis, const LensPacketTable *table, const LensAnalysisScope *scope)
{
  LensFlowsView flows = scope->flows;
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  LensHostTotals *totals = g_try_new0 (LensHostTotals, MAX (hosts.n, 1));
  gsize n = 0;

  analysis->hosts = totals;
  analysis->host_rows = g_try_new (guint32, MAX (hosts.n, 1));
  if (totals == NULL || analysis->host_rows == NULL)
    return FALSE;
  for (gsize i = 0; i < hosts.n; i++)
    totals[i].address = hosts.items[i].address;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];

      if (!scope->passes[i])
        continue;
      if (flow->source_host != LENS_HOST_NONE)
        {
          totals[flow->source_host].sent_packets += flow->packets;
          totals[flow->source_host].sent_payload_bytes += flow->payload_bytes;
        }
      if (flow->destination_host != LENS_HOST_NONE)
        {
          totals[flow->destination_host].received_packets += flow->packets;
          totals[flow->destination_host].received_payload_bytes += flow->payload_bytes;
        }
    }

  for (gsize i = 0; i < hosts.n; i++)
    {
      if (totals[i].sent_packets + totals[i].received_packets > 0)
        totals[n++] = totals[i];
    }
  if (n > 0)
    qsort (totals, n, sizeof *totals, compare_hosts);

  analysis->hosts = shrink (totals, n, sizeof *totals);
  analysis->n_hosts = n;
  for (gsize i = 0; i < hosts.n; i++)
    analysis->host_rows[i] = LENS_HOST_ROW_NONE;
  for (gsize i = 0; i < n; i++)
    analysis->host_rows[lens_packet_table_find_host (table, &analysis->hosts[i].address)] = (guint32) i;
  return TRUE;
}

static gboolean
fill_ports (LensAnalysis *analysis, const LensAnalysisScope *scope, LensPortsKind kind)
{
  LensFlowsView flows = scope->flows;
  LensLayer layer
      = kind == LENS_PORTS_TCP_SOURCE || kind == LENS_PORTS_TCP_DESTINATION ? LENS_LAYER_TCP : LENS_LAYER_UDP;
  gboolean is_source = kind == LENS_PORTS_TCP_SOURCE || kind == LENS_PORTS_UDP_SOURCE;
  g_autofree LensPortTotals *totals = g_try_new0 (LensPortTotals, N_PORT_NUMBERS);
  g_autofree LensPortTotals *used = g_try_new (LensPortTotals, N_PORT_NUMBERS);
  gsize n = 0;

  if (totals == NULL || used == NULL)
    return FALSE;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];
      guint16 port = is_source ? flow->source_port : flow->destination_port;
      LensPortTotals *total = &totals[port];

      if (!scope->passes[i] || flow->layer != layer)
        continue;
      /* Noted when it is met: memory of ports that are not is never touched. */
      if (total->packets == 0)
        used[n++].port = port;
      total->packets += flow->packets;
      total->payload_bytes += flow->payload_bytes;
    }
  for (gsize i = 0; i < n; i++)
    {
      used[i].packets = totals[used[i].port].packets;
      used[i].payload_bytes = totals[used[i].port].payload_bytes;
    }
  qsort (used, n, sizeof *used, compare_ports);
  analysis->ports[kind] = shrink (g_steal_pointer (&used), n, sizeof (LensPortTotals));
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
      if (!task->scope->passes[i])
        continue;
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
