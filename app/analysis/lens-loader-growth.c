#include "lens-loader-growth.h"

/* How often a person is shown more, at most, and what part of the time may go into making what is shown. */
#define SHORTEST_PAUSE_US (G_USEC_PER_SEC / 2)
#define PAUSES_PER_COST 10

struct _LensLoaderGrowth
{
  gatomicrefcount ref_count;
  GMainContext *context;
  GTask *task;
  LensGrownFunc func;
  gpointer user_data;
  GMutex lock;
  LensCapture *offered; /* (nullable): waits to be taken */
  gint64 due_us;        /* monotonic time; the worker's alone */
};

LensLoaderGrowth *
lens_loader_growth_new (LensGrownFunc func, gpointer user_data, GTask *task)
{
  LensLoaderGrowth *growth = g_new0 (LensLoaderGrowth, 1);

  g_atomic_ref_count_init (&growth->ref_count);
  g_mutex_init (&growth->lock);
  growth->context = g_main_context_ref_thread_default ();
  growth->task = g_object_ref (task);
  growth->func = func;
  growth->user_data = user_data;
  return growth;
}

LensLoaderGrowth *
lens_loader_growth_ref (LensLoaderGrowth *growth)
{
  g_atomic_ref_count_inc (&growth->ref_count);
  return growth;
}

void
lens_loader_growth_unref (LensLoaderGrowth *growth)
{
  if (!g_atomic_ref_count_dec (&growth->ref_count))
    return;
  g_clear_pointer (&growth->offered, lens_capture_unref);
  g_main_context_unref (growth->context);
  g_object_unref (growth->task);
  g_mutex_clear (&growth->lock);
  g_free (growth);
}

static LensCapture *
take_offered (LensLoaderGrowth *growth)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&growth->lock);

  return g_steal_pointer (&growth->offered);
}

static gboolean
deliver_cb (gpointer data)
{
  LensLoaderGrowth *growth = data;
  g_autoptr (LensCapture) capture = take_offered (growth);

  if (!g_task_get_completed (growth->task)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (growth->task)))
    growth->func (capture, growth->user_data);
  return G_SOURCE_REMOVE;
}

gboolean
lens_loader_growth_is_due (LensLoaderGrowth *growth)
{
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&growth->lock);

  return growth->offered == NULL && g_get_monotonic_time () >= growth->due_us;
}

void
lens_loader_growth_offer (LensLoaderGrowth *growth, LensCapture *capture, gint64 cost_us)
{
  g_autoptr (GSource) source = NULL;
  g_autoptr (GMutexLocker) G_GNUC_UNUSED locker = g_mutex_locker_new (&growth->lock);

  g_assert (growth->offered == NULL);
  growth->offered = capture;
  growth->due_us = g_get_monotonic_time () + MAX (SHORTEST_PAUSE_US, cost_us * PAUSES_PER_COST);
  source = g_idle_source_new ();
  g_source_set_callback (source, deliver_cb, lens_loader_growth_ref (growth),
                         (GDestroyNotify) lens_loader_growth_unref);
  g_source_attach (source, growth->context);
}
