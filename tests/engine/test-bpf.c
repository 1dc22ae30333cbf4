/* BPF expressions: checked, and run over captures by reading them once more. */
#include "lens-bpf.h"
#include "lens-error.h"
#include "test-bpf.h"
#include "test-capture-bytes.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#define HEADER_BYTES 24

static LensCapture *
load_ring (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);

  return load (path, NULL);
}

static void
assert_fails (const LensCapture *capture, const char *expression, LensError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lens_bpf_pass_run (capture, expression, NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

/* The rows that a term selects, which an expression is to select as well. */
static void
assert_same_rows (const LensCapture *capture, const LensFilterTerm *term, const LensRowSet *rows)
{
  const LensPacketTable *table = lens_capture_get_table (capture);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = lens_filter_with_term (everything, term);
  g_autoptr (LensSelection) selection = lens_selection_new (filter, table, NULL);
  gsize n = 0;

  g_assert_cmpuint (rows->n_rows, ==, columns.n_packets);
  for (gsize row = 0; row < columns.n_packets; row++)
    {
      g_assert_cmpint (lens_selection_has_row (selection, &columns, row), ==, lens_row_set_has (rows, row));
      n += lens_row_set_has (rows, row);
    }
  g_assert_cmpuint (n, ==, lens_row_set_count (rows));
  g_assert_cmpuint (n, >, 0);
}

/* A host of the capture, by a term and by an expression, in whatever way the file is read. */
static void
assert_finds_host (const LensCapture *capture)
{
  LensAddress address = test_address ("192.168.24.221");
  LensFilterTerm term = lens_filter_term_host (&address);
  g_autoptr (LensRowSet) rows = pass (capture, "ip host 192.168.24.221");

  assert_same_rows (capture, &term, rows);
}

static void
test_agrees_with_terms (void)
{
  g_autoptr (LensCapture) capture = load_ring ();
  LensFilterTerm tcp = lens_filter_term_protocol (6);
  LensFilterTerm either = lens_filter_term_port (LENS_LAYER_TCP, LENS_PORT_EITHER, 443);
  g_autoptr (LensRowSet) of_tcp = pass (capture, "tcp");
  g_autoptr (LensRowSet) of_either = pass (capture, "tcp port 443");
  g_autoptr (LensRowSet) of_not_ip = pass (capture, "not ip");
  g_autoptr (LensRowSet) of_all = pass (capture, "");
  g_autoptr (LensRowSet) of_large = pass (capture, "greater 1000");

  assert_finds_host (capture);
  assert_same_rows (capture, &tcp, of_tcp);
  assert_same_rows (capture, &either, of_either);
  g_assert_cmpuint (lens_row_set_count (of_not_ip), ==, 30);
  g_assert_cmpuint (lens_row_set_count (of_all), ==, 9907);
  for (gsize row = 0; row < 9907; row++)
    g_assert_cmpint (lens_row_set_has (of_large, row), ==,
                     lens_packet_table_get_columns (lens_capture_get_table (capture)).wire_bytes[row]
                         >= 1000);
}

static gsize
record_length (const GByteArray *ring, gsize offset)
{
  guint32 captured;

  memcpy (&captured, ring->data + offset + 8, sizeof captured);
  return 16 + GUINT32_FROM_LE (captured);
}

/* Two files that overlap in time, and one whose packets are not in time order: rows are not where the records are. */
static void
test_other_orders (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autoptr (GByteArray) even = g_byte_array_new ();
  g_autoptr (GByteArray) odd = g_byte_array_new ();
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  gsize i = 0;

  g_byte_array_append (even, ring->data, HEADER_BYTES);
  g_byte_array_append (odd, ring->data, HEADER_BYTES);
  g_byte_array_append (turned, ring->data, HEADER_BYTES);
  for (gsize offset = HEADER_BYTES; offset < ring->len; offset += record_length (ring, offset), i++)
    g_byte_array_append (i % 2 == 0 ? even : odd, ring->data + offset, (guint) record_length (ring, offset));
  g_byte_array_append (turned, odd->data + HEADER_BYTES, odd->len - HEADER_BYTES);
  g_byte_array_append (turned, even->data + HEADER_BYTES, even->len - HEADER_BYTES);
  {
    g_autofree char *first = test_folder_write (fixture->folder, "even.pcap", even->data, even->len);
    g_autofree char *second = test_folder_write (fixture->folder, "odd.pcap", odd->data, odd->len);
    g_autofree char *third = test_folder_write (fixture->folder, "turned.pcap", turned->data, turned->len);
    g_autoptr (LensCapture) two = load (first, second);
    g_autoptr (LensCapture) one = load (third, NULL);

    g_assert_true (lens_packet_table_is_reordered (lens_capture_get_table (two)));
    g_assert_true (lens_packet_table_is_reordered (lens_capture_get_table (one)));
    assert_finds_host (two);
    assert_finds_host (one);
  }
}

/* A compressed file, more of which was unpacked than may be without being asked; and one that is cut in a packet. */
static void
test_packed_and_cut (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autofree char *packed_path = g_build_filename (fixture->folder, "ring.pcap.gz", NULL);
  g_autofree char *cut_path = test_folder_write (fixture->folder, "cut.pcap", ring->data, 100000);
  g_autoptr (GFile) file = g_file_new_for_path (packed_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GFileOutputStream) plain = g_file_create (file, G_FILE_CREATE_NONE, NULL, &error);
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (G_OUTPUT_STREAM (plain), gzip);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensCapture) cut = NULL;

  g_assert_true (g_output_stream_write_all (packed, ring->data, ring->len, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (packed, NULL, &error));
  capture = load (packed_path, NULL);
  assert_finds_host (capture);
  cut = load (cut_path, NULL);
  g_assert_nonnull (lens_capture_get_damage (cut));
  assert_finds_host (cut);
}

/* What was appended since is not looked at; a file that is shorter, another or gone is said to be. */
static void
test_changed_file (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autofree char *path = test_folder_write (fixture->folder, "changing.pcap", ring->data, 100000);
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autofree char *again = test_folder_write (fixture->folder, "changing.pcap", ring->data, ring->len);
  g_autoptr (GError) error = NULL;

  assert_finds_host (capture);
  g_free (test_folder_write (fixture->folder, "changing.pcap", ring->data, 50000));
  assert_fails (capture, "tcp", LENS_ERROR_READ, "changing.pcap");
  /* The first packet is missing. */
  memmove (ring->data + HEADER_BYTES, ring->data + HEADER_BYTES + record_length (ring, HEADER_BYTES),
           ring->len - HEADER_BYTES - record_length (ring, HEADER_BYTES));
  g_free (test_folder_write (fixture->folder, "changing.pcap", ring->data, 200000));
  assert_fails (capture, "tcp", LENS_ERROR_READ, "changed");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_fails (capture, "tcp", LENS_ERROR_OPEN, "changing.pcap");
}

static LensCapture *
capture_of_path (const char *path)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);
  LensCaptureFile *file = lens_capture_file_new (path);
  static const TestPacket packet = { 1, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 1, 2, 3 };

  test_append (builder, &packet);
  file->n_packets = 1;
  g_ptr_array_add (files, file);
  return lens_capture_new (lens_packet_table_builder_freeze (builder), files, FALSE);
}

static void
test_pipes_are_read_once (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pipe", NULL);
  g_autoptr (LensCapture) from_standard_input = capture_of_path ("-");
  g_autoptr (LensCapture) from_pipe = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  from_pipe = capture_of_path (path);
  assert_fails (from_standard_input, "tcp", LENS_ERROR_UNSUPPORTED, "standard input");
  assert_fails (from_pipe, "tcp", LENS_ERROR_UNSUPPORTED, "second time");
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensProgressReport *last = user_data;

  g_assert_cmpfloat (report->fraction, >=, last->fraction);
  g_assert_cmpfloat (report->fraction, <=, 1.0);
  *last = *report;
}

static void
test_progress_and_cancelling (void)
{
  g_autoptr (LensCapture) capture = load_ring ();
  LensProgressReport last = { .fraction = 0.0 };
  g_autoptr (LensProgress) progress = lens_progress_new (progress_cb, &last, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LensRowSet) rows = lens_bpf_pass_run (capture, "tcp", progress, NULL, NULL);
  g_autoptr (GError) error = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (rows);
  g_assert_cmpuint (last.packets, ==, 8192);
  g_assert_cmpfloat (last.fraction, >, 0.5);
  g_cancellable_cancel (cancellable);
  g_assert_null (lens_bpf_pass_run (capture, "tcp", NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
append_u32 (GByteArray *file, guint32 value)
{
  g_byte_array_append (file, (const guint8 *) &value, sizeof value);
}

/* A pcapng file of this machine's byte order with an interface of each of @link_types, and on each a packet with @bytes. */
static char *
write_interfaces (const Fixture *fixture,
                  const guint16 *link_types,
                  guint n,
                  const guint8 *bytes,
                  guint32 n_bytes)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint32 padded = (n_bytes + 3) / 4 * 4;
  static const guint8 padding[4];

  append_u32 (file, 0x0a0d0d0a);
  append_u32 (file, 28);
  append_u32 (file, 0x1a2b3c4d);
  append_u32 (file, 1); /* version 1.0 */
  append_u32 (file, 0xffffffff);
  append_u32 (file, 0xffffffff);
  append_u32 (file, 28);
  for (guint i = 0; i < n; i++)
    {
      append_u32 (file, 1);
      append_u32 (file, 20);
      append_u32 (file, link_types[i]);
      append_u32 (file, 0);
      append_u32 (file, 20);
    }
  for (guint i = 0; i < n; i++)
    {
      append_u32 (file, 6);
      append_u32 (file, 32 + padded);
      append_u32 (file, i);
      append_u32 (file, 0);
      append_u32 (file, i);
      append_u32 (file, n_bytes);
      append_u32 (file, n_bytes);
      g_byte_array_append (file, bytes, n_bytes);
      g_byte_array_append (file, padding, padded - n_bytes);
      append_u32 (file, 32 + padded);
    }
  return test_folder_write (fixture->folder, "interfaces.pcapng", file->data, file->len);
}

/* The same bytes are a TCP packet on one interface and nothing known on the others: each has a program of its own, and one
 * that the expression says nothing of lets nothing pass. */
static void
test_several_links (Fixture *fixture, gconstpointer user_data)
{
  static const guint16 link_types[]
      = { 1, 101, 101, 147, 228 }; /* Ethernet, raw IP twice, user 0, raw IPv4 */
  static const guint8 packet[40]
      = { 0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0, 80 };
  g_autofree char *path
      = write_interfaces (fixture, link_types, G_N_ELEMENTS (link_types), packet, sizeof packet);
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autoptr (LensRowSet) of_tcp = pass (capture, "tcp src port 80");
  g_autoptr (LensRowSet) of_none = pass (capture, "not udp");
  g_autoptr (LensRowSet) of_ethernet = pass (capture, "ether src 02:01:c0:00:02:02 or ether[0] = 0x45");
  static const gboolean is_tcp[] = { FALSE, TRUE, TRUE, FALSE, TRUE };
  static const gboolean is_not_udp[] = { TRUE, TRUE, TRUE, FALSE, TRUE };

  for (gsize row = 0; row < G_N_ELEMENTS (link_types); row++)
    {
      g_assert_cmpint (lens_row_set_has (of_tcp, row), ==, is_tcp[row]);
      g_assert_cmpint (lens_row_set_has (of_none, row), ==, is_not_udp[row]);
      g_assert_cmpint (lens_row_set_has (of_ethernet, row), ==, row == 0);
    }
}

/* The address family of BSD's loopback header is in the byte order of who wrote it. */
static void
test_byte_order (void)
{
  static const guint8 little[24] = { 2, 0, 0, 0, 0x45, 0, 0, 20 };
  static const guint8 big[24] = { 0, 0, 0, 2, 0x45, 0, 0, 20 };
  g_autoptr (LensBpf) bpf = lens_bpf_new ("ip");

  g_assert_true (lens_bpf_matches (bpf, 0, FALSE, little, sizeof little, sizeof little));
  g_assert_false (lens_bpf_matches (bpf, 0, FALSE, big, sizeof big, sizeof big));
  g_assert_true (lens_bpf_matches (bpf, 0, TRUE, big, sizeof big, sizeof big));
  g_assert_false (lens_bpf_matches (bpf, 0, TRUE, little, sizeof little, sizeof little));
}

static gboolean
check_expression (const char *expression, const LensCapture *capture, GError **error)
{
  g_autoptr (LensBpf) bpf = lens_bpf_new_asking (expression);

  return lens_bpf_check (bpf, capture, error);
}

static void
test_check (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *expression;
    gboolean is_good;           /* on Ethernet */
    gboolean is_good_on_raw_ip; /* on raw IP */
  } cases[] = {
    { "", TRUE, TRUE },
    { "tcp port 443", TRUE, TRUE },
    { "tcp port", FALSE, FALSE },
    { "tcp port 443 and (", FALSE, FALSE },
    { "port 99999", FALSE, FALSE },
    { "vlan 5", TRUE, FALSE },
    { "wlan type data", FALSE, FALSE },
    { "\x1b[2J", FALSE, FALSE },
  };
  static const guint16 raw_ip = 101;
  g_autofree char *path = write_interfaces (fixture, &raw_ip, 1, (const guint8 *) "\x45", 1);
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autoptr (LensCapture) unknown = lens_capture_new_for_path (
      lens_packet_table_builder_freeze (lens_packet_table_builder_new ()), "unknown.pcap");
  g_autofree char *too_long = g_strnfill (LENS_BPF_MAX_EXPRESSION_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) reason = NULL;

      g_test_message ("%s", cases[i].expression);
      g_assert_cmpint (check_expression (cases[i].expression, NULL, NULL), ==, cases[i].is_good);
      g_assert_cmpint (check_expression (cases[i].expression, unknown, NULL), ==, cases[i].is_good);
      g_assert_cmpint (check_expression (cases[i].expression, capture, &reason), ==,
                       cases[i].is_good_on_raw_ip);
      if (reason == NULL)
        continue;
      g_assert_error (reason, LENS_ERROR, LENS_ERROR_FILTER);
      g_assert_null (strchr (reason->message, '\x1b'));
      g_assert_true (*cases[i].expression == '\x1b' || strstr (reason->message, cases[i].expression) != NULL);
    }
  assert_fails (capture, "vlan 5", LENS_ERROR_FILTER, "vlan 5");
  g_assert_false (check_expression (too_long, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_FILTER);
  too_long[LENS_BPF_MAX_EXPRESSION_BYTES] = '\0';
  g_assert_true (check_expression (too_long, NULL, NULL));
}

typedef struct
{
  gboolean is_good;
  gboolean is_done;
  GError *error;
} CheckAnswer;

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckAnswer *answer = user_data;
  g_autofree char *checked = lens_bpf_check_finish (result, &answer->error);

  answer->is_good = checked != NULL;
  answer->is_done = TRUE;
}

static void
test_check_async (void)
{
  g_autoptr (LensCapture) capture = load_ring ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CheckAnswer good = { 0 }, bad = { 0 }, cancelled = { 0 };

  lens_bpf_check_async ("tcp", LENS_BPF_NAMES_ASK, capture, NULL, check_cb, &good);
  lens_bpf_check_async ("tcp tcp tcp", LENS_BPF_NAMES_ASK, capture, NULL, check_cb, &bad);
  lens_bpf_check_async ("udp", LENS_BPF_NAMES_ASK, NULL, cancellable, check_cb, &cancelled);
  g_cancellable_cancel (cancellable);
  while (!good.is_done || !bad.is_done || !cancelled.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (good.is_good);
  g_assert_no_error (good.error);
  g_assert_false (bad.is_good);
  g_assert_error (bad.error, LENS_ERROR, LENS_ERROR_FILTER);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&bad.error);
  g_clear_error (&cancelled.error);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bpf/agrees-with-terms", test_agrees_with_terms);
  g_test_add ("/bpf/other-orders", Fixture, NULL, set_up, test_other_orders, tear_down);
  g_test_add ("/bpf/packed-and-cut", Fixture, NULL, set_up, test_packed_and_cut, tear_down);
  g_test_add ("/bpf/changed-file", Fixture, NULL, set_up, test_changed_file, tear_down);
  g_test_add ("/bpf/pipes-are-read-once", Fixture, NULL, set_up, test_pipes_are_read_once, tear_down);
  g_test_add_func ("/bpf/progress-and-cancelling", test_progress_and_cancelling);
  g_test_add ("/bpf/several-links", Fixture, NULL, set_up, test_several_links, tear_down);
  g_test_add_func ("/bpf/byte-order", test_byte_order);
  g_test_add ("/bpf/check", Fixture, NULL, set_up, test_check, tear_down);
  g_test_add_func ("/bpf/check-async", test_check_async);
  return g_test_run ();
}
