/* Bytes as text and back. */
#include "lens-hex.h"

#include <string.h>

static const guint8 some[] = { 0x45, 0x00, 0x41, 0x7f, 0xff, 0x20, 0x22, 0x5c, 0x0a };

static void
test_dump (void)
{
  g_autofree char *eight = lens_hex_dump (some, sizeof some, 8);
  g_autofree char *sixteen = lens_hex_dump (some, sizeof some, 16);
  g_autofree char *none = lens_hex_dump (some, 0, 16);

  g_assert_cmpstr (eight, ==,
                   "0000  45 00 41 7f ff 20 22 5c  E.A.. \"\\\n"
                   "0008  0a                       .\n");
  g_assert_cmpstr (sixteen, ==, "0000  45 00 41 7f ff 20 22 5c 0a                       E.A.. \"\\.\n");
  g_assert_cmpstr (none, ==, "");
}

/* Lines of long packets have room for where they begin. */
static void
test_dump_of_many (void)
{
  g_autofree guint8 *bytes = g_malloc0 (0x10001);
  g_autofree char *dump = lens_hex_dump (bytes, 0x10001, 16);

  g_assert_cmpuint (lens_hex_dump_offset_digits (0x10000), ==, 4);
  g_assert_cmpuint (lens_hex_dump_offset_digits (0x10001), ==, 8);
  g_assert_true (g_str_has_prefix (dump, "00000000  00 "));
  g_assert_nonnull (strstr (dump, "\n00010000  00 "));
}

static void
test_c_array (void)
{
  g_autofree char *text = lens_hex_c_array (some, 3, "packet 7");
  g_autofree char *lines = lens_hex_c_array ((const guint8 *) "0123456789abc", 13, "9");

  g_assert_cmpstr (text, ==, "static const unsigned char packet_7[3] = {\n  0x45, 0x00, 0x41,\n};\n");
  g_assert_cmpstr (lines, ==,
                   "static const unsigned char _9[13] = {\n"
                   "  0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x61, 0x62,\n"
                   "  0x63,\n};\n");
}

static void
test_parse (void)
{
  static const char *const same[] = { "450041", "45 00 41", "0x45,0x00, 0X41", "45:00:41", " 45-00-41\n" };
  static const char *const wrong[] = { "", " ", "4", "45 0", "4 5", "45 0g", "hello", "0x", "45\u00e4" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (GBytes) bytes = lens_hex_parse (same[i]);
      gsize n_bytes;
      const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

      g_assert_cmpmem (data, n_bytes, some, 3);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (lens_hex_parse (wrong[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hex/dump", test_dump);
  g_test_add_func ("/hex/dump-of-many", test_dump_of_many);
  g_test_add_func ("/hex/c-array", test_c_array);
  g_test_add_func ("/hex/parse", test_parse);
  return g_test_run ();
}
