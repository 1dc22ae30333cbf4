/* What a LensPacketTable is made of; for the builder and the table alone. */
#pragma once

#include "lens-endpoints.h"
#include "lens-packet-table.h"

G_BEGIN_DECLS

/* File offsets are kept as their low 32 bits, beside a mark wherever those of the packets from there on begin anew: at each
 * file, and where one is 4 GB beyond its mark. */
typedef struct
{
  guint32 position; /* of the first packet it holds for */
  guint32 file;     /* index of the file they are in */
  guint64 offset;   /* of that packet */
} LensOffsetMark;

struct _LensPacketTable
{
  gatomicrefcount ref_count;
  gint64 *time_ns; /* owned, as all columns */
  guint32 *flow;
  guint32 *payload_bytes;
  guint32 *wire_bytes;
  guint32 *offset_low;   /* in the order of reading: file after file */
  LensOffsetMark *marks; /* n_marks, by position */
  gsize n_marks;
  guint32 *position; /* (nullable) row -> position in the order of reading; NULL where they are the same */
  gsize n_packets;
  gsize n_files;
  guint64 captured_bytes;
  LensEndpoints endpoints;
};

/* Frees columns and endpoints, not the struct. */
void lens_packet_table_clear (LensPacketTable *table);

G_END_DECLS
