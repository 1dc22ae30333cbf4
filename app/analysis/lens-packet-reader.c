#include "lens-packet-reader.h"

#include "lens-capture-pass.h"
#include "lens-error.h"
#include "lens-file-bytes.h"
#include "lens-worker.h"

/* How many packets are unpacked between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

/* What is so little behind the last packet of a compressed file is come to sooner by reading on. */
#define NEAR_BYTES ((guint64) 1 << 20)

struct _LensPacketReader
{
  gatomicrefcount ref_count;
  LensCapture *capture;
  GMutex lock;               /* of all below */
  LensCaptureReader *reader; /* owned (nullable): of the file that was read from last */
  gsize file;                /* its index */
  guint64 next_offset; /* no packet before it is still to come from the reader; G_MAXUINT64: not known */
};

void
lens_packet_bytes_free (LensPacketBytes *packet)
{
  g_bytes_unref (packet->bytes);
  g_free (packet);
}

LensPacketReader *
lens_packet_reader_new (LensCapture *capture)
{
  LensPacketReader *reader = g_new0 (LensPacketReader, 1);

  g_atomic_ref_count_init (&reader->ref_count);
  g_mutex_init (&reader->lock);
  reader->capture = lens_capture_ref (capture);
  return reader;
}

LensPacketReader *
lens_packet_reader_ref (LensPacketReader *reader)
{
  g_atomic_ref_count_inc (&reader->ref_count);
  return reader;
}

void
lens_packet_reader_unref (LensPacketReader *reader)
{
  if (!g_atomic_ref_count_dec (&reader->ref_count))
    return;
  g_clear_pointer (&reader->reader, lens_capture_reader_free);
  g_mutex_clear (&reader->lock);
  lens_capture_unref (reader->capture);
  g_free (reader);
}

gboolean
lens_packet_reader_is_slow (const LensPacketReader *reader, gsize row)
{
  gsize file = lens_packet_table_get_file (lens_capture_get_table (reader->capture), row);
  const LensCaptureInfo *info = lens_capture_get_file (reader->capture, file)->info;

  return info != NULL && info->compression != LENS_COMPRESSION_NONE;
}

/* A reader of the file with index @file, at its first packet. */
static gboolean
open_file (LensPacketReader *self, gsize file, GError **error)
{
  g_clear_pointer (&self->reader, lens_capture_reader_free);
  self->reader = lens_file_bytes_open_to_seek (lens_capture_get_file (self->capture, file), error);
  self->file = file;
  self->next_offset = 0;
  return self->reader != NULL;
}

/* Whom a long way to a packet concerns. */
typedef struct
{
  LensProgress *progress;    /* (nullable) */
  GCancellable *cancellable; /* (nullable) */
} Way;

/* Reads on to the record at @offset, from wherever the reader is. LENS_READ_WAIT: it is cancelled. */
static LensReadStatus
read_up_to (LensPacketReader *self, guint64 offset, LensRecord *record, const Way *way)
{
  guint64 start = lens_capture_reader_get_unpacked_position (self->reader);
  LensReadStatus status = LENS_READ_WAIT;

  for (guint64 n_read = 0; status == LENS_READ_WAIT || record->file_offset < offset; n_read++)
    {
      if (status == LENS_READ_WAIT || n_read % PACKETS_PER_LOOK == 0)
        {
          guint64 position = lens_capture_reader_get_unpacked_position (self->reader);
          LensProgressReport report = { .packets = n_read, .bytes = position };

          if (g_cancellable_is_cancelled (way->cancellable))
            return LENS_READ_WAIT;
          if (offset > start && position >= start)
            report.fraction = MIN (1.0, (double) (position - start) / (double) (offset - start));
          lens_progress_report (way->progress, &report);
        }
      status = lens_capture_reader_next (self->reader, record, NULL);
      if (status == LENS_READ_RECORD)
        self->next_offset = record->file_offset + 1;
      else if (status != LENS_READ_WAIT)
        break;
    }
  return status;
}

/* Puts the reader of @file to where it can read up to the record at @offset. */
static gboolean
put_before (LensPacketReader *self, gsize file, guint64 offset, GError **error)
{
  const LensCaptureFile *known = lens_capture_get_file (self->capture, file);
  gboolean is_packed = known->info != NULL && known->info->compression != LENS_COMPRESSION_NONE;

  if ((self->reader == NULL || self->file != file) && !open_file (self, file, error))
    return FALSE;
  if (is_packed && offset >= self->next_offset && offset - self->next_offset < NEAR_BYTES)
    return TRUE;
  if (known->info != NULL && lens_capture_reader_seek (self->reader, known->info, offset))
    {
      self->next_offset = G_MAXUINT64;
      return TRUE;
    }
  return offset >= self->next_offset || open_file (self, file, error);
}

/* The record at @row, if it is the one that was there when the capture was loaded. */
static gboolean
find_record (LensPacketReader *self, gsize row, LensRecord *record, const Way *way, GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (self->capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  gsize file = lens_packet_table_get_file (table, row);
  const LensCaptureFile *known = lens_capture_get_file (self->capture, file);
  guint64 offset = lens_packet_table_get_file_offset (table, row);
  LensReadStatus status;

  if (!put_before (self, file, offset, error))
    return FALSE;
  status = read_up_to (self, offset, record, way);
  if (g_cancellable_set_error_if_cancelled (way->cancellable, error))
    return FALSE;
  if (status == LENS_READ_RECORD && record->file_offset == offset && record->time_ns == columns.time_ns[row]
      && record->wire_bytes == columns.wire_bytes[row])
    return TRUE;
  g_clear_pointer (&self->reader, lens_capture_reader_free);
  lens_capture_pass_set_changed_error (error, known, lens_packet_table_get_number (table, row));
  return FALSE;
}

/* The same, with the reason where it was in a part of a pipe that could not be kept. */
static gboolean
find_kept_record (LensPacketReader *self, gsize row, LensRecord *record, const Way *way, GError **error)
{
  gsize file = lens_packet_table_get_file (lens_capture_get_table (self->capture), row);
  g_autoptr (GError) unkept = NULL;
  g_autoptr (GError) reason = NULL;

  if (!lens_file_bytes_check (lens_capture_get_file (self->capture, file), &unkept)
      && !g_error_matches (unkept, LENS_ERROR, LENS_ERROR_LIMIT))
    {
      g_propagate_error (error, g_steal_pointer (&unkept));
      return FALSE;
    }
  if (find_record (self, row, record, way, &reason))
    return TRUE;
  if (unkept != NULL && !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&unkept));
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static LensPacketBytes *
read_packet (LensPacketReader *self, gsize row, const Way *way, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  LensPacketBytes *packet;
  LensRecord record;

  g_return_val_if_fail (row < lens_capture_get_n_packets (self->capture), NULL);

  if (g_cancellable_set_error_if_cancelled (way->cancellable, error)
      || !find_kept_record (self, row, &record, way, error))
    return NULL;
  packet = g_new (LensPacketBytes, 1);
  packet->bytes = g_bytes_new (record.bytes, record.captured_bytes);
  packet->wire_bytes = record.wire_bytes;
  packet->link_type = record.link_type;
  return packet;
}

LensPacketBytes *
lens_packet_reader_read (LensPacketReader *self, gsize row, GCancellable *cancellable, GError **error)
{
  const Way way = { NULL, cancellable };

  return read_packet (self, row, &way, error);
}

typedef struct
{
  LensPacketReader *reader;
  gsize row;
  LensProgress *progress; /* owned (nullable) */
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  lens_packet_reader_unref (job->reader);
  g_clear_pointer (&job->progress, lens_progress_unref);
  g_free (job);
}

static void
read_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const ReadJob *job = task_data;
  g_autoptr (GError) error = NULL;
  const Way way = { job->progress, cancellable };
  LensPacketBytes *packet = read_packet (job->reader, job->row, &way, &error);

  if (packet == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, packet, (GDestroyNotify) lens_packet_bytes_free);
}

void
lens_packet_reader_read_async (LensPacketReader *self,
                               gsize row,
                               LensProgress *progress,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ReadJob *job = g_new (ReadJob, 1);

  job->reader = lens_packet_reader_ref (self);
  job->row = row;
  job->progress = progress != NULL ? lens_progress_ref (progress) : NULL;
  g_task_set_task_data (task, job, read_job_free);
  lens_worker_run (task, read_worker);
}

LensPacketBytes *
lens_packet_reader_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
