/* Appends packets to columns; lives on one thread, ends by being frozen into a LensPacketTable. */
#pragma once

#include "lens-packet-table.h"
#include "lens-packet.h"

G_BEGIN_DECLS

typedef struct _LensPacketTableBuilder LensPacketTableBuilder;

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

gsize lens_packet_table_builder_get_n_packets (const LensPacketTableBuilder *builder);

/* What was appended so far as a table of its own (transfer full); the builder goes on. NULL when memory runs out. */
LensPacketTable *lens_packet_table_builder_snapshot (const LensPacketTableBuilder *builder);

/* @builder: (transfer full). Puts the rows in time order where they are not (stable), and gives the table; NULL when memory runs out. */
LensPacketTable *lens_packet_table_builder_freeze (LensPacketTableBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketTableBuilder, lens_packet_table_builder_free)

G_END_DECLS
