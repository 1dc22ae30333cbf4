/* All packets of a capture as columns, with the hosts and flows they belong to.
 *
 * Built by one thread with LensPacketTableBuilder (lens-packet-table-builder.h), then frozen: a table is immutable and
 * reference counted, so any number of threads read it without locks. Rows are in time order (equal times: in the order of reading).
 * A row costs 24 bytes; header fields are not kept, the packet's bytes are found again in the file.
 */
#pragma once

#include "lens-flow.h"
#include "lens-host.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LensPacketTable LensPacketTable;

/* Columns of n_packets rows each, owned by the table. */
typedef struct
{
  const gint64 *time_ns;        /* ascending */
  const guint32 *flow;          /* index into the flows */
  const guint32 *payload_bytes; /* as in LensPacket */
  const guint32 *wire_bytes;
  gsize n_packets;
} LensPacketColumns;

/* The first row at @time_ns or later, or, with @is_after, later; n_packets where there is none. */
gsize lens_packet_columns_find_row (const LensPacketColumns *columns, gint64 time_ns, gboolean is_after);

LensPacketTable *lens_packet_table_ref (LensPacketTable *table);
void lens_packet_table_unref (LensPacketTable *table);

/* Const views (transfer none) that live as long as the table. */
LensPacketColumns lens_packet_table_get_columns (const LensPacketTable *table);
LensFlowsView lens_packet_table_get_flows (const LensPacketTable *table);
LensHostsView lens_packet_table_get_hosts (const LensPacketTable *table);

/* The packet's number in the capture, from 1, as in other tools: it differs from row + 1 only where a capture of one file is not
 * in time order. */
guint64 lens_packet_table_get_number (const LensPacketTable *table, gsize row);

/* Which of the capture's files the packet is from: from 0, in the order they were read. */
gsize lens_packet_table_get_file (const LensPacketTable *table, gsize row);

/* Where in its (unpacked) file the packet's record begins. */
guint64 lens_packet_table_get_file_offset (const LensPacketTable *table, gsize row);

/* The same of the packet at @position in the order of reading, file after file. */
guint64 lens_packet_table_get_file_offset_at (const LensPacketTable *table, gsize position);

/* Where the packet is in the order of reading, file after file, from 0: its row, unless the table is_reordered. */
gsize lens_packet_table_get_position (const LensPacketTable *table, gsize row);
gboolean lens_packet_table_is_reordered (const LensPacketTable *table);

/* Whether the packet at @position in the order of reading can be the one whose record begins at @file_offset: how who reads a file
 * again finds out that it is another now. Only the low 32 bits are compared. */
gboolean lens_packet_table_is_at (const LensPacketTable *table, gsize position, guint64 file_offset);

/* The host with @address: its index, or LENS_HOST_NONE. */
guint32 lens_packet_table_find_host (const LensPacketTable *table, const LensAddress *address);

/* Sum of the packets' captured bytes. */
guint64 lens_packet_table_get_captured_bytes (const LensPacketTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketTable, lens_packet_table_unref)

G_END_DECLS
