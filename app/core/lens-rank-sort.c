#include "lens-rank-sort.h"

#include <string.h>

/* A digit's counts fit the first-level cache. */
#define DIGIT_BITS 11
#define N_DIGIT_VALUES (1 << DIGIT_BITS)
#define N_DIGITS ((64 + DIGIT_BITS - 1) / DIGIT_BITS)

static gsize
digit_of (guint64 number, guint digit)
{
  return (gsize) (number >> (digit * DIGIT_BITS)) & (N_DIGIT_VALUES - 1);
}

/* Moves @rows to @sorted by one digit. */
static void
sort_by_digit (const LensRankRow *rows, LensRankRow *sorted, gsize n_rows, gboolean is_first, guint digit)
{
  gsize places[N_DIGIT_VALUES] = { 0 };
  gsize place = 0;

  for (gsize i = 0; i < n_rows; i++)
    places[digit_of (is_first ? rows[i].first : rows[i].second, digit)]++;
  for (gsize value = 0; value < N_DIGIT_VALUES; value++)
    {
      gsize n = places[value];

      places[value] = place;
      place += n;
    }
  for (gsize i = 0; i < n_rows; i++)
    sorted[places[digit_of (is_first ? rows[i].first : rows[i].second, digit)]++] = rows[i];
}

/* Puts @rows in order, with as many rows of @spare. */
static void
sort_with_spare (LensRankRow *rows, LensRankRow *spare, gsize n_rows)
{
  LensRankRow *from = rows;
  LensRankRow *to = spare;
  guint64 differing[2] = { 0, 0 };

  for (gsize i = 1; i < n_rows; i++)
    {
      differing[0] |= rows[i].second ^ rows[0].second;
      differing[1] |= rows[i].first ^ rows[0].first;
    }
  for (guint which = 0; which < 2; which++)
    for (guint digit = 0; digit < N_DIGITS; digit++)
      {
        LensRankRow *swap = from;

        if (digit_of (differing[which], digit) == 0)
          continue;
        sort_by_digit (from, to, n_rows, which == 1, digit);
        from = to;
        to = swap;
      }
  if (from != rows)
    memcpy (rows, from, n_rows * sizeof *rows);
}

static gboolean
is_before (const LensRankRow *a, const LensRankRow *b)
{
  return a->first < b->first || (a->first == b->first && a->second < b->second);
}

/* Merges @rows, whose first @n_first are in order and whose others are, with @n_first rows of @spare. */
static void
merge (LensRankRow *rows, LensRankRow *spare, gsize n_first, gsize n_rows)
{
  gsize from_first = 0;
  gsize from_rest = n_first;

  memcpy (spare, rows, n_first * sizeof *rows);
  /* What is written never overtakes what is to be read of the rest. */
  for (gsize to = 0; from_first < n_first; to++)
    {
      if (from_rest < n_rows && is_before (&rows[from_rest], &spare[from_first]))
        rows[to] = rows[from_rest++];
      else
        rows[to] = spare[from_first++];
    }
}

gboolean
lens_rank_sort (LensRankRow *rows, gsize n_rows)
{
  g_autofree LensRankRow *spare = NULL;
  gsize n_first = n_rows / 2;

  if (n_rows < 2)
    return TRUE;
  /* In halves, which takes half of the memory. */
  spare = g_try_new (LensRankRow, n_rows - n_first);
  if (spare == NULL)
    return FALSE;
  sort_with_spare (rows, spare, n_first);
  sort_with_spare (rows + n_first, spare, n_rows - n_first);
  merge (rows, spare, n_first, n_rows);
  return TRUE;
}
