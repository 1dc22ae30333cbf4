#include "lens-matrix-scale.h"

/* The faintest shade that is told from an empty cell. */
#define LEAST_STRENGTH 0.2

static guint64
multiply (guint64 number, guint64 factor)
{
  guint64 product;

  return g_uint64_checked_mul (&product, number, factor) ? product : G_MAXUINT64;
}

/* The largest power of ten that is not above @number, which is at least 1. */
static guint64
floor_to_decade (guint64 number)
{
  guint64 decade = 1;

  while (number / decade >= 10)
    decade *= 10;
  return decade;
}

/* Steps of 1, 2, 5 in @factors, times @base where one round of them is done. FALSE where they are too many. */
static gboolean
fill (LensMatrixScale *scale,
      guint64 smallest,
      guint64 largest,
      const guint64 *factors,
      guint n_factors,
      guint64 base)
{
  guint64 decade = floor_to_decade (smallest);

  scale->n = 0;
  for (;;)
    {
      for (guint i = 0; i < n_factors; i++)
        {
          guint64 from = multiply (decade, factors[i]);
          guint64 next = i + 1 < n_factors ? multiply (decade, factors[i + 1]) : multiply (decade, base);

          if (from > largest)
            return TRUE;
          if (next <= smallest && next != G_MAXUINT64)
            continue;
          if (scale->n == LENS_MATRIX_MAX_SHADES)
            return FALSE;
          scale->from[scale->n++] = from;
          if (next == G_MAXUINT64)
            return TRUE;
        }
      decade = multiply (decade, base);
    }
}

LensMatrixScale
lens_matrix_scale_new (guint64 smallest, guint64 largest)
{
  static const guint64 fine[] = { 1, 2, 5 };
  static const guint64 coarse[] = { 1 };
  LensMatrixScale scale = { 0 };

  if (smallest == 0 || largest < smallest)
    return scale;
  if (fill (&scale, smallest, largest, fine, G_N_ELEMENTS (fine), 10))
    return scale;
  for (guint64 base = 10; !fill (&scale, smallest, largest, coarse, G_N_ELEMENTS (coarse), base); base *= 10)
    ;
  return scale;
}

int
lens_matrix_scale_find (const LensMatrixScale *scale, guint64 weight)
{
  int shade = (int) scale->n - 1;

  if (weight == 0)
    return -1;
  while (shade > 0 && scale->from[shade] > weight)
    shade--;
  return shade;
}

double
lens_matrix_scale_get_strength (const LensMatrixScale *scale, guint shade)
{
  if (scale->n < 2)
    return 0.75;
  return LEAST_STRENGTH + (1 - LEAST_STRENGTH) * shade / (scale->n - 1);
}
