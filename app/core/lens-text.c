#include "lens-text.h"

#include <string.h>

/* Languages need two or three, more are there to paint over other lines. */
#define MAX_MARKS_IN_A_ROW 4

/* Of one line: two paths of greatest length, and words. */
#define MAX_ERROR_CHARACTERS 10000

#define REPLACEMENT 0xfffd
#define ELLIPSIS 0x2026
#define FIRST_CONTROL_PICTURE 0x2400
#define DELETE_PICTURE 0x2421

/* What takes no room or can't be seen, beyond the categories Cc, Cf, Zl and Zp: Default_Ignorable_Code_Point of Unicode's
 * DerivedCoreProperties.txt, the blanks among the letters and symbols, the place of an embedded object, and
 * noncharacters. In order. */
static const struct
{
  gunichar first;
  gunichar last;
} invisible_ranges[] = {
  { 0x034f, 0x034f }, { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },   { 0x180b, 0x180f }, { 0x2065, 0x2065 },
  { 0x2800, 0x2800 }, { 0x3164, 0x3164 },   { 0xfdd0, 0xfdef },   { 0xfe00, 0xfe0f }, { 0xffa0, 0xffa0 },
  { 0xfff0, 0xfffc }, { 0x1d159, 0x1d159 }, { 0xe0000, 0xe0fff },
};

static gboolean
is_invisible (gunichar character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invisible_ranges); i++)
    {
      if (character < invisible_ranges[i].first)
        break;
      if (character <= invisible_ranges[i].last)
        return TRUE;
    }
  /* The last two of every plane are noncharacters. */
  return (character & 0xfffe) == 0xfffe;
}

/* What is shown for @character. */
static gunichar
get_safe_character (gunichar character)
{
  if (character < 0x20)
    return FIRST_CONTROL_PICTURE + character;
  if (character == 0x7f)
    return DELETE_PICTURE;
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return REPLACEMENT;
    default:
      return is_invisible (character) ? REPLACEMENT : character;
    }
}

/* Takes one character off the front of @bytes, or one byte that is none. @n_bytes is not 0. */
static gunichar
take_character (const guint8 **bytes, gsize *n_bytes)
{
  const guint8 *at = *bytes;
  gsize n_taken = 1;
  gunichar character = REPLACEMENT;

  if (*at < 0x80)
    character = *at;
  else
    {
      gunichar valid = g_utf8_get_char_validated ((const char *) at, (gssize) MIN (*n_bytes, 6));

      if (valid != (gunichar) -1 && valid != (gunichar) -2)
        {
          character = valid;
          n_taken = (gsize) g_unichar_to_utf8 (valid, NULL);
        }
    }
  *bytes += n_taken;
  *n_bytes -= n_taken;
  return character;
}

/* Cuts @text to @n_chars characters, "…" among them. */
static void
cut (GString *text, gsize n_chars)
{
  if (n_chars == 0)
    {
      g_string_truncate (text, 0);
      return;
    }
  g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (text->str, (glong) n_chars - 1) - text->str));
  g_string_append_unichar (text, ELLIPSIS);
}

char *
lens_text_make_safe (const guint8 *bytes, gsize n_bytes, gsize max_chars)
{
  GString *text = g_string_new (NULL);
  guint n_marks = 0;
  gsize n_chars = 0;

  while (n_bytes > 0 && bytes[n_bytes - 1] == '\0')
    n_bytes--;
  for (; n_bytes > 0; n_chars++)
    {
      gunichar character = get_safe_character (take_character (&bytes, &n_bytes));

      if (n_chars == max_chars)
        {
          cut (text, max_chars);
          break;
        }
      n_marks = g_unichar_ismark (character) ? n_marks + 1 : 0;
      g_string_append_unichar (text, n_marks > MAX_MARKS_IN_A_ROW ? REPLACEMENT : character);
    }
  return g_string_free (text, FALSE);
}

char *
lens_text_make_safe_string (const char *text, gsize max_chars)
{
  return lens_text_make_safe ((const guint8 *) text, text != NULL ? strlen (text) : 0, max_chars);
}

char *
lens_text_make_safe_path (const char *path)
{
  /* In the file system's encoding, which is UTF-8 unless the environment says otherwise. */
  g_autofree char *utf8 = g_filename_to_utf8 (path, -1, NULL, NULL, NULL);

  return lens_text_make_safe_string (utf8 != NULL ? utf8 : path, LENS_TEXT_MAX_PATH);
}

void
lens_text_print_error (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *safe = lens_text_make_safe_string (lines[i], MAX_ERROR_CHARACTERS);

      g_printerr ("packetlens: %s\n", safe);
    }
}

char *
lens_text_make_safe_base_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return lens_text_make_safe_path (name);
}
