/* Growing plain arrays for columns, with checked sizes and no abort when memory runs out. One thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes room for row @n in the array that the pointer at @rows points to, of *@allocated rows of @row_bytes bytes: by half as much
 * again, or as much as that takes. FALSE, all as before, when memory runs out. */
gboolean lens_column_reserve (gpointer rows, gsize *allocated, gsize n, gsize row_bytes);

/* A copy of @n rows of @row_bytes bytes (transfer full), g_free(); NULL when memory runs out, and only then. */
gpointer lens_column_copy (gconstpointer rows, gsize n, gsize row_bytes);

G_END_DECLS
