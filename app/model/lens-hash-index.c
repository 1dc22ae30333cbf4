#include "lens-hash-index.h"

#include <string.h>

#define FIRST_SLOTS 1024
#define MOST_SLOTS (G_GUINT64_CONSTANT (1) << 32)

static gboolean
make_slots (LensHashIndex *index, gsize n_slots)
{
  LensHashSlot *slots = g_try_new (LensHashSlot, n_slots);

  if (slots == NULL)
    return FALSE;
  memset (slots, 0xff, n_slots * sizeof *slots); /* all LENS_HASH_INDEX_EMPTY */
  *index = (LensHashIndex){ .slots = slots, .n_slots = n_slots };
  return TRUE;
}

gboolean
lens_hash_index_init (LensHashIndex *index)
{
  return make_slots (index, FIRST_SLOTS);
}

gboolean
lens_hash_index_reserve (LensHashIndex *index)
{
  LensHashIndex grown;

  if (index->n_used < index->n_slots / 4 * 3)
    return TRUE;
  if (index->n_slots >= MOST_SLOTS || !make_slots (&grown, index->n_slots * 2))
    return FALSE;
  for (gsize i = 0; i < index->n_slots; i++)
    if (index->slots[i].position != LENS_HASH_INDEX_EMPTY)
      lens_hash_index_put (&grown, index->slots[i].hash, index->slots[i].position);
  lens_hash_index_clear (index);
  *index = grown;
  return TRUE;
}

void
lens_hash_index_put (LensHashIndex *index, guint64 hash, guint32 position)
{
  gsize slot = lens_hash_index_first (index, hash);

  while (index->slots[slot].position != LENS_HASH_INDEX_EMPTY)
    slot = lens_hash_index_next (index, slot);
  index->slots[slot] = (LensHashSlot){ .hash = (guint32) hash, .position = position };
  index->n_used++;
}

void
lens_hash_index_clear (LensHashIndex *index)
{
  g_clear_pointer (&index->slots, g_free);
  index->n_slots = 0;
  index->n_used = 0;
}
