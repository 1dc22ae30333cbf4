#include "lens-pcapng-blocks.h"

#include "lens-text.h"

/* Codes of options, by block. */
#define SECTION_HARDWARE 2
#define SECTION_OS 3
#define SECTION_APPLICATION 4
#define INTERFACE_NAME 2
#define INTERFACE_DESCRIPTION 3
#define INTERFACE_RESOLUTION 9
#define INTERFACE_FILTER 11
#define INTERFACE_OS 12
#define INTERFACE_OFFSET 14
#define INTERFACE_HARDWARE 15
#define STATISTICS_RECEIVED 4
#define STATISTICS_DROPPED_BY_INTERFACE 5
#define STATISTICS_ACCEPTED 6
#define STATISTICS_DROPPED_BY_OS 7
#define STATISTICS_DELIVERED 8

/* Kinds of name resolution record. */
#define NAMES_END 0
#define NAMES_IPV4 1
#define NAMES_IPV6 2

/* The first byte of a filter option: a text as tcpdump takes it. Others are programs. */
#define FILTER_IS_TEXT 0

LensPcapngOptionStatus
lens_pcapng_option_next (LensByteCursor *options, gboolean is_big_endian, LensPcapngOption *option)
{
  guint16 length;

  if (lens_byte_cursor_left (options) == 0)
    return LENS_PCAPNG_OPTION_NO_MORE;
  if (!lens_byte_cursor_read_u16_ordered (options, is_big_endian, &option->code)
      || !lens_byte_cursor_read_u16_ordered (options, is_big_endian, &length)
      || !lens_byte_cursor_read_part (options, length, &option->value)
      || !lens_byte_cursor_skip (options, (gsize) (-length & 3)))
    return LENS_PCAPNG_OPTION_BROKEN;
  return option->code == 0 ? LENS_PCAPNG_OPTION_NO_MORE : LENS_PCAPNG_OPTION_READ;
}

/* The first text of its kind is kept, and none that is empty. */
static void
keep_text (char **text, const LensPcapngOption *option)
{
  if (*text == NULL && option->value.length > 0)
    *text = lens_text_make_safe (option->value.bytes, option->value.length, LENS_CAPTURE_MAX_SHORT_TEXT);
}

static void
keep_comment (LensCaptureInfo *info, LensCommentPlace place, guint64 number, const LensPcapngOption *option)
{
  if (option->value.length > 0)
    lens_capture_info_add_comment (info, place, number, option->value.bytes, option->value.length);
}

gboolean
lens_pcapng_read_section (LensCaptureInfo *info,
                          LensByteCursor body,
                          gboolean is_big_endian,
                          guint16 *major,
                          guint16 *minor)
{
  LensCaptureSection *section;
  LensPcapngOptionStatus status;
  LensPcapngOption option;

  *major = *minor = 0;
  /* The length of the section is not to be trusted, and nothing needs it. */
  if (!lens_byte_cursor_read_u16_ordered (&body, is_big_endian, major)
      || !lens_byte_cursor_read_u16_ordered (&body, is_big_endian, minor) || !lens_byte_cursor_skip (&body, 8)
      || *major != 1 || (*minor != 0 && *minor != 2) || info->sections->len >= LENS_CAPTURE_MAX_SECTIONS)
    return FALSE;

  section = lens_capture_info_add_section (info);
  section->is_big_endian = is_big_endian;
  while ((status = lens_pcapng_option_next (&body, is_big_endian, &option)) == LENS_PCAPNG_OPTION_READ)
    switch (option.code)
      {
      case LENS_PCAPNG_OPTION_COMMENT:
        keep_comment (info, LENS_COMMENT_SECTION, info->sections->len - 1, &option);
        break;
      case SECTION_HARDWARE:
        keep_text (&section->hardware, &option);
        break;
      case SECTION_OS:
        keep_text (&section->os, &option);
        break;
      case SECTION_APPLICATION:
        keep_text (&section->application, &option);
        break;
      default:
        break;
      }
  return status == LENS_PCAPNG_OPTION_NO_MORE;
}

/* How many ticks a second has: the option is a power of 10, or with its upper bit of 2. */
static guint64
read_resolution (const LensPcapngOption *option, guint64 otherwise)
{
  LensByteCursor value = option->value;
  guint64 ticks = 1;
  guint8 stored;
  guint base, exponent;

  if (value.length != 1 || !lens_byte_cursor_read_u8 (&value, &stored))
    return otherwise;
  base = (stored & 0x80) != 0 ? 2 : 10;
  exponent = stored & 0x7f;
  for (guint i = 0; i < exponent; i++)
    if (!g_uint64_checked_mul (&ticks, ticks, base))
      return G_MAXUINT64;
  return ticks;
}

static void
read_interface_option (LensCaptureInfo *info,
                       LensCaptureInterface *interface,
                       LensPcapngOption *option,
                       gboolean is_big_endian)
{
  guint64 offset;
  guint8 kind;

  switch (option->code)
    {
    case LENS_PCAPNG_OPTION_COMMENT:
      keep_comment (info, LENS_COMMENT_INTERFACE, info->interfaces->len - 1, option);
      break;
    case INTERFACE_NAME:
      keep_text (&interface->name, option);
      break;
    case INTERFACE_DESCRIPTION:
      keep_text (&interface->description, option);
      break;
    case INTERFACE_RESOLUTION:
      interface->ticks_per_second = read_resolution (option, interface->ticks_per_second);
      break;
    case INTERFACE_FILTER:
      if (lens_byte_cursor_read_u8 (&option->value, &kind) && kind == FILTER_IS_TEXT
          && lens_byte_cursor_read_part (&option->value, lens_byte_cursor_left (&option->value),
                                         &option->value))
        keep_text (&interface->filter, option);
      break;
    case INTERFACE_OS:
      keep_text (&interface->os, option);
      break;
    case INTERFACE_OFFSET:
      if (option->value.length == 8
          && lens_byte_cursor_read_u64_ordered (&option->value, is_big_endian, &offset))
        interface->offset_s = (gint64) offset;
      break;
    case INTERFACE_HARDWARE:
      keep_text (&interface->hardware, option);
      break;
    default:
      break;
    }
}

gboolean
lens_pcapng_read_interface (LensCaptureInfo *info, LensByteCursor body, gboolean is_big_endian)
{
  LensCaptureInterface *interface;
  LensPcapngOptionStatus status;
  LensPcapngOption option;
  guint16 link_type;
  guint32 snap_length;

  if (!lens_byte_cursor_read_u16_ordered (&body, is_big_endian, &link_type)
      || !lens_byte_cursor_skip (&body, 2)
      || !lens_byte_cursor_read_u32_ordered (&body, is_big_endian, &snap_length)
      || info->interfaces->len >= LENS_CAPTURE_MAX_INTERFACES)
    return FALSE;

  interface = lens_capture_info_add_interface (info);
  interface->link_type = link_type;
  interface->snap_length = snap_length;
  while ((status = lens_pcapng_option_next (&body, is_big_endian, &option)) == LENS_PCAPNG_OPTION_READ)
    read_interface_option (info, interface, &option, is_big_endian);
  return status == LENS_PCAPNG_OPTION_NO_MORE;
}

/* Where the counter of an option belongs; NULL for other options. */
static guint64 *
find_counter (LensCaptureInterface *interface, guint16 code)
{
  switch (code)
    {
    case STATISTICS_RECEIVED:
      return &interface->received;
    case STATISTICS_DROPPED_BY_INTERFACE:
      return &interface->dropped_by_interface;
    case STATISTICS_ACCEPTED:
      return &interface->accepted;
    case STATISTICS_DROPPED_BY_OS:
      return &interface->dropped_by_os;
    case STATISTICS_DELIVERED:
      return &interface->delivered;
    default:
      return NULL;
    }
}

gboolean
lens_pcapng_read_statistics (LensCaptureInfo *info,
                             LensByteCursor body,
                             gboolean is_big_endian,
                             guint first_interface)
{
  LensCaptureInterface *interface = NULL;
  LensPcapngOptionStatus status;
  LensPcapngOption option;
  guint32 number;

  if (!lens_byte_cursor_read_u32_ordered (&body, is_big_endian, &number) || !lens_byte_cursor_skip (&body, 8))
    return FALSE;
  /* Those of an interface that there is not are passed by. */
  if (number < info->interfaces->len - first_interface)
    interface = g_ptr_array_index (info->interfaces, first_interface + number);
  while ((status = lens_pcapng_option_next (&body, is_big_endian, &option)) == LENS_PCAPNG_OPTION_READ)
    {
      guint64 *counter = interface != NULL ? find_counter (interface, option.code) : NULL;

      if (counter != NULL && option.value.length == 8)
        (void) lens_byte_cursor_read_u64_ordered (&option.value, is_big_endian, counter);
      else if (option.code == LENS_PCAPNG_OPTION_COMMENT && interface != NULL)
        keep_comment (info, LENS_COMMENT_STATISTICS, first_interface + number, &option);
    }
  return status == LENS_PCAPNG_OPTION_NO_MORE;
}

/* One record: an address, and names that each end in NUL. The first is kept, each must end. */
static gboolean
read_name (LensCaptureInfo *info, LensByteCursor record, guint16 kind)
{
  gsize address_bytes = kind == NAMES_IPV4 ? 4 : 16;
  guint8 bytes[16] = { 0 };
  LensAddress address;
  const guint8 *names;
  const guint8 *end;
  gsize n_names_bytes;

  if (!lens_byte_cursor_read_bytes (&record, bytes, address_bytes))
    return FALSE;
  names = record.bytes + record.position;
  n_names_bytes = lens_byte_cursor_left (&record);
  if (n_names_bytes == 0)
    return TRUE;
  if (names[n_names_bytes - 1] != '\0')
    return FALSE;
  end = memchr (names, '\0', n_names_bytes);
  address = kind == NAMES_IPV4 ? lens_address_from_ipv4 (bytes) : lens_address_from_ipv6 (bytes);
  if (end > names)
    lens_capture_info_add_name (info, &address, names, (gsize) (end - names));
  return TRUE;
}

gboolean
lens_pcapng_read_names (LensCaptureInfo *info, LensByteCursor body, gboolean is_big_endian)
{
  LensPcapngOptionStatus status;
  LensPcapngOption option;

  while (lens_byte_cursor_left (&body) > 0)
    {
      LensByteCursor record;
      guint16 kind, length;

      if (!lens_byte_cursor_read_u16_ordered (&body, is_big_endian, &kind)
          || !lens_byte_cursor_read_u16_ordered (&body, is_big_endian, &length))
        return FALSE;
      if (kind == NAMES_END)
        break; /* whatever length it states */
      if (!lens_byte_cursor_read_part (&body, length, &record)
          || !lens_byte_cursor_skip (&body, (gsize) (-length & 3)))
        return FALSE;
      if ((kind == NAMES_IPV4 || kind == NAMES_IPV6) && !read_name (info, record, kind))
        return FALSE;
    }
  while ((status = lens_pcapng_option_next (&body, is_big_endian, &option)) == LENS_PCAPNG_OPTION_READ)
    if (option.code == LENS_PCAPNG_OPTION_COMMENT)
      keep_comment (info, LENS_COMMENT_NAMES, info->sections->len - 1, &option);
  return status == LENS_PCAPNG_OPTION_NO_MORE;
}
