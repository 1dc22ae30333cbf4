/* Long addresses without their middle: what is left, and that it could be no other one. */
#include "lens-address-short.h"

#include <locale.h>

#define MAX_ADDRESSES 6

static const struct
{
  const char *addresses[MAX_ADDRESSES];
  const char *texts[MAX_ADDRESSES];
} cases[] = {
  /* What is short enough stays. */
  { { "192.168.100.200", "::1", "ff02::1:2", "2001:4f8:3:d::60", "2001:67c:21b4:107::b" },
    { "192.168.100.200", "::1", "ff02::1:2", "2001:4f8:3:d::60", "2001:67c:21b4:107::b" } },
  { { "2001:db8:1234:5678:9abc:def0:1234:5678", "fe80::359e:c6ff:fe37:f5ca", "2a00:1450:4001:81d::200a" },
    { "2001:db8:…:5678", "fe80::…:f5ca", "2a00:1450:…:200a" } },
  /* The same ends: more of the address has to be said, and of the others no more than before. */
  { { "2001:db8:1:2:3:4:aaaa:5678", "2001:db8:1:2:3:4:bbbb:5678", "2001:db8:1:2:3:4:cccc:9999" },
    { "2001:db8:…:aaaa:5678", "2001:db8:…:bbbb:5678", "2001:db8:…:9999" } },
  { { "2001:db8:aaaa:1:2222:3333:4444:5678", "2001:db8:bbbb:1:2222:3333:4444:5678" },
    { "2001:db8:aaaa:…:5678", "2001:db8:bbbb:…:5678" } },
  /* It could be one that is short enough by itself, too. */
  { { "2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8::5678", "2001:db8:1::5678" },
    { "2001:db8:…:1234:5678", "2001:db8::5678", "2001:db8:1::5678" } },
  /* Too little would be left out. */
  { { "2a00:1450:4001:80b::200e", "2a00:1450:4001:81d::200e" },
    { "2a00:1450:4001:80b::200e", "2a00:1450:4001:81d::200e" } },
  { { "::ffff:192.168.100.200" }, { "::ffff:192.168.100.200" } },
  /* The same one twice is no other. */
  { { "2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234:5678:9abc:def0:1234:5678" },
    { "2001:db8:…:5678", "2001:db8:…:5678" } },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LensAddress addresses[MAX_ADDRESSES];
      gsize n = 0;
      g_auto (GStrv) texts = NULL;

      for (; n < MAX_ADDRESSES && cases[i].addresses[n] != NULL; n++)
        g_assert_true (lens_address_parse (cases[i].addresses[n], &addresses[n]));
      texts = lens_addresses_shorten (addresses, n);
      g_assert_cmpuint (g_strv_length (texts), ==, n);
      for (gsize j = 0; j < n; j++)
        g_assert_cmpstr (texts[j], ==, cases[i].texts[j]);
    }
}

static void
test_none (void)
{
  const LensAddress none = { .version = 0 };
  g_auto (GStrv) texts = lens_addresses_shorten (&none, 1);
  g_auto (GStrv) nothing = lens_addresses_shorten (NULL, 0);

  g_assert_cmpstr (texts[0], ==, "");
  g_assert_null (texts[1]);
  g_assert_null (nothing[0]);
}

/* Of many that differ in a few bits only, whatever those are: no two texts are the same, and each begins and ends as its address. */
static void
test_many (void)
{
  enum
  {
    N = 400
  };
  LensAddress addresses[N];
  g_auto (GStrv) texts = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < N; i++)
    {
      guint8 bytes[16] = { 0x20, 0x01, 0x0d, 0xb8, 0x12, 0x34, 0x56, 0x78,
                           0x9a, 0xbc, 0xde, 0xf0, 0x12, 0x34, 0x56, 0x78 };

      /* Each another one: which byte, and what it is. */
      bytes[4 + i % 12] = (guint8) (0xc0 + i / 12);
      addresses[i] = lens_address_from_ipv6 (bytes);
    }
  texts = lens_addresses_shorten (addresses, N);
  for (guint i = 0; i < N; i++)
    {
      char whole[LENS_ADDRESS_TEXT_SIZE];
      g_auto (GStrv) parts = g_strsplit (texts[i], "…", -1);

      lens_address_format (&addresses[i], whole);
      g_assert_true (g_hash_table_add (seen, texts[i]));
      g_assert_true (g_str_has_prefix (whole, parts[0]));
      g_assert_true (g_str_has_suffix (whole, parts[g_strv_length (parts) - 1]));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address-short/cases", test_cases);
  g_test_add_func ("/address-short/none", test_none);
  g_test_add_func ("/address-short/many", test_many);
  return g_test_run ();
}
