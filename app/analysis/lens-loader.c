#include "lens-loader.h"

#include "lens-capture-reader.h"
#include "lens-decode.h"
#include "lens-error.h"
#include "lens-packet-table-builder.h"

/* Progress and cancelling are looked at this often. */
#define PACKETS_PER_LOOK 4096

static void
report (LensProgress *progress, const LensCaptureReader *reader, gsize n_packets)
{
  guint64 size = lens_capture_reader_get_size (reader);
  guint64 position = lens_capture_reader_get_position (reader);
  LensProgressReport now = { .fraction = -1.0, .packets = n_packets, .bytes = position };

  if (size > 0)
    now.fraction = MIN ((double) position / (double) size, 1.0);
  lens_progress_report (progress, &now);
}

/* Reads record after record into @builder. FALSE with G_IO_ERROR_CANCELLED, or with @error saying why what came
 * before is all there is. */
static gboolean
read_all (LensCaptureReader *reader,
          LensPacketTableBuilder *builder,
          LensProgress *progress,
          GCancellable *cancellable,
          GError **error)
{
  for (gsize n_packets = 0;; n_packets++)
    {
      LensRecord record;
      LensReadStatus status;
      LensPacket packet;

      if (n_packets % PACKETS_PER_LOOK == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          report (progress, reader, n_packets);
        }

      while ((status = lens_capture_reader_next (reader, &record, error)) == LENS_READ_WAIT)
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return FALSE;
      if (status != LENS_READ_RECORD)
        {
          report (progress, reader, n_packets);
          return status == LENS_READ_END;
        }

      lens_decode (record.link_type, record.bytes, record.captured_bytes, record.wire_bytes, &packet);
      if (!lens_packet_table_builder_append (builder, &packet, record.time_ns, record.captured_bytes,
                                             record.wire_bytes, record.file_offset, error))
        return FALSE;
    }
}

LensCapture *
lens_loader_load (const char *path, LensProgress *progress, GCancellable *cancellable, GError **error)
{
  g_autoptr (LensCaptureReader) reader = NULL;
  g_autoptr (LensPacketTableBuilder) builder = NULL;
  g_autoptr (GError) damage = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  reader = lens_capture_reader_open (path, NULL, error);
  if (reader == NULL)
    return NULL;

  builder = lens_packet_table_builder_new ();
  if (!read_all (reader, builder, progress, cancellable, &damage))
    {
      if (g_error_matches (damage, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&damage));
          return NULL;
        }
      if (lens_packet_table_builder_get_n_packets (builder) == 0)
        {
          gboolean is_limit = g_error_matches (damage, LENS_ERROR, LENS_ERROR_LIMIT);

          g_set_error_literal (error, LENS_ERROR, is_limit ? LENS_ERROR_LIMIT : LENS_ERROR_READ,
                               damage->message);
          return NULL;
        }
    }
  return lens_capture_new (lens_packet_table_builder_freeze (g_steal_pointer (&builder)), path,
                           damage != NULL ? damage->message : NULL);
}

typedef struct
{
  char *path;
  LensProgress *progress;
} LoadJob;

static void
load_job_free (LoadJob *job)
{
  g_free (job->path);
  g_clear_pointer (&job->progress, lens_progress_unref);
  g_free (job);
}

static void
load_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const LoadJob *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture = lens_loader_load (job->path, job->progress, cancellable, &error);

  if (capture == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&capture), (GDestroyNotify) lens_capture_unref);
}

void
lens_loader_load_async (const char *path,
                        LensProgress *progress,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LoadJob *job = g_new0 (LoadJob, 1);

  job->path = g_strdup (path);
  job->progress = progress != NULL ? lens_progress_ref (progress) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) load_job_free);
  g_task_run_in_thread (task, load_worker);
}

LensCapture *
lens_loader_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
