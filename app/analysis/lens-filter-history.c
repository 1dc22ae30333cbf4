#include "lens-filter-history.h"

/* Steps back that are kept. */
#define MAX_HISTORY 256

void
lens_filter_history_init (LensFilterHistory *history)
{
  history->back = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_filter_unref);
  history->forward = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_filter_unref);
}

void
lens_filter_history_clear (LensFilterHistory *history)
{
  g_clear_pointer (&history->back, g_ptr_array_unref);
  g_clear_pointer (&history->forward, g_ptr_array_unref);
  g_clear_pointer (&history->kept, lens_filter_unref);
}

void
lens_filter_history_reset (LensFilterHistory *history)
{
  g_ptr_array_set_size (history->back, 0);
  g_ptr_array_set_size (history->forward, 0);
  g_clear_pointer (&history->kept, lens_filter_unref);
}

void
lens_filter_history_try (LensFilterHistory *history, LensFilter *filter)
{
  if (history->kept == NULL)
    history->kept = lens_filter_ref (filter);
}

LensFilter *
lens_filter_history_give_up (LensFilterHistory *history)
{
  return g_steal_pointer (&history->kept);
}

void
lens_filter_history_settle (LensFilterHistory *history, LensFilter *filter)
{
  g_autoptr (LensFilter) kept = g_steal_pointer (&history->kept);

  if (kept != NULL && !lens_filter_equal (kept, filter))
    lens_filter_history_push (history, kept);
}

void
lens_filter_history_push (LensFilterHistory *history, LensFilter *filter)
{
  g_ptr_array_add (history->back, lens_filter_ref (filter));
  if (history->back->len > MAX_HISTORY)
    g_ptr_array_remove_index (history->back, 0);
  g_ptr_array_set_size (history->forward, 0);
}

LensFilter *
lens_filter_history_step (LensFilterHistory *history, LensFilter *filter, gboolean is_back)
{
  GPtrArray *from = is_back ? history->back : history->forward;
  GPtrArray *to = is_back ? history->forward : history->back;

  if (from->len == 0)
    return NULL;
  g_ptr_array_add (to, lens_filter_ref (filter));
  return g_ptr_array_steal_index (from, from->len - 1);
}

LensFilter *
lens_filter_history_peek (const LensFilterHistory *history, int steps)
{
  const GPtrArray *from = steps < 0 ? history->back : history->forward;
  guint n = (guint) ABS (steps);

  return n > 0 && n <= from->len ? from->pdata[from->len - n] : NULL;
}
