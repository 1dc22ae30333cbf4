/* Which filters were looked at before this one, and after it; for LensSession alone. Main thread. */
#pragma once

#include "lens-filter.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *back;    /* of LensFilter, the latest last */
  GPtrArray *forward; /* of LensFilter, the next one last */
  LensFilter *kept;   /* owned; NULL while nothing is tried: the filter from before that */
} LensFilterHistory;

void lens_filter_history_init (LensFilterHistory *history);
void lens_filter_history_clear (LensFilterHistory *history);

/* Forgets all. */
void lens_filter_history_reset (LensFilterHistory *history);

/* Another filter than @filter is looked at now, but perhaps not for long: what was looked at before the first one tried is remembered. */
void lens_filter_history_try (LensFilterHistory *history, LensFilter *filter);

/* Trying is over, with @filter: one step from what was looked at before. Nothing where nothing was tried. */
void lens_filter_history_settle (LensFilterHistory *history, LensFilter *filter);

/* Trying is over, and was in vain: (transfer full) what was looked at before, or NULL where nothing was tried. */
LensFilter *lens_filter_history_give_up (LensFilterHistory *history);

/* Another filter than @filter is looked at now, which was settled on: where there was one to go forward to it is forgotten. */
void lens_filter_history_push (LensFilterHistory *history, LensFilter *filter);

/* One step from @filter, which was settled on: (transfer full) the one that is looked at now, or NULL where there is none that way. */
LensFilter *lens_filter_history_step (LensFilterHistory *history, LensFilter *filter, gboolean is_back);

/* The filter that is so many steps ahead, or, below 0, back, once the one that is looked at is settled on: (transfer none), or NULL where the
 * history doesn't go as far. */
LensFilter *lens_filter_history_peek (const LensFilterHistory *history, int steps);

G_END_DECLS
