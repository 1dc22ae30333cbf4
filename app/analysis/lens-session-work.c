/* The analyses that a session has worked out: begun, cancelled, taken when they are done. */
#include "lens-session-private.h"

/* Goes with a piece of work to its callback. The session is not kept alive by it: a closed window's is gone at once. */
typedef struct
{
  GWeakRef session;
  guint64 generation;
  gboolean is_whole;
} WorkTicket;

/* It is no longer under way. */
static void
work_end (LensSessionWork *work)
{
  g_clear_object (&work->cancellable);
  if (work->progress != NULL)
    lens_progress_stop (work->progress);
  g_clear_pointer (&work->progress, lens_progress_unref);
}

static void
work_cancel (LensSessionWork *work)
{
  if (work->cancellable != NULL)
    g_cancellable_cancel (work->cancellable);
  work_end (work);
  work->generation++;
}

static void
set_reading_fraction (LensSession *self, double fraction)
{
  if (self->reading_fraction == fraction)
    return;
  self->reading_fraction = fraction;
  g_object_notify (G_OBJECT (self), "reading-fraction");
}

/* @error: (transfer full) (nullable). */
static void
take_filter_error (LensSession *self, GError *error)
{
  if (self->filter_error == NULL && error == NULL)
    return;
  g_clear_error (&self->filter_error);
  self->filter_error = error;
  g_object_notify (G_OBJECT (self), "filter-error");
}

void
lens_session_update_busy (LensSession *self)
{
  gboolean is_busy = lens_session_get_is_busy (self);

  if (is_busy == self->was_busy)
    return;
  self->was_busy = is_busy;
  g_object_notify (G_OBJECT (self), "is-busy");
}

static void
take_analysis (LensSession *self, const char *property, LensAnalysis **place, LensAnalysis *analysis)
{
  if (*place == analysis)
    return;
  g_clear_pointer (place, lens_analysis_unref);
  *place = analysis != NULL ? lens_analysis_ref (analysis) : NULL;
  g_object_notify (G_OBJECT (self), property);
}

static void
work_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WorkTicket *ticket = user_data;
  g_autoptr (LensSession) self = g_weak_ref_get (&ticket->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensAnalysis) analysis = lens_analysis_new_finish (result, &error);
  gboolean is_whole = ticket->is_whole;
  guint64 generation = ticket->generation;
  LensSessionWork *work;

  g_weak_ref_clear (&ticket->session);
  g_free (ticket);
  if (self == NULL)
    return;
  work = is_whole ? &self->whole_work : &self->filtered_work;
  /* Where it was cancelled another generation has begun. */
  if (generation != work->generation)
    return;

  work_end (work);
  g_object_freeze_notify (G_OBJECT (self));
  if (!is_whole)
    set_reading_fraction (self, LENS_SESSION_NOT_READING);
  if (analysis == NULL && (!is_whole || lens_filter_passes_all (self->filter)))
    take_filter_error (self, g_error_copy (error));
  if (analysis != NULL && is_whole)
    take_analysis (self, "whole", &self->whole, analysis);
  if (analysis != NULL && (!is_whole || lens_filter_passes_all (self->filter)))
    take_analysis (self, "analysis", &self->analysis, analysis);
  if (self->is_behind && !lens_session_get_is_busy (self))
    lens_session_start_everything (self);
  lens_session_update_busy (self);
  g_object_thaw_notify (G_OBJECT (self));
  if (analysis == NULL)
    g_signal_emit_by_name (self, "failed", error->message);
}

/* Stopped before the session goes, so that it is there. */
static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  set_reading_fraction (user_data, MAX (report->fraction, 0.0));
}

static void
work_start (LensSession *self, LensSessionWork *work, LensFilter *filter)
{
  WorkTicket *ticket = g_new0 (WorkTicket, 1);

  work_cancel (work);
  work->cancellable = g_cancellable_new ();
  work->progress = lens_progress_new (progress_cb, self, NULL);
  g_weak_ref_init (&ticket->session, self);
  ticket->generation = work->generation;
  ticket->is_whole = work == &self->whole_work;
  lens_analysis_new_async (self->capture, filter, &self->rule, self->row_sets, self->analysis, work->progress,
                           work->cancellable, work_done_cb, ticket);
}

static void
start_whole (LensSession *self)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();

  work_start (self, &self->whole_work, everything);
}

/* Brings "analysis" to the filter: at once where everything is asked for and known. */
static void
follow_filter (LensSession *self)
{
  if (self->capture == NULL)
    return;
  take_filter_error (self, NULL);
  if (!lens_filter_passes_all (self->filter))
    {
      set_reading_fraction (self, LENS_SESSION_NOT_READING);
      work_start (self, &self->filtered_work, self->filter);
    }
  else
    {
      work_cancel (&self->filtered_work);
      set_reading_fraction (self, LENS_SESSION_NOT_READING);
      if (self->whole_work.cancellable == NULL)
        take_analysis (self, "analysis", &self->analysis, self->whole);
    }
  lens_session_update_busy (self);
}

/* Whether what is shown is what the filter asks for: it was changed in terms that are off. */
static gboolean
is_shown (LensSession *self)
{
  return self->analysis != NULL && self->filter_error == NULL && !lens_session_get_is_busy (self)
         && lens_analysis_get_capture (self->analysis) == self->capture
         && lens_filter_has_same_effect (lens_analysis_get_filter (self->analysis), self->filter);
}

void
lens_session_follow_changed_filter (LensSession *self)
{
  if (!is_shown (self))
    follow_filter (self);
}

void
lens_session_start_everything (LensSession *self)
{
  self->is_behind = FALSE;
  start_whole (self);
  follow_filter (self);
}

void
lens_session_start_over (LensSession *self)
{
  take_analysis (self, "analysis", &self->analysis, NULL);
  take_analysis (self, "whole", &self->whole, NULL);
  if (self->capture != NULL)
    start_whole (self);
  lens_session_update_busy (self);
}

void
lens_session_cancel_work (LensSession *self)
{
  work_cancel (&self->whole_work);
  work_cancel (&self->filtered_work);
}

void
lens_session_forget_reading (LensSession *self)
{
  take_filter_error (self, NULL);
  set_reading_fraction (self, LENS_SESSION_NOT_READING);
}
