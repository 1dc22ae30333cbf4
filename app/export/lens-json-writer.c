#include "lens-json-writer.h"

#include <math.h>

void
lens_json_writer_begin (LensJsonWriter *writer)
{
  *writer = (LensJsonWriter){ .text = g_string_new (NULL), .is_first = TRUE };
}

char *
lens_json_writer_end (LensJsonWriter *writer)
{
  g_string_append_c (writer->text, '\n');
  return g_string_free (g_steal_pointer (&writer->text), FALSE);
}

/* More than JSON asks for: what a terminal would obey or not show is written as its number too. */
static gboolean
is_plain (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return TRUE;
    }
}

/* \uXXXX, or two of them beyond the first plane (RFC 8259, section 7). */
static void
append_number_of (GString *text, gunichar character)
{
  if (character >= 0x10000)
    {
      character -= 0x10000;
      g_string_append_printf (text, "\\u%04x", 0xd800 + (character >> 10));
      character = 0xdc00 + (character & 0x3ff);
    }
  g_string_append_printf (text, "\\u%04x", character);
}

static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '"' || character == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else if (is_plain (character))
        g_string_append_unichar (text, character);
      else
        append_number_of (text, character);
    }
  g_string_append_c (text, '"');
}

static void
break_line (LensJsonWriter *writer)
{
  if (writer->line_depth > 0)
    {
      g_string_append_c (writer->text, ' ');
      return;
    }
  g_string_append_c (writer->text, '\n');
  for (guint i = 0; i < writer->depth; i++)
    g_string_append (writer->text, "  ");
}

/* What comes before a value: comma, line break, name. */
static void
begin_value (LensJsonWriter *writer, const char *name)
{
  if (!writer->is_first)
    g_string_append_c (writer->text, ',');
  if (writer->depth > 0)
    break_line (writer);
  if (name != NULL)
    {
      append_quoted (writer->text, name);
      g_string_append (writer->text, ": ");
    }
  writer->is_first = FALSE;
}

static void
open_container (LensJsonWriter *writer, const char *name, char bracket, gboolean is_line)
{
  begin_value (writer, name);
  g_string_append_c (writer->text, bracket);
  writer->depth++;
  if (is_line || writer->line_depth > 0)
    writer->line_depth++;
  writer->is_first = TRUE;
}

static void
close_container (LensJsonWriter *writer, char bracket)
{
  writer->depth--;
  if (!writer->is_first)
    break_line (writer);
  if (writer->line_depth > 0)
    writer->line_depth--;
  g_string_append_c (writer->text, bracket);
  writer->is_first = FALSE;
}

void
lens_json_writer_begin_object (LensJsonWriter *writer, const char *name)
{
  open_container (writer, name, '{', FALSE);
}

void
lens_json_writer_begin_line_object (LensJsonWriter *writer, const char *name)
{
  open_container (writer, name, '{', TRUE);
}

void
lens_json_writer_end_object (LensJsonWriter *writer)
{
  close_container (writer, '}');
}

void
lens_json_writer_begin_list (LensJsonWriter *writer, const char *name)
{
  open_container (writer, name, '[', FALSE);
}

void
lens_json_writer_end_list (LensJsonWriter *writer)
{
  close_container (writer, ']');
}

void
lens_json_writer_add_text (LensJsonWriter *writer, const char *name, const char *text)
{
  begin_value (writer, name);
  if (text == NULL)
    g_string_append (writer->text, "null");
  else
    append_quoted (writer->text, text);
}

void
lens_json_writer_add_count (LensJsonWriter *writer, const char *name, guint64 count)
{
  begin_value (writer, name);
  g_string_append_printf (writer->text, "%" G_GUINT64_FORMAT, count);
}

void
lens_json_writer_add_number (LensJsonWriter *writer, const char *name, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "null";
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (gsize i = 0; i < G_N_ELEMENTS (formats) && isfinite (number); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  begin_value (writer, name);
  g_string_append (writer->text, text);
}

void
lens_json_writer_add_boolean (LensJsonWriter *writer, const char *name, gboolean value)
{
  begin_value (writer, name);
  g_string_append (writer->text, value ? "true" : "false");
}

void
lens_json_writer_add_null (LensJsonWriter *writer, const char *name)
{
  lens_json_writer_add_text (writer, name, NULL);
}
