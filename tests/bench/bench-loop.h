/* The main loop, watched: how long it is away from its events. Main thread. */
#pragma once

#include <glib.h>

typedef struct
{
  double longest_ms; /* of one turn: from the events until it asks for new ones */
  double
      longest_own_ms; /* the same, in the thread's own processor time: without what other threads and programs took */
  double cpu_ms; /* of the whole process */
} BenchLoopFigures;

/* Once, before anything else of the loop. */
void bench_loop_watch (void);

/* From here on counts anew. */
void bench_loop_begin (void);
BenchLoopFigures bench_loop_get (void);

/* Runs the loop until @is_done says so. FALSE after @most_s seconds. */
gboolean bench_loop_run_until (gboolean (*is_done) (gpointer), gpointer data, double most_s);

/* Runs the loop until it had next to nothing to do for a while. */
void bench_loop_run_until_quiet (double most_s);
