/* Classic pcap: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap, and its kin.
 *
 *   file header, 24 bytes: magic (4), version (2 + 2), two unused words (4 + 4), snap length (4), link type (4)
 *   record header, 16 bytes: seconds (4), fraction (4), captured length (4), wire length (4); the bytes follow
 *
 * The magic tells the byte order, the unit of the fraction, and what else a kin has: libpcap's savefile code and Wireshark's
 * wiretap name them. Lengths stood the other way round before version 2.3.
 */
#include "lens-byte-cursor.h"
#include "lens-capture-format.h"
#include "lens-error.h"

#include <glib/gi18n-lib.h>

#define FILE_HEADER_BYTES 24
#define RECORD_HEADER_BYTES 16

/* Which of the lengths comes first. */
typedef enum
{
  LENGTHS_CAPTURED_FIRST,
  LENGTHS_WIRE_FIRST,
  LENGTHS_LARGER_IS_WIRE, /* version 2.3 was written in both ways */
} LengthOrder;

typedef struct
{
  guint32 magic;
  const char *name;
  guint32 nanoseconds_per_unit; /* of the fraction */
  gsize extra_file_header;      /* bytes behind the usual file header */
  gsize extra_record_header;    /* and record header */
} Variant;

static const Variant variants[] = {
  { 0xa1b2c3d4, "pcap", 1000, 0, 0 },
  { 0xa1b23c4d, "pcap (nanoseconds)", 1, 0, 0 },
  { 0xa1b2cd34, "pcap (modified)", 1000, 0, 8 }, /* A. Kuznetzov's: interface index, protocol, packet type */
  { 0xa12b3c4d, "pcap (Navtel, nanoseconds)", 1, 0, 0 },
  { 0x1c0001ac, "pcap (IXIA, nanoseconds)", 1, 4, 0 },
  { 0x1c0001ab, "pcap (IXIA)", 1000, 4, 0 },
};

typedef struct
{
  LensCaptureParser parent;
  const Variant *variant;
  LensCaptureInterface *interface;
  gboolean is_big_endian;
  guint32 link_type;
  guint32 max_record_bytes;
  gsize record_header_bytes;
  gint64 nanoseconds_per_unit;
  LengthOrder length_order;
} PcapParser;

static const Variant *
find_variant (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES], gboolean *is_big_endian)
{
  LensByteCursor cursor = lens_byte_cursor_init (magic, LENS_CAPTURE_MAGIC_BYTES);
  guint32 number = 0;

  (void) lens_byte_cursor_read_u32 (&cursor, &number);
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    if (variants[i].magic == number || variants[i].magic == GUINT32_SWAP_LE_BE (number))
      {
        *is_big_endian = variants[i].magic == number;
        return &variants[i];
      }
  return NULL;
}

static gboolean
is_magic (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES])
{
  gboolean is_big_endian;

  return find_variant (magic, &is_big_endian) != NULL;
}

static LensCaptureParser *
parser_new (LensInput *input, LensCaptureInfo *info)
{
  PcapParser *self = g_new0 (PcapParser, 1);

  self->parent.input = input;
  self->parent.info = info;
  return &self->parent;
}

static void
parser_free (LensCaptureParser *parser)
{
  g_free (parser);
}

static void
set_length_order (PcapParser *self, guint16 major, guint16 minor)
{
  if ((major == 2 && minor < 3) || major == 543) /* DG/UX writes 543.0 */
    self->length_order = LENGTHS_WIRE_FIRST;
  else if (major == 2 && minor == 3)
    self->length_order = LENGTHS_LARGER_IS_WIRE;
  else
    self->length_order = LENGTHS_CAPTURED_FIRST;
}

static LensParseStatus
start (LensCaptureParser *parser, GError **error)
{
  PcapParser *self = (PcapParser *) parser;
  const guint8 *bytes = lens_input_peek (parser->input, FILE_HEADER_BYTES);
  LensByteCursor cursor;
  guint16 major = 0, minor = 0;
  guint32 snap_length = 0, link_type = 0;
  gsize header_bytes;

  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;
  self->variant = find_variant (bytes, &self->is_big_endian);
  header_bytes = FILE_HEADER_BYTES + self->variant->extra_file_header;
  bytes = lens_input_peek (parser->input, header_bytes);
  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;

  cursor = lens_byte_cursor_init (bytes, FILE_HEADER_BYTES);
  (void) lens_byte_cursor_skip (&cursor, 4);
  (void) lens_byte_cursor_read_u16_ordered (&cursor, self->is_big_endian, &major);
  (void) lens_byte_cursor_read_u16_ordered (&cursor, self->is_big_endian, &minor);
  (void) lens_byte_cursor_skip (&cursor, 8);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &snap_length);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &link_type);
  if (major < 2)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE, _ ("it states version %u.%u of the format"),
                   major, minor);
      return LENS_PARSE_BROKEN;
    }

  set_length_order (self, major, minor);
  self->link_type = link_type & 0xffff; /* the bits above tell of a frame check sequence */
  self->max_record_bytes = lens_capture_format_get_max_record_bytes (self->link_type);
  self->record_header_bytes = RECORD_HEADER_BYTES + self->variant->extra_record_header;
  self->nanoseconds_per_unit = self->variant->nanoseconds_per_unit;

  parser->info->format = self->variant->name;
  lens_capture_info_add_section (parser->info)->is_big_endian = self->is_big_endian;
  self->interface = lens_capture_info_add_interface (parser->info);
  self->interface->link_type = self->link_type;
  self->interface->snap_length = snap_length;
  self->interface->ticks_per_second = 1000000000 / self->variant->nanoseconds_per_unit;
  lens_input_skip (parser->input, header_bytes);
  return LENS_PARSE_RECORD;
}

static LensParseStatus
next (LensCaptureParser *parser, LensRecord *record)
{
  PcapParser *self = (PcapParser *) parser;
  LensInput *input = parser->input;
  gsize header_bytes = self->record_header_bytes;
  const guint8 *bytes = lens_input_peek (input, header_bytes);
  guint32 seconds = 0, fraction = 0, captured = 0, wire = 0;
  LensByteCursor cursor;

  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;
  cursor = lens_byte_cursor_init (bytes, RECORD_HEADER_BYTES);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &seconds);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &fraction);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &captured);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &wire);
  if (G_UNLIKELY (self->length_order == LENGTHS_WIRE_FIRST
                  || (self->length_order == LENGTHS_LARGER_IS_WIRE && captured > wire)))
    {
      guint32 first = captured;

      captured = wire;
      wire = first;
    }
  if (G_UNLIKELY (captured > self->max_record_bytes))
    return LENS_PARSE_BROKEN;

  bytes = lens_input_peek (input, header_bytes + captured);
  if (G_UNLIKELY (bytes == NULL))
    return LENS_PARSE_NOT_DONE;
  /* All are 32 bits without a sign in the file, so this can't overflow; a nonsense fraction is carried over. */
  record->time_ns = seconds * G_GINT64_CONSTANT (1000000000) + fraction * self->nanoseconds_per_unit;
  record->file_offset = lens_input_get_offset (input);
  record->captured_bytes = captured;
  record->wire_bytes = wire;
  record->link_type = self->link_type;
  record->interface = 0;
  record->bytes = bytes + header_bytes;
  lens_input_skip (input, header_bytes + captured);
  self->interface->packets++;
  parser->n_packets++;
  return LENS_PARSE_RECORD;
}

const LensCaptureFormat lens_pcap_format = {
  .name = "pcap",
  .is_magic = is_magic,
  .parser_new = parser_new,
  .parser_free = parser_free,
  .start = start,
  .next = next,
};
