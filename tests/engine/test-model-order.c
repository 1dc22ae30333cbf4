/* Time order, the packets of several files in one table, and tables of what was read so far. */
#include "lens-packet-table-builder.h"
#include "lens-time-order.h"

#include <locale.h>
#include <string.h>

/* What the positions must be: by time, then by position. */
static int
compare_positions (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const gint64 *time_ns = user_data;
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  if (time_ns[left] != time_ns[right])
    return time_ns[left] < time_ns[right] ? -1 : 1;
  return left < right ? -1 : 1;
}

static void
check_order (const gint64 *time_ns, gsize n)
{
  g_autofree guint32 *order = lens_time_order_new (time_ns, n);
  g_autofree guint32 *expected = g_new (guint32, n + 1);

  g_assert_nonnull (order);
  for (gsize i = 0; i < n; i++)
    expected[i] = (guint32) i;
  g_qsort_with_data (expected, (int) n, sizeof *expected, compare_positions, (gpointer) time_ns);
  g_assert_cmpmem (order, n * sizeof *order, expected, n * sizeof *expected);
}

/* Kinds of disorder that captures have, at sizes around those of a run. */
static void
test_time_order (void)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 1000, 4097 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      gsize n = sizes[s];
      g_autofree gint64 *time_ns = g_new (gint64, n + 1);

      for (gsize i = 0; i < n; i++)
        time_ns[i] = (gint64) i;
      check_order (time_ns, n);
      for (gsize i = 0; i < n; i++)
        time_ns[i] = -(gint64) i;
      check_order (time_ns, n);
      for (gsize i = 0; i < n; i++)
        time_ns[i] = g_test_rand_int_range (-5, 5);
      check_order (time_ns, n);
      /* Three ordered files, one after the other, that overlap. */
      for (gsize i = 0; i < n; i++)
        time_ns[i] = (gint64) (i % (n / 3 + 1)) * 10;
      check_order (time_ns, n);
      /* Neighbours swapped, as by a network card with several queues. */
      for (gsize i = 0; i < n; i++)
        time_ns[i] = (gint64) i + g_test_rand_int_range (0, 4);
      check_order (time_ns, n);
      for (gsize i = 0; i < n; i++)
        time_ns[i] = i % 2 == 0 ? G_MAXINT64 : G_MININT64;
      check_order (time_ns, n);
    }
}

/* A packet whose payload tells which it is. */
static void
append (LensPacketTableBuilder *builder, guint16 port, guint32 payload_bytes, gint64 time_ns, guint64 offset)
{
  const guint8 addresses[2][4] = { { 192, 0, 2, 1 }, { 192, 0, 2, 2 } };
  LensPacket packet = { .status = LENS_DECODE_OK,
                        .layer = LENS_LAYER_UDP,
                        .ip_version = 4,
                        .protocol = 17,
                        .source_port = port,
                        .payload_bytes = payload_bytes,
                        .source = lens_address_from_ipv4 (addresses[0]),
                        .destination = lens_address_from_ipv4 (addresses[1]) };
  g_autoptr (GError) error = NULL;

  lens_packet_table_builder_append (builder, &packet, time_ns, 60, 60, offset, &error);
  g_assert_no_error (error);
}

/* Three files, the second without a packet, the others overlapping in time; offsets beyond 4 GiB in both. */
static void
test_several_files (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  LensPacketColumns columns;
  const guint64 far = G_GUINT64_CONSTANT (5) << 32;

  for (guint32 i = 0; i < 10; i++)
    append (builder, 1, i, i * 10, 24 + i * far);
  lens_packet_table_builder_begin_file (builder, 1);
  lens_packet_table_builder_begin_file (builder, 2);
  for (guint32 i = 0; i < 10; i++)
    append (builder, 1, 100 + i, i * 10, 1000 + i * far);
  table = lens_packet_table_builder_freeze (builder);
  columns = lens_packet_table_get_columns (table);

  g_assert_cmpuint (columns.n_packets, ==, 20);
  for (gsize row = 0; row < 20; row++)
    {
      gboolean is_third = row % 2 == 1; /* equal times: in the order of the files */
      guint32 i = (guint32) row / 2;

      g_assert_cmpint (columns.time_ns[row], ==, i * 10);
      g_assert_cmpuint (columns.payload_bytes[row], ==, is_third ? 100 + i : i);
      g_assert_cmpuint (lens_packet_table_get_file (table, row), ==, is_third ? 2 : 0);
      g_assert_cmpuint (lens_packet_table_get_file_offset (table, row), ==, (is_third ? 1000 : 24) + i * far);
      g_assert_cmpuint (lens_packet_table_get_number (table, row), ==, row + 1);
    }
}

/* A table of what was read so far stays as it was when more comes, and is in time order by itself. */
static void
test_snapshot (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) empty = lens_packet_table_builder_snapshot (builder);
  g_autoptr (LensPacketTable) early = NULL;
  g_autoptr (LensPacketTable) table = NULL;
  LensAddress source = { .version = 4, .bytes = { 192, 0, 2, 1 } };

  append (builder, 1, 7, 20, 24);
  append (builder, 2, 8, 10, 124);
  early = lens_packet_table_builder_snapshot (builder);
  for (guint32 i = 0; i < 5000; i++)
    append (builder, (guint16) i, i, 30 + i, 224 + i * 100);
  table = lens_packet_table_builder_freeze (builder);

  g_assert_cmpuint (lens_packet_table_get_columns (empty).n_packets, ==, 0);
  g_assert_cmpuint (lens_packet_table_get_columns (early).n_packets, ==, 2);
  g_assert_cmpuint (lens_packet_table_get_flows (early).n, ==, 2);
  g_assert_cmpuint (lens_packet_table_get_columns (early).payload_bytes[0], ==, 8);
  g_assert_cmpuint (lens_packet_table_get_number (early, 0), ==, 2);
  g_assert_cmpuint (lens_packet_table_find_host (early, &source), ==, 0);
  g_assert_cmpuint (lens_packet_table_get_hosts (early).items[0].sent_packets, ==, 2);
  g_assert_cmpuint (lens_packet_table_get_captured_bytes (early), ==, 120);
  g_assert_cmpuint (lens_packet_table_get_columns (table).n_packets, ==, 5002);
  g_assert_cmpuint (lens_packet_table_get_hosts (table).items[0].sent_packets, ==, 5002);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/time-order", test_time_order);
  g_test_add_func ("/model/table/several-files", test_several_files);
  g_test_add_func ("/model/table/snapshot", test_snapshot);
  return g_test_run ();
}
