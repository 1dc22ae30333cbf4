/* Some rows of a packet table: one bit a row. Reference counted; filled by one thread, then read by any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  gsize n_rows;    /* of the table */
  guint64 words[]; /* the bits, those after the last row 0 */
} LensRowSet;

/* None of @n_rows rows. (transfer full); NULL when memory runs out. */
LensRowSet *lens_row_set_new (gsize n_rows);
LensRowSet *lens_row_set_ref (LensRowSet *set);
void lens_row_set_unref (LensRowSet *set);

static inline void
lens_row_set_add (LensRowSet *set, gsize row)
{
  set->words[row / 64] |= G_GUINT64_CONSTANT (1) << row % 64;
}

static inline gboolean
lens_row_set_has (const LensRowSet *set, gsize row)
{
  return (set->words[row / 64] >> row % 64 & 1) != 0;
}

/* The first row of it from @row on that is before @end; @end where there is none. */
static inline gsize
lens_row_set_next (const LensRowSet *set, gsize row, gsize end)
{
  while (row < end)
    {
      guint64 bits = set->words[row / 64] >> row % 64;

      if (bits != 0)
        {
          row += (gsize) __builtin_ctzll (bits);
          return row < end ? row : end;
        }
      row = (row / 64 + 1) * 64;
    }
  return end;
}

/* How many rows are in it. */
gsize lens_row_set_count (const LensRowSet *set);

/* Those of @other, which is of the first rows of the same table alone, and none of the rows after them: of a set that is empty. */
void lens_row_set_begin_with (LensRowSet *set, const LensRowSet *other);

/* Adds all rows of the table; keeps only those of @other; takes those of @other away. @other is of the same table. */
void lens_row_set_add_all (LensRowSet *set);
void lens_row_set_keep (LensRowSet *set, const LensRowSet *other);
void lens_row_set_take_away (LensRowSet *set, const LensRowSet *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensRowSet, lens_row_set_unref)

G_END_DECLS
