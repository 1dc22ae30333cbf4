#include "lens-packed-index.h"

typedef struct
{
  LensPackedPlace place;
  const LensPacking *packing;
  gpointer state; /* owned (nullable) */
} Noted;

struct _LensPackedIndex
{
  gatomicrefcount ref_count;
  GMutex lock;        /* of all below */
  GPtrArray *places;  /* of Noted, in order */
  guint64 apart;      /* bytes between two places, at least */
  guint64 next_place; /* no place is wanted before this */
};

static void
noted_free (gpointer data)
{
  Noted *noted = data;

  if (noted->state != NULL)
    noted->packing->state_free (noted->state);
  g_free (noted);
}

LensPackedIndex *
lens_packed_index_new (guint64 apart_bytes)
{
  LensPackedIndex *index = g_new0 (LensPackedIndex, 1);

  g_atomic_ref_count_init (&index->ref_count);
  g_mutex_init (&index->lock);
  index->places = g_ptr_array_new_with_free_func (noted_free);
  index->apart = index->next_place = apart_bytes;
  return index;
}

LensPackedIndex *
lens_packed_index_ref (LensPackedIndex *index)
{
  g_atomic_ref_count_inc (&index->ref_count);
  return index;
}

void
lens_packed_index_unref (LensPackedIndex *index)
{
  if (!g_atomic_ref_count_dec (&index->ref_count))
    return;
  g_ptr_array_unref (index->places);
  g_mutex_clear (&index->lock);
  g_free (index);
}

gboolean
lens_packed_index_wants (LensPackedIndex *index, guint64 unpacked_offset)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&index->lock);

  return unpacked_offset >= index->next_place;
}

/* Gives up every second place: what is left is twice as far apart. */
static void
thin_out (LensPackedIndex *index)
{
  g_autoptr (GPtrArray) places = g_steal_pointer (&index->places);

  index->places = g_ptr_array_new_with_free_func (noted_free);
  for (guint i = 1; i < places->len; i += 2)
    g_ptr_array_add (index->places, g_steal_pointer (&places->pdata[i]));
  g_ptr_array_set_free_func (places, NULL);
  for (guint i = 0; i < places->len; i++)
    if (places->pdata[i] != NULL)
      noted_free (places->pdata[i]);
  index->apart *= 2;
}

void
lens_packed_index_add (LensPackedIndex *index,
                       const LensPacking *packing,
                       const LensPackedPlace *place,
                       gpointer state)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&index->lock);
  Noted *noted = g_new (Noted, 1);

  noted->place = *place;
  noted->packing = packing;
  noted->state = state;
  if (index->places->len == LENS_PACKED_INDEX_MAX_PLACES)
    thin_out (index);
  g_ptr_array_add (index->places, noted);
  index->next_place = place->unpacked_offset + index->apart;
}

/* (nullable): none but the beginning. */
static const Noted *
find (const LensPackedIndex *index, guint64 unpacked_offset)
{
  guint low = 0;
  guint high = index->places->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Noted *noted = index->places->pdata[middle];

      if (noted->place.unpacked_offset <= unpacked_offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? index->places->pdata[low - 1] : NULL;
}

LensPackedPlace
lens_packed_index_find (LensPackedIndex *index, guint64 unpacked_offset)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&index->lock);
  const Noted *noted = find (index, unpacked_offset);

  return noted != NULL ? noted->place : (LensPackedPlace){ 0, 0 };
}

gpointer
lens_packed_index_copy_state (LensPackedIndex *index, const LensPacking *packing, LensPackedPlace *place)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&index->lock);
  const Noted *noted = find (index, place->unpacked_offset);

  /* The file is another now, packed in another way: it is read from its beginning. */
  if (noted != NULL && noted->packing != packing)
    noted = NULL;
  *place = noted != NULL ? noted->place : (LensPackedPlace){ 0, 0 };
  return noted != NULL && noted->state != NULL ? packing->state_copy (noted->state) : packing->state_new ();
}

guint
lens_packed_index_get_n_places (LensPackedIndex *index)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&index->lock);

  return index->places->len;
}
