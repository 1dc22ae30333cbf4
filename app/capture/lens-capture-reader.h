/* One packet capture file, read from front to back: records out of bytes.
 *
 * pcap in all its variants and pcapng, plain or inside gzip, zstd or lz4, told by content. The reader is used by one thread
 * at a time. Nothing in a record is trusted further on: lengths may be nonsense, times too; only bytes[0 ..
 * captured_bytes) exist.
 */
#pragma once

#include "lens-byte-source.h"
#include "lens-capture-info.h"
#include "lens-kept-bytes.h"
#include "lens-packed-index.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a compressed file may unpack to unless told otherwise: so many bytes, or so many times what it has packed. */
#define LENS_DEFAULT_MAX_UNPACKED_BYTES (G_GUINT64_CONSTANT (1) << 30)
#define LENS_DEFAULT_MAX_UNPACKED_RATIO 100

typedef struct _LensCaptureReader LensCaptureReader;

/* The two lengths stand apart so that nobody copies both at once right after each was written, which processors wait for. */
typedef struct
{
  gint64 time_ns;         /* since 1970, UTC; always valid: saturated, nonsense fractions are carried over */
  guint64 file_offset;    /* of the record's header or block in the unpacked bytes of the file; never falls */
  guint32 captured_bytes; /* bytes present */
  guint32 link_type;      /* LINKTYPE_ number, https://www.tcpdump.org/linktypes.html */
  guint32 wire_bytes;     /* bytes the packet had on the wire */
  guint32 interface;      /* index into LensCaptureInfo's interfaces */
  const guint8 *bytes;    /* (transfer none) captured_bytes long, valid until the next call */
} LensRecord;

typedef enum
{
  LENS_READ_RECORD,  /* a record was read */
  LENS_READ_END,     /* the file ended where a record ended */
  LENS_READ_DAMAGED, /* it ended or broke inside a record, or reading failed: all earlier records stay good */
  LENS_READ_WAIT, /* a pipe has nothing right now (looked at for at most 0.2 s): call again. Of regular files only after a seek. */
  LENS_READ_CEILING, /* it was unpacked as far as is allowed: all earlier records stay good */
} LensReadStatus;

typedef struct
{
  /* Where unpacking stops. 0: at LENS_DEFAULT_MAX_UNPACKED_BYTES or LENS_DEFAULT_MAX_UNPACKED_RATIO times the packed
   * bytes read so far, whichever is more; G_MAXUINT64: nowhere. */
  guint64 max_unpacked_bytes;
  gboolean keeps_pipe;    /* what comes through a pipe is kept: see lens_capture_reader_get_kept() */
  LensPackedIndex *index; /* (nullable): where the places of a compressed file are noted */
  gboolean
      seeks; /* by that index, which was filled when it was read before: see lens_capture_reader_seek() */
} LensReaderOptions;

/* Opens @path ("-": standard input). @options: (nullable). Errors: LENS_ERROR_OPEN, LENS_ERROR_NOT_A_CAPTURE,
 * LENS_ERROR_UNSUPPORTED, LENS_ERROR_READ; their texts name the file and say what to do. Opening a pipe never waits: the
 * header is read by the first lens_capture_reader_next(), which then says LENS_READ_DAMAGED with such an error. */
LensCaptureReader *
lens_capture_reader_open (const char *path, const LensReaderOptions *options, GError **error);

/* The same from @source (transfer full); @name, made safe to show, is what messages call it. Waits for no pipe. */
LensCaptureReader *lens_capture_reader_new (LensByteSource *source,
                                            const char *name,
                                            const LensReaderOptions *options,
                                            GError **error);

/* The same from what is kept of the pipe that messages call @name: as much of it as is there now. Reads like a file. */
LensCaptureReader *lens_capture_reader_open_kept (LensKeptBytes *kept,
                                                  const char *name,
                                                  const LensReaderOptions *options,
                                                  GError **error);
void lens_capture_reader_free (LensCaptureReader *reader);

/* Reads the next record. @error is set with LENS_READ_DAMAGED and LENS_READ_CEILING (LENS_ERROR_LIMIT); its text is for
 * people: the file, the number of the packet where it begins, and what is shown. After either, LENS_READ_END. */
LensReadStatus lens_capture_reader_next (LensCaptureReader *reader, LensRecord *record, GError **error);

/* Goes on at the record or block that begins at @offset of a file that was read before by another reader, which knew @known of it at the
 * end. FALSE: this can't be done in it, as it is no regular file, or compressed and has no index, and nothing has changed. Whether what
 * follows is still the record that was there is for the caller to find out. While a compressed file is unpacked up to there,
 * lens_capture_reader_next() says LENS_READ_WAIT every few milliseconds. */
gboolean lens_capture_reader_seek (LensCaptureReader *reader, const LensCaptureInfo *known, guint64 offset);

/* Bytes taken from the file itself (packed ones, where it is), and in all (0: not known, as for a pipe). */
guint64 lens_capture_reader_get_position (const LensCaptureReader *reader);
guint64 lens_capture_reader_get_size (const LensCaptureReader *reader);

/* How far it has been unpacked, or read where it is not compressed. */
guint64 lens_capture_reader_get_unpacked_position (const LensCaptureReader *reader);

/* What is kept of the pipe that is read, all that was given out and more; (transfer none). NULL: it is no pipe, or this was not asked for. */
LensKeptBytes *lens_capture_reader_get_kept (const LensCaptureReader *reader);

/* What a compressed file may be made to by now: see LensReaderOptions. G_MAXUINT64 where it is not compressed. Who keeps more of a packet
 * than its bytes has to see to it that this is kept as well. */
guint64 lens_capture_reader_get_allowed_bytes (const LensCaptureReader *reader);

/* What the file says of itself beside its packets. Grows while it is read. (transfer none) */
const LensCaptureInfo *lens_capture_reader_get_info (LensCaptureReader *reader);

/* The same to keep (transfer full), at the end: only lens_capture_reader_free() may follow. */
LensCaptureInfo *lens_capture_reader_steal_info (LensCaptureReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensCaptureReader, lens_capture_reader_free)

G_END_DECLS
