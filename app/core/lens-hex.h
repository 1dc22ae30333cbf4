/* Bytes as text for people, and back: hex dumps, arrays of C, and what is typed to look for bytes. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of @bytes_per_line bytes: where the line begins (in hexadecimal), the bytes, and what of them is ASCII, else a dot:
 *
 *   0000  45 00 00 32 00 01 40 00  E..2..@.
 *
 * Every line but the last has the same number of characters. (transfer full) */
char *lens_hex_dump (const guint8 *bytes, gsize n_bytes, gsize bytes_per_line);

/* How many digits the dump has for where a line begins. */
gsize lens_hex_dump_offset_digits (gsize n_bytes);

/* "static const unsigned char NAME[] = { 0x45, ... };" in lines. @name: made an identifier of C. (transfer full) */
char *lens_hex_c_array (const guint8 *bytes, gsize n_bytes, const char *name);

/* Reads hexadecimal digits in pairs: "45 00", "4500", "0x45,0x00", "45:00". NULL where @text is not that or has no digit.
 * (transfer full) */
GBytes *lens_hex_parse (const char *text);

G_END_DECLS
