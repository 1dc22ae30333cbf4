/* The bursts that a person looks at: of which stream, by which rule, and that they follow the session. */
#include "lens-burst-study.h"
#include "lens-loader.h"
#include "test-tables.h"

#include <glib/gstdio.h>
#include <locale.h>

#define MS G_GINT64_CONSTANT (1000000)

/* A -> B in two bursts, A -> C in one, B -> A nothing but one packet. */
static const TestPacket talk[] = {
  { 0 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { 10 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { 20 * MS, "192.0.2.1", "192.0.2.3", LENS_LAYER_UDP, 1, 2, 10 },
  { 30 * MS, "192.0.2.1", "192.0.2.3", LENS_LAYER_UDP, 1, 2, 10 },
  { 900 * MS, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 2, 1, 10 },
  { 1000 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { 1020 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
  { 1030 * MS, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 100 },
};

static void
wait_for_study (LensSession *session, LensBurstStudy *study)
{
  while (lens_session_get_is_busy (session) || lens_burst_study_get_is_busy (study))
    g_main_context_iteration (NULL, TRUE);
}

static const LensStream *
get_stream (LensBurstStudy *study)
{
  g_assert_nonnull (lens_burst_study_get_analysis (study));
  return lens_analysis_get_stream (lens_burst_study_get_analysis (study));
}

static void
assert_stream (LensBurstStudy *study,
               const char *source,
               const char *destination,
               gsize packets,
               gsize n_bursts)
{
  const LensStream *stream = get_stream (study);
  char text[LENS_ADDRESS_TEXT_SIZE];

  g_assert_cmpstr (lens_address_format (&stream->source, text), ==, source);
  g_assert_cmpstr (lens_address_format (&stream->destination, text), ==, destination);
  g_assert_cmpuint (stream->packets, ==, packets);
  g_assert_cmpuint (stream->n_bursts, ==, n_bursts);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

typedef struct
{
  LensCapture *capture;
  LensSession *session;
  LensBurstStudy *study;
} Desk;

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->capture = test_capture_new (talk, G_N_ELEMENTS (talk));
  desk->session = lens_session_new ();
  desk->study = lens_burst_study_new (desk->session);
  lens_burst_study_set_is_wanted (desk->study, TRUE);
  lens_session_set_capture (desk->session, desk->capture);
  wait_for_study (desk->session, desk->study);
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  g_assert_finalize_object (desk->study);
  g_assert_finalize_object (desk->session);
  lens_capture_unref (desk->capture);
}

static void
test_study_rule (Desk *desk, gconstpointer data)
{
  LensAnalysis *base = lens_session_get_analysis (desk->session);
  LensBurstRule rule = lens_burst_rule_flow ();
  guint n_base = 0;
  guint n_own = 0;
  g_autoptr (LensAnalysis) first = lens_analysis_ref (lens_burst_study_get_analysis (desk->study));

  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
  g_assert_true (lens_analysis_get_selection (first) == lens_analysis_get_selection (base));
  g_assert_nonnull (lens_analysis_get_burst_lanes (first));
  g_assert_null (lens_analysis_get_burst_lanes (base));
  g_signal_connect (desk->session, "notify::analysis", G_CALLBACK (count_cb), &n_base);
  g_signal_connect (desk->study, "notify::analysis", G_CALLBACK (count_cb), &n_own);

  /* Of several in quick succession only the last one comes. */
  lens_burst_study_set_rule (desk->study, &rule);
  rule = lens_burst_rule_micro ();
  lens_burst_study_set_rule (desk->study, &rule);
  rule = (LensBurstRule){ .gap_ns = 15 * MS };
  lens_burst_study_set_rule (desk->study, &rule);
  g_assert_true (lens_burst_study_get_is_busy (desk->study));
  wait_for_study (desk->session, desk->study);
  /* 0 and 10 ms; 1020 and 1030 ms. */
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
  g_assert_cmpint (get_stream (desk->study)->bursts[1].first_ns, ==, 1020 * MS);
  g_assert_cmpuint (n_own, ==, 1);
  g_assert_cmpuint (n_base, ==, 0);
  g_assert_true (lens_session_get_analysis (desk->session) == base);
  g_assert_cmpint (lens_analysis_get_burst_rule (lens_burst_study_get_shown (desk->study))->gap_ns, ==,
                   15 * MS);

  /* The same again is nothing to do. */
  lens_burst_study_set_rule (desk->study, &rule);
  g_assert_false (lens_burst_study_get_is_busy (desk->study));
  /* What was shown before is as it was. */
  g_assert_cmpint (lens_analysis_get_burst_rule (first)->gap_ns, ==, 300 * MS);
}

static void
test_study_stream (Desk *desk, gconstpointer data)
{
  LensAddress a = test_address ("192.0.2.1");
  LensAddress c = test_address ("192.0.2.3");
  LensFilterTerm early = lens_filter_term_time (0, 25 * MS);
  LensFilterTerm late = lens_filter_term_time (1000 * MS, 2000 * MS);
  LensFilterTerm host = lens_filter_term_host (&a);

  lens_burst_study_set_stream (desk->study, &a, &c);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.3", 2, 1);
  g_assert_true (lens_burst_study_has_stream (desk->study));

  /* It stays where only the time changes, also where nothing of it is left. */
  lens_session_add_term (desk->session, &early);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.3", 1, 0);
  lens_session_toggle_only_term (desk->session, &late);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.3", 0, 0);
  g_assert_false (get_stream (desk->study)->is_present);

  /* Other packets of that time: their strongest. */
  lens_session_toggle_only_term (desk->session, &host);
  wait_for_study (desk->session, desk->study);
  g_assert_false (lens_burst_study_has_stream (desk->study));
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 3, 1);

  lens_burst_study_set_stream (desk->study, &a, &c);
  lens_burst_study_set_stream (desk->study, NULL, NULL);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 3, 1);
}

static void
test_study_flow (Desk *desk, gconstpointer data)
{
  const LensFlowKey key = { .protocol = 17, .source_port = 1, .destination_port = 2 };
  const LensFlowKey other = { .protocol = 6, .source_port = 1, .destination_port = 2 };
  LensAddress a = test_address ("192.0.2.1");
  LensAddress c = test_address ("192.0.2.3");
  LensFilterTerm early = lens_filter_term_time (0, 25 * MS);

  lens_burst_study_set_flow (desk->study, &key);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
  g_assert_true (get_stream (desk->study)->is_flow);
  g_assert_true (lens_burst_study_has_stream (desk->study));
  lens_burst_study_set_flow (desk->study, &other);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 0, 0);
  g_assert_cmpuint (get_stream (desk->study)->n_flows, ==, 1);

  /* It stays with the time, and goes with its stream. */
  lens_burst_study_set_flow (desk->study, &key);
  lens_session_add_term (desk->session, &early);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 2, 1);
  g_assert_true (get_stream (desk->study)->is_flow);
  lens_burst_study_set_stream (desk->study, &a, &c);
  wait_for_study (desk->session, desk->study);
  g_assert_false (get_stream (desk->study)->is_flow);
  lens_burst_study_set_flow (desk->study, NULL);
  g_assert_false (lens_burst_study_get_is_busy (desk->study));
}

/* A stream of the lanes that are shown is chosen: they stay, also where it only ends at their host. */
static void
test_study_keeps_lanes (Desk *desk, gconstpointer data)
{
  LensAddress a = test_address ("192.0.2.1");
  LensAddress b = test_address ("192.0.2.2");
  const LensBurstLanes *lanes;

  lens_burst_study_set_stream (desk->study, &b, &a);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.2", "192.0.2.1", 1, 0);
  lanes = lens_analysis_get_burst_lanes (lens_burst_study_get_analysis (desk->study));
  g_assert_true (lens_address_equal (&lanes->host, &a));
  g_assert_cmpuint (lanes->n_lanes, ==, 3);

  /* A stream that isn't one of them brings its own: there is none to itself. */
  lens_burst_study_set_stream (desk->study, &b, &b);
  wait_for_study (desk->session, desk->study);
  lanes = lens_analysis_get_burst_lanes (lens_burst_study_get_analysis (desk->study));
  g_assert_true (lens_address_equal (&lanes->host, &b));
  g_assert_cmpuint (lanes->n_lanes, ==, 2);
}

static void
test_study_follows (Desk *desk, gconstpointer data)
{
  LensAddress b = test_address ("192.0.2.2");
  LensAddress c = test_address ("192.0.2.3");
  LensAddress a = test_address ("192.0.2.1");
  LensFilterTerm back = lens_filter_term_connection (&b, &a);
  LensFilterTerm host = lens_filter_term_host (&c);
  const LensBurstLanes *lanes;

  lens_session_toggle_only_term (desk->session, &back);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.2", "192.0.2.1", 1, 0);
  lens_session_toggle_only_term (desk->session, &host);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.3", 2, 1);
  /* Its lanes are the host's of the filter. */
  lanes = lens_analysis_get_burst_lanes (lens_burst_study_get_analysis (desk->study));
  g_assert_true (lens_address_equal (&lanes->host, &c));
  g_assert_cmpuint (lanes->n_lanes, ==, 1);

  /* While nobody looks nothing is done, and what is out of step is not shown. */
  lens_burst_study_set_is_wanted (desk->study, FALSE);
  lens_session_clear_filter (desk->session);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.3", 2, 1);
  g_assert_true (lens_burst_study_get_shown (desk->study) == lens_session_get_analysis (desk->session));
  lens_burst_study_set_is_wanted (desk->study, TRUE);
  wait_for_study (desk->session, desk->study);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
  g_assert_true (lens_burst_study_get_shown (desk->study) == lens_burst_study_get_analysis (desk->study));

  lens_session_set_capture (desk->session, NULL);
  g_assert_null (lens_burst_study_get_analysis (desk->study));
  g_assert_null (lens_burst_study_get_shown (desk->study));
}

/* What the study's bursts are of, and how many packets the filter lets pass meanwhile. */
static void
assert_scope (Desk *desk, guint64 scope_packets, guint64 packets)
{
  LensAnalysis *analysis;

  wait_for_study (desk->session, desk->study);
  analysis = lens_burst_study_get_analysis (desk->study);
  g_assert_cmpuint (lens_analysis_get_layers (lens_analysis_get_burst_scope (analysis))->all, ==,
                    scope_packets);
  g_assert_cmpuint (lens_analysis_get_layers (analysis)->all, ==, packets);
  g_assert_true (lens_analysis_get_selection (analysis)
                 == lens_analysis_get_selection (lens_session_get_analysis (desk->session)));
}

static void
test_study_select_time (Desk *desk, gconstpointer data)
{
  LensBurst second = get_stream (desk->study)->bursts[1];
  LensBurst first = get_stream (desk->study)->bursts[0];
  LensFilter *filter;

  assert_scope (desk, 8, 8);
  lens_burst_study_select_time (desk->study, second.first_ns, second.last_ns);
  assert_scope (desk, 8, 3);
  filter = lens_session_get_filter (desk->session);
  g_assert_cmpuint (lens_filter_get_n_terms (filter), ==, 1);
  g_assert_cmpint (lens_filter_get_term (filter, 0)->first_ns, ==, 1000 * MS);
  g_assert_cmpint (lens_filter_get_term (filter, 0)->last_ns, ==, 1030 * MS);
  g_assert_true (lens_burst_study_has_stream (desk->study));
  /* The bursts are all there still. */
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
  g_assert_cmpuint (get_stream (desk->study)->bursts[1].payload_bytes, ==, second.payload_bytes);

  /* Another takes its place; the history comes back to it; the same again takes it away. */
  lens_burst_study_select_time (desk->study, first.first_ns, first.last_ns);
  assert_scope (desk, 8, 2);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
  lens_session_go_back (desk->session);
  assert_scope (desk, 8, 3);
  lens_burst_study_select_time (desk->study, second.first_ns, second.last_ns);
  assert_scope (desk, 8, 8);
  g_assert_true (lens_filter_is_empty (lens_session_get_filter (desk->session)));
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 5, 2);
}

/* A span that was there before says what the bursts are of; a time that nobody chose here does, too. */
static void
test_study_select_time_in_a_span (Desk *desk, gconstpointer data)
{
  LensFilterTerm early = lens_filter_term_time (0, 1000 * MS);
  LensFilterTerm port = lens_filter_term_port (LENS_LAYER_UDP, LENS_PORT_SOURCE, 1);
  LensBurst burst;

  lens_session_add_term (desk->session, &early);
  assert_scope (desk, 6, 6);
  burst = get_stream (desk->study)->bursts[0];
  lens_burst_study_select_time (desk->study, burst.first_ns, burst.last_ns);
  assert_scope (desk, 6, 2);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 3, 1);

  /* With one more term it is a filter as any other; without it the burst is the one that was chosen, read anew. */
  lens_session_add_term (desk->session, &port);
  assert_scope (desk, 2, 2);
  assert_stream (desk->study, "192.0.2.1", "192.0.2.2", 2, 1);
  lens_session_go_back (desk->session);
  assert_scope (desk, 6, 2);

  lens_burst_study_select_time (desk->study, burst.first_ns, burst.last_ns);
  assert_scope (desk, 6, 6);
  lens_session_clear_filter (desk->session);
  assert_scope (desk, 8, 8);
}

static void
failed_cb (LensBurstStudy *study, const char *message, gpointer user_data)
{
  g_test_message ("%s", message);
  g_test_fail ();
}

static guint64
count_in_scope (Desk *desk)
{
  LensAnalysis *analysis;

  wait_for_study (desk->session, desk->study);
  analysis = lens_burst_study_get_analysis (desk->study);
  return lens_analysis_get_layers (lens_analysis_get_burst_scope (analysis))->all;
}

/* A copy of a capture's file, which a test may remove. (transfer full): its name */
static char *
copy_capture (const char *name)
{
  g_autofree char *original = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  gsize n_bytes;

  g_close (g_file_open_tmp ("lens-burst-study-XXXXXX.pcap", &path, &error), NULL);
  g_assert_no_error (error);
  g_file_get_contents (original, &bytes, &n_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
  return path;
}

/* Back at a burst that was chosen under a BPF expression, after another filter: its file is not read again. */
static void
test_study_comes_back_to_bpf (Desk *desk, gconstpointer data)
{
  g_autofree char *path = copy_capture ("ring.pcap");
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture
      = lens_loader_load ((const char *const[]){ path, NULL }, NULL, NULL, NULL, &error);
  LensFilterTerm bpf = lens_filter_term_bpf ("udp");
  LensFilterTerm host;
  LensBurst burst;
  guint64 n_in_scope;

  g_assert_no_error (error);
  lens_session_set_capture (desk->session, capture);
  wait_for_study (desk->session, desk->study);
  lens_session_add_term (desk->session, &bpf);
  n_in_scope = count_in_scope (desk);
  burst = get_stream (desk->study)->bursts[0];
  host = lens_filter_term_host (&get_stream (desk->study)->source);
  lens_burst_study_select_time (desk->study, burst.first_ns, burst.last_ns);
  g_assert_cmpuint (count_in_scope (desk), ==, n_in_scope);
  lens_session_add_term (desk->session, &host);
  g_assert_cmpuint (count_in_scope (desk), <, n_in_scope);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_signal_connect (desk->study, "failed", G_CALLBACK (failed_cb), NULL);
  lens_session_go_back (desk->session);
  g_assert_cmpuint (count_in_scope (desk), ==, n_in_scope);
}

static void
test_study_closed_while_busy (void)
{
  g_autoptr (LensCapture) capture = test_capture_new (talk, G_N_ELEMENTS (talk));

  for (guint i = 0; i < 30; i++)
    {
      LensSession *session = lens_session_new ();
      LensBurstStudy *study = lens_burst_study_new (session);
      LensBurstRule rule = lens_burst_rule_flow ();

      lens_session_set_capture (session, capture);
      while (lens_session_get_is_busy (session))
        g_main_context_iteration (NULL, TRUE);
      lens_burst_study_set_is_wanted (study, TRUE);
      lens_burst_study_set_rule (study, &rule);
      g_assert_finalize_object (study);
      g_assert_finalize_object (session);
    }
  for (guint i = 0; i < 20; i++)
    {
      g_usleep (500);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bursts/study/rule", Desk, NULL, desk_set_up, test_study_rule, desk_tear_down);
  g_test_add ("/bursts/study/stream", Desk, NULL, desk_set_up, test_study_stream, desk_tear_down);
  g_test_add ("/bursts/study/keeps-lanes", Desk, NULL, desk_set_up, test_study_keeps_lanes, desk_tear_down);
  g_test_add ("/bursts/study/flow", Desk, NULL, desk_set_up, test_study_flow, desk_tear_down);
  g_test_add ("/bursts/study/follows", Desk, NULL, desk_set_up, test_study_follows, desk_tear_down);
  g_test_add ("/bursts/study/select-time", Desk, NULL, desk_set_up, test_study_select_time, desk_tear_down);
  g_test_add ("/bursts/study/select-time-in-a-span", Desk, NULL, desk_set_up,
              test_study_select_time_in_a_span, desk_tear_down);
  g_test_add ("/bursts/study/comes-back-to-bpf", Desk, NULL, desk_set_up, test_study_comes_back_to_bpf,
              desk_tear_down);
  g_test_add_func ("/bursts/study/closed-while-busy", test_study_closed_while_busy);
  return g_test_run ();
}
