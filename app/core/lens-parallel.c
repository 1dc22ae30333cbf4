#include "lens-parallel.h"

/* More would not be faster: the tasks share the memory's speed. */
#define MOST_THREADS 8

typedef struct
{
  const LensParallelTask *tasks;
  gsize n_tasks;
  gsize n_begun; /* atomic */
} Work;

static gpointer
run_worker (gpointer data)
{
  Work *work = data;

  for (;;)
    {
      gsize i = (gsize) g_atomic_pointer_add (&work->n_begun, 1);

      if (i >= work->n_tasks)
        return NULL;
      work->tasks[i].func (work->tasks[i].data);
    }
}

void
lens_parallel_run (const LensParallelTask *tasks, gsize n_tasks)
{
  Work work = { .tasks = tasks, .n_tasks = n_tasks };
  GThread *threads[MOST_THREADS - 1] = { NULL };
  gsize n_threads = MIN (MIN (g_get_num_processors (), n_tasks), MOST_THREADS);

  for (gsize i = 0; i + 1 < n_threads; i++)
    threads[i] = g_thread_try_new ("lens-parallel", run_worker, &work, NULL);
  run_worker (&work);
  for (gsize i = 0; i + 1 < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}
