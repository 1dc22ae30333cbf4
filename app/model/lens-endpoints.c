#include "lens-endpoints.h"

#include "lens-column.h"

#include <string.h>

#define FIRST_SLOTS 1024

gboolean
lens_endpoints_init (LensEndpoints *endpoints)
{
  *endpoints = (LensEndpoints){ .seed = (guint64) g_random_int () << 32 | g_random_int () };
  return lens_hash_index_reset (&endpoints->host_index, FIRST_SLOTS)
         && lens_hash_index_reset (&endpoints->flow_index, FIRST_SLOTS);
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
  gboolean has_indexes;

  *copy = (LensEndpoints){
    .seed = endpoints->seed,
    .n_hosts = endpoints->n_hosts,
    .allocated_hosts = endpoints->n_hosts,
    .n_flows = endpoints->n_flows,
    .allocated_flows = endpoints->n_flows,
  };
  copy->hosts = lens_column_copy (endpoints->hosts, endpoints->n_hosts, sizeof *endpoints->hosts);
  copy->flows = lens_column_copy (endpoints->flows, endpoints->n_flows, sizeof *endpoints->flows);
  has_indexes = copy_index (&endpoints->host_index, &copy->host_index);
  has_indexes = copy_index (&endpoints->flow_index, &copy->flow_index) && has_indexes;
  return has_indexes && copy->hosts != NULL && copy->flows != NULL;
}

static guint64
hash_of_address (const LensEndpoints *endpoints, const LensAddress *address)
{
  guint64 words[2];

  memcpy (words, address->bytes, sizeof words);
  return lens_hash_mix (endpoints->seed + address->version, words[0], words[1]);
}

static guint64
hash_of_flow (const LensEndpoints *endpoints, const LensFlow *flow)
{
  guint64 hosts = (guint64) flow->source_host << 32 | flow->destination_host;
  guint64 rest = (guint64) flow->source_port << 48 | (guint64) flow->destination_port << 32
                 | (guint64) flow->protocol << 24 | (guint64) flow->layer << 16
                 | (guint64) flow->ip_version << 8 | flow->is_malformed;

  return lens_hash_mix (endpoints->seed, hosts, rest);
}

static gboolean
is_same_flow (const LensFlow *a, const LensFlow *b)
{
  return a->source_host == b->source_host && a->destination_host == b->destination_host
         && a->source_port == b->source_port && a->destination_port == b->destination_port
         && a->protocol == b->protocol && a->layer == b->layer && a->ip_version == b->ip_version
         && a->is_malformed == b->is_malformed;
}

static guint32
find_host (const LensEndpoints *endpoints, const LensAddress *address, guint64 hash)
{
  const LensHashIndex *index = &endpoints->host_index;

  for (gsize slot = lens_hash_index_first (index, hash);; slot = lens_hash_index_next (index, slot))
    {
      guint32 position = index->slots[slot];

      if (position == LENS_HASH_INDEX_EMPTY)
        return LENS_HOST_NONE;
      if (lens_address_equal (&endpoints->hosts[position].address, address))
        return position;
    }
}

guint32
lens_endpoints_find_host (const LensEndpoints *endpoints, const LensAddress *address)
{
  return find_host (endpoints, address, hash_of_address (endpoints, address));
}

static gboolean
grow_host_index (LensEndpoints *endpoints)
{
  if (!lens_hash_index_is_full (&endpoints->host_index))
    return TRUE;
  if (!lens_hash_index_reset (&endpoints->host_index, endpoints->host_index.n_slots * 2))
    return FALSE;
  for (gsize i = 0; i < endpoints->n_hosts; i++)
    lens_hash_index_put (&endpoints->host_index, hash_of_address (endpoints, &endpoints->hosts[i].address),
                         (guint32) i);
  return TRUE;
}

static gboolean
take_host (LensEndpoints *endpoints, const LensAddress *address, guint32 *host)
{
  guint64 hash;

  *host = LENS_HOST_NONE;
  if (address->version == 0)
    return TRUE;
  hash = hash_of_address (endpoints, address);
  *host = find_host (endpoints, address, hash);
  if (*host != LENS_HOST_NONE)
    return TRUE;

  if (endpoints->n_hosts >= LENS_HOST_NONE || !grow_host_index (endpoints)
      || !lens_column_reserve (&endpoints->hosts, &endpoints->allocated_hosts, endpoints->n_hosts,
                               sizeof *endpoints->hosts))
    return FALSE;
  *host = (guint32) endpoints->n_hosts++;
  endpoints->hosts[*host] = (LensHost){ .address = *address };
  lens_hash_index_put (&endpoints->host_index, hash, *host);
  return TRUE;
}

static gboolean
grow_flow_index (LensEndpoints *endpoints)
{
  if (!lens_hash_index_is_full (&endpoints->flow_index))
    return TRUE;
  if (!lens_hash_index_reset (&endpoints->flow_index, endpoints->flow_index.n_slots * 2))
    return FALSE;
  for (gsize i = 0; i < endpoints->n_flows; i++)
    lens_hash_index_put (&endpoints->flow_index, hash_of_flow (endpoints, &endpoints->flows[i]), (guint32) i);
  return TRUE;
}

static gboolean
find_flow (const LensEndpoints *endpoints, const LensFlow *key, guint64 hash, guint32 *flow)
{
  const LensHashIndex *index = &endpoints->flow_index;

  for (gsize slot = lens_hash_index_first (index, hash);; slot = lens_hash_index_next (index, slot))
    {
      *flow = index->slots[slot];
      if (*flow == LENS_HASH_INDEX_EMPTY)
        return FALSE;
      if (is_same_flow (&endpoints->flows[*flow], key))
        return TRUE;
    }
}

gboolean
lens_endpoints_take_flow (LensEndpoints *endpoints, const LensPacket *packet, guint32 *flow)
{
  LensFlow key = {
    .source_port = packet->source_port,
    .destination_port = packet->destination_port,
    .protocol = packet->protocol,
    .layer = (guint8) packet->layer,
    .ip_version = packet->ip_version,
    .is_malformed = packet->status == LENS_DECODE_MALFORMED,
  };
  guint64 hash;

  if (!take_host (endpoints, &packet->source, &key.source_host)
      || !take_host (endpoints, &packet->destination, &key.destination_host))
    return FALSE;
  hash = hash_of_flow (endpoints, &key);
  if (find_flow (endpoints, &key, hash, flow))
    return TRUE;

  if (endpoints->n_flows >= LENS_HASH_INDEX_EMPTY || !grow_flow_index (endpoints)
      || !lens_column_reserve (&endpoints->flows, &endpoints->allocated_flows, endpoints->n_flows,
                               sizeof *endpoints->flows))
    return FALSE;
  *flow = (guint32) endpoints->n_flows++;
  endpoints->flows[*flow] = key;
  lens_hash_index_put (&endpoints->flow_index, hash, *flow);
  return TRUE;
}

void
lens_endpoints_add_up_hosts (LensEndpoints *endpoints)
{
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
