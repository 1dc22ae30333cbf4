#include "lens-value-counts.h"

#include <math.h>

struct _LensValueCounts
{
  guint bits;
  guint most_bits;
  guint64 *counts; /* owned: a place a number, or a group of them */
  gsize n_places;
  guint64 n;
  guint64 min;
  guint64 max;
  guint64
      base; /* the first number: sums are of differences from it, so that equal numbers have a deviation of exactly 0 */
  double sum;
  double squares;
};

/* After the numbers that are counted by themselves come groups: 2^(bits - 1) for each binary digit more. */
static gsize
find_place (const LensValueCounts *counts, guint64 value)
{
  guint digits = value > 0 ? 64 - (guint) __builtin_clzll (value) : 0;
  guint shift = digits > counts->bits ? digits - counts->bits : 0;

  return ((gsize) shift << (counts->bits - 1)) + (gsize) (value >> shift);
}

/* The smallest number of a place. */
static guint64
get_value (const LensValueCounts *counts, gsize place)
{
  gsize half = (gsize) 1 << (counts->bits - 1);
  gsize shift = place < 2 * half ? 0 : place / half - 1;

  return (guint64) (place - shift * half) << shift;
}

LensValueCounts *
lens_value_counts_new (guint bits, guint most_bits)
{
  LensValueCounts *counts = g_new0 (LensValueCounts, 1);

  g_return_val_if_fail (bits >= 1 && bits <= 16 && most_bits >= bits && most_bits <= 64, NULL);
  counts->bits = bits;
  counts->most_bits = most_bits;
  counts->n_places = (gsize) (most_bits - bits + 2) << (bits - 1);
  counts->counts = g_try_new0 (guint64, counts->n_places);
  if (counts->counts == NULL)
    g_clear_pointer (&counts, lens_value_counts_free);
  return counts;
}

void
lens_value_counts_free (LensValueCounts *counts)
{
  if (counts == NULL)
    return;
  g_free (counts->counts);
  g_free (counts);
}

void
lens_value_counts_add (LensValueCounts *counts, guint64 value)
{
  gsize place = find_place (counts, value);
  double difference;

  g_return_if_fail (place < counts->n_places);
  if (counts->n++ == 0)
    counts->base = counts->min = counts->max = value;
  counts->min = MIN (counts->min, value);
  counts->max = MAX (counts->max, value);
  counts->counts[place]++;
  difference = value >= counts->base ? (double) (value - counts->base) : -(double) (counts->base - value);
  counts->sum += difference;
  counts->squares += difference * difference;
}

guint64
lens_value_counts_get_n (const LensValueCounts *counts)
{
  return counts->n;
}

guint64
lens_value_counts_get_min (const LensValueCounts *counts)
{
  return counts->min;
}

guint64
lens_value_counts_get_max (const LensValueCounts *counts)
{
  return counts->max;
}

double
lens_value_counts_get_mean (const LensValueCounts *counts)
{
  return counts->n > 0 ? (double) counts->base + counts->sum / (double) counts->n : 0;
}

double
lens_value_counts_get_standard_deviation (const LensValueCounts *counts)
{
  double mean;

  if (counts->n == 0 || counts->min == counts->max)
    return 0;
  mean = counts->sum / (double) counts->n;
  return sqrt (MAX (counts->squares / (double) counts->n - mean * mean, 0));
}

double
lens_value_counts_get_quantile (const LensValueCounts *counts, double share)
{
  double place_of = counts->n > 0 ? CLAMP (share, 0, 1) * (double) (counts->n - 1) : 0;
  guint64 rank = (guint64) place_of;
  double rest = place_of - (double) rank;
  guint64 n_before = 0;
  gboolean has_lower = FALSE;
  double lower = 0;

  if (counts->n == 0)
    return 0;
  for (gsize place = 0; place < counts->n_places; place++)
    {
      double value;

      n_before += counts->counts[place];
      if (n_before <= rank)
        continue;
      /* No number of a group is outside of what there was. */
      value = (double) CLAMP (get_value (counts, place), counts->min, counts->max);
      if (!has_lower)
        lower = value;
      has_lower = TRUE;
      if (rest <= 0 || n_before > rank + 1)
        return lower + rest * (value - lower);
    }
  return lower;
}
