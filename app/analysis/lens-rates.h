/* How much there was of each line of a LensSplit in each interval of time. Exact; immutable once made; any thread.
 *
 * Intervals begin at whole multiples of their length since 1970, so that those of two selections meet; one without packets counts 0.
 */
#pragma once

#include "lens-split.h"
#include "lens-time-span.h"

G_BEGIN_DECLS

/* A line has no more intervals: 160 kB. */
#define LENS_RATES_MAX_BINS 10000

/* The same where the length is chosen for the person: as many as are told apart on a screen. */
#define LENS_RATES_AUTOMATIC_BINS 240

typedef struct
{
  guint64 packets;
  guint64 payload_bytes;
} LensRateBin;

typedef struct
{
  gboolean has_packets;
  LensTimeSpan whole; /* of all packets of the lines, where has_packets */
  gint64 start_ns;    /* of the first interval */
  gint64 end_ns;      /* when the last one ends */
  gint64 interval_ns;
  gint64 asked_ns; /* what was asked for: shorter where that would be too many intervals; 0: any */
  gsize n_bins;    /* of each line; 0 where there are no packets */
  gsize n_lines;
  LensRateBin *bins; /* owned: the first line's, then the second's, ... */
} LensRates;

/* From the first to the last packet of @split, which is of @analysis. @interval_ns: 0 has a round one chosen. Errors:
 * G_IO_ERROR_CANCELLED; LENS_ERROR_LIMIT when memory runs out. (transfer full) */
LensRates *lens_rates_new (const LensAnalysis *analysis,
                           const LensSplit *split,
                           gint64 interval_ns,
                           GCancellable *cancellable,
                           GError **error);

/* The same of intervals that fit @shown, a part of the time: those of them that it touches, and as many more on both sides, as far as there are
 * packets of the lines; of no interval where it is beyond those. */
LensRates *lens_rates_new_shown (const LensAnalysis *analysis,
                                 const LensSplit *split,
                                 LensTimeSpan shown,
                                 GCancellable *cancellable,
                                 GError **error);
void lens_rates_free (LensRates *rates);

/* The bins of a line. (transfer none) */
const LensRateBin *lens_rates_get_line (const LensRates *rates, gsize line);

/* The shortest of 1, 2 and 5 times a power of ten nanoseconds, no shorter than @interval_ns, that has at most @max_bins intervals touch
 * @span. */
gint64 lens_rates_choose_interval (LensTimeSpan span, gint64 interval_ns, gsize max_bins);

/* The interval of lens_rates_new_shown(). */
gint64 lens_rates_fit_interval (LensTimeSpan shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensRates, lens_rates_free)

G_END_DECLS
