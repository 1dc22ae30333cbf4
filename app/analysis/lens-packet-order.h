/* The packets of a list in the order of a column. Immutable, reference counted, any thread.
 *
 * Packets that are equal in the column are in time order. In the order of time it takes no memory, else 4 bytes a packet, and
 * up to 4 a flow. Descending is the same read from its end, so that turning round costs nothing.
 */
#pragma once

#include "lens-packet-list.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_PACKET_NUMBER,
  LENS_PACKET_TIME,
  LENS_PACKET_SINCE_PREVIOUS, /* in the list */
  LENS_PACKET_SOURCE,
  LENS_PACKET_DESTINATION,
  LENS_PACKET_PROTOCOL, /* by its name */
  LENS_PACKET_SOURCE_PORT,
  LENS_PACKET_DESTINATION_PORT,
  LENS_PACKET_PAYLOAD,
  LENS_PACKET_WIRE,
  LENS_PACKET_INTER_ARRIVAL,
  LENS_PACKET_BURST, /* by its number in the stream */
  LENS_N_PACKET_COLUMNS
} LensPacketColumn;

typedef struct _LensPacketOrder LensPacketOrder;

/* Sorts on the calling thread. What a packet doesn't have comes first. Errors: G_IO_ERROR_CANCELLED, LENS_ERROR_LIMIT. (transfer full) */
LensPacketOrder *lens_packet_order_new (LensPacketList *list,
                                        LensPacketColumn column,
                                        GCancellable *cancellable,
                                        GError **error);

/* The same on a worker thread. @list: (nullable) of @analysis, else it is made as well, with bursts by @rule. */
void lens_packet_order_new_async (LensAnalysis *analysis,
                                  const LensBurstRule *rule,
                                  LensPacketList *list,
                                  LensPacketColumn column,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
LensPacketOrder *lens_packet_order_new_finish (GAsyncResult *result, GError **error);

LensPacketOrder *lens_packet_order_ref (LensPacketOrder *order);
void lens_packet_order_unref (LensPacketOrder *order);

/* (transfer none) */
LensPacketList *lens_packet_order_get_list (const LensPacketOrder *order);
LensPacketColumn lens_packet_order_get_column (const LensPacketOrder *order);

/* The place in the list of the packet at @position of the order, and the other way round. */
gsize lens_packet_order_get_place (const LensPacketOrder *order, gsize position);
gsize lens_packet_order_find_place (const LensPacketOrder *order, gsize place);

/* What the protocol of a flow is called: "TCP", "GRE", "IP 253", "not IP". Not translated but for the last. */
const char *lens_packet_protocol_name (const LensFlow *flow, char buffer[16]);

/* Whether packets of the flow have ports. */
gboolean lens_packet_has_ports (const LensFlow *flow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketOrder, lens_packet_order_unref)

G_END_DECLS
