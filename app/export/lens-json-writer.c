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

static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else if ((guchar) *c < 0x20 || *c == 0x7f)
        g_string_append_printf (text, "\\u%04x", (guint) (guchar) *c);
      else
        g_string_append_c (text, *c);
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
