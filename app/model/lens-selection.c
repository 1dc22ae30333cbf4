#include "lens-selection.h"

#include "lens-parallel.h"

#include <string.h>

/* Fewer are matched before a second thread has begun. */
#define MIN_FLOWS_PER_TASK 65536

struct _LensSelection
{
  gatomicrefcount ref_count;
  guint8 *flows;    /* owned */
  GArray *ranges;   /* (element-type LensRowRange) */
  LensRowSet *rows; /* owned (nullable) */
  gboolean is_by_flows;
  gboolean has_all_flows;
};

/* A term with its addresses looked up once: LENS_HOST_NONE where the capture has no such host. */
typedef struct
{
  const LensFilterTerm *term;
  guint8 *is_inside;             /* owned (nullable): subnet, connection from or to one: one byte a host */
  guint8 *is_destination_inside; /* owned (nullable): connection from or to a subnet */
  guint32 host;
  guint32 destination_host;
} BoundTerm;

static gboolean
is_connection (const LensFlow *flow, guint32 source, guint32 destination)
{
  return source != LENS_HOST_NONE && flow->source_host == source && flow->destination_host == destination;
}

/* A TCP packet without its ports is none of port 0: it is in another layer. Of the other protocols only the number is known. */
static gboolean
has_ports (const LensFlow *flow)
{
  enum
  {
    DCCP = 33,
    SCTP = 132,
    UDP_LITE = 136
  };

  return flow->layer == LENS_LAYER_TCP || flow->layer == LENS_LAYER_UDP
         || (flow->layer == LENS_LAYER_OTHER_IP
             && (flow->protocol == DCCP || flow->protocol == SCTP || flow->protocol == UDP_LITE));
}

static gboolean
is_at_port (const LensFlow *flow, const LensFilterTerm *term)
{
  gboolean is_layer = term->layer == LENS_PORT_ANY_LAYER ? has_ports (flow) : flow->layer == term->layer;

  return is_layer
         && (((term->side & LENS_PORT_SOURCE) != 0 && flow->source_port == term->port)
             || ((term->side & LENS_PORT_DESTINATION) != 0 && flow->destination_port == term->port));
}

static gboolean
is_at_subnet (const LensFlow *flow, const BoundTerm *bound)
{
  guint side = bound->term->side;

  return flow->layer != LENS_LAYER_NOT_IP
         && (((side & LENS_PORT_SOURCE) != 0 && bound->is_inside[flow->source_host])
             || ((side & LENS_PORT_DESTINATION) != 0 && bound->is_inside[flow->destination_host]));
}

static gboolean
is_between_subnets (const LensFlow *flow, const BoundTerm *bound)
{
  guint32 source = flow->source_host, destination = flow->destination_host;

  return flow->layer != LENS_LAYER_NOT_IP
         && ((bound->is_inside[source] && bound->is_destination_inside[destination])
             || (bound->term->is_either_way && bound->is_inside[destination]
                 && bound->is_destination_inside[source]));
}

static gboolean
is_of_class (const LensFlow *flow, LensLayerClass class)
{
  switch (class)
    {
    case LENS_CLASS_IP:
      return flow->layer != LENS_LAYER_NOT_IP;
    case LENS_CLASS_IPV4:
      return flow->layer != LENS_LAYER_NOT_IP && flow->ip_version != 6;
    case LENS_CLASS_IPV6:
      return flow->layer != LENS_LAYER_NOT_IP && flow->ip_version == 6;
    case LENS_CLASS_TCP:
      return flow->layer == LENS_LAYER_TCP;
    case LENS_CLASS_UDP:
      return flow->layer == LENS_LAYER_UDP;
    case LENS_CLASS_ICMP:
      return flow->layer == LENS_LAYER_ICMP;
    case LENS_CLASS_OTHER_IP:
      return flow->layer == LENS_LAYER_OTHER_IP;
    case LENS_CLASS_NOT_IP:
      return flow->layer == LENS_LAYER_NOT_IP;
    case LENS_CLASS_MALFORMED:
    case LENS_N_CLASSES:
    default:
      return flow->is_malformed;
    }
}

/* A connection that is not one of two addresses. */
static gboolean
is_of_subnets (const LensFilterTerm *term)
{
  return term->kind == LENS_FILTER_CONNECTION && (term->prefix_bits > 0 || term->destination_prefix_bits > 0);
}

static gboolean
flow_is_meant (const LensFlow *flow, const BoundTerm *bound)
{
  const LensFilterTerm *term = bound->term;

  switch (term->kind)
    {
    case LENS_FILTER_HOST:
      return bound->host != LENS_HOST_NONE
             && (flow->source_host == bound->host || flow->destination_host == bound->host);
    case LENS_FILTER_SUBNET:
      return is_at_subnet (flow, bound);
    case LENS_FILTER_LAYER:
      return is_of_class (flow, term->class);
    case LENS_FILTER_CONNECTION:
      if (is_of_subnets (term))
        return is_between_subnets (flow, bound);
      return is_connection (flow, bound->host, bound->destination_host)
             || (term->is_either_way && is_connection (flow, bound->destination_host, bound->host));
    case LENS_FILTER_FLOW:
      return is_connection (flow, bound->host, bound->destination_host) && flow->protocol == term->protocol
             && flow->source_port == term->port && flow->destination_port == term->destination_port;
    case LENS_FILTER_PROTOCOL:
      return flow->layer != LENS_LAYER_NOT_IP && flow->protocol == term->protocol;
    case LENS_FILTER_PORT:
    case LENS_FILTER_TIME:
    case LENS_FILTER_BPF:
    case LENS_N_FILTER_KINDS:
    default:
      return is_at_port (flow, term);
    }
}

static gboolean
flow_passes (const LensFlow *flow, const BoundTerm *terms, gsize n_terms)
{
  guint kinds_there = 0;
  guint kinds_passed = 0;

  for (gsize i = 0; i < n_terms; i++)
    {
      guint kind = lens_filter_term_get_kind_bit (terms[i].term);

      if (terms[i].term->is_inverted)
        {
          if (flow_is_meant (flow, &terms[i]))
            return FALSE;
          continue;
        }
      kinds_there |= kind;
      if ((kinds_passed & kind) == 0 && flow_is_meant (flow, &terms[i]))
        kinds_passed |= kind;
    }
  return kinds_there == kinds_passed;
}

static gboolean
is_of_rows (LensFilterKind kind)
{
  return kind == LENS_FILTER_TIME || kind == LENS_FILTER_BPF;
}

/* Which hosts are in the subnet. NULL when memory runs out. */
static guint8 *
find_inside (const LensSubnet *subnet, LensHostsView hosts)
{
  guint8 *is_inside = g_try_malloc (MAX (hosts.n, 1));

  for (gsize i = 0; is_inside != NULL && i < hosts.n; i++)
    is_inside[i] = (guint8) lens_subnet_contains (subnet, &hosts.items[i].address);
  return is_inside;
}

static void
free_terms (BoundTerm *terms, gsize n_terms)
{
  for (gsize i = 0; i < n_terms; i++)
    {
      g_free (terms[i].is_inside);
      g_free (terms[i].is_destination_inside);
    }
  g_free (terms);
}

/* FALSE when memory runs out. */
static gboolean
bind_subnets (BoundTerm *bound, LensHostsView hosts)
{
  const LensFilterTerm *term = bound->term;

  LensSubnet source, destination;

  if (term->kind == LENS_FILTER_SUBNET)
    {
      source = (LensSubnet){ .network = term->address, .prefix_bits = term->prefix_bits };
      bound->is_inside = find_inside (&source, hosts);
      return bound->is_inside != NULL;
    }
  if (!is_of_subnets (term))
    return TRUE;
  lens_filter_term_get_subnets (term, &source, &destination);
  bound->is_inside = find_inside (&source, hosts);
  bound->is_destination_inside = find_inside (&destination, hosts);
  return bound->is_inside != NULL && bound->is_destination_inside != NULL;
}

/* The terms that flows answer. (transfer full) NULL when memory runs out. */
static BoundTerm *
bind_terms (const LensFilter *filter, const LensPacketTable *table, gsize *n_bound)
{
  gsize n_terms = lens_filter_get_n_terms (filter);
  BoundTerm *terms = g_new0 (BoundTerm, n_terms + 1);
  gsize n = 0;

  for (gsize i = 0; i < n_terms; i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);

      if (term->is_off || is_of_rows (term->kind))
        continue;
      terms[n++] = (BoundTerm){
        .term = term,
        .host = lens_packet_table_find_host (table, &term->address),
        .destination_host = lens_packet_table_find_host (table, &term->destination),
      };
      if (!bind_subnets (&terms[n - 1], lens_packet_table_get_hosts (table)))
        {
          free_terms (terms, n);
          return NULL;
        }
    }
  *n_bound = n;
  return terms;
}

/* Some of the flows, which one thread looks at. */
typedef struct
{
  const BoundTerm *terms;
  gsize n_terms;
  LensFlowsView flows;
  guint8 *passes; /* one byte for each of them */
} MatchTask;

static void
match_worker (gpointer data)
{
  MatchTask *task = data;

  for (gsize i = 0; i < task->flows.n; i++)
    task->passes[i] = (guint8) flow_passes (&task->flows.items[i], task->terms, task->n_terms);
}

static void
match_bound (LensSelection *selection, LensFlowsView flows, const BoundTerm *terms, gsize n_terms)
{
  gsize n_tasks = flows.n < 2 * MIN_FLOWS_PER_TASK ? 1 : 2;
  MatchTask data[2];
  LensParallelTask tasks[2];

  selection->has_all_flows = n_terms == 0;
  if (n_terms == 0)
    {
      memset (selection->flows, 1, flows.n);
      return;
    }
  for (gsize i = 0; i < n_tasks; i++)
    {
      gsize first = flows.n * i / n_tasks;

      data[i] = (MatchTask){ .terms = terms,
                             .n_terms = n_terms,
                             .flows = { flows.items + first, flows.n * (i + 1) / n_tasks - first },
                             .passes = selection->flows + first };
      tasks[i] = (LensParallelTask){ match_worker, &data[i] };
    }
  lens_parallel_run (tasks, n_tasks);
}

/* FALSE when memory runs out. */
static gboolean
match_flows (LensSelection *selection,
             const LensFilter *filter,
             LensFlowsView flows,
             const LensPacketTable *table)
{
  gsize n_terms;
  BoundTerm *terms = bind_terms (filter, table, &n_terms);

  if (terms == NULL)
    return FALSE;
  match_bound (selection, flows, terms, n_terms);
  free_terms (terms, n_terms);
  return TRUE;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const LensRowRange *x = a;
  const LensRowRange *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

/* The rows of all spans that select, or that leave out: in order, none touching another. */
static GArray *
collect_ranges (const LensFilter *filter,
                const LensPacketColumns *columns,
                gboolean is_inverted,
                gsize *n_terms)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (LensRowRange));
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (LensRowRange));

  *n_terms = 0;
  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);
      LensRowRange range;

      if (term->is_off || term->kind != LENS_FILTER_TIME || !term->is_inverted != !is_inverted)
        continue;
      (*n_terms)++;
      range.first = lens_packet_columns_find_row (columns, term->first_ns, FALSE);
      range.end = lens_packet_columns_find_row (columns, term->last_ns, TRUE);
      if (range.first < range.end)
        g_array_append_val (found, range);
    }
  g_array_sort (found, compare_ranges);
  for (guint i = 0; i < found->len; i++)
    {
      LensRowRange range = g_array_index (found, LensRowRange, i);
      LensRowRange *last = merged->len > 0 ? &g_array_index (merged, LensRowRange, merged->len - 1) : NULL;

      if (last != NULL && range.first <= last->end)
        last->end = MAX (last->end, range.end);
      else
        g_array_append_val (merged, range);
    }
  return merged;
}

/* What is left of @ranges without @holes. */
static GArray *
cut_holes (const GArray *ranges, const GArray *holes)
{
  GArray *left = g_array_new (FALSE, FALSE, sizeof (LensRowRange));

  for (guint i = 0; i < ranges->len; i++)
    {
      LensRowRange range = g_array_index (ranges, LensRowRange, i);

      for (guint j = 0; j < holes->len && range.first < range.end; j++)
        {
          LensRowRange hole = g_array_index (holes, LensRowRange, j);
          LensRowRange before = { range.first, MIN (range.end, hole.first) };

          if (hole.end <= range.first)
            continue;
          if (before.first < before.end)
            g_array_append_val (left, before);
          range.first = MAX (range.first, hole.end);
        }
      if (range.first < range.end)
        g_array_append_val (left, range);
    }
  return left;
}

static void
find_ranges (LensSelection *selection, const LensFilter *filter, const LensPacketColumns *columns)
{
  LensRowRange all = { 0, columns->n_packets };
  gsize n_spans;
  gsize n_inverted;
  g_autoptr (GArray) spans = collect_ranges (filter, columns, FALSE, &n_spans);
  g_autoptr (GArray) holes = collect_ranges (filter, columns, TRUE, &n_inverted);

  if (n_spans == 0 && all.end > 0)
    g_array_append_val (spans, all);
  selection->ranges = cut_holes (spans, holes);
  if (n_spans + n_inverted > 0)
    selection->is_by_flows = FALSE;
}

/* Leaves in @rows what passes every BPF term. */
static void
apply_sets (LensRowSet *rows, const LensFilter *filter, const GPtrArray *bpf_sets)
{
  guint next = 0;

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);
      const LensRowSet *set;

      if (term->is_off || term->kind != LENS_FILTER_BPF)
        continue;
      set = g_ptr_array_index (bpf_sets, next++);
      if (term->is_inverted)
        lens_row_set_take_away (rows, set);
      else
        lens_row_set_keep (rows, set);
    }
}

/* The BPF terms' sets put together. FALSE when memory runs out. */
static gboolean
combine_sets (LensSelection *selection, const LensFilter *filter, const GPtrArray *bpf_sets, gsize n_rows)
{
  if (bpf_sets == NULL || bpf_sets->len == 0)
    return TRUE;
  selection->is_by_flows = FALSE;
  selection->rows = lens_row_set_new (n_rows);
  if (selection->rows == NULL)
    return FALSE;
  lens_row_set_add_all (selection->rows);
  apply_sets (selection->rows, filter, bpf_sets);
  return TRUE;
}

LensSelection *
lens_selection_new (const LensFilter *filter, const LensPacketTable *table, const GPtrArray *bpf_sets)
{
  g_autoptr (LensSelection) selection = g_new0 (LensSelection, 1);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);

  g_atomic_ref_count_init (&selection->ref_count);
  selection->is_by_flows = TRUE;
  selection->flows = g_try_malloc (MAX (flows.n, 1));
  if (selection->flows == NULL || !combine_sets (selection, filter, bpf_sets, columns.n_packets)
      || !match_flows (selection, filter, flows, table))
    return NULL;
  find_ranges (selection, filter, &columns);
  return g_steal_pointer (&selection);
}

LensSelection *
lens_selection_ref (LensSelection *selection)
{
  g_atomic_ref_count_inc (&selection->ref_count);
  return selection;
}

void
lens_selection_unref (LensSelection *selection)
{
  if (!g_atomic_ref_count_dec (&selection->ref_count))
    return;
  g_free (selection->flows);
  g_clear_pointer (&selection->ranges, g_array_unref);
  g_clear_pointer (&selection->rows, lens_row_set_unref);
  g_free (selection);
}

LensSelectionView
lens_selection_get_view (const LensSelection *selection)
{
  return (LensSelectionView){
    .flows = selection->flows,
    .ranges = (const LensRowRange *) (gconstpointer) selection->ranges->data,
    .n_ranges = selection->ranges->len,
    .rows = selection->rows,
    .is_by_flows = selection->is_by_flows,
  };
}

gboolean
lens_selection_has_all_flows (const LensSelection *selection)
{
  return selection->has_all_flows;
}

gboolean
lens_selection_has_row (const LensSelection *selection, const LensPacketColumns *columns, gsize row)
{
  guint first = 0;
  guint end = selection->ranges->len;

  g_return_val_if_fail (row < columns->n_packets, FALSE);

  if (!selection->flows[columns->flow[row]]
      || (selection->rows != NULL && !lens_row_set_has (selection->rows, row)))
    return FALSE;
  /* The last range that begins at or before the row. */
  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (g_array_index (selection->ranges, LensRowRange, middle).first <= row)
        first = middle + 1;
      else
        end = middle;
    }
  return first > 0 && row < g_array_index (selection->ranges, LensRowRange, first - 1).end;
}
