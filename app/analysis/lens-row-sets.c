#include "lens-row-sets.h"

#include "lens-bpf-pass.h"

typedef struct
{
  char *expression;
  LensRowSet *rows;
  LensRowSet *by_position; /* the same in the order of reading: it holds when there are more packets, too */
} Kept;

/* Shared by the sets of a capture that grows. */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex lock;
  GPtrArray *kept; /* of Kept, the one used last at the end; under the lock */
} Store;

struct _LensRowSets
{
  gatomicrefcount ref_count;
  LensCapture *capture;
  Store *store;
};

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  lens_row_set_unref (kept->rows);
  lens_row_set_unref (kept->by_position);
  g_free (kept->expression);
  g_free (kept);
}

static Store *
store_new (void)
{
  Store *store = g_new0 (Store, 1);

  g_atomic_ref_count_init (&store->ref_count);
  g_mutex_init (&store->lock);
  store->kept = g_ptr_array_new_with_free_func (kept_free);
  return store;
}

static void
store_unref (Store *store)
{
  if (!g_atomic_ref_count_dec (&store->ref_count))
    return;
  g_ptr_array_unref (store->kept);
  g_mutex_clear (&store->lock);
  g_free (store);
}

/* @store: (transfer full) */
static LensRowSets *
sets_new (LensCapture *capture, Store *store)
{
  LensRowSets *sets = g_new0 (LensRowSets, 1);

  g_atomic_ref_count_init (&sets->ref_count);
  sets->capture = lens_capture_ref (capture);
  sets->store = store;
  return sets;
}

LensRowSets *
lens_row_sets_new (LensCapture *capture)
{
  return sets_new (capture, store_new ());
}

LensRowSets *
lens_row_sets_new_grown (LensCapture *capture, LensRowSets *before)
{
  g_atomic_ref_count_inc (&before->store->ref_count);
  return sets_new (capture, before->store);
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
  store_unref (sets->store);
  g_free (sets);
}

/* G_MAXUINT: it is not kept. Under the lock. */
static guint
find_kept (const Store *store, const char *expression)
{
  for (guint i = store->kept->len; i > 0; i--)
    if (g_str_equal (((const Kept *) store->kept->pdata[i - 1])->expression, expression))
      return i - 1;
  return G_MAXUINT;
}

/* (transfer full), or NULL: it is not kept for all packets; @known, (transfer full) (nullable), is what is for the first ones. */
static LensRowSet *
take_kept (LensRowSets *sets, const char *expression, LensRowSet **known)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sets->store->lock);
  guint index = find_kept (sets->store, expression);
  Kept *kept;

  if (index == G_MAXUINT)
    return NULL;
  kept = g_ptr_array_steal_index (sets->store->kept, index);
  g_ptr_array_add (sets->store->kept, kept);
  if (kept->rows->n_rows == lens_capture_get_n_packets (sets->capture))
    return lens_row_set_ref (kept->rows);
  *known = lens_row_set_ref (kept->by_position);
  return NULL;
}

/* Who looks at a capture of before may be late: more is better. */
static void
keep (LensRowSets *sets, const char *expression, LensRowSet *rows, LensRowSet *by_position)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&sets->store->lock);
  guint index = find_kept (sets->store, expression);
  Kept *kept;

  if (index != G_MAXUINT && ((const Kept *) sets->store->kept->pdata[index])->rows->n_rows > rows->n_rows)
    return;
  if (index != G_MAXUINT)
    g_ptr_array_remove_index (sets->store->kept, index);
  kept = g_new (Kept, 1);
  *kept = (Kept){ g_strdup (expression), lens_row_set_ref (rows), lens_row_set_ref (by_position) };
  g_ptr_array_add (sets->store->kept, kept);
  if (sets->store->kept->len > LENS_ROW_SETS_MAX_KEPT)
    g_ptr_array_remove_index (sets->store->kept, 0);
}

LensRowSet *
lens_row_sets_find (LensRowSets *sets,
                    const char *expression,
                    LensProgress *progress,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (LensRowSet) known = NULL;
  g_autoptr (LensRowSet) by_position = NULL;
  LensRowSet *rows = take_kept (sets, expression, &known);

  if (rows != NULL)
    return rows;
  rows
      = lens_bpf_pass_run_more (sets->capture, known, expression, &by_position, progress, cancellable, error);
  if (rows != NULL)
    keep (sets, expression, rows, by_position);
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
