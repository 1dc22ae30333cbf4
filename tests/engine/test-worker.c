#include "lens-parallel.h"
#include "lens-worker.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A thread's own, on Linux. */
static int
get_niceness (void)
{
  return getpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid));
}

typedef struct
{
  GThread *thread;
  int niceness;
} Seen;

static void
see (gpointer data)
{
  *(Seen *) data = (Seen){ g_thread_self (), get_niceness () };
}

static void
worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Seen *seen = task_data;
  /* Two that need each a processor, where there are two: one of them is another thread. */
  const LensParallelTask tasks[] = { { see, &seen[1] }, { see, &seen[2] } };

  see (&seen[0]);
  lens_parallel_run (tasks, G_N_ELEMENTS (tasks));
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_int (task, 42);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GTask *
run (Seen *seen, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, done_cb, &result);

  g_task_set_task_data (task, seen, NULL);
  lens_worker_run (task, worker);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return G_TASK (g_steal_pointer (&result));
}

/* The work is done on a thread that stands back, as do those it starts; this one, which draws the window, does not. */
static void
test_workers_stand_back (void)
{
  int niceness = get_niceness ();
  Seen seen[3] = { 0 };
  g_autoptr (GTask) task = run (seen, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_task_propagate_int (task, &error), ==, 42);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      g_assert_nonnull (seen[i].thread);
      g_assert_true (seen[i].thread != g_thread_self ());
      g_assert_cmpint (seen[i].niceness, >=, MAX (niceness, 10));
    }
  g_assert_cmpint (get_niceness (), ==, niceness);
}

/* A program that was told to stand back farther: its workers don't come forward. */
static void
test_program_stands_back (void)
{
  if (g_test_subprocess ())
    {
      Seen seen[3] = { 0 };
      g_autoptr (GTask) task = NULL;

      g_assert_cmpint (setpriority (PRIO_PROCESS, 0, 19), ==, 0);
      task = run (seen, NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (seen); i++)
        g_assert_cmpint (seen[i].niceness, ==, 19);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_cancelled_work (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Seen seen[3] = { 0 };
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  task = run (seen, cancellable);
  g_assert_cmpint (g_task_propagate_int (task, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/stands-back", test_workers_stand_back);
  g_test_add_func ("/worker/program-stands-back", test_program_stands_back);
  g_test_add_func ("/worker/cancelled", test_cancelled_work);
  return g_test_run ();
}
