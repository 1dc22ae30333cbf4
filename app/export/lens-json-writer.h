/* Writes JSON (RFC 8259) as text, front to back, so that a large document needs no tree.
 *
 * Numbers are the shortest text that reads back the same (0.3, not 0.29999999999999999), whatever the locale. The caller
 * sees to it that begins and ends match. One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text; /* owned */
  guint depth;
  guint line_depth; /* inside this many containers that stay on one line */
  gboolean is_first;
} LensJsonWriter;

void lens_json_writer_begin (LensJsonWriter *writer);

/* (transfer full), ends in a newline. The writer is empty then. */
char *lens_json_writer_end (LensJsonWriter *writer);

/* @name: (nullable), NULL inside a list. A "line" object is written on one line. */
void lens_json_writer_begin_object (LensJsonWriter *writer, const char *name);
void lens_json_writer_begin_line_object (LensJsonWriter *writer, const char *name);
void lens_json_writer_end_object (LensJsonWriter *writer);
void lens_json_writer_begin_list (LensJsonWriter *writer, const char *name);
void lens_json_writer_end_list (LensJsonWriter *writer);

/* @text: (nullable), UTF-8; NULL is written as null, and so is a number that is not finite. */
void lens_json_writer_add_text (LensJsonWriter *writer, const char *name, const char *text);
void lens_json_writer_add_count (LensJsonWriter *writer, const char *name, guint64 count);
void lens_json_writer_add_number (LensJsonWriter *writer, const char *name, double number);
void lens_json_writer_add_boolean (LensJsonWriter *writer, const char *name, gboolean value);
void lens_json_writer_add_null (LensJsonWriter *writer, const char *name);

G_END_DECLS
