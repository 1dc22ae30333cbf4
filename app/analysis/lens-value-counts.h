/* How often each whole number occurred, in bounded memory: mean, deviation and quantiles of very many of them.
 *
 * Numbers below 2^bits are counted each by itself; larger ones are counted together with those that agree in their first bits binary
 * digits, so that a quantile is exact below, and above by less than one part in 2^(bits - 1). As in HdrHistogram (Tene, hdrhistogram.org).
 * One thread fills it; then any reads it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LensValueCounts LensValueCounts;

/* @bits: 1 to 16; @most_bits: how many the largest number has, bits to 64. (transfer full); NULL when memory runs out. */
LensValueCounts *lens_value_counts_new (guint bits, guint most_bits);
void lens_value_counts_free (LensValueCounts *counts);

void lens_value_counts_add (LensValueCounts *counts, guint64 value);

guint64 lens_value_counts_get_n (const LensValueCounts *counts);

/* All 0 where there is no number. The deviation is the population's. */
guint64 lens_value_counts_get_min (const LensValueCounts *counts);
guint64 lens_value_counts_get_max (const LensValueCounts *counts);
double lens_value_counts_get_mean (const LensValueCounts *counts);
double lens_value_counts_get_standard_deviation (const LensValueCounts *counts);

/* The number that @share (0 to 1) of them are not above; between two of them in proportion (Hyndman and Fan 1996, definition 7). */
double lens_value_counts_get_quantile (const LensValueCounts *counts, double share);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensValueCounts, lens_value_counts_free)

G_END_DECLS
