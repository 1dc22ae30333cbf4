/* The rows that expressions found: kept, and read for no more than is new. */
#include "lens-error.h"
#include "lens-row-sets.h"
#include "test-bpf.h"
#include "test-capture-bytes.h"

#include <locale.h>
#include <string.h>

/* What was found is not read for again, until so many others were that it is forgotten. */
static void
test_sets_are_kept (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) ring = test_read_ring ();
  g_autofree char *path = test_folder_write (fixture->folder, "ring.pcap", ring->data, ring->len);
  g_autoptr (LensCapture) capture = load (path, NULL);
  g_autoptr (LensRowSets) sets = lens_row_sets_new (capture);
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  LensFilterTerm tcp = lens_filter_term_bpf ("tcp");
  LensFilterTerm off = lens_filter_term_bpf ("no expression");
  g_autoptr (LensFilter) with_off = NULL;
  g_autoptr (LensFilter) filter = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensRowSet) first = lens_row_sets_find (sets, "tcp", NULL, NULL, &error);

  off.is_off = TRUE;
  with_off = lens_filter_with_term (everything, &off);
  filter = lens_filter_with_term (with_off, &tcp);
  for (guint i = 0; i + 1 < LENS_ROW_SETS_MAX_KEPT; i++)
    {
      g_autofree char *expression = g_strdup_printf ("tcp port %u", i);
      g_autoptr (LensRowSet) other = lens_row_sets_find (sets, expression, NULL, NULL, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  found = lens_row_sets_find_for_filter (sets, filter, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (found->pdata[0] == first);

  g_free (test_folder_write (fixture->folder, "ring.pcap", ring->data, ring->len));
  lens_row_set_unref (lens_row_sets_find (sets, "udp", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_null (lens_row_sets_find (sets, "tcp port 0", NULL, NULL, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_OPEN);
}

/* Where a record of a little-endian pcap ends, at @from or after it. */
static gsize
find_record_end (const GByteArray *pcap, gsize from)
{
  gsize end = 24;

  while (end < from)
    {
      const guint8 *length = pcap->data + end + 8;

      end += 16 + (length[0] | (gsize) length[1] << 8);
    }
  return end;
}

/* Of a capture that grows only what is new is read: what was there may be nonsense by now. */
static void
check_grown (Fixture *fixture, gboolean is_swapped)
{
  const gsize n_header = 24;
  const gsize n_damaged = 3000;
  g_autoptr (GByteArray) ring = test_read_ring ();
  gsize n_first = 40000;
  g_autofree char *path = NULL;
  g_autoptr (LensCapture) before = NULL;
  g_autoptr (LensCapture) after = NULL;
  g_autoptr (LensRowSets) sets = NULL;
  g_autoptr (LensRowSets) grown = NULL;
  g_autoptr (LensRowSet) first = NULL;
  g_autoptr (LensRowSet) rows = NULL;
  g_autoptr (LensRowSet) expected = NULL;
  g_autoptr (GError) error = NULL;

  /* Seconds of the first record: it goes behind all others. */
  if (is_swapped)
    ring->data[n_header + 3] += 1;
  n_first = find_record_end (ring, n_first);
  path = test_folder_write (fixture->folder, "growing.pcap", ring->data, n_first);
  before = load (path, NULL);
  sets = lens_row_sets_new (before);
  first = lens_row_sets_find (sets, "udp", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lens_row_set_count (first), >, 0);

  g_free (test_folder_write (fixture->folder, "growing.pcap", ring->data, ring->len));
  after = load (path, NULL);
  g_assert_cmpuint (lens_capture_get_n_packets (after), >, lens_capture_get_n_packets (before));
  expected = pass (after, "udp");
  memset (ring->data + n_header, 0xff, n_damaged);
  g_free (test_folder_write (fixture->folder, "growing.pcap", ring->data, ring->len));
  grown = lens_row_sets_new_grown (after, sets);
  rows = lens_row_sets_find (grown, "udp", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->n_rows, ==, expected->n_rows);
  for (gsize row = 0; row < rows->n_rows; row++)
    g_assert_true (lens_row_set_has (rows, row) == lens_row_set_has (expected, row));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_only_what_is_new_is_read (Fixture *fixture, gconstpointer user_data)
{
  check_grown (fixture, FALSE);
  check_grown (fixture, TRUE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/row-sets/only-what-is-new-is-read", Fixture, NULL, set_up, test_only_what_is_new_is_read,
              tear_down);
  g_test_add ("/row-sets/sets-are-kept", Fixture, NULL, set_up, test_sets_are_kept, tear_down);
  return g_test_run ();
}
