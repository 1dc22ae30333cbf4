/* The parts of a LensSession: lens-session.c owns it and walks its history, lens-session-work.c brings its analyses to its filter. Main
 * thread only. */
#pragma once

#include "lens-session.h"

#include "lens-filter-history.h"

G_BEGIN_DECLS

/* As the fraction of the files read for a filter: none is being read. */
#define LENS_SESSION_NOT_READING (-1.0)

/* One analysis under way. A result is taken only where its generation is still the session's. */
typedef struct
{
  GCancellable *cancellable; /* owned; NULL: none is under way */
  LensProgress *progress;    /* owned; as above */
  guint64 generation;
} LensSessionWork;

struct _LensSession
{
  GObject parent_instance;

  LensCapture *capture;   /* owned, nullable */
  LensFilter *filter;     /* owned */
  LensAnalysis *analysis; /* owned, nullable */
  LensAnalysis *whole;    /* owned, nullable */
  LensRowSets *row_sets;  /* owned; NULL where the capture is */
  GError *filter_error;   /* owned, nullable */
  double reading_fraction;
  LensBurstRule rule;
  LensFilterHistory history;

  LensSessionWork whole_work;    /* everything; also what is shown where the filter is empty */
  LensSessionWork filtered_work; /* under a filter */
  gboolean was_busy;
  gboolean could_go_back;
  gboolean could_go_forward;
  gboolean show_names;
  gboolean is_behind; /* the capture has grown since the work under way began */
};

/* Both analyses anew; those there are stay until the new ones are there. */
void lens_session_start_everything (LensSession *session);

/* Forgets both analyses and begins that of everything. */
void lens_session_start_over (LensSession *session);

/* After a change of the filter. */
void lens_session_follow_changed_filter (LensSession *session);

/* What is under way is dropped. */
void lens_session_cancel_work (LensSession *session);

/* Nothing is known of reading the files for a filter: neither a failure nor how far it is. */
void lens_session_forget_reading (LensSession *session);

/* Says "is-busy" where it has changed. */
void lens_session_update_busy (LensSession *session);

G_END_DECLS
