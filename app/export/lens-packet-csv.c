#include "lens-packet-csv.h"

#include "lens-file-writer.h"
#include "lens-format.h"
#include "lens-report.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many packets are written between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

/* What goes to the disk at once. */
#define BLOCK_BYTES (256 * 1024)

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

/* Where the seconds of a time of lens_format_time_utc() end. */
#define SECONDS_LENGTH (sizeof "2021-04-07T17:53:54" - 1)

static const char *const titles[] = {
  "No.",
  "Time (UTC)",
  "Since start (s)",
  "Since previous (s)",
  "Source",
  "Destination",
  "Protocol",
  "From port",
  "To port",
  "Payload (bytes)",
  "Wire length (bytes)",
  "Inter-arrival (s)",
  "Burst",
};

/* What rows are written from. */
typedef struct
{
  LensPacketList *list;
  const LensPacketTable *table;
  LensPacketColumns columns;
  LensFlowsView flows;
  LensHostsView hosts;
  gint64 first_ns; /* of the capture */
  gint64 second;   /* since 1970, whose text this is; packets of the same follow each other */
  char second_text[SECONDS_LENGTH + 1]; /* "": none */
  GString *text;                        /* owned: not on the disk yet */
} Writing;

static void
writing_clear (Writing *writing)
{
  g_string_free (writing->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_clear)

/* A row has a dozen figures, and there may be millions of rows: printf takes most of the time there. */
static void
add_number (GString *text, guint64 number, guint n_digits)
{
  char digits[20];
  guint at = sizeof digits;

  do
    {
      digits[--at] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0 || sizeof digits - at < n_digits);
  g_string_append_len (text, digits + at, (gssize) (sizeof digits - at));
}

/* A field that can have anything in it. */
static void
add_text (GString *text, const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *at = field; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
}

static void
add_span (GString *text, guint64 span_ns)
{
  g_string_append_c (text, ',');
  add_number (text, span_ns / NS_PER_SECOND, 1);
  g_string_append_c (text, '.');
  add_number (text, span_ns % NS_PER_SECOND, 9);
}

/* @span_ns: as the list says it. */
static void
add_span_if_any (GString *text, gint64 span_ns)
{
  if (span_ns == LENS_PACKET_LIST_NO_TIME)
    g_string_append_c (text, ',');
  else
    add_span (text, (guint64) span_ns);
}

static void
add_time (Writing *writing, gint64 time_ns)
{
  gint64 rest_ns = (time_ns % NS_PER_SECOND + NS_PER_SECOND) % NS_PER_SECOND;
  gint64 second = time_ns / NS_PER_SECOND - (time_ns % NS_PER_SECOND < 0);
  char buffer[LENS_TIME_TEXT_SIZE];

  if (*writing->second_text == '\0' || second != writing->second)
    {
      g_strlcpy (writing->second_text, lens_format_time_utc (time_ns, buffer), sizeof writing->second_text);
      writing->second = second;
    }
  g_string_append_c (writing->text, ',');
  g_string_append_len (writing->text, writing->second_text, SECONDS_LENGTH);
  g_string_append_c (writing->text, '.');
  add_number (writing->text, (guint64) rest_ns, 9);
  g_string_append_c (writing->text, 'Z');
}

static void
add_host (const Writing *writing, guint32 host)
{
  char buffer[LENS_ADDRESS_TEXT_SIZE];

  g_string_append_c (writing->text, ',');
  if (host != LENS_HOST_NONE)
    g_string_append (writing->text, lens_address_format (&writing->hosts.items[host].address, buffer));
}

static void
add_port (GString *text, const LensFlow *flow, guint16 port)
{
  g_string_append_c (text, ',');
  if (lens_packet_has_ports (flow))
    add_number (text, port, 1);
}

static void
add_row (Writing *writing, gsize place)
{
  GString *text = writing->text;
  gsize row = lens_packet_list_get_row (writing->list, place);
  const LensFlow *flow = &writing->flows.items[writing->columns.flow[row]];
  gint64 time_ns = writing->columns.time_ns[row];
  guint32 burst = lens_packet_list_get_burst (writing->list, place);
  char buffer[16];

  add_number (text, lens_packet_table_get_number (writing->table, row), 1);
  add_time (writing, time_ns);
  /* From the first to the last time that there can be is more than a signed number holds. */
  add_span (text, (guint64) time_ns - (guint64) writing->first_ns);
  add_span_if_any (text, lens_packet_list_get_since_previous (writing->list, place));
  add_host (writing, flow->source_host);
  add_host (writing, flow->destination_host);
  g_string_append_c (text, ',');
  add_text (text, lens_packet_protocol_name (flow, buffer));
  add_port (text, flow, flow->source_port);
  add_port (text, flow, flow->destination_port);
  g_string_append_c (text, ',');
  add_number (text, writing->columns.payload_bytes[row], 1);
  g_string_append_c (text, ',');
  add_number (text, writing->columns.wire_bytes[row], 1);
  add_span_if_any (text, lens_packet_list_get_inter_arrival (writing->list, place));
  g_string_append_c (text, ',');
  if (burst > 0)
    add_number (text, burst, 1);
  /* The column whose title says what this is. */
  g_string_append (text, ",\r\n");
}

static void
add_titles (Writing *writing)
{
  g_autofree char *part = lens_report_describe (lens_packet_list_get_analysis (writing->list));
  g_autofree char *rule = lens_burst_rule_describe (lens_packet_list_get_burst_rule (writing->list));
  /* Translators: which part of a capture is in a file, and the rule that bursts are told by, in words. Nothing that a spreadsheet would take for a
   * formula may come first. */
  g_autofree char *shown = g_strdup_printf (_ ("Shown: %s · %s"), part, rule);

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      add_text (writing->text, titles[i]);
      g_string_append_c (writing->text, ',');
    }
  add_text (writing->text, shown);
  g_string_append (writing->text, "\r\n");
}

static void
report (LensProgress *progress, gsize n_done, gsize n)
{
  LensProgressReport now = { .fraction = n > 0 ? (double) n_done / (double) n : 1, .packets = n_done };

  lens_progress_report (progress, &now);
}

static gboolean
write_block (Writing *writing, LensFileWriter *file, GError **error)
{
  gboolean is_written = lens_file_writer_add (file, writing->text->str, writing->text->len, error);

  g_string_truncate (writing->text, 0);
  return is_written;
}

static gboolean
write_rows (Writing *writing,
            LensPacketOrder *order,
            gboolean is_descending,
            LensFileWriter *file,
            LensProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  gsize n = lens_packet_list_get_n (writing->list);

  add_titles (writing);
  for (gsize i = 0; i < n; i++)
    {
      if (i % PACKETS_PER_LOOK == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          report (progress, i, n);
        }
      add_row (writing, lens_packet_order_get_place (order, is_descending ? n - 1 - i : i));
      if (writing->text->len >= BLOCK_BYTES && !write_block (writing, file, error))
        return FALSE;
    }
  report (progress, n, n);
  return write_block (writing, file, error);
}

gboolean
lens_packet_csv_write (LensPacketOrder *order,
                       gboolean is_descending,
                       const char *path,
                       LensProgress *progress,
                       GCancellable *cancellable,
                       GError **error)
{
  LensPacketList *list = lens_packet_order_get_list (order);
  const LensPacketTable *table = lens_packet_list_get_table (list);
  g_auto (Writing) writing = {
    .list = list,
    .table = table,
    .columns = lens_packet_table_get_columns (table),
    .flows = lens_packet_table_get_flows (table),
    .hosts = lens_packet_table_get_hosts (table),
    .text = g_string_sized_new (BLOCK_BYTES + 1024),
  };
  LensProgressReport not_known = { .fraction = -1 };
  g_autoptr (LensFileWriter) file = NULL;
  gint64 last_ns;

  lens_progress_report (progress, &not_known);
  (void) lens_capture_get_time_span (lens_analysis_get_capture (lens_packet_list_get_analysis (list)),
                                     &writing.first_ns, &last_ns);
  /* Before anything else takes long: whether there can be such a file. */
  file = lens_file_writer_open (path, error);
  return file != NULL && lens_packet_list_work_out (list, cancellable, error)
         && write_rows (&writing, order, is_descending, file, progress, cancellable, error)
         && lens_file_writer_commit (file, error);
}

LensPacketCsvContent
lens_packet_csv_content_copy (const LensPacketCsvContent *content)
{
  LensPacketCsvContent copy = *content;

  lens_analysis_ref (copy.analysis);
  if (copy.order != NULL)
    lens_packet_order_ref (copy.order);
  return copy;
}

void
lens_packet_csv_content_clear (LensPacketCsvContent *content)
{
  g_clear_pointer (&content->analysis, lens_analysis_unref);
  g_clear_pointer (&content->order, lens_packet_order_unref);
}

typedef struct
{
  LensPacketCsvContent content; /* owned */
  char *path;
  LensProgress *progress; /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  lens_packet_csv_content_clear (&job->content);
  g_clear_pointer (&job->progress, lens_progress_unref);
  g_free (job->path);
  g_free (job);
}

/* FALSE: failed. */
static gboolean
sort (LensPacketCsvContent *content, GCancellable *cancellable, GError **error)
{
  g_autoptr (LensPacketList) list = NULL;

  if (content->order != NULL)
    return TRUE;
  list = lens_packet_list_new (content->analysis, &content->rule, cancellable, error);
  if (list != NULL)
    content->order = lens_packet_order_new (list, content->column, cancellable, error);
  return content->order != NULL;
}

static void
write_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;

  if (sort (&job->content, cancellable, &error)
      && lens_packet_csv_write (job->content.order, job->content.is_descending, job->path, job->progress,
                                cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lens_packet_csv_write_async (const LensPacketCsvContent *content,
                             const char *path,
                             LensProgress *progress,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->content = lens_packet_csv_content_copy (content);
  job->path = g_strdup (path);
  job->progress = progress != NULL ? lens_progress_ref (progress) : NULL;
  /* Once the file is written it is written: saying "cancelled" then would be untrue. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  lens_worker_run (task, write_worker);
}

gboolean
lens_packet_csv_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
