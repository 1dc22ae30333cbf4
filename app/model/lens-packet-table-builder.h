/* Appends packets to columns; lives on one thread, ends by being frozen into a LensPacketTable. */
#pragma once

#include "lens-endpoints.h"
#include "lens-packet-table.h"
#include "lens-packet.h"

G_BEGIN_DECLS

typedef struct _LensPacketTableBuilder LensPacketTableBuilder;

/* A decoded packet on its way into the table. */
typedef struct
{
  LensPacket packet;
  guint64 hash; /* lens_endpoints_hash() of it under the builder's seed */
  gint64 time_ns;
  guint64 file_offset;
  guint32 captured_bytes;
  guint32 wire_bytes;
} LensPacketRow;

LensPacketTableBuilder *lens_packet_table_builder_new (void);
void lens_packet_table_builder_free (LensPacketTableBuilder *builder);

/* From here on packets are of the file with index @file, more than the one before; 0 at first. */
void lens_packet_table_builder_begin_file (LensPacketTableBuilder *builder, guint32 file);

/* Appends one packet: to the columns, its flow and its hosts. @file_offset never falls within a file.
 * Errors: LENS_ERROR_LIMIT when memory or an index runs out; everything appended before stays. */
gboolean lens_packet_table_builder_append (LensPacketTableBuilder *builder,
                                           const LensPacket *packet,
                                           gint64 time_ns,
                                           guint32 captured_bytes,
                                           guint32 wire_bytes,
                                           guint64 file_offset,
                                           GError **error);

/* Appends many at once, which costs far less a packet: the tables' memory is fetched ahead. Where it fails, those before the one that
 * did not fit are there. */
gboolean lens_packet_table_builder_append_rows (LensPacketTableBuilder *builder,
                                                const LensPacketRow *rows,
                                                gsize n_rows,
                                                GError **error);

/* The seed of lens_endpoints_hash() for rows; never changes, any thread. */
guint64 lens_packet_table_builder_get_seed (const LensPacketTableBuilder *builder);

gsize lens_packet_table_builder_get_n_packets (const LensPacketTableBuilder *builder);

/* The memory of all packets, flows and hosts so far, without what is only kept free for more. */
guint64 lens_packet_table_builder_get_n_bytes (const LensPacketTableBuilder *builder);

/* What was appended so far as a table of its own (transfer full); the builder goes on. NULL when memory runs out. */
LensPacketTable *lens_packet_table_builder_snapshot (const LensPacketTableBuilder *builder);

/* @builder: (transfer full). Puts the rows in time order where they are not (stable), and gives the table; NULL when memory runs out. */
LensPacketTable *lens_packet_table_builder_freeze (LensPacketTableBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketTableBuilder, lens_packet_table_builder_free)

G_END_DECLS
