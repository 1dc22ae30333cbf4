#include "lens-capture-messages.h"

#include "lens-error.h"
#include "lens-format.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

void
lens_capture_message_not_opened (GError **error, const char *name, int code)
{
  if (code == EISDIR)
    g_set_error (error, LENS_ERROR, LENS_ERROR_OPEN, _ ("“%s” is a folder. Choose a capture file in it."),
                 name);
  else
    lens_capture_message_not_readable (error, name, g_strerror (code));
}

void
lens_capture_message_not_readable (GError **error, const char *name, const char *reason)
{
  g_set_error (error, LENS_ERROR, LENS_ERROR_OPEN, _ ("“%s” could not be opened: %s. Choose another file."),
               name, reason);
}

/* Whether it is packed in a way that is known and not read. */
static gboolean
is_foreign_packing (const guint8 *bytes, gsize n_bytes)
{
  static const struct
  {
    guint8 magic[4];
    gsize length;
  } packings[] = {
    { { 0x1f, 0x8b }, 2 },             /* gzip */
    { { 0x28, 0xb5, 0x2f, 0xfd }, 4 }, /* zstd */
    { { 0x04, 0x22, 0x4d, 0x18 }, 4 }, /* lz4 */
    { { 0xfd, 0x37, 0x7a, 0x58 }, 4 }, /* xz */
    { { 'B', 'Z', 'h' }, 3 },          /* bzip2 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (packings); i++)
    if (n_bytes >= packings[i].length && memcmp (bytes, packings[i].magic, packings[i].length) == 0)
      return TRUE;
  return FALSE;
}

void
lens_capture_message_no_capture (GError **error,
                                 const char *name,
                                 const guint8 *bytes,
                                 gsize n_bytes,
                                 LensCompression compression)
{
  if (n_bytes == 0)
    g_set_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
                 _ ("“%s” is empty: it has no packets and no file header. Choose another file."), name);
  else if (is_foreign_packing (bytes, n_bytes))
    g_set_error (
        error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
        _ ("“%s” is compressed in a way that this version does not read. Unpack it and open the result."),
        name);
  else if (compression != LENS_COMPRESSION_NONE)
    g_set_error (
        error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
        _ ("“%s” is not a packet capture: what it unpacks to does not begin as a pcap or pcapng file does. "
           "Choose another file."),
        name);
  else
    g_set_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
                 _ ("“%s” is not a packet capture: it does not begin as a pcap or pcapng file does. "
                    "Choose another file."),
                 name);
}

void
lens_capture_message_bad_header (GError **error, const char *name, const char *reason)
{
  g_set_error (error, LENS_ERROR, LENS_ERROR_NOT_A_CAPTURE,
               _ ("“%s” begins as a capture but its file header can’t be read: %s. Choose another file."),
               name, reason);
}

void
lens_capture_message_cut (GError **error, const char *name, guint64 n_packets)
{
  g_autofree char *bad = lens_format_count (n_packets + 1);
  g_autofree char *good = lens_format_count (n_packets);

  if (n_packets == 0)
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 _ ("“%s” ends in the middle of its first packet; there is nothing before it to show."),
                 name);
  else
    /* Translators: the file, the number of the packet, and how many came before it. */
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 g_dngettext (GETTEXT_PACKAGE,
                              "“%s” ends in the middle of packet %s; the first packet is shown.",
                              "“%s” ends in the middle of packet %s; the first %s packets are shown.",
                              (gulong) n_packets),
                 name, bad, good);
}

void
lens_capture_message_broken (GError **error, const char *name, guint64 n_packets)
{
  g_autofree char *bad = lens_format_count (n_packets + 1);
  g_autofree char *good = lens_format_count (n_packets);

  if (n_packets == 0)
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 _ ("“%s” is damaged at its first packet; there is nothing before it to show."), name);
  else
    g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
                 g_dngettext (GETTEXT_PACKAGE, "“%s” is damaged at packet %s; the first packet is shown.",
                              "“%s” is damaged at packet %s; the first %s packets are shown.",
                              (gulong) n_packets),
                 name, bad, good);
}

/* A sentence of its own: what there is to see before the place. */
static char *
say_what_is_shown (guint64 n_packets)
{
  g_autofree char *good = lens_format_count (n_packets);

  if (n_packets == 0)
    return g_strdup (_ ("There is nothing before it to show."));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The first packet is shown.",
                                       "The first %s packets are shown.", (gulong) n_packets),
                          good);
}

void
lens_capture_message_still_written (GError **error, const char *name, guint64 n_packets)
{
  g_autofree char *bad = lens_format_count (n_packets + 1);
  g_autofree char *shown = say_what_is_shown (n_packets);

  /* Translators: the file, the number of the packet, and a sentence such as “The first 12 packets are shown.” */
  g_set_error (error, LENS_ERROR, LENS_ERROR_READ,
               _ ("“%s” was still being written while it was read: packet %s is not whole. %s "
                  "Open it again later to see the rest."),
               name, bad, shown);
}

void
lens_capture_message_read_failed (GError **error, const char *name, guint64 n_packets, const char *reason)
{
  g_autofree char *bad = lens_format_count (n_packets + 1);
  g_autofree char *shown = say_what_is_shown (n_packets);

  /* Translators: the file, the number of the packet, the system's reason, and a sentence such as “The first 12 packets
   * are shown.” */
  g_set_error (error, LENS_ERROR, LENS_ERROR_READ, _ ("“%s” could not be read from packet %s on: %s. %s"),
               name, bad, reason, shown);
}

void
lens_capture_message_ceiling (GError **error, const char *name, guint64 n_packets, const char *allowed)
{
  g_autofree char *shown = say_what_is_shown (n_packets);

  /* Translators: the file, a size such as “1.07 GB”, and a sentence such as “The first 12 packets are shown.” */
  g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT,
               _ ("“%s” unpacks to more than %s and was read up to there. %s Allow more to see the rest."),
               name, allowed, shown);
}

void
lens_capture_message_memory_ceiling (GError **error, const char *name, guint64 n_packets, guint64 allowed)
{
  g_autofree char *size = lens_format_bytes (allowed);
  g_autofree char *shown = say_what_is_shown (n_packets);

  /* Translators: the file, a size such as “1.07 GB”, and a sentence such as “The first 12 packets are shown.” */
  g_set_error (
      error, LENS_ERROR, LENS_ERROR_LIMIT,
      _ ("“%s” unpacks to packets that take more than %s of memory and was read up to there. %s Allow "
         "more to see the rest."),
      name, size, shown);
}
