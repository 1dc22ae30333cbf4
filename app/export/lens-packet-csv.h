/* The table of packets as CSV (RFC 4180, UTF-8): all that pass the filter, in an order, a row each.
 *
 * The columns are those of the table in the window, with the time in all three of its forms. Figures are as programs read them: times in
 * UTC, seconds with nine decimals, no separators, addresses and no names; what a packet doesn't have is empty. The title of the last
 * column, which has no values, says which part of the capture this is and by which rule bursts are told. The titles of the others are the
 * same in every language. Streamed: however many rows there are, none is held in memory.
 */
#pragma once

#include "lens-packet-order.h"
#include "lens-progress.h"

G_BEGIN_DECLS

/* Writes them to @path on the calling thread; on failure what was there is untouched. @progress: (nullable), told the packets that are
 * written, and a negative fraction while it is not known how many that will be. Errors: LENS_ERROR_WRITE, LENS_ERROR_LIMIT,
 * G_IO_ERROR_CANCELLED. */
gboolean lens_packet_csv_write (LensPacketOrder *order,
                                gboolean is_descending,
                                const char *path,
                                LensProgress *progress,
                                GCancellable *cancellable,
                                GError **error);

/* What to write: in the order of @column, sorted first where there is no @order. */
typedef struct
{
  LensAnalysis *analysis;
  LensBurstRule rule;
  LensPacketOrder *order; /* (nullable) of the analysis and by the rule */
  LensPacketColumn column;
  gboolean is_descending;
} LensPacketCsvContent;

/* A copy with references of its own, which clearing gives back; a content that is all 0 may be cleared too. */
LensPacketCsvContent lens_packet_csv_content_copy (const LensPacketCsvContent *content);
void lens_packet_csv_content_clear (LensPacketCsvContent *content);

/* The same on a worker thread. @content: (transfer none), references are taken. */
void lens_packet_csv_write_async (const LensPacketCsvContent *content,
                                  const char *path,
                                  LensProgress *progress,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean lens_packet_csv_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
