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
#include "lens-pcap-variant.h"

#include <glib/gi18n-lib.h>

/* AIX puts so many bytes before a frame of FDDI, and counts them. */
#define AIX_FDDI_PADDING 3
#define LINK_TYPE_FDDI 10

/* Which of the lengths comes first. */
typedef enum
{
  LENGTHS_CAPTURED_FIRST,
  LENGTHS_WIRE_FIRST,
  LENGTHS_LARGER_IS_WIRE, /* version 2.3 was written in both ways */
} LengthOrder;

typedef struct
{
  LensCaptureParser parent;
  LensPcapHeader header;
  const LensPcapVariant *variant; /* as the file header has it; NULL: that was not read yet */
  LensCaptureInterface *interface;
  gboolean is_big_endian;
  guint32 link_type;
  guint32 max_record_bytes;
  guint32 padding; /* before the bytes of a record, and counted among them */
  gsize record_header_bytes;
  gint64 nanoseconds_per_unit;
  LengthOrder length_order;
} PcapParser;

static gboolean
is_magic (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES])
{
  gboolean is_big_endian;

  return lens_pcap_variant_find (magic, &is_big_endian) != NULL;
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

static LengthOrder
get_length_order (const LensPcapHeader *header)
{
  if ((header->major == 2 && header->minor < 3) || header->major == 543) /* DG/UX writes 543.0 */
    return LENGTHS_WIRE_FIRST;
  if (header->major == 2 && header->minor == 3)
    return LENGTHS_LARGER_IS_WIRE;
  return LENGTHS_CAPTURED_FIRST;
}

static LensPcapHeader
read_file_header (const guint8 *bytes, gboolean is_big_endian)
{
  LensByteCursor cursor = lens_byte_cursor_init (bytes, LENS_PCAP_FILE_HEADER_BYTES);
  LensPcapHeader header = { .is_big_endian = is_big_endian };

  (void) lens_byte_cursor_skip (&cursor, 4);
  (void) lens_byte_cursor_read_u16_ordered (&cursor, is_big_endian, &header.major);
  (void) lens_byte_cursor_read_u16_ordered (&cursor, is_big_endian, &header.minor);
  (void) lens_byte_cursor_skip (&cursor, 8);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &header.snap_length);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &header.link_type);
  return header;
}

/* What is known before the first record. */
static void
set_up (PcapParser *self)
{
  const LensPcapHeader *header = &self->header;
  LensCaptureInfo *info = self->parent.info;

  self->is_big_endian = header->is_big_endian;
  self->link_type = header->link_type & 0xffff; /* the bits above tell of a frame check sequence */
  if (lens_pcap_variant_is_aix (self->variant, header, &self->link_type))
    {
      self->variant = lens_pcap_variant_get (LENS_PCAP_AIX);
      self->padding = self->link_type == LINK_TYPE_FDDI ? AIX_FDDI_PADDING : 0;
    }
  self->max_record_bytes = lens_capture_format_get_max_record_bytes (self->link_type);
  self->nanoseconds_per_unit = self->variant->nanoseconds_per_unit;
  self->length_order = get_length_order (header);

  info->format = self->variant->name;
  lens_capture_info_add_section (info)->is_big_endian = self->is_big_endian;
  self->interface = lens_capture_info_add_interface (info);
  self->interface->link_type = self->link_type;
  self->interface->snap_length = header->snap_length;
  self->interface->ticks_per_second = 1000000000 / self->variant->nanoseconds_per_unit;
}

static LensParseStatus
read_start (LensCaptureParser *parser, GError **error)
{
  PcapParser *self = (PcapParser *) parser;
  const guint8 *bytes = lens_input_peek (parser->input, LENS_PCAP_FILE_HEADER_BYTES);
  const LensPcapVariant *variant;
  gboolean is_big_endian;
  gsize header_bytes;

  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;
  variant = lens_pcap_variant_find (bytes, &is_big_endian);
  header_bytes = LENS_PCAP_FILE_HEADER_BYTES + variant->extra_file_header;
  bytes = lens_input_peek (parser->input, header_bytes);
  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;
  self->header = read_file_header (bytes, is_big_endian);
  if (variant->nanoseconds_per_unit == 0)
    {
      /* Translators: %s is a name such as “pcap (Navtel)”. */
      g_set_error (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
                   _ ("it is of the kind “%s”, whose records are not publicly described"), variant->name);
      return LENS_PARSE_BROKEN;
    }
  if (self->header.major < 2)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED, _ ("it states version %u.%u of the format"),
                   self->header.major, self->header.minor);
      return LENS_PARSE_BROKEN;
    }
  lens_input_skip (parser->input, header_bytes);
  self->variant = variant;
  set_up (self);
  return LENS_PARSE_RECORD;
}

static LensParseStatus
start (LensCaptureParser *parser, GError **error)
{
  PcapParser *self = (PcapParser *) parser;
  const LensPcapVariant *variant;

  if (self->variant == NULL)
    {
      LensParseStatus status = read_start (parser, error);

      if (status != LENS_PARSE_RECORD)
        return status;
    }
  variant = lens_pcap_variant_choose (self->variant, &self->header, parser->input);
  if (variant == NULL)
    return LENS_PARSE_NOT_DONE;
  /* Those of one magic number differ in this alone. */
  parser->info->format = variant->name;
  self->record_header_bytes = LENS_PCAP_RECORD_HEADER_BYTES + variant->extra_record_header;
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
  cursor = lens_byte_cursor_init (bytes, LENS_PCAP_RECORD_HEADER_BYTES);
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
  if (G_UNLIKELY (captured > self->max_record_bytes || captured < self->padding))
    return LENS_PARSE_BROKEN;

  bytes = lens_input_peek (input, header_bytes + captured);
  if (G_UNLIKELY (bytes == NULL))
    return LENS_PARSE_NOT_DONE;
  /* All are 32 bits without a sign in the file, so this can't overflow; a nonsense fraction is carried over. */
  record->time_ns = seconds * G_GINT64_CONSTANT (1000000000) + fraction * self->nanoseconds_per_unit;
  record->file_offset = lens_input_get_offset (input);
  record->captured_bytes = captured - self->padding;
  record->wire_bytes = wire - MIN (wire, self->padding);
  record->link_type = self->link_type;
  record->interface = 0;
  record->bytes = bytes + header_bytes + self->padding;
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
