/* What a chart shows, before anything is drawn: the one form that the plot, the table and a PDF are made from.
 *
 * A chart's file fills one from a LensAnalysis. Owned by who built it; holds copies, so it outlives the analysis. Any
 * thread may build one, one thread at a time uses it.
 */
#pragma once

#include "lens-burst.h"
#include "lens-capture.h"
#include "lens-filter.h"
#include "lens-host-matrix.h"
#include "lens-series-detail.h"
#include "lens-series.h"
#include "lens-split.h"
#include "lens-time-span.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LENS_CHART_BARS,        /* vertical bars, a label under each */
  LENS_CHART_SIDE_BARS,   /* horizontal bars, largest at the top, a label left of each */
  LENS_CHART_TIME_SERIES, /* payload over time, one colour a series */
  LENS_CHART_MATRIX,      /* hosts by hosts, one shade a step */
  LENS_CHART_LANES,       /* bursts over time, a lane a stream */
  LENS_CHART_HISTOGRAM,   /* vertical bars that touch: how many there are of each size */
} LensChartKind;

/* What the figures of a chart are. */
typedef enum
{
  LENS_UNIT_PACKETS,
  LENS_UNIT_BYTES,
  LENS_UNIT_MILLISECONDS,
  LENS_UNIT_BYTES_PER_SECOND, /* the figures are whole bytes and packets; value_factor makes them those of a second */
  LENS_UNIT_PACKETS_PER_SECOND,
} LensUnit;

/* What the points of series are over. */
typedef enum
{
  LENS_CHART_OVER_TIME,
  LENS_CHART_OVER_NUMBER, /* a point's time_ns is a plain number, and the axis begins at 0 */
} LensChartOver;

typedef struct
{
  char *label;            /* owned */
  char *address;          /* owned (nullable): of the host that label names */
  guint64 value;          /* in the chart's unit */
  char *value_text;       /* owned: "9,907", "3.1 MB" */
  guint color;            /* index into the theme's series colours */
  gboolean has_term;      /* a click on the bar can filter */
  LensFilterTerm term;    /* by this */
  gboolean is_everything; /* a click on the bar takes such filters away */
  char *edge;             /* owned (nullable): what its left edge is at, in a histogram */
  double from;            /* that as a number */
  gboolean is_major;      /* that is a power of ten */
} LensChartBar;

/* A figure about all that a chart shows: the median of a histogram. */
typedef struct
{
  char *label; /* owned */
  char *text;  /* owned: the figure */
  double value;
} LensChartFact;

typedef struct
{
  char *label;             /* owned, for the legend */
  LensAddress destination; /* that all of it went to; version 0 where it is not one host */
  char *address;           /* owned (nullable): of the host that label names */
  LensSeriesKind kind;     /* what the series of an analysis is of, with the destination or this port */
  guint16 port;
  LensSeriesPoint *points; /* owned, time order */
  gsize n_points;
  LensSeriesPoint *detail; /* owned (nullable): a closer look at the time that is shown */
  gsize n_detail;
  guint64 packets;
  guint64 payload_bytes;
  guint color;         /* index into the theme's series colours */
  gboolean is_stepped; /* a point holds until the next: it is how many there were until then */
  gboolean is_hidden;  /* not drawn now; what is left has the axes for itself */
} LensChartSeries;

/* A span of time with a translucent overlay: a burst. */
typedef struct
{
  gint64 first_ns;
  gint64 last_ns;
  guint64 packets;
  guint64 payload_bytes;
  double mean_payload;
  gboolean is_selected; /* it is the time that the filter selects */
} LensChartBand;

/* A stream of a host, and its bursts side by side with those of the others. */
typedef struct
{
  LensAddress source;
  LensAddress destination;
  gboolean is_sent; /* by the host that all lanes are of; else to it */
  char *label;      /* owned: of the host at the other end */
  char *address;    /* owned (nullable): of that host, where label is a name */
  guint64 packets;
  guint64 payload_bytes;
  gint64 first_ns; /* of all its packets */
  gint64 last_ns;
  LensBurst *bursts; /* owned, time order */
  gsize n_bursts;
  gboolean is_chosen; /* the stream that the page looks at */
} LensChartLane;

typedef struct
{
  LensChartKind kind;
  char *title;        /* owned: what is shown, with the address or port it is of */
  char *subtitle;     /* owned: which part of the capture, and the burst rule where there is one */
  char *x_title;      /* owned */
  char *y_title;      /* owned */
  char *legend_title; /* owned (nullable) */
  char *empty_text;   /* owned (nullable): set when there is nothing to draw, says why */
  LensUnit unit;
  LensChartOver over;  /* of series */
  GArray *bars;        /* (element-type LensChartBar) */
  GArray *series;      /* (element-type LensChartSeries) */
  GArray *bands;       /* (element-type LensChartBand) */
  GArray *lanes;       /* (element-type LensChartLane) */
  GArray *facts;       /* (element-type LensChartFact) */
  double value_factor; /* what a figure is multiplied by to be in the unit: 1 but for rates */
  gint64 interval_ns;  /* of rates: of their steps, which begin at first_ns; else 0 */
  gboolean is_fitting; /* that was chosen to fit the time that is shown */
  LensTimeSpan
      counted; /* where has_counted: the part of the time that the series tell of, as it was zoomed in on */
  gboolean has_counted;
  gboolean is_log;               /* the axis of values is logarithmic */
  gboolean has_legend_elsewhere; /* beside the picture, which then has none */
  double median_place; /* of a histogram, in bars from the left; as are the ends of what 90 % are in */
  double low_place;
  double high_place;
  char *median_text;      /* owned (nullable) */
  char *range_text;       /* owned (nullable) */
  LensHostMatrix *matrix; /* owned; NULL but for a matrix */
  GStrv matrix_labels;    /* owned: one a host of the matrix; as above */
  gint64 first_ns;        /* time axis: from */
  gint64 last_ns;         /* to; never before first_ns */
  LensTimeSpan shown;     /* the part of it that is shown, where has_shown; filters nothing */
  gboolean has_shown;
  LensSeriesPyramid *pyramid; /* owned (nullable): of the series, once they were looked at closely */
  LensSeriesSource source;    /* what all series are of, where has_source: what a closer look at them needs */
  gboolean has_source;
  gboolean is_of_bursts; /* the packets are those of lens_analysis_get_burst_scope() */
  gsize detail_columns;  /* how closely the series were looked at, where they have a detail */
  gboolean is_utc;       /* the time axis is in UTC, as exports are; else in the person's time zone */
} LensChartData;

LensChartData *lens_chart_data_new (LensChartKind kind, LensUnit unit);
void lens_chart_data_free (LensChartData *data);

/* All strings are copied. */
void lens_chart_data_add_bar (LensChartData *data,
                              const char *label,
                              guint64 value,
                              guint color,
                              const LensFilterTerm *term);
void
lens_chart_data_add_series (LensChartData *data, const char *label, const LensSeries *series, guint color);

/* @text: (transfer full). */
void lens_chart_data_take_fact (LensChartData *data, const char *label, char *text, double value);

/* Whether it is over time, so that a part of that can be shown. */
gboolean lens_chart_data_is_over_time (const LensChartData *data);

/* Shows a part of the time, or with NULL all of it. A closer look at another part is dropped. */
void lens_chart_data_set_shown (LensChartData *data, const LensTimeSpan *span);

/* Whether rates whose intervals fit the time are those of the part that is shown; else they are to be read anew. TRUE for all other charts. */
gboolean lens_chart_data_fits_shown (const LensChartData *data);

/* How closely a picture of so many pixels is looked at: with more columns than it has pixels, and not many more, as each is looked for, drawn
 * and looked up under the pointer at every step of a zoom. @width: 0 when it is not known. */
gsize lens_chart_columns_of_pixels (int width);

/* Whether its points don't tell all there is in the part that is shown, for a picture as wide as @n_columns, at most
 * LENS_SERIES_COLUMNS: lens_chart_data_look_closer_async() does. */
gboolean lens_chart_data_needs_detail (const LensChartData *data, gsize n_columns);
void lens_chart_data_look_closer_async (LensChartData *data,
                                        LensAnalysis *analysis,
                                        gsize n_columns,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/* @detail: (transfer full), of lens_series_detail_new_finish(); nothing happens unless it is of the part that is shown. */
void lens_chart_data_take_detail (LensChartData *data, LensSeriesDetail *detail);

/* Which part of the time is shown, where it is a part: "shown: only 2021-04-07 from 17:55:53.2 to 17:56:01.7 UTC"; else NULL. (transfer full) */
char *lens_chart_data_describe_shown (const LensChartData *data, gboolean is_utc);

/* Has the subtitle say that, in UTC: for pictures that nobody can zoom out of. */
void lens_chart_data_say_shown (LensChartData *data);

/* What is drawn of a series. (transfer none) */
const LensSeriesPoint *lens_chart_series_get_points (const LensChartSeries *series, gsize *n_points);

/* What a series is known by, whatever it is called and however many others there are. (transfer none) */
const char *lens_chart_series_get_key (const LensChartSeries *series);

/* Hides those series whose key is in @hidden (a set of strings), and no others. */
void lens_chart_data_hide_series (LensChartData *data, GHashTable *hidden);

/* Has the labels of hidden series say that they are: where a legend is looked at alone. */
void lens_chart_data_label_hidden (LensChartData *data);

/* Calls the hosts that have a bar or a series of their own by the names that @capture has for them; see lens-host-labels.h. */
void lens_chart_data_name_hosts (LensChartData *data, const LensCapture *capture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensChartData, lens_chart_data_free)

G_END_DECLS
