#include "lens-packet-table-private.h"

#include "lens-memory.h"

LensPacketTable *
lens_packet_table_ref (LensPacketTable *table)
{
  g_atomic_ref_count_inc (&table->ref_count);
  return table;
}

void
lens_packet_table_clear (LensPacketTable *table)
{
  lens_memory_free_aside (table->time_ns);
  lens_memory_free_aside (table->flow);
  lens_memory_free_aside (table->payload_bytes);
  lens_memory_free_aside (table->wire_bytes);
  lens_memory_free_aside (table->offset_low);
  g_free (table->marks);
  lens_memory_free_aside (table->position);
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

gsize
lens_packet_columns_find_row (const LensPacketColumns *columns, gint64 time_ns, gboolean is_after)
{
  gsize first = 0;
  gsize end = columns->n_packets;

  while (first < end)
    {
      gsize middle = first + (end - first) / 2;

      if (columns->time_ns[middle] < time_ns || (is_after && columns->time_ns[middle] == time_ns))
        first = middle + 1;
      else
        end = middle;
    }
  return first;
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

  /* Packets of several files are numbered as they are merged: by time. */
  return (table->n_files > 1 ? row : position_of_row (table, row)) + 1;
}

/* The mark that holds for @position. */
static const LensOffsetMark *
find_mark (const LensPacketTable *table, gsize position)
{
  gsize first = 0;
  gsize end = table->n_marks;

  while (end - first > 1)
    {
      gsize middle = first + (end - first) / 2;

      if (table->marks[middle].position <= position)
        first = middle;
      else
        end = middle;
    }
  return &table->marks[first];
}

gsize
lens_packet_table_get_file (const LensPacketTable *table, gsize row)
{
  g_return_val_if_fail (row < table->n_packets, 0);

  return find_mark (table, position_of_row (table, row))->file;
}

guint64
lens_packet_table_get_file_offset (const LensPacketTable *table, gsize row)
{
  g_return_val_if_fail (row < table->n_packets, 0);

  return lens_packet_table_get_file_offset_at (table, position_of_row (table, row));
}

guint64
lens_packet_table_get_file_offset_at (const LensPacketTable *table, gsize position)
{
  guint64 base;

  g_return_val_if_fail (position < table->n_packets, 0);

  base = find_mark (table, position)->offset;
  /* Offsets never fall within a file, so the distance from the mark's own is the difference of the low halves. */
  return base + (guint32) (table->offset_low[position] - (guint32) base);
}

gsize
lens_packet_table_get_position (const LensPacketTable *table, gsize row)
{
  g_return_val_if_fail (row < table->n_packets, 0);

  return position_of_row (table, row);
}

gboolean
lens_packet_table_is_reordered (const LensPacketTable *table)
{
  return table->position != NULL;
}

gboolean
lens_packet_table_is_at (const LensPacketTable *table, gsize position, guint64 file_offset)
{
  return position < table->n_packets && table->offset_low[position] == (guint32) file_offset;
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
