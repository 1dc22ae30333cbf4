#include "lens-packet-order.h"

#include "lens-dissect.h"
#include "lens-error.h"
#include "lens-memory.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* How many packets are looked at between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

/* Digits of the radix sort: their counters fit the processor's first cache. */
#define DIGIT_BITS 11
#define N_DIGIT_VALUES (1u << DIGIT_BITS)
#define N_DIGITS 3 /* of 32 bits */

#define N_PROTOCOLS 256

/* What a list is sorted by. */
typedef struct
{
  const LensPacketList *list;
  LensPacketColumn column;
  guint32 *of_flows; /* owned (nullable): for columns that flows answer */
} Keys;

struct _LensPacketOrder
{
  gatomicrefcount ref_count;
  LensPacketList *list;
  Keys keys;
  guint32 *places; /* owned (nullable): by position; NULL: the list's own order */
};

/* One sort. */
typedef struct
{
  const Keys *by;
  gsize n;
  guint32 *keys;   /* owned: by place */
  guint32 *places; /* owned */
  guint32 *spare;  /* owned */
  GCancellable *cancellable;
} Sort;

static void
sort_clear (Sort *sort)
{
  g_free (sort->keys);
  g_free (sort->places);
  g_free (sort->spare);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sort, sort_clear)

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_LIMIT,
                       _ ("There is not enough memory to sort these packets. Close other programs, or filter "
                          "to fewer of them."));
  return FALSE;
}

gboolean
lens_packet_has_ports (const LensFlow *flow)
{
  return flow->layer == LENS_LAYER_TCP || flow->layer == LENS_LAYER_UDP || flow->source_port != 0
         || flow->destination_port != 0;
}

const char *
lens_packet_protocol_name (const LensFlow *flow, char buffer[16])
{
  const char *name;

  if (flow->layer == LENS_LAYER_NOT_IP)
    return _ ("not IP");
  name = lens_protocol_get_name (flow->protocol);
  if (name != NULL)
    return name;
  g_snprintf (buffer, 16, "IP %u", flow->protocol);
  return buffer;
}

typedef struct
{
  const char *known; /* NULL: it is what the buffer says */
  char buffer[16];
  guint32 key; /* of protocol numbers: the number; N_PROTOCOLS: not IP */
} ProtocolName;

/* Sorting moves buffers, so nothing points to them. */
static const char *
get_name (const ProtocolName *name)
{
  return name->known != NULL ? name->known : name->buffer;
}

static int
compare_protocols (const void *a, const void *b)
{
  return strcmp (get_name (a), get_name (b));
}

/* The rank of each protocol among their names; at the end that of no IP. */
static void
rank_protocols (guint32 ranks[N_PROTOCOLS + 1])
{
  g_autofree ProtocolName *names = g_new0 (ProtocolName, N_PROTOCOLS + 1);

  for (guint32 i = 0; i <= N_PROTOCOLS; i++)
    {
      LensFlow flow
          = { .layer = i < N_PROTOCOLS ? LENS_LAYER_OTHER_IP : LENS_LAYER_NOT_IP, .protocol = (guint8) i };

      const char *name = lens_packet_protocol_name (&flow, names[i].buffer);

      names[i].known = name != names[i].buffer ? name : NULL;
      names[i].key = i;
    }
  qsort (names, N_PROTOCOLS + 1, sizeof *names, compare_protocols);
  for (guint32 i = 0; i <= N_PROTOCOLS; i++)
    ranks[names[i].key] = i;
}

static int
compare_hosts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LensHost *hosts = user_data;

  return lens_address_compare (&hosts[*(const guint32 *) a].address, &hosts[*(const guint32 *) b].address);
}

/* The rank of each host among their addresses, from 1. (transfer full) (nullable) */
static guint32 *
rank_hosts (LensHostsView hosts)
{
  g_autofree guint32 *sorted = g_try_new (guint32, MAX (hosts.n, 1));
  guint32 *ranks = g_try_new (guint32, MAX (hosts.n, 1));

  if (sorted == NULL || ranks == NULL)
    {
      g_free (ranks);
      return NULL;
    }
  for (gsize i = 0; i < hosts.n; i++)
    sorted[i] = (guint32) i;
  g_qsort_with_data (sorted, (gint) hosts.n, sizeof *sorted, compare_hosts, (gpointer) hosts.items);
  for (gsize i = 0; i < hosts.n; i++)
    ranks[sorted[i]] = (guint32) i + 1;
  return ranks;
}

static guint32
port_key (const LensFlow *flow, guint16 port)
{
  return lens_packet_has_ports (flow) ? port + 1u : 0;
}

/* Keys of flows, for the columns that all packets of one have in common. FALSE: memory has run out. */
static gboolean
make_flow_keys (Keys *keys)
{
  const LensPacketTable *table = lens_packet_list_get_table (keys->list);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  g_autofree guint32 *host_ranks = NULL;
  guint32 protocol_ranks[N_PROTOCOLS + 1];

  if (keys->column == LENS_PACKET_SOURCE || keys->column == LENS_PACKET_DESTINATION)
    {
      host_ranks = rank_hosts (lens_packet_table_get_hosts (table));
      if (host_ranks == NULL)
        return FALSE;
    }
  rank_protocols (protocol_ranks);
  keys->of_flows = g_try_new (guint32, MAX (flows.n, 1));
  if (keys->of_flows == NULL)
    return FALSE;
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];
      guint32 host = keys->column == LENS_PACKET_SOURCE ? flow->source_host : flow->destination_host;

      if (host_ranks != NULL)
        keys->of_flows[i] = host != LENS_HOST_NONE ? host_ranks[host] : 0;
      else if (keys->column == LENS_PACKET_PROTOCOL)
        keys->of_flows[i] = protocol_ranks[flow->layer != LENS_LAYER_NOT_IP ? flow->protocol : N_PROTOCOLS];
      else
        keys->of_flows[i] = port_key (flow, keys->column == LENS_PACKET_SOURCE_PORT ? flow->source_port
                                                                                    : flow->destination_port);
    }
  return TRUE;
}

static guint64
time_key (gint64 time_ns)
{
  return time_ns == LENS_PACKET_LIST_NO_TIME ? 0 : (guint64) time_ns + 1;
}

static inline guint64
get_key (const Keys *keys, const LensPacketTable *table, const LensPacketColumns *columns, gsize place)
{
  gsize row = lens_packet_list_get_row (keys->list, place);

  switch (keys->column)
    {
    case LENS_PACKET_NUMBER:
      return lens_packet_table_get_number (table, row);
    case LENS_PACKET_SINCE_PREVIOUS:
      return time_key (lens_packet_list_get_since_previous (keys->list, place));
    case LENS_PACKET_PAYLOAD:
      return columns->payload_bytes[row];
    case LENS_PACKET_WIRE:
      return columns->wire_bytes[row];
    case LENS_PACKET_INTER_ARRIVAL:
      return time_key (lens_packet_list_get_inter_arrival (keys->list, place));
    case LENS_PACKET_BURST:
      return lens_packet_list_get_burst (keys->list, place);
    case LENS_PACKET_SOURCE:
    case LENS_PACKET_DESTINATION:
    case LENS_PACKET_PROTOCOL:
    case LENS_PACKET_SOURCE_PORT:
    case LENS_PACKET_DESTINATION_PORT:
    case LENS_PACKET_TIME:
    case LENS_N_PACKET_COLUMNS:
    default:
      return keys->of_flows[columns->flow[row]];
    }
}

/* Writes 32 bits of each key, the upper ones with @is_upper. */
static gboolean
make_keys (Sort *sort, gboolean is_upper, GError **error)
{
  const LensPacketTable *table = lens_packet_list_get_table (sort->by->list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);

  for (gsize place = 0; place < sort->n; place++)
    {
      guint64 key = get_key (sort->by, table, &columns, place);

      if (place % PACKETS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (sort->cancellable, error))
        return FALSE;
      sort->keys[place] = (guint32) (is_upper ? key >> 32 : key);
    }
  return TRUE;
}

static guint
get_digit (guint32 key, guint digit)
{
  return key >> (digit * DIGIT_BITS) & (N_DIGIT_VALUES - 1);
}

/* Puts the places in the order of one digit; equal ones stay as they are. */
static gboolean
sort_by_digit (Sort *sort, guint digit, gsize counts[N_DIGIT_VALUES], GError **error)
{
  guint32 *sorted = sort->spare;
  gsize next = 0;

  for (guint value = 0; value < N_DIGIT_VALUES; value++)
    {
      gsize count = counts[value];

      counts[value] = next;
      next += count;
    }
  for (gsize i = 0; i < sort->n; i++)
    {
      guint32 place = sort->places[i];

      if (i % PACKETS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (sort->cancellable, error))
        return FALSE;
      sorted[counts[get_digit (sort->keys[place], digit)]++] = place;
    }
  sort->spare = sort->places;
  sort->places = sorted;
  return TRUE;
}

/* Sorts by the keys there are; digits in which all are the same cost nothing. */
static gboolean
sort_by_keys (Sort *sort, GError **error)
{
  g_autofree gsize *counts = g_new0 (gsize, N_DIGITS * N_DIGIT_VALUES);

  for (gsize place = 0; place < sort->n; place++)
    for (guint digit = 0; digit < N_DIGITS; digit++)
      counts[digit * N_DIGIT_VALUES + get_digit (sort->keys[place], digit)]++;
  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      gsize *of_digit = counts + digit * N_DIGIT_VALUES;

      if (sort->n > 0 && of_digit[get_digit (sort->keys[0], digit)] == sort->n)
        continue;
      if (!sort_by_digit (sort, digit, of_digit, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_by_flow (LensPacketColumn column)
{
  return column >= LENS_PACKET_SOURCE && column <= LENS_PACKET_DESTINATION_PORT;
}

static gboolean
has_wide_keys (LensPacketColumn column)
{
  return column == LENS_PACKET_SINCE_PREVIOUS || column == LENS_PACKET_INTER_ARRIVAL;
}

/* The places in the order of @keys, those of flows being made: (transfer full), NULL with an error. */
static guint32 *
sort_places (Keys *keys, GCancellable *cancellable, GError **error)
{
  gsize n = lens_packet_list_get_n (keys->list);
  g_auto (Sort) sort = { .by = keys, .n = n, .cancellable = cancellable };

  sort.keys = g_try_new (guint32, MAX (n, 1));
  sort.places = g_try_new (guint32, MAX (n, 1));
  sort.spare = g_try_new (guint32, MAX (n, 1));
  if (sort.keys == NULL || sort.places == NULL || sort.spare == NULL
      || (is_by_flow (keys->column) && !make_flow_keys (keys)))
    {
      fail_memory (error);
      return NULL;
    }
  for (gsize place = 0; place < n; place++)
    sort.places[place] = (guint32) place;
  if (!make_keys (&sort, FALSE, error) || !sort_by_keys (&sort, error))
    return NULL;
  if (has_wide_keys (keys->column) && (!make_keys (&sort, TRUE, error) || !sort_by_keys (&sort, error)))
    return NULL;
  return g_steal_pointer (&sort.places);
}

static gboolean
is_in_time_order (const LensPacketList *list, LensPacketColumn column)
{
  return column == LENS_PACKET_TIME
         || (column == LENS_PACKET_NUMBER
             && !lens_packet_table_is_reordered (lens_packet_list_get_table (list)));
}

LensPacketOrder *
lens_packet_order_new (LensPacketList *list,
                       LensPacketColumn column,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (LensPacketOrder) order = NULL;

  if ((column == LENS_PACKET_INTER_ARRIVAL || column == LENS_PACKET_BURST)
      && !lens_packet_list_work_out (list, cancellable, error))
    return NULL;
  order = g_new0 (LensPacketOrder, 1);
  g_atomic_ref_count_init (&order->ref_count);
  order->list = lens_packet_list_ref (list);
  order->keys = (Keys){ .list = list, .column = column };
  if (!is_in_time_order (list, column))
    {
      order->places = sort_places (&order->keys, cancellable, error);
      if (order->places == NULL)
        return NULL;
    }
  return g_steal_pointer (&order);
}

typedef struct
{
  LensAnalysis *analysis;
  LensPacketList *list; /* (nullable) */
  LensBurstRule rule;
  LensPacketColumn column;
} OrderJob;

static void
order_job_free (gpointer data)
{
  OrderJob *job = data;

  lens_analysis_unref (job->analysis);
  g_clear_pointer (&job->list, lens_packet_list_unref);
  g_free (job);
}

static void
order_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  OrderJob *job = task_data;
  g_autoptr (GError) error = NULL;
  LensPacketOrder *order = NULL;

  if (job->list == NULL)
    job->list = lens_packet_list_new (job->analysis, &job->rule, cancellable, &error);
  if (job->list != NULL)
    order = lens_packet_order_new (job->list, job->column, cancellable, &error);
  if (order == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, order, (GDestroyNotify) lens_packet_order_unref);
}

void
lens_packet_order_new_async (LensAnalysis *analysis,
                             const LensBurstRule *rule,
                             LensPacketList *list,
                             LensPacketColumn column,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OrderJob *job = g_new0 (OrderJob, 1);

  job->analysis = lens_analysis_ref (analysis);
  job->list = list != NULL ? lens_packet_list_ref (list) : NULL;
  job->rule = rule != NULL ? *rule : *lens_analysis_get_burst_rule (analysis);
  job->column = column;
  g_task_set_task_data (task, job, order_job_free);
  lens_worker_run (task, order_worker);
}

LensPacketOrder *
lens_packet_order_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

LensPacketOrder *
lens_packet_order_ref (LensPacketOrder *order)
{
  g_atomic_ref_count_inc (&order->ref_count);
  return order;
}

void
lens_packet_order_unref (LensPacketOrder *order)
{
  if (!g_atomic_ref_count_dec (&order->ref_count))
    return;
  lens_packet_list_unref (order->list);
  lens_memory_free_aside (order->places);
  lens_memory_free_aside (order->keys.of_flows);
  g_free (order);
}

LensPacketList *
lens_packet_order_get_list (const LensPacketOrder *order)
{
  return order->list;
}

LensPacketColumn
lens_packet_order_get_column (const LensPacketOrder *order)
{
  return order->keys.column;
}

gsize
lens_packet_order_get_place (const LensPacketOrder *order, gsize position)
{
  g_return_val_if_fail (position < lens_packet_list_get_n (order->list), 0);
  return order->places != NULL ? order->places[position] : position;
}

gsize
lens_packet_order_find_place (const LensPacketOrder *order, gsize place)
{
  const LensPacketTable *table = lens_packet_list_get_table (order->list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  gsize n = lens_packet_list_get_n (order->list);
  gsize low = 0;
  gsize high = n;
  guint64 key;

  if (place >= n)
    return LENS_PACKET_LIST_NONE;
  if (order->places == NULL)
    return place;
  key = get_key (&order->keys, table, &columns, place);
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      guint64 key_there = get_key (&order->keys, table, &columns, order->places[middle]);

      if (key_there < key || (key_there == key && order->places[middle] < place))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
