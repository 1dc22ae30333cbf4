#include "bench-loop.h"

#include <time.h>

#define LOOK_MS 20
#define QUIET_MS 400
#define QUIET_SHARE 0.1

static struct
{
  double turn_ms; /* when this one began */
  double turn_own_ms;
  double cpu_ms;
  BenchLoopFigures figures;
} watch;

static double
get_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
begin_turn (void)
{
  watch.turn_ms = get_ms (CLOCK_MONOTONIC);
  watch.turn_own_ms = get_ms (CLOCK_THREAD_CPUTIME_ID);
}

static int
poll_and_watch (GPollFD *fds, guint n_fds, int timeout_ms)
{
  double own_ms = get_ms (CLOCK_THREAD_CPUTIME_ID) - watch.turn_own_ms;
  int n;

  watch.figures.longest_ms = MAX (watch.figures.longest_ms, get_ms (CLOCK_MONOTONIC) - watch.turn_ms);
  watch.figures.longest_own_ms = MAX (watch.figures.longest_own_ms, own_ms);
  n = g_poll (fds, n_fds, timeout_ms);
  begin_turn ();
  return n;
}

void
bench_loop_watch (void)
{
  g_main_context_set_poll_func (NULL, poll_and_watch);
  bench_loop_begin ();
}

void
bench_loop_begin (void)
{
  watch.figures = (BenchLoopFigures){ 0 };
  watch.cpu_ms = get_ms (CLOCK_PROCESS_CPUTIME_ID);
  begin_turn ();
}

BenchLoopFigures
bench_loop_get (void)
{
  BenchLoopFigures figures = watch.figures;

  figures.cpu_ms = get_ms (CLOCK_PROCESS_CPUTIME_ID) - watch.cpu_ms;
  return figures;
}

static gboolean
look_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
bench_loop_run_until (gboolean (*is_done) (gpointer), gpointer data, double most_s)
{
  double end_ms = get_ms (CLOCK_MONOTONIC) + most_s * 1e3;
  guint look = g_timeout_add (LOOK_MS, look_cb, NULL);
  gboolean was_done;

  while (!(was_done = is_done (data)) && get_ms (CLOCK_MONOTONIC) < end_ms)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (look);
  return was_done;
}

typedef struct
{
  double since_ms;
  double busy_ms;
} Quiet;

static gboolean
is_quiet (gpointer data)
{
  Quiet *quiet = data;
  double now_ms = get_ms (CLOCK_MONOTONIC);
  double busy_ms;
  gboolean is_long;

  if (now_ms - quiet->since_ms < QUIET_MS)
    return FALSE;
  /* Of all threads: figures that a worker still reads would be in the next step's time. */
  busy_ms = get_ms (CLOCK_PROCESS_CPUTIME_ID);
  is_long = busy_ms - quiet->busy_ms < QUIET_MS * QUIET_SHARE;
  *quiet = (Quiet){ now_ms, busy_ms };
  return is_long;
}

void
bench_loop_run_until_quiet (double most_s)
{
  Quiet quiet = { get_ms (CLOCK_MONOTONIC), get_ms (CLOCK_PROCESS_CPUTIME_ID) };

  (void) bench_loop_run_until (is_quiet, &quiet, most_s);
}
