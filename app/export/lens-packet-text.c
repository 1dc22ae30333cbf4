#include "lens-packet-text.h"

#include "lens-error.h"
#include "lens-format.h"
#include "lens-hex.h"

#include <glib/gi18n-lib.h>

#define HEX_BYTES_PER_LINE 16

/* What a byte takes at least: "0x00,", and "00 " and what it is as a character. */
#define C_BYTES_A_BYTE 5
#define HEX_BYTES_A_BYTE 4

void
lens_packet_text_set_limit_error (gsize max_bytes, GError **error)
{
  g_autofree char *limit = lens_format_count (max_bytes);

  g_set_error (error, LENS_ERROR, LENS_ERROR_LIMIT, _ ("more than %s bytes of text. Select fewer packets."),
               limit);
}

/* "Packet 5000: 214 bytes", or "Packet 5000: 96 of 214 bytes were captured". (transfer full) */
static char *
describe (guint64 number, gsize n_bytes, guint32 wire_bytes)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  if (n_bytes < wire_bytes)
    /* Translators: the number of a packet; how many bytes of it are there, and how many it had. */
    return g_strdup_printf (_ ("Packet %s: %u of %u bytes were captured"), name, (guint) n_bytes, wire_bytes);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Packet %s: %u byte", "Packet %s: %u bytes", n_bytes),
                          name, (guint) n_bytes);
}

static void
add_hex (GString *text, guint64 number, const guint8 *bytes, gsize n_bytes, guint32 wire_bytes)
{
  g_autofree char *title = describe (number, n_bytes, wire_bytes);
  g_autofree char *dump = lens_hex_dump (bytes, n_bytes, HEX_BYTES_PER_LINE);

  g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n" : "", title, dump);
}

static void
add_c (GString *text, guint64 number, const guint8 *bytes, gsize n_bytes, guint32 wire_bytes)
{
  if (n_bytes < wire_bytes || n_bytes == 0)
    {
      g_autofree char *title = describe (number, n_bytes, wire_bytes);

      g_string_append_printf (text, "/* %s */\n", title);
    }
  /* C has no array without elements. */
  if (n_bytes > 0)
    {
      g_autofree char *name = g_strdup_printf ("packet_%" G_GUINT64_FORMAT, number);
      g_autofree char *array = lens_hex_c_array (bytes, n_bytes, name);

      g_string_append (text, array);
    }
}

char *
lens_packet_text_write (LensCapture *capture,
                        const gsize *rows,
                        gsize n_rows,
                        LensPacketTextForm form,
                        gsize max_bytes,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (LensPacketReader) reader = lens_packet_reader_new (capture);
  const LensPacketTable *table = lens_capture_get_table (capture);
  gsize bytes_a_byte = form == LENS_PACKET_TEXT_C ? C_BYTES_A_BYTE : HEX_BYTES_A_BYTE;
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (LensPacketBytes) packet = NULL;
      guint64 number = lens_packet_table_get_number (table, rows[i]);
      const guint8 *bytes;
      gsize n_bytes;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      packet = lens_packet_reader_read (reader, rows[i], cancellable, error);
      if (packet == NULL)
        return NULL;
      bytes = g_bytes_get_data (packet->bytes, &n_bytes);
      if (n_bytes <= max_bytes / bytes_a_byte && form == LENS_PACKET_TEXT_C)
        add_c (text, number, bytes, n_bytes, packet->wire_bytes);
      else if (n_bytes <= max_bytes / bytes_a_byte)
        add_hex (text, number, bytes, n_bytes, packet->wire_bytes);
      if (n_bytes > max_bytes / bytes_a_byte || text->len > max_bytes)
        {
          lens_packet_text_set_limit_error (max_bytes, error);
          return NULL;
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
