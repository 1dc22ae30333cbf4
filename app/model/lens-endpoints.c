#include "lens-endpoints.h"

#include "lens-column.h"

#include <string.h>

gboolean
lens_endpoints_init (LensEndpoints *endpoints)
{
  *endpoints = (LensEndpoints){ .seed = (guint64) g_random_int () << 32 | g_random_int () };
  return lens_hash_index_init (&endpoints->host_index) && lens_hash_index_init (&endpoints->flow_index);
}

void
lens_endpoints_clear (LensEndpoints *endpoints)
{
  g_clear_pointer (&endpoints->hosts, g_free);
  g_clear_pointer (&endpoints->flows, g_free);
  lens_hash_index_clear (&endpoints->host_index);
  lens_hash_index_clear (&endpoints->flow_index);
}

static gboolean
copy_index (const LensHashIndex *index, LensHashIndex *copy)
{
  *copy = *index;
  copy->slots = lens_column_copy (index->slots, index->n_slots, sizeof *index->slots);
  return copy->slots != NULL;
}

gboolean
lens_endpoints_copy (const LensEndpoints *endpoints, LensEndpoints *copy)
{
  gboolean has_index;

  *copy = (LensEndpoints){
    .seed = endpoints->seed,
    .n_hosts = endpoints->n_hosts,
    .allocated_hosts = endpoints->n_hosts,
    .n_flows = endpoints->n_flows,
    .allocated_flows = endpoints->n_flows,
  };
  copy->hosts = lens_column_copy (endpoints->hosts, endpoints->n_hosts, sizeof *endpoints->hosts);
  copy->flows = lens_column_copy (endpoints->flows, endpoints->n_flows, sizeof *endpoints->flows);
  has_index = copy_index (&endpoints->host_index, &copy->host_index);
  return has_index && copy->hosts != NULL && copy->flows != NULL;
}

static guint64
hash_of_address (guint64 seed, const LensAddress *address)
{
  guint64 words[2];

  memcpy (words, address->bytes, sizeof words);
  return lens_hash_mix (seed + address->version, words[0], words[1]);
}

guint64
lens_endpoints_hash (guint64 seed, const LensPacket *packet)
{
  guint64 rest = (guint64) packet->source_port << 48 | (guint64) packet->destination_port << 32
                 | (guint64) packet->protocol << 24 | (guint64) packet->layer << 16
                 | (guint64) packet->ip_version << 8 | (packet->status == LENS_DECODE_MALFORMED);

  if (packet->ip_version == 4)
    {
      guint32 source;
      guint32 destination;

      memcpy (&source, packet->source.bytes, sizeof source);
      memcpy (&destination, packet->destination.bytes, sizeof destination);
      return lens_hash_mix (seed, (guint64) source << 32 | destination, rest);
    }
  return lens_hash_mix (hash_of_address (seed, &packet->source),
                        hash_of_address (seed + 1, &packet->destination), rest);
}

static guint32
find_host (const LensEndpoints *endpoints, const LensAddress *address, guint64 hash)
{
  const LensHashIndex *index = &endpoints->host_index;

  for (gsize i = lens_hash_index_first (index, hash);; i = lens_hash_index_next (index, i))
    {
      LensHashSlot slot = index->slots[i];

      if (slot.position == LENS_HASH_INDEX_EMPTY)
        return LENS_HOST_NONE;
      if (slot.hash == (guint32) hash
          && lens_address_equal (&endpoints->hosts[slot.position].address, address))
        return slot.position;
    }
}

guint32
lens_endpoints_find_host (const LensEndpoints *endpoints, const LensAddress *address)
{
  return find_host (endpoints, address, hash_of_address (endpoints->seed, address));
}

static gboolean
take_host (LensEndpoints *endpoints, const LensAddress *address, guint32 *host)
{
  guint64 hash;

  *host = LENS_HOST_NONE;
  if (address->version == 0)
    return TRUE;
  hash = hash_of_address (endpoints->seed, address);
  *host = find_host (endpoints, address, hash);
  if (*host != LENS_HOST_NONE)
    return TRUE;

  if (endpoints->n_hosts >= LENS_HOST_NONE || !lens_hash_index_reserve (&endpoints->host_index)
      || !lens_column_reserve (&endpoints->hosts, &endpoints->allocated_hosts, endpoints->n_hosts,
                               sizeof *endpoints->hosts))
    return FALSE;
  *host = (guint32) endpoints->n_hosts++;
  endpoints->hosts[*host] = (LensHost){ .address = *address };
  lens_hash_index_put (&endpoints->host_index, hash, *host);
  return TRUE;
}

static gboolean
is_host (const LensEndpoints *endpoints, guint32 host, const LensAddress *address)
{
  if (host == LENS_HOST_NONE)
    return address->version == 0;
  return lens_address_equal (&endpoints->hosts[host].address, address);
}

static gboolean
is_flow_of (const LensEndpoints *endpoints, const LensFlow *flow, const LensPacket *packet)
{
  return flow->source_port == packet->source_port && flow->destination_port == packet->destination_port
         && flow->protocol == packet->protocol && flow->layer == packet->layer
         && flow->ip_version == packet->ip_version
         && flow->is_malformed == (packet->status == LENS_DECODE_MALFORMED)
         && is_host (endpoints, flow->source_host, &packet->source)
         && is_host (endpoints, flow->destination_host, &packet->destination);
}

static gboolean
find_flow (const LensEndpoints *endpoints, const LensPacket *packet, guint64 hash, guint32 *flow)
{
  const LensHashIndex *index = &endpoints->flow_index;

  for (gsize i = lens_hash_index_first (index, hash);; i = lens_hash_index_next (index, i))
    {
      LensHashSlot slot = index->slots[i];

      *flow = slot.position;
      if (slot.position == LENS_HASH_INDEX_EMPTY)
        return FALSE;
      if (slot.hash == (guint32) hash && is_flow_of (endpoints, &endpoints->flows[slot.position], packet))
        return TRUE;
    }
}

gboolean
lens_endpoints_take_flow (LensEndpoints *endpoints, const LensPacket *packet, guint64 hash, guint32 *flow)
{
  LensFlow made = {
    .source_port = packet->source_port,
    .destination_port = packet->destination_port,
    .protocol = packet->protocol,
    .layer = (guint8) packet->layer,
    .ip_version = packet->ip_version,
    .is_malformed = packet->status == LENS_DECODE_MALFORMED,
  };

  if (find_flow (endpoints, packet, hash, flow))
    return TRUE;
  if (!take_host (endpoints, &packet->source, &made.source_host)
      || !take_host (endpoints, &packet->destination, &made.destination_host)
      || endpoints->n_flows >= LENS_HASH_INDEX_EMPTY || !lens_hash_index_reserve (&endpoints->flow_index)
      || !lens_column_reserve (&endpoints->flows, &endpoints->allocated_flows, endpoints->n_flows,
                               sizeof *endpoints->flows))
    return FALSE;
  *flow = (guint32) endpoints->n_flows++;
  endpoints->flows[*flow] = made;
  lens_hash_index_put (&endpoints->flow_index, hash, *flow);
  return TRUE;
}

void
lens_endpoints_finish (LensEndpoints *endpoints)
{
  lens_hash_index_clear (&endpoints->flow_index);
  for (gsize i = 0; i < endpoints->n_flows; i++)
    {
      const LensFlow *flow = &endpoints->flows[i];

      if (flow->source_host == LENS_HOST_NONE)
        continue;
      endpoints->hosts[flow->source_host].sent_packets += flow->packets;
      endpoints->hosts[flow->source_host].sent_payload_bytes += flow->payload_bytes;
      endpoints->hosts[flow->destination_host].received_packets += flow->packets;
      endpoints->hosts[flow->destination_host].received_payload_bytes += flow->payload_bytes;
    }
}
