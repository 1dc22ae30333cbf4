/* The hosts and flows of a capture while it is built and, const, after: arrays with an index each. */
#pragma once

#include "lens-flow.h"
#include "lens-hash-index.h"
#include "lens-host.h"

G_BEGIN_DECLS

typedef struct
{
  LensHost *hosts; /* owned */
  gsize n_hosts;
  gsize allocated_hosts;
  LensHashIndex host_index;
  LensFlow *flows; /* owned */
  gsize n_flows;
  gsize allocated_flows;
  LensHashIndex flow_index; /* while it is built */
  guint64 seed;             /* of the hashes: drawn anew for each, so that no file can be made to clump */
} LensEndpoints;

/* FALSE when memory runs out. */
gboolean lens_endpoints_init (LensEndpoints *endpoints);
void lens_endpoints_clear (LensEndpoints *endpoints);

/* A finished copy of its own in @copy. FALSE when memory runs out; then @copy is still to be cleared. */
gboolean lens_endpoints_copy (const LensEndpoints *endpoints, LensEndpoints *copy);

/* The host with @address, or LENS_HOST_NONE. */
guint32 lens_endpoints_find_host (const LensEndpoints *endpoints, const LensAddress *address);

/* The hash of the flow that @packet belongs to, under the endpoints' seed. Touches no table: another thread may work it out. */
guint64 lens_endpoints_hash (guint64 seed, const LensPacket *packet);

/* Asks the processor for the memory that lens_endpoints_take_flow() will look at: first the slot, then, some packets later, the flow. What is
 * not there yet is not waited for. (Asking for the two hosts as well was measured, and gains nothing.) */
static inline void
lens_endpoints_prefetch_slot (const LensEndpoints *endpoints, guint64 hash)
{
  __builtin_prefetch (&endpoints->flow_index.slots[lens_hash_index_first (&endpoints->flow_index, hash)]);
}

static inline void
lens_endpoints_prefetch_flow (const LensEndpoints *endpoints, guint64 hash)
{
  const LensHashSlot *slot
      = &endpoints->flow_index.slots[lens_hash_index_first (&endpoints->flow_index, hash)];

  if (slot->hash == (guint32) hash && slot->position != LENS_HASH_INDEX_EMPTY)
    __builtin_prefetch (&endpoints->flows[slot->position], 1);
}

/* The flow @packet belongs to, made when it is new; @hash is that of lens_endpoints_hash(). FALSE when memory or the index runs out: nothing is
 * counted. */
gboolean
lens_endpoints_take_flow (LensEndpoints *endpoints, const LensPacket *packet, guint64 hash, guint32 *flow);

/* Counts one packet in its flow. */
static inline void
lens_endpoints_count (LensEndpoints *endpoints, guint32 flow, guint32 payload_bytes, guint32 wire_bytes)
{
  LensFlow *totals = &endpoints->flows[flow];

  totals->packets++;
  totals->payload_bytes += payload_bytes;
  totals->wire_bytes += wire_bytes;
}

/* Once, at the end: adds the flows' totals up in their hosts, and gives up what only finding flows takes. */
void lens_endpoints_finish (LensEndpoints *endpoints);

G_END_DECLS
