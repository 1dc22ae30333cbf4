/* What a LensPacketTable is made of; for the builder and the table alone. */
#pragma once

#include "lens-endpoints.h"
#include "lens-packet-table.h"

G_BEGIN_DECLS

/* File offsets are kept as their low 32 bits, with the whole of it once a chunk of rows. Records begin at most 64 kB apart or
 * so, far less than 4 GB a chunk allows. */
#define LENS_OFFSET_CHUNK_ROWS 1024

struct _LensPacketTable
{
  gatomicrefcount ref_count;
  gint64 *time_ns; /* owned, as all columns */
  guint32 *flow;
  guint32 *payload_bytes;
  guint32 *wire_bytes;
  guint32 *offset_low;    /* in file order */
  guint64 *offset_chunks; /* the offset of every LENS_OFFSET_CHUNK_ROWS-th packet of the file */
  guint32 *position;      /* (nullable) row -> position in the file; NULL where they are the same */
  gsize n_packets;
  guint64 captured_bytes;
  LensEndpoints endpoints;
};

/* Frees columns and endpoints, not the struct. */
void lens_packet_table_clear (LensPacketTable *table);

G_END_DECLS
