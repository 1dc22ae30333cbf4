#include "lens-capture.h"

#include "lens-kept-bytes.h"

#include <glib/gi18n-lib.h>

struct _LensCapture
{
  gatomicrefcount ref_count;
  LensPacketTable *table;
  GPtrArray *files; /* of LensCaptureFile */
  GPtrArray *names; /* LensCaptureName, by address; the files' */
  char *name;
  char *damage;
  char *unkept;
  guint64 wire_bytes;
  guint64 ip_packets;
  guint64 ip_payload_bytes;
  gboolean is_growing;
  GMutex host_order_lock;
  LensHostOrder *host_order; /* (nullable): nobody asked yet */
};

/* Written out: G_DEFINE_BOXED_TYPE passes the functions in a way that ISO C does not know. */
GType
lens_capture_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("LensCapture", (GBoxedCopyFunc) lens_capture_ref,
                                                            (GBoxedFreeFunc) lens_capture_unref));
  return type;
}

static char *
name_files (const GPtrArray *files)
{
  const LensCaptureFile *first = files->pdata[0];
  guint n_more = files->len - 1;

  if (n_more == 0)
    return g_strdup (first->name);
  /* Translators: the first file of a capture, and how many other files it has. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", n_more),
                          first->name, n_more);
}

static void
append_line (GString *lines, const char *line)
{
  if (line == NULL)
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

/* NULL where there is none. */
static char *
take_lines (GString *lines)
{
  return g_string_free (lines, lines->len == 0);
}

static char *
add_up_damage (const GPtrArray *files)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    append_line (lines, ((const LensCaptureFile *) files->pdata[i])->damage);
  return take_lines (lines);
}

/* Asks by now: while a pipe goes on, less and less of it may be kept. */
static char *
add_up_unkept (const GPtrArray *files)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    {
      LensCaptureFile *file = files->pdata[i];
      g_autoptr (GError) error = NULL;

      if (file->kept != NULL && !lens_kept_bytes_check (file->kept, file->name, &error))
        {
          g_free (file->unkept);
          file->unkept = g_strdup (error->message);
        }
      append_line (lines, file->unkept);
    }
  return take_lines (lines);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const LensCaptureName *left = *(LensCaptureName *const *) a;
  const LensCaptureName *right = *(LensCaptureName *const *) b;

  return lens_address_compare (&left->address, &right->address);
}

/* Sorted and not hashed: a file could choose addresses that clump. */
static GPtrArray *
collect_names (const GPtrArray *files)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const LensCaptureFile *file = files->pdata[i];

      if (file->info != NULL)
        g_ptr_array_extend (names, file->info->names, NULL, NULL);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

LensCapture *
lens_capture_new (LensPacketTable *table, GPtrArray *files, gboolean is_growing)
{
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensCapture *capture;

  g_return_val_if_fail (files->len > 0, NULL);

  capture = g_new0 (LensCapture, 1);
  g_atomic_ref_count_init (&capture->ref_count);
  capture->table = table;
  capture->files = files;
  capture->names = collect_names (files);
  capture->name = name_files (files);
  capture->damage = add_up_damage (files);
  capture->unkept = add_up_unkept (files);
  capture->is_growing = is_growing;
  g_mutex_init (&capture->host_order_lock);
  for (gsize i = 0; i < flows.n; i++)
    {
      const LensFlow *flow = &flows.items[i];

      capture->wire_bytes += flow->wire_bytes;
      if (flow->layer == LENS_LAYER_NOT_IP)
        continue;
      capture->ip_packets += flow->packets;
      capture->ip_payload_bytes += flow->payload_bytes;
    }
  return capture;
}

LensCapture *
lens_capture_new_for_path (LensPacketTable *table, const char *path)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);

  g_ptr_array_add (files, lens_capture_file_new (path));
  return lens_capture_new (table, files, FALSE);
}

LensCapture *
lens_capture_ref (LensCapture *capture)
{
  g_atomic_ref_count_inc (&capture->ref_count);
  return capture;
}

void
lens_capture_unref (LensCapture *capture)
{
  if (!g_atomic_ref_count_dec (&capture->ref_count))
    return;
  lens_packet_table_unref (capture->table);
  g_ptr_array_unref (capture->names);
  g_ptr_array_unref (capture->files);
  g_free (capture->name);
  g_free (capture->damage);
  g_free (capture->unkept);
  lens_host_order_free (capture->host_order);
  g_mutex_clear (&capture->host_order_lock);
  g_free (capture);
}

LensPacketTable *
lens_capture_get_table (const LensCapture *capture)
{
  return capture->table;
}

const char *
lens_capture_get_name (const LensCapture *capture)
{
  return capture->name;
}

gsize
lens_capture_get_n_files (const LensCapture *capture)
{
  return capture->files->len;
}

const LensCaptureFile *
lens_capture_get_file (const LensCapture *capture, gsize position)
{
  g_return_val_if_fail (position < capture->files->len, NULL);
  return capture->files->pdata[position];
}

gboolean
lens_capture_is_at_ceiling (const LensCapture *capture)
{
  for (guint i = 0; i < capture->files->len; i++)
    if (((const LensCaptureFile *) capture->files->pdata[i])->is_at_ceiling)
      return TRUE;
  return FALSE;
}

gboolean
lens_capture_can_read_all (const LensCapture *capture)
{
  for (guint i = 0; i < capture->files->len; i++)
    if (((const LensCaptureFile *) capture->files->pdata[i])->is_pipe)
      return FALSE;
  return lens_capture_is_at_ceiling (capture);
}

gboolean
lens_capture_is_growing (const LensCapture *capture)
{
  return capture->is_growing;
}

const char *
lens_capture_find_host_name (const LensCapture *capture, const LensAddress *address)
{
  LensCaptureName key = { .address = *address };
  const LensCaptureName *wanted = &key;
  guint first = 0;
  guint end = capture->names->len;

  /* The first of equal ones: the sort is stable. */
  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (compare_names (&capture->names->pdata[middle], &wanted) < 0)
        first = middle + 1;
      else
        end = middle;
    }
  if (first == capture->names->len || compare_names (&capture->names->pdata[first], &wanted) != 0)
    return NULL;
  return ((const LensCaptureName *) capture->names->pdata[first])->name;
}

const char *
lens_capture_get_damage (const LensCapture *capture)
{
  return capture->damage;
}

const char *
lens_capture_get_unkept (const LensCapture *capture)
{
  return capture->unkept;
}

guint64
lens_capture_get_n_packets (const LensCapture *capture)
{
  return lens_packet_table_get_columns (capture->table).n_packets;
}

guint64
lens_capture_get_captured_bytes (const LensCapture *capture)
{
  return lens_packet_table_get_captured_bytes (capture->table);
}

const LensHostOrder *
lens_capture_get_host_order (LensCapture *capture)
{
  g_mutex_lock (&capture->host_order_lock);
  if (capture->host_order == NULL)
    capture->host_order = lens_host_order_new (lens_packet_table_get_hosts (capture->table));
  g_mutex_unlock (&capture->host_order_lock);
  return capture->host_order;
}

double
lens_capture_get_mean_payload (const LensCapture *capture)
{
  return capture->ip_packets > 0 ? (double) capture->ip_payload_bytes / (double) capture->ip_packets : 0;
}

guint64
lens_capture_get_wire_bytes (const LensCapture *capture)
{
  return capture->wire_bytes;
}

gboolean
lens_capture_get_time_span (const LensCapture *capture, gint64 *first_ns, gint64 *last_ns)
{
  LensPacketColumns columns = lens_packet_table_get_columns (capture->table);

  if (columns.n_packets == 0)
    return FALSE;
  *first_ns = columns.time_ns[0];
  *last_ns = columns.time_ns[columns.n_packets - 1];
  return TRUE;
}
