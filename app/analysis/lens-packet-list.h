/* The packets that pass an analysis' filter, in time order, with what the table doesn't say of each: the list that people see.
 *
 * A packet has a place in it, from 0. Where every packet passes, its place is its row and takes no memory; else 4 bytes. The
 * inter-arrival time and the burst take 4 bytes each, and are worked out only once somebody asks for it. Else immutable; reference
 * counted, any thread.
 */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

/* No place. */
#define LENS_PACKET_LIST_NONE G_MAXSIZE

/* No time: nothing came before. */
#define LENS_PACKET_LIST_NO_TIME G_MININT64

typedef struct _LensPacketList LensPacketList;

/* Works it out on the calling thread. @rule: how bursts are told; (nullable): as in the analysis. Errors: G_IO_ERROR_CANCELLED,
 * LENS_ERROR_LIMIT. (transfer full) */
LensPacketList *lens_packet_list_new (LensAnalysis *analysis,
                                      const LensBurstRule *rule,
                                      GCancellable *cancellable,
                                      GError **error);
LensPacketList *lens_packet_list_ref (LensPacketList *list);
void lens_packet_list_unref (LensPacketList *list);

/* (transfer none) */
LensAnalysis *lens_packet_list_get_analysis (const LensPacketList *list);
const LensPacketTable *lens_packet_list_get_table (const LensPacketList *list);

/* How its bursts are told, the size worked out. (transfer none) */
const LensBurstRule *lens_packet_list_get_burst_rule (const LensPacketList *list);

gsize lens_packet_list_get_n (const LensPacketList *list);

/* The row of the table that the packet at @place is, and the other way round: LENS_PACKET_LIST_NONE where it doesn't pass. */
gsize lens_packet_list_get_row (const LensPacketList *list, gsize place);
gsize lens_packet_list_find_row (const LensPacketList *list, gsize row);

/* The place of the packet that other tools would give @number, or LENS_PACKET_LIST_NONE. */
gsize lens_packet_list_find_number (const LensPacketList *list, guint64 number);

/* Works out inter-arrival times and bursts on the calling thread, unless they are there. Errors: G_IO_ERROR_CANCELLED, LENS_ERROR_LIMIT. */
gboolean lens_packet_list_work_out (LensPacketList *list, GCancellable *cancellable, GError **error);

/* The same on a worker thread. */
void lens_packet_list_work_out_async (LensPacketList *list,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean lens_packet_list_work_out_finish (GAsyncResult *result, GError **error);

gboolean lens_packet_list_is_worked_out (LensPacketList *list);

/* Time since the packet before it in the list, and since the one before it to the same destination, or LENS_PACKET_LIST_NO_TIME:
 * the latter also while it isn't worked out. */
gint64 lens_packet_list_get_since_previous (const LensPacketList *list, gsize place);
gint64 lens_packet_list_get_inter_arrival (const LensPacketList *list, gsize place);

/* Which burst of its stream (source -> destination, under the filter and by the list's rule) it is in, from 1; 0: none,
 * or not worked out. */
guint32 lens_packet_list_get_burst (const LensPacketList *list, gsize place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketList, lens_packet_list_unref)

G_END_DECLS
