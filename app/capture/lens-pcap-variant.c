#include "lens-pcap-variant.h"

#include "lens-byte-cursor.h"

#define STANDARD_MAGIC 0xa1b2c3d4
#define MODIFIED_MAGIC 0xa1b2cd34

/* So many records are looked at to tell variants of one magic number apart. */
#define N_RECORDS_TO_TRY 3

#define MAX_WIRE_BYTES (128u << 20)
#define MAX_INTERFACE 10000
#define MAX_PACKET_TYPE 4

/* First of a magic number: what it most likely is. The others of it are tried in this order. */
static const LensPcapVariant variants[] = {
  { LENS_PCAP_STANDARD, STANDARD_MAGIC, "pcap", 1000, 0, 0 },
  { LENS_PCAP_PATCHED, STANDARD_MAGIC, "pcap (patched)", 1000, 0, 8 },
  { LENS_PCAP_NOKIA, STANDARD_MAGIC, "pcap (Nokia)", 1000, 0, 4 },
  { LENS_PCAP_MODIFIED, MODIFIED_MAGIC, "pcap (modified)", 1000, 0, 8 },
  { LENS_PCAP_MODIFIED_SMP, MODIFIED_MAGIC, "pcap (modified, SMP)", 1000, 0, 12 },
  { LENS_PCAP_NANOSECONDS, 0xa1b23c4d, "pcap (nanoseconds)", 1, 0, 0 },
  { LENS_PCAP_IXIA, 0x1c0001ab, "pcap (IXIA)", 1000, 4, 0 },
  { LENS_PCAP_IXIA_NANOSECONDS, 0x1c0001ac, "pcap (IXIA, nanoseconds)", 1, 4, 0 },
  { LENS_PCAP_FMESQUITA, 0xa1b234cd, "pcap (Fmesquita)", 0, 0, 0 },
  { LENS_PCAP_NAVTEL, 0xa12b3c4d, "pcap (Navtel)", 0, 0, 0 },
};

/* It is told by its file header, never by its records. */
static const LensPcapVariant aix = { LENS_PCAP_AIX, STANDARD_MAGIC, "pcap (AIX)", 1, 0, 0 };

const LensPcapVariant *
lens_pcap_variant_get (LensPcapKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    if (variants[i].kind == kind)
      return &variants[i];
  return &aix;
}

const LensPcapVariant *
lens_pcap_variant_find (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES], gboolean *is_big_endian)
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

/* Interface index (4), protocol (2), packet type (1), padding (1): all of a Linux of 1999. */
static gboolean
count_faults_of_patch (LensByteCursor *cursor, gboolean is_big_endian, guint *n_faults)
{
  guint32 interface;
  guint16 protocol;
  guint8 type;

  if (!lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, &interface))
    return FALSE;
  *n_faults += interface > MAX_INTERFACE;
  if (!lens_byte_cursor_read_u16_ordered (cursor, is_big_endian, &protocol))
    return FALSE;
  *n_faults
      += protocol > 0x17 && protocol < 0x600 && protocol != 0x60 && protocol != 0x200 && protocol != 0x400;
  if (!lens_byte_cursor_read_u8 (cursor, &type))
    return FALSE;
  *n_faults += type > MAX_PACKET_TYPE;
  return TRUE;
}

/* Four bytes that have been seen to look like 0x9fbfb601, with few others in some of their places. */
static gboolean
count_faults_of_nokia (LensByteCursor *cursor, gboolean is_big_endian, guint *n_faults)
{
  guint32 seen;

  if (!lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, &seen))
    return FALSE;
  *n_faults += !((seen & 0x0fff00f0) == 0x0fbf0000 && (seen >> 28 == 0x9 || seen >> 28 == 0xb)
                 && ((seen & 0xf000) == 0xb000 || (seen & 0xf000) == 0xd000)
                 && ((seen & 0x0f00) == 0x0600 || (seen & 0x0f00) == 0x0900)
                 && ((seen & 0xf) == 1 || (seen & 0xf) == 2));
  return TRUE;
}

/* Counts what is odd about the header that the cursor is at, and moves behind it. FALSE where it ends in it. */
static gboolean
count_faults_of_header (const LensPcapVariant *variant,
                        const LensPcapHeader *header,
                        LensByteCursor *cursor,
                        guint32 *captured,
                        guint *n_faults)
{
  gboolean is_big_endian = header->is_big_endian;
  gsize end = cursor->position + LENS_PCAP_RECORD_HEADER_BYTES + variant->extra_record_header;
  guint32 fraction, wire;
  gboolean is_whole = TRUE;

  if (!lens_byte_cursor_skip (cursor, 4)
      || !lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, &fraction))
    return FALSE;
  *n_faults += fraction >= 1000000;
  if (!lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, captured))
    return FALSE;
  *n_faults += *captured > lens_capture_format_get_max_record_bytes (header->link_type & 0xffff);
  *n_faults += *captured > header->snap_length;
  if (!lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, &wire))
    return FALSE;
  *n_faults += wire > MAX_WIRE_BYTES;
  *n_faults += *captured > wire;
  if (variant->kind == LENS_PCAP_NOKIA)
    is_whole = count_faults_of_nokia (cursor, is_big_endian, n_faults);
  else if (variant->extra_record_header > 0)
    is_whole = count_faults_of_patch (cursor, is_big_endian, n_faults);
  return is_whole && lens_byte_cursor_skip (cursor, end - cursor->position);
}

/* The first records as far as they are there. */
typedef struct
{
  LensInput *input;
  gboolean is_waiting; /* a pipe has no more right now: it is not asked again */
} Look;

/* How well a variant fits what is there. */
typedef struct
{
  guint n_faults;        /* things that are odd about the first records */
  gboolean has_evidence; /* what it alone has in a record header is there, and is no accident */
  gboolean has_record;   /* one record is there whole, or what is there is none */
  gboolean ends_whole;   /* and what a pipe has given so far ends where a record does */
} Fit;

/* What is ready of the next @n_bytes. */
static LensByteCursor
peek_at_most (Look *look, gsize n_bytes)
{
  LensInput *input = look->input;
  gsize n_ready;

  if (!look->is_waiting && lens_input_peek (input, n_bytes) == NULL)
    look->is_waiting = input->status == LENS_SOURCE_WAIT;
  n_ready = MIN (n_bytes, lens_input_get_n_ready (input));
  return lens_byte_cursor_init (lens_input_peek (input, n_ready), n_ready);
}

/* Whether a patched header speaks of a network interface and a protocol that Linux had. Of those the usual variant begins a packet
 * with, hardly any bytes do. */
static gboolean
is_patch (LensByteCursor cursor, gboolean is_big_endian)
{
  static const guint16 protocols[] = { 0x0800, 0x0806, 0x86dd }; /* IPv4, ARP, IPv6 */
  guint32 interface;
  guint16 protocol;
  guint8 type;

  if (!lens_byte_cursor_read_u32_ordered (&cursor, is_big_endian, &interface)
      || !lens_byte_cursor_read_u16_ordered (&cursor, is_big_endian, &protocol)
      || !lens_byte_cursor_read_u8 (&cursor, &type) || interface == 0 || interface > MAX_INTERFACE
      || type > MAX_PACKET_TYPE)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (protocol == protocols[i] || protocol == GUINT16_SWAP_LE_BE (protocols[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_evidence (const LensPcapVariant *variant, const LensPcapHeader *header, Look *look)
{
  LensByteCursor cursor = peek_at_most (look, LENS_PCAP_RECORD_HEADER_BYTES + variant->extra_record_header);
  guint n_faults = 0;

  if (variant->extra_record_header == 0 || !lens_byte_cursor_skip (&cursor, LENS_PCAP_RECORD_HEADER_BYTES))
    return FALSE;
  if (variant->kind != LENS_PCAP_NOKIA)
    return is_patch (cursor, header->is_big_endian);
  return count_faults_of_nokia (&cursor, header->is_big_endian, &n_faults) && n_faults == 0;
}

/* How well the first records fit if the file is of @variant. */
static Fit
find_fit (const LensPcapVariant *variant, const LensPcapHeader *header, Look *look)
{
  gsize header_bytes = LENS_PCAP_RECORD_HEADER_BYTES + variant->extra_record_header;
  gsize at = 0;
  Fit fit = { .has_evidence = has_evidence (variant, header, look) };

  for (guint i = 0; i < N_RECORDS_TO_TRY; i++)
    {
      LensByteCursor cursor = peek_at_most (look, at + header_bytes);
      guint32 captured = 0;

      if (!lens_byte_cursor_skip (&cursor, at) || lens_byte_cursor_left (&cursor) == 0)
        break;
      if (!count_faults_of_header (variant, header, &cursor, &captured, &fit.n_faults))
        break; /* a file that was cut says nothing of its kind */
      if (captured > lens_capture_format_get_max_record_bytes (header->link_type & 0xffff))
        {
          fit.has_record = TRUE;
          break;
        }
      at += header_bytes + captured;
      if (peek_at_most (look, at).length < at)
        break; /* a file that was cut says nothing of its kind */
      fit.has_record = TRUE;
    }
  fit.ends_whole
      = look->is_waiting && fit.has_evidence && fit.has_record && lens_input_get_n_ready (look->input) == at;
  return fit;
}

static gboolean
is_better_fit (const Fit *fit, const Fit *than)
{
  if (fit->n_faults != than->n_faults)
    return fit->n_faults < than->n_faults;
  if (fit->has_evidence != than->has_evidence)
    return fit->has_evidence;
  return fit->ends_whole && !than->ends_whole;
}

const LensPcapVariant *
lens_pcap_variant_choose (const LensPcapVariant *variant, const LensPcapHeader *header, LensInput *input)
{
  const LensPcapVariant *best = variant;
  Look look = { .input = input };
  Fit best_fit = { .n_faults = G_MAXUINT };

  /* Files of other versions were never patched. */
  if ((header->major == 2 && header->minor < 4) || header->major == 543
      || (variant->magic != STANDARD_MAGIC && variant->magic != MODIFIED_MAGIC))
    return variant;
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    if (variants[i].magic == variant->magic)
      {
        Fit fit = find_fit (&variants[i], header, &look);

        /* Of what a pipe has not given yet another variant can't be at fault. */
        if (look.is_waiting && &variants[i] != variant && !fit.has_evidence)
          continue;
        if (is_better_fit (&fit, &best_fit))
          {
            best = &variants[i];
            best_fit = fit;
          }
      }
  return look.is_waiting && !best_fit.has_record ? NULL : best;
}

gboolean
lens_pcap_variant_is_aix (const LensPcapVariant *variant, const LensPcapHeader *header, guint32 *link_type)
{
  static const struct
  {
    guint32 interface_type;
    guint32 link_type;
  } types[] = { { 6, 1 }, { 9, 6 }, { 15, 10 }, { 24, 0 } }; /* Ethernet, token ring, FDDI, loopback */

  if (variant->kind != LENS_PCAP_STANDARD || header->major != 2 || header->minor != 2)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].interface_type == header->link_type)
      {
        *link_type = types[i].link_type;
        return TRUE;
      }
  return FALSE;
}
