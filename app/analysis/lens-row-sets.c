#include "lens-row-sets.h"

#include "lens-bpf-pass.h"

typedef struct
{
  char *expression;
  LensRowSet *rows;
} Kept;

struct _LensRowSets
{
  gatomicrefcount ref_count;
  LensCapture *capture;
  GMutex lock;
  GPtrArray *kept; /* of Kept, the one used last at the end; under the lock */
};

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  lens_row_set_unref (kept->rows);
  g_free (kept->expression);
  g_free (kept);
}

LensRowSets *
lens_row_sets_new (LensCapture *capture)
{
  LensRowSets *sets = g_new0 (LensRowSets, 1);

  g_atomic_ref_count_init (&sets->ref_count);
  g_mutex_init (&sets->lock);
  sets->capture = lens_capture_ref (capture);
  sets->kept = g_ptr_array_new_with_free_func (kept_free);
  return sets;
}

LensRowSets *
lens_row_sets_ref (LensRowSets *sets)
{
  g_atomic_ref_count_inc (&sets->ref_count);
  return sets;
}

void
lens_row_sets_unref (LensRowSets *sets)
{
  if (!g_atomic_ref_count_dec (&sets->ref_count))
    return;
  lens_capture_unref (sets->capture);
  g_ptr_array_unref (sets->kept);
  g_mutex_clear (&sets->lock);
  g_free (sets);
}

/* (transfer full), or NULL: it is not kept. */
static LensRowSet *
take_kept (LensRowSets *sets, const char *expression)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sets->lock);

  for (guint i = sets->kept->len; i > 0; i--)
    {
      Kept *kept = sets->kept->pdata[i - 1];

      if (!g_str_equal (kept->expression, expression))
        continue;
      g_ptr_array_add (sets->kept, g_ptr_array_steal_index (sets->kept, i - 1));
      return lens_row_set_ref (kept->rows);
    }
  return NULL;
}

static void
keep (LensRowSets *sets, const char *expression, LensRowSet *rows)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sets->lock);
  Kept *kept = g_new (Kept, 1);

  kept->expression = g_strdup (expression);
  kept->rows = lens_row_set_ref (rows);
  g_ptr_array_add (sets->kept, kept);
  if (sets->kept->len > LENS_ROW_SETS_MAX_KEPT)
    g_ptr_array_remove_index (sets->kept, 0);
}

LensRowSet *
lens_row_sets_find (LensRowSets *sets,
                    const char *expression,
                    LensProgress *progress,
                    GCancellable *cancellable,
                    GError **error)
{
  LensRowSet *rows = take_kept (sets, expression);

  if (rows != NULL)
    return rows;
  rows = lens_bpf_pass_run (sets->capture, expression, progress, cancellable, error);
  if (rows != NULL)
    keep (sets, expression, rows);
  return rows;
}

GPtrArray *
lens_row_sets_find_for_filter (LensRowSets *sets,
                               const LensFilter *filter,
                               LensProgress *progress,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_row_set_unref);

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);
      LensRowSet *rows;

      if (term->is_off || term->kind != LENS_FILTER_BPF)
        continue;
      rows = lens_row_sets_find (sets, term->expression, progress, cancellable, error);
      if (rows == NULL)
        return NULL;
      g_ptr_array_add (found, rows);
    }
  return g_steal_pointer (&found);
}
