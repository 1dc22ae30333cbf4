/* Graphs made on a worker are what they are on the calling thread, whatever becomes of what they were asked for with. */
#include "test-graph-hosts.h"
#include "test-tables.h"

#include <gio/gio.h>

static const TestPacket rows[] = {
  { 1, "10.0.0.1", "10.0.0.2", LENS_LAYER_TCP, 1000, 80, 100 },
  { 2, "10.0.0.2", "10.0.0.1", LENS_LAYER_TCP, 80, 1000, 900 },
  { 3, "10.0.0.1", "10.0.0.3", LENS_LAYER_UDP, 53, 53, 40 },
  { 4, "2001:db8::1", "2001:db8::2", LENS_LAYER_UDP, 53, 53, 30 },
};

typedef struct
{
  gboolean is_made;
  LensHostGraph *graph;
} Made;

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(Made *) user_data = (Made){ TRUE, lens_host_graph_new_finish (result) };
}

/* The analysis and the options are gone before the graph is there. */
static LensHostGraph *
make (GCancellable *cancellable)
{
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensAddress weakest = test_address ("2001:db8::2");
  LensCapture *capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  LensAnalysis *analysis = test_analyse (capture, NULL, NULL);
  Made made = { FALSE, NULL };

  options.n_hosts = 2;
  lens_host_graph_options_add (&options, &weakest);
  lens_host_graph_new_async (analysis, &options, cancellable, made_cb, &made);
  lens_host_graph_options_clear (&options);
  lens_analysis_unref (analysis);
  lens_capture_unref (capture);
  g_assert_false (made.is_made);
  while (!made.is_made)
    g_main_context_iteration (NULL, TRUE);
  return made.graph;
}

static void
test_the_same (void)
{
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensAddress weakest = test_address ("2001:db8::2");
  g_autoptr (LensCapture) capture = test_capture_new (rows, G_N_ELEMENTS (rows));
  g_autoptr (LensAnalysis) analysis = test_analyse (capture, NULL, NULL);
  g_autoptr (LensHostGraph) here = NULL;
  g_autoptr (LensHostGraph) there = make (NULL);

  options.n_hosts = 2;
  lens_host_graph_options_add (&options, &weakest);
  here = lens_host_graph_new (analysis, &options);
  g_assert_true (lens_host_graph_options_equal (lens_host_graph_get_options (there), &options));
  g_assert_cmpuint (test_graph_count_nodes (there), ==, test_graph_count_nodes (here));
  for (gsize i = 0; i < test_graph_count_nodes (here); i++)
    {
      const LensGraphNode *node = &lens_host_graph_get_nodes (here, NULL)[i];
      g_autofree char *name = lens_host_graph_describe_node (here, i);

      test_graph_assert_node (there, i, name, node->packets, node->payload_bytes);
    }
  g_assert_true (lens_host_graph_has_own_node (there, &weakest, NULL));
  g_assert_cmpuint (test_graph_count_edges (there), ==, test_graph_count_edges (here));
  lens_host_graph_options_clear (&options);
}

/* Nobody wants it any more: no more of it is made, and whoever asked is told. */
static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (make (cancellable));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-async/the-same", test_the_same);
  g_test_add_func ("/graph-async/cancelled", test_cancelled);
  return g_test_run ();
}
