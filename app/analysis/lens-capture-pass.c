#include "lens-capture-pass.h"

#include "lens-error.h"
#include "lens-file-bytes.h"

#include <glib/gi18n-lib.h>

/* How many packets are read between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

/* One pass, on its worker. What is not owned is the caller's. */
typedef struct
{
  const LensPacketTable *table;
  LensCapturePassFunc matches;
  gpointer user_data;
  LensRowSet *set; /* owned; by position in the order of reading */
  gsize position;  /* of the next packet */
  gsize n_known;   /* those before this position were looked at before */
  guint64 files_bytes;
  guint64 done_bytes; /* of the files before this one */
  LensProgress *progress;
  GCancellable *cancellable;
} Pass;

static void
pass_clear (Pass *pass)
{
  g_clear_pointer (&pass->set, lens_row_set_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

gboolean
lens_capture_pass_check (const LensCapture *capture, GError **error)
{
  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureFile *file = lens_capture_get_file (capture, i);

      if (file->n_packets > 0 && !lens_file_bytes_check (file, error))
        return FALSE;
    }
  return TRUE;
}

/* What is not there is found out when it is opened. */
static guint64
add_up_sizes (const LensCapture *capture)
{
  guint64 bytes = 0;

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    bytes += lens_file_bytes_get_size (lens_capture_get_file (capture, i));
  return bytes;
}

void
lens_capture_pass_set_changed_error (GError **error, const LensCaptureFile *file, guint64 number)
{
  g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
               _ ("“%s” has changed since it was opened: packet %" G_GUINT64_FORMAT
                  " is no longer where it was. Open it again."),
               file->name, number);
}

static gboolean
look_up (const Pass *pass, const LensCaptureReader *reader, GError **error)
{
  guint64 bytes = pass->done_bytes + lens_capture_reader_get_position (reader);
  LensProgressReport report = { .fraction = -1.0, .packets = pass->position, .bytes = bytes };

  if (pass->files_bytes > 0)
    report.fraction = MIN ((double) bytes / (double) pass->files_bytes, 1.0);
  lens_progress_report (pass->progress, &report);
  return !g_cancellable_set_error_if_cancelled (pass->cancellable, error);
}

/* Goes on after what was looked at before, but for what has to be unpacked. Returns how many packets of the file it has left out. */
static guint64
skip_known (Pass *pass, LensCaptureReader *reader, const LensCaptureFile *file)
{
  guint64 n = pass->n_known > pass->position ? pass->n_known - pass->position : 0;

  if (n == 0 || n >= file->n_packets || file->info == NULL
      || !lens_capture_reader_seek (reader, file->info,
                                    lens_packet_table_get_file_offset_at (pass->table, pass->position + n)))
    return 0;
  pass->position += n;
  return n;
}

/* Reads as many packets as were read when the capture was loaded: what is damaged, or has been added since, comes after them. */
static gboolean
read_packets (Pass *pass, LensCaptureReader *reader, const LensCaptureFile *file, GError **error)
{
  const LensCaptureInfo *info = lens_capture_reader_get_info (reader);

  for (guint64 i = skip_known (pass, reader, file); i < file->n_packets; i++, pass->position++)
    {
      g_autoptr (GError) reason = NULL;
      LensRecord record;

      if (i % PACKETS_PER_LOOK == 0 && !look_up (pass, reader, error))
        return FALSE;
      if (lens_capture_reader_next (reader, &record, &reason) != LENS_READ_RECORD
          || !lens_packet_table_is_at (pass->table, pass->position, record.file_offset))
        {
          lens_capture_pass_set_changed_error (error, file, i + 1);
          return FALSE;
        }
      if (pass->position >= pass->n_known && pass->matches (&record, info, pass->user_data))
        lens_row_set_add (pass->set, pass->position);
    }
  return TRUE;
}

static gboolean
read_file (Pass *pass, const LensCaptureFile *file, GError **error)
{
  g_autoptr (LensCaptureReader) reader = NULL;

  if (pass->position + file->n_packets <= pass->n_known)
    {
      pass->position += file->n_packets;
      pass->done_bytes += lens_file_bytes_get_size (file);
      return TRUE;
    }
  reader = lens_file_bytes_read_again (file, error);
  if (reader == NULL || !read_packets (pass, reader, file, error))
    return FALSE;
  pass->done_bytes += lens_capture_reader_get_size (reader);
  return TRUE;
}

static LensRowSet *
fail_memory (GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_LIMIT,
                       _ ("There is not enough memory to mark the packets that are found. Close other "
                          "programs and try again."));
  return NULL;
}

/* The set by rows, from the one by positions in the order of reading. (transfer full) */
static LensRowSet *
put_in_row_order (const Pass *pass, GError **error)
{
  gsize n_rows = pass->set->n_rows;
  LensRowSet *ordered;

  if (!lens_packet_table_is_reordered (pass->table))
    return lens_row_set_ref (pass->set);
  ordered = lens_row_set_new (n_rows);
  if (ordered == NULL)
    return fail_memory (error);
  for (gsize row = 0; row < n_rows; row++)
    if (lens_row_set_has (pass->set, lens_packet_table_get_position (pass->table, row)))
      lens_row_set_add (ordered, row);
  return ordered;
}

LensRowSet *
lens_capture_pass_find (const LensCapture *capture,
                        LensCapturePassFunc matches,
                        gpointer user_data,
                        LensProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (LensRowSet) by_position = NULL;

  return lens_capture_pass_find_more (capture, NULL, matches, user_data, &by_position, progress, cancellable,
                                      error);
}

LensRowSet *
lens_capture_pass_find_more (const LensCapture *capture,
                             const LensRowSet *known,
                             LensCapturePassFunc matches,
                             gpointer user_data,
                             LensRowSet **by_position,
                             LensProgress *progress,
                             GCancellable *cancellable,
                             GError **error)
{
  g_auto (Pass) pass = {
    .table = lens_capture_get_table (capture),
    .matches = matches,
    .user_data = user_data,
    .progress = progress,
    .cancellable = cancellable,
  };
  LensRowSet *rows;

  if (!lens_capture_pass_check (capture, error))
    return NULL;
  pass.files_bytes = add_up_sizes (capture);
  pass.set = lens_row_set_new (lens_packet_table_get_columns (pass.table).n_packets);
  if (pass.set == NULL)
    return fail_memory (error);
  if (known != NULL && known->n_rows <= pass.set->n_rows)
    {
      lens_row_set_begin_with (pass.set, known);
      pass.n_known = known->n_rows;
    }
  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    if (!read_file (&pass, lens_capture_get_file (capture, i), error))
      return NULL;
  rows = put_in_row_order (&pass, error);
  if (rows != NULL)
    *by_position = g_steal_pointer (&pass.set);
  return rows;
}
