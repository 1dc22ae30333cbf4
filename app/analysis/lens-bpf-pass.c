#include "lens-bpf-pass.h"

#include "lens-bpf.h"
#include "lens-capture-reader.h"
#include "lens-error.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

/* How many packets are read between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

/* One pass, on its worker. What is not owned is the caller's. */
typedef struct
{
  const LensCapture *capture;
  const LensPacketTable *table;
  LensBpf *bpf;    /* owned */
  LensRowSet *set; /* owned; by position in the order of reading */
  gsize position;  /* of the next packet */
  guint64 files_bytes;
  guint64 done_bytes; /* of the files before this one */
  LensProgress *progress;
  GCancellable *cancellable;
} Pass;

static void
pass_clear (Pass *pass)
{
  g_clear_pointer (&pass->bpf, lens_bpf_free);
  g_clear_pointer (&pass->set, lens_row_set_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

/* Whether a file can be read a second time. The bytes it has are added up: what is not there is found out when it is opened. */
static gboolean
check_file (Pass *pass, const LensCaptureFile *file, GError **error)
{
  struct stat status;

  if (file->n_packets == 0)
    return TRUE;
  if (!g_str_equal (file->path, "-") && stat (file->path, &status) != 0)
    return TRUE;
  if (!g_str_equal (file->path, "-") && S_ISREG (status.st_mode))
    {
      pass->files_bytes += (guint64) status.st_size;
      return TRUE;
    }
  g_set_error (
      error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
      _ ("“%s” can't be read a second time, as a filter by an expression needs. Save its packets into a "
         "file first and open that."),
      file->name);
  return FALSE;
}

static gboolean
fail_changed (const LensCaptureFile *file, guint64 number, GError **error)
{
  g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
               _ ("“%s” has changed since it was opened: packet %" G_GUINT64_FORMAT
                  " is no longer where it was. Open it again to filter it."),
               file->name, number);
  return FALSE;
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

/* Reads as many packets as were read when the capture was loaded: what is damaged, or has been added since, comes after them. */
static gboolean
read_packets (Pass *pass, LensCaptureReader *reader, const LensCaptureFile *file, GError **error)
{
  const LensCaptureInfo *info = lens_capture_reader_get_info (reader);

  for (guint64 i = 0; i < file->n_packets; i++, pass->position++)
    {
      g_autoptr (GError) reason = NULL;
      LensRecord record;

      if (i % PACKETS_PER_LOOK == 0 && !look_up (pass, reader, error))
        return FALSE;
      if (lens_capture_reader_next (reader, &record, &reason) != LENS_READ_RECORD
          || !lens_packet_table_is_at (pass->table, pass->position, record.file_offset))
        return fail_changed (file, i + 1, error);
      if (lens_bpf_matches (pass->bpf, record.link_type,
                            lens_capture_info_is_big_endian (info, record.interface), record.bytes,
                            record.captured_bytes, record.wire_bytes))
        lens_row_set_add (pass->set, pass->position);
    }
  return TRUE;
}

static gboolean
read_file (Pass *pass, const LensCaptureFile *file, GError **error)
{
  /* No more is unpacked than was when the capture was loaded, so no other ceiling is needed. */
  LensReaderOptions options = { .max_unpacked_bytes = G_MAXUINT64 };
  g_autoptr (LensCaptureReader) reader = NULL;

  if (file->n_packets == 0)
    return TRUE;
  reader = lens_capture_reader_open (file->path, &options, error);
  if (reader == NULL || !read_packets (pass, reader, file, error))
    return FALSE;
  pass->done_bytes += lens_capture_reader_get_size (reader);
  return TRUE;
}

static LensRowSet *
fail_memory (GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_LIMIT,
                       _ ("There is not enough memory for this filter. Close other programs and try again."));
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
lens_bpf_pass_run (const LensCapture *capture,
                   const char *expression,
                   LensProgress *progress,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Pass) pass = {
    .capture = capture,
    .table = lens_capture_get_table (capture),
    .progress = progress,
    .cancellable = cancellable,
  };

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    if (!check_file (&pass, lens_capture_get_file (capture, i), error))
      return NULL;
  if (!lens_bpf_check (expression, capture, error))
    return NULL;
  pass.bpf = lens_bpf_new (expression);
  pass.set = lens_row_set_new (lens_packet_table_get_columns (pass.table).n_packets);
  if (pass.set == NULL)
    return fail_memory (error);
  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    if (!read_file (&pass, lens_capture_get_file (capture, i), error))
      return NULL;
  return put_in_row_order (&pass, error);
}
