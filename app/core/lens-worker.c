#include "lens-worker.h"

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

/* Enough for the scheduler to prefer the window (with 5, the first frames of a large capture still wait up to 25 ms for a
 * processor), and few enough for the work to go on beside other programs. */
#define NICENESS 10

typedef struct
{
  GTaskThreadFunc func;
} Work;

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("lens-worker");
}

/* There is no way back, for the thread of a pool either: all that it does later is work, too. */
static void
stand_back (void)
{
#ifdef __linux__
  /* There it is a thread's own. Where it is refused the work goes on as before; who has the whole program stand back farther keeps it there. */
  id_t thread = (id_t) syscall (SYS_gettid);

  if (getpriority (PRIO_PROCESS, thread) < NICENESS)
    (void) setpriority (PRIO_PROCESS, thread, NICENESS);
#endif
}

static void
worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Work *work = g_object_get_qdata (G_OBJECT (task), get_quark ());

  stand_back ();
  work->func (task, source_object, task_data, cancellable);
}

void
lens_worker_run (GTask *task, GTaskThreadFunc func)
{
  Work *work = g_new (Work, 1);

  work->func = func;
  g_object_set_qdata_full (G_OBJECT (task), get_quark (), work, g_free);
  g_task_run_in_thread (task, worker);
}
