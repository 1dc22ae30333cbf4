#include "lens-address-index.h"

#include "lens-hash-index.h"

struct _LensAddressIndex
{
  const LensAddress *addresses; /* the caller's */
  LensHashIndex index;
  guint64 seed;
};

static guint64
hash_address (const LensAddressIndex *index, const LensAddress *address)
{
  guint64 words[2];

  memcpy (words, address->bytes, sizeof words);
  return lens_hash_mix (index->seed ^ address->version, words[0], words[1]);
}

LensAddressIndex *
lens_address_index_new (const LensAddress *addresses, gsize n_addresses)
{
  LensAddressIndex *index = g_new0 (LensAddressIndex, 1);

  index->addresses = addresses;
  index->seed = (guint64) g_random_int () << 32 | g_random_int ();
  if (!lens_hash_index_init (&index->index))
    g_error ("No memory for an index of addresses");
  for (gsize i = 0; i < n_addresses; i++)
    {
      if (!lens_hash_index_reserve (&index->index))
        g_error ("No memory for an index of %" G_GSIZE_FORMAT " addresses", n_addresses);
      lens_hash_index_put (&index->index, hash_address (index, &addresses[i]), (guint32) i);
    }
  return index;
}

void
lens_address_index_free (LensAddressIndex *index)
{
  lens_hash_index_clear (&index->index);
  g_free (index);
}

guint32
lens_address_index_find (const LensAddressIndex *index, const LensAddress *address)
{
  guint64 hash = hash_address (index, address);

  for (gsize slot = lens_hash_index_first (&index->index, hash);;
       slot = lens_hash_index_next (&index->index, slot))
    {
      const LensHashSlot *found = &index->index.slots[slot];

      if (found->position == LENS_HASH_INDEX_EMPTY)
        return LENS_ADDRESS_NONE;
      if (found->hash == (guint32) hash && lens_address_equal (&index->addresses[found->position], address))
        return found->position;
    }
}
