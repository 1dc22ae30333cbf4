#include "lens-draw-queue.h"

typedef struct
{
  GWeakRef owner;
  gpointer key; /* the owner's address, only ever compared */
  LensDrawFunc func;
} Job;

struct _LensDrawQueue
{
  GObject parent_instance;
  GQueue jobs; /* (element-type Job), owned */
  guint source_id;
};

G_DEFINE_FINAL_TYPE (LensDrawQueue, lens_draw_queue, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->owner);
  g_free (job);
}

static void
lens_draw_queue_finalize (GObject *object)
{
  LensDrawQueue *self = LENS_DRAW_QUEUE (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  g_queue_clear_full (&self->jobs, job_free);
  G_OBJECT_CLASS (lens_draw_queue_parent_class)->finalize (object);
}

static void
lens_draw_queue_class_init (LensDrawQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_draw_queue_finalize;
}

static void
lens_draw_queue_init (LensDrawQueue *self)
{
  g_queue_init (&self->jobs);
}

LensDrawQueue *
lens_draw_queue_new (void)
{
  return g_object_new (LENS_TYPE_DRAW_QUEUE, NULL);
}

static gboolean
run_one_cb (gpointer data)
{
  LensDrawQueue *self = data;
  Job *job = g_queue_pop_head (&self->jobs);
  gboolean has_more = !g_queue_is_empty (&self->jobs);
  g_autoptr (GObject) owner = NULL;

  if (!has_more)
    self->source_id = 0;
  if (job == NULL)
    return G_SOURCE_REMOVE;

  owner = g_weak_ref_get (&job->owner);
  if (owner != NULL)
    job->func (owner);
  job_free (job);
  return has_more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
lens_draw_queue_push (LensDrawQueue *self, GObject *owner, LensDrawFunc func)
{
  Job *job;

  g_return_if_fail (LENS_IS_DRAW_QUEUE (self));

  for (GList *link = self->jobs.head; link != NULL; link = link->next)
    {
      job = link->data;
      if (job->key == owner && job->func == func)
        return;
    }

  job = g_new0 (Job, 1);
  g_weak_ref_init (&job->owner, owner);
  job->key = owner;
  job->func = func;
  g_queue_push_tail (&self->jobs, job);
  if (self->source_id == 0)
    self->source_id = g_idle_add (run_one_cb, self);
}
