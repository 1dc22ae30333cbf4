/* Which filters were looked at before this one, and after it; for LensSession alone. Main thread. */
#pragma once

#include "lens-filter.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *back;    /* of LensFilter, the latest last */
  GPtrArray *forward; /* of LensFilter, the next one last */
} LensFilterHistory;

void lens_filter_history_init (LensFilterHistory *history);
void lens_filter_history_clear (LensFilterHistory *history);

/* Forgets all. */
void lens_filter_history_reset (LensFilterHistory *history);

/* Another filter than @filter is looked at now: where there was one to go forward to it is forgotten. */
void lens_filter_history_push (LensFilterHistory *history, LensFilter *filter);

/* One step from @filter: (transfer full) the one that is looked at now, or NULL where there is none that way. */
LensFilter *lens_filter_history_step (LensFilterHistory *history, LensFilter *filter, gboolean is_back);

G_END_DECLS
