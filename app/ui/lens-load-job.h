/* A load that runs, from a window's point of view: told how it goes, stopped or cancelled. Main thread. */
#pragma once

#include "lens-loader.h"

G_BEGIN_DECLS

typedef struct _LensLoadJob LensLoadJob;

/* What the owner is told. None is called once the job is cancelled, none after "done". */
typedef struct
{
  void (*progress) (const LensProgressReport *report, gpointer owner);
  void (*grown) (LensCapture *capture, gpointer owner); /* what was read so far of a pipe */
  void (*done) (LensCapture *capture, const GError *error, gpointer owner); /* one of both is NULL */
} LensLoadJobFuncs;

/* Begins to load @paths as lens_loader_load_async() does; @max_unpacked_bytes as in its options. @funcs, @owner: (transfer none),
 * not used after the job is cancelled. Ends with "done" or lens_load_job_cancel(), which both let go of it. */
LensLoadJob *lens_load_job_start (const char *const *paths,
                                  guint64 max_unpacked_bytes,
                                  const LensLoadJobFuncs *funcs,
                                  gpointer owner);

/* No more is read: "done" comes soon, with what there is. */
void lens_load_job_stop (LensLoadJob *job);

/* Nothing is wanted any more. @job: (transfer full) */
void lens_load_job_cancel (LensLoadJob *job);

/* (transfer none), as given; live as long as the job. */
const char *const *lens_load_job_get_paths (const LensLoadJob *job);

/* Whether packets may come for ever: one of the files is a pipe, and can't be read a second time. */
gboolean lens_load_job_has_pipe (const LensLoadJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensLoadJob, lens_load_job_cancel)

G_END_DECLS
