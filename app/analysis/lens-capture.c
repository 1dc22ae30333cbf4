#include "lens-capture.h"

#include <glib/gi18n-lib.h>

struct _LensCapture
{
  gatomicrefcount ref_count;
  LensPacketTable *table;
  char *path;
  char *name;
  char *damage;
  guint64 wire_bytes;
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
name_of (const char *path)
{
  g_autofree char *base = NULL;

  if (g_str_equal (path, "-"))
    return g_strdup (_ ("standard input"));
  base = g_path_get_basename (path);
  return g_utf8_make_valid (base, -1);
}

LensCapture *
lens_capture_new (LensPacketTable *table, const char *path, const char *damage)
{
  LensFlowsView flows = lens_packet_table_get_flows (table);
  LensCapture *capture = g_new0 (LensCapture, 1);

  g_atomic_ref_count_init (&capture->ref_count);
  capture->table = table;
  capture->path = g_strdup (path);
  capture->name = name_of (path);
  capture->damage = g_strdup (damage);
  for (gsize i = 0; i < flows.n; i++)
    capture->wire_bytes += flows.items[i].wire_bytes;
  return capture;
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
  g_free (capture->path);
  g_free (capture->name);
  g_free (capture->damage);
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

const char *
lens_capture_get_path (const LensCapture *capture)
{
  return capture->path;
}

const char *
lens_capture_get_damage (const LensCapture *capture)
{
  return capture->damage;
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
