#include "lens-hash-index.h"

#include <string.h>

gboolean
lens_hash_index_reset (LensHashIndex *index, gsize n_slots)
{
  guint32 *slots = g_try_new (guint32, n_slots);

  if (slots == NULL)
    return FALSE;
  memset (slots, 0xff, n_slots * sizeof *slots);
  g_free (index->slots);
  index->slots = slots;
  index->n_slots = n_slots;
  index->n_used = 0;
  return TRUE;
}

void
lens_hash_index_put (LensHashIndex *index, guint64 hash, guint32 position)
{
  gsize slot = lens_hash_index_first (index, hash);

  while (index->slots[slot] != LENS_HASH_INDEX_EMPTY)
    slot = lens_hash_index_next (index, slot);
  index->slots[slot] = position;
  index->n_used++;
}

void
lens_hash_index_clear (LensHashIndex *index)
{
  g_clear_pointer (&index->slots, g_free);
  index->n_slots = 0;
  index->n_used = 0;
}
