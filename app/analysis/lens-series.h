/* Payload over time, ready to draw: at most LENS_SERIES_MAX_POINTS points whatever the number of packets.
 *
 * Up to that many packets the points are the packets themselves. Beyond, time is cut into LENS_SERIES_COLUMNS equal
 * columns and each keeps its first, smallest, largest and last packet (M4: Jugel et al., "M4: A Visualization-Oriented
 * Time Series Data Aggregation", VLDB 2014), which draws the same picture.
 */
#pragma once

#include "lens-address.h"

#include <glib.h>

G_BEGIN_DECLS

#define LENS_SERIES_COLUMNS 4096
#define LENS_SERIES_MAX_POINTS (4 * LENS_SERIES_COLUMNS)

/* Series a chart shows by name; those beyond are added up in one "others" series. */
#define LENS_SERIES_MAX_NAMED 9

typedef struct
{
  gint64 time_ns;
  guint64 payload_bytes; /* of the packet, or what else a chart shows: how many there were until then */
} LensSeriesPoint;

typedef enum
{
  LENS_SERIES_DESTINATION,      /* one destination address */
  LENS_SERIES_DESTINATION_PORT, /* one destination port */
  LENS_SERIES_OTHERS,           /* the rest, n_members of them */
  LENS_SERIES_LINE,             /* one line of a LensSplit */
} LensSeriesKind;

typedef struct
{
  LensSeriesKind kind;
  LensAddress address; /* of a destination */
  guint16 port;        /* of a destination port */
  gsize n_members;     /* how many destinations or ports are in it */
  guint64 packets;
  guint64 payload_bytes;
  LensSeriesPoint *points; /* owned, in time order */
  gsize n_points;
} LensSeries;

/* (transfer full): packets in time order to at most LENS_SERIES_MAX_POINTS points; *@n_points says how many.
 * NULL where there are none, and when memory runs out. */
LensSeriesPoint *
lens_series_reduce (const gint64 *time_ns, const guint32 *payload_bytes, gsize n, gsize *n_points);

/* The same again for @n_columns columns of a picture: few enough to draw. (transfer full) */
LensSeriesPoint *
lens_series_points_reduce (const LensSeriesPoint *points, gsize n, gsize n_columns, gsize *n_points);

/* The first of @points, which are in time order, that is not before @time_ns; @n where there is none. */
gsize lens_series_points_find (const LensSeriesPoint *points, gsize n, gint64 time_ns);

G_END_DECLS
