/* How much there was when: packets and bytes in equal bins over the time of a whole capture.
 *
 * Filled by one thread, then immutable and reference counted; any thread. Always as many bins, so that they cost the same for
 * any capture; what draws them adds neighbours up to the columns it has room for.
 */
#pragma once

#include "lens-packet-table.h"
#include "lens-row-set.h"
#include "lens-time-span.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LENS_TIME_BINS_N 2048

typedef struct
{
  guint64 packets;
  guint64 wire_bytes;
} LensTimeBin;

typedef struct
{
  gatomicrefcount ref_count;
  gint64 start_ns;  /* when the first bin begins */
  guint64 width_ns; /* of each bin; all of them reach from the first packet or earlier to the last or later */
  LensTimeBin bins[LENS_TIME_BINS_N];
} LensTimeBins;

/* Empty bins for packets from @first_ns to @last_ns, both in them. A moment stands in the middle of one second.
 * (transfer full); NULL when memory runs out. */
LensTimeBins *lens_time_bins_new (gint64 first_ns, gint64 last_ns);
LensTimeBins *lens_time_bins_ref (LensTimeBins *bins);
void lens_time_bins_unref (LensTimeBins *bins);

/* Counts rows @first to @end, the one after the last, of flows that pass (@passes has one byte a flow; nullable: all do) and that are in
 * @rows (nullable: all are). */
void lens_time_bins_add_rows (LensTimeBins *bins,
                              const LensPacketColumns *columns,
                              const guint8 *passes,
                              const LensRowSet *rows,
                              gsize first,
                              gsize end);

/* The bin that @time_ns is in; the nearest one for times before and after all. */
gsize lens_time_bins_find (const LensTimeBins *bins, gint64 time_ns);

/* The first and the last moment of a bin. */
gint64 lens_time_bins_get_first (const LensTimeBins *bins, gsize position);
gint64 lens_time_bins_get_last (const LensTimeBins *bins, gsize position);

/* From the first moment of the first bin to the last one of the last. */
LensTimeSpan lens_time_bins_get_span (const LensTimeBins *bins);

/* How many neighbours to add up so that there are @max_columns columns at most, each of as many bins; and their sums. @columns has
 * room for LENS_TIME_BINS_N / the number of neighbours. */
gsize lens_time_bins_get_group (gsize max_columns);
void lens_time_bins_sum (const LensTimeBins *bins, gsize group, LensTimeBin *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensTimeBins, lens_time_bins_unref)

G_END_DECLS
