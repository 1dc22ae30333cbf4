/* What a session shows of a capture, and the way back through its filters. */
#include "test-session.h"

#include <locale.h>

static void
test_open (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);
  g_assert_null (lens_session_get_analysis (session));
  lens_session_set_capture (session, capture);
  g_assert_true (lens_session_get_is_busy (session));
  g_assert_null (lens_session_get_analysis (session));
  wait_until_done (session);

  g_assert_cmpuint (packets_shown (session), ==, 3);
  g_assert_true (lens_session_get_whole (session) == lens_session_get_analysis (session));
  g_assert_cmpuint (count_of (counts, "capture"), ==, 1);
  g_assert_cmpuint (count_of (counts, "analysis"), ==, 1);
  g_assert_cmpuint (count_of (counts, "whole"), ==, 1);
  g_assert_cmpuint (count_of (counts, "is-busy"), ==, 2);
  g_assert_cmpuint (count_of (counts, "filter"), ==, 0);

  lens_session_set_capture (session, NULL);
  g_assert_null (lens_session_get_analysis (session));
  g_assert_null (lens_session_get_whole (session));
  g_assert_null (lens_session_get_capture (session));
  g_assert_finalize_object (session);
}

static void
test_filter_and_history (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm third = host_term ("192.0.2.3");
  LensFilterTerm second = host_term ("192.0.2.2");

  lens_session_set_capture (session, capture);
  wait_until_done (session);
  lens_session_toggle_only_term (session, &third);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &third));
  /* What is shown stays until the new figures are there. */
  g_assert_cmpuint (packets_shown (session), ==, 3);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  g_assert_cmpuint (lens_analysis_get_layers (lens_session_get_whole (session))->all, ==, 3);
  g_assert_true (lens_filter_equal (lens_analysis_get_filter (lens_session_get_analysis (session)),
                                    lens_session_get_filter (session)));

  lens_session_toggle_only_term (session, &second);
  g_assert_cmpuint (lens_filter_get_n_terms (lens_session_get_filter (session)), ==, 1);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  g_assert_true (lens_session_get_can_go_back (session));
  g_assert_false (lens_session_get_can_go_forward (session));

  lens_session_go_back (session);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  g_assert_true (lens_session_get_can_go_forward (session));
  lens_session_go_back (session);
  /* Everything is known already. */
  g_assert_false (lens_session_get_is_busy (session));
  g_assert_cmpuint (packets_shown (session), ==, 3);
  g_assert_false (lens_session_get_can_go_back (session));
  lens_session_go_back (session);
  lens_session_go_forward (session);
  lens_session_go_forward (session);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  g_assert_false (lens_session_get_can_go_forward (session));

  /* The same filter again is no step; the only term toggled again is none at all. */
  lens_session_add_term (session, &second);
  g_assert_false (lens_session_get_is_busy (session));
  lens_session_toggle_only_term (session, &second);
  g_assert_true (lens_filter_is_empty (lens_session_get_filter (session)));
  g_assert_cmpuint (packets_shown (session), ==, 3);
  g_assert_finalize_object (session);
}

/* Several steps at once, as from a list of them. */
static void
test_steps (void)
{
  static const char *const addresses[] = { "192.0.2.1", "192.0.2.2", "192.0.2.3" };
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm terms[G_N_ELEMENTS (addresses)];

  lens_session_set_capture (session, capture);
  g_assert_null (lens_session_get_step (session, -1));
  g_assert_null (lens_session_get_step (session, 1));
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      terms[i] = host_term (addresses[i]);
      lens_session_toggle_only_term (session, &terms[i]);
    }
  g_assert_true (lens_filter_has_term (lens_session_get_step (session, -1), &terms[1]));
  g_assert_true (lens_filter_has_term (lens_session_get_step (session, -2), &terms[0]));
  g_assert_true (lens_filter_is_empty (lens_session_get_step (session, -3)));
  g_assert_null (lens_session_get_step (session, -4));
  g_assert_null (lens_session_get_step (session, 0));

  lens_session_go (session, -2);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &terms[0]));
  g_assert_true (lens_filter_has_term (lens_session_get_step (session, 1), &terms[1]));
  g_assert_true (lens_filter_has_term (lens_session_get_step (session, 2), &terms[2]));
  lens_session_go (session, 2);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &terms[2]));
  g_assert_false (lens_session_get_can_go_forward (session));
  /* No farther than there is. */
  lens_session_go (session, -100);
  g_assert_true (lens_filter_is_empty (lens_session_get_filter (session)));
  g_assert_false (lens_session_get_can_go_back (session));
  lens_session_go (session, 0);
  g_assert_true (lens_filter_is_empty (lens_session_get_filter (session)));
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 3);
  g_assert_finalize_object (session);
}

static void
test_terms (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm third = host_term ("192.0.2.3");
  LensFilterTerm second = host_term ("192.0.2.2");

  lens_session_set_capture (session, capture);
  lens_session_add_term (session, &third);
  lens_session_add_term (session, &second);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 3);
  lens_session_remove_term (session, &second);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  /* With two terms a toggle leaves the one. */
  lens_session_add_term (session, &second);
  lens_session_toggle_only_term (session, &third);
  g_assert_cmpuint (lens_filter_get_n_terms (lens_session_get_filter (session)), ==, 1);
  lens_session_clear_filter (session);
  wait_until_done (session);
  g_assert_true (lens_session_get_analysis (session) == lens_session_get_whole (session));
  g_assert_finalize_object (session);
}

/* Many filters, none waited for: only the last one's figures are ever shown. */
static void
test_quick_succession (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  LensFilterTerm third = host_term ("192.0.2.3");
  LensFilterTerm second = host_term ("192.0.2.2");

  lens_session_set_capture (session, capture);
  wait_until_done (session);
  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);
  for (guint i = 0; i < 500; i++)
    lens_session_toggle_only_term (session, i % 2 == 0 ? &second : &third);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  g_assert_cmpuint (count_of (counts, "analysis"), ==, 1);
  g_assert_cmpuint (count_of (counts, "filter"), ==, 500);
  g_assert_cmpuint (count_of (counts, "is-busy"), ==, 2);

  /* Results that were on their way do not come later. */
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (200);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (count_of (counts, "analysis"), ==, 1);
  g_assert_finalize_object (session);
}

static void
test_capture_swapped_while_busy (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) first = test_capture_new (rows, 3);
  g_autoptr (LensCapture) second = test_capture_new (rows, 2);
  LensFilterTerm third = host_term ("192.0.2.3");

  lens_session_set_capture (session, first);
  lens_session_add_term (session, &third);
  lens_session_set_capture (session, second);
  g_assert_true (lens_filter_is_empty (lens_session_get_filter (session)));
  g_assert_false (lens_session_get_can_go_back (session));
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  g_assert_true (lens_analysis_get_capture (lens_session_get_analysis (session)) == second);
  g_assert_true (lens_analysis_get_capture (lens_session_get_whole (session)) == second);

  lens_session_add_term (session, &third);
  lens_session_set_capture (session, NULL);
  g_assert_false (lens_session_get_is_busy (session));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (lens_session_get_analysis (session));
  g_assert_finalize_object (session);
}

static void
test_burst_rule (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm third = host_term ("192.0.2.3");
  LensBurstRule rule = { .gap_ns = 2, .size_bytes = 7 };

  lens_session_set_capture (session, capture);
  lens_session_add_term (session, &third);
  wait_until_done (session);
  g_assert_cmpuint (lens_analysis_get_top_stream (lens_session_get_analysis (session))->rule.size_bytes, ==,
                    55);
  lens_session_set_burst_rule (session, &rule);
  g_assert_true (lens_session_get_is_busy (session));
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  g_assert_cmpuint (lens_analysis_get_top_stream (lens_session_get_analysis (session))->rule.size_bytes, ==,
                    7);
  g_assert_cmpuint (lens_analysis_get_top_stream (lens_session_get_whole (session))->rule.size_bytes, ==, 7);
  lens_session_set_burst_rule (session, &rule);
  g_assert_false (lens_session_get_is_busy (session));
  g_assert_finalize_object (session);
}

static void
test_closed_while_busy (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));

  for (guint i = 0; i < 50; i++)
    {
      LensSession *session = lens_session_new ();

      lens_session_set_capture (session, capture);
      g_assert_finalize_object (session);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (500);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* The selected time stays while one looks at one host after the other. */
static void
test_toggle_keeps_time (void)
{
  LensSession *session = lens_session_new ();
  LensFilterTerm time = lens_filter_term_time (1, 2);
  LensFilterTerm third = host_term ("192.0.2.3");
  LensFilterTerm second = host_term ("192.0.2.2");
  LensFilter *filter;

  lens_session_add_term (session, &time);
  lens_session_add_term (session, &third);
  lens_session_toggle_only_term (session, &second);
  filter = lens_session_get_filter (session);
  g_assert_cmpuint (lens_filter_get_n_terms (filter), ==, 2);
  g_assert_true (lens_filter_has_term (filter, &time));
  g_assert_true (lens_filter_has_term (filter, &second));
  lens_session_toggle_only_term (session, &second);
  filter = lens_session_get_filter (session);
  g_assert_cmpuint (lens_filter_get_n_terms (filter), ==, 1);
  g_assert_true (lens_filter_has_term (filter, &time));
  g_assert_finalize_object (session);
}

/* A capture that grows under a filter: filter and history stay, what is shown stays until there is more, and the latest is shown in the end, however
 * often it grew while an analysis was under way. */
static void
test_update_capture (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) first = test_capture_new (rows, 1);
  g_autoptr (LensCapture) second = test_capture_new (rows, 2);
  g_autoptr (LensCapture) third = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  LensFilterTerm host = host_term ("192.0.2.1");

  lens_session_set_capture (session, first);
  wait_until_done (session);
  lens_session_add_term (session, &host);
  wait_until_done (session);
  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);

  lens_session_update_capture (session, second);
  g_assert_true (lens_session_get_capture (session) == second);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  lens_session_update_capture (session, third);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 3);
  g_assert_cmpuint (lens_analysis_get_layers (lens_session_get_whole (session))->all, ==, 3);
  g_assert_cmpuint (count_of (counts, "capture"), ==, 2);
  g_assert_cmpuint (count_of (counts, "filter"), ==, 0);
  g_assert_cmpuint (count_of (counts, "is-busy"), ==, 2);
  g_assert_true (lens_filter_has_term (lens_session_get_filter (session), &host));
  g_assert_true (lens_session_get_can_go_back (session));
  g_assert_finalize_object (session);
}

/* The first @n of the rows, of a pipe that brings more. */
static LensCapture *
growing_capture_new (gsize n)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);

  for (gsize i = 0; i < n; i++)
    test_append (builder, &rows[i]);
  g_ptr_array_add (files, lens_capture_file_new ("hand-built.pcap"));
  return lens_capture_new (lens_packet_table_builder_freeze (builder), files, TRUE);
}

/* Grows twice while an analysis is under way, the second time to @last. Returns how many analyses of everything were shown. */
static guint
count_shown (LensCapture *last, const LensFilterTerm *term)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) first = growing_capture_new (1);
  g_autoptr (LensCapture) second = growing_capture_new (2);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  lens_session_set_capture (session, first);
  wait_until_done (session);
  if (term != NULL)
    lens_session_add_term (session, term);
  wait_until_done (session);
  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), counts);
  lens_session_update_capture (session, second);
  lens_session_update_capture (session, last);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, G_N_ELEMENTS (rows));
  g_assert_cmpuint (lens_analysis_get_layers (lens_session_get_whole (session))->all, ==,
                    G_N_ELEMENTS (rows));
  g_assert_finalize_object (session);
  return count_of (counts, "whole");
}

/* What is worked out of a capture that grows is shown; not where all of it is there meanwhile. */
static void
test_update_capture_to_all (void)
{
  g_autoptr (LensCapture) growing = growing_capture_new (G_N_ELEMENTS (rows));
  g_autoptr (LensCapture) all = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm host = host_term ("192.0.2.1");

  g_assert_cmpuint (count_shown (growing, NULL), ==, 2);
  g_assert_cmpuint (count_shown (all, NULL), ==, 1);
  /* What is read again for a filter is never begun anew. */
  g_assert_cmpuint (count_shown (all, &host), ==, 2);
}

/* A term that is off or on, turned round or not; what changes nothing is not worked out again. */
static void
test_states_of_terms (void)
{
  LensSession *session = lens_session_new ();
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensFilterTerm third = host_term ("192.0.2.3");
  LensFilterTerm second = host_term ("192.0.2.2");

  lens_session_set_capture (session, capture);
  lens_session_add_term (session, &third);
  wait_until_done (session);
  lens_session_set_term_inverted (session, &third, TRUE);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  lens_session_set_term_enabled (session, &third, FALSE);
  g_assert_true (lens_session_get_analysis (session) == lens_session_get_whole (session));
  g_assert_false (lens_session_get_is_busy (session));
  lens_session_add_term (session, &second);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  lens_session_remove_term (session, &third);
  g_assert_false (lens_session_get_is_busy (session));
  g_assert_cmpuint (lens_filter_get_n_terms (lens_session_get_filter (session)), ==, 1);

  /* Back to where the third was off, then on, then as it was first. */
  lens_session_go_back (session);
  g_assert_false (lens_session_get_is_busy (session));
  g_assert_nonnull (lens_filter_find_term (lens_session_get_filter (session), &third));
  lens_session_go_back (session);
  lens_session_go_back (session);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 2);
  lens_session_go_back (session);
  wait_until_done (session);
  g_assert_cmpuint (packets_shown (session), ==, 1);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/open", test_open);
  g_test_add_func ("/session/filter-and-history", test_filter_and_history);
  g_test_add_func ("/session/steps", test_steps);
  g_test_add_func ("/session/terms", test_terms);
  g_test_add_func ("/session/quick-succession", test_quick_succession);
  g_test_add_func ("/session/capture-swapped-while-busy", test_capture_swapped_while_busy);
  g_test_add_func ("/session/burst-rule", test_burst_rule);
  g_test_add_func ("/session/closed-while-busy", test_closed_while_busy);
  g_test_add_func ("/session/update-capture", test_update_capture);
  g_test_add_func ("/session/update-capture-to-all", test_update_capture_to_all);
  g_test_add_func ("/session/toggle-keeps-time", test_toggle_keeps_time);
  g_test_add_func ("/session/states-of-terms", test_states_of_terms);
  return g_test_run ();
}
