/* The analysis where memory runs out in it: after more and more address space, each time anew, until there is enough. */
#include "lens-error.h"
#include "lens-session.h"
#include "test-tables.h"

#include <locale.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#define N_FLOWS 50000u
#define MIB ((rlim_t) 1 << 20)

/* The most memory for the packets: each is a flow of two hosts of its own, and a second one makes it a burst. */
static LensCapture *
make_capture (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();

  for (guint i = 0; i < N_FLOWS; i++)
    {
      char source[16], destination[16];
      TestPacket row = { (gint64) i * 1000000000, source, destination, LENS_LAYER_UDP, 53, 53, 100 };

      g_snprintf (source, sizeof source, "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
      g_snprintf (destination, sizeof destination, "11.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
      test_append (builder, &row);
    }
  /* One stream of as many bursts of two. */
  for (guint i = 0; i < 2 * N_FLOWS; i++)
    {
      TestPacket row = { (gint64) (N_FLOWS + i / 2) * 1000000000 + i % 2,
                         "192.0.2.1",
                         "192.0.2.2",
                         LENS_LAYER_UDP,
                         53,
                         53,
                         1000 };

      test_append (builder, &row);
    }
  return lens_capture_new_for_path (lens_packet_table_builder_freeze (builder), "many.pcap");
}

static rlim_t
get_address_space (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  return (rlim_t) g_ascii_strtoull (text, NULL, 10) * (rlim_t) sysconf (_SC_PAGESIZE);
}

static void
limit_address_space (rlim_t n_bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  limit.rlim_cur = MIN (n_bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
}

static void
test_less_and_less (void)
{
  g_autoptr (LensCapture) capture = make_capture ();
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  LensBurstRule rule = lens_burst_rule_default ();
  g_autoptr (LensAnalysis) analysis = NULL;
  guint n_refused = 0;

  for (rlim_t more = MIB / 2; analysis == NULL; more += MAX (MIB / 2, more / 16))
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (more, <, 1024 * MIB);
      malloc_trim (0);
      limit_address_space (get_address_space () + more);
      analysis = lens_analysis_new (capture, everything, &rule, NULL, &error);
      limit_address_space (RLIM_INFINITY);
      if (analysis != NULL)
        break;
      n_refused++;
      g_assert_error (error, LENS_ERROR, LENS_ERROR_LIMIT);
      g_assert_cmpstr (error->message, ==,
                       "There is not enough memory to work out the figures of 150,000 packets. Close other "
                       "programs, or open a part of the capture.");
    }
  g_test_message ("%u times refused", n_refused);
  g_assert_cmpuint (n_refused, >, 10); /* at about every allocation */
  g_assert_cmpuint (lens_analysis_get_layers (analysis)->udp, ==, 3 * N_FLOWS);
  g_assert_cmpuint (lens_analysis_get_top_stream (analysis)->n_bursts, ==, N_FLOWS);
}

static void
failed_cb (LensSession *session, const char *message, gpointer user_data)
{
  guint *n_failed = user_data;

  g_assert_true (g_str_has_prefix (message, "There is not enough memory to work out the figures"));
  *n_failed += 1;
}

static void
wait_until_done (LensSession *session)
{
  while (lens_session_get_is_busy (session))
    g_main_context_iteration (NULL, TRUE);
}

/* The session says so, shows what it has shown, and goes on once there is memory. */
static void
test_session (void)
{
  g_autoptr (LensSession) session = lens_session_new ();
  g_autoptr (LensCapture) capture = make_capture ();
  LensAddress address = test_address ("192.0.2.1");
  LensFilterTerm term = lens_filter_term_host (&address);
  LensAnalysis *before;
  guint n_failed = 0;

  g_signal_connect (session, "failed", G_CALLBACK (failed_cb), &n_failed);
  lens_session_set_capture (session, capture);
  wait_until_done (session);
  before = lens_session_get_analysis (session);
  g_assert_nonnull (before);

  malloc_trim (0);
  limit_address_space (get_address_space () + 4 * MIB);
  lens_session_add_term (session, &term);
  wait_until_done (session);
  limit_address_space (RLIM_INFINITY);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_true (lens_session_get_analysis (session) == before);

  lens_session_clear_filter (session);
  lens_session_go_back (session);
  wait_until_done (session);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_cmpuint (lens_analysis_get_layers (lens_session_get_analysis (session))->all, ==, 2 * N_FLOWS);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  /* What is large is asked of the system each time, and not taken from what was freed, or set aside for a thread. */
  g_assert_true (mallopt (M_ARENA_MAX, 1));
  g_assert_true (mallopt (M_MMAP_THRESHOLD, 128 * 1024));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis-memory/less-and-less", test_less_and_less);
  g_test_add_func ("/analysis-memory/session", test_session);
  return g_test_run ();
}
