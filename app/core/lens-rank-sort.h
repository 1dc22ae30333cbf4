/* Sorts many rows by two whole numbers each, faster than by comparing them. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 first;  /* counts first */
  guint64 second; /* where the first are equal */
  gsize row;      /* the caller's: where the rest of it is */
} LensRankRow;

/* Puts @rows in ascending order; rows with both numbers equal stay in the order they have. A radix sort, least digit first: time grows
 * with the number of rows and of digits in which they differ. Needs half as much memory again: FALSE, nothing changed, where there is not. */
gboolean lens_rank_sort (LensRankRow *rows, gsize n_rows);

G_END_DECLS
