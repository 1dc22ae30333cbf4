/* The shades of a matrix: a few steps from the smallest weight to the largest, each some times the one before, as the weights of hosts
 * differ by powers of ten. A plain value. Any thread. */
#pragma once

#include "lens-host-matrix.h"

G_BEGIN_DECLS

#define LENS_MATRIX_MAX_SHADES 6

typedef struct
{
  guint n;                              /* 0: nothing weighs anything */
  guint64 from[LENS_MATRIX_MAX_SHADES]; /* the least weight of each shade, ascending; round numbers */
} LensMatrixScale;

/* From @smallest, at least 1, to @largest: 1, 2, 5, 10, 20 ... where those are few, else powers of ten, or of as many tens as it takes. */
LensMatrixScale lens_matrix_scale_new (guint64 smallest, guint64 largest);

/* The shade of @weight, which is one of the scale's range; -1 for 0. */
int lens_matrix_scale_find (const LensMatrixScale *scale, guint64 weight);

/* How much of its colour a shade has, the rest being background: 0 to 1. */
double lens_matrix_scale_get_strength (const LensMatrixScale *scale, guint shade);

G_END_DECLS
