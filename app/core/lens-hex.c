#include "lens-hex.h"

#define C_BYTES_PER_LINE 12

gsize
lens_hex_dump_offset_digits (gsize n_bytes)
{
  return n_bytes > 0x10000 ? 8 : 4;
}

char *
lens_hex_dump (const guint8 *bytes, gsize n_bytes, gsize bytes_per_line)
{
  GString *text = g_string_sized_new (n_bytes * 5);
  int digits = (int) lens_hex_dump_offset_digits (n_bytes);

  g_return_val_if_fail (bytes_per_line > 0, g_string_free (text, FALSE));

  for (gsize start = 0; start < n_bytes; start += bytes_per_line)
    {
      gsize n = MIN (bytes_per_line, n_bytes - start);

      g_string_append_printf (text, "%0*" G_GSIZE_MODIFIER "x  ", digits, start);
      for (gsize i = 0; i < bytes_per_line; i++)
        {
          if (i < n)
            g_string_append_printf (text, "%02x ", bytes[start + i]);
          else
            g_string_append (text, "   ");
        }
      g_string_append_c (text, ' ');
      for (gsize i = 0; i < n; i++)
        g_string_append_c (text, g_ascii_isprint ((char) bytes[start + i]) ? (char) bytes[start + i] : '.');
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* What is not allowed in an identifier becomes "_". */
static void
append_identifier (GString *text, const char *name)
{
  if (!g_ascii_isalpha (*name))
    g_string_append_c (text, '_');
  for (; *name != '\0'; name++)
    g_string_append_c (text, g_ascii_isalnum (*name) ? *name : '_');
}

char *
lens_hex_c_array (const guint8 *bytes, gsize n_bytes, const char *name)
{
  GString *text = g_string_new ("static const unsigned char ");

  append_identifier (text, name);
  g_string_append_printf (text, "[%" G_GSIZE_FORMAT "] = {", n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%s0x%02x,", i % C_BYTES_PER_LINE == 0 ? "\n  " : " ", bytes[i]);
  g_string_append (text, "\n};\n");
  return g_string_free (text, FALSE);
}

/* What may stand between two bytes. */
static gboolean
is_separator (char character)
{
  return g_ascii_isspace (character) || character == ':' || character == ',' || character == '-';
}

GBytes *
lens_hex_parse (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (*text != '\0')
    {
      guint8 byte;

      if (is_separator (*text))
        {
          text++;
          continue;
        }
      if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        text += 2;
      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        return NULL;
      byte = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
      text += 2;
    }
  return bytes->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
