/* Addresses found by a part of them, or by their subnet: what can be typed, what it finds, and what is refused. */
#include "lens-address-pattern.h"
#include "lens-error.h"

#include <locale.h>
#include <string.h>

typedef struct
{
  const char *text;
  const char *address;
  LensAddressMatch match;
} Case;

static const Case cases[] = {
  /* Parts. */
  { "24.221", "192.168.24.221", LENS_ADDRESS_MATCH_WITHIN },
  { "192.168", "192.168.24.221", LENS_ADDRESS_MATCH_WELL },
  { " 24.221\t", "192.168.24.221", LENS_ADDRESS_MATCH_WITHIN },
  { "24.22", "192.168.24.221", LENS_ADDRESS_MATCH_WITHIN },
  { "24.222", "192.168.24.221", LENS_ADDRESS_MATCH_NONE },
  { ".", "192.168.24.221", LENS_ADDRESS_MATCH_WITHIN },
  { ":", "192.168.24.221", LENS_ADDRESS_MATCH_NONE },
  { "fe80:", "fe80::1", LENS_ADDRESS_MATCH_WELL },
  { "FE80:", "fe80::1", LENS_ADDRESS_MATCH_WELL },
  { "db8::", "2001:db8::1", LENS_ADDRESS_MATCH_WITHIN },
  { "0", "::", LENS_ADDRESS_MATCH_NONE },
  /* What is an address, too. */
  { "192.168.24.2", "192.168.24.2", LENS_ADDRESS_MATCH_EXACT },
  { "192.168.24.2", "192.168.24.221", LENS_ADDRESS_MATCH_WELL },
  { "192.168.24.2", "92.168.24.2", LENS_ADDRESS_MATCH_NONE },
  { "fe80::", "fe80::", LENS_ADDRESS_MATCH_EXACT },
  { "fe80::", "fe80::1", LENS_ADDRESS_MATCH_WELL },
  { "2001:DB8:0:0::1", "2001:db8::1", LENS_ADDRESS_MATCH_EXACT },
  { "::1", "::1", LENS_ADDRESS_MATCH_EXACT },
  { "::", "::", LENS_ADDRESS_MATCH_EXACT },
  { "::ffff:192.0.2.1", "::ffff:192.0.2.1", LENS_ADDRESS_MATCH_EXACT },
  /* Subnets. */
  { "192.168.24.0/24", "192.168.24.0", LENS_ADDRESS_MATCH_WELL },
  { "192.168.24.0/24", "192.168.24.255", LENS_ADDRESS_MATCH_WELL },
  { "192.168.24.77/24", "192.168.24.1", LENS_ADDRESS_MATCH_WELL },
  { "192.168.24.0/24", "192.168.25.0", LENS_ADDRESS_MATCH_NONE },
  { "192.168.24.0/23", "192.168.25.255", LENS_ADDRESS_MATCH_WELL },
  { "192.168.24.0/25", "192.168.24.128", LENS_ADDRESS_MATCH_NONE },
  { "0.0.0.0/0", "255.255.255.255", LENS_ADDRESS_MATCH_WELL },
  { "0.0.0.0/0", "2001:db8::1", LENS_ADDRESS_MATCH_NONE },
  { "::/0", "2001:db8::1", LENS_ADDRESS_MATCH_WELL },
  { "::/0", "192.0.2.1", LENS_ADDRESS_MATCH_NONE },
  { "192.0.2.1/32", "192.0.2.1", LENS_ADDRESS_MATCH_WELL },
  { "192.0.2.1/32", "192.0.2.0", LENS_ADDRESS_MATCH_NONE },
  { "192.0.2.1/31", "192.0.2.0", LENS_ADDRESS_MATCH_WELL },
  { "2001:db8::/32", "2001:db8:ffff::1", LENS_ADDRESS_MATCH_WELL },
  { "2001:db8::/32", "2001:db9::1", LENS_ADDRESS_MATCH_NONE },
  { "2001:db8::1/128", "2001:db8::1", LENS_ADDRESS_MATCH_WELL },
  { "2001:db8::1/128", "2001:db8::", LENS_ADDRESS_MATCH_NONE },
  { "2001:db8::1/127", "2001:db8::", LENS_ADDRESS_MATCH_WELL },
  { "fe80::/10", "febf::1", LENS_ADDRESS_MATCH_WELL },
  { "fe80::/10", "fec0::1", LENS_ADDRESS_MATCH_NONE },
};

static void
test_matches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      LensAddressPattern pattern;
      LensAddress address;

      g_test_message ("%s in %s", cases[i].text, cases[i].address);
      g_assert_true (lens_address_parse (cases[i].address, &address));
      g_assert_true (lens_address_pattern_parse (cases[i].text, &pattern, &error));
      g_assert_no_error (error);
      g_assert_cmpint (lens_address_pattern_match (&pattern, &address), ==, cases[i].match);
    }
}

/* No address at all has none of it. */
static void
test_no_address (void)
{
  static const char *const texts[] = { ".", "0", "::", "0.0.0.0", "0.0.0.0/0", "::/0" };
  const LensAddress none = { .version = 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      LensAddressPattern pattern;

      g_assert_true (lens_address_pattern_parse (texts[i], &pattern, NULL));
      g_assert_cmpint (lens_address_pattern_match (&pattern, &none), ==, LENS_ADDRESS_MATCH_NONE);
    }
}

static void
assert_refused (const char *text)
{
  LensAddressPattern pattern;
  LensAddressPattern before;
  g_autoptr (GError) error = NULL;

  memset (&pattern, 0x5a, sizeof pattern);
  memcpy (&before, &pattern, sizeof pattern);
  g_test_message ("%.60s", text);
  g_assert_false (lens_address_pattern_parse (text, &pattern, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_FILTER);
  g_assert_cmpmem (&pattern, sizeof pattern, &before, sizeof before);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "/",
    "//",
    "/24",
    "192.0.2.0/",
    "192.0.2.0/33",
    "192.0.2.0/-1",
    "192.0.2.0/+8",
    "192.0.2.0/ 8",
    "192.0.2.0/8 8",
    "192.0.2.0/8/8",
    "192.0.2.0/0x8",
    "192.0.2.0/4294967304",
    "192.0.2.0/18446744073709551624",
    "192.0.2/24",
    "2001:db8::/129",
    "2001:db8::/",
    "fe80::1%lo",
    "%s%n",
    "192.0.2.1 192.0.2.2",
    "host",
    "é",
    "\xff\xfe",
    "192.0.2.1\n192.0.2.2",
    "fe80::1%lo/64",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i]);
}

/* As long as the longest address, longer by one, and very long; also in front of a slash. */
static void
test_lengths (void)
{
  static const gsize lengths[]
      = { 1, LENS_ADDRESS_TEXT_SIZE - 1, LENS_ADDRESS_TEXT_SIZE, LENS_ADDRESS_TEXT_SIZE + 1, 1000, 1000000 };
  LensAddress address;

  g_assert_true (lens_address_parse ("1111:1111:1111:1111:1111:1111:1111:1111", &address));
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], '1');
      g_autofree char *subnet = g_strdup_printf ("%s/24", text);
      LensAddressPattern pattern;

      assert_refused (subnet);
      if (lengths[i] >= LENS_ADDRESS_TEXT_SIZE)
        {
          assert_refused (text);
          continue;
        }
      g_assert_true (lens_address_pattern_parse (text, &pattern, NULL));
      g_assert_cmpint (lens_address_pattern_match (&pattern, &address), ==,
                       lengths[i] == 1 ? LENS_ADDRESS_MATCH_WELL : LENS_ADDRESS_MATCH_NONE);
    }
}

/* Whatever is typed, from the characters that mean something and some that don't. */
static void
test_any_text (void)
{
  static const char alphabet[] = "0129af:.:.//% \x80";
  LensAddress addresses[2];

  g_assert_true (lens_address_parse ("192.0.2.1", &addresses[0]));
  g_assert_true (lens_address_parse ("2001:db8::1", &addresses[1]));
  for (guint i = 0; i < 200000; i++)
    {
      char text[70];
      gsize n = (gsize) g_test_rand_int_range (0, sizeof text - 1);
      LensAddressPattern pattern;

      for (gsize at = 0; at < n; at++)
        text[at] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      text[n] = '\0';
      if (!lens_address_pattern_parse (text, &pattern, NULL))
        continue;
      for (gsize at = 0; at < G_N_ELEMENTS (addresses); at++)
        {
          LensAddressMatch match = lens_address_pattern_match (&pattern, &addresses[at]);
          char written[LENS_ADDRESS_TEXT_SIZE];

          lens_address_format (&addresses[at], written);
          if (pattern.is_subnet)
            g_assert_true (match == LENS_ADDRESS_MATCH_WELL || match == LENS_ADDRESS_MATCH_NONE);
          else if (match != LENS_ADDRESS_MATCH_EXACT)
            g_assert_cmpint (match != LENS_ADDRESS_MATCH_NONE, ==, strstr (written, pattern.text) != NULL);
        }
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/address-pattern/matches", test_matches);
  g_test_add_func ("/core/address-pattern/no-address", test_no_address);
  g_test_add_func ("/core/address-pattern/refused", test_refused);
  g_test_add_func ("/core/address-pattern/lengths", test_lengths);
  g_test_add_func ("/core/address-pattern/any-text", test_any_text);
  return g_test_run ();
}
