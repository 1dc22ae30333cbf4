/* The lines of a LensSplit packet by packet: the payload of each, or what all of them together had until then, reduced to what a picture
 * can show (see lens-series.h). Immutable once made; any thread.
 */
#pragma once

#include "lens-split.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_LINE_SIZES, /* the payload of each packet */
  LENS_LINE_SUMS,  /* the payload of all packets until then, this one too */
} LensLineMeasure;

typedef struct
{
  gsize n_lines;
  LensSeriesPoint *points[LENS_SPLIT_MAX_LINES]; /* owned; time order */
  gsize n_points[LENS_SPLIT_MAX_LINES];
} LensLineSeries;

/* @split: of @analysis. Errors: G_IO_ERROR_CANCELLED; LENS_ERROR_LIMIT when memory runs out. (transfer full) */
LensLineSeries *lens_line_series_new (const LensAnalysis *analysis,
                                      const LensSplit *split,
                                      LensLineMeasure measure,
                                      GCancellable *cancellable,
                                      GError **error);
void lens_line_series_free (LensLineSeries *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensLineSeries, lens_line_series_free)

G_END_DECLS
