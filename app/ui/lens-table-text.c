#include "lens-table-text.h"

#include "lens-worker.h"

typedef struct
{
  GStrv titles;
  gpointer source;
  GDestroyNotify source_free;
  LensTableWriteFunc write;
  GArray *rows; /* (element-type guint) */
} Text;

static void
text_free (gpointer data)
{
  Text *text = data;

  g_strfreev (text->titles);
  text->source_free (text->source);
  g_array_unref (text->rows);
  g_free (text);
}

static void
add_cell (GString *text, guint column, const char *cell)
{
  if (column > 0)
    g_string_append_c (text, '\t');
  g_string_append (text, cell);
}

static void
write_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Text *self = task_data;
  GString *text = g_string_new (NULL);
  guint n_columns = g_strv_length (self->titles);

  for (guint column = 0; column < n_columns; column++)
    add_cell (text, column, self->titles[column]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->rows->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      for (guint column = 0; column < n_columns; column++)
        {
          g_autofree char *cell = self->write (self->source, g_array_index (self->rows, guint, i), column);

          add_cell (text, column, cell);
        }
      g_string_append_c (text, '\n');
    }
  g_task_return_pointer (task, g_string_free (text, FALSE), g_free);
}

void
lens_table_text_write_async (GStrv titles,
                             gpointer source,
                             GDestroyNotify source_free,
                             LensTableWriteFunc write,
                             GArray *rows,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Text *text = g_new (Text, 1);

  *text = (Text){ g_strdupv (titles), source, source_free, write, rows };
  g_task_set_task_data (task, text, text_free);
  lens_worker_run (task, write_worker);
  g_object_unref (task);
}

char *
lens_table_text_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
