#include "lens-layout.h"

#include "lens-error.h"
#include "lens-layout-message.h"
#include "lens-layout-protocol.h"
#include "lens-layout-spread.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HELPER_NAME "packetlens-layout"

/* Fewer have room enough. */
#define MANY_NODES 150

/* A layout under way: the data of its task. */
typedef struct
{
  LensSize *sizes; /* owned */
  gsize n_nodes;
  guint time_limit_ms;
  GSubprocess *helper;       /* owned */
  GCancellable *reading;     /* owned; ends the read when the helper is killed, whoever holds its pipe then */
  GSource *time_source;      /* owned */
  GSource *cancelled_source; /* owned (nullable) */
  char *reply;               /* owned */
  gsize n_reply;
  gboolean is_late;
  gboolean is_by_forces;
} LayoutJob;

static const LensLayoutEngineInfo engines[] = {
  [LENS_LAYOUT_SFDP] = { "sfdp", N_ ("Organic"), LENS_HOST_GRAPH_MAX_NODES },
  [LENS_LAYOUT_FDP] = { "fdp", N_ ("Forces"), LENS_HOST_GRAPH_MAX_NODES },
  [LENS_LAYOUT_NEATO] = { "neato", N_ ("Springs"), LENS_HOST_GRAPH_MAX_NODES },
  [LENS_LAYOUT_DOT] = { "dot", N_ ("Layered"), 300 },
  [LENS_LAYOUT_TWOPI] = { "twopi", N_ ("Rings"), LENS_HOST_GRAPH_MAX_NODES },
  [LENS_LAYOUT_CIRCO] = { "circo", N_ ("Circular"), 100 },
};

G_STATIC_ASSERT (G_N_ELEMENTS (engines) == LENS_N_LAYOUTS);
G_STATIC_ASSERT (LENS_HOST_GRAPH_MAX_NODES <= LENS_LAYOUT_MAX_NODES);

const LensLayoutEngineInfo *
lens_layout_engine_get_info (LensLayoutEngine engine)
{
  g_return_val_if_fail ((gsize) engine < G_N_ELEMENTS (engines), NULL);

  return &engines[engine];
}

gboolean
lens_layout_engine_can_do (LensLayoutEngine engine, const LensHostGraph *graph)
{
  return lens_host_graph_count_own (graph) <= engines[engine].max_hosts;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
layout_job_free (LayoutJob *job)
{
  clear_source (&job->time_source);
  clear_source (&job->cancelled_source);
  g_clear_object (&job->helper);
  g_clear_object (&job->reading);
  g_free (job->reply);
  g_free (job->sizes);
  g_free (job);
}

static guint
get_time_limit_ms (void)
{
  const char *text = g_getenv ("PACKETLENS_LAYOUT_TIME_LIMIT_MS");
  guint64 limit;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &limit, NULL))
    return (guint) limit;
  return LENS_LAYOUT_TIME_LIMIT_MS;
}

/* (transfer full): where the helper is: as told, in the build folder (ui/ with this program is beside graph/), or
 * installed. */
static char *
find_helper (void)
{
  const char *told = g_getenv ("PACKETLENS_LAYOUT_HELPER");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (told != NULL)
    return g_strdup (told);
  if (program != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_autofree char *app_folder = g_path_get_dirname (folder);
      g_autofree char *built = g_build_filename (app_folder, "graph", HELPER_NAME, NULL);

      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }
  return g_build_filename (LENS_LIBEXEC_DIR, HELPER_NAME, NULL);
}

/* A file in memory for the helper to read: unlike a pipe it takes all at once, and no SIGPIPE comes from it. -1 with errno
 * set when there is none. */
static int
open_request (const char *request)
{
  gsize length = strlen (request), n_written = 0;
  int fd = memfd_create (HELPER_NAME, MFD_CLOEXEC);

  while (fd >= 0 && n_written < length)
    {
      ssize_t n = write (fd, request + n_written, length - n_written);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          close (fd);
          return -1;
        }
      n_written += (gsize) n;
    }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}

/* Every descriptor of ours closes when a program is started; that the launcher need not see to it spares a fork(), which would copy the page tables of
 * a large capture while the window stands still. */
static GSubprocess *
spawn_helper (const char *request, GError **error)
{
  g_autofree char *helper = find_helper ();
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_INHERIT_FDS);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) reason = NULL;
  int fd = open_request (request);

  if (fd < 0)
    {
      g_set_error (
          error, LENS_ERROR, LENS_ERROR_LAYOUT,
          _ ("There is no memory for the layout helper (%s); the hosts are shown on a circle. Close other "
             "programs and choose a layout to try again."),
          g_strerror (errno));
      return NULL;
    }
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  process = g_subprocess_launcher_spawn (launcher, &reason, helper, NULL);
  if (process == NULL)
    g_set_error (
        error, LENS_ERROR, LENS_ERROR_LAYOUT,
        _ ("The layout helper “%s” could not be started (%s); the hosts are shown on a circle. Install "
           "PacketLens again to get it back."),
        helper, reason->message);
  return g_steal_pointer (&process);
}

/* The top left of all nodes comes to (0, 0). */
static void
move_to_origin (LensPoint *points, const LensSize *sizes, gsize n)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE;

  for (gsize i = 0; i < n; i++)
    {
      left = MIN (left, points[i].x - sizes[i].width / 2);
      top = MIN (top, points[i].y - sizes[i].height / 2);
    }
  for (gsize i = 0; i < n; i++)
    {
      points[i].x -= left;
      points[i].y -= top;
    }
}

static void
return_failure (GTask *task, const char *text)
{
  g_task_return_new_error (task, LENS_ERROR, LENS_ERROR_LAYOUT, "%s", text);
}

/* The helper is gone: its reply, or what became of it. */
static void
exited_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LayoutJob *job = g_task_get_task_data (task);
  LensPoint *points;

  g_subprocess_wait_finish (job->helper, result, NULL);
  clear_source (&job->time_source);
  clear_source (&job->cancelled_source);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->is_late)
    {
      g_task_return_new_error (
          task, LENS_ERROR, LENS_ERROR_LAYOUT,
          _ ("The layout took longer than %.3g seconds and was stopped; the hosts are shown on a circle. "
             "Choose another layout or show fewer hosts to try again."),
          job->time_limit_ms / 1000.0);
      return;
    }
  if (job->n_reply > LENS_LAYOUT_MAX_REPLY_BYTES)
    {
      return_failure (task,
                      _ ("The layout helper answered far too much and was stopped; the hosts are shown on a "
                         "circle. Choose another layout to try again."));
      return;
    }
  if (!g_subprocess_get_successful (job->helper))
    {
      return_failure (task,
                      _ ("The layout helper crashed; the hosts are shown on a circle. Choose another layout "
                         "to try again."));
      return;
    }
  points = lens_layout_message_read (job->reply, job->n_reply, job->n_nodes);
  if (points == NULL)
    {
      return_failure (task,
                      _ ("The layout helper gave an answer that makes no sense; the hosts are shown on a "
                         "circle. Choose another layout to try again."));
      return;
    }
  if (job->is_by_forces && job->n_nodes >= MANY_NODES)
    lens_layout_spread (points, job->sizes, job->n_nodes);
  move_to_origin (points, job->sizes, job->n_nodes);
  g_task_return_pointer (task, points, g_free);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LayoutJob *job = g_task_get_task_data (task);

  g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &job->n_reply, NULL);
  if (job->n_reply > LENS_LAYOUT_MAX_REPLY_BYTES)
    g_subprocess_force_exit (job->helper);
  g_subprocess_wait_async (job->helper, NULL, exited_cb, g_steal_pointer (&task));
}

static void
kill_helper (LayoutJob *job)
{
  g_subprocess_force_exit (job->helper);
  g_cancellable_cancel (job->reading);
}

static gboolean
time_up_cb (gpointer user_data)
{
  LayoutJob *job = g_task_get_task_data (user_data);

  job->is_late = TRUE;
  kill_helper (job);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  kill_helper (g_task_get_task_data (user_data));
  return G_SOURCE_REMOVE;
}

/* Time limit and cancelling, in the task's own main context. */
static void
watch_helper (GTask *task, LayoutJob *job)
{
  GMainContext *context = g_task_get_context (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  job->time_source = g_timeout_source_new (job->time_limit_ms);
  g_source_set_callback (job->time_source, time_up_cb, task, NULL);
  g_source_attach (job->time_source, context);
  if (cancellable == NULL)
    return;
  job->cancelled_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (job->cancelled_source, G_SOURCE_FUNC (cancelled_cb), task, NULL);
  g_source_attach (job->cancelled_source, context);
}

void
lens_layout_run_async (LensHostGraph *graph,
                       const LensSize *sizes,
                       LensLayoutEngine engine,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LayoutJob *job = g_new0 (LayoutJob, 1);
  g_autofree char *request = NULL;
  GError *error = NULL;

  g_task_set_task_data (task, job, (GDestroyNotify) layout_job_free);
  lens_host_graph_get_nodes (graph, &job->n_nodes);
  job->sizes = g_memdup2 (sizes, job->n_nodes * sizeof *sizes);
  job->time_limit_ms = get_time_limit_ms ();
  job->is_by_forces = engine == LENS_LAYOUT_SFDP || engine == LENS_LAYOUT_FDP || engine == LENS_LAYOUT_NEATO;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->n_nodes == 0)
    {
      g_task_return_pointer (task, g_new0 (LensPoint, 1), g_free);
      return;
    }
  if (!lens_layout_engine_can_do (engine, graph))
    {
      g_task_return_new_error (
          task, LENS_ERROR, LENS_ERROR_LAYOUT,
          _ ("The layout “%s” is for at most %" G_GSIZE_FORMAT
             " hosts; the hosts are shown on a circle. Choose another layout or show fewer "
             "hosts."),
          _ (engines[engine].name), engines[engine].max_hosts);
      return;
    }

  request = lens_layout_message_write (graph, sizes, engine);
  job->helper = spawn_helper (request, &error);
  if (job->helper == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->reading = g_cancellable_new ();
  job->reply = g_malloc (LENS_LAYOUT_MAX_REPLY_BYTES + 1);
  watch_helper (task, job);
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (job->helper), job->reply,
                                 LENS_LAYOUT_MAX_REPLY_BYTES + 1, G_PRIORITY_DEFAULT, job->reading, read_cb,
                                 g_object_ref (task));
}

LensPoint *
lens_layout_run_finish (GAsyncResult *result, gsize *n_points, GError **error)
{
  LayoutJob *job;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  job = g_task_get_task_data (G_TASK (result));
  *n_points = job->n_nodes;
  return g_task_propagate_pointer (G_TASK (result), error);
}

LensPoint *
lens_layout_circle (gsize n_nodes, const LensSize *sizes)
{
  LensPoint *points = g_new0 (LensPoint, MAX (n_nodes, 1));
  double widest = 0, tallest = 0, spread = 0, radius_x, radius_y;

  for (gsize i = 0; i < n_nodes; i++)
    {
      widest = MAX (widest, sizes[i].width);
      tallest = MAX (tallest, sizes[i].height);
      /* Neighbours meet side by side at the top, above each other at the sides: room for their diagonals is enough. */
      spread += hypot (sizes[i].width, sizes[i].height) + 16;
    }
  radius_y = n_nodes > 1 ? MAX (spread / (2 * G_PI), widest) : 0;
  radius_x = radius_y;
  for (gsize i = 0; i < n_nodes; i++)
    {
      double angle = 2 * G_PI * (double) i / (double) n_nodes - G_PI / 2;

      points[i].x = radius_x * cos (angle);
      points[i].y = radius_y * sin (angle);
    }
  move_to_origin (points, sizes, n_nodes);
  return points;
}
