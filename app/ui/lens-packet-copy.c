#include "lens-packet-copy.h"

#include "lens-packet-table-view.h"
#include "lens-packet-text.h"
#include "lens-worker.h"

#define PACKETS_PER_LOOK 4096

/* No row of the table, and no packet's bytes, take less. */
#define MIN_BYTES_A_PACKET 12

/* No text is longer, wherever it goes. */
#define MAX_BYTES ((gsize) 64 << 20)

typedef struct
{
  LensPacketModel *model; /* owned */
  GtkBitset *selected;    /* owned, a copy: sets count references for one thread */
  LensPacketsForm form;
  LensTimeForm time_form;
  gsize max_bytes;
  guint64 payload_bytes; /* once they are summed up */
} Job;

static Job *
job_new (LensPacketModel *model, GtkBitset *selected)
{
  Job *job = g_new0 (Job, 1);

  job->model = g_object_ref (model);
  job->selected = gtk_bitset_copy (selected);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->model);
  gtk_bitset_unref (job->selected);
  g_free (job);
}

static void
add_row (const Job *job, guint position, guint n_columns, GString *text)
{
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *cell = lens_packet_model_get_text (
          job->model, position, lens_packet_table_view_get_column (i), job->time_form);

      g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", cell);
    }
  g_string_append_c (text, '\n');
}

/* (transfer full) */
static char *
write_rows (const Job *job, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) titles = lens_packet_table_view_get_titles ();
  g_autofree char *first = g_strjoinv ("\t", titles);
  g_autoptr (GString) text = g_string_new (first);
  GtkBitsetIter iter;
  guint position;

  g_string_append_c (text, '\n');
  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, job->selected, &position); is_there;
       is_there = gtk_bitset_iter_next (&iter, &position))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      add_row (job, position, g_strv_length (titles), text);
      if (text->len > job->max_bytes)
        {
          lens_packet_text_set_limit_error (job->max_bytes, error);
          return NULL;
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_bytes (const Job *job, GCancellable *cancellable, GError **error)
{
  LensPacketList *list = lens_packet_order_get_list (lens_packet_model_get_order (job->model));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  GtkBitsetIter iter;
  guint position;

  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, job->selected, &position); is_there;
       is_there = gtk_bitset_iter_next (&iter, &position))
    {
      gsize row = lens_packet_model_get_row (job->model, position);

      g_array_append_val (rows, row);
    }
  return lens_packet_text_write (lens_analysis_get_capture (lens_packet_list_get_analysis (list)),
                                 (const gsize *) (gpointer) rows->data, rows->len,
                                 job->form == LENS_PACKETS_AS_C ? LENS_PACKET_TEXT_C : LENS_PACKET_TEXT_HEX,
                                 job->max_bytes, cancellable, error);
}

static void
write_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  char *text = NULL;

  if (gtk_bitset_get_size (job->selected) > job->max_bytes / MIN_BYTES_A_PACKET)
    lens_packet_text_set_limit_error (job->max_bytes, &error);
  else if (job->form == LENS_PACKETS_AS_ROWS)
    text = write_rows (job, cancellable, &error);
  else
    text = write_bytes (job, cancellable, &error);
  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

void
lens_packet_copy_async (LensPacketModel *model,
                        GtkBitset *selected,
                        LensPacketsForm form,
                        LensTimeForm time_form,
                        gsize max_bytes,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = job_new (model, selected);

  job->form = form;
  job->time_form = time_form;
  job->max_bytes = MIN (max_bytes, MAX_BYTES);
  g_task_set_task_data (task, job, job_free);
  lens_worker_run (task, write_worker);
}

char *
lens_packet_copy_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* FALSE: cancelled. */
static gboolean
sum (const Job *job, GCancellable *cancellable, guint64 *payload_bytes)
{
  LensPacketList *list = lens_packet_order_get_list (lens_packet_model_get_order (job->model));
  LensPacketColumns columns = lens_packet_table_get_columns (lens_packet_list_get_table (list));
  gsize n_looked_at = 0;
  GtkBitsetIter iter;
  guint position;

  *payload_bytes = 0;
  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, job->selected, &position); is_there;
       is_there = gtk_bitset_iter_next (&iter, &position))
    {
      if (++n_looked_at % PACKETS_PER_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      *payload_bytes += columns.payload_bytes[lens_packet_model_get_row (job->model, position)];
    }
  return TRUE;
}

guint64
lens_packet_copy_sum (LensPacketModel *model, GtkBitset *selected)
{
  Job job = { .model = model, .selected = selected };
  guint64 payload_bytes;

  (void) sum (&job, NULL, &payload_bytes);
  return payload_bytes;
}

static void
sum_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;

  (void) sum (job, cancellable, &job->payload_bytes);
  g_task_return_boolean (task, TRUE);
}

void
lens_packet_copy_sum_async (LensPacketModel *model,
                            GtkBitset *selected,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, job_new (model, selected), job_free);
  lens_worker_run (task, sum_worker);
}

gboolean
lens_packet_copy_sum_finish (GAsyncResult *result, guint64 *payload_bytes, GError **error)
{
  const Job *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *payload_bytes = job->payload_bytes;
  return TRUE;
}
