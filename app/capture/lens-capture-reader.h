/* One packet capture file, read from front to back: records out of bytes.
 *
 * Classic pcap is read through libpcap, with nanoseconds. The reader is used by one thread at a time. Nothing in
 * a record is trusted further on: lengths may be nonsense, times too; only bytes[0 .. captured_bytes) exist.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LensCaptureReader LensCaptureReader;

typedef struct
{
  gint64 time_ns;         /* since 1970, UTC; always valid: nonsense fractions are carried over */
  guint64 file_offset;    /* of the record's header in the file */
  guint32 captured_bytes; /* bytes present */
  guint32 wire_bytes;     /* bytes the packet had on the wire */
  guint32 link_type;      /* LINKTYPE_ number, https://www.tcpdump.org/linktypes.html */
  const guint8 *bytes;    /* (transfer none) captured_bytes long, valid until the next call */
} LensRecord;

typedef enum
{
  LENS_READ_RECORD, /* a record was read */
  LENS_READ_END,    /* the file ended where a record ended */
  LENS_READ_DAMAGED /* it ended or broke inside a record: all earlier records stay good */
} LensReadStatus;

/* Opens @path ("-": standard input). Errors: LENS_ERROR_OPEN, LENS_ERROR_NOT_A_CAPTURE, LENS_ERROR_UNSUPPORTED;
 * their texts name the file and say what to do. */
LensCaptureReader *lens_capture_reader_open (const char *path, GError **error);
void lens_capture_reader_free (LensCaptureReader *reader);

/* Reads the next record. @error is set with LENS_READ_DAMAGED only; its text is for people, and names the file and
 * the number of the packet where the damage begins. */
LensReadStatus lens_capture_reader_next (LensCaptureReader *reader, LensRecord *record, GError **error);

/* Bytes consumed so far, and in all (0: not known, as for a pipe). */
guint64 lens_capture_reader_get_position (const LensCaptureReader *reader);
guint64 lens_capture_reader_get_size (const LensCaptureReader *reader);

/* LINKTYPE_ number of the file, and the snap length its header states (0: none). */
guint32 lens_capture_reader_get_link_type (const LensCaptureReader *reader);
guint32 lens_capture_reader_get_snap_length (const LensCaptureReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensCaptureReader, lens_capture_reader_free)

G_END_DECLS
