/* An open-addressing index from keys to positions in an array: 8 bytes a slot, no allocation an entry.
 *
 * The keys stay in the caller's array; the index holds positions, each with the low half of its key's hash, and asks through the
 * caller's code whether a key is equal (see lens_hash_index_first() and _next()): nearly always once, as the halves must be equal
 * first. Linear probing, at most 3/4 full. Belongs to one builder, one thread; const use from any.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LENS_HASH_INDEX_EMPTY G_MAXUINT32

typedef struct
{
  guint32 hash;     /* low half of the entry's */
  guint32 position; /* in the caller's array, or LENS_HASH_INDEX_EMPTY */
} LensHashSlot;

typedef struct
{
  LensHashSlot *slots; /* owned */
  gsize n_slots;       /* a power of two, at most 2^32 */
  gsize n_used;
} LensHashIndex;

/* The finalizer of splitmix64 (Steele et al., 2014): every bit of the result depends on every bit of @z. */
static inline guint64
lens_hash_finish (guint64 z)
{
  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* A well mixed hash of two words and a seed. What is added to the first word's hash can't be chosen to cancel it without knowing
 * the seed. */
static inline guint64
lens_hash_mix (guint64 seed, guint64 a, guint64 b)
{
  return lens_hash_finish (lens_hash_finish (a ^ seed) + b);
}

/* The slot to look at first, and the one after. */
static inline gsize
lens_hash_index_first (const LensHashIndex *index, guint64 hash)
{
  return (guint32) hash & (index->n_slots - 1);
}

static inline gsize
lens_hash_index_next (const LensHashIndex *index, gsize slot)
{
  return (slot + 1) & (index->n_slots - 1);
}

/* FALSE, nothing changed, when memory runs out. */
gboolean lens_hash_index_init (LensHashIndex *index);

/* Makes room for one entry more. FALSE, nothing changed, when memory runs out or there can be no more entries. */
gboolean lens_hash_index_reserve (LensHashIndex *index);

/* Puts @position into the first empty slot for @hash; the key is known not to be there, and room for it is. */
void lens_hash_index_put (LensHashIndex *index, guint64 hash, guint32 position);

void lens_hash_index_clear (LensHashIndex *index);

G_END_DECLS
