#include "lens-split-memo.h"

struct _LensSplitMemo
{
  GMutex lock;
  GPtrArray *kept; /* (element-type LensSplit), used last at the end */
};

LensSplitMemo *
lens_split_memo_new (void)
{
  LensSplitMemo *memo = g_new0 (LensSplitMemo, 1);

  g_mutex_init (&memo->lock);
  memo->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_split_unref);
  return memo;
}

void
lens_split_memo_free (LensSplitMemo *memo)
{
  g_ptr_array_unref (memo->kept);
  g_mutex_clear (&memo->lock);
  g_free (memo);
}

static gboolean
is_same (const LensSplitSpec *a, const LensSplitSpec *b)
{
  return a->by == b->by && a->is_of_host == b->is_of_host && a->max_named == b->max_named
         && lens_address_equal (&a->host, &b->host);
}

LensSplit *
lens_split_memo_find (LensSplitMemo *memo, const LensSplitSpec *spec)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&memo->lock);

  for (guint i = 0; i < memo->kept->len; i++)
    {
      LensSplit *split = g_ptr_array_index (memo->kept, i);

      if (!is_same (&split->spec, spec))
        continue;
      g_ptr_array_add (memo->kept, lens_split_ref (split));
      g_ptr_array_remove_index (memo->kept, i);
      return lens_split_ref (split);
    }
  return NULL;
}

void
lens_split_memo_keep (LensSplitMemo *memo, LensSplit *split)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&memo->lock);

  if (memo->kept->len == LENS_SPLIT_MEMO_MAX_KEPT)
    g_ptr_array_remove_index (memo->kept, 0);
  g_ptr_array_add (memo->kept, lens_split_ref (split));
}
