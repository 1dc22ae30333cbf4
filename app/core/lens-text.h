/* Text from files and file names, made safe to show: in labels, charts, PDF, JSON, on a terminal and in logs.
 *
 * Who wrote the text is not known: it may try to move a terminal's cursor, to turn the direction of what follows, to hide
 * a part of itself, or to fill the screen. Returned strings are (transfer full). Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a path gets before its end is cut: as long as the system allows one to be. */
#define LENS_TEXT_MAX_PATH 4096

/* One line of valid UTF-8 that shows all it holds, of at most @max_chars characters; where there was more, the last is "…".
 * Control characters become their pictures ("␛"), and "�" stands for each byte that is no UTF-8, for line and paragraph
 * separators, for what turns the direction of text, for whatever takes no room, and for combining marks after the
 * fourth in a row. NULs at the end are padding and go. @bytes: (nullable) when @n_bytes is 0; not NUL-terminated. */
char *lens_text_make_safe (const guint8 *bytes, gsize n_bytes, gsize max_chars);

/* The same of a whole NUL-terminated string; @text: (nullable) gives "". */
char *lens_text_make_safe_string (const char *text, gsize max_chars);

/* A file name or path in the file system's encoding, safe to show. */
char *lens_text_make_safe_path (const char *path);

/* Says @text on standard error, "packetlens: " before each of its lines, without anything that a terminal would obey. */
void lens_text_print_error (const char *text);

/* The last part of @path, safe to show. */
char *lens_text_make_safe_base_name (const char *path);

G_END_DECLS
