#include "lens-packet-search.h"

#include "lens-address-pattern.h"
#include "lens-capture-pass.h"
#include "lens-error.h"
#include "lens-hex.h"
#include "lens-text.h"
#include "lens-worker.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How many packets are looked at between looks at the cancellable. */
#define PACKETS_PER_LOOK 4096

#define MAX_SHOWN_CHARS 60

void
lens_packet_matches_free (LensPacketMatches *matches)
{
  lens_row_set_unref (matches->rows);
  lens_row_set_unref (matches->positions);
  lens_packet_order_unref (matches->order);
  g_free (matches);
}

/* What bytes are looked for, and how. */
typedef struct
{
  const guint8 *bytes;
  gsize n_bytes;
  gboolean ignores_case;
  guint8 first[2]; /* the first byte in both cases */
} Pattern;

static guint8
to_lower (guint8 byte)
{
  return (guint8) g_ascii_tolower ((char) byte);
}

static gboolean
is_at (const Pattern *pattern, const guint8 *at)
{
  if (!pattern->ignores_case)
    return memcmp (at, pattern->bytes, pattern->n_bytes) == 0;
  for (gsize i = 0; i < pattern->n_bytes; i++)
    if (to_lower (at[i]) != pattern->bytes[i])
      return FALSE;
  return TRUE;
}

/* Whether the pattern, beginning with @first, is in the bytes. */
static gboolean
contains (const Pattern *pattern, guint8 first, const guint8 *bytes, gsize n_bytes)
{
  const guint8 *end = bytes + n_bytes - pattern->n_bytes + 1;
  const guint8 *at = bytes;

  while (at < end && (at = memchr (at, first, (gsize) (end - at))) != NULL)
    if (is_at (pattern, at++))
      return TRUE;
  return FALSE;
}

static gboolean
matches_pattern (const LensRecord *record, const LensCaptureInfo *info, gpointer user_data)
{
  const Pattern *pattern = user_data;

  if (record->captured_bytes < pattern->n_bytes)
    return FALSE;
  return contains (pattern, pattern->first[0], record->bytes, record->captured_bytes)
         || (pattern->first[0] != pattern->first[1]
             && contains (pattern, pattern->first[1], record->bytes, record->captured_bytes));
}

static LensRowSet *
find_bytes (LensCapture *capture,
            GBytes *bytes,
            gboolean ignores_case,
            LensProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  Pattern pattern = { .ignores_case = ignores_case };

  pattern.bytes = g_bytes_get_data (bytes, &pattern.n_bytes);
  pattern.first[0] = pattern.first[1] = pattern.bytes[0];
  if (ignores_case)
    pattern.first[1] = (guint8) g_ascii_toupper ((char) pattern.bytes[0]);
  return lens_capture_pass_find (capture, matches_pattern, &pattern, progress, cancellable, error);
}

static gpointer
fail_memory (GError **error)
{
  g_set_error_literal (
      error, LENS_ERROR, LENS_ERROR_LIMIT,
      _ ("There is not enough memory to mark the packets that are found. Close other programs and try "
         "again."));
  return NULL;
}

/* A byte a host, 1 for those that are looked for: where the capture has the very address, that alone. (transfer full) */
static guint8 *
find_hosts (const LensPacketTable *table,
            const LensAddressPattern *pattern,
            GCancellable *cancellable,
            GError **error)
{
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  guint32 exact = lens_packet_table_find_host (table, &pattern->address);
  g_autofree guint8 *is_wanted = g_try_new0 (guint8, MAX (hosts.n, 1));

  if (is_wanted == NULL)
    return fail_memory (error);
  if (exact != LENS_HOST_NONE)
    {
      is_wanted[exact] = TRUE;
      return g_steal_pointer (&is_wanted);
    }
  for (gsize i = 0; i < hosts.n; i++)
    {
      if (i % PACKETS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      is_wanted[i] = lens_address_pattern_match (pattern, &hosts.items[i].address) != LENS_ADDRESS_MATCH_NONE;
    }
  return g_steal_pointer (&is_wanted);
}

static LensRowSet *
find_addresses (LensCapture *capture,
                const LensAddressPattern *pattern,
                GCancellable *cancellable,
                GError **error)
{
  const LensPacketTable *table = lens_capture_get_table (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  g_autofree guint8 *is_wanted = find_hosts (table, pattern, cancellable, error);
  g_autoptr (LensRowSet) rows = NULL;

  if (is_wanted == NULL)
    return NULL;
  rows = lens_row_set_new (columns.n_packets);
  if (rows == NULL)
    return fail_memory (error);
  for (gsize row = 0; row < columns.n_packets; row++)
    {
      const LensFlow *flow = &flows.items[columns.flow[row]];

      if (row % PACKETS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if ((flow->source_host != LENS_HOST_NONE && is_wanted[flow->source_host])
          || (flow->destination_host != LENS_HOST_NONE && is_wanted[flow->destination_host]))
        lens_row_set_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

static LensRowSet *
fail_text (const char *reason, const char *text, GError **error)
{
  g_autofree char *safe = lens_text_make_safe_string (text, MAX_SHOWN_CHARS);
  g_autofree char *message = g_strdup_printf ("“%s”: %s", safe, reason);

  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_FILTER, message);
  return NULL;
}

LensRowSet *
lens_packet_search_find (LensCapture *capture,
                         LensFindKind kind,
                         const char *text,
                         LensProgress *progress,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *lower = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  LensAddressPattern pattern;

  switch (kind)
    {
    case LENS_FIND_ADDRESS:
      if (!lens_address_pattern_parse (text, &pattern, &reason))
        return fail_text (reason->message, text, error);
      return find_addresses (capture, &pattern, cancellable, error);
    case LENS_FIND_HEX:
      bytes = lens_hex_parse (text);
      if (bytes == NULL)
        return fail_text (_ ("bytes are two hexadecimal digits each, such as 45 00"), text, error);
      return find_bytes (capture, bytes, FALSE, progress, cancellable, error);
    case LENS_FIND_TEXT:
    default:
      if (*text == '\0')
        return fail_text (_ ("type the text that is to be found"), text, error);
      lower = g_ascii_strdown (text, -1);
      bytes = g_bytes_new (lower, strlen (lower));
      return find_bytes (capture, bytes, TRUE, progress, cancellable, error);
    }
}

LensPacketMatches *
lens_packet_search_place (LensRowSet *rows, LensPacketOrder *order, GCancellable *cancellable, GError **error)
{
  const LensPacketList *list = lens_packet_order_get_list (order);
  gsize n = lens_packet_list_get_n (list);
  g_autoptr (LensRowSet) positions = lens_row_set_new (n);
  LensPacketMatches *matches;

  if (positions == NULL)
    return fail_memory (error);
  for (gsize position = 0; position < n; position++)
    {
      if (position % PACKETS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (lens_row_set_has (rows,
                            lens_packet_list_get_row (list, lens_packet_order_get_place (order, position))))
        lens_row_set_add (positions, position);
    }
  matches = g_new0 (LensPacketMatches, 1);
  matches->rows = lens_row_set_ref (rows);
  matches->order = lens_packet_order_ref (order);
  matches->n = lens_row_set_count (positions);
  matches->positions = g_steal_pointer (&positions);
  return matches;
}

typedef struct
{
  LensPacketOrder *order;
  LensFindKind kind;
  char *text;
  LensRowSet *rows; /* (nullable) */
  LensProgress *progress;
} SearchJob;

static void
search_job_free (gpointer data)
{
  SearchJob *job = data;

  lens_packet_order_unref (job->order);
  g_clear_pointer (&job->rows, lens_row_set_unref);
  g_clear_pointer (&job->progress, lens_progress_unref);
  g_free (job->text);
  g_free (job);
}

static void
search_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  SearchJob *job = task_data;
  LensCapture *capture
      = lens_analysis_get_capture (lens_packet_list_get_analysis (lens_packet_order_get_list (job->order)));
  g_autoptr (GError) error = NULL;
  LensPacketMatches *matches = NULL;

  if (job->rows == NULL)
    job->rows = lens_packet_search_find (capture, job->kind, job->text, job->progress, cancellable, &error);
  if (job->rows != NULL)
    matches = lens_packet_search_place (job->rows, job->order, cancellable, &error);
  if (matches == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, matches, (GDestroyNotify) lens_packet_matches_free);
}

void
lens_packet_search_async (LensPacketOrder *order,
                          LensFindKind kind,
                          const char *text,
                          LensRowSet *rows,
                          LensProgress *progress,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SearchJob *job = g_new0 (SearchJob, 1);

  job->order = lens_packet_order_ref (order);
  job->kind = kind;
  job->text = g_strdup (text);
  job->rows = rows != NULL ? lens_row_set_ref (rows) : NULL;
  job->progress = progress != NULL ? lens_progress_ref (progress) : NULL;
  g_task_set_task_data (task, job, search_job_free);
  lens_worker_run (task, search_worker);
}

LensPacketMatches *
lens_packet_search_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The first match at @position or after it, or the last one there or before. */
static gsize
find_from (const LensRowSet *set, gsize position, gboolean is_forward)
{
  while (position < set->n_rows)
    {
      if (set->words[position / 64] == 0)
        position = is_forward ? (position / 64 + 1) * 64 : position / 64 * 64 - 1;
      else if (lens_row_set_has (set, position))
        return position;
      else
        position = is_forward ? position + 1 : position - 1;
    }
  return LENS_PACKET_LIST_NONE;
}

gsize
lens_packet_matches_step (const LensPacketMatches *matches,
                          gsize position,
                          gboolean is_forward,
                          gboolean *is_anew)
{
  const LensRowSet *set = matches->positions;
  gsize found = LENS_PACKET_LIST_NONE;

  *is_anew = FALSE;
  /* Below 0 is beyond the end: unsigned. */
  if (position != LENS_PACKET_LIST_NONE)
    found = find_from (set, is_forward ? position + 1 : position - 1, is_forward);
  if (found == LENS_PACKET_LIST_NONE)
    {
      found = find_from (set, is_forward ? 0 : set->n_rows - 1, is_forward);
      *is_anew = position != LENS_PACKET_LIST_NONE && found != LENS_PACKET_LIST_NONE;
    }
  return found;
}

gsize
lens_packet_matches_count_up_to (const LensPacketMatches *matches, gsize position)
{
  const LensRowSet *set = matches->positions;
  gsize n = 0;

  g_return_val_if_fail (position < set->n_rows, 0);

  for (gsize i = 0; i < position / 64; i++)
    n += (gsize) __builtin_popcountll (set->words[i]);
  return n + (gsize) __builtin_popcountll (set->words[position / 64] << (63 - position % 64));
}
