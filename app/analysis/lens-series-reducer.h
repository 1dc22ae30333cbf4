/* M4 reduction, packet after packet: what lens-series.h describes, without keeping the packets. One thread. */
#pragma once

#include "lens-series.h"

G_BEGIN_DECLS

typedef struct
{
  LensSeriesPoint point;
  gsize position; /* in the series: tells the same packet from an equal one */
} LensSeriesExtreme;

typedef struct
{
  gint64 first_ns;
  double columns_per_ns;
  gsize n_columns;       /* 0: every packet is kept */
  gsize column;          /* the one being filled */
  gint64 column_last_ns; /* times up to this one are in it, perhaps later ones too */
  gsize n;               /* packets so far */
  gboolean has_column;
  LensSeriesExtreme first;
  LensSeriesExtreme smallest;
  LensSeriesExtreme largest;
  LensSeriesExtreme last;
  LensSeriesPoint *points; /* owned, g_free(); room for all there can be */
  gsize n_points;
  gsize n_room; /* points that there is room for */
} LensSeriesReducer;

/* @n_expected packets will be pushed, from @first_ns to @last_ns; all are kept where they are at most 4 x @n_columns.
 * FALSE when memory runs out. */
gboolean lens_series_reducer_begin (LensSeriesReducer *reducer,
                                    gsize n_expected,
                                    gint64 first_ns,
                                    gint64 last_ns,
                                    gsize n_columns);

/* Whether packets from @from_ns to @to_ns are in one column: then the first, smallest, largest and last of them stand for all. */
gboolean lens_series_reducer_is_one_column (const LensSeriesReducer *reducer, gint64 from_ns, gint64 to_ns);

/* The next packet in time order. */
void lens_series_reducer_push (LensSeriesReducer *reducer, gint64 time_ns, guint64 payload_bytes);

/* (transfer full), g_free(); NULL where there is none. The reducer is empty then. */
LensSeriesPoint *lens_series_reducer_end (LensSeriesReducer *reducer, gsize *n_points);

G_END_DECLS
