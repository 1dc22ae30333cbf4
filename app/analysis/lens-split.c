#include "lens-split.h"

#include "lens-analysis-private.h"

#include <string.h>

/* Keys: what flows of one line have in common, as a small number. Those of ports are by layer, after them the one of flows without. */
#define N_PORT_KEYS (2 * 65536 + 1)
#define NO_PORT_KEY (N_PORT_KEYS - 1)
#define N_PROTOCOL_KEYS (256 + 1)
#define NOT_IP_KEY (N_PROTOCOL_KEYS - 1)
#define N_DIRECTION_KEYS 3
#define NO_KEY G_MAXUINT32

typedef struct
{
  guint64 packets;
  guint64 payload_bytes;
} KeyTotals;

typedef struct
{
  const LensSplitSpec *spec;
  guint32 host; /* its index, or LENS_HOST_NONE */
  LensHostsView hosts;
  guint32 n_keys;
  KeyTotals *totals; /* owned, one a key */
} KeyRing;

static guint32
get_n_keys (LensSplitBy by, LensHostsView hosts)
{
  switch (by)
    {
    case LENS_SPLIT_DIRECTION:
      return N_DIRECTION_KEYS;
    case LENS_SPLIT_DESTINATION:
      return (guint32) hosts.n + 1;
    case LENS_SPLIT_PORT:
      return N_PORT_KEYS;
    case LENS_SPLIT_PROTOCOL:
      return N_PROTOCOL_KEYS;
    case LENS_SPLIT_NONE:
    default:
      return 1;
    }
}

static gboolean
has_ports (const LensFlow *flow)
{
  return flow->layer == LENS_LAYER_TCP || flow->layer == LENS_LAYER_UDP;
}

static guint32
find_key (const KeyRing *ring, const LensFlow *flow)
{
  gboolean is_sent = flow->source_host != LENS_HOST_NONE && flow->source_host == ring->host;
  gboolean is_received = flow->destination_host != LENS_HOST_NONE && flow->destination_host == ring->host;

  if (ring->spec->is_of_host && !is_sent && !(is_received && ring->spec->by == LENS_SPLIT_DIRECTION))
    return NO_KEY;
  switch (ring->spec->by)
    {
    case LENS_SPLIT_DIRECTION:
      return is_sent ? 0 : is_received ? 1 : 2;
    case LENS_SPLIT_DESTINATION:
      return flow->destination_host != LENS_HOST_NONE ? flow->destination_host : (guint32) ring->hosts.n;
    case LENS_SPLIT_PORT:
      if (!has_ports (flow))
        return NO_PORT_KEY;
      return (flow->layer == LENS_LAYER_UDP ? 65536u : 0u) + flow->destination_port;
    case LENS_SPLIT_PROTOCOL:
      return flow->layer != LENS_LAYER_NOT_IP ? flow->protocol : NOT_IP_KEY;
    case LENS_SPLIT_NONE:
    default:
      return 0;
    }
}

static LensSplitLine
make_line (const KeyRing *ring, guint32 key)
{
  LensSplitLine line = {
    .n_members = 1,
    .packets = ring->totals[key].packets,
    .payload_bytes = ring->totals[key].payload_bytes,
  };

  switch (ring->spec->by)
    {
    case LENS_SPLIT_DIRECTION:
      line.kind = (LensSplitLineKind) (LENS_SPLIT_LINE_SENT + key);
      break;
    case LENS_SPLIT_DESTINATION:
      line.kind = key < ring->hosts.n ? LENS_SPLIT_LINE_DESTINATION : LENS_SPLIT_LINE_NOT_IP;
      if (key < ring->hosts.n)
        line.address = ring->hosts.items[key].address;
      break;
    case LENS_SPLIT_PORT:
      line.kind = key < NO_PORT_KEY ? LENS_SPLIT_LINE_PORT : LENS_SPLIT_LINE_NO_PORT;
      line.layer = key < 65536 ? LENS_LAYER_TCP : LENS_LAYER_UDP;
      line.port = (guint16) (key % 65536);
      break;
    case LENS_SPLIT_PROTOCOL:
      line.kind = key < NOT_IP_KEY ? LENS_SPLIT_LINE_PROTOCOL : LENS_SPLIT_LINE_NOT_IP;
      line.protocol = (guint8) key;
      break;
    case LENS_SPLIT_NONE:
    default:
      line.kind = LENS_SPLIT_LINE_ALL;
      break;
    }
  return line;
}

/* Whether key @a comes before @b: largest payload first, then most packets, then by address or number. */
static gboolean
is_before (const KeyRing *ring, guint32 a, guint32 b)
{
  const KeyTotals *one = &ring->totals[a];
  const KeyTotals *other = &ring->totals[b];

  if (ring->spec->by == LENS_SPLIT_DIRECTION)
    return a < b;
  if (one->payload_bytes != other->payload_bytes)
    return one->payload_bytes > other->payload_bytes;
  if (one->packets != other->packets)
    return one->packets > other->packets;
  if (ring->spec->by == LENS_SPLIT_DESTINATION && MAX (a, b) < ring->hosts.n)
    return lens_address_compare (&ring->hosts.items[a].address, &ring->hosts.items[b].address) < 0;
  return a < b;
}

/* The first keys of those with packets, at most LENS_SPLIT_MAX_LINES; *@n_all says how many there are. Returns how many were found. */
static gsize
find_strongest (const KeyRing *ring, guint32 strongest[LENS_SPLIT_MAX_LINES], gsize *n_all)
{
  gsize n = 0;

  *n_all = 0;
  for (guint32 key = 0; key < ring->n_keys; key++)
    {
      gsize place = n;

      if (ring->totals[key].packets == 0)
        continue;
      (*n_all)++;
      while (place > 0 && is_before (ring, key, strongest[place - 1]))
        place--;
      if (place == LENS_SPLIT_MAX_LINES)
        continue;
      n = MIN (n + 1, LENS_SPLIT_MAX_LINES);
      for (gsize i = n - 1; i > place; i--)
        strongest[i] = strongest[i - 1];
      strongest[place] = key;
    }
  return n;
}

static void
add_lines (LensSplit *split, const KeyRing *ring, guint32 keys[LENS_SPLIT_MAX_LINES])
{
  gsize max_named = CLAMP (split->spec.max_named, 1, LENS_SERIES_MAX_NAMED);
  LensSplitLine others = { .kind = LENS_SPLIT_LINE_OTHERS };
  gsize n_all;
  gsize n_found = find_strongest (ring, keys, &n_all);

  /* Others are never a single one, where there is a colour for it. */
  if (n_all == max_named + 1 && n_all <= LENS_SERIES_MAX_NAMED)
    max_named++;
  split->n_lines = MIN (n_found, max_named);
  for (gsize i = 0; i < split->n_lines; i++)
    split->lines[i] = make_line (ring, keys[i]);
  if (n_all == split->n_lines)
    return;
  for (guint32 key = 0; key < ring->n_keys; key++)
    {
      others.packets += ring->totals[key].packets;
      others.payload_bytes += ring->totals[key].payload_bytes;
    }
  for (gsize i = 0; i < split->n_lines; i++)
    {
      others.packets -= split->lines[i].packets;
      others.payload_bytes -= split->lines[i].payload_bytes;
    }
  others.n_members = n_all - split->n_lines;
  split->lines[split->n_lines++] = others;
}

/* The line of a flow that passes. */
static guint8
find_line (const LensSplit *split, const guint32 *keys, guint32 key)
{
  gboolean has_others = split->n_lines > 0 && split->lines[split->n_lines - 1].kind == LENS_SPLIT_LINE_OTHERS;
  gsize n_named = split->n_lines - (has_others ? 1 : 0);

  if (key == NO_KEY)
    return LENS_SPLIT_NO_LINE;
  for (gsize i = 0; i < n_named; i++)
    if (keys[i] == key)
      return (guint8) i;
  return has_others ? (guint8) n_named : LENS_SPLIT_NO_LINE;
}

static void
divide (LensSplit *split, KeyRing *ring, const LensAnalysisScope *scope)
{
  guint32 keys[LENS_SPLIT_MAX_LINES];

  for (gsize i = 0; i < scope->flows.n; i++)
    {
      guint32 key = find_key (ring, &scope->flows.items[i]);

      if (key == NO_KEY)
        continue;
      ring->totals[key].packets += scope->flows.items[i].packets;
      ring->totals[key].payload_bytes += scope->flows.items[i].payload_bytes;
    }
  add_lines (split, ring, keys);
  for (gsize i = 0; i < scope->flows.n; i++)
    split->line_of_flow[lens_analysis_scope_get_place (scope, i)]
        = find_line (split, keys, find_key (ring, &scope->flows.items[i]));
}

static LensSplit *
make_split (const LensAnalysis *analysis,
            const LensSplitSpec *spec,
            GCancellable *cancellable,
            GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (analysis->capture);
  gsize n_flows = lens_packet_table_get_flows (table).n;
  g_auto (LensAnalysisScope) scope = { 0 };
  g_autoptr (LensSplit) split = g_new0 (LensSplit, 1);
  g_autofree KeyTotals *totals = NULL;
  KeyRing ring
      = { .spec = &split->spec, .host = LENS_HOST_NONE, .hosts = lens_packet_table_get_hosts (table) };

  g_atomic_ref_count_init (&split->ref_count);
  if (!lens_analysis_scope_init (&scope, analysis, cancellable, error))
    return NULL;
  split->spec = *spec;
  if (spec->host.version != 0)
    ring.host = lens_packet_table_find_host (table, &spec->host);
  ring.n_keys = get_n_keys (spec->by, ring.hosts);
  ring.totals = totals = g_try_new0 (KeyTotals, ring.n_keys);
  split->line_of_flow = g_try_new (guint8, MAX (n_flows, 1));
  if (totals == NULL || split->line_of_flow == NULL)
    {
      lens_analysis_set_memory_error (analysis, error);
      return NULL;
    }
  memset (split->line_of_flow, LENS_SPLIT_NO_LINE, n_flows);
  divide (split, &ring, &scope);
  return g_steal_pointer (&split);
}

LensSplit *
lens_split_new (const LensAnalysis *analysis,
                const LensSplitSpec *spec,
                GCancellable *cancellable,
                GError **error)
{
  LensSplit *split = lens_split_memo_find (analysis->splits, spec);

  if (split != NULL)
    return split;
  split = make_split (analysis, spec, cancellable, error);
  if (split != NULL)
    lens_split_memo_keep (analysis->splits, split);
  return split;
}

LensSplit *
lens_split_ref (LensSplit *split)
{
  g_atomic_ref_count_inc (&split->ref_count);
  return split;
}

void
lens_split_unref (LensSplit *split)
{
  if (!g_atomic_ref_count_dec (&split->ref_count))
    return;
  g_free (split->line_of_flow);
  g_free (split);
}

gboolean
lens_split_find_host (const LensAnalysis *analysis, LensAddress *host)
{
  const LensTimeSeries *top = lens_analysis_get_time_series (analysis, LENS_TIME_BY_TOP_SOURCE);
  guint n_hosts = 0;

  for (gsize i = 0; i < lens_filter_get_n_terms (analysis->filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (analysis->filter, i);

      if (term->kind != LENS_FILTER_HOST || term->is_inverted || term->is_off)
        continue;
      *host = term->address;
      n_hosts++;
    }
  if (n_hosts == 1)
    return TRUE;
  if (top->is_present)
    *host = top->source;
  return top->is_present;
}
