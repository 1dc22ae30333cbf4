#include "lens-column.h"

#include <string.h>

#define FIRST_ROWS 1024

gboolean
lens_column_reserve (gpointer rows, gsize *allocated, gsize n, gsize row_bytes)
{
  gsize wanted;
  gpointer column;
  gpointer grown;

  if (n < *allocated)
    return TRUE;
  wanted = MAX (MAX (FIRST_ROWS, *allocated + *allocated / 2), n + 1);
  if (n >= G_MAXSIZE / row_bytes - 1 || wanted > G_MAXSIZE / row_bytes)
    return FALSE;
  /* A pointer to any type is at @rows: copied, as its type is not ours to read it by. */
  memcpy (&column, rows, sizeof column);
  grown = g_try_realloc (column, wanted * row_bytes);
  if (grown == NULL)
    return FALSE;
  memcpy (rows, &grown, sizeof grown);
  *allocated = wanted;
  return TRUE;
}

gpointer
lens_column_copy (gconstpointer rows, gsize n, gsize row_bytes)
{
  gpointer copy = g_try_malloc_n (MAX (n, 1), row_bytes);

  if (copy != NULL && n > 0)
    memcpy (copy, rows, n * row_bytes);
  return copy;
}
