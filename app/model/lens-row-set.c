#include "lens-row-set.h"

static gsize
n_words (const LensRowSet *set)
{
  return set->n_rows / 64 + (set->n_rows % 64 != 0);
}

LensRowSet *
lens_row_set_new (gsize n_rows)
{
  LensRowSet *set = g_try_malloc0 (sizeof *set + (n_rows / 64 + 1) * sizeof set->words[0]);

  if (set == NULL)
    return NULL;
  g_atomic_ref_count_init (&set->ref_count);
  set->n_rows = n_rows;
  return set;
}

LensRowSet *
lens_row_set_ref (LensRowSet *set)
{
  g_atomic_ref_count_inc (&set->ref_count);
  return set;
}

void
lens_row_set_unref (LensRowSet *set)
{
  if (g_atomic_ref_count_dec (&set->ref_count))
    g_free (set);
}

void
lens_row_set_begin_with (LensRowSet *set, const LensRowSet *other)
{
  g_return_if_fail (other->n_rows <= set->n_rows);
  for (gsize i = 0; i < (other->n_rows + 63) / 64; i++)
    set->words[i] = other->words[i];
}

gsize
lens_row_set_count (const LensRowSet *set)
{
  gsize n = 0;

  for (gsize i = 0; i < n_words (set); i++)
    n += (gsize) __builtin_popcountll (set->words[i]);
  return n;
}

void
lens_row_set_add_all (LensRowSet *set)
{
  for (gsize i = 0; i < n_words (set); i++)
    set->words[i] = G_MAXUINT64;
  if (set->n_rows % 64 != 0)
    set->words[set->n_rows / 64] = (G_GUINT64_CONSTANT (1) << set->n_rows % 64) - 1;
}

void
lens_row_set_keep (LensRowSet *set, const LensRowSet *other)
{
  g_return_if_fail (set->n_rows == other->n_rows);

  for (gsize i = 0; i < n_words (set); i++)
    set->words[i] &= other->words[i];
}

void
lens_row_set_take_away (LensRowSet *set, const LensRowSet *other)
{
  g_return_if_fail (set->n_rows == other->n_rows);

  for (gsize i = 0; i < n_words (set); i++)
    set->words[i] &= ~other->words[i];
}
