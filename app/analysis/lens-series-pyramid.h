/* The packets of several lines, and what stands for many of them: in blocks of 32 packets, in eight such blocks, and so on, the first, the
 * smallest, the largest and the last. A part of the time is reduced to columns (lens-series-reducer.h) from the largest pieces that lie
 * within a column, so that it costs what the columns cost, not what the packets would. Exact: pieces across an edge are taken apart.
 * The payload of all packets before each block is known, too, so that a part of a line of sums costs the same.
 * Memory: 2.5 bytes a packet, and 12 more for those of a line that has few of the table's (they are copied next to each other).
 *
 * Reference counted. Filled once, by the first thread that asks; then read by any.
 */
#pragma once

#include "lens-analysis.h"
#include "lens-line-series.h"
#include "lens-series-reducer.h"
#include "lens-time-span.h"

G_BEGIN_DECLS

/* A flow with this is on no line. */
#define LENS_PYRAMID_NO_LINE G_MAXUINT8

typedef struct _LensSeriesPyramid LensSeriesPyramid;

/* Of each flow of the table the line that its packets are on: (transfer full), one byte a flow; NULL when memory runs out. Called on the
 * thread that fills. */
typedef guint8 *(*LensPyramidLinesFunc) (gpointer user_data);

/* A packet beside a span of time. */
typedef struct
{
  gboolean is_known;
  LensSeriesPoint point;
} LensPyramidEdge;

/* Empty: of at most 255 lines of the rows that @analysis selects, a reference to which is taken. */
LensSeriesPyramid *lens_series_pyramid_new (LensAnalysis *analysis, gsize n_lines);
LensSeriesPyramid *lens_series_pyramid_ref (LensSeriesPyramid *pyramid);
void lens_series_pyramid_unref (LensSeriesPyramid *pyramid);

/* Reads all selected rows, unless that is done; a second thread waits. FALSE when memory runs out. */
gboolean
lens_series_pyramid_fill (LensSeriesPyramid *pyramid, LensPyramidLinesFunc make_lines, gpointer user_data);

gsize lens_series_pyramid_get_n_lines (const LensSeriesPyramid *pyramid);

/* Packets of the line, in all. */
gsize lens_series_pyramid_get_n_packets (const LensSeriesPyramid *pyramid, gsize line);

/* (transfer full), g_free(), in *@points: the line's packets in @span, at most 4 x @n_columns; all of them where they are no more, and NULL where there
 * are none. @before and @after: the last one before it and the first one after it. @measure: each has its payload,
 * or what the line had until then since its first packet, this one too. FALSE when memory runs out. Once it is filled. */
gboolean lens_series_pyramid_reduce (const LensSeriesPyramid *pyramid,
                                     gsize line,
                                     LensLineMeasure measure,
                                     LensTimeSpan span,
                                     gsize n_columns,
                                     LensSeriesPoint **points,
                                     gsize *n_points,
                                     LensPyramidEdge *before,
                                     LensPyramidEdge *after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensSeriesPyramid, lens_series_pyramid_unref)

G_END_DECLS
