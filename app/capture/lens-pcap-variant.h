/* The kinds of classic pcap file: told by the magic number, by the header, or, since some programs wrote longer record
 * headers under the magic number of others, by whether the first records make sense. As Wireshark tells them. One thread.
 */
#pragma once

#include "lens-capture-format.h"

G_BEGIN_DECLS

#define LENS_PCAP_FILE_HEADER_BYTES 24
#define LENS_PCAP_RECORD_HEADER_BYTES 16

typedef enum
{
  LENS_PCAP_STANDARD,
  LENS_PCAP_NANOSECONDS,
  LENS_PCAP_MODIFIED,     /* A. Kuznetzov's patch of 1999-10-29 */
  LENS_PCAP_PATCHED,      /* his first, of 1999-04-17, under the standard magic number */
  LENS_PCAP_MODIFIED_SMP, /* his second, of 1999-09-15, under the magic number of the third */
  LENS_PCAP_NOKIA,        /* under the standard magic number */
  LENS_PCAP_AIX,          /* under the standard magic number */
  LENS_PCAP_IXIA,
  LENS_PCAP_IXIA_NANOSECONDS,
  LENS_PCAP_FMESQUITA, /* known by name only */
  LENS_PCAP_NAVTEL,    /* known by name only */
} LensPcapKind;

typedef struct
{
  LensPcapKind kind;
  guint32 magic;
  const char *name;
  guint32 nanoseconds_per_unit; /* of a record's fraction; 0: what its records are like is not published */
  gsize extra_file_header;      /* bytes behind the usual file header */
  gsize extra_record_header;    /* and record header */
} LensPcapVariant;

/* What a file header says. */
typedef struct
{
  gboolean is_big_endian;
  guint16 major;
  guint16 minor;
  guint32 snap_length;
  guint32 link_type; /* all its bits */
} LensPcapHeader;

/* The variant that a magic number stands for first; NULL for none. */
const LensPcapVariant *
lens_pcap_variant_find (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES], gboolean *is_big_endian);

/* Which variant of those with the same magic number as @variant the file is. @input is at the first record, and stays
 * there. A pipe that has nothing more right now is told by what has come: NULL where that is not one record. */
const LensPcapVariant *
lens_pcap_variant_choose (const LensPcapVariant *variant, const LensPcapHeader *header, LensInput *input);

/* AIX has interface types of RFC 1573 where others have link types. Returns FALSE for other files. */
gboolean
lens_pcap_variant_is_aix (const LensPcapVariant *variant, const LensPcapHeader *header, guint32 *link_type);

const LensPcapVariant *lens_pcap_variant_get (LensPcapKind kind);

G_END_DECLS
