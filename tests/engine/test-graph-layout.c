#include "test-graph-hosts.h"

#include "lens-error.h"
#include "lens-layout.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/wait.h>

#define HELPER_VARIABLE "PACKETLENS_LAYOUT_HELPER"
#define LIMIT_VARIABLE "PACKETLENS_LAYOUT_TIME_LIMIT_MS"

typedef struct
{
  LensPoint *points;
  gsize n_points;
  GError *error;
  gboolean is_done;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->points, g_free);
  g_clear_error (&answer->error);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->points = lens_layout_run_finish (result, &answer->n_points, &answer->error);
  answer->is_done = TRUE;
}

static LensSize *
new_sizes (gsize n, double width, double height)
{
  LensSize *sizes = g_new (LensSize, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    sizes[i] = (LensSize){ width, height };
  return sizes;
}

static Answer
lay_out (LensHostGraph *graph, const LensSize *sizes, LensLayoutEngine engine, GCancellable *cancellable)
{
  Answer answer = { 0 };

  lens_layout_run_async (graph, sizes, engine, cancellable, answer_cb, &answer);
  while (!answer.is_done)
    g_main_context_iteration (NULL, TRUE);
  return answer;
}

static void
assert_apart (const LensPoint *points, const LensSize *sizes, gsize n)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE;

  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (isfinite (points[i].x) && isfinite (points[i].y));
      left = MIN (left, points[i].x - sizes[i].width / 2);
      top = MIN (top, points[i].y - sizes[i].height / 2);
      for (gsize j = 0; j < i; j++)
        g_assert_false (fabs (points[i].x - points[j].x) < (sizes[i].width + sizes[j].width) / 2
                        && fabs (points[i].y - points[j].y) < (sizes[i].height + sizes[j].height) / 2);
    }
  g_assert_cmpfloat_with_epsilon (left, 0, 0.01);
  g_assert_cmpfloat_with_epsilon (top, 0, 0.01);
}

static void
test_engines (void)
{
  const guint n_hosts[] = { 1, 2, 9, 61, 100, 300, 499 };

  for (gsize engine = 0; engine < LENS_N_LAYOUTS; engine++)
    for (gsize i = 0; i < G_N_ELEMENTS (n_hosts); i++)
      for (int is_ipv6 = 0; is_ipv6 < 2; is_ipv6++)
        {
          g_autoptr (LensHostGraph) graph = test_graph_new_hubs (n_hosts[i], 1 + n_hosts[i] / 20, is_ipv6);
          g_autofree LensSize *sizes = new_sizes (n_hosts[i], is_ipv6 ? 260 : 110, 28);
          Answer answer;

          if (n_hosts[i] > lens_layout_engine_get_info (engine)->max_hosts)
            continue;
          answer = lay_out (graph, sizes, engine, NULL);
          g_assert_no_error (answer.error);
          g_assert_cmpuint (answer.n_points, ==, n_hosts[i]);
          assert_apart (answer.points, sizes, n_hosts[i]);
          answer_clear (&answer);
        }
}

/* Two hosts: far enough for a label between them, near enough to be read at one glance. */
static void
test_pair (void)
{
  g_autoptr (LensHostGraph) graph = test_graph_new_hubs (2, 1, FALSE);
  g_autofree LensSize *sizes = new_sizes (2, 110, 28);

  for (gsize engine = 0; engine < LENS_N_LAYOUTS; engine++)
    {
      Answer answer = lay_out (graph, sizes, engine, NULL);
      double apart;

      g_assert_no_error (answer.error);
      apart = hypot (answer.points[0].x - answer.points[1].x, answer.points[0].y - answer.points[1].y);
      g_assert_cmpfloat (apart, >, 150);
      g_assert_cmpfloat (apart, <, 300);
      answer_clear (&answer);
    }
}

/* Hosts that have nothing to do with each other are packed and not thrown apart. */
static void
test_parts (void)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  g_autoptr (LensHostGraph) graph = NULL;
  g_autofree LensSize *sizes = new_sizes (40, 110, 28);
  Answer answer;

  for (guint i = 0; i < 40; i += 2)
    test_totals_add (&totals, test_host_address (i, FALSE), test_host_address (i + 1, FALSE), 5, 5);
  graph = test_totals_to_graph (&totals, &options);
  answer = lay_out (graph, sizes, LENS_LAYOUT_SFDP, NULL);
  g_assert_no_error (answer.error);
  assert_apart (answer.points, sizes, 40);
  for (gsize i = 0; i < 40; i++)
    {
      g_assert_cmpfloat (answer.points[i].x, <, 2000);
      g_assert_cmpfloat (answer.points[i].y, <, 2000);
    }
  answer_clear (&answer);
  test_totals_clear (&totals);
}

static void
test_same_again (void)
{
  g_autoptr (LensHostGraph) graph = test_graph_new_hubs (60, 4, FALSE);
  g_autofree LensSize *sizes = new_sizes (60, 110, 28);

  for (gsize engine = 0; engine < LENS_N_LAYOUTS; engine++)
    {
      Answer first = lay_out (graph, sizes, engine, NULL);
      Answer second = lay_out (graph, sizes, engine, NULL);

      g_assert_cmpmem (first.points, 60 * sizeof (LensPoint), second.points, 60 * sizeof (LensPoint));
      answer_clear (&first);
      answer_clear (&second);
    }
}

static void
test_empty (void)
{
  g_autoptr (LensHostGraph) graph = test_graph_new_hubs (0, 1, FALSE);
  g_autofree LensSize *sizes = new_sizes (0, 1, 1);
  Answer answer = lay_out (graph, sizes, LENS_LAYOUT_SFDP, NULL);

  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.n_points, ==, 0);
  answer_clear (&answer);
}

static void
test_too_many (void)
{
  g_autoptr (LensHostGraph) graph = test_graph_new_hubs (101, 4, FALSE);
  g_autofree LensSize *sizes = new_sizes (101, 110, 28);
  Answer answer = lay_out (graph, sizes, LENS_LAYOUT_CIRCO, NULL);

  g_assert_error (answer.error, LENS_ERROR, LENS_ERROR_LAYOUT);
  g_assert_nonnull (strstr (answer.error->message, "at most 100 hosts"));
  answer_clear (&answer);
}

/* Runs with another helper: a script of these lines, or the program at @helper. */
static Answer
lay_out_with (const char *helper, const char *script, GCancellable *cancellable)
{
  g_autoptr (LensHostGraph) graph = test_graph_new_hubs (2, 1, FALSE);
  g_autofree LensSize *sizes = new_sizes (2, 110, 28);
  g_autofree char *folder = g_dir_make_tmp ("lens-layout-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "helper", NULL);
  g_autofree char *real = g_strdup (g_getenv (HELPER_VARIABLE));
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", script != NULL ? script : "");
  Answer answer;

  if (script != NULL)
    {
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_assert_cmpint (g_chmod (path, 0700), ==, 0);
    }
  g_setenv (HELPER_VARIABLE, script != NULL ? path : helper, TRUE);
  answer = lay_out (graph, sizes, LENS_LAYOUT_SFDP, cancellable);
  g_setenv (HELPER_VARIABLE, real, TRUE);
  g_remove (path);
  g_rmdir (folder);
  return answer;
}

static void
assert_no_children (void)
{
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
}

static void
test_failures (void)
{
  const struct
  {
    const char *helper;
    const char *script;
    const char *says;
  } cases[] = {
    { "/nowhere/packetlens-layout", NULL, "could not be started" },
    { "/bin/false", NULL, "crashed" },
    { NULL, "kill -SEGV $$", "crashed" },
    { NULL, "exit 0", "makes no sense" },
    { NULL, "exec cat", "makes no sense" },
    { NULL, "echo hello", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1\\n2 2\\nend'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1\\n2 2\\nend\\n\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 2\\nnodes 2\\n1 1\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 3\\n1 1\\n2 2\\n3 3\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 nan\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 inf\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 -nan\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1e99\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1e999\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1  1\\n2 2\\nend\\n'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1\\n2 2\\nend\\n\\000'", "makes no sense" },
    { NULL, "printf 'packetlens-layout 1\\nnodes 2\\n1 1\\n2 2\\nend\\n'; exit 3", "crashed" },
    { NULL, "exec yes", "far too much" },
    { NULL, "exec sleep 30", "took longer than 0.4 seconds" },
    { NULL, "sleep 3", "took longer than 0.4 seconds" }, /* its pipe is held by a child of its own */
    { NULL, "exec >&-; exec sleep 30", "took longer than 0.4 seconds" },
  };

  g_setenv (LIMIT_VARIABLE, "400", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 begin = g_get_monotonic_time ();
      Answer answer = lay_out_with (cases[i].helper, cases[i].script, NULL);

      g_assert_null (answer.points);
      g_assert_error (answer.error, LENS_ERROR, LENS_ERROR_LAYOUT);
      if (strstr (answer.error->message, cases[i].says) == NULL)
        g_error ("“%s” says: %s", cases[i].script, answer.error->message);
      g_assert_nonnull (strstr (answer.error->message, "circle"));
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 2500000);
      assert_no_children ();
      answer_clear (&answer);
    }
  g_unsetenv (LIMIT_VARIABLE);
}

/* What the failures above are told from: the same reply, as it should be. */
static void
test_good_reply (void)
{
  Answer answer
      = lay_out_with (NULL, "printf 'packetlens-layout 1\\nnodes 2\\n-100.5 1\\n2e2 -20\\nend\\n'", NULL);

  g_assert_no_error (answer.error);
  g_assert_cmpfloat_with_epsilon (answer.points[0].x, 55, 1e-9);
  g_assert_cmpfloat_with_epsilon (answer.points[0].y, 35, 1e-9);
  g_assert_cmpfloat_with_epsilon (answer.points[1].x, 355.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (answer.points[1].y, 14, 1e-9);
  answer_clear (&answer);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  const guint delays_ms[] = { 0, 1, 50, 200 };

  for (gsize i = 0; i < G_N_ELEMENTS (delays_ms); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 begin = g_get_monotonic_time ();
      Answer answer;

      if (delays_ms[i] == 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add (delays_ms[i], cancel_cb, cancellable);
      answer = lay_out_with (NULL, "exec sleep 30", cancellable);
      g_assert_null (answer.points);
      g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 2500000);
      assert_no_children ();
      answer_clear (&answer);
    }
}

static void
test_requests (void)
{
#define HEAD "packetlens-layout 1\nengine sfdp\n"
  const struct
  {
    const char *request;
    gboolean is_good;
  } cases[] = {
    { HEAD "nodes 2\n110.000 28.000\n110.000 28.000\nedges 1\n0 1 1000\nend\n", TRUE },
    { HEAD "nodes 1\n110.000 28.000\nedges 1\n0 0 1\nend\n", TRUE },
    { "", FALSE },
    { "packetlens-layout 1\n", FALSE },
    { "packetlens-layout 9\nengine sfdp\nnodes 1\n1 1\nedges 0\nend\n", FALSE },
    { "packetlens-layout 1\nengine osage\nnodes 1\n1 1\nedges 0\nend\n", FALSE },
    { "packetlens-layout 1\nengine sfdpx\nnodes 1\n1 1\nedges 0\nend\n", FALSE },
    { HEAD "nodes 0\nedges 0\nend\n", FALSE },
    { HEAD "nodes 501\n", FALSE },
    { HEAD "nodes 18446744073709551617\n1 1\nedges 0\nend\n", FALSE },
    { HEAD "nodes -1\n1 1\nedges 0\nend\n", FALSE },
    { HEAD "nodes 1\n1 nan\nedges 0\nend\n", FALSE },
    { HEAD "nodes 1\n1 0\nedges 0\nend\n", FALSE },
    { HEAD "nodes 1\n1 1e300\nedges 0\nend\n", FALSE },
    { HEAD "nodes 1\n1 1\nedges 1\n0 1 1\nend\n", FALSE },
    { HEAD "nodes 1\n1 1\nedges 1\n0 0 0\nend\n", FALSE },
    { HEAD "nodes 1\n1 1\nedges 1\n0 0 1001\nend\n", FALSE },
    { HEAD "nodes 1\n1 1\nedges 250001\nend\n", FALSE },
    { HEAD "nodes 1\n1 1\nedges 2\n0 0 1\nend\n", FALSE },
    { HEAD "nodes 1\n1 1\nedges 0\nend", FALSE },
    { HEAD "nodes 1\n1 1\nedges 0\nend\n\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocess) helper
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL,
                              g_getenv (HELPER_VARIABLE), NULL);
      g_autofree char *reply = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (helper, cases[i].request, NULL, &reply, NULL, NULL));
      g_assert_true (g_subprocess_get_if_exited (helper));
      if (g_subprocess_get_exit_status (helper) != (cases[i].is_good ? 0 : 1))
        g_error ("Exit status %d for: %s", g_subprocess_get_exit_status (helper), cases[i].request);
      g_assert_cmpint (g_str_has_prefix (reply, "packetlens-layout 1\nnodes "), ==, cases[i].is_good);
      g_assert_true (cases[i].is_good || reply[0] == '\0');
    }
#undef HEAD
}

static void
test_circle (void)
{
  const gsize n_hosts[] = { 0, 1, 2, 3, 5, 9, 60, 500 };

  for (gsize i = 0; i < G_N_ELEMENTS (n_hosts); i++)
    {
      g_autofree LensSize *sizes = new_sizes (n_hosts[i], i % 2 ? 260 : 110, 28);
      g_autofree LensPoint *points = lens_layout_circle (n_hosts[i], sizes);

      g_assert_nonnull (points);
      if (n_hosts[i] > 0)
        assert_apart (points, sizes, n_hosts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-layout/engines", test_engines);
  g_test_add_func ("/graph-layout/pair", test_pair);
  g_test_add_func ("/graph-layout/parts", test_parts);
  g_test_add_func ("/graph-layout/same-again", test_same_again);
  g_test_add_func ("/graph-layout/empty", test_empty);
  g_test_add_func ("/graph-layout/too-many", test_too_many);
  g_test_add_func ("/graph-layout/failures", test_failures);
  g_test_add_func ("/graph-layout/good-reply", test_good_reply);
  g_test_add_func ("/graph-layout/cancel", test_cancel);
  g_test_add_func ("/graph-layout/requests", test_requests);
  g_test_add_func ("/graph-layout/circle", test_circle);
  return g_test_run ();
}
