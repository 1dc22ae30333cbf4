/* Filters of a session that take their time: tried one after the other, a span of time that moves, and expressions, for which the
 * file is read. */
#include "lens-error.h"
#include "lens-loader.h"
#include "test-session.h"

#include <glib/gstdio.h>
#include <locale.h>

static guint64
packets_tried (LensSession *session, const LensFilterTerm *term)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = lens_filter_with_term (empty, term);

  lens_session_try_filter (session, filter);
  wait_until_done (session);
  return packets_shown (session);
}

/* Filters that are tried are shown like any; the history has one step for all of them. */
static void
test_try_filter (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  LensFilterTerm first = lens_filter_term_time (1, 1);
  LensFilterTerm two = lens_filter_term_time (1, 2);
  LensFilterTerm last = lens_filter_term_time (3, 3);
  LensFilterTerm host = host_term ("192.0.2.3");

  lens_session_set_capture (session, capture);
  wait_until_done (session);
  lens_session_add_term (session, &host);
  wait_until_done (session);
  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);

  g_assert_cmpuint (packets_tried (session, &first), ==, 1);
  g_assert_cmpuint (packets_tried (session, &two), ==, 2);
  g_assert_cmpuint (packets_tried (session, &last), ==, 1);
  lens_session_keep_filter (session);
  lens_session_keep_filter (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &last));
  lens_session_go_back (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &host));
  lens_session_go_forward (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &last));

  /* In vain: there is still the way back to the host, and no step more. */
  wait_until_done (session);
  g_assert_cmpuint (packets_tried (session, &two), ==, 2);
  lens_session_drop_filter (session);
  wait_until_done (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &last));
  g_assert_cmpuint (packets_shown (session), ==, 1);
  lens_session_drop_filter (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &last));
  lens_session_go_back (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &host));

  /* Going back, and setting a filter, keep first. */
  wait_until_done (session);
  g_assert_cmpuint (packets_tried (session, &first), ==, 1);
  lens_session_go_back (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &host));
  g_assert_true (lens_session_get_can_go_forward (session));
  wait_until_done (session);
  g_assert_cmpuint (packets_tried (session, &two), ==, 2);
  lens_session_clear_filter (session);
  lens_session_go_back (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &two));
  lens_session_go_back (session);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &host));

  /* Back where it began is no step. */
  wait_until_done (session);
  g_assert_cmpuint (packets_tried (session, &first), ==, 1);
  g_assert_cmpuint (packets_tried (session, &host), ==, 1);
  lens_session_keep_filter (session);
  lens_session_go_back (session);
  g_assert_true (lens_filter_is_empty (lens_session_get_filter (session)));
  g_assert_finalize_object (session);
}

/* While a span of time moves, what it is a part of is counted once. */
static void
test_span_moves (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm time = lens_filter_term_time (1, 2);
  LensFilterTerm later = lens_filter_term_time (2, 3);
  LensFilterTerm host = host_term ("192.0.2.3");
  const LensTimeBins *all;
  const LensTimeBins *of_host;

  lens_session_set_capture (session, capture);
  wait_until_done (session);
  all = lens_analysis_get_time_bins (lens_session_get_whole (session));
  lens_session_add_term (session, &time);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  g_assert_true (lens_analysis_get_time_bins (lens_session_get_analysis (session)) == all);

  lens_session_add_term (session, &host);
  wait_until_done (session);
  of_host = lens_analysis_get_time_bins (lens_session_get_analysis (session));
  g_assert_true (of_host != all);
  g_assert_cmpuint (packets_shown (session), ==, 0);
  /* The host's packet is outside of the span, and seen. */
  g_assert_cmpuint (of_host->bins[lens_time_bins_find (of_host, 3)].packets, ==, 1);
  g_assert_cmpuint (of_host->bins[lens_time_bins_find (of_host, 1)].packets, ==, 0);

  lens_session_remove_term (session, &time);
  lens_session_add_term (session, &later);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  g_assert_true (lens_analysis_get_time_bins (lens_session_get_analysis (session)) == of_host);
  g_assert_finalize_object (session);
}

static LensCapture *
load_copy_of_ring (const char *path)
{
  g_autofree char *ring = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "ring.pcap", NULL);
  const char *const paths[] = { path, NULL };
  g_autofree char *bytes = NULL;
  gsize n_bytes;
  LensCapture *capture;

  g_assert_true (g_file_get_contents (ring, &bytes, &n_bytes, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) n_bytes, NULL));
  capture = lens_loader_load (paths, NULL, NULL, NULL, NULL);
  g_assert_nonnull (capture);
  return capture;
}

static void
reading_cb (LensSession *session, GParamSpec *pspec, gpointer user_data)
{
  gdouble *largest = user_data;
  gdouble fraction;

  g_object_get (session, "reading-fraction", &fraction, NULL);
  g_assert_cmpfloat (fraction, ==, lens_session_get_reading_fraction (session));
  g_assert_cmpfloat (fraction, <=, 1.0);
  *largest = MAX (*largest, fraction);
}

/* The file is read for an expression, with progress, and not again when other terms change; what goes wrong is said, what is shown stays, and
 * the next filter is as good as ever. */
static void
test_bpf (void)
{
  LensSession *session = lens_session_new ();
  g_autofree char *folder = g_dir_make_tmp ("lens-session-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ring.pcap", NULL);
  g_autoptr (LensCapture) capture = load_copy_of_ring (path);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  LensFilterTerm host = host_term ("192.168.24.221");
  LensFilterTerm tcp = lens_filter_term_bpf ("tcp");
  LensFilterTerm udp = lens_filter_term_bpf ("udp");
  LensAnalysis *before;
  g_autoptr (GError) error = NULL;
  gdouble largest = -1.0;

  lens_session_set_capture (session, capture);
  wait_until_done (session);
  g_signal_connect (session, "notify::reading-fraction", G_CALLBACK (reading_cb), &largest);
  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);
  lens_session_add_term (session, &tcp);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 610);
  g_assert_cmpfloat (largest, >=, 0.0);
  g_assert_cmpfloat (lens_session_get_reading_fraction (session), <, 0.0);
  g_assert_null (lens_session_get_filter_error (session));

  g_assert_cmpint (g_remove (path), ==, 0);
  lens_session_add_term (session, &host);
  wait_until_done (session);
  before = lens_session_get_analysis (session);
  g_assert_true (lens_filter_has_term (lens_analysis_get_filter (before), &host));
  g_assert_null (lens_session_get_filter_error (session));

  lens_session_add_term (session, &udp);
  wait_until_done (session);
  g_object_get (session, "filter-error", &error, NULL);
  g_assert_error (error, LENS_ERROR, LENS_ERROR_OPEN);
  g_assert_true (lens_session_get_analysis (session) == before);
  g_assert_cmpuint (count_of (counts, "filter-error"), ==, 1);

  lens_session_go_back (session);
  wait_until_done (session);
  g_assert_null (lens_session_get_filter_error (session));
  g_assert_cmpuint (count_of (counts, "filter-error"), ==, 2);
  g_assert_true (lens_filter_has_term (lens_analysis_get_filter (lens_session_get_analysis (session)), &tcp));
  g_assert_finalize_object (session);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A pass over the file that is no longer wanted is dropped at once, whatever comes of it. */
static void
test_bpf_in_quick_succession (void)
{
  LensSession *session = lens_session_new ();
  g_autofree char *folder = g_dir_make_tmp ("lens-session-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ring.pcap", NULL);
  g_autoptr (LensCapture) capture = load_copy_of_ring (path);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  lens_session_set_capture (session, capture);
  wait_until_done (session);
  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);
  for (guint port = 0; port < 100; port++)
    {
      g_autofree char *expression = g_strdup_printf ("port %u", port);
      LensFilterTerm term = lens_filter_term_bpf (port < 99 ? expression : "tcp");

      lens_session_toggle_only_term (session, &term);
    }
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 610);
  g_assert_cmpuint (count_of (counts, "analysis"), ==, 1);
  g_assert_cmpfloat (lens_session_get_reading_fraction (session), <, 0.0);
  g_assert_finalize_object (session);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/try-filter", test_try_filter);
  g_test_add_func ("/session/span-moves", test_span_moves);
  g_test_add_func ("/session/bpf", test_bpf);
  g_test_add_func ("/session/bpf-in-quick-succession", test_bpf_in_quick_succession);
  return g_test_run ();
}
