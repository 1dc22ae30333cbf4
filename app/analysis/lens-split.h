/* The selected packets divided into a few lines: by destination, by port, by protocol, by direction. What charts over time draw.
 *
 * Which line a packet is on depends on its flow alone. Immutable once made, reference counted; any thread.
 */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_SPLIT_NONE,      /* one line of all */
  LENS_SPLIT_DIRECTION, /* sent and received by a host; between others */
  LENS_SPLIT_DESTINATION,
  LENS_SPLIT_PORT, /* TCP or UDP destination port */
  LENS_SPLIT_PROTOCOL,
  LENS_N_SPLITS
} LensSplitBy;

typedef struct
{
  LensSplitBy by;
  LensAddress host;    /* whose direction it is; version 0: no host */
  gboolean is_of_host; /* only what the host sent, and, by direction, received; else all selected packets */
  guint max_named;     /* lines by name, 1 to LENS_SERIES_MAX_NAMED; the rest are one line of others */
} LensSplitSpec;

typedef enum
{
  LENS_SPLIT_LINE_ALL,
  LENS_SPLIT_LINE_SENT,
  LENS_SPLIT_LINE_RECEIVED,
  LENS_SPLIT_LINE_BETWEEN_OTHERS, /* neither from nor to the host */
  LENS_SPLIT_LINE_DESTINATION,    /* address */
  LENS_SPLIT_LINE_PORT,           /* layer and port */
  LENS_SPLIT_LINE_NO_PORT,        /* neither TCP nor UDP with ports */
  LENS_SPLIT_LINE_PROTOCOL,       /* protocol, above IP */
  LENS_SPLIT_LINE_NOT_IP,
  LENS_SPLIT_LINE_OTHERS, /* n_members destinations, ports or protocols */
} LensSplitLineKind;

typedef struct
{
  LensSplitLineKind kind;
  LensAddress address; /* of a destination, else version 0 */
  LensLayer layer;
  guint16 port;
  guint8 protocol; /* IANA */
  gsize n_members;
  guint64 packets;
  guint64 payload_bytes;
} LensSplitLine;

#define LENS_SPLIT_MAX_LINES (LENS_SERIES_MAX_NAMED + 1)
#define LENS_SPLIT_NO_LINE G_MAXUINT8

typedef struct
{
  gatomicrefcount ref_count;
  LensSplitSpec spec;
  guint8 *line_of_flow; /* owned, one a flow of the table: its line, or LENS_SPLIT_NO_LINE */
  LensSplitLine lines[LENS_SPLIT_MAX_LINES]; /* none without packets; largest payload first, others last */
  gsize n_lines;
} LensSplit;

/* Those that were made last of an analysis are kept with it and given again. Errors: G_IO_ERROR_CANCELLED; LENS_ERROR_LIMIT when memory runs
 * out. (transfer full) */
LensSplit *lens_split_new (const LensAnalysis *analysis,
                           const LensSplitSpec *spec,
                           GCancellable *cancellable,
                           GError **error);
LensSplit *lens_split_ref (LensSplit *split);
void lens_split_unref (LensSplit *split);

/* The host that charts of one host are about: the only one that the filter of @analysis selects, else the one that sent most payload.
 * FALSE where there is none. */
gboolean lens_split_find_host (const LensAnalysis *analysis, LensAddress *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensSplit, lens_split_unref)

G_END_DECLS
