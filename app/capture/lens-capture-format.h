/* The formats of capture files: what one looks like, and how records come out of its bytes.
 *
 * A format's parser peeks at the input and skips whole records or blocks, so LENS_PARSE_WAIT can be answered with the same
 * call again. It is owned by the reader and used on the reader's thread.
 */
#pragma once

#include "lens-capture-info.h"
#include "lens-capture-reader.h"
#include "lens-input.h"

G_BEGIN_DECLS

/* How many bytes from the start of a file tell its format. */
#define LENS_CAPTURE_MAGIC_BYTES 4

typedef enum
{
  LENS_PARSE_RECORD, /* a record was read */
  LENS_PARSE_NOT_DONE, /* the input gave out: its status says how; it ended well only where nothing was left over */
  LENS_PARSE_BROKEN, /* what is there makes no sense */
} LensParseStatus;

/* The first member of every format's parser. */
typedef struct
{
  LensInput *input;      /* (transfer none) */
  LensCaptureInfo *info; /* (transfer none) */
  guint64 n_packets;     /* read so far */
} LensCaptureParser;

typedef struct
{
  const char *name;
  gboolean (*is_magic) (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES]);

  /* @input and @info stay the reader's. */
  LensCaptureParser *(*parser_new) (LensInput *input, LensCaptureInfo *info);
  void (*parser_free) (LensCaptureParser *parser);

  /* Reads what comes before the first record. LENS_PARSE_RECORD: it was read. LENS_PARSE_BROKEN: @error says why in
   * words that follow "its file header can’t be read: ". */
  LensParseStatus (*start) (LensCaptureParser *parser, GError **error);

  /* Reads the next record. */
  LensParseStatus (*next) (LensCaptureParser *parser, LensRecord *record);

  /* (nullable) Gets ready to read on anywhere in a file that was read before, of which @known is known; the input is at @offset. */
  void (*resume) (LensCaptureParser *parser, const LensCaptureInfo *known, guint64 offset);
} LensCaptureFormat;

extern const LensCaptureFormat lens_pcap_format;
extern const LensCaptureFormat lens_pcapng_format;

/* The longest record of a link type that makes sense: no program writes longer ones. */
guint32 lens_capture_format_get_max_record_bytes (guint32 link_type);

/* The format of a file that begins with these bytes; NULL for none that is read. */
const LensCaptureFormat *lens_capture_format_find (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES]);

G_END_DECLS
