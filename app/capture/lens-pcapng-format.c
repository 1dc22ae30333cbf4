/* pcapng: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng
 *
 *   block: type (4), length of the whole block (4), body, the same length again (4)
 *   section header: byte order magic (4), version (2 + 2), length of the section (8), options
 *   enhanced packet: interface (4), time (4 + 4, upper half first), captured length (4), wire length (4), bytes, options
 *   obsolete packet: interface (2), drops (2), the rest as above
 *   simple packet: wire length (4), bytes
 *
 * A section begins interfaces anew and may change the byte order. Where a file breaks the format, Wireshark's reading of it
 * decides: lengths are taken to be padded to four bytes, the two of a block must agree, and reading ends at the first
 * block that is broken.
 */
#include "lens-byte-cursor.h"
#include "lens-capture-format.h"
#include "lens-error.h"
#include "lens-pcapng-blocks.h"

#include <glib/gi18n-lib.h>

#define BLOCK_SECTION 0x0a0d0d0a /* the same in both byte orders */
#define BLOCK_INTERFACE 1
#define BLOCK_OBSOLETE_PACKET 2
#define BLOCK_SIMPLE_PACKET 3
#define BLOCK_NAMES 4
#define BLOCK_STATISTICS 5
#define BLOCK_ENHANCED_PACKET 6

#define BYTE_ORDER_MAGIC 0x1a2b3c4d

#define BLOCK_HEADER_BYTES 8
#define BLOCK_TRAILER_BYTES 4
#define BLOCK_FRAME_BYTES (BLOCK_HEADER_BYTES + BLOCK_TRAILER_BYTES)
#define MIN_SECTION_BYTES 28

/* A block with the longest record that makes sense and all its options. */
#define MAX_BLOCK_BYTES ((128u << 20) + (1u << 20))

#define NANOSECONDS G_GUINT64_CONSTANT (1000000000)

/* What reading packets needs of an interface. */
typedef struct
{
  LensCaptureInterface *shown;
  guint32 max_record_bytes;
  guint64 ticks_per_second;
  guint64 ns_per_tick; /* 0: not a whole number */
  gint64 offset_ns;
} Interface;

typedef struct
{
  guint32 type;
  gsize length; /* padded */
  LensByteCursor body;
} Block;

typedef struct
{
  LensCaptureParser parent;
  gboolean is_big_endian; /* the section */
  GArray *interfaces;     /* of all sections */
  guint first_interface;  /* of the section */
} PcapngParser;

/* What a block turned out to be. */
typedef enum
{
  BLOCK_IS_PACKET,
  BLOCK_IS_OTHER,
  BLOCK_IS_BROKEN,
} BlockResult;

static gboolean
is_magic (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES])
{
  LensByteCursor cursor = lens_byte_cursor_init (magic, LENS_CAPTURE_MAGIC_BYTES);
  guint32 type = 0;

  return lens_byte_cursor_read_u32 (&cursor, &type) && type == BLOCK_SECTION;
}

static LensCaptureParser *
parser_new (LensInput *input, LensCaptureInfo *info)
{
  PcapngParser *self = g_new0 (PcapngParser, 1);

  self->parent.input = input;
  self->parent.info = info;
  self->interfaces = g_array_new (FALSE, FALSE, sizeof (Interface));
  return &self->parent;
}

static void
parser_free (LensCaptureParser *parser)
{
  PcapngParser *self = (PcapngParser *) parser;

  g_array_unref (self->interfaces);
  g_free (self);
}

/* The section header at the input says its byte order itself. */
static LensParseStatus
read_byte_order (PcapngParser *self)
{
  const guint8 *bytes = lens_input_peek (self->parent.input, BLOCK_HEADER_BYTES + 4);
  LensByteCursor cursor;
  guint32 magic = 0;

  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;
  cursor = lens_byte_cursor_init (bytes + BLOCK_HEADER_BYTES, 4);
  (void) lens_byte_cursor_read_u32 (&cursor, &magic);
  if (magic != BYTE_ORDER_MAGIC && magic != GUINT32_SWAP_LE_BE (BYTE_ORDER_MAGIC))
    return LENS_PARSE_BROKEN;
  self->is_big_endian = magic == BYTE_ORDER_MAGIC;
  return LENS_PARSE_RECORD;
}

/* Peeks at the next block, whole. */
static inline LensParseStatus
peek_block (PcapngParser *self, Block *block)
{
  LensInput *input = self->parent.input;
  const guint8 *bytes = lens_input_peek (input, BLOCK_HEADER_BYTES);
  LensByteCursor cursor;
  guint32 length = 0, length_again = 0;

  if (bytes == NULL)
    return LENS_PARSE_NOT_DONE;
  cursor = lens_byte_cursor_init (bytes, BLOCK_HEADER_BYTES);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &block->type);
  if (G_UNLIKELY (block->type == BLOCK_SECTION))
    {
      LensParseStatus status = read_byte_order (self);

      if (status != LENS_PARSE_RECORD)
        return status;
    }
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &length);
  if (G_UNLIKELY (length < BLOCK_FRAME_BYTES || length > MAX_BLOCK_BYTES
                  || (block->type == BLOCK_SECTION && length < MIN_SECTION_BYTES)))
    return LENS_PARSE_BROKEN;
  block->length = ((gsize) length + 3) & ~(gsize) 3;

  bytes = lens_input_peek (input, block->length);
  if (G_UNLIKELY (bytes == NULL))
    return LENS_PARSE_NOT_DONE;
  cursor = lens_byte_cursor_init (bytes, block->length);
  (void) lens_byte_cursor_skip (&cursor, BLOCK_HEADER_BYTES);
  (void) lens_byte_cursor_read_part (&cursor, block->length - BLOCK_FRAME_BYTES, &block->body);
  (void) lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &length_again);
  if (G_UNLIKELY ((((gsize) length_again + 3) & ~(gsize) 3) != block->length))
    return LENS_PARSE_BROKEN;
  return LENS_PARSE_RECORD;
}

/* Times beyond what 64 bits of nanoseconds hold stay at the last that they do. */
static gint64
add_saturated (gint64 a, gint64 b)
{
  gint64 sum;

  if (__builtin_add_overflow (a, b, &sum))
    return b > 0 ? G_MAXINT64 : G_MININT64;
  return sum;
}

static gint64
multiply_saturated (gint64 a, gint64 b)
{
  gint64 product;

  if (__builtin_mul_overflow (a, b, &product))
    return (a < 0) == (b < 0) ? G_MAXINT64 : G_MININT64;
  return product;
}

/* @ticks since 1970, or the interface's own beginning, as nanoseconds. */
static gint64
get_time_ns (const Interface *interface, guint64 ticks)
{
  guint64 ns;

  if (G_LIKELY (interface->ns_per_tick > 0))
    {
      if (G_UNLIKELY (!g_uint64_checked_mul (&ns, ticks, interface->ns_per_tick)))
        ns = G_MAXINT64;
    }
  else if (interface->ticks_per_second == G_MAXUINT64)
    ns = 0; /* finer than can be counted: no time to be had, and Wireshark shows none either */
  else
    {
      guint64 seconds = ticks / interface->ticks_per_second;
      guint64 rest = ticks % interface->ticks_per_second;
      __extension__ typedef unsigned __int128 Wide;
      guint64 rest_ns = (guint64) ((Wide) rest * NANOSECONDS / interface->ticks_per_second);

      if (!g_uint64_checked_mul (&ns, seconds, NANOSECONDS) || !g_uint64_checked_add (&ns, ns, rest_ns))
        ns = G_MAXINT64;
    }
  return add_saturated ((gint64) MIN (ns, (guint64) G_MAXINT64), interface->offset_ns);
}

/* @shown: (transfer none), in the parser's info. */
static void
add_interface (PcapngParser *self, LensCaptureInterface *shown)
{
  Interface interface = { .shown = shown };

  interface.max_record_bytes = lens_capture_format_get_max_record_bytes (interface.shown->link_type);
  interface.ticks_per_second = interface.shown->ticks_per_second;
  interface.ns_per_tick
      = NANOSECONDS % interface.ticks_per_second == 0 ? NANOSECONDS / interface.ticks_per_second : 0;
  interface.offset_ns = multiply_saturated (interface.shown->offset_s, (gint64) NANOSECONDS);
  g_array_append_val (self->interfaces, interface);
}

static gboolean
read_interface (PcapngParser *self, LensByteCursor body)
{
  LensCaptureInfo *info = self->parent.info;

  if (!lens_pcapng_read_interface (info, body, self->is_big_endian))
    return FALSE;
  add_interface (self, g_ptr_array_index (info->interfaces, info->interfaces->len - 1));
  return TRUE;
}

static gboolean
read_section (PcapngParser *self, LensByteCursor body, guint16 *major, guint16 *minor)
{
  LensCaptureInfo *info = self->parent.info;

  (void) lens_byte_cursor_skip (&body, 4);
  self->first_interface = self->interfaces->len;
  if (!lens_pcapng_read_section (info, body, self->is_big_endian, major, minor))
    return FALSE;
  ((LensCaptureSection *) info->sections->pdata[info->sections->len - 1])->offset
      = lens_input_get_offset (self->parent.input);
  return TRUE;
}

/* Options of a packet whose value has one length, or at least one; others mean that the block is broken. */
static gboolean
is_packet_option_well_formed (const LensPcapngOption *option)
{
  gsize length = option->value.length;

  switch (option->code)
    {
    case 2: /* flags */
    case 6: /* queue */
      return length == 4;
    case 4: /* drops */
    case 5: /* packet identifier */
      return length == 8;
    case 3: /* hash */
    case 7: /* verdict */
      return length >= 1;
    default:
      return TRUE;
    }
}

static gboolean
read_packet_options (PcapngParser *self, LensByteCursor options)
{
  LensPcapngOptionStatus status;
  LensPcapngOption option;

  while ((status = lens_pcapng_option_next (&options, self->is_big_endian, &option))
         == LENS_PCAPNG_OPTION_READ)
    {
      if (!is_packet_option_well_formed (&option))
        return FALSE;
      if (option.code == LENS_PCAPNG_OPTION_COMMENT && option.value.length > 0)
        lens_capture_info_add_comment (self->parent.info, LENS_COMMENT_PACKET, self->parent.n_packets + 1,
                                       option.value.bytes, option.value.length);
    }
  return status == LENS_PCAPNG_OPTION_NO_MORE;
}

static Interface *
find_interface (PcapngParser *self, guint32 number)
{
  if (G_UNLIKELY (number >= self->interfaces->len - self->first_interface))
    return NULL;
  return &g_array_index (self->interfaces, Interface, self->first_interface + number);
}

/* Fills in what every kind of packet has. */
static BlockResult
finish_packet (PcapngParser *self, Interface *interface, guint32 number, LensRecord *record)
{
  record->link_type = interface->shown->link_type;
  record->interface = self->first_interface + number;
  interface->shown->packets++;
  self->parent.n_packets++;
  return BLOCK_IS_PACKET;
}

/* Enhanced and obsolete packet blocks. */
static inline BlockResult
read_packet (PcapngParser *self, const Block *block, LensRecord *record)
{
  LensByteCursor cursor = block->body;
  gboolean is_big_endian = self->is_big_endian;
  guint32 number = 0, upper = 0, lower = 0, captured = 0, wire = 0;
  guint16 short_number = 0;
  Interface *interface;

  if (G_LIKELY (block->type == BLOCK_ENHANCED_PACKET))
    (void) lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &number);
  else if (lens_byte_cursor_read_u16_ordered (&cursor, is_big_endian, &short_number))
    {
      number = short_number;
      (void) lens_byte_cursor_skip (&cursor, 2);
    }
  if (!lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &upper)
      || !lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &lower)
      || !lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &captured)
      || !lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &wire))
    return BLOCK_IS_BROKEN;
  interface = find_interface (self, number);
  if (G_UNLIKELY (interface == NULL || captured > interface->max_record_bytes))
    return BLOCK_IS_BROKEN;

  record->bytes = cursor.bytes + cursor.position;
  if (G_UNLIKELY (!lens_byte_cursor_skip (&cursor, ((gsize) captured + 3) & ~(gsize) 3)))
    return BLOCK_IS_BROKEN;
  if (lens_byte_cursor_left (&cursor) > 0 && !read_packet_options (self, cursor))
    return BLOCK_IS_BROKEN;
  record->time_ns = get_time_ns (interface, (guint64) upper << 32 | lower);
  record->captured_bytes = captured;
  record->wire_bytes = wire;
  return finish_packet (self, interface, number, record);
}

/* It has no time, and is from the first interface. How much was captured is said by the snap length and the block's. */
static BlockResult
read_simple_packet (PcapngParser *self, const Block *block, LensRecord *record)
{
  LensByteCursor cursor = block->body;
  Interface *interface = find_interface (self, 0);
  guint32 wire, captured, snap_length;

  if (!lens_byte_cursor_read_u32_ordered (&cursor, self->is_big_endian, &wire) || interface == NULL)
    return BLOCK_IS_BROKEN;
  snap_length = interface->shown->snap_length;
  captured = snap_length > 0 ? MIN (wire, snap_length) : wire;
  if (captured > interface->max_record_bytes || captured > lens_byte_cursor_left (&cursor))
    return BLOCK_IS_BROKEN;
  record->bytes = cursor.bytes + cursor.position;
  record->time_ns = 0;
  record->captured_bytes = captured;
  record->wire_bytes = wire;
  return finish_packet (self, interface, 0, record);
}

static BlockResult
read_description (PcapngParser *self, const Block *block)
{
  LensCaptureInfo *info = self->parent.info;
  guint16 major, minor;
  gboolean is_good = TRUE;

  switch (block->type)
    {
    case BLOCK_SECTION:
      is_good = read_section (self, block->body, &major, &minor);
      break;
    case BLOCK_INTERFACE:
      is_good = read_interface (self, block->body);
      break;
    case BLOCK_NAMES:
      is_good = lens_pcapng_read_names (info, block->body, self->is_big_endian);
      break;
    case BLOCK_STATISTICS:
      is_good = lens_pcapng_read_statistics (info, block->body, self->is_big_endian, self->first_interface);
      break;
    default: /* journal entries, secrets, what vendors add: nothing for a view of packets */
      break;
    }
  return is_good ? BLOCK_IS_OTHER : BLOCK_IS_BROKEN;
}

static inline BlockResult
read_block (PcapngParser *self, const Block *block, LensRecord *record)
{
  switch (block->type)
    {
    case BLOCK_ENHANCED_PACKET:
    case BLOCK_OBSOLETE_PACKET:
      return read_packet (self, block, record);
    case BLOCK_SIMPLE_PACKET:
      return read_simple_packet (self, block, record);
    default:
      return read_description (self, block);
    }
}

/* Reads the first section header: without one it is no pcapng file. */
static LensParseStatus
start (LensCaptureParser *parser, GError **error)
{
  PcapngParser *self = (PcapngParser *) parser;
  guint16 major = 1, minor = 0;
  Block block;
  LensParseStatus status = peek_block (self, &block);

  if (status == LENS_PARSE_NOT_DONE)
    return status;
  parser->info->format = "pcapng";
  if (status == LENS_PARSE_RECORD && read_section (self, block.body, &major, &minor))
    {
      lens_input_skip (parser->input, block.length);
      return LENS_PARSE_RECORD;
    }
  if (major != 1 || (minor != 0 && minor != 2))
    g_set_error (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED, _ ("it states version %u.%u of the format"),
                 major, minor);
  else
    g_set_error_literal (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE, _ ("its first block makes no sense"));
  return LENS_PARSE_BROKEN;
}

static LensParseStatus
next (LensCaptureParser *parser, LensRecord *record)
{
  PcapngParser *self = (PcapngParser *) parser;

  for (;;)
    {
      Block block;
      LensParseStatus status = peek_block (self, &block);
      BlockResult result;

      if (G_UNLIKELY (status != LENS_PARSE_RECORD))
        return status;
      record->file_offset = lens_input_get_offset (parser->input);
      result = read_block (self, &block, record);
      if (G_UNLIKELY (result == BLOCK_IS_BROKEN))
        return LENS_PARSE_BROKEN;
      lens_input_skip (parser->input, block.length);
      if (G_LIKELY (result == BLOCK_IS_PACKET))
        return LENS_PARSE_RECORD;
    }
}

/* The section that a block at @offset is in. */
static guint
find_section (const GPtrArray *sections, guint64 offset)
{
  guint first = 0;
  guint end = sections->len;

  while (end - first > 1)
    {
      guint middle = first + (end - first) / 2;

      if (((const LensCaptureSection *) sections->pdata[middle])->offset <= offset)
        first = middle;
      else
        end = middle;
    }
  return first;
}

/* What reading packets needs of an interface that was read before. */
static void
take_over_interface (PcapngParser *self, const LensCaptureInterface *known)
{
  LensCaptureInterface *interface = lens_capture_info_add_interface (self->parent.info);

  interface->link_type = known->link_type;
  interface->snap_length = known->snap_length;
  interface->ticks_per_second = known->ticks_per_second;
  interface->offset_s = known->offset_s;
  add_interface (self, interface);
}

/* Takes over the interfaces that are known, those of the section that @offset is in being the current ones. */
static void
resume (LensCaptureParser *parser, const LensCaptureInfo *known, guint64 offset)
{
  PcapngParser *self = (PcapngParser *) parser;
  guint section;

  if (known->sections->len == 0)
    return;
  section = find_section (known->sections, offset);
  self->is_big_endian = ((const LensCaptureSection *) known->sections->pdata[section])->is_big_endian;
  self->first_interface = 0;
  for (guint i = 0; i < known->interfaces->len; i++)
    {
      const LensCaptureInterface *interface = known->interfaces->pdata[i];

      self->first_interface += interface->section < section;
      if (i >= self->interfaces->len)
        take_over_interface (self, interface);
    }
}

const LensCaptureFormat lens_pcapng_format = {
  .name = "pcapng",
  .is_magic = is_magic,
  .parser_new = parser_new,
  .parser_free = parser_free,
  .start = start,
  .next = next,
  .resume = resume,
};
