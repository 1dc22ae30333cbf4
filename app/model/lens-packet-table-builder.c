#include "lens-packet-table-builder.h"

#include "lens-column.h"
#include "lens-error.h"
#include "lens-packet-table-private.h"
#include "lens-time-order.h"

#include <glib/gi18n-lib.h>

struct _LensPacketTableBuilder
{
  LensPacketTable *table; /* not frozen yet */
  gsize allocated[5];     /* rows, a column each */
  gsize allocated_marks;
  guint32 file;
  gint64 latest_ns; /* of the row appended last */
  gboolean is_out_of_order;
};

LensPacketTableBuilder *
lens_packet_table_builder_new (void)
{
  LensPacketTableBuilder *builder = g_new0 (LensPacketTableBuilder, 1);

  builder->latest_ns = G_MININT64;
  builder->table = g_new0 (LensPacketTable, 1);
  g_atomic_ref_count_init (&builder->table->ref_count);
  if (!lens_endpoints_init (&builder->table->endpoints))
    g_error ("no memory for an empty table");
  return builder;
}

void
lens_packet_table_builder_free (LensPacketTableBuilder *builder)
{
  g_clear_pointer (&builder->table, lens_packet_table_unref);
  g_free (builder);
}

/* How many rows ahead of the one that is appended memory is asked for: its slot of the index first, then its flow. */
#define ROWS_AHEAD_SLOT 24
#define ROWS_AHEAD_FLOW 12

/* Room for @n_rows rows more. */
static gboolean
reserve_rows (LensPacketTableBuilder *builder, gsize n_rows)
{
  LensPacketTable *table = builder->table;
  gsize last = table->n_packets + n_rows - 1;

  return last < G_MAXUINT32
         && lens_column_reserve (&table->time_ns, &builder->allocated[0], last, sizeof (gint64))
         && lens_column_reserve (&table->flow, &builder->allocated[1], last, sizeof (guint32))
         && lens_column_reserve (&table->payload_bytes, &builder->allocated[2], last, sizeof (guint32))
         && lens_column_reserve (&table->wire_bytes, &builder->allocated[3], last, sizeof (guint32))
         && lens_column_reserve (&table->offset_low, &builder->allocated[4], last, sizeof (guint32))
         && lens_column_reserve (&table->marks, &builder->allocated_marks, table->n_marks + n_rows - 1,
                                 sizeof (LensOffsetMark));
}

void
lens_packet_table_builder_begin_file (LensPacketTableBuilder *builder, guint32 file)
{
  g_return_if_fail (file >= builder->file);
  builder->file = file;
}

/* Room for it is there. */
static void
mark_offset (LensPacketTableBuilder *builder, guint64 file_offset)
{
  LensPacketTable *table = builder->table;
  const LensOffsetMark *latest = table->n_marks > 0 ? &table->marks[table->n_marks - 1] : NULL;

  if (latest != NULL && latest->file == builder->file && file_offset - latest->offset <= G_MAXUINT32)
    return;
  if (latest == NULL || latest->file != builder->file)
    table->n_files++;
  table->marks[table->n_marks++] = (LensOffsetMark){
    .position = (guint32) table->n_packets,
    .file = builder->file,
    .offset = file_offset,
  };
}

/* Room for the row is there. FALSE when memory or an index runs out. */
static gboolean
append_row (LensPacketTableBuilder *builder, const LensPacketRow *row)
{
  LensPacketTable *table = builder->table;
  gsize n = table->n_packets;
  guint32 flow;

  if (!lens_endpoints_take_flow (&table->endpoints, &row->packet, row->hash, &flow))
    return FALSE;
  lens_endpoints_count (&table->endpoints, flow, row->packet.payload_bytes, row->wire_bytes);

  builder->is_out_of_order |= row->time_ns < builder->latest_ns;
  builder->latest_ns = row->time_ns;
  table->time_ns[n] = row->time_ns;
  table->flow[n] = flow;
  table->payload_bytes[n] = row->packet.payload_bytes;
  table->wire_bytes[n] = row->wire_bytes;
  table->offset_low[n] = (guint32) row->file_offset;
  mark_offset (builder, row->file_offset);
  table->captured_bytes += row->captured_bytes;
  table->n_packets++;
  return TRUE;
}

static gboolean
set_limit_error (const LensPacketTableBuilder *builder, GError **error)
{
  g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
               _ ("There is not enough memory for more than %" G_GSIZE_FORMAT
                  " packets; these are shown. Close other programs, or open a part of the capture."),
               builder->table->n_packets);
  return FALSE;
}

gboolean
lens_packet_table_builder_append_rows (LensPacketTableBuilder *builder,
                                       const LensPacketRow *rows,
                                       gsize n_rows,
                                       GError **error)
{
  const LensEndpoints *endpoints = &builder->table->endpoints;

  if (n_rows == 0)
    return TRUE;
  if (!reserve_rows (builder, n_rows))
    return set_limit_error (builder, error);
  for (gsize i = 0; i < MIN (n_rows, (gsize) ROWS_AHEAD_SLOT); i++)
    lens_endpoints_prefetch_slot (endpoints, rows[i].hash);
  for (gsize i = 0; i < n_rows; i++)
    {
      if (i + ROWS_AHEAD_SLOT < n_rows)
        lens_endpoints_prefetch_slot (endpoints, rows[i + ROWS_AHEAD_SLOT].hash);
      if (i + ROWS_AHEAD_FLOW < n_rows)
        lens_endpoints_prefetch_flow (endpoints, rows[i + ROWS_AHEAD_FLOW].hash);
      if (!append_row (builder, &rows[i]))
        return set_limit_error (builder, error);
    }
  return TRUE;
}

gboolean
lens_packet_table_builder_append (LensPacketTableBuilder *builder,
                                  const LensPacket *packet,
                                  gint64 time_ns,
                                  guint32 captured_bytes,
                                  guint32 wire_bytes,
                                  guint64 file_offset,
                                  GError **error)
{
  LensPacketRow row = {
    .packet = *packet,
    .hash = lens_endpoints_hash (builder->table->endpoints.seed, packet),
    .time_ns = time_ns,
    .file_offset = file_offset,
    .captured_bytes = captured_bytes,
    .wire_bytes = wire_bytes,
  };

  return lens_packet_table_builder_append_rows (builder, &row, 1, error);
}

guint64
lens_packet_table_builder_get_seed (const LensPacketTableBuilder *builder)
{
  return builder->table->endpoints.seed;
}

gsize
lens_packet_table_builder_get_n_packets (const LensPacketTableBuilder *builder)
{
  return builder->table->n_packets;
}

guint64
lens_packet_table_builder_get_n_bytes (const LensPacketTableBuilder *builder)
{
  const LensPacketTable *table = builder->table;
  const LensEndpoints *endpoints = &table->endpoints;
  const gsize row_bytes = sizeof *table->time_ns + sizeof *table->flow + sizeof *table->payload_bytes
                          + sizeof *table->wire_bytes + sizeof *table->offset_low;

  return (guint64) table->n_packets * row_bytes + (guint64) table->n_marks * sizeof *table->marks
         + (guint64) endpoints->n_flows * sizeof *endpoints->flows
         + (guint64) endpoints->n_hosts * sizeof *endpoints->hosts
         + (guint64) (endpoints->flow_index.n_slots + endpoints->host_index.n_slots) * sizeof (LensHashSlot);
}

/* *@column with its rows as @order says. FALSE, nothing changed, when memory runs out. */
static gboolean
put_column_in_order (guint32 **column, const guint32 *order, gsize n)
{
  guint32 *ordered = g_try_new (guint32, n);

  if (ordered == NULL)
    return FALSE;
  for (gsize row = 0; row < n; row++)
    ordered[row] = (*column)[order[row]];
  g_free (*column);
  *column = ordered;
  return TRUE;
}

static gboolean
put_times_in_order (LensPacketTable *table)
{
  gint64 *ordered = g_try_new (gint64, table->n_packets);

  if (ordered == NULL)
    return FALSE;
  for (gsize row = 0; row < table->n_packets; row++)
    ordered[row] = table->time_ns[table->position[row]];
  g_free (table->time_ns);
  table->time_ns = ordered;
  return TRUE;
}

static gboolean
put_in_time_order (LensPacketTable *table)
{
  gsize n = table->n_packets;

  table->position = lens_time_order_new (table->time_ns, n);
  return table->position != NULL && put_times_in_order (table)
         && put_column_in_order (&table->flow, table->position, n)
         && put_column_in_order (&table->payload_bytes, table->position, n)
         && put_column_in_order (&table->wire_bytes, table->position, n);
}

/* Everything that a table needs once its last row is there. FALSE when memory runs out. */
static gboolean
finish_table (LensPacketTable *table, gboolean is_out_of_order)
{
  if (is_out_of_order && !put_in_time_order (table))
    return FALSE;
  lens_endpoints_finish (&table->endpoints);
  return TRUE;
}

LensPacketTable *
lens_packet_table_builder_snapshot (const LensPacketTableBuilder *builder)
{
  const LensPacketTable *table = builder->table;
  g_autoptr (LensPacketTable) copy = g_new0 (LensPacketTable, 1);
  gsize n = table->n_packets;

  g_atomic_ref_count_init (&copy->ref_count);
  copy->n_packets = n;
  copy->n_marks = table->n_marks;
  copy->n_files = table->n_files;
  copy->captured_bytes = table->captured_bytes;
  copy->time_ns = lens_column_copy (table->time_ns, n, sizeof *copy->time_ns);
  copy->flow = lens_column_copy (table->flow, n, sizeof *copy->flow);
  copy->payload_bytes = lens_column_copy (table->payload_bytes, n, sizeof *copy->payload_bytes);
  copy->wire_bytes = lens_column_copy (table->wire_bytes, n, sizeof *copy->wire_bytes);
  copy->offset_low = lens_column_copy (table->offset_low, n, sizeof *copy->offset_low);
  copy->marks = lens_column_copy (table->marks, table->n_marks, sizeof *copy->marks);
  if (copy->time_ns == NULL || copy->flow == NULL || copy->payload_bytes == NULL || copy->wire_bytes == NULL
      || copy->offset_low == NULL || copy->marks == NULL
      || !lens_endpoints_copy (&table->endpoints, &copy->endpoints)
      || !finish_table (copy, builder->is_out_of_order))
    return NULL;
  return g_steal_pointer (&copy);
}

LensPacketTable *
lens_packet_table_builder_freeze (LensPacketTableBuilder *builder)
{
  g_autoptr (LensPacketTable) table = g_steal_pointer (&builder->table);
  gboolean is_out_of_order = builder->is_out_of_order;

  lens_packet_table_builder_free (builder);
  return finish_table (table, is_out_of_order) ? g_steal_pointer (&table) : NULL;
}
