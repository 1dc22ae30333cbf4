#include "lens-loader.h"

#include "lens-capture-messages.h"
#include "lens-error.h"
#include "lens-loader-feed.h"
#include "lens-loader-files.h"
#include "lens-loader-growth.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

/* One load, on its worker. All pointers but the first three are the caller's. */
typedef struct
{
  LensPacketTableBuilder *builder;
  GPtrArray *files; /* of LensCaptureFile */
  GError *failure;  /* of the first file that could not be read (nullable) */
  const LensLoadOptions *options;
  LensProgress *progress;
  GCancellable *cancellable;
  LensLoaderGrowth *growth;
  guint64 files_bytes; /* of all files; 0: not known */
  guint64 done_bytes;  /* of the files before this one */
  guint64 table_bytes; /* memory of the packets before this file's */
  gsize n_offered;     /* packets of the latest offer */
} Load;

static void
load_clear (Load *load)
{
  g_clear_pointer (&load->builder, lens_packet_table_builder_free);
  g_clear_pointer (&load->files, g_ptr_array_unref);
  g_clear_error (&load->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static gsize
get_n_packets (const Load *load)
{
  return lens_packet_table_builder_get_n_packets (load->builder);
}

static gboolean
is_stopped (const Load *load)
{
  return load->options->stop != NULL && g_cancellable_is_cancelled (load->options->stop);
}

/* @position: bytes taken from the file that is read. */
static void
report (const Load *load, guint64 position)
{
  guint64 bytes = load->done_bytes + position;
  LensProgressReport now = { .fraction = -1.0, .packets = get_n_packets (load), .bytes = bytes };

  if (load->files_bytes > 0)
    now.fraction = MIN ((double) bytes / (double) load->files_bytes, 1.0);
  lens_progress_report (load->progress, &now);
}

static gpointer
copy_file (gconstpointer file, gpointer user_data)
{
  return lens_capture_file_copy (file);
}

/* Asked by the feed of a pipe. */
static gboolean
is_growth_due (gpointer growth)
{
  return lens_loader_growth_is_due (growth);
}

/* Shows what is there of a pipe, when there is more than before. @info: (transfer full), of the file that is read. It was due for several
 * batches before the first of them came here. */
static void
offer_growth (Load *load, LensCaptureInfo *info)
{
  g_autoptr (GPtrArray) files = NULL;
  LensPacketTable *table;
  gint64 start_us = g_get_monotonic_time ();

  if (get_n_packets (load) == load->n_offered || !lens_loader_growth_is_due (load->growth)
      || (table = lens_packet_table_builder_snapshot (load->builder)) == NULL)
    {
      lens_capture_info_free (info);
      return;
    }
  load->n_offered = get_n_packets (load);
  files = g_ptr_array_copy (load->files, copy_file, NULL);
  g_ptr_array_set_free_func (files, (GDestroyNotify) lens_capture_file_free);
  ((LensCaptureFile *) files->pdata[files->len - 1])->info = info;
  lens_loader_growth_offer (load->growth, lens_capture_new (table, g_steal_pointer (&files), TRUE),
                            g_get_monotonic_time () - start_us);
}

/* Appends a batch's rows. FALSE with LENS_ERROR_LIMIT: some may be there. */
static gboolean
append_batch (Load *load, const LensLoaderBatch *batch, LensCaptureFile *file, GError **error)
{
  gsize n_before = get_n_packets (load);
  gboolean is_good = lens_packet_table_builder_append_rows (load->builder, batch->rows, batch->n_rows, error);

  if (batch->n_rows > 0)
    {
      file->first_ns = file->n_packets == 0 ? batch->first_ns : MIN (file->first_ns, batch->first_ns);
      file->last_ns = file->n_packets == 0 ? batch->last_ns : MAX (file->last_ns, batch->last_ns);
    }
  file->n_packets += get_n_packets (load) - n_before;
  return is_good;
}

/* Whether a batch may be appended: of a compressed file also the memory of its packets has a ceiling, since a packet without bytes takes
 * more than it was unpacked from. FALSE with LENS_ERROR_LIMIT, and told by @file. */
static gboolean
check_ceiling (const Load *load, const LensLoaderBatch *batch, LensCaptureFile *file, GError **error)
{
  if (batch->n_rows == 0
      || lens_packet_table_builder_get_n_bytes (load->builder) - load->table_bytes <= batch->allowed_bytes)
    return TRUE;
  file->is_at_ceiling = TRUE;
  lens_capture_message_memory_ceiling (error, file->name, file->n_packets, batch->allowed_bytes);
  return FALSE;
}

/* Takes batch after batch. FALSE with G_IO_ERROR_CANCELLED, or with @error saying why what came before is all there is. */
static gboolean
take_batches (Load *load, LensLoaderFeed *feed, LensCaptureFile *file, GError **error)
{
  for (;;)
    {
      LensLoaderBatch *batch = lens_loader_feed_take (feed);
      LensReadStatus status = batch->status;
      g_autoptr (GError) reason = g_steal_pointer (&batch->error);
      gboolean is_good = check_ceiling (load, batch, file, error) && append_batch (load, batch, file, error);

      if (is_good && batch->info != NULL)
        offer_growth (load, g_steal_pointer (&batch->info));
      report (load, batch->position);
      lens_loader_feed_give_back (feed, batch);
      if (!is_good)
        return FALSE;
      if (status != LENS_READ_RECORD && status != LENS_READ_WAIT)
        {
          file->is_at_ceiling = status == LENS_READ_CEILING;
          if (reason != NULL)
            g_propagate_error (error, g_steal_pointer (&reason));
          return status == LENS_READ_END;
        }
      if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
        return FALSE;
      if (is_stopped (load))
        return TRUE;
    }
}

/* Reads from @reader (transfer full), as take_batches(). */
static gboolean
read_packets (Load *load, LensCaptureReader *reader, LensCaptureFile *file, GError **error)
{
  gboolean is_pipe = lens_capture_reader_get_size (reader) == 0;
  gboolean can_grow = is_pipe && load->growth != NULL;
  gboolean is_complete;
  g_autoptr (LensLoaderFeed) feed
      = lens_loader_feed_new (reader, lens_packet_table_builder_get_seed (load->builder),
                              can_grow ? is_growth_due : NULL, load->growth);

  if (feed == NULL)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
                   _ ("“%s” could not be read: the system allows no more threads. Close other programs and "
                      "try again."),
                   file->name);
      return FALSE;
    }
  is_complete = take_batches (load, feed, file, error);
  file->info = lens_loader_feed_steal_info (feed);
  return is_complete;
}

/* (transfer full) */
static char *
say_damage (const LensCaptureFile *file, const GError *damage)
{
  if (!file->is_at_ceiling || !file->is_pipe)
    return g_strdup (damage->message);
  /* Translators: “What unpacks to so much was read up to there. ... Allow more to see the rest.” And then: */
  return g_strdup_printf (_ ("%s What has gone by in a pipe doesn’t come again: begin it anew with "
                             "“--max-unpacked none”, or save it as a file and open that."),
                          damage->message);
}

/* Reads one file. FALSE with @error where nothing more is to be read: the load is cancelled, or memory has run out. What is wrong with the
 * file itself is said in its LensCaptureFile. */
static gboolean
read_file (Load *load, const char *path, GError **error)
{
  LensReaderOptions options = {
    .max_unpacked_bytes = load->options->max_unpacked_bytes,
    .keeps_pipe = load->options->keeps_pipes,
    .index = load->options->keeps_places ? lens_packed_index_new (LENS_PACKED_INDEX_MIN_BYTES) : NULL,
  };
  LensCaptureFile *file = lens_capture_file_new (path);
  LensCaptureReader *reader;
  g_autoptr (GError) damage = NULL;

  lens_packet_table_builder_begin_file (load->builder, load->files->len);
  g_ptr_array_add (load->files, file);
  file->index = options.index;
  load->table_bytes = lens_packet_table_builder_get_n_bytes (load->builder);
  reader = lens_capture_reader_open (path, &options, &damage);
  if (reader != NULL)
    {
      guint64 size = lens_capture_reader_get_size (reader);
      LensKeptBytes *kept = lens_capture_reader_get_kept (reader);

      file->kept = kept != NULL ? lens_kept_bytes_ref (kept) : NULL;
      file->is_pipe = size == 0;
      if (!read_packets (load, reader, file, &damage)
          && g_error_matches (damage, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&damage));
          return FALSE;
        }
      load->done_bytes += size;
    }
  if (damage == NULL)
    return TRUE;

  file->damage = say_damage (file, damage);
  if (file->n_packets == 0 && load->failure == NULL)
    load->failure = g_error_copy (damage);
  /* A ceiling is the one file's own; other limits are everyone's. */
  return file->is_at_ceiling || !g_error_matches (damage, LENS_ERROR, LENS_ERROR_LIMIT);
}

/* Bytes of all files, or 0 where one of them is a pipe. */
static guint64
add_up_sizes (const GPtrArray *paths)
{
  guint64 bytes = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      struct stat status;

      if (g_str_equal (path, "-") || (stat (path, &status) == 0 && !S_ISREG (status.st_mode)))
        return 0;
      if (stat (path, &status) == 0)
        bytes += (guint64) status.st_size;
    }
  return bytes;
}

/* The capture out of what was read. */
static LensCapture *
finish_load (Load *load, GError **error)
{
  gsize n_packets = get_n_packets (load);
  LensPacketTable *table;

  /* Files without a packet are no failure, if there is one that is not broken. */
  if (n_packets == 0 && load->failure != NULL)
    {
      gboolean has_good = FALSE;

      for (guint i = 0; i < load->files->len; i++)
        has_good |= ((const LensCaptureFile *) load->files->pdata[i])->damage == NULL;
      if (!has_good)
        {
          g_propagate_error (error, g_steal_pointer (&load->failure));
          return NULL;
        }
    }
  table = lens_packet_table_builder_freeze (g_steal_pointer (&load->builder));
  if (table == NULL)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
                   _ ("There is not enough memory to put %" G_GSIZE_FORMAT
                      " packets in time order. Close other programs, or open a part of the capture."),
                   n_packets);
      return NULL;
    }
  return lens_capture_new (table, g_steal_pointer (&load->files), FALSE);
}

static LensCapture *
load_paths (const char *const *paths,
            const LensLoadOptions *options,
            LensProgress *progress,
            GCancellable *cancellable,
            LensLoaderGrowth *growth,
            GError **error)
{
  g_auto (Load) load = {
    .options = options,
    .progress = progress,
    .cancellable = cancellable,
    .growth = growth,
  };
  LensReaderOptions reader_options = { .max_unpacked_bytes = options->max_unpacked_bytes };
  g_autoptr (GPtrArray) found = lens_loader_files_find (paths, &reader_options, cancellable, error);

  if (found == NULL)
    return NULL;
  load.builder = lens_packet_table_builder_new ();
  load.files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);
  load.files_bytes = add_up_sizes (found);
  for (guint i = 0; i < found->len && (i == 0 || !is_stopped (&load)); i++)
    {
      g_autoptr (GError) end = NULL;

      if (read_file (&load, found->pdata[i], &end))
        continue;
      if (end != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&end));
          return NULL;
        }
      break;
    }
  return finish_load (&load, error);
}

LensCapture *
lens_loader_load (const char *const *paths,
                  const LensLoadOptions *options,
                  LensProgress *progress,
                  GCancellable *cancellable,
                  GError **error)
{
  static const LensLoadOptions defaults = { 0 };

  g_return_val_if_fail (paths != NULL && paths[0] != NULL, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return load_paths (paths, options != NULL ? options : &defaults, progress, cancellable, NULL, error);
}

typedef struct
{
  char **paths;
  LensLoadOptions options;
  LensProgress *progress;
  LensLoaderGrowth *growth;
} LoadJob;

static void
load_job_free (LoadJob *job)
{
  g_strfreev (job->paths);
  g_clear_object (&job->options.stop);
  g_clear_pointer (&job->progress, lens_progress_unref);
  g_clear_pointer (&job->growth, lens_loader_growth_unref);
  g_free (job);
}

static void
load_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  LoadJob *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture = load_paths ((const char *const *) job->paths, &job->options,
                                                job->progress, cancellable, job->growth, &error);

  /* It holds the task. */
  g_clear_pointer (&job->growth, lens_loader_growth_unref);
  if (capture == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&capture), (GDestroyNotify) lens_capture_unref);
}

void
lens_loader_load_async (const char *const *paths,
                        const LensLoadOptions *options,
                        LensProgress *progress,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LoadJob *job;

  g_return_if_fail (paths != NULL && paths[0] != NULL);
  task = g_task_new (NULL, cancellable, callback, user_data);
  job = g_new0 (LoadJob, 1);
  job->paths = g_strdupv ((char **) paths);
  if (options != NULL)
    job->options = *options;
  if (job->options.stop != NULL)
    g_object_ref (job->options.stop);
  if (job->options.grown != NULL)
    job->growth = lens_loader_growth_new (job->options.grown, job->options.grown_data, task);
  job->progress = progress != NULL ? lens_progress_ref (progress) : NULL;
  g_task_set_task_data (task, job, (GDestroyNotify) load_job_free);
  lens_worker_run (task, load_worker);
}

LensCapture *
lens_loader_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
