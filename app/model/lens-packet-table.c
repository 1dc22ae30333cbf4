#include "lens-packet-table-private.h"

LensPacketTable *
lens_packet_table_ref (LensPacketTable *table)
{
  g_atomic_ref_count_inc (&table->ref_count);
  return table;
}

void
lens_packet_table_clear (LensPacketTable *table)
{
  g_free (table->time_ns);
  g_free (table->flow);
  g_free (table->payload_bytes);
  g_free (table->wire_bytes);
  g_free (table->offset_low);
  g_free (table->offset_chunks);
  g_free (table->position);
  lens_endpoints_clear (&table->endpoints);
}

void
lens_packet_table_unref (LensPacketTable *table)
{
  if (!g_atomic_ref_count_dec (&table->ref_count))
    return;
  lens_packet_table_clear (table);
  g_free (table);
}

LensPacketColumns
lens_packet_table_get_columns (const LensPacketTable *table)
{
  return (LensPacketColumns){
    .time_ns = table->time_ns,
    .flow = table->flow,
    .payload_bytes = table->payload_bytes,
    .wire_bytes = table->wire_bytes,
    .n_packets = table->n_packets,
  };
}

LensFlowsView
lens_packet_table_get_flows (const LensPacketTable *table)
{
  return (LensFlowsView){ .items = table->endpoints.flows, .n = table->endpoints.n_flows };
}

LensHostsView
lens_packet_table_get_hosts (const LensPacketTable *table)
{
  return (LensHostsView){ .items = table->endpoints.hosts, .n = table->endpoints.n_hosts };
}

static gsize
position_of_row (const LensPacketTable *table, gsize row)
{
  return table->position != NULL ? table->position[row] : row;
}

guint64
lens_packet_table_get_number (const LensPacketTable *table, gsize row)
{
  g_return_val_if_fail (row < table->n_packets, 0);

  return position_of_row (table, row) + 1;
}

guint64
lens_packet_table_get_file_offset (const LensPacketTable *table, gsize row)
{
  gsize position;
  guint64 base;

  g_return_val_if_fail (row < table->n_packets, 0);

  position = position_of_row (table, row);
  base = table->offset_chunks[position / LENS_OFFSET_CHUNK_ROWS];
  /* Offsets never fall, so the distance from the chunk's own is the difference of the low halves. */
  return base + (guint32) (table->offset_low[position] - (guint32) base);
}

guint32
lens_packet_table_find_host (const LensPacketTable *table, const LensAddress *address)
{
  return lens_endpoints_find_host (&table->endpoints, address);
}

guint64
lens_packet_table_get_captured_bytes (const LensPacketTable *table)
{
  return table->captured_bytes;
}
