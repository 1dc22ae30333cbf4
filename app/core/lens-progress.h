/* Progress of long work, from the thread that does it to the one that shows it.
 *
 * The worker reports as often as it likes: reports are merged, and the callback runs in the main context
 * that was the thread default when the object was made, at most once a pass of it. Reference counted.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LensProgress LensProgress;

typedef struct
{
  double fraction; /* 0 to 1; negative: not known */
  guint64 packets; /* done so far */
  guint64 bytes;   /* done so far */
} LensProgressReport;

typedef void (*LensProgressFunc) (const LensProgressReport *report, gpointer user_data);

/* @func: called in the current thread-default main context. @destroy: (nullable), for @user_data, called
 * in that context or where the last reference is dropped. */
LensProgress *lens_progress_new (LensProgressFunc func, gpointer user_data, GDestroyNotify destroy);
LensProgress *lens_progress_ref (LensProgress *progress);
void lens_progress_unref (LensProgress *progress);

/* Any thread. @progress: (nullable), then nothing happens. */
void lens_progress_report (LensProgress *progress, const LensProgressReport *report);

/* Main thread: no callback comes after this returns. */
void lens_progress_stop (LensProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensProgress, lens_progress_unref)

G_END_DECLS
