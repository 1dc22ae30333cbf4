#include "lens-packet-table-builder.h"

#include "lens-column.h"
#include "lens-error.h"
#include "lens-packet-table-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

struct _LensPacketTableBuilder
{
  LensPacketTable *table; /* not frozen yet */
  gsize allocated[5];     /* rows, a column each */
  gsize allocated_chunks;
  gboolean is_out_of_order;
};

LensPacketTableBuilder *
lens_packet_table_builder_new (void)
{
  LensPacketTableBuilder *builder = g_new0 (LensPacketTableBuilder, 1);

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

static gboolean
reserve_row (LensPacketTableBuilder *builder)
{
  LensPacketTable *table = builder->table;
  gsize n = table->n_packets;

  return n < G_MAXUINT32 && lens_column_reserve (&table->time_ns, &builder->allocated[0], n, sizeof (gint64))
         && lens_column_reserve (&table->flow, &builder->allocated[1], n, sizeof (guint32))
         && lens_column_reserve (&table->payload_bytes, &builder->allocated[2], n, sizeof (guint32))
         && lens_column_reserve (&table->wire_bytes, &builder->allocated[3], n, sizeof (guint32))
         && lens_column_reserve (&table->offset_low, &builder->allocated[4], n, sizeof (guint32))
         && lens_column_reserve (&table->offset_chunks, &builder->allocated_chunks,
                                 n / LENS_OFFSET_CHUNK_ROWS, sizeof (guint64));
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
  LensPacketTable *table = builder->table;
  gsize row = table->n_packets;
  guint32 flow;

  if (!reserve_row (builder) || !lens_endpoints_take_flow (&table->endpoints, packet, &flow))
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
                   _ ("There is not enough memory for more than %" G_GSIZE_FORMAT
                      " packets; these are shown. Close other programs, or open a part of the capture."),
                   row);
      return FALSE;
    }
  lens_endpoints_count (&table->endpoints, flow, packet->payload_bytes, wire_bytes);

  if (row > 0 && time_ns < table->time_ns[row - 1])
    builder->is_out_of_order = TRUE;
  table->time_ns[row] = time_ns;
  table->flow[row] = flow;
  table->payload_bytes[row] = packet->payload_bytes;
  table->wire_bytes[row] = wire_bytes;
  table->offset_low[row] = (guint32) file_offset;
  if (row % LENS_OFFSET_CHUNK_ROWS == 0)
    table->offset_chunks[row / LENS_OFFSET_CHUNK_ROWS] = file_offset;
  table->captured_bytes += captured_bytes;
  table->n_packets++;
  return TRUE;
}

gsize
lens_packet_table_builder_get_n_packets (const LensPacketTableBuilder *builder)
{
  return builder->table->n_packets;
}

static int
compare_positions (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const gint64 *time_ns = user_data;
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  if (time_ns[left] != time_ns[right])
    return time_ns[left] < time_ns[right] ? -1 : 1;
  return left < right ? -1 : 1;
}

static guint32 *
put_column_in_order (guint32 *column, const guint32 *position, gsize n)
{
  guint32 *ordered = g_new (guint32, n);

  for (gsize row = 0; row < n; row++)
    ordered[row] = column[position[row]];
  g_free (column);
  return ordered;
}

static void
put_in_time_order (LensPacketTable *table)
{
  gsize n = table->n_packets;
  gint64 *time_ns = g_new (gint64, n);

  table->position = g_new (guint32, n);
  for (gsize row = 0; row < n; row++)
    table->position[row] = (guint32) row;
  qsort_r (table->position, n, sizeof (guint32), compare_positions, table->time_ns);

  for (gsize row = 0; row < n; row++)
    time_ns[row] = table->time_ns[table->position[row]];
  g_free (table->time_ns);
  table->time_ns = time_ns;
  table->flow = put_column_in_order (table->flow, table->position, n);
  table->payload_bytes = put_column_in_order (table->payload_bytes, table->position, n);
  table->wire_bytes = put_column_in_order (table->wire_bytes, table->position, n);
}

LensPacketTable *
lens_packet_table_builder_freeze (LensPacketTableBuilder *builder)
{
  LensPacketTable *table = g_steal_pointer (&builder->table);

  if (builder->is_out_of_order)
    put_in_time_order (table);
  lens_endpoints_add_up_hosts (&table->endpoints);
  lens_packet_table_builder_free (builder);
  return table;
}
