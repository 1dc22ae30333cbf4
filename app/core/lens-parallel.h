/* Runs pieces of work that don't touch each other on the processors there are. Any thread; returns when all are done. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*LensParallelFunc) (gpointer data);

typedef struct
{
  LensParallelFunc func;
  gpointer data; /* (transfer none) */
} LensParallelTask;

/* Begins the tasks in their order, each on one thread: the caller's and, where there are processors for them, others. Where no thread can be
 * made the caller does it all. */
void lens_parallel_run (const LensParallelTask *tasks, gsize n_tasks);

G_END_DECLS
