#include "lens-column.h"

#define FIRST_ROWS 1024

gboolean
lens_column_reserve (gpointer *rows, gsize *allocated, gsize n, gsize row_bytes)
{
  gsize wanted;
  gpointer grown;

  if (n < *allocated)
    return TRUE;
  wanted = MAX (FIRST_ROWS, *allocated + *allocated / 2);
  if (wanted > G_MAXSIZE / row_bytes)
    return FALSE;
  grown = g_try_realloc (*rows, wanted * row_bytes);
  if (grown == NULL)
    return FALSE;
  *rows = grown;
  *allocated = wanted;
  return TRUE;
}
