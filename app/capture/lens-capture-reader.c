#include "lens-capture-reader.h"

#include "lens-error.h"
#include "lens-format.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One read of the file; large enough that the system call does not count. */
#define BUFFER_BYTES (1 << 20)

#define FILE_HEADER_BYTES 24
#define RECORD_HEADER_BYTES 16
#define MODIFIED_RECORD_HEADER_BYTES 24

struct _LensCaptureReader
{
  pcap_t *pcap;
  char *name;   /* base name, for messages */
  char *buffer; /* of the FILE that pcap closes */
  guint64 position;
  guint64 size;
  guint64 n_packets;
  guint32 link_type;
  guint32 snap_length;
  guint32 longest_read; /* libpcap leaves out what a record has beyond this */
  guint32 record_header_bytes;
  gint64 fraction_ns; /* what one unit of a record's fraction is worth */
  gboolean has_ended;
};

/* What the first bytes of a file say it is. */
typedef enum
{
  CONTENT_PCAP,
  CONTENT_MODIFIED_PCAP,
  CONTENT_PCAPNG,
  CONTENT_COMPRESSED,
  CONTENT_EMPTY,
  CONTENT_OTHER,
} Content;

static const struct
{
  guint8 magic[4];
  gsize length;
  Content content;
} known_contents[] = {
  { { 0xd4, 0xc3, 0xb2, 0xa1 }, 4, CONTENT_PCAP },          /* microseconds, little endian */
  { { 0xa1, 0xb2, 0xc3, 0xd4 }, 4, CONTENT_PCAP },          /* microseconds, big endian */
  { { 0x4d, 0x3c, 0xb2, 0xa1 }, 4, CONTENT_PCAP },          /* nanoseconds, little endian */
  { { 0xa1, 0xb2, 0x3c, 0x4d }, 4, CONTENT_PCAP },          /* nanoseconds, big endian */
  { { 0x34, 0xcd, 0xb2, 0xa1 }, 4, CONTENT_MODIFIED_PCAP }, /* Kuznetzov's, little endian */
  { { 0xa1, 0xb2, 0xcd, 0x34 }, 4, CONTENT_MODIFIED_PCAP }, /* Kuznetzov's, big endian */
  { { 0x0a, 0x0d, 0x0d, 0x0a }, 4, CONTENT_PCAPNG },        /* section header block */
  { { 0x1f, 0x8b }, 2, CONTENT_COMPRESSED },                /* gzip */
  { { 0x28, 0xb5, 0x2f, 0xfd }, 4, CONTENT_COMPRESSED },    /* zstd */
  { { 0x04, 0x22, 0x4d, 0x18 }, 4, CONTENT_COMPRESSED },    /* lz4 */
  { { 0xfd, 0x37, 0x7a, 0x58 }, 4, CONTENT_COMPRESSED },    /* xz */
  { { 'B', 'Z', 'h' }, 3, CONTENT_COMPRESSED },             /* bzip2 */
};

static Content
content_of (const guint8 *bytes, gsize n_bytes)
{
  if (n_bytes == 0)
    return CONTENT_EMPTY;
  for (gsize i = 0; i < G_N_ELEMENTS (known_contents); i++)
    if (n_bytes >= known_contents[i].length
        && memcmp (bytes, known_contents[i].magic, known_contents[i].length) == 0)
      return known_contents[i].content;
  return CONTENT_OTHER;
}

/* Four bytes of a file header, in the file's order. */
static guint32
header_field (const guint8 header[FILE_HEADER_BYTES], gsize at)
{
  const guint8 *field = header + at;

  if (header[0] != 0xa1) /* little endian */
    return field[0] | (guint32) field[1] << 8 | (guint32) field[2] << 16 | (guint32) field[3] << 24;
  return field[3] | (guint32) field[2] << 8 | (guint32) field[1] << 16 | (guint32) field[0] << 24;
}

static gboolean
has_nanoseconds (const guint8 header[FILE_HEADER_BYTES])
{
  return header_field (header, 0) == 0xa1b23c4d;
}

static gboolean
check_content (Content content, const char *name, GError **error)
{
  switch (content)
    {
    case CONTENT_PCAP:
    case CONTENT_MODIFIED_PCAP:
      return TRUE;
    case CONTENT_PCAPNG:
      g_set_error (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
                   _ ("“%s” is a pcapng capture, which this version does not read. Convert it with "
                      "“editcap -F pcap” and open the result."),
                   name);
      return FALSE;
    case CONTENT_COMPRESSED:
      g_set_error (error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
                   _ ("“%s” is compressed, which this version does not read. Unpack it and open the result."),
                   name);
      return FALSE;
    case CONTENT_EMPTY:
      g_set_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
                   _ ("“%s” is empty: it has no packets and no file header. Choose another file."), name);
      return FALSE;
    case CONTENT_OTHER:
    default:
      g_set_error (
          error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
          _ ("“%s” is not a packet capture: it does not begin as a pcap file does. Choose another file."),
          name);
      return FALSE;
    }
}

static void
set_open_error (GError **error, const char *name, int code)
{
  g_set_error (error, LENS_ERROR, LENS_ERROR_OPEN, _ ("“%s” could not be opened: %s. Choose another file."),
               name, g_strerror (code));
}

/* Opens @path and looks at its first bytes, which stay to be read. */
static FILE *
open_stream (LensCaptureReader *reader, const char *path, Content *content, GError **error)
{
  FILE *stream;
  struct stat status;
  guint8 start[FILE_HEADER_BYTES] = { 0 };
  gsize n_start = 0;
  int c;

  stream = strcmp (path, "-") == 0 ? fdopen (fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3), "rb")
                                   : fopen (path, "rbe");
  if (stream == NULL)
    {
      set_open_error (error, reader->name, errno);
      return NULL;
    }
  if (fstat (fileno (stream), &status) == 0)
    {
      if (S_ISDIR (status.st_mode))
        {
          g_set_error (error, LENS_ERROR, LENS_ERROR_OPEN,
                       _ ("“%s” is a folder. Choose a capture file in it."), reader->name);
          fclose (stream);
          return NULL;
        }
      reader->size = S_ISREG (status.st_mode) ? (guint64) status.st_size : 0;
    }

  setvbuf (stream, reader->buffer, _IOFBF, BUFFER_BYTES);
  while (n_start < sizeof start && (c = fgetc (stream)) != EOF)
    start[n_start++] = (guint8) c;
  if (ferror (stream))
    {
      set_open_error (error, reader->name, errno);
      fclose (stream);
      return NULL;
    }
  *content = content_of (start, n_start);
  /* libpcap gives its own DLT number, which is not always the LINKTYPE of the file; the bits above tell of a frame check
   * sequence. It changes the snap length, too, and would make nanoseconds of microseconds as if they had a sign. */
  reader->link_type = header_field (start, FILE_HEADER_BYTES - 4) & 0xffff;
  reader->snap_length = header_field (start, FILE_HEADER_BYTES - 8);
  reader->fraction_ns = has_nanoseconds (start) ? 1 : 1000;
  /* glibc takes back what was read from one buffer, on pipes too. */
  for (gsize i = n_start; i > 0; i--)
    ungetc (start[i - 1], stream);
  return stream;
}

LensCaptureReader *
lens_capture_reader_open (const char *path, GError **error)
{
  g_autoptr (LensCaptureReader) reader = g_new0 (LensCaptureReader, 1);
  char message[PCAP_ERRBUF_SIZE] = "";
  Content content;
  FILE *stream;

  g_return_val_if_fail (path != NULL, NULL);

  if (strcmp (path, "-") == 0)
    reader->name = g_strdup (_ ("standard input"));
  else
    reader->name = g_filename_display_basename (path);
  reader->buffer = g_malloc (BUFFER_BYTES);

  stream = open_stream (reader, path, &content, error);
  if (stream == NULL)
    return NULL;
  if (!check_content (content, reader->name, error))
    {
      fclose (stream);
      return NULL;
    }
  reader->pcap = pcap_fopen_offline_with_tstamp_precision (
      stream, reader->fraction_ns == 1 ? PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO, message);
  if (reader->pcap == NULL)
    {
      g_autofree char *reason = g_utf8_make_valid (message, -1);

      fclose (stream);
      g_set_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
                   _ ("“%s” begins as a capture but its file header can't be read: %s. Choose another file."),
                   reader->name, reason);
      return NULL;
    }

  reader->longest_read = (guint32) MAX (pcap_snapshot (reader->pcap), 0);
  reader->record_header_bytes
      = content == CONTENT_MODIFIED_PCAP ? MODIFIED_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES;
  reader->position = FILE_HEADER_BYTES;
  return g_steal_pointer (&reader);
}

void
lens_capture_reader_free (LensCaptureReader *reader)
{
  if (reader->pcap != NULL)
    pcap_close (reader->pcap);
  g_free (reader->buffer);
  g_free (reader->name);
  g_free (reader);
}

static void
set_damage_error (LensCaptureReader *reader, GError **error)
{
  gboolean is_cut = feof (pcap_file (reader->pcap));
  g_autofree char *bad = lens_format_count (reader->n_packets + 1);
  g_autofree char *good = lens_format_count (reader->n_packets);
  gulong n = (gulong) reader->n_packets;

  if (n == 0 && is_cut)
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 _ ("“%s” ends in the middle of its first packet; there is nothing before it to show."),
                 reader->name);
  else if (n == 0)
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 _ ("“%s” is damaged at its first packet; there is nothing before it to show."),
                 reader->name);
  else if (is_cut)
    /* Translators: the file, the number of the packet, and how many came before it. */
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 g_dngettext (GETTEXT_PACKAGE,
                              "“%s” ends in the middle of packet %s; the first packet is shown.",
                              "“%s” ends in the middle of packet %s; the first %s packets are shown.", n),
                 reader->name, bad, good);
  else
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 g_dngettext (GETTEXT_PACKAGE, "“%s” is damaged at packet %s; the first packet is shown.",
                              "“%s” is damaged at packet %s; the first %s packets are shown.", n),
                 reader->name, bad, good);
}

/* Where the record just read ends. libpcap does not say how much of a record beyond the snap length it left out; the file
 * does, where it is one. */
static guint64
end_of_record (const LensCaptureReader *reader, guint32 captured_bytes)
{
  if (captured_bytes >= reader->longest_read && reader->size > 0)
    {
      off_t end = ftello (pcap_file (reader->pcap));

      if (end > 0)
        return (guint64) end;
    }
  return reader->position + reader->record_header_bytes + captured_bytes;
}

LensReadStatus
lens_capture_reader_next (LensCaptureReader *reader, LensRecord *record, GError **error)
{
  struct pcap_pkthdr *header;
  const guint8 *bytes;
  int result;

  if (reader->has_ended)
    return LENS_READ_END;
  result = pcap_next_ex (reader->pcap, &header, &bytes);
  reader->has_ended = result != 1;
  if (result == PCAP_ERROR_BREAK)
    return LENS_READ_END;
  if (result != 1)
    {
      set_damage_error (reader, error);
      return LENS_READ_DAMAGED;
    }

  /* Both are 32 bits without a sign in the file, so this can't overflow; a nonsense fraction is carried over. */
  record->time_ns = (guint32) header->ts.tv_sec * G_GINT64_CONSTANT (1000000000)
                    + (guint32) header->ts.tv_usec * reader->fraction_ns;
  record->file_offset = reader->position;
  record->captured_bytes = header->caplen;
  record->wire_bytes = header->len;
  record->link_type = reader->link_type;
  record->bytes = bytes;
  reader->position = end_of_record (reader, header->caplen);
  reader->n_packets++;
  return LENS_READ_RECORD;
}

guint64
lens_capture_reader_get_position (const LensCaptureReader *reader)
{
  return reader->position;
}

guint64
lens_capture_reader_get_size (const LensCaptureReader *reader)
{
  return reader->size;
}

guint32
lens_capture_reader_get_link_type (const LensCaptureReader *reader)
{
  return reader->link_type;
}

guint32
lens_capture_reader_get_snap_length (const LensCaptureReader *reader)
{
  return reader->snap_length;
}
