/* An open-addressing index from keys to positions in an array: 32 bits a slot, no allocation an entry.
 *
 * The keys stay in the caller's array; the index holds positions and asks through the caller's code whether a key is equal
 * (see lens_hash_index_first() and _next()). Linear probing, at most 5/8 full. Belongs to one builder, one thread; const use from any.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LENS_HASH_INDEX_EMPTY G_MAXUINT32

typedef struct
{
  guint32 *slots; /* positions, or LENS_HASH_INDEX_EMPTY; owned */
  gsize n_slots;  /* a power of two */
  gsize n_used;
} LensHashIndex;

/* A well mixed 64-bit hash of two words and a seed (the finalizer of splitmix64: Steele et al., 2014). */
static inline guint64
lens_hash_mix (guint64 seed, guint64 a, guint64 b)
{
  guint64 z = (a ^ seed) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z ^= z >> 32;
  z = (z + b) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z ^= z >> 29;
  z *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 32;
}

/* The slot to look at first, and the one after. */
static inline gsize
lens_hash_index_first (const LensHashIndex *index, guint64 hash)
{
  return hash & (index->n_slots - 1);
}

static inline gsize
lens_hash_index_next (const LensHashIndex *index, gsize slot)
{
  return (slot + 1) & (index->n_slots - 1);
}

/* Whether one entry more asks for lens_hash_index_resize() first. */
static inline gboolean
lens_hash_index_is_full (const LensHashIndex *index)
{
  return index->n_used >= index->n_slots / 8 * 5;
}

/* An empty table of @n_slots slots (a power of two) in place of the old one; the caller puts all entries in again. FALSE, nothing
 * changed, when memory runs out. */
gboolean lens_hash_index_reset (LensHashIndex *index, gsize n_slots);

/* Puts @position into the first empty slot for @hash; the key is known not to be there. */
void lens_hash_index_put (LensHashIndex *index, guint64 hash, guint32 position);

void lens_hash_index_clear (LensHashIndex *index);

G_END_DECLS
