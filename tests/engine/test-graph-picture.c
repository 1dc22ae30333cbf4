#include "test-graph-hosts.h"

#include "lens-graph-edge-labels.h"
#include "lens-graph-picture.h"

#include <math.h>
#include <string.h>

#define WIDTH 600
#define HEIGHT 400

/* 10.0.0.1 sends to 10.0.0.2 (edge 0), that answers (edge 1), and 10.0.0.1 to itself (edge 2); 10.0.0.2 to 10.0.0.3 (3). */
static LensHostGraph *
new_graph (void)
{
  TestTotals totals = test_totals_new ();
  LensHostGraphOptions options = lens_host_graph_options_default ();
  LensHostGraph *graph;

  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (2, FALSE), 100, 1);
  test_totals_add (&totals, test_host_address (2, FALSE), test_host_address (1, FALSE), 50, 1);
  test_totals_add (&totals, test_host_address (1, FALSE), test_host_address (1, FALSE), 10, 1);
  test_totals_add (&totals, test_host_address (2, FALSE), test_host_address (3, FALSE), 5, 1);
  graph = test_totals_to_graph (&totals, &options);
  test_totals_clear (&totals);
  return graph;
}

static const LensPoint places[] = { { 100, 200 }, { 450, 200 }, { 450, 350 } };
static const LensSize boxes[] = { { 110, 28 }, { 110, 28 }, { 110, 28 } };

static cairo_surface_t *
draw_edges (const LensHostGraph *graph, const LensGraphEmphasis *emphasis)
{
  LensGraphStyle style = lens_graph_style_light ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  lens_graph_picture_draw_edges (cr, graph, places, boxes, &style, emphasis);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* 0 black to 255 white. */
static guint
brightness_at (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((guint) row[4 * x] + row[4 * x + 1] + row[4 * x + 2]) / 3;
}

static void
assert_edge_at (const LensHostGraph *graph, double x, double y, gssize expected)
{
  gsize edge = G_MAXSIZE;
  gboolean is_found = lens_graph_picture_find_edge (graph, places, boxes, x, y, 4, &edge);

  g_assert_cmpint (is_found ? (gssize) edge : -1, ==, expected);
}

static void
test_find_edge (void)
{
  g_autoptr (LensHostGraph) graph = new_graph ();
  double offset = 0;

  /* Down the middle between 1 and 2: first one way, then, as far below the straight line, the other. */
  assert_edge_at (graph, 275, 200, -1);
  for (double y = 140; y < 200; y++)
    {
      gsize edge;

      if (lens_graph_picture_find_edge (graph, places, boxes, 275, y, 1, &edge))
        {
          offset = 200 - y;
          break;
        }
    }
  g_assert_cmpfloat (offset, >, 8);
  assert_edge_at (graph, 275, 200 - offset, 1);
  assert_edge_at (graph, 275, 200 + offset, 0);
  assert_edge_at (graph, 450, 275, 3); /* straight */
  assert_edge_at (graph, 456, 275, -1);
  assert_edge_at (graph, 450, 200, -1); /* inside of a box */
  assert_edge_at (graph, 10, 10, -1);
}

/* What is seen is what is hit: every dark place is on an edge, and along every edge it is dark. */
/* A long name may reach over the middle between its host and a dot: what lies between them is an edge all the same. */
static void
test_edge_beside_a_long_name (void)
{
  const LensSize sizes[] = { { 200, 28 }, { 10, 10 } };
  const LensGraphEdge edge = { .source = 0, .destination = 1 };
  const LensGraphEdge back = { .source = 1, .destination = 0 };
  const LensPoint apart[] = { { 100, 200 }, { 230, 200 } }, hidden[] = { { 100, 200 }, { 190, 200 } };
  LensEdgePath path = lens_edge_path_new (&edge, apart, sizes);

  g_assert_true (path.is_visible);
  g_assert_cmpfloat_with_epsilon (path.points[0].x, 200, 0.01);
  g_assert_cmpfloat_with_epsilon (path.points[LENS_EDGE_PATH_POINTS - 1].x, 225, 0.01);
  path = lens_edge_path_new (&back, apart, sizes);
  g_assert_true (path.is_visible);
  g_assert_cmpfloat_with_epsilon (path.points[0].x, 225, 0.01);
  g_assert_cmpfloat_with_epsilon (path.points[LENS_EDGE_PATH_POINTS - 1].x, 200, 0.01);
  path = lens_edge_path_new (&edge, hidden, sizes);
  g_assert_false (path.is_visible);
}

static void
test_same_geometry (void)
{
  g_autoptr (LensHostGraph) graph = new_graph ();
  cairo_surface_t *surface = draw_edges (graph, NULL);
  guint n_dark[4] = { 0 };

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        gsize edge;

        if (brightness_at (surface, x, y) > 200)
          continue;
        /* Arrows and labels are wider than their line. */
        g_assert_true (lens_graph_picture_find_edge (graph, places, boxes, x + 0.5, y + 0.5, 14, &edge));
        n_dark[edge]++;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (n_dark); i++)
    g_assert_cmpuint (n_dark[i], >, 60);
  g_assert_cmpuint (n_dark[0], >, n_dark[3]); /* 100 packets are wider than 5 */
  cairo_surface_destroy (surface);
}

static guint64
darkness_of (cairo_surface_t *surface, int from_y, int to_y)
{
  guint64 sum = 0;

  for (int y = from_y; y < to_y; y++)
    for (int x = 0; x < WIDTH; x++)
      sum += 255 - brightness_at (surface, x, y);
  return sum;
}

static void
test_emphasis (void)
{
  const guint8 edges[] = { 1, 1, 1, 0 };
  const LensGraphEmphasis emphasis = { .edges = edges };
  g_autoptr (LensHostGraph) graph = new_graph ();
  cairo_surface_t *all = draw_edges (graph, NULL);
  cairo_surface_t *some = draw_edges (graph, &emphasis);

  /* The straight edge at the bottom is dimmed, the rest as before. */
  g_assert_cmpuint (darkness_of (some, 250, 330), <, darkness_of (all, 250, 330) / 3);
  g_assert_cmpuint (darkness_of (some, 250, 330), >, 0);
  g_assert_cmpuint (darkness_of (some, 0, 213), ==, darkness_of (all, 0, 213));
  cairo_surface_destroy (all);
  cairo_surface_destroy (some);
}

static void
test_measure (void)
{
  LensGraphStyle style = lens_graph_style_light ();
  g_autoptr (LensHostGraph) ipv4 = test_graph_new_hubs (2, 1, FALSE);
  g_autoptr (LensHostGraph) ipv6 = test_graph_new_hubs (2, 1, TRUE);
  g_autofree LensSize *narrow = lens_graph_picture_measure_nodes (ipv4, &style);
  g_autofree LensSize *wide = lens_graph_picture_measure_nodes (ipv6, &style);
  g_autofree LensSize *large = NULL;

  style.font_size *= 2;
  large = lens_graph_picture_measure_nodes (ipv4, &style);
  for (gsize i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (narrow[i].width, >, 40);
      g_assert_cmpfloat (narrow[i].width, <, wide[i].width);
      g_assert_cmpfloat (narrow[i].height, >, 15);
      g_assert_cmpfloat (large[i].width, >, narrow[i].width * 1.3);
    }
}

typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} Box;

static Box
box_around (LensPoint centre, LensSize size)
{
  return (Box){ centre.x - size.width / 2, centre.y - size.height / 2, centre.x + size.width / 2,
                centre.y + size.height / 2 };
}

static void
assert_apart (Box a, Box b)
{
  g_assert_false (a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top);
}

static LensPoint
middle_of (const LensPoint *points, gsize n)
{
  LensPoint middle = { 0, 0 };

  for (gsize i = 0; i < n; i++)
    {
      middle.x += points[i].x / (double) n;
      middle.y += points[i].y / (double) n;
    }
  return middle;
}

/* Labels cover neither hosts nor each other; with room enough none is left out. */
static void
test_labels (void)
{
  const struct
  {
    guint n_hosts;
    guint n_hubs;
    gboolean is_all_shown;
  } cases[] = { { 9, 1, TRUE }, { 20, 1, TRUE }, { 60, 4, FALSE }, { 499, 9, FALSE } };
  const LensSize label = { 30, 11 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = cases[i].n_hosts;
      g_autoptr (LensHostGraph) graph = test_graph_new_hubs (n, cases[i].n_hubs, FALSE);
      g_autofree LensSize *sizes = g_new (LensSize, n);
      g_autofree LensPoint *points = NULL;
      g_autofree LensEdgePath *paths = NULL;
      g_autofree LensSize *label_sizes = NULL;
      g_autofree LensEdgeLabel *labels = NULL;
      gsize n_edges, n_shown = 0;
      const LensGraphEdge *edges = lens_host_graph_get_edges (graph, &n_edges);

      for (guint j = 0; j < n; j++)
        sizes[j] = boxes[0];
      points = lens_layout_circle (n, sizes);
      points[0] = middle_of (points, n); /* a wheel */
      paths = g_new (LensEdgePath, n_edges);
      label_sizes = g_new (LensSize, n_edges);
      for (gsize j = 0; j < n_edges; j++)
        {
          paths[j] = lens_edge_path_new (&edges[j], points, sizes);
          label_sizes[j] = label;
        }
      labels = lens_edge_labels_place (paths, label_sizes, n_edges, NULL, points, sizes, n);

      for (gsize j = 0; j < n_edges; j++)
        {
          Box box = box_around (labels[j].centre, label);

          if (!labels[j].is_shown)
            continue;
          n_shown++;
          g_assert_cmpfloat (lens_edge_path_get_distance (&paths[j], labels[j].centre.x, labels[j].centre.y),
                             <, 0.01);
          for (guint k = 0; k < n; k++)
            assert_apart (box, box_around (points[k], sizes[k]));
          for (gsize k = 0; k < j; k++)
            if (labels[k].is_shown)
              assert_apart (box, box_around (labels[k].centre, label));
        }
      g_assert_cmpuint (n_shown, >, n_edges / 4);
      if (cases[i].is_all_shown)
        g_assert_cmpuint (n_shown, ==, n_edges);
    }
}

/* Whatever it is given, a page is drawn and the context is as before. */
static void
test_pages (void)
{
  const guint n_hosts[] = { 0, 1, 2, 60, 499 };
  const LensSize pages[] = { { 842, 595 }, { 595, 842 }, { 50, 50 }, { 1, 1 } };
  LensGraphStyle style = lens_graph_style_light ();

  for (gsize i = 0; i < G_N_ELEMENTS (n_hosts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (pages); j++)
      for (int is_heap = 0; is_heap < 2; is_heap++)
        {
          g_autoptr (LensHostGraph) graph = test_graph_new_hubs (n_hosts[i], 3, FALSE);
          g_autofree LensSize *sizes = lens_graph_picture_measure_nodes (graph, &style);
          g_autofree LensPoint *points = lens_layout_circle (n_hosts[i], sizes);
          cairo_surface_t *surface
              = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) pages[j].width, (int) pages[j].height);
          cairo_t *cr = cairo_create (surface);
          cairo_matrix_t matrix;

          if (is_heap) /* all on one place */
            memset (points, 0, n_hosts[i] * sizeof *points);
          lens_graph_picture_draw (cr, pages[j].width, pages[j].height, "A & <title>", graph, points, sizes,
                                   &style, NULL);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
          cairo_get_matrix (cr, &matrix);
          g_assert_cmpfloat (matrix.xx, ==, 1);
          g_assert_cmpfloat (matrix.x0, ==, 0);
          cairo_destroy (cr);
          cairo_surface_destroy (surface);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-picture/find-edge", test_find_edge);
  g_test_add_func ("/graph-picture/edge-beside-a-long-name", test_edge_beside_a_long_name);
  g_test_add_func ("/graph-picture/same-geometry", test_same_geometry);
  g_test_add_func ("/graph-picture/emphasis", test_emphasis);
  g_test_add_func ("/graph-picture/measure", test_measure);
  g_test_add_func ("/graph-picture/labels", test_labels);
  g_test_add_func ("/graph-picture/pages", test_pages);
  return g_test_run ();
}
