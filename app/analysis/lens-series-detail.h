/* Series over a part of the time, from the packets themselves: what a chart needs when it is looked at more closely than the points of
 * an analysis tell. Immutable once made. */
#pragma once

#include "lens-analysis.h"
#include "lens-split.h"
#include "lens-series-pyramid.h"
#include "lens-time-span.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which packets a group of series is of: what one address, or one source port of a layer, sent; only to one destination where there is
 * one. Addresses of version 0 are any, a layer of LENS_LAYER_NOT_IP is none. */
typedef struct
{
  LensAddress source;
  LensAddress destination;
  LensLayer layer; /* of the port */
  guint16 port;    /* source port */
  gboolean is_flow;
  LensFlowKey flow;    /* only this one of the stream, where is_flow */
  gboolean is_split;   /* the lines are those of a LensSplit, in its order; nothing above is looked at */
  LensSplitSpec split; /* that one */
  LensLineMeasure measure;
} LensSeriesSource;

/* One series of it. */
typedef struct
{
  LensSeriesKind
      kind; /* a destination address of version 0 is, as "others" are, all that no other line has */
  LensAddress address;
  guint16 port;
  const LensSeriesPoint *points; /* all of the time's, as the analysis has them */
  gsize n_points;
  guint64 packets; /* that these points stand for */
} LensDetailLine;

typedef struct
{
  LensTimeSpan span;
  gsize n_columns;
  gsize n_lines;
  LensSeriesPoint **
      points; /* owned: a line's packets in the span, reduced to columns, with the last before and the first after it */
  gsize *n_points;
} LensSeriesDetail;

/* Whether the points of @line are fewer than its packets, so that a part of them tells less than there is. */
gboolean lens_detail_line_is_reduced (const LensDetailLine *line);

/* Of the selected rows in @span, reduced to @n_columns as an analysis does to LENS_SERIES_COLUMNS, on the calling thread.
 * @pyramid: (transfer none), of @analysis and as many lines; one for all looks at the same lines: the first one fills it, which reads all rows. Errors: G_IO_ERROR_CANCELLED; LENS_ERROR_LIMIT when memory runs out.
 * (transfer full) */
LensSeriesDetail *lens_series_detail_new (LensAnalysis *analysis,
                                          LensSeriesPyramid *pyramid,
                                          const LensSeriesSource *source,
                                          const LensDetailLine *lines,
                                          gsize n_lines,
                                          LensTimeSpan span,
                                          gsize n_columns,
                                          GCancellable *cancellable,
                                          GError **error);
void lens_series_detail_free (LensSeriesDetail *detail);

/* The same on a worker thread; @lines and their points are copied as far as they are needed. */
void lens_series_detail_new_async (LensAnalysis *analysis,
                                   LensSeriesPyramid *pyramid,
                                   const LensSeriesSource *source,
                                   const LensDetailLine *lines,
                                   gsize n_lines,
                                   LensTimeSpan span,
                                   gsize n_columns,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LensSeriesDetail *lens_series_detail_new_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensSeriesDetail, lens_series_detail_free)

G_END_DECLS
