/* What a load has read so far of a pipe, from the worker to the main context; for the loader alone.
 *
 * The worker offers a capture from time to time; it is delivered in the main context of the caller, one at a time. Reference counted.
 */
#pragma once

#include "lens-loader.h"

G_BEGIN_DECLS

typedef struct _LensLoaderGrowth LensLoaderGrowth;

/* Delivers in the thread-default main context of the thread that calls this. @task: (transfer none), of the load: nothing is delivered once it
 * is completed or cancelled. */
LensLoaderGrowth *lens_loader_growth_new (LensGrownFunc func, gpointer user_data, GTask *task);
LensLoaderGrowth *lens_loader_growth_ref (LensLoaderGrowth *growth);
void lens_loader_growth_unref (LensLoaderGrowth *growth);

/* Whether it is time to offer another capture: the one before was taken, and making them takes a small part of the time. Worker. */
gboolean lens_loader_growth_is_due (LensLoaderGrowth *growth);

/* Offers @capture (transfer full), which took @cost_us microseconds to make, where it is time to. Worker. */
void lens_loader_growth_offer (LensLoaderGrowth *growth, LensCapture *capture, gint64 cost_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensLoaderGrowth, lens_loader_growth_unref)

G_END_DECLS
