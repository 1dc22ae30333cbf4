/* What a capture file says of itself beside its packets: sections, interfaces, comments, names of hosts.
 *
 * Plain data, filled by the reader and shown by everyone else. All texts are made safe to show and have a ceiling on their
 * length, all arrays one on their number; what was left out is counted. One thread while it grows; then any.
 */
#pragma once

#include "lens-address.h"

#include <glib.h>

G_BEGIN_DECLS

/* How much of what a file says is kept. */
#define LENS_CAPTURE_MAX_SECTIONS 65536
#define LENS_CAPTURE_MAX_INTERFACES 65536
#define LENS_CAPTURE_MAX_COMMENTS 10000
#define LENS_CAPTURE_MAX_NAMES 1000000
#define LENS_CAPTURE_MAX_TEXT 4096      /* characters of a comment */
#define LENS_CAPTURE_MAX_SHORT_TEXT 256 /* characters of a name or description */

/* A counter that the file does not state. */
#define LENS_CAPTURE_NOT_SAID G_MAXUINT64

typedef enum
{
  LENS_COMPRESSION_NONE,
  LENS_COMPRESSION_GZIP,
  LENS_COMPRESSION_ZSTD,
  LENS_COMPRESSION_LZ4,
} LensCompression;

/* One section of a pcapng file, or the whole of a pcap file. */
typedef struct
{
  guint64 offset; /* where in the (unpacked) file it begins */
  gboolean is_big_endian;
  char *hardware;    /* (nullable) */
  char *os;          /* (nullable) */
  char *application; /* (nullable) that wrote it */
} LensCaptureSection;

/* One interface of a pcapng file, or the one of a pcap file. */
typedef struct
{
  guint section; /* index into the sections */
  guint32 link_type;
  guint32 snap_length; /* 0: none stated */
  char *name;          /* (nullable), as all texts here */
  char *description;
  char *os;
  char *filter;
  char *hardware;
  guint64 ticks_per_second;
  gint64 offset_s;
  guint64 packets; /* read from it */
  /* Of its last statistics block; LENS_CAPTURE_NOT_SAID where it does not say. */
  guint64 received;
  guint64 dropped_by_interface;
  guint64 dropped_by_os;
  guint64 accepted;
  guint64 delivered;
} LensCaptureInterface;

typedef enum
{
  LENS_COMMENT_SECTION,
  LENS_COMMENT_INTERFACE,
  LENS_COMMENT_PACKET,
  LENS_COMMENT_STATISTICS, /* of an interface */
  LENS_COMMENT_NAMES,      /* of the name resolution records of a section */
} LensCommentPlace;

typedef struct
{
  LensCommentPlace place;
  guint64 number; /* of the packet in the file, from 1; or the index of the section or interface */
  char *text;
} LensCaptureComment;

/* From a name resolution record: the first name of an address. */
typedef struct
{
  LensAddress address;
  char *name;
} LensCaptureName;

typedef struct
{
  const char *format; /* proper name with the variant: "pcap", "pcap (nanoseconds)", "pcapng" */
  LensCompression compression;
  guint64 file_bytes;     /* size of the file; 0: not known, as for a pipe */
  guint64 unpacked_bytes; /* taken out of it so far */
  GPtrArray *interfaces;  /* of LensCaptureInterface */
  GPtrArray *sections;    /* of LensCaptureSection */
  GPtrArray *comments;    /* of LensCaptureComment */
  GPtrArray *names;       /* of LensCaptureName */
  guint64 n_comments_left_out;
  guint64 n_names_left_out;
} LensCaptureInfo;

/* Nothing said yet. Returns (transfer full). */
LensCaptureInfo *lens_capture_info_new (void);
void lens_capture_info_free (LensCaptureInfo *info);

/* The same by itself, for another thread to keep while @info grows. Returns (transfer full). */
LensCaptureInfo *lens_capture_info_copy (const LensCaptureInfo *info);

/* Appends one with nothing said in it; (transfer none). */
LensCaptureSection *lens_capture_info_add_section (LensCaptureInfo *info);
LensCaptureInterface *lens_capture_info_add_interface (LensCaptureInfo *info);

/* The byte order of the machine that wrote the packets of @interface (an index); FALSE also where there is no such interface. */
gboolean lens_capture_info_is_big_endian (const LensCaptureInfo *info, guint interface);

/* Keeps @text, made safe, or counts that it was left out. @text is not NUL-terminated. */
void lens_capture_info_add_comment (LensCaptureInfo *info,
                                    LensCommentPlace place,
                                    guint64 number,
                                    const guint8 *text,
                                    gsize n_bytes);
void lens_capture_info_add_name (LensCaptureInfo *info,
                                 const LensAddress *address,
                                 const guint8 *text,
                                 gsize n_bytes);

/* "gzip", "zstd", "lz4"; NULL for none. */
const char *lens_compression_get_name (LensCompression compression);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensCaptureInfo, lens_capture_info_free)

G_END_DECLS
