/* bench-window [--json OUT] FILE: opens FILE in a real window and uses it as a person does, on an X server where nothing else is: filters,
 * pages, zoom, the table of packets and saving it, a pipe, layouts. Says how long each step took until its figures were there, the longest turn of the
 * main loop in it, and the processor time it took until everything was drawn. Judges nothing. Clicks and wheel by xdotool.
 */
#include "bench-bare.h"
#include "bench-loop.h"
#include "bench-window-save.h"

#include "lens-application.h"
#include "lens-chart-view.h"
#include "lens-graph-view.h"
#include "lens-json-writer.h"
#include "lens-memory.h"
#include "lens-node-button.h"
#include "lens-packet-page.h"
#include "lens-packet-table-view.h"
#include "lens-window-private.h"

#include <gdk/x11/gdkx.h>
#include <glib/gstdio.h>
#include <stdio.h>

#define MOST_S 600.0
#define MOST_QUIET_S 30.0
#define N_ZOOM_STEPS 10
#define N_JUMPS 20
#define MANY_HOSTS 500

/* Of a capture that comes by a pipe or packed: the first three million packets of a large one. */
#define MAX_STREAM_BYTES "1500000000"

typedef struct
{
  const char *path;
  FILE *json; /* (nullable) */
  LensWindow *window;
  LensSession *session;
  LensAnalysis *before; /* the analysis that is to be replaced; only compared */
  guint64 n_packets;
  double open_ms; /* what the other times are compared with */
} Bench;

static void
say (Bench *bench, const char *step, double ms, const char *reference, double reference_ms)
{
  BenchLoopFigures figures = bench_loop_get ();
  LensJsonWriter writer;
  g_autofree char *line = NULL;

  g_print ("%-28s %9.1f ms", step, ms);
  if (reference != NULL)
    g_print ("  %6.3f x %s", ms / reference_ms, reference);
  g_print ("  longest turn %6.1f ms (own %6.1f ms)  processor %8.1f ms\n", figures.longest_ms,
           figures.longest_own_ms, figures.cpu_ms);
  if (bench->json == NULL)
    return;
  lens_json_writer_begin (&writer);
  lens_json_writer_begin_line_object (&writer, NULL);
  lens_json_writer_add_text (&writer, "kind", "window");
  lens_json_writer_add_count (&writer, "packets", bench->n_packets);
  lens_json_writer_add_text (&writer, "step", step);
  lens_json_writer_add_number (&writer, "ms", ms);
  if (reference != NULL)
    {
      lens_json_writer_add_text (&writer, "reference", reference);
      lens_json_writer_add_number (&writer, "reference_ms", reference_ms);
    }
  lens_json_writer_add_number (&writer, "longest_ms", figures.longest_ms);
  lens_json_writer_add_number (&writer, "longest_own_ms", figures.longest_own_ms);
  lens_json_writer_add_number (&writer, "cpu_ms", figures.cpu_ms);
  lens_json_writer_end_object (&writer);
  line = lens_json_writer_end (&writer);
  if (fputs (line, bench->json) < 0 || fflush (bench->json) != 0)
    g_error ("The figures can't be written");
}

static double
get_ms_since (gint64 begin_us)
{
  return (double) (g_get_monotonic_time () - begin_us) / 1e3;
}

/* The first widget of @type below @widget that is on the screen. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
need_widget (Bench *bench, GType type)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (bench->window), type);

  if (widget == NULL)
    g_error ("There is no %s on the screen", g_type_name (type));
  return widget;
}

static gboolean
is_opened (gpointer data)
{
  Bench *bench = data;

  return lens_session_get_analysis (bench->session) != NULL && bench->window->load == NULL
         && !lens_session_get_is_busy (bench->session);
}

static gboolean
is_filtered (gpointer data)
{
  Bench *bench = data;

  return lens_session_get_analysis (bench->session) != bench->before
         && !lens_session_get_is_busy (bench->session);
}

static double
read_bare (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  gint64 begin_us = g_get_monotonic_time ();
  guint64 n_bytes;

  if (!bench_bare_read (bench->path, &n_bytes, &error))
    g_error ("%s: %s", bench->path, error->message);
  return get_ms_since (begin_us);
}

/* Milliseconds until all figures of @path are there. */
static double
open_path (Bench *bench, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 begin_us;
  double ms;

  bench_loop_run_until_quiet (MOST_QUIET_S);
  bench_loop_begin ();
  begin_us = g_get_monotonic_time ();
  lens_window_open (bench->window, &file, 1, G_MAXUINT64);
  if (!bench_loop_run_until (is_opened, bench, MOST_S))
    g_error ("%s was not opened in time", path);
  ms = get_ms_since (begin_us);
  bench_loop_run_until_quiet (MOST_QUIET_S);
  return ms;
}

static void
measure_open (Bench *bench)
{
  (void) read_bare (bench); /* into memory */
  bench->open_ms = open_path (bench, bench->path);
  bench->n_packets = lens_capture_get_n_packets (lens_session_get_capture (bench->session));
  say (bench, "open", bench->open_ms, NULL, 0);
}

/* Milliseconds until the figures are there; what is drawn after is in the turns. */
static double
filter_to (Bench *bench, const LensFilterTerm *term)
{
  gint64 begin_us = g_get_monotonic_time ();
  double ms;

  bench->before = lens_session_get_analysis (bench->session);
  if (term != NULL)
    lens_session_add_term (bench->session, term);
  else
    lens_session_clear_filter (bench->session);
  if (!bench_loop_run_until (is_filtered, bench, MOST_S))
    g_error ("A filter took too long");
  ms = get_ms_since (begin_us);
  bench_loop_run_until_quiet (MOST_QUIET_S);
  return ms;
}

static double
measure_filter (Bench *bench,
                const char *step,
                const LensFilterTerm *term,
                const char *reference,
                double reference_ms)
{
  double ms;

  bench_loop_begin ();
  ms = filter_to (bench, term);
  say (bench, step, ms, reference, reference_ms);
  if (term != NULL)
    (void) filter_to (bench, NULL);
  return ms;
}

static LensFilterTerm
get_strongest_host (Bench *bench)
{
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (lens_session_get_whole (bench->session), &n_hosts);

  if (n_hosts == 0)
    g_error ("%s has no hosts", bench->path);
  return lens_filter_term_host (&hosts[0].address);
}

/* Another filter while the slowest is being worked out. */
static void
measure_change_of_mind (Bench *bench,
                        const LensFilterTerm *slow,
                        const LensFilterTerm *quick,
                        double quick_ms)
{
  gint64 begin_us;
  double ms;

  bench_loop_begin ();
  lens_session_add_term (bench->session, slow);
  for (int i = 0; i < 5; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  bench->before = lens_session_get_analysis (bench->session);
  begin_us = g_get_monotonic_time ();
  lens_session_toggle_only_term (bench->session, quick);
  if (!bench_loop_run_until (is_filtered, bench, MOST_S))
    g_error ("A filter took too long");
  ms = get_ms_since (begin_us);
  bench_loop_run_until_quiet (MOST_QUIET_S);
  say (bench, "another filter meanwhile", ms, "the filter alone", quick_ms);
  (void) filter_to (bench, NULL);
}

static void
measure_filters (Bench *bench)
{
  LensFilterTerm host = get_strongest_host (bench);
  LensFilterTerm bpf = lens_filter_term_bpf ("tcp[tcpflags] & tcp-syn != 0 or udp port 53");
  gint64 first_ns = 0;
  gint64 last_ns = 0;
  LensFilterTerm third;
  double host_ms;
  double read_ms;

  lens_capture_get_time_span (lens_session_get_capture (bench->session), &first_ns, &last_ns);
  third = lens_filter_term_time (first_ns + (last_ns - first_ns) / 3, last_ns - (last_ns - first_ns) / 3);
  host_ms = measure_filter (bench, "filter: strongest host", &host, "open", bench->open_ms);
  measure_filter (bench, "filter: a third of the time", &third, "open", bench->open_ms);
  read_ms = read_bare (bench);
  measure_filter (bench, "filter: BPF", &bpf, "bare libpcap loop", read_ms);
  lens_session_clear_filter (bench->session);
  /* Its packets are known now; another expression has to be looked for. */
  bpf = lens_filter_term_bpf ("tcp[tcpflags] & tcp-fin != 0 or udp port 123");
  measure_change_of_mind (bench, &bpf, &host, host_ms);
}

/* Not by fork(), which would copy the page tables of a large capture, and have each page that is written to afterwards copied. */
#define SPAWN_FLAGS (G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_DO_NOT_REAP_CHILD)

static void
run_xdotool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;

  if (!g_spawn_async (NULL, (char **) arguments, NULL, SPAWN_FLAGS | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                      NULL, &error))
    g_error ("%s", error->message);
}

static void
move_pointer_to (Bench *bench, GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (bench->window));
  g_autofree char *window = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
  g_autofree char *x_text = NULL;
  g_autofree char *y_text = NULL;
  double x, y, surface_x, surface_y;

  gtk_widget_translate_coordinates (widget, GTK_WIDGET (bench->window), gtk_widget_get_width (widget) / 2.0,
                                    gtk_widget_get_height (widget) / 2.0, &x, &y);
  gtk_native_get_surface_transform (GTK_NATIVE (bench->window), &surface_x, &surface_y);
  x_text = g_strdup_printf ("%d", (int) (x + surface_x));
  y_text = g_strdup_printf ("%d", (int) (y + surface_y));
  run_xdotool ((const char *const[]){ "xdotool", "mousemove", "--window", window, x_text, y_text, NULL });
  bench_loop_run_until_quiet (MOST_QUIET_S);
}

static void
show_chart_page (Bench *bench, const char *name)
{
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (need_widget (bench, ADW_TYPE_VIEW_STACK)), name);
  bench_loop_run_until_quiet (MOST_QUIET_S);
}

static void
measure_zoom (Bench *bench)
{
  static const struct
  {
    const char *step;
    const char *button;
  } ways[] = { { "zoom in, a step", "4" }, { "zoom out, a step", "5" } };

  /* The longer a step takes, the more of a scrollbar that fades away falls into it: that is no part of it. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  show_chart_page (bench, "over-time");
  move_pointer_to (bench, need_widget (bench, LENS_TYPE_CHART_VIEW));
  /* The first step reads what the others need. */
  bench_loop_begin ();
  run_xdotool ((const char *const[]){ "xdotool", "click", "4", NULL });
  bench_loop_run_until_quiet (MOST_QUIET_S);
  say (bench, "zoom in, the first step", bench_loop_get ().cpu_ms, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      bench_loop_begin ();
      for (int step = 0; step < N_ZOOM_STEPS; step++)
        {
          run_xdotool ((const char *const[]){ "xdotool", "click", ways[i].button, NULL });
          bench_loop_run_until_quiet (MOST_QUIET_S);
        }
      say (bench, ways[i].step, bench_loop_get ().cpu_ms / N_ZOOM_STEPS, NULL, 0);
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

static void
measure_pages (Bench *bench)
{
  static const char *const pages[] = { "overview", "addresses", "matrix", "ports", "over-time", "bursts" };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *step = g_strdup_printf ("page: %s", pages[i]);

      bench_loop_begin ();
      show_chart_page (bench, pages[i]);
      say (bench, step, bench_loop_get ().cpu_ms, NULL, 0);
    }
}

typedef struct
{
  GtkWidget *window;
  LensPacketTableView *table; /* NULL: not seen yet */
  LensPacketModel *before;
} Sort;

static gboolean
is_sorted (gpointer data)
{
  Sort *sort = data;
  LensPacketModel *model;

  if (sort->table == NULL)
    sort->table = (LensPacketTableView *) find_widget (sort->window, LENS_TYPE_PACKET_TABLE_VIEW);
  model = sort->table != NULL ? lens_packet_table_view_get_model (sort->table) : NULL;
  return model != NULL && model != sort->before;
}

/* As a click on the header does. */
static void
sort_by (LensPacketTableView *table, const char *title)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_widget (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_title (column), title))
        {
          gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
          return;
        }
    }
  g_error ("There is no column %s", title);
}

static void
measure_packets (Bench *bench)
{
  Sort sort = { .window = GTK_WIDGET (bench->window) };
  guint n_rows;
  gint64 begin_us = g_get_monotonic_time ();

  bench_loop_begin ();
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (need_widget (bench, ADW_TYPE_VIEW_STACK)),
                                         "packets");
  if (!bench_loop_run_until (is_sorted, &sort, MOST_S))
    g_error ("The table of packets took too long");
  begin_us = g_get_monotonic_time () - begin_us;
  bench_loop_run_until_quiet (MOST_QUIET_S);
  say (bench, "page: packets", (double) begin_us / 1e3, NULL, 0);

  sort.before = lens_packet_table_view_get_model (sort.table);
  n_rows = lens_packet_model_get_n (sort.before);
  bench_loop_begin ();
  for (guint i = 0; i < N_JUMPS; i++)
    {
      lens_packet_table_view_select (sort.table, (guint) ((guint64) n_rows * ((i * 7) % N_JUMPS) / N_JUMPS),
                                     FALSE);
      bench_loop_run_until_quiet (MOST_QUIET_S);
    }
  say (bench, "packets: a jump", bench_loop_get ().cpu_ms / N_JUMPS, NULL, 0);

  bench_loop_begin ();
  begin_us = g_get_monotonic_time ();
  sort_by (sort.table, "Payload");
  if (!bench_loop_run_until (is_sorted, &sort, MOST_S))
    g_error ("Sorting took too long");
  begin_us = g_get_monotonic_time () - begin_us;
  bench_loop_run_until_quiet (MOST_QUIET_S);
  if (lens_packet_order_get_column (
          lens_packet_model_get_order (lens_packet_table_view_get_model (sort.table)))
      != LENS_PACKET_PAYLOAD)
    g_error ("The table was sorted by something else");
  say (bench, "packets: sorted by payload", (double) begin_us / 1e3, "open", bench->open_ms);
}

/* The first button is the strongest host's: the pointer rests on it, and goes away. */
static void
measure_pointing (Bench *bench)
{
  GtkWidget *node = need_widget (bench, LENS_TYPE_NODE_BUTTON);

  bench_loop_begin ();
  move_pointer_to (bench, node);
  say (bench, "graph: a host pointed at", bench_loop_get ().cpu_ms, NULL, 0);
  bench_loop_begin ();
  move_pointer_to (bench, need_widget (bench, ADW_TYPE_VIEW_STACK));
  say (bench, "graph: no host pointed at", bench_loop_get ().cpu_ms, NULL, 0);
}

static void
measure_layout (Bench *bench)
{
  GtkWidget *view = need_widget (bench, LENS_TYPE_GRAPH_VIEW);
  GtkSpinButton *hosts
      = GTK_SPIN_BUTTON (gtk_widget_get_template_child (view, LENS_TYPE_GRAPH_VIEW, "hosts_spin"));

  bench_loop_begin ();
  gtk_widget_activate_action (view, "graph.open-others", NULL);
  bench_loop_run_until_quiet (MOST_QUIET_S);
  say (bench, "graph: some hosts more", bench_loop_get ().cpu_ms, NULL, 0);

  bench_loop_begin ();
  gtk_spin_button_set_value (hosts, MANY_HOSTS);
  bench_loop_run_until_quiet (MOST_QUIET_S);
  say (bench, "graph: 500 hosts", bench_loop_get ().cpu_ms, NULL, 0);
  measure_pointing (bench);
}

/* Runs @command, of the shell, with the names of the capture and of @out; waits for its end, or not. */
static void
run_shell (Bench *bench, const char *command, const char *out, gboolean waits)
{
  const char *const arguments[] = { "sh", "-c", command, "sh", bench->path, out, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  gboolean is_run
      = waits ? g_spawn_sync (NULL, (char **) arguments, NULL,
                              G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL, NULL, NULL,
                              &status, &error)
              : g_spawn_async (NULL, (char **) arguments, NULL, SPAWN_FLAGS, NULL, NULL, NULL, &error);

  if (!is_run || !g_spawn_check_wait_status (status, &error))
    g_error ("%s", error->message);
}

/* The turns while a capture grows that comes by a pipe, and while one is unpacked. */
static void
measure_streams (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("bench-window-XXXXXX", &error);
  g_autofree char *pipe = NULL;
  g_autofree char *packed = NULL;
  double ms;

  if (folder == NULL)
    g_error ("%s", error->message);
  pipe = g_build_filename (folder, "pipe", NULL);
  packed = g_build_filename (folder, "capture.pcap.gz", NULL);
  run_shell (bench, "head -c " MAX_STREAM_BYTES " \"$1\" | gzip -1 >\"$2\"", packed, TRUE);
  ms = open_path (bench, packed);
  say (bench, "open in gzip", ms, NULL, 0);
  run_shell (bench, "mkfifo \"$2\"", pipe, TRUE);
  run_shell (bench, "head -c " MAX_STREAM_BYTES " \"$1\" >\"$2\"", pipe, FALSE);
  ms = open_path (bench, pipe);
  say (bench, "open from a pipe", ms, NULL, 0);
  g_unlink (pipe);
  g_unlink (packed);
  g_rmdir (folder);
}

static void
measure (Bench *bench, GApplication *application)
{
  g_autoptr (GError) error = NULL;
  double ms;

  if (!g_application_register (application, NULL, &error))
    g_error ("%s", error->message);
  g_application_activate (application);
  bench->window = LENS_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  bench->session = bench->window->session;
  measure_open (bench);
  measure_pages (bench);
  measure_zoom (bench);
  show_chart_page (bench, "overview");
  measure_filters (bench);
  measure_packets (bench);
  ms = bench_window_save (GTK_WIDGET (bench->window));
  say (bench, "packets: saved as CSV", ms, "open", bench->open_ms);
  show_chart_page (bench, "overview");
  measure_streams (bench);
  open_path (bench, bench->path);
  measure_layout (bench);
}

int
main (int argc, char **argv)
{
  g_autoptr (LensApplication) application = NULL;
  Bench bench = { 0 };
  int file = 1;

  if (argc == 4 && g_str_equal (argv[1], "--json"))
    {
      bench.json = g_fopen (argv[2], "a");
      file = 3;
    }
  if (argc != file + 1 || (file == 3 && bench.json == NULL))
    {
      g_printerr ("bench-window [--json OUT] FILE\n");
      return 2;
    }
  bench.path = argv[file];
  lens_memory_set_large_blocks_apart ();
  bench_loop_watch ();
  application = lens_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  measure (&bench, G_APPLICATION (application));
  if (bench.json != NULL)
    fclose (bench.json);
  return 0;
}
