/* What the list knows of one of its packets and its bytes don't say: number, times and burst, as fields. Plain; any thread. */
#pragma once

#include "lens-field-tree.h"
#include "lens-packet-list.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 number;
  gint64 time_ns;
  gint64 since_start_ns;    /* since the first packet of the capture */
  gint64 since_previous_ns; /* in the list; LENS_PACKET_LIST_NO_TIME */
  gboolean is_ip;           /* else none of the following is known */
  gboolean is_worked_out;   /* the same */
  gint64 inter_arrival_ns;  /* LENS_PACKET_LIST_NO_TIME: the first to its destination */
  guint32 burst;            /* 0: none */
  guint64 burst_packets;
  guint64 burst_payload_bytes;
} LensPacketFacts;

/* Of the packet at @place. Looks at the packets around it until its burst ends, which can be all: not for the main thread. FALSE:
 * cancelled. */
gboolean
lens_packet_facts_find (LensPacketList *list, gsize place, GCancellable *cancellable, LensPacketFacts *facts);

gboolean lens_packet_facts_equal (const LensPacketFacts *a, const LensPacketFacts *b);

/* Adds them to the first header of @tree, which is of the packet as a whole. Not for a tree that somebody else reads. */
void lens_packet_facts_add (const LensPacketFacts *facts, LensFieldTree *tree);

G_END_DECLS
