/* Text from a file: a byte with the greatest length, then the text. */
#include "fuzz.h"

#include "lens-text.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *safe = NULL;
  g_autofree char *again = NULL;

  if (size < 1)
    return 0;
  safe = lens_text_make_safe (data + 1, size - 1, data[0]);
  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (safe, -1), <=, data[0]);
  for (const char *p = safe; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_type (g_utf8_get_char (p)))
      {
      case G_UNICODE_CONTROL:
      case G_UNICODE_FORMAT:
      case G_UNICODE_LINE_SEPARATOR:
      case G_UNICODE_PARAGRAPH_SEPARATOR:
        g_assert_not_reached ();
      default:
        break;
      }
  again = lens_text_make_safe_string (safe, data[0]);
  g_assert_cmpstr (again, ==, safe);
  return 0;
}
