/* The blocks of a pcapng file that describe: sections, interfaces, their statistics, names of hosts; and options, which any
 * block can have. https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng
 *
 *   option: code (2), length (2), value, padded to four bytes; code 0 ends them
 *
 * What a block says is written to a LensCaptureInfo. Bodies are what is between a block's two lengths. Functions say FALSE
 * where a block breaks the format as Wireshark understands it; what it said before that may be kept. One thread.
 */
#pragma once

#include "lens-byte-cursor.h"
#include "lens-capture-info.h"

G_BEGIN_DECLS

#define LENS_PCAPNG_OPTION_COMMENT 1

typedef struct
{
  guint16 code;
  LensByteCursor value;
} LensPcapngOption;

typedef enum
{
  LENS_PCAPNG_OPTION_READ,
  LENS_PCAPNG_OPTION_NO_MORE,
  LENS_PCAPNG_OPTION_BROKEN, /* it goes beyond the block */
} LensPcapngOptionStatus;

LensPcapngOptionStatus
lens_pcapng_option_next (LensByteCursor *options, gboolean is_big_endian, LensPcapngOption *option);

/* Section header block; @body begins behind the byte order magic. Appends it to the sections. @major and @minor are the
 * version of the format that it states: FALSE also where that is not read. */
gboolean lens_pcapng_read_section (LensCaptureInfo *info,
                                   LensByteCursor body,
                                   gboolean is_big_endian,
                                   guint16 *major,
                                   guint16 *minor);

/* Interface description block: appends it to the interfaces. */
gboolean lens_pcapng_read_interface (LensCaptureInfo *info, LensByteCursor body, gboolean is_big_endian);

/* Interface statistics block. Interfaces of the section begin at @first_interface. */
gboolean lens_pcapng_read_statistics (LensCaptureInfo *info,
                                      LensByteCursor body,
                                      gboolean is_big_endian,
                                      guint first_interface);

/* Name resolution block. */
gboolean lens_pcapng_read_names (LensCaptureInfo *info, LensByteCursor body, gboolean is_big_endian);

G_END_DECLS
